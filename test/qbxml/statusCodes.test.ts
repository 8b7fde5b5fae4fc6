/** What QuickBooks' codes mean to an operator: one row each, the text decides where it must, and nothing unknown is taken for "not done". */
import assert from 'node:assert/strict';
import { formatHresult, hresults, readHresult, readStatus, statusCodes } from '../../src/qbxml/index.ts';

/** All codes that Intuit documents or that were seen in answers. */
const DOCUMENTED = [
  0, 1, 500, 501, 510, 530, 531, 550, 560, 570, 600, 1000, 1010, 1030, 1060, 3000, 3010, 3020, 3030, 3031, 3035, 3040,
  3045, 3050, 3060, 3065, 3070, 3080, 3085, 3090, 3100, 3110, 3120, 3121, 3130, 3140, 3150, 3151, 3152, 3153, 3160,
  3161, 3162, 3170, 3171, 3175, 3176, 3177, 3180, 3185, 3190, 3200, 3205, 3210, 3220, 3230, 3231, 3240, 3250, 3260,
  3261, 3262, 3263, 3264, 3270, 9001, 9002, 9003, 9004, 9005, 9100,
];

/** The last four digits of 0x8004xxxx. */
const OF_PROCESSOR = [
  0x0308, 0x0400, 0x0401, 0x0402, 0x0403, 0x0404, 0x0405, 0x0406, 0x0407, 0x0408, 0x0409, 0x040a, 0x040b, 0x040c,
  0x040d, 0x040e, 0x040f, 0x0410, 0x0411, 0x0412, 0x0413, 0x0414, 0x0415, 0x0416, 0x0417, 0x0418, 0x0419, 0x041a,
  0x041b, 0x041c, 0x041d, 0x041e, 0x041f, 0x0420, 0x0421, 0x0422, 0x0423, 0x0424, 0x0425, 0x0426, 0x0427, 0x0428,
  0x0429, 0x042a, 0x042b, 0x042c, 0x042d, 0x042e, 0x042f, 0x0430, 0x0431, 0x0432, 0x0433, 0x0434, 0x0435, 0x0436,
  0x0437, 0x0438, 0x0439, 0x0440,
];
const OF_COM = [0x80040154, 0x80010001, 0x80010105, 0x800706ba, 0x800706be];

const CLOSING =
  'An attempt was made to modify a Bill with a date that is on or before the closing date of the company. If you are sure ...';

const READ: readonly (readonly [code: number, text: string, name: string, disposition: string])[] = [
  [0, 'Status OK', 'OK', 'done'],
  [1, 'A query request did not find a matching object in QuickBooks', 'NO_MATCH', 'empty'],
  [500, 'The query request has not been fully completed.', 'INCOMPLETE', 'partial'],
  [3171, CLOSING, 'CLOSED_PERIOD', 'person'],
  [3171, '', 'CLOSED_PERIOD', 'person'],
  [3161, '', 'CLOSED_PERIOD', 'person'],
  [3170, `There was an error when modifying a Bill. ${CLOSING}`, 'CLOSED_PERIOD', 'person'],
  [3180, CLOSING, 'CLOSED_PERIOD', 'person'],
  [3210, CLOSING.toUpperCase(), 'CLOSED_PERIOD', 'person'],
  [3220, CLOSING, 'CLOSED_PERIOD', 'person'],
  [3140, CLOSING, 'INVALID_REFERENCE', 'person'],
  [3175, 'The transaction could not be locked.  It is in use by another user.', 'LOCKED', 'wait'],
  [3176, 'The application failed to acquire the lock.', 'LOCKED', 'wait'],
  [3185, 'Cannot void the object specified by the id = "1".  The transaction could not be locked.', 'LOCKED', 'wait'],
  [3185, 'Cannot void the object specified by the id = "1".', 'NOT_VOIDED', 'person'],
  [3160, 'Cannot delete the object specified by the id = "1".  It could not be locked.', 'LOCKED', 'wait'],
  [3160, 'Cannot delete the object specified by the id = "1".', 'NOT_DELETABLE', 'person'],
  [3170, 'QuickBooks error message: This list has been modified by another user.', 'LIST_CHANGED', 'retry'],
  [3180, 'This list has been modified by another user.', 'LIST_CHANGED', 'retry'],
  [3170, 'Cannot merge list elements', 'NOT_MODIFIED', 'person'],
  [3180, 'There was an error when saving a Bill.', 'NOT_SAVED', 'person'],
  [3210, 'QuickBooks error message: You cannot pay more than the amount due.', 'OVERPAID', 'person'],
  [3200, 'The provided edit sequence "1" is out-of-date. ', 'OUT_OF_DATE', 'reread'],
  [3231, 'The request has not been processed.', 'NOT_PROCESSED', 'retry'],
  [3100, 'The name "x" of the list element is already in use.', 'NAME_IN_USE', 'person'],
  [1000, '', 'INTERNAL_ERROR', 'settle'],
  [9001, '', 'OTHER_CONTENT', 'settle'],
  [-1, '', 'UNLISTED', 'settle'],
];

