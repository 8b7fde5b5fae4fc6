import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { LedgerBill } from '../../src/domain/ledger.ts';
import type { Invoice, InvoiceExpense } from '../../src/domain/payables.ts';
import { type BillLink, describeProblem, type PlanningContext, planBillMod } from '../../src/sync/index.ts';
import { matchLines } from '../../src/sync/lineMap.ts';
import { ACME, bill, context, invoice, link, mt, ref, without } from './acme.ts';

const [expense] = invoice().expenses;
const [item] = invoice().items;
const [billExpense] = bill().expenseLines;
assert.ok(expense !== undefined && item !== undefined && billExpense !== undefined);
const EXPENSE_ID = '1A3-1700000000';
const ITEM_ID = '1A4-1700000000';

type Now = { invoice?: Invoice; bill?: LedgerBill; link?: BillLink };
const planned = (now: Now, more: Partial<PlanningContext> = {}) =>
  planBillMod({ invoice: now.invoice ?? invoice(), bill: now.bill ?? bill(), link: now.link ?? link() }, context(more));
const plan = (now: Now, more: Partial<PlanningContext> = {}) => {
  const result = planned(now, more);
  assert.ok('plan' in result, JSON.stringify(result));
  return result.plan;
};
const problems = (now: Now, more: Partial<PlanningContext> = {}) => {
  const result = planned(now, more);
  assert.ok('problems' in result, 'was planned');
  return result.problems;
};

