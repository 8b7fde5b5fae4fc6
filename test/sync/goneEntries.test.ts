import assert from 'node:assert/strict';
import type { LedgerBill } from '../../src/domain/ledger.ts';
import { describeProblem, goneEntry, mergedInto } from '../../src/sync/index.ts';
import { ACME, bill, ref } from './acme.ts';

const merged = ref(ACME.otherVendor);
const versions = (now: Partial<LedgerBill>, before: Partial<LedgerBill> = {}) => ({
  before: bill(before),
  now: bill(now),
});
const entry = { kind: 'vendor', id: ACME.vendor.id, name: 'Acme Paper' } as const;

describe('a list entry that is gone from QuickBooks', () => {
  it('was merged into another when its bills name that one now', () => {
    const found = goneEntry(entry, [
      versions({ vendor: merged }),
      versions({ vendor: merged, id: 'B-2' }, { id: 'B-2' }),
    ]);
    assert.equal(found.code, 'entryMergedInQuickBooks');
    assert.equal(
      describeProblem(found.code, found.params).sentence,
      'The vendor "Acme Paper" was merged into "Birch & Sons" in QuickBooks; its bills (2 that Tandem knows) now name that one. MineralTree still has both.',
    );
  });
  it('was deleted when no bill named it', () =>
    assert.equal(
      goneEntry({ ...entry, id: 'other' }, [versions({ vendor: merged })]).code,
      'entryDeletedInQuickBooks',
    ));
  it('is called deleted when its bills name different ones: they were edited, one by one', () =>
    assert.equal(
      goneEntry(entry, [versions({ vendor: merged }), versions({ vendor: ref(ACME.gone) })]).code,
      'entryDeletedInQuickBooks',
    ));
  it('is called deleted while its bills still name it', () =>
    assert.equal(goneEntry(entry, [versions({})]).code, 'entryDeletedInQuickBooks'));

  const other = { id: 'other', name: 'Other' };
  const [expense] = bill().expenseLines;
  const [item] = bill().itemLines;
  assert.ok(expense !== undefined && item !== undefined);
  const rows: readonly [kind: Parameters<typeof mergedInto>[0], id: string, now: Partial<LedgerBill>][] = [
    ['terms', ACME.net30.id, { terms: other }],
    ['account', ACME.rent.id, { expenseLines: [{ ...expense, account: other }] }],
    ['account', ACME.payables.id, { apAccount: other }],
    ['class', ACME.east.id, { expenseLines: [{ ...expense, class: other }] }],
    ['customer', ACME.job.id, { expenseLines: [{ ...expense, customer: other }] }],
    ['item', ACME.paper.id, { itemLines: [{ ...item, item: other }] }],
  ];
  for (const [kind, id, now] of rows)
    it(`also as ${kind} of a bill or a line`, () =>
      assert.deepEqual(mergedInto(kind, id, [versions(now)]), { into: other, bills: 1 }));

  it('is not found in lines that are gone too', () =>
    assert.equal(mergedInto('account', ACME.rent.id, [versions({ expenseLines: [] })]), undefined));
});
