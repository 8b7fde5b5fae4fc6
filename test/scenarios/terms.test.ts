import assert from 'node:assert/strict';
import { scenarios } from './scenarios.ts';

scenarios('terms', [
  {
    name: 'new terms of QuickBooks, with a discount of one and a half percent',
    story: async (company) => {
      await company.quickBooks('add-terms', { name: '1.5% 7', dueDays: 45, discountDays: 7, discountPercent: '1.5' });
      return undefined;
    },
  },
  {
    name: 'new terms of MineralTree are entered in QuickBooks, once',
    story: async (company) => {
      await company.mineralTree('add-term', { name: 'Net 45', dueDays: 45 });
      await company.settle();
      assert.equal((await company.ledger()).terms.filter(({ name }) => name === 'Net 45').length, 1);
      return undefined;
    },
  },
  {
    name: 'new terms of MineralTree that QuickBooks has, with the same days and percent: they are one',
    story: async (company) => {
      await company.mineralTree('add-term', { name: 'Net 60', dueDays: 60 });
      await company.quickBooks('add-terms', { name: 'Net 60', dueDays: 60 });
      return undefined;
    },
  },
  {
    name: 'new terms of one name and other days: neither is changed',
    problems: ['termsDiffer'],
    story: async (company) => {
      await company.mineralTree('add-term', { name: 'Monthly', dueDays: 30 });
      await company.quickBooks('add-terms', { name: 'Monthly', dueDays: 31 });
      return { terms: ['Monthly'] };
    },
  },
  {
    name: 'terms that count from a day of the month: told once, and the bill has its dates',
    problems: ['dateDrivenTerms'],
    story: async (company) => {
      await company.quickBooks('add-terms', { name: '15th', dayOfMonthDue: 15, dueNextMonthDays: 2 });
      await company.bill({ terms: '15th', dueDate: undefined });
      return undefined;
    },
  },
  {
    name: 'an invoice with terms of MineralTree that are new: terms first, then the bill with them',
    story: async (company) => {
      await company.mineralTree('add-term', { name: 'Net 20', dueDays: 20 });
      await company.settle();
      const invoice = await company.invoice({ term: 'Net 20', dueDate: '2026-04-01' });
      await company.settle();
      assert.equal((await company.billOf(invoice)).terms, 'Net 20');
      return undefined;
    },
  },
  {
    name: 'a bill of QuickBooks with terms that give a discount: due date and terms stand in MineralTree',
    story: async (company) => {
      const bill = await company.bill({ terms: '2% 10 Net 30', dueDate: undefined });
      await company.settle();
      const { term, dueDate } = await company.invoiceOf(bill);
      assert.deepEqual([term?.name, dueDate], ['2% 10 Net 30', '2026-04-09']);
      return undefined;
    },
  },
]);
