import assert from 'node:assert/strict';
import type { LedgerBill } from '../../src/domain/ledger.ts';
import type { Invoice } from '../../src/domain/payables.ts';
import { type BillLink, billDigest, decideBillChange, digestOf, mapBill } from '../../src/sync/index.ts';
import { ACME, bill, invoice, link, lookupOf, mt, ref, without } from './acme.ts';

const credit = { txnId: '9-9', txnType: 'VendorCredit', txnDate: '2026-11-21', amountCents: -1000 } as const;
const desiredOf = (ledgerBill: LedgerBill) => {
  const mapped = mapBill(ledgerBill, { lookup: lookupOf() });
  assert.ok('draft' in mapped);
  return mapped.draft;
};
const externalId = bill().id;
const decide = (now: { bill?: LedgerBill; invoice?: Invoice; link?: BillLink }) => {
  const ledgerBill = now.bill ?? bill();
  return decideBillChange({
    bill: ledgerBill,
    desired: desiredOf(ledgerBill),
    link: now.link ?? link(),
    ...(now.invoice === undefined ? {} : { invoice: now.invoice }),
  });
};
const inMineralTree = (change: Partial<Invoice>): Invoice => invoice({ externalId, ...change });
/** A bill that came from QuickBooks. */
const fromQuickBooks = link({
  bornIn: 'quickbooks',
  readBack: desiredOf(bill()),
  pushedDigest: digestOf(desiredOf(bill())),
  lines: [],
});

describe('a bill that both sides have', () => {
  it('and nobody changed is left alone', () => {
    const nothing = { changes: {}, post: false, problems: [] };
    assert.deepEqual(decide({}), nothing);
    assert.deepEqual(decide({ invoice: inMineralTree({}) }), nothing);
    assert.deepEqual(decide({ link: fromQuickBooks }), nothing);
  });

  it('edited in QuickBooks goes to MineralTree, the changed fields alone, with the lines it has now', () => {
    const [line] = bill().itemLines;
    assert.ok(line !== undefined);
    const decision = decide({
      bill: bill({ refNumber: 'A-101', itemLines: [{ ...line, lineId: 'new' }] }),
      link: fromQuickBooks,
    });
    assert.deepEqual([decision.changes, decision.post, decision.problems], [{ invoiceNumber: 'A-101' }, false, []]);
    assert.deepEqual(
      decision.lines?.map(({ lineId }) => lineId),
      ['1A3-1700000000', 'new'],
    );
  });

  it('edited in MineralTree, where it was born, goes to QuickBooks', () =>
    assert.deepEqual(decide({ invoice: inMineralTree({ memo: 'December' }) }), {
      changes: {},
      post: true,
      problems: [],
    }));

  it('whose lines were only numbered anew is not edited', () => {
    const [item] = invoice().items;
    assert.ok(item !== undefined);
    assert.equal(decide({ invoice: inMineralTree({ items: [{ ...item, lineNumber: 5 }] }) }).post, false);
  });

  it('that came from QuickBooks and was edited in MineralTree is not posted; number, dates, terms and memo go back', () => {
    const edited = {
      ...inMineralTree({ memo: 'December', invoiceNumber: 'B-1', amountCents: 1 }),
      apAccount: mt(ACME.payables),
    };
    const decision = decide({ link: fromQuickBooks, invoice: edited });
    assert.deepEqual(decision.changes, { invoiceNumber: 'A-100', memo: 'November' });
    assert.equal(decision.post, false);
    const [problem] = decision.problems;
    assert.equal(problem?.code, 'editedInMineralTree');
    assert.equal(problem?.params.fields, 'number, amount, memo');
    assert.equal(problem?.params.mineralTree, 'number B-1; amount 0.01; memo December');
    assert.equal(problem?.params.quickBooks, 'number A-100; amount 175.00; memo November');
  });

  it('edited on both sides: QuickBooks wins, and both versions are kept', () => {
    const decision = decide({
      bill: bill({ memo: 'May' }),
      invoice: inMineralTree({ memo: 'June', dueDate: '2026-12-31' }),
    });
    assert.equal(decision.post, false);
    assert.deepEqual(
      Object.fromEntries(Object.entries(decision.changes).filter(([field]) => ['memo', 'dueDate'].includes(field))),
      { memo: 'May', dueDate: '2026-12-20' },
    );
    const [problem] = decision.problems;
    assert.equal(problem?.code, 'editedInBoth');
    assert.equal(problem?.params.quickBooks, 'due date 2026-12-20; memo May');
    assert.equal(problem?.params.mineralTree, 'due date 2026-12-31; memo June');
  });

  it('edited on both sides in its lines: both are shown with amounts and memos', () => {
    const [line] = bill().expenseLines;
    const [expense] = invoice().expenses;
    assert.ok(line !== undefined && expense !== undefined);
    const decision = decide({
      bill: bill({ amountDueCents: 8500, expenseLines: [{ ...line, amountCents: 1000 }] }),
      invoice: inMineralTree({ amountCents: 9500, expenses: [{ ...expense, amountCents: 2000 }] }),
    });
    assert.equal(decision.problems[0]?.params.quickBooks, 'amount 85.00; expense lines 10.00 rent');
    assert.equal(decision.problems[0]?.params.mineralTree, 'amount 95.00; expense lines 20.00 rent');
  });

  it('edited on both sides to the same is in step, without a word', () =>
    assert.deepEqual(decide({ bill: bill({ memo: 'May' }), invoice: inMineralTree({ memo: 'May' }) }).problems, []));

  it('voided in MineralTree: nothing is written, somebody is told', () => {
    const decision = decide({ invoice: inMineralTree({ state: 'Voided', balanceCents: 0, memo: 'oops' }) });
    assert.deepEqual([decision.changes, decision.post], [{}, false]);
    assert.deepEqual(
      decision.problems.map((one) => one.code),
      ['voidedInMineralTree'],
    );
  });
});

