import assert from 'node:assert/strict';
import { CARD, type Company } from './company.ts';
import { type Scenario, scenarios } from './scenarios.ts';

/** What is left of a bill in MineralTree, and its state. */
async function left(company: Company, txnId: string): Promise<string> {
  const { balanceCents, state } = await company.invoiceOf(txnId);
  return `${(balanceCents / 100).toFixed(2)} ${state}`;
}

const SWITCHES: readonly Readonly<Record<string, string | boolean>>[] = [
  { linkIncludesDiscount: false },
  { linkIncludesDiscount: true },
  { openAmount: 'missing' },
  { openAmount: 'vendorTotal' },
  { creditBumpsTimeModified: false },
  { creditBumpsTimeModified: false, creditBumpsCredit: false },
  { linkIncludesDiscount: true, openAmount: 'missing', creditBumpsTimeModified: false },
];

const everyWay: readonly Scenario[] = SWITCHES.map((switches) => ({
  name: `a bill settled by cash, discount and credit, then in full (${Object.entries(switches)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')})`,
  options: { switches },
  story: async (company) => {
    const bill = await company.bill({ amount: '100.00' });
    const other = await company.bill({ amount: '40.00' });
    const credit = await company.credit({ amount: '25.00' });
    await company.settle();
    await company.payInQuickBooks([{ txnId: bill, amount: '30.00', discount: '1.50' }]);
    await company.cycle();
    assert.equal(await left(company, bill), '68.50 Open');
    await company.quickBooks('set-credits', { bill, credits: [{ txnId: credit, amount: '20.00' }] });
    await company.settle();
    assert.equal(await left(company, bill), '48.50 Open');
    assert.equal(await left(company, other), '40.00 Open');
    await company.payInQuickBooks([{ txnId: bill }], { account: CARD });
    await company.settle();
    assert.equal(await left(company, bill), '0.00 Settled');
    return undefined;
  },
}));

