/** Which files are the company's: tables. */
import assert from 'node:assert/strict';
import type { Canary } from '../../src/contract/index.ts';
import { judgeCanaries, judgeFile } from '../../src/quickbooks/fileIdentity.ts';

const MARK = { expected: 'acme-0001 one', alsoAccepts: [] as string[] };
const BOOKS = 'C:\\Books\\Acme.qbw';

describe('the file that is open', () => {
  const files: readonly (readonly [
    what: string,
    marker: string | undefined,
    alsoAccepts: string[],
    file: string,
    code: string | undefined,
  ])[] = [
    ['has the marker expected', 'acme-0001 one', [], BOOKS, undefined],
    ['has no marker, on the first day', undefined, [''], BOOKS, undefined],
    ['has no marker where one was written', undefined, [], BOOKS, 'anotherFile'],
    ['has the marker of an enrolment that a person accepted', 'acme-0001 zero', ['acme-0001 zero'], BOOKS, undefined],
    ['has the marker of an earlier enrolment', 'acme-0001 zero', [''], BOOKS, 'anotherFile'],
    ['has the marker of another company', 'beta-0002 one', [''], BOOKS, 'anotherFile'],
    ['has a marker that differs by a blank', 'acme-0001 one ', [], BOOKS, 'anotherFile'],
    ["is an accountant's copy", 'acme-0001 one', [], 'C:\\Books\\Acme.QBA', 'accountantCopy'],
    ["is an accountant's transfer file", 'acme-0001 one', [], '\\\\server\\books\\Acme.qbx', 'accountantCopy'],
  ];
  for (const [what, marker, alsoAccepts, file, code] of files)
    it(`${what}: ${code ?? 'taken'}`, () => {
      const found = marker === undefined ? {} : { marker };
      assert.equal(judgeFile({ ...MARK, alsoAccepts }, found, file)?.code, code);
    });
});

describe('the newest records that are known', () => {
  const canary: Canary = { kind: 'bill', id: '1F-1', editSequence: '1700000000' };
  const found: readonly (readonly [
    what: string,
    editSequence: string | undefined,
    deleted: boolean,
    code: string | undefined,
  ])[] = [
    ['as it was', '1700000000', false, undefined],
    ['edited since', '1700000001', false, undefined],
    ['older than it was', '1699999999', false, 'olderCopy'],
    ['missing', undefined, false, 'olderCopy'],
    ['missing, with a record of its deletion', undefined, true, undefined],
    ['with an edit sequence that is no time', 'A17', false, undefined],
    ['of fewer digits, compared as a number', '999999999', false, 'olderCopy'],
  ];
  for (const [what, editSequence, deleted, code] of found)
    it(`${what}: ${code ?? 'taken'}`, () => {
      const one = { canary, deleted, ...(editSequence === undefined ? {} : { editSequence }) };
      assert.equal(judgeCanaries([one])?.code, code);
    });

  it('one that is older is enough', () => {
    const newer = { canary, editSequence: '1700000009', deleted: false };
    const older = { canary: { ...canary, id: '2F-1' }, editSequence: '1', deleted: false };
    assert.equal(judgeCanaries([newer, older])?.detail.id, '2F-1');
  });
});
