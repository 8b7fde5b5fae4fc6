import assert from 'node:assert/strict';
import { CARD, CHECKING, type Company, type Typed } from './company.ts';
import { type Scenario, scenarios } from './scenarios.ts';

/** A bill on both sides; TxnID and invoice. */
async function bill(company: Company, typed: Typed = {}): Promise<{ txnId: string; invoice: string }> {
  const txnId = await company.bill(typed);
  await company.settle();
  return { txnId, invoice: (await company.invoiceOf(txnId)).id };
}

/** Amount, account and number of the payments that stand on a bill in QuickBooks. */
async function onBill(company: Company, txnId: string): Promise<readonly string[]> {
  const payments = await company.paymentsOn(txnId);
  return payments.map(({ amountCents, account, refNumber }) => `${amountCents / 100} ${account} ${refNumber}`).sort();
}

const kinds: readonly Scenario[] = [
  {
    name: 'a check: on its account, with its number',
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      await company.payInMineralTree([{ bill: invoice }], { number: 2001 });
      await company.settle();
      assert.deepEqual(await onBill(company, txnId), ['100 Checking 2001']);
      return undefined;
    },
  },
  {
    name: 'an ACH payment: its trace is longer than QuickBooks keeps, so its end stands there',
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      await company.payInMineralTree([{ bill: invoice }], { fundMethod: 'ACH', account: 'Savings' });
      await company.settle();
      const [payment] = await company.paymentsOn(txnId);
      assert.equal(payment?.account, 'Savings');
      assert.equal(payment?.refNumber?.length, 11);
      return undefined;
    },
  },
  {
    name: 'a card payment: a credit-card payment of the bill',
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      await company.payInMineralTree([{ bill: invoice }], { account: CARD });
      await company.settle();
      const [payment] = await company.paymentsOn(txnId);
      assert.equal(payment?.method, 'creditCard');
      return undefined;
    },
  },
  {
    name: 'a manual check: nobody’s business until it is marked as paid',
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      const payment = await company.approvePayment([{ bill: invoice }]);
      await company.mineralTree('manual-check', { payment, checkNumber: 77 });
      await company.settle();
      assert.deepEqual(await onBill(company, txnId), []);
      await company.mineralTree('mark-as-paid', { payment });
      await company.settle();
      assert.deepEqual(await onBill(company, txnId), ['100 Checking 77']);
      return undefined;
    },
  },
  {
    name: 'a bill paid on the biller’s pages, without any number',
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      const payment = await company.approvePayment([{ bill: invoice }], { account: CARD });
      await company.mineralTree('biller-portal', { payment });
      await company.mineralTree('mark-as-paid', { payment });
      await company.settle();
      assert.equal((await company.paymentsOn(txnId)).length, 1);
      return undefined;
    },
  },
  {
    name: 'one check of three bills, one of them in part',
    story: async (company) => {
      const bills = [await bill(company), await bill(company, { amount: '20.00' }), await bill(company)];
      const [first, second, third] = bills.map(({ invoice }) => invoice);
      await company.payInMineralTree([{ bill: first }, { bill: second }, { bill: third, amount: '12.34' }]);
      await company.settle();
      assert.equal((await company.ledger()).payments.length, 1);
      return undefined;
    },
  },
  {
    name: 'one check of bills in two A/P accounts: a payment for each',
    story: async (company) => {
      const trade = await bill(company);
      const retail = await bill(company, { apAccount: 'Retail Payables', amount: '20.00' });
      await company.payInMineralTree([{ bill: trade.invoice }, { bill: retail.invoice }], { number: 2002 });
      await company.settle();
      assert.deepEqual(await onBill(company, trade.txnId), ['100 Checking 2002']);
      assert.deepEqual(await onBill(company, retail.txnId), ['20 Checking 2002']);
      return undefined;
    },
  },
  {
    name: 'an invoice is entered, posted and paid between two cycles: bill first, then payment',
    story: async (company) => {
      const invoice = await company.invoice();
      await company.cycle();
      await company.payInMineralTree([{ bill: invoice }]);
      await company.settle();
      const { id } = await company.billOf(invoice);
      assert.equal((await company.paymentsOn(id)).length, 1);
      return undefined;
    },
  },
  {
    name: 'two checks pay one bill, each a half',
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      await company.payInMineralTree([{ bill: invoice, amount: '50.00' }]);
      await company.payInMineralTree([{ bill: invoice }]);
      await company.settle();
      assert.equal((await company.paymentsOn(txnId)).length, 2);
      return undefined;
    },
  },
];