describe('an edit in MineralTree of a bill born there', () => {
  it('of the memo sends the memo and both dates, and no line', () =>
    assert.deepEqual(plan({ invoice: invoice({ memo: 'December' }) }), {
      kind: 'BillMod',
      txnId: bill().id,
      editSequence: '1700000001',
      memo: 'December',
      txnDate: '2026-11-20',
      dueDate: '2026-12-20',
      amountCents: 17500,
      match: {
        txnId: bill().id,
        editSequence: '1700000001',
        target: { memo: 'December', txnDate: '2026-11-20', dueDate: '2026-12-20', amountCents: 17500 },
      },
      dates: ['2026-11-20'],
    }));

  const header: readonly (readonly [what: string, changed: Invoice, sent: object, target: object])[] = [
    ['of the number', invoice({ invoiceNumber: 'B-1' }), { refNumber: 'B-1' }, { refNumber: 'B-1' }],
    ['that takes the number off', without(invoice(), 'invoiceNumber'), { refNumber: null }, { refNumber: null }],
    ['that takes the memo off', without(invoice(), 'memo'), { memo: null }, { memo: null }],
    ['that takes the terms off', without(invoice(), 'term'), { terms: null }, { termsId: null }],
    [
      'of the vendor',
      invoice({ vendor: mt(ACME.otherVendor) }),
      { vendor: ref(ACME.otherVendor) },
      { vendorId: ACME.otherVendor.id },
    ],
  ];
  for (const [what, changed, sent, target] of header)
    it(what, () => {
      const {
        kind: _k,
        txnId: _t,
        editSequence: _e,
        txnDate: _d,
        dueDate: _u,
        amountCents: _a,
        dates: _x,
        match,
        ...rest
      } = plan({ invoice: changed });
      assert.deepEqual(rest, sent);
      const { txnDate: _td, dueDate: _dd, amountCents: _am, ...found } = match.target;
      assert.deepEqual(found, target);
    });

  it('of the date checks the old and the new one against the closing date', () => {
    const moved = invoice({ transactionDate: '2026-11-25' });
    assert.deepEqual(plan({ invoice: moved }).dates, ['2026-11-20', '2026-11-25']);
  });

  it('of an amount sends every line with its TxnLineID', () => {
    const changed = invoice({ amountCents: 18500, expenses: [{ ...expense, amountCents: 11000 }] });
    const { lines, match } = plan({ invoice: changed });
    assert.deepEqual(lines, {
      expenseLines: [
        {
          lineNumber: 0,
          lineId: EXPENSE_ID,
          amountCents: 11000,
          memo: 'rent',
          customer: ref(ACME.job),
          class: ref(ACME.east),
          billable: 'Billable',
          account: ref(ACME.rent),
        },
      ],
      itemLines: [
        {
          lineNumber: 1,
          lineId: ITEM_ID,
          amountCents: 7500,
          item: ref(ACME.paper),
          worth: { by: 'cost', quantity: { units: 3, scale: 0 }, cost: { units: 2500, scale: 2 }, amountCents: 7500 },
        },
      ],
      clearExpenseLines: false,
      clearItemLines: false,
    });
    assert.deepEqual(match.target.expenseLines, [
      { amountCents: 11000, accountId: ACME.rent.id, memo: 'rent', classId: ACME.east.id, customerId: ACME.job.id },
    ]);
    assert.deepEqual(match.target.itemLines, [
      { amountCents: 7500, itemId: ACME.paper.id, memo: null, quantity: { units: 3, scale: 0 } },
    ]);
  });

  it('that adds a line sends it as new', () => {
    const added = { ...expense, lineNumber: 2, amountCents: 500, glAccount: mt(ACME.power), memo: 'power' };
    const { lines } = plan({ invoice: invoice({ amountCents: 18000, expenses: [expense, added] }) });
    assert.deepEqual(
      lines?.expenseLines.map(({ lineId }) => lineId),
      [EXPENSE_ID, '-1'],
    );
  });

  it('that takes the last expense line off clears the expense lines', () => {
    const { lines } = plan({ invoice: invoice({ amountCents: 7500, expenses: [] }) });
    assert.deepEqual([lines?.expenseLines, lines?.clearExpenseLines, lines?.clearItemLines], [[], true, false]);
  });

  it('that takes one of several lines off lists the others, each with its own TxnLineID, and clears no kind that was not there', () => {
    const two = { ...expense, lineNumber: 1, amountCents: 500, glAccount: mt(ACME.power), memo: 'power' };
    const three = { ...two, lineNumber: 2, amountCents: 700, memo: 'more power' };
    const onBill = [expense, two, three].map((line, index) => ({
      ...billExpense,
      lineId: `line ${index}`,
      amountCents: line.amountCents,
    }));
    const before = link({
      readBack: invoice({ amountCents: 11200, expenses: [expense, two, three], items: [] }),
      lines: onBill.map(({ lineId }, lineNumber) => ({ kind: 'expense', lineNumber, lineId })),
    });
    const { lines } = plan({
      bill: bill({ amountDueCents: 11200, expenseLines: onBill, itemLines: [] }),
      link: before,
      invoice: invoice({ amountCents: 10700, expenses: [expense, { ...three, lineNumber: 1 }], items: [] }),
    });
    assert.deepEqual(
      lines?.expenseLines.map(({ lineId }) => lineId),
      ['line 0', 'line 2'],
    );
    assert.deepEqual([lines?.clearExpenseLines, lines?.clearItemLines], [false, false]);
  });

  it('that takes one of two item lines off a bill without expenses clears nothing', () => {
    const two = { ...item, lineNumber: 1 };
    const [onBill] = bill().itemLines;
    assert.ok(onBill !== undefined);
    const itemLines = ['a', 'b'].map((lineId) => ({ ...onBill, lineId }));
    const before = link({
      readBack: invoice({ amountCents: 15000, expenses: [], items: [{ ...item, lineNumber: 0 }, two] }),
      lines: itemLines.map(({ lineId }, lineNumber) => ({ kind: 'item', lineNumber, lineId })),
    });
    const { lines } = plan({
      bill: bill({ amountDueCents: 15000, expenseLines: [], itemLines }),
      link: before,
      invoice: invoice({ amountCents: 7500, expenses: [], items: [two] }),
    });
    assert.deepEqual(
      [lines?.itemLines.map(({ lineId }) => lineId), lines?.clearExpenseLines, lines?.clearItemLines],
      [['b'], false, false],
    );
  });

  it('that takes class, job and memo off a line empties them', () => {
    const bare = without(without(without(expense, 'classification'), 'project'), 'memo');
    const { lines, match } = plan({ invoice: invoice({ expenses: [bare] }) });
    const [line] = lines?.expenseLines ?? [];
    assert.deepEqual([line?.class, line?.customer, line?.memo, line?.billable], [null, null, null, undefined]);
    assert.deepEqual(match.target.expenseLines, [{ amountCents: 10000, accountId: ACME.rent.id, memo: null }]);
  });

  it('leaves alone what MineralTree does not carry of a line, and expects it afterwards', () => {
    // The job was entered in QuickBooks and never came to MineralTree.
    const bare = without(expense, 'project');
    const before = link({ readBack: invoice({ expenses: [bare] }) });
    const { lines, match } = plan({
      link: before,
      invoice: invoice({ amountCents: 17600, expenses: [{ ...bare, amountCents: 10100 }] }),
    });
    assert.ok(!Object.hasOwn(lines?.expenseLines[0] ?? {}, 'customer'));
    assert.equal(match.target.expenseLines?.[0]?.customerId, ACME.job.id);
  });

  it('of a bill whose class was made inactive since goes, as long as the class was there before', () => {
    const onBill = bill({ expenseLines: [{ ...billExpense, class: ref(ACME.oldClass) }] });
    const line = { ...expense, classification: mt(ACME.oldClass) };
    const before = link({ readBack: invoice({ expenses: [line] }) });
    const changed = invoice({ amountCents: 17600, expenses: [{ ...line, amountCents: 10100 }] });
    assert.equal(
      plan({ bill: onBill, link: before, invoice: changed }).lines?.expenseLines[0]?.class?.id,
      ACME.oldClass.id,
    );
    assert.deepEqual(
      problems({ invoice: changed }).map((one) => one.code),
      ['inactiveInQuickBooks'],
    );
  });
});

