import assert from 'node:assert/strict';
import { scenarios } from './scenarios.ts';

scenarios('bills', [
  {
    name: 'expense and item lines from QuickBooks, with class and memo',
    story: async (company) => {
      await company.bill({
        memo: 'March',
        expenseLines: [{ account: 'Rent', amount: '100.00', class: 'East', memo: 'office' }],
        itemLines: [{ item: 'Paper', quantity: '3', cost: '3.33' }],
      });
      return undefined;
    },
  },
  {
    name: 'expense and item lines from MineralTree, with class and memo, edited after posting',
    story: async (company) => {
      const invoice = await company.invoice({
        amount: '109.99',
        memo: 'April',
        expenses: [{ glAccount: 'Rent', amount: '100.00', classification: 'East', memo: 'office' }],
        items: [{ item: 'Paper', quantity: '3', cost: '3.33', amount: '9.99' }],
      });
      await company.settle();
      await company.mineralTree('edit-invoice', {
        bill: invoice,
        memo: 'April, corrected',
        amount: '129.99',
        expenses: [{ glAccount: 'Freight', amount: '120.00', memo: 'truck' }],
        items: [{ item: 'Paper', quantity: '3', cost: '3.33', amount: '9.99' }],
      });
      await company.settle();
      assert.equal((await company.billOf(invoice)).amountCents, 12_999);
      return undefined;
    },
  },
  {
    name: 'edited on both sides between two cycles: QuickBooks is kept, and both versions told',
    problems: ['editedInBoth'],
    story: async (company) => {
      const invoice = await company.invoice();
      await company.settle();
      const { id } = await company.billOf(invoice);
      await company.quickBooks('edit-bill', { txnId: id, memo: 'from QuickBooks' });
      await company.mineralTree('edit-invoice', { bill: invoice, memo: 'from MineralTree' });
      await company.settle();
      assert.equal((await company.billOf(invoice)).memo, 'from QuickBooks');
      return undefined;
    },
  },
  {
    name: 'edited in QuickBooks while the edit of MineralTree is on its way: the edit that was lost is told, and nothing else',
    problems: ['editedInBoth'],
    story: async (company) => {
      const invoice = await company.invoice();
      await company.settle();
      const { id } = await company.billOf(invoice);
      await company.mineralTree('edit-invoice', { bill: invoice, memo: 'from MineralTree' });
      await company.meanwhile({ request: 'BillMod' }, () =>
        company.quickBooks('edit-bill', { txnId: id, memo: 'from QuickBooks' }),
      );
      await company.settle();
      await company.settle();
      assert.equal((await company.invoiceOf(id)).memo, 'from QuickBooks');
      return undefined;
    },
  },
  {
    name: 'the memo and due date of a bill of QuickBooks, edited in MineralTree: QuickBooks stands, and says so until it is seen',
    problems: ['editedInMineralTree'],
    story: async (company) => {
      const bill = await company.bill({ memo: 'as it was' });
      await company.settle();
      const { id } = await company.invoiceOf(bill);
      await company.mineralTree('edit-invoice', {
        bill: id,
        memo: 'otherwise',
        dueDate: '2026-05-01',
        apAccount: 'Accounts Payable',
      });
      await company.cycle();
      assert.deepEqual(
        (await company.problems()).map(({ code }) => code),
        ['editedInMineralTree'],
      );
      const { memo, dueDate } = await company.invoiceOf(bill);
      assert.deepEqual([memo, dueDate], ['as it was', '2026-04-09']);
      return undefined;
    },
  },
  {
    name: 'the amount of a bill of QuickBooks, edited in MineralTree, does not',
    problems: ['editedInMineralTree'],
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      const { id } = await company.invoiceOf(bill);
      await company.mineralTree('edit-invoice', {
        bill: id,
        amount: '90.00',
        expenses: [{ glAccount: 'Rent', amount: '90.00' }],
        apAccount: 'Accounts Payable',
      });
      await company.settle();
      assert.equal((await company.billOf(id)).amountCents, 10_000);
      return { bills: [bill] };
    },
  },
  {
    name: 'a number that the vendor has in QuickBooks: not posted, and told',
    problems: ['duplicateNumber'],
    story: async (company) => {
      const invoice = await company.invoice({ invoiceNumber: 'SAME-1' });
      const bill = await company.bill({ refNumber: 'SAME-1' });
      return { bills: [bill], invoices: [invoice] };
    },
  },
  {
    name: 'a number of twenty-one characters is named, not cut; with twenty it goes',
    story: async (company) => {
      const invoice = await company.invoice({ invoiceNumber: 'A23456789012345678901' });
      await company.settle();
      assert.deepEqual(
        (await company.problems()).map(({ code }) => code),
        ['textTooLong'],
      );
      await company.mineralTree('edit-invoice', { bill: invoice, invoiceNumber: 'A2345678901234567890' });
      return undefined;
    },
  },
  {
    name: 'an inactive account is named before sending, and the bill goes when it is active again',
    story: async (company) => {
      await company.invoice({ expenses: [{ glAccount: 'Freight', amount: '100.00' }] });
      await company.quickBooks('make-inactive', { list: 'account', name: 'Freight' });
      await company.settle();
      assert.deepEqual(
        (await company.problems()).map(({ code }) => code),
        ['inactiveInQuickBooks'],
      );
      await company.quickBooks('make-active', { list: 'account', name: 'Freight' });
      return undefined;
    },
  },
  {
    name: 'a bill over nothing is closed at once',
    story: async (company) => {
      const bill = await company.bill({ amount: '0.00' });
      await company.settle();
      assert.equal((await company.invoiceOf(bill)).state, 'Settled');
      return undefined;
    },
  },
  {
    name: 'an invoice over nothing, which MineralTree settles by itself, is a bill in QuickBooks all the same',
    story: async (company) => {
      const invoice = await company.invoice({ amount: '0.00' });
      const discounted = await company.invoice({
        amount: '0.00',
        expenses: [
          { glAccount: 'Rent', amount: '50.00' },
          { glAccount: 'Freight', amount: '-50.00' },
        ],
      });
      await company.settle();
      for (const id of [invoice, discounted]) {
        const { amountCents, openCents } = await company.billOf(id);
        assert.deepEqual([amountCents, openCents], [0, 0]);
        const { bills } = await company.payables();
        assert.equal(bills.find((bill) => bill.id === id)?.state, 'Settled');
      }
      return undefined;
    },
  },
  {
    name: 'an invoice over nothing with a date that is closed in QuickBooks is told, like any other',
    problems: ['invoiceInClosedPeriod'],
    story: async (company) => {
      const invoice = await company.invoice({ amount: '0.00', transactionDate: '2026-01-15' });
      await company.quickBooks('set-closing-date', { date: '2026-01-31' });
      return { invoices: [invoice] };
    },
  },
  {
    name: 'a bill in the second A/P account comes, is edited and paid in part',
    story: async (company) => {
      const bill = await company.bill({ apAccount: 'Retail Payables' });
      await company.settle();
      await company.quickBooks('edit-bill', { txnId: bill, memo: 'retail' });
      await company.payInQuickBooks([{ txnId: bill, amount: '1.00' }]);
      return undefined;
    },
  },
  {
    name: 'the vendor of a bill is changed in QuickBooks',
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      await company.quickBooks('edit-bill', { txnId: bill, vendor: 'City Water' });
      return undefined;
    },
  },
  {
    name: 'an invoice without a number',
    story: async (company) => {
      await company.invoice({ invoiceNumber: undefined });
      return undefined;
    },
  },
  {
    name: 'a bill in another currency is listed, not moved',
    problems: ['billInOtherCurrency', 'vendorInOtherCurrency'],
    story: async (company) => {
      await company.quickBooks('set-home-currency', { name: 'US Dollar', code: 'USD' });
      await company.quickBooks('add-currency', { name: 'Euro', code: 'EUR', exchangeRate: '1.1' });
      await company.quickBooks('add-account', { name: 'Payables EUR', type: 'AccountsPayable', currency: 'Euro' });
      const vendor = await company.quickBooks<{ id: string }>('add-vendor', { name: 'Euro Parts', currency: 'Euro' });
      const bill = await company.bill({ vendor: 'Euro Parts', apAccount: 'Payables EUR' });
      return { vendors: [vendor.id], bills: [bill] };
    },
  },
  {
    name: 'a bill with an item group is not moved',
    problems: ['billWithGroupLines'],
    story: async (company) => {
      await company.quickBooks('add-item', {
        name: 'Office set',
        type: 'Group',
        members: [{ item: 'Paper', quantity: '2' }],
      });
      const bill = await company.bill({ expenseLines: [], itemLines: [{ item: 'Office set', quantity: '1' }] });
      return { bills: [bill] };
    },
  },
]);