const notYet: readonly Scenario[] = ['hold', 'recall', 'reject', 'fail'].map((move) => ({
  name: `a payment that a person did "${move}" to before it was made is never posted`,
  story: async (company) => {
    const { txnId, invoice } = await bill(company);
    const queued = await company.mineralTree<{ payments: readonly { id: string }[] }>('queue-payment', {
      bills: [{ bill: invoice }],
      paymentMethod: CHECKING,
      fundMethod: 'CHECK',
    });
    const payment = queued.payments[0]?.id;
    if (move === 'fail') await company.mineralTree('approve-payment', { payment });
    await company.cycle();
    await company.mineralTree(move, { payment });
    await company.settle();
    assert.deepEqual(await onBill(company, txnId), []);
    return undefined;
  },
}));

const reversed: readonly Scenario[] = [
  {
    name: 'voided before it was posted: nothing happens',
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      const payment = await company.payInMineralTree([{ bill: invoice }]);
      await company.mineralTree('void-payment', { payment });
      await company.settle();
      assert.deepEqual(await onBill(company, txnId), []);
      return undefined;
    },
  },
  {
    name: 'voided after it was posted: told at once, and QuickBooks is left to a person',
    problems: ['paymentReversedAfterPosting'],
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      const payment = await company.payInMineralTree([{ bill: invoice }]);
      await company.settle();
      await company.mineralTree('void-payment', { payment });
      await company.settle();
      assert.equal((await company.paymentsOn(txnId)).length, 1);
      return { bills: [txnId], paymentsOfMineralTree: [payment] };
    },
  },
  {
    name: 'voided after it was posted, and the person voids it in QuickBooks: the bill is open on both sides',
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      const payment = await company.payInMineralTree([{ bill: invoice }]);
      await company.settle();
      await company.mineralTree('void-payment', { payment });
      await company.settle();
      const [posted] = await company.paymentsOn(txnId);
      await company.quickBooks('void-payment', { txnId: posted?.id });
      await company.settle();
      // A payment that was told of is looked at again every hour.
      company.later(120);
      await company.settle();
      assert.equal((await company.invoiceOf(txnId)).balanceCents, 10_000);
      return undefined;
    },
  },
  {
    name: 'voided after it was posted, with voids allowed: void in QuickBooks too, and the bill is open',
    options: { voidPayments: true },
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      const payment = await company.payInMineralTree([{ bill: invoice }]);
      await company.settle();
      await company.mineralTree('void-payment', { payment });
      await company.settle();
      assert.deepEqual(await onBill(company, txnId), []);
      return undefined;
    },
  },
  {
    name: 'a check cancelled after it was posted, with voids allowed, is void in QuickBooks in both A/P accounts',
    options: { voidPayments: true },
    story: async (company) => {
      const trade = await bill(company);
      const retail = await bill(company, { apAccount: 'Retail Payables' });
      const payment = await company.payInMineralTree([{ bill: trade.invoice }, { bill: retail.invoice }]);
      await company.settle();
      await company.mineralTree('cancel-check', { payment });
      await company.settle();
      assert.deepEqual(await onBill(company, trade.txnId), []);
      assert.deepEqual(await onBill(company, retail.txnId), []);
      return undefined;
    },
  },
  {
    name: 'an ACH payment that the bank returned is a person’s, even with voids allowed',
    options: { voidPayments: true },
    problems: ['paymentReversedAfterPosting'],
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      const payment = await company.payInMineralTree([{ bill: invoice }], { fundMethod: 'ACH' });
      await company.settle();
      await company.mineralTree('ach-return', { payment });
      await company.settle();
      assert.equal((await company.paymentsOn(txnId)).length, 1);
      return { bills: [txnId], paymentsOfMineralTree: [payment] };
    },
  },
];

