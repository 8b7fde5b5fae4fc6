import assert from 'node:assert/strict';
import { scenarios } from './scenarios.ts';

const close = (date: string | null) => ({ date });

scenarios('the closing date', [
  {
    name: 'closed in QuickBooks: closed in MineralTree up to that day, and open again with it',
    story: async (company) => {
      await company.quickBooks('close-books', close('2026-01-31'));
      await company.settle();
      assert.deepEqual((await company.verdict()).differences, []);
      await company.quickBooks('close-books', close('2026-02-28'));
      await company.settle();
      assert.deepEqual((await company.verdict()).differences, []);
      await company.quickBooks('close-books', close(null));
      return undefined;
    },
  },
  {
    name: 'an invoice of a closed month waits for another date or an earlier closing date',
    story: async (company) => {
      const invoice = await company.invoice({ transactionDate: '2026-02-10', dueDate: '2026-03-10' });
      await company.quickBooks('close-books', close('2026-02-28'));
      await company.settle();
      assert.deepEqual(
        (await company.problems()).map(({ code }) => code),
        ['invoiceInClosedPeriod'],
      );
      assert.deepEqual((await company.ledger()).bills, []);
      await company.quickBooks('close-books', close('2026-01-31'));
      await company.settle();
      assert.equal((await company.billOf(invoice)).txnDate, '2026-02-10');
      return undefined;
    },
  },
  {
    name: 'an invoice dated on the closing date itself is in the closed period',
    problems: ['invoiceInClosedPeriod'],
    story: async (company) => {
      const invoice = await company.invoice({ transactionDate: '2026-02-28', dueDate: '2026-03-10' });
      await company.quickBooks('close-books', close('2026-02-28'));
      return { invoices: [invoice] };
    },
  },
  {
    name: 'a bill of a closed month is edited in MineralTree: QuickBooks keeps it as it was',
    problems: ['editInClosedPeriod'],
    story: async (company) => {
      const invoice = await company.invoice({ transactionDate: '2026-02-10', dueDate: '2026-03-10' });
      await company.settle();
      await company.mineralTree('edit-invoice', { bill: invoice, memo: 'edited too late' });
      await company.quickBooks('close-books', close('2026-02-28'));
      return { invoices: [invoice] };
    },
  },
  {
    name: 'a payment of a closed month has moved: never dropped, never re-dated, posted when the month is open',
    story: async (company) => {
      const bill = await company.bill({ txnDate: '2026-02-01' });
      await company.settle();
      const { id } = await company.invoiceOf(bill);
      await company.payInMineralTree([{ bill: id }], { date: '2026-02-20' });
      await company.quickBooks('close-books', close('2026-02-28'));
      await company.settle();
      assert.deepEqual(
        (await company.problems()).map(({ code }) => code),
        ['paymentInClosedPeriod'],
      );
      assert.deepEqual(await company.paymentsOn(bill), []);
      await company.quickBooks('close-books', close('2026-01-31'));
      await company.settle();
      assert.equal((await company.paymentsOn(bill))[0]?.txnDate, '2026-02-20');
      return undefined;
    },
  },
  {
    name: 'a bill of a closed month is paid with a date in the open one: that is fine',
    story: async (company) => {
      const bill = await company.bill({ txnDate: '2026-02-01' });
      await company.settle();
      await company.quickBooks('close-books', close('2026-02-28'));
      await company.settle();
      const { id } = await company.invoiceOf(bill);
      await company.payInMineralTree([{ bill: id }], { date: '2026-03-02' });
      return undefined;
    },
  },
  {
    name: 'a payment of a closed month is voided in MineralTree, with voids allowed: not without opening the month',
    options: { voidPayments: true },
    problems: ['voidInClosedPeriod'],
    story: async (company) => {
      const bill = await company.bill({ txnDate: '2026-02-01' });
      await company.settle();
      const payment = await company.payInMineralTree([{ bill: (await company.invoiceOf(bill)).id }], {
        date: '2026-02-20',
      });
      await company.settle();
      await company.quickBooks('close-books', close('2026-02-28'));
      await company.mineralTree('void-payment', { payment });
      await company.settle();
      assert.equal((await company.paymentsOn(bill)).length, 1);
      return { bills: [bill], paymentsOfMineralTree: [payment] };
    },
  },
  {
    name: 'a credit of a closed month is applied: MineralTree takes it with a date that it can take',
    story: async (company) => {
      const bill = await company.bill({ txnDate: '2026-02-01' });
      const credit = await company.credit({ txnDate: '2026-02-03', amount: '10.00' });
      await company.settle();
      await company.quickBooks('close-books', close('2026-02-28'));
      await company.settle();
      await company.quickBooks('set-credits', { bill, credits: [{ txnId: credit, amount: '10.00' }] });
      return undefined;
    },
  },
  {
    name: 'a bill of a closed month entered in QuickBooks with its password, and a payment of it',
    story: async (company) => {
      await company.quickBooks('close-books', { date: '2026-02-28', password: 'secret' });
      await company.settle();
      const bill = await company.bill({ txnDate: '2026-02-01', closingPassword: 'secret' });
      await company.settle();
      await company.payInQuickBooks([{ txnId: bill, amount: '10.00' }], { date: '2026-03-02' });
      return undefined;
    },
  },
]);
