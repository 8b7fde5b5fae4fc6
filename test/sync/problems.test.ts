import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describeProblem, isProblemCode, PROBLEMS, plainText, problemKeyOf } from '../../src/sync/index.ts';
import { paramsOf } from '../../src/sync/problems/words.ts';

const BLOCKS = [
  'anotherFile',
  'olderCopy',
  'accountantCopy',
  'notAuthorized',
  'unsupportedQuickBooks',
  'connectorTooOld',
];
const OWNERS = {
  accountant: 'accountant',
  customer: 'customer',
  operator: 'operator',
  us: 'makers of Tandem',
} as const;

describe('the catalogue of problems', () => {
  it('has every block of the contract, and only those stop a company', () => {
    for (const code of BLOCKS) assert.ok(isProblemCode(code), code);
    const blocking = Object.entries(PROBLEMS).filter(([, entry]) => entry.blocksCompany === true);
    assert.deepEqual(blocking.map(([code]) => code).sort(), [...BLOCKS].sort());
  });

  for (const [code, entry] of Object.entries(PROBLEMS))
    it(`${code}: words for a person, whole sentences, one way out at least`, () => {
      const needed = Object.fromEntries(paramsOf(entry).needed.map((name) => [name, 'Acme']));
      const words = describeProblem(code, needed);
      assert.match(words.sentence, /^[A-Z].*[.:a-z]$/);
      assert.doesNotMatch(words.sentence, /[{}[\]]|not known\)|undefined|\s\s|\s[.,]/);
      for (const way of words.ways) assert.match(way, /^[A-Z].*\.$/);
      assert.doesNotMatch(
        `${words.title} ${words.sentence} ${words.whatToDo}`,
        /EditSequence|HRESULT|externalId|ListID|TxnID|JSON|GUID|UUID/,
      );
      const full = describeProblem(
        code,
        Object.fromEntries([...paramsOf(entry).needed, ...paramsOf(entry).optional].map((name) => [name, 'Acme'])),
      );
      assert.doesNotMatch(full.sentence, /[{}[\]]/);
    });

  it('is listed in docs/problems.md, word for word', () => {
    const text = readFileSync(new URL('../../docs/problems.md', import.meta.url), 'utf8');
    const rows = text.split('\n').filter((line) => line.startsWith('| `'));
    const listed = rows.map((row) =>
      row
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );
    const expected = Object.entries(PROBLEMS).map(([code, entry]) => [
      `\`${code}\``,
      entry.severity,
      OWNERS[entry.whose],
      `**${entry.title}.** ${entry.sentence}`,
      entry.ways.join(' '),
    ]);
    assert.deepEqual(listed, expected);
  });
});

describe('a problem in words', () => {
  it('says what is known and leaves out what is not', () => {
    assert.equal(
      describeProblem('anotherFile', { file: 'C:\\Acme.qbw' }).sentence,
      'The company file C:\\Acme.qbw is not the one that this company was set up with. Nothing was written to it.',
    );
    assert.equal(
      describeProblem('inactiveInQuickBooks', {
        number: 'A-1',
        vendor: 'Acme',
        what: 'the class',
        name: 'East',
        line: '2',
      }).sentence,
      'The invoice A-1 of Acme names the class "East" on line 2, which is inactive in QuickBooks. The invoice is not posted.',
    );
  });

  it('says that a text is missing which it needs', () =>
    assert.match(
      describeProblem('negativeInvoice', { number: 'A-1', amount: '-5.00' }).sentence,
      /A-1 of \(not known\)/,
    ));

  it('begins with a capital, whatever it begins with', () =>
    assert.match(describeProblem('closedPeriod', { record: 'the invoice A-1 of Acme' }).sentence, /^The invoice A-1/));

  for (const code of ['somethingNewer', 'constructor', '__proto__', ''])
    it(`that this release does not know ("${code}") has words too`, () => {
      const words = describeProblem(code, { text: 'x' });
      assert.equal(words.whose, 'us');
      assert.equal(words.blocksCompany, false);
    });

  it('takes texts from outside as they are, never as part of the sentence', () => {
    const { sentence } = describeProblem('negativeInvoice', {
      number: '{vendor}',
      vendor: 'A[{amount}] $& $1',
      amount: '-5.00',
    });
    assert.equal(
      sentence,
      'The invoice {vendor} of A[{amount}] $& $1 is over -5.00. QuickBooks takes no negative bill.',
    );
  });

  it('shows a text on one line, without control or direction characters, cut at 300', () => {
    assert.equal(plainText(' a\u0000b\r\nc\u202ed\u200be '), 'a b c d e');
    assert.equal([...plainText('x'.repeat(400))].length, 300);
    assert.equal(plainText('\ud800x'), 'x');
    for (const odd of [undefined, null, 5, {}, []]) assert.equal(plainText(odd), '');
  });

  it('never throws and never grows without bound, whatever was stored', () => {
    const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.anything());
    fc.assert(
      fc.property(
        fc.constantFrom(...Object.keys(PROBLEMS), 'other'),
        fc.dictionary(fc.constantFrom('record', 'vendor', 'number', 'text', 'file'), anything),
        (code, params) => {
          const words = describeProblem(code, params);
          assert.ok(words.sentence.length < 4000);
          assert.doesNotMatch(words.sentence, /\p{Cc}/u);
        },
      ),
    );
  });
});

describe('the key of a problem', () => {
  const subject = { kind: 'bill', id: '1' };
  it('is the same for the same problem, and another for another line or field', () => {
    const finding = { code: 'vendorConflict', params: { vendor: 'A' } } as const;
    assert.equal(problemKeyOf(subject, finding), problemKeyOf(subject, { ...finding, params: { vendor: 'B' } }));
    assert.notEqual(
      problemKeyOf(subject, { ...finding, part: 'phone' }),
      problemKeyOf(subject, { ...finding, part: 'fax' }),
    );
    assert.notEqual(problemKeyOf({ ...subject, id: '2' }, finding), problemKeyOf(subject, finding));
  });
});