const onBothSides: readonly Scenario[] = [
  {
    name: 'money moved and the bill is not open: paid in QuickBooks before MineralTree’s check was posted',
    problems: ['moneyMovedBillNotOpen'],
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      const payment = await company.payInMineralTree([{ bill: invoice }]);
      await company.payInQuickBooks([{ txnId }]);
      await company.settle();
      assert.equal((await company.paymentsOn(txnId)).length, 1);
      return { bills: [txnId], paymentsOfMineralTree: [payment] };
    },
  },
  {
    name: 'money moved and the bill is not open; the payment in QuickBooks is voided, and the one of MineralTree posted',
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      await company.payInMineralTree([{ bill: invoice }]);
      const [byHand] = await company.payInQuickBooks([{ txnId }]);
      await company.settle();
      await company.quickBooks('void-payment', { txnId: byHand });
      await company.settle();
      assert.equal((await company.paymentsOn(txnId)).length, 1);
      return undefined;
    },
  },
  {
    name: 'a bill that both sides paid: when MineralTree’s payment is voided, what QuickBooks paid stands there',
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      const payment = await company.payInMineralTree([{ bill: invoice }]);
      await company.payInQuickBooks([{ txnId }]);
      await company.settle();
      await company.mineralTree('void-payment', { payment });
      await company.settle();
      assert.equal((await company.invoiceOf(txnId)).balanceCents, 0);
      return undefined;
    },
  },
  {
    name: 'a bill that MineralTree has scheduled is paid in QuickBooks: may be paid twice, until it is recalled',
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      const payment = await company.approvePayment([{ bill: invoice }]);
      await company.settle();
      await company.payInQuickBooks([{ txnId }]);
      await company.settle();
      assert.deepEqual((await company.problems()).map(({ code }) => code).sort(), ['mayBePaidTwice']);
      await company.mineralTree('recall', { payment });
      return undefined;
    },
  },
  {
    name: 'a credit is applied in QuickBooks to a bill that MineralTree has scheduled for all of it',
    problems: ['mayBePaidTwice'],
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      const credit = await company.credit({ amount: '30.00' });
      await company.settle();
      await company.approvePayment([{ bill: invoice }]);
      await company.settle();
      await company.quickBooks('set-credits', { bill: txnId, credits: [{ txnId: credit, amount: '30.00' }] });
      await company.settle();
      return undefined;
    },
  },
  {
    name: 'half is scheduled in MineralTree, the other half paid in QuickBooks: both stand',
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      const payment = await company.approvePayment([{ bill: invoice, amount: '50.00' }]);
      await company.settle();
      await company.payInQuickBooks([{ txnId, amount: '50.00' }]);
      await company.settle();
      await company.mineralTree('process', { payment });
      await company.settle();
      assert.equal((await company.paymentsOn(txnId)).length, 2);
      return undefined;
    },
  },
  {
    name: 'a payment that we posted is voided in QuickBooks: do not pay again',
    problems: ['paymentVoidedInQuickBooks'],
    story: async (company) => {
      const { txnId, invoice } = await bill(company);
      const payment = await company.payInMineralTree([{ bill: invoice }]);
      await company.settle();
      const [posted] = await company.paymentsOn(txnId);
      await company.quickBooks('void-payment', { txnId: posted?.id });
      await company.settle();
      assert.equal((await company.invoiceOf(txnId)).balanceCents, 0);
      return { bills: [txnId], paymentsOfMineralTree: [payment] };
    },
  },
];

scenarios('payments of MineralTree', kinds);
scenarios('payments of MineralTree that are not made', notYet);
scenarios('payments of MineralTree that are taken back', reversed);
scenarios('payments on both sides', onBothSides);
