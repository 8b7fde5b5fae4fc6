import assert from 'node:assert/strict';
import { scenarios } from './scenarios.ts';

scenarios('money and dates', [
  {
    name: 'an item line whose quantity times cost is not its amount: the amount stands',
    story: async (company) => {
      const invoice = await company.invoice({
        amount: '100.00',
        expenses: [],
        items: [{ item: 'Paper', quantity: '3', cost: '33.33', amount: '100.00' }],
      });
      await company.settle();
      assert.equal((await company.billOf(invoice)).amountCents, 10_000);
      return undefined;
    },
  },
  {
    name: 'the same where QuickBooks computes an amount anew',
    options: { switches: { itemAmount: 'recalculated' } },
    story: async (company) => {
      const invoice = await company.invoice({
        amount: '100.00',
        expenses: [],
        items: [{ item: 'Paper', quantity: '3', cost: '33.33', amount: '100.00' }],
      });
      await company.settle();
      assert.equal((await company.billOf(invoice)).amountCents, 10_000);
      return undefined;
    },
  },
  {
    name: 'a cost with five decimals, rounded half up: 7 at 0.01350 is 0.09',
    story: async (company) => {
      const invoice = await company.invoice({
        amount: '0.09',
        expenses: [],
        items: [{ item: 'Paper', quantity: '7', cost: '0.01350', amount: '0.09' }],
      });
      await company.settle();
      assert.equal((await company.billOf(invoice)).amountCents, 9);
      return undefined;
    },
  },
  {
    name: 'one cent, and nearly ten million dollars',
    story: async (company) => {
      await company.bill({ amount: '0.01' });
      await company.bill({ amount: '9999999.99' });
      await company.invoice({ amount: '0.01' });
      await company.invoice({ amount: '9999999.99' });
      return undefined;
    },
  },
  {
    name: 'a negative line within a bill, from either side',
    story: async (company) => {
      await company.bill({
        expenseLines: [
          { account: 'Rent', amount: '100.00' },
          { account: 'Freight', amount: '-12.34' },
        ],
      });
      await company.invoice({
        amount: '87.66',
        expenses: [
          { glAccount: 'Rent', amount: '100.00' },
          { glAccount: 'Freight', amount: '-12.34' },
        ],
      });
      return undefined;
    },
  },
  {
    name: 'the dates of an invoice are those of its bill, whatever day it is: a leap day, and the end of a year',
    story: async (company) => {
      const leap = await company.invoice({ transactionDate: '2024-02-29', dueDate: '2024-03-30' });
      const year = await company.invoice({ transactionDate: '2025-12-31', dueDate: '2026-01-01' });
      await company.settle();
      const dates = await Promise.all([leap, year].map(async (id) => (await company.billOf(id)).txnDate));
      assert.deepEqual(dates, ['2024-02-29', '2025-12-31']);
      return undefined;
    },
  },
]);