describe('an edit that cannot be carried to QuickBooks', () => {
  const moreRent = invoice({ amountCents: 17600, expenses: [{ ...expense, amountCents: 10100 }] });
  const order = { txnId: '7-7', txnType: 'PurchaseOrder', txnDate: '2026-11-01', amountCents: -100 } as const;
  const table: readonly (readonly [what: string, now: Now, says: RegExp])[] = [
    ['of lines beside item groups', { bill: bill({ groupLines: 1 }) }, /but the bill has item groups/],
    ['of lines linked to a purchase order', { bill: bill({ links: [order] }) }, /linked to a purchase order/],
    [
      'of lines linked by quantity',
      { bill: bill({ links: [{ ...order, txnType: 'Bill', linkType: 'QUANTYPE' }] }) },
      /linked to a purchase order/,
    ],
    [
      'of lines already billed',
      { bill: bill({ expenseLines: [{ ...billExpense, billable: 'HasBeenBilled' }] }) },
      /already billed/,
    ],
    ['of lines that are not known', { link: link({ lines: [] }) }, /not known which line/],
    [
      'of lines that are not those of the bill',
      { bill: bill({ expenseLines: [{ ...billExpense, lineId: 'other' }] }) },
      /not known which line/,
    ],
    ['of a bill entered in QuickBooks', { link: link({ bornIn: 'quickbooks' }) }, /was entered in QuickBooks/],
  ];
  for (const [what, now, says] of table)
    it(`${what} is a problem, and the bill stays as it was`, () => {
      const [problem] = problems({ invoice: moreRent, ...now });
      assert.equal(problem?.code, 'editNotPossible');
      assert.match(describeProblem('editNotPossible', problem?.params ?? {}).sentence, says);
    });

  it('is none of a memo: that goes, whatever the lines are linked to', () => {
    const linked = bill({ groupLines: 1, links: [order] });
    assert.equal(plan({ bill: linked, link: link({ lines: [] }), invoice: invoice({ memo: 'x' }) }).memo, 'x');
  });

  const dates: readonly (readonly [what: string, was: string, now: string, closing: string, refused: boolean])[] = [
    ['the bill is dated in a closed period', '2026-11-20', '2026-11-25', '2026-11-20', true],
    ['the bill would be dated in a closed period', '2026-11-20', '2026-10-31', '2026-10-31', true],
    ['both dates are open', '2026-11-20', '2026-11-25', '2026-11-19', false],
  ];
  for (const [what, was, now, closingDate, refused] of dates)
    it(`${what}: ${refused ? 'named' : 'sent'}`, () => {
      const result = planned(
        { bill: bill({ txnDate: was }), invoice: invoice({ transactionDate: now }) },
        { preferences: { classTracking: true, multiCurrency: false, closingDate } },
      );
      assert.equal('problems' in result, refused);
      if ('problems' in result)
        assert.deepEqual(
          result.problems.map(({ code, params }) => [code, params.newDate]),
          [['editInClosedPeriod', now]],
        );
    });

  it('in a closed period names the new date only where there is one', () => {
    const preferences = { classTracking: true, multiCurrency: false, closingDate: '2026-12-31' };
    const [problem] = problems({ invoice: invoice({ memo: 'x' }) }, { preferences });
    assert.deepEqual(problem?.params, {
      number: 'A-100',
      vendor: 'Acme Paper',
      date: '2026-11-20',
      closingDate: '2026-12-31',
    });
  });

  const same: readonly (readonly [what: string, changed: Invoice, code: string])[] = [
    ['an amount without its lines', invoice({ amountCents: 17501 }), 'linesDoNotSum'],
    ['a negative amount', invoice({ amountCents: -17500 }), 'negativeInvoice'],
    ['no due date', without(invoice({ memo: 'x' }), 'dueDate'), 'dueDateMissing'],
    ['an inactive vendor', invoice({ vendor: mt(ACME.gone) }), 'inactiveInQuickBooks'],
    ['a number too long', invoice({ invoiceNumber: 'A'.repeat(21) }), 'textTooLong'],
    ['terms that QuickBooks lacks', invoice({ term: { id: ACME.paper.payablesId } }), 'notInQuickBooks'],
  ];
  for (const [what, changed, code] of same)
    it(`because of ${what} is named as for a new bill`, () =>
      assert.deepEqual(
        problems({ invoice: changed }).map((one) => one.code),
        [code],
      ));
});

