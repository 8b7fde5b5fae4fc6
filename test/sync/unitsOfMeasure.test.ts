/** A text that goes to MineralTree only, on bills with several lines: which line keeps which, and what is an edit. */
import assert from 'node:assert/strict';
import type { LedgerItemLine } from '../../src/domain/ledger.ts';
import type { InvoiceItem } from '../../src/domain/payables.ts';
import { billDigest, decideBillChange, mapBill, planBillAdd, planBillMod } from '../../src/sync/index.ts';
import { ACME, bill, context, invoice, link, lookupOf, mt, ref } from './acme.ts';

const LINES = ['first', 'second', 'third'] as const;
const cents = (place: number): number => (place + 1) * 1000;
const inQuickBooks = (place: number, unitOfMeasure?: string): LedgerItemLine => ({
  lineId: `L${place}`,
  amountCents: cents(place),
  item: ref(ACME.paper),
  memo: LINES[place] ?? '',
  ...(unitOfMeasure === undefined ? {} : { unitOfMeasure }),
});
const inMineralTree = (place: number, unitOfMeasure?: string): InvoiceItem => ({
  lineNumber: place,
  amountCents: cents(place),
  item: mt(ACME.paper),
  memo: LINES[place] ?? '',
  ...(unitOfMeasure === undefined ? {} : { unitOfMeasure }),
});

const ledgerBill = (itemLines: readonly LedgerItemLine[], memo = 'November') =>
  bill({
    memo,
    amountDueCents: itemLines.reduce((sum, { amountCents }) => sum + amountCents, 0),
    expenseLines: [],
    itemLines,
  });
const payablesInvoice = (items: readonly InvoiceItem[]) =>
  invoice({ externalId: bill().id, amountCents: 6000, balanceCents: 6000, expenses: [], items });

/** Three lines by the box, the ream and the piece, which QuickBooks knows nothing of. */
const BEFORE = ledgerBill([0, 1, 2].map((place) => inQuickBooks(place)));
const ENTERED = payablesInvoice([inMineralTree(0, 'box'), inMineralTree(1, 'ream'), inMineralTree(2, 'each')]);
const inStep = (bornIn: 'mineraltree' | 'quickbooks') =>
  link({
    bornIn,
    ledgerDigest: billDigest(BEFORE),
    readBack: ENTERED,
    lines: [0, 1, 2].map((place) => ({ kind: 'item', lineNumber: place, lineId: `L${place}` })),
  });

function decide(now: { bill?: typeof BEFORE; invoice?: typeof ENTERED; bornIn?: 'mineraltree' | 'quickbooks' }) {
  const edited = now.bill ?? BEFORE;
  const mapped = mapBill(edited, { lookup: lookupOf() });
  assert.ok('draft' in mapped);
  return decideBillChange({
    bill: edited,
    desired: mapped.draft,
    link: inStep(now.bornIn ?? 'mineraltree'),
    ...(now.invoice === undefined ? {} : { invoice: now.invoice }),
  });
}

describe('units of measure of a bill born in MineralTree, edited in QuickBooks', () => {
  for (const [what, lines, units] of [
    ['with a line gone', [inQuickBooks(0), inQuickBooks(2)], ['box', 'each']],
    ['with the lines turned round', [inQuickBooks(2), inQuickBooks(1), inQuickBooks(0)], ['each', 'ream', 'box']],
    [
      'with another amount on a line',
      [inQuickBooks(0), { ...inQuickBooks(1), amountCents: 2001 }, inQuickBooks(2)],
      ['box', 'ream', 'each'],
    ],
    [
      'where one line got a unit of its own',
      [inQuickBooks(0), inQuickBooks(1, 'pallet'), inQuickBooks(2)],
      ['box', 'pallet', 'each'],
    ],
    [
      'with a line for something else',
      [inQuickBooks(0), { ...inQuickBooks(1), item: ref(ACME.oldItem), amountCents: 7, memo: 'new' }, inQuickBooks(2)],
      ['box', undefined, 'each'],
    ],
  ] as const)
    it(`${what}: ${units.map((unit) => unit ?? 'none').join(', ')}`, () => {
      const { changes, problems } = decide({ bill: ledgerBill(lines), invoice: ENTERED });
      assert.deepEqual(
        changes.items?.map(({ unitOfMeasure }) => unitOfMeasure),
        units,
      );
      assert.deepEqual(problems, []);
    });

  it('in its memo alone: no line is written', () => {
    const { changes } = decide({ bill: ledgerBill(BEFORE.itemLines, 'May'), invoice: ENTERED });
    assert.deepEqual([changes.memo, changes.items], ['May', undefined]);
  });
});

describe('a unit of measure edited in MineralTree', () => {
  const edited = payablesInvoice([inMineralTree(0, 'crate'), inMineralTree(1, 'ream'), inMineralTree(2)]);

  it('on a bill born there is no edit for QuickBooks', () =>
    assert.deepEqual(decide({ invoice: edited }), { changes: {}, post: false, problems: [] }));

  it('stays when QuickBooks edits the memo meanwhile, and is no conflict', () => {
    const { changes, problems } = decide({ bill: ledgerBill(BEFORE.itemLines, 'May'), invoice: edited });
    assert.deepEqual(problems, []);
    assert.equal(changes.memo, 'May');
    assert.deepEqual(
      (changes.items ?? edited.items).map(({ unitOfMeasure }) => unitOfMeasure),
      ['crate', 'ream', undefined],
    );
  });

  it('on a bill that came from QuickBooks is shown, for it cannot be carried', () => {
    const { post, problems } = decide({ invoice: edited, bornIn: 'quickbooks' });
    assert.deepEqual(
      [post, problems.map(({ code, params }) => [code, params.fields])],
      [false, [['editedInMineralTree', 'item lines']]],
    );
  });

  it('with the memo: the memo alone is posted', () => {
    const planned = planBillMod(
      { invoice: { ...edited, memo: 'May' }, link: inStep('mineraltree'), bill: BEFORE },
      context(),
    );
    assert.ok('plan' in planned);
    assert.deepEqual([planned.plan.memo, planned.plan.lines], ['May', undefined]);
  });

  it('with an amount: the lines are posted without units, and what QuickBooks has of them is not judged by', () => {
    const [first, ...others] = edited.items;
    assert.ok(first !== undefined);
    const changed = { ...edited, amountCents: 6001, items: [{ ...first, amountCents: 1001 }, ...others] };
    const now = ledgerBill([inQuickBooks(0, 'box'), inQuickBooks(1), inQuickBooks(2)]);
    const planned = planBillMod({ invoice: changed, link: inStep('mineraltree'), bill: now }, context());
    assert.ok('plan' in planned);
    const { lines, match } = planned.plan;
    assert.deepEqual(
      lines?.itemLines.map(({ lineId, amountCents }) => [lineId, amountCents]),
      [
        ['L0', 1001],
        ['L1', 2000],
        ['L2', 3000],
      ],
    );
    for (const line of [...(lines?.itemLines ?? []), ...(match.target.itemLines ?? [])])
      assert.equal('unitOfMeasure' in line, false);
  });

  it('does not go with a new bill', () => {
    const planned = planBillAdd({ ...ENTERED, externalId: '' }, context());
    assert.ok('plan' in planned);
    for (const line of planned.plan.itemLines) assert.equal('unitOfMeasure' in line, false);
  });
});