describe('a bill of a vendor that was merged into another', () => {
  const of = (state: Invoice['state'], balanceCents: number) => {
    const named = bill({ vendor: ref(ACME.otherVendor), memo: 'May', editSequence: '1700000009' });
    const { changes } = decide({ bill: named, invoice: inMineralTree({ state, balanceCents }) });
    return [changes.vendor?.id, 'vendor' in changes];
  };
  it('follows in MineralTree while it is open', () =>
    assert.deepEqual(of('Open', bill().amountDueCents), [mt(ACME.otherVendor).id, true]));
  it('stays with whom it was paid to', () => assert.deepEqual(of('Settled', 0), [undefined, false]));
});

describe('what payments change', () => {
  it('is no edit: a bill paid in QuickBooks gets its balance and state, and nothing else', () =>
    assert.deepEqual(decide({ bill: bill({ isPaid: true, editSequence: '1700000009' }) }), {
      changes: { balanceCents: 0, state: 'Settled' },
      post: false,
      problems: [],
    }));

  it('in MineralTree is no edit either: a payment queued there is not undone', () => {
    const queued = inMineralTree({ state: 'PendingSettled' });
    assert.deepEqual(decide({ invoice: queued }), { changes: {}, post: false, problems: [] });
    assert.deepEqual(decide({ invoice: queued, bill: bill({ isPaid: true }) }).changes, {});
  });

  describe('never opens an invoice again that was paid in MineralTree', () => {
    const paidThere = inMineralTree({ state: 'Settled', balanceCents: 0 });
    const table: readonly (readonly [what: string, now: Parameters<typeof decide>[0]])[] = [
      ['as the link has it', { invoice: paidThere, link: link({ readBack: paidThere }) }],
      ['since the link was made', { invoice: paidThere, link: link({ pushedDigest: 'older' }) }],
      [
        'when its memo is edited in QuickBooks',
        { invoice: paidThere, bill: bill({ memo: 'May' }), link: link({ readBack: paidThere }) },
      ],
      ['when QuickBooks applies a credit', { invoice: paidThere, bill: bill({ links: [credit] }) }],
    ];
    for (const [what, now] of table)
      it(what, () => {
        const { changes } = decide(now);
        assert.deepEqual([changes.balanceCents, changes.state], [undefined, undefined]);
      });
  });

  it('a credit applied in QuickBooks lowers the balance', () =>
    assert.deepEqual(decide({ bill: bill({ links: [credit] }) }).changes, { balanceCents: 16500 }));

  const raised = link({
    readBack: inMineralTree({ balanceCents: 16500 }),
    pushedDigest: 'older',
    ledgerOpenCents: 16500,
  });
  it('a payment deleted in QuickBooks raises the balance, where it is known that QuickBooks had less open', () => {
    assert.deepEqual(decide({ invoice: inMineralTree({ balanceCents: 16500 }), link: raised }).changes, {
      balanceCents: 17500,
    });
    const unknown = without(raised, 'ledgerOpenCents');
    assert.deepEqual(decide({ invoice: inMineralTree({ balanceCents: 16500 }), link: unknown }).changes, {});
  });

  it('an amount raised in QuickBooks raises the balance, while nothing was paid', () => {
    const [line] = bill().itemLines;
    assert.ok(line !== undefined);
    const more = bill({ amountDueCents: 18000, itemLines: [{ ...line, amountCents: 8000 }] });
    const { changes } = decide({ bill: more });
    assert.deepEqual([changes.amountCents, changes.balanceCents], [18000, 18000]);
    const partlyPaid = inMineralTree({ balanceCents: 500 });
    assert.equal(decide({ bill: more, invoice: partlyPaid }).changes.balanceCents, undefined);
  });

  it('an invoice over nothing is settled when QuickBooks counts it as paid', () => {
    const zero = { amountCents: 0, balanceCents: 0, expenses: [], items: [] };
    const nothing = bill({ amountDueCents: 0, isPaid: true, expenseLines: [], itemLines: [] });
    const zeroLink = link({ ledgerDigest: billDigest(nothing), readBack: inMineralTree(zero) });
    assert.deepEqual(decide({ bill: nothing, invoice: inMineralTree(zero), link: zeroLink }).changes, {
      state: 'Settled',
    });
  });

  it('an invoice that MineralTree closed by a credit stays so', () => {
    const closed = inMineralTree({ state: 'ClosedByCredit', balanceCents: 0 });
    assert.deepEqual(decide({ bill: bill({ isPaid: true }), invoice: closed }).changes, {});
  });

  it('is written once, whatever MineralTree makes of it', () => {
    const paid = bill({ isPaid: true });
    const written = link({ ledgerDigest: billDigest(paid), pushedDigest: digestOf(desiredOf(paid)) });
    assert.deepEqual(decide({ bill: paid, link: written }).changes, {});
  });

  it('goes along with an edit for QuickBooks', () =>
    assert.deepEqual(decide({ bill: bill({ isPaid: true }), invoice: inMineralTree({ memo: 'x' }) }), {
      changes: { balanceCents: 0, state: 'Settled' },
      post: true,
      problems: [],
    }));
});

describe('terms that MineralTree came to know later', () => {
  it('are written to a bill from QuickBooks though nobody edited it', () => {
    const before = without(desiredOf(bill()), 'term');
    const decision = decide({ link: link({ bornIn: 'quickbooks', readBack: before, pushedDigest: digestOf(before) }) });
    assert.deepEqual(decision.changes, { term: { id: ACME.net30.payablesId, externalId: ACME.net30.id } });
  });

  it('are not written to a bill that was entered there', () =>
    assert.deepEqual(decide({ link: link({ readBack: without(inMineralTree({}), 'term') }) }).changes, {}));
});
