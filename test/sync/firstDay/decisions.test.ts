import assert from 'node:assert/strict';
import { type DecisionRow, readDecisions, rowsOf } from '../../../src/sync/firstDay/decisions.ts';
import { matchRecords } from '../../../src/sync/firstDay/matching.ts';

const asked: readonly DecisionRow[] = rowsOf(
  'vendor',
  matchRecords(
    [
      { id: 'L1', name: 'Acme', label: 'Acme' },
      { id: 'L2', name: 'ACME', label: 'ACME' },
      { id: 'L3', name: 'Birch Inc', label: 'Birch Inc' },
    ],
    [
      { id: 'm1', name: 'Acme', label: 'Acme' },
      { id: 'm3', name: 'Birch', label: 'Birch' },
    ],
  ),
);
const answer = (...decisions: readonly string[]) =>
  readDecisions(
    asked.map((row, index) => ({ ...row, decision: decisions[index] ?? '' })),
    asked,
  );

describe('a file of decisions', () => {
  it('asks about each pair in a row', () =>
    assert.deepEqual(
      asked.map((row) => [row.mineraltree_id, row.quickbooks_id, row.decision]),
      [
        ['m1', 'L1', ''],
        ['m1', 'L2', ''],
        ['m3', 'L3', ''],
      ],
    ));

  it('takes what was decided and leaves open what was not', () =>
    assert.deepEqual(answer('Same', 'different'), {
      decisions: [
        { kind: 'vendor', payablesId: 'm1', ledgerId: 'L1', same: true },
        { kind: 'vendor', payablesId: 'm1', ledgerId: 'L2', same: false },
      ],
    }));

  const wrong: readonly (readonly [what: string, read: ReturnType<typeof readDecisions>, text: RegExp])[] = [
    ['a word that is no decision', answer('yes'), /row 2: the decision is "yes"; allowed are same, different/],
    [
      'one record that is the same as two',
      answer('same', 'same'),
      /row 3: vendor m1 of MineralTree is the same.*row 2/,
    ],
    [
      'a pair that was not proposed',
      readDecisions([{ ...blank(), mineraltree_id: 'm1', quickbooks_id: 'L3', decision: 'same' }], asked),
      /row 2: vendor m1 and L3 are no open proposal/,
    ],
    [
      'a column that was cut off',
      readDecisions([{ kind: 'vendor', mineraltree_id: 'm1' }], asked),
      /row 2: the column mineraltree, quickbooks_id, quickbooks, why, decision is missing/,
    ],
    [
      'a pair that is both',
      readDecisions(
        ['same', 'different'].map((decision) => ({ ...blank(), mineraltree_id: 'm1', quickbooks_id: 'L1', decision })),
        asked,
      ),
      /row 3: row 2 says the opposite/,
    ],
  ];
  for (const [what, read, text] of wrong)
    it(`refuses ${what}`, () => {
      assert.ok('wrong' in read);
      assert.match(read.wrong.join('\n'), text);
    });
});

function blank(): DecisionRow {
  return {
    kind: 'vendor',
    mineraltree_id: '',
    mineraltree: '',
    quickbooks_id: '',
    quickbooks: '',
    why: '',
    decision: '',
  };
}