describe('status codes', () => {
  it('every code that is documented has exactly one row', () => {
    assert.deepEqual(
      statusCodes.map(({ code }) => code).sort((a, b) => a - b),
      DOCUMENTED,
    );
  });

  for (const [code, text, name, disposition] of READ) {
    it(`${code} ${text.slice(0, 60)}: ${name}`, () => {
      const reading = readStatus({ code, message: text });
      assert.deepEqual([reading.name, reading.disposition, reading.code], [name, disposition, code]);
    });
  }

  it('a write answered with a general or an unreadable status may have been carried out', () => {
    const unknown = [1000, 1010, 1999, 600, 9001, 9002, 9005, -1, 99_999, Number.NaN];
    assert.deepEqual(
      unknown.filter((code) => !readStatus({ code }).outcomeUnknown),
      [],
    );
  });

  it('a write that was refused was not carried out', () => {
    const refused = [3000, 3050, 3140, 3171, 3175, 3180, 3200, 3210, 3231, 3250, 3299];
    assert.deepEqual(
      refused.filter((code) => readStatus({ code }).outcomeUnknown),
      [],
    );
  });

  it('codes without a row are judged by their range', () => {
    const judged = [2, 555, 1234, 2000, 3099, 3300, 9150].map((code) => readStatus({ code }).disposition);
    assert.deepEqual(judged, ['done', 'partial', 'settle', 'person', 'person', 'person', 'bug']);
  });
});

describe('HRESULTs', () => {
  it('every code of the request processor and of COM has exactly one row', () => {
    const wanted = [...OF_PROCESSOR.map((digits) => 0x80040000 + digits), ...OF_COM].sort((a, b) => a - b);
    const found = hresults.map(({ code }) => code).sort((a, b) => a - b);
    assert.equal(new Set(found).size, found.length);
    assert.deepEqual(wanted.filter((code) => !found.includes(code)).map(formatHresult), []);
  });

  it('a number, signed or not, and a text mean the same', () => {
    const ways = [0x80040414, 0x80040414 | 0, '0x80040414', '0X80040414', String(0x80040414 | 0)];
    assert.deepEqual(
      ways.map((way) => readHresult(way).name),
      ways.map(() => 'DIALOG_SHOWING'),
    );
    assert.equal(formatHresult(0x80040414 | 0), '0x80040414');
  });

  it('what is not known may have been carried out', () => {
    for (const strange of [0x80004005, 'no code', '', 0]) assert.equal(readHresult(strange).outcomeUnknown, true);
  });

  it('QuickBooks gone in the middle of a write: unknown; refused before it began: not done', () => {
    const unknown = ['0x80040401', '0x80040402', '0x8004041C', '0x80010105', '0x800706BA', '0x800706BE'];
    assert.deepEqual(
      unknown.filter((code) => !readHresult(code).outcomeUnknown),
      [],
    );
    const before = ['0x80040400', '0x80040414', '0x80040416', '0x80040418', '0x80040422', '0x8004040A'];
    assert.deepEqual(
      before.filter((code) => readHresult(code).outcomeUnknown),
      [],
    );
  });
});

describe('words of both tables', () => {
  for (const row of [...statusCodes, ...hresults]) {
    it(`${row.code >= 0x80000000 ? formatHresult(row.code) : row.code} ${row.name}`, () => {
      assert.match(row.name, /^[A-Z][A-Z0-9_]+$/);
      assert.match(row.says, /^[A-Z].{5,160}\.$/);
      assert.match(row.toDo, /^[A-Z].{5,160}\.$/);
      const someones = row.disposition === 'person' || row.disposition === 'bug' || row.disposition === 'wait';
      if (someones) assert.notEqual(row.job, 'nobody');
    });
  }
});