describe('which line of an edited invoice is which', () => {
  const line = (lineNumber: number, amountCents: number, more: Partial<InvoiceExpense> = {}): InvoiceExpense => ({
    lineNumber,
    amountCents,
    glAccount: mt(ACME.rent),
    ...more,
  });
  const power = { glAccount: mt(ACME.power), memo: 'power' };
  const before = [
    { line: line(0, 100, { memo: 'rent' }), lineId: 'rent' },
    { line: line(1, 200, power), lineId: 'power' },
    { line: line(2, 200, power), lineId: 'power too' },
  ];
  const table: readonly (readonly [what: string, edited: readonly InvoiceExpense[], lineIds: readonly string[]])[] = [
    ['nothing moved', before.map((one) => one.line), ['rent', 'power', 'power too']],
    ['the first one is gone, the rest moved up', [line(0, 200, power), line(1, 200, power)], ['power too', 'power']],
    ['an amount changed', [line(0, 150, { memo: 'rent' })], ['rent']],
    ['the first one is gone and the next changed', [line(0, 250, power)], ['power']],
    [
      'another account, same words and amount',
      [line(0, 100, { memo: 'rent', glAccount: mt(ACME.oldAccount) })],
      ['rent'],
    ],
    ['something else altogether', [line(0, 999, { memo: 'other', glAccount: mt(ACME.oldAccount) })], ['-1']],
    [
      'one in between',
      [
        line(0, 100, { memo: 'rent' }),
        line(1, 7, { memo: 'new', glAccount: mt(ACME.oldAccount) }),
        line(2, 200, power),
      ],
      ['rent', '-1', 'power too'],
    ],
  ];
  for (const [what, edited, lineIds] of table)
    it(what, () =>
      assert.deepEqual(
        matchLines(edited, before).map(({ was }) => was?.lineId ?? '-1'),
        lineIds,
      ),
    );

  it('no line in QuickBooks is taken twice, and every line of the invoice is there once', () => {
    const some = fc.array(
      fc.record({ amount: fc.integer({ min: 1, max: 3 }), account: fc.boolean(), memo: fc.boolean() }),
      { maxLength: 6 },
    );
    const lines = (from: readonly { amount: number; account: boolean; memo: boolean }[]): InvoiceExpense[] =>
      from.map(({ amount, account, memo }, index) =>
        line(index, amount, { glAccount: mt(account ? ACME.rent : ACME.power), ...(memo ? { memo: 'm' } : {}) }),
      );
    fc.assert(
      fc.property(some, some, (was, now) => {
        const edited = lines(now);
        const matched = matchLines(
          edited,
          lines(was).map((one, index) => ({ line: one, lineId: String(index) })),
        );
        assert.deepEqual(
          matched.map((one) => one.line),
          edited,
        );
        const taken = matched.flatMap((one) => one.was?.lineId ?? []);
        assert.equal(new Set(taken).size, taken.length);
      }),
    );
  });
});

describe('planning an edit', () => {
  it('never makes a bill whose lines are not its amount', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -500, max: 500 }), { maxLength: 4 }),
        fc.integer({ min: -1, max: 1 }),
        (amounts, off) => {
          const expenses = amounts.map((amountCents, lineNumber) => ({ ...expense, lineNumber, amountCents }));
          const sum = amounts.reduce((total, amount) => total + amount, 7500);
          const result = planned({
            invoice: invoice({ amountCents: sum + off, expenses, items: [{ ...item, lineNumber: 9 }] }),
          });
          if ('problems' in result) return;
          assert.equal(off, 0);
          const { lines, amountCents, match } = result.plan;
          if (lines === undefined) return;
          const all = [...lines.expenseLines, ...lines.itemLines];
          assert.equal(
            all.reduce((total, one) => total + one.amountCents, 0),
            amountCents,
          );
          assert.equal(match.target.amountCents, amountCents);
          assert.equal(lines.clearExpenseLines, amounts.length === 0);
        },
      ),
    );
  });
});