scenarios('what is left of a bill', [
  ...everyWay,
  {
    name: 'a discount alone, without cash, lowers the balance and is no payment',
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      await company.payInQuickBooks([{ txnId: bill, amount: '0.00', discount: '5.00' }]);
      await company.settle();
      assert.equal(await left(company, bill), '95.00 Open');
      assert.deepEqual((await company.payables()).payments, []);
      return undefined;
    },
  },
  {
    name: 'a credit that pays all of a bill closes it by credit',
    story: async (company) => {
      const bill = await company.bill();
      const credit = await company.credit({ amount: '150.00' });
      await company.settle();
      await company.quickBooks('set-credits', { bill, credits: [{ txnId: credit, amount: '100.00' }] });
      await company.settle();
      assert.match(await left(company, bill), /^0\.00 (ClosedByCredit|Settled)$/);
      return undefined;
    },
  },
  {
    name: 'a bill is entered, paid in part and edited between two cycles',
    story: async (company) => {
      const bill = await company.bill();
      await company.payInQuickBooks([{ txnId: bill, amount: '40.00' }]);
      await company.quickBooks('edit-bill', { txnId: bill, expenseLines: [{ account: 'Rent', amount: '120.00' }] });
      await company.settle();
      assert.equal(await left(company, bill), '80.00 Open');
      return undefined;
    },
  },
  {
    name: 'a bill that was paid in part is raised: what is left follows',
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      await company.payInQuickBooks([{ txnId: bill, amount: '40.00' }]);
      await company.settle();
      await company.quickBooks('edit-bill', { txnId: bill, expenseLines: [{ account: 'Rent', amount: '130.00' }] });
      await company.settle();
      assert.equal(await left(company, bill), '90.00 Open');
      return undefined;
    },
  },
  {
    name: 'a journal entry set against a bill lowers it as a credit',
    story: async (company) => {
      const bill = await company.bill();
      const journal = await company.quickBooks<{ id: string }>('enter-journal', {
        refNumber: 'J-1',
        date: '2026-03-15',
        lines: [
          { account: 'Accounts Payable', debit: '15.00', vendor: 'Harwood Lumber' },
          { account: 'Rent', credit: '15.00' },
        ],
      });
      await company.settle();
      await company.quickBooks('set-credits', { bill, credits: [{ txnId: journal.id, amount: '15.00' }] });
      await company.settle();
      assert.equal(await left(company, bill), '85.00 Open');
      return undefined;
    },
  },
  {
    name: 'a journal entry set against a bill, and no time of change moves: found by the report of the night',
    options: { switches: { creditBumpsTimeModified: false } },
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      const journal = await company.quickBooks<{ id: string }>('enter-journal', {
        date: '2026-03-15',
        lines: [
          { account: 'Accounts Payable', debit: '15.00', vendor: 'Harwood Lumber' },
          { account: 'Rent', credit: '15.00' },
        ],
      });
      await company.quickBooks('set-credits', { bill, credits: [{ txnId: journal.id, amount: '15.00' }] });
      await company.settle();
      assert.equal(await left(company, bill), '100.00 Open');
      await company.run.report();
      await company.settle();
      assert.equal(await left(company, bill), '85.00 Open');
      await company.run.report();
      return undefined;
    },
  },
  {
    name: 'a bill paid in part and raised in MineralTree, and QuickBooks takes the raise back at once: all of the rest is open',
    story: async (company) => {
      const invoice = await company.invoice();
      await company.cycle();
      const bill = (await company.billOf(invoice)).id;
      await company.payInQuickBooks([{ txnId: bill, amount: '25.00' }]);
      await company.mineralTree('edit-invoice', {
        bill: invoice,
        apAccount: 'Accounts Payable',
        amount: '160.32',
        expenses: [{ glAccount: 'Freight', amount: '160.32' }],
        items: [],
      });
      await company.cycle();
      await company.quickBooks('edit-bill', { txnId: bill, expenseLines: [{ account: 'Freight', amount: '100.00' }] });
      await company.settle();
      assert.equal(await left(company, bill), '75.00 Open');
      return undefined;
    },
  },
  {
    name: 'a plain check to A/P, set against a bill, is a payment',
    story: async (company) => {
      const bill = await company.bill();
      const check = await company.quickBooks<{ id: string }>('enter-check', {
        account: 'Checking',
        vendor: 'Harwood Lumber',
        refNumber: '900',
        date: '2026-03-15',
        lines: [{ account: 'Accounts Payable', amount: '35.00' }],
      });
      await company.settle();
      await company.quickBooks('set-credits', { bill, credits: [{ txnId: check.id, amount: '35.00' }] });
      await company.settle();
      assert.equal(await left(company, bill), '65.00 Open');
      return undefined;
    },
  },
  {
    name: 'a payment of two bills, one in each A/P account of the vendor',
    story: async (company) => {
      const trade = await company.bill();
      const retail = await company.bill({ apAccount: 'Retail Payables', amount: '60.00' });
      await company.settle();
      await company.payInQuickBooks([{ txnId: trade }, { txnId: retail, amount: '10.00' }]);
      await company.settle();
      assert.equal(await left(company, trade), '0.00 Settled');
      assert.equal(await left(company, retail), '50.00 Open');
      return undefined;
    },
  },
  {
    name: 'two payments of one bill on one day stand apart',
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      await company.payInQuickBooks([{ txnId: bill, amount: '10.00' }]);
      await company.payInQuickBooks([{ txnId: bill, amount: '10.00' }]);
      await company.settle();
      assert.equal(await left(company, bill), '80.00 Open');
      return undefined;
    },
  },
  {
    name: 'a check of QuickBooks settles a queued bill, and no time of change moves: found by the sweep of the night',
    options: { switches: { creditBumpsTimeModified: false, creditBumpsCredit: false } },
    problems: ['mayBePaidTwice'],
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      await company.approvePayment([{ bill: (await company.invoiceOf(bill)).id }]);
      await company.settle();
      const check = await company.quickBooks<{ id: string }>('enter-check', {
        account: 'Checking',
        vendor: 'Harwood Lumber',
        date: '2026-03-15',
        lines: [{ account: 'Accounts Payable', amount: '100.00' }],
      });
      await company.quickBooks('set-credits', { bill, credits: [{ txnId: check.id, amount: '100.00' }] });
      await company.settle();
      company.later(26 * 60);
      await company.settle();
      assert.equal((await company.invoiceOf(bill)).balanceCents, 0);
      return undefined;
    },
  },
]);
