import assert from 'node:assert/strict';
import { scenarios } from './scenarios.ts';

scenarios('deletions and voids', [
  {
    name: 'a bill voided in QuickBooks: do not pay',
    problems: ['voidedInQuickBooks'],
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      await company.quickBooks('void-bill', { txnId: bill });
      return undefined;
    },
  },
  {
    name: 'a bill deleted in QuickBooks: do not pay',
    problems: ['deletedInQuickBooks'],
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      const { id } = await company.invoiceOf(bill);
      await company.quickBooks('delete-bill', { txnId: bill });
      return { invoices: [id] };
    },
  },
  {
    name: 'a bill deleted in QuickBooks and its invoice in MineralTree: nothing is left to say',
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      const { id } = await company.invoiceOf(bill);
      await company.quickBooks('delete-bill', { txnId: bill });
      await company.settle();
      await company.mineralTree('delete-invoice', { bill: id });
      await company.run.report();
      return undefined;
    },
  },
  {
    name: 'an invoice deleted in MineralTree: QuickBooks keeps the bill',
    problems: ['deletedInMineralTree'],
    story: async (company) => {
      const invoice = await company.invoice();
      await company.settle();
      const { id } = await company.billOf(invoice);
      await company.mineralTree('delete-invoice', { bill: invoice });
      await company.quickBooks('edit-bill', { txnId: id, memo: 'looked at' });
      return { bills: [id] };
    },
  },
  {
    name: 'an invoice deleted in MineralTree, and nobody touches its bill: the report of the night finds it',
    problems: ['deletedInMineralTree'],
    story: async (company) => {
      const [bill, other] = [await company.bill(), await company.bill()];
      await company.settle();
      await company.mineralTree('delete-invoice', { bill: (await company.invoiceOf(bill)).id });
      await company.settle();
      assert.deepEqual(await company.problems(), []);
      const { lines, agree } = await company.run.report();
      assert.deepEqual(
        lines.map(({ ledgerId, verdict }) => [ledgerId, verdict]),
        [
          [bill, 'explained'],
          [other, 'agrees'],
        ],
      );
      assert.ok(agree);
      const [problem] = await company.problems();
      assert.deepEqual([problem?.subject.id, problem?.params.amount], [bill, '100.00']);
      return { bills: [bill] };
    },
  },
  {
    name: 'an invoice deleted in MineralTree, and then its bill in QuickBooks: nothing is left to say',
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      await company.mineralTree('delete-invoice', { bill: (await company.invoiceOf(bill)).id });
      await company.run.report();
      assert.deepEqual(
        (await company.problems()).map(({ code }) => code),
        ['deletedInMineralTree'],
      );
      await company.quickBooks('delete-bill', { txnId: bill });
      await company.settle();
      await company.run.report();
      return undefined;
    },
  },
  {
    name: 'a payment of QuickBooks is voided: its bill is open again, and MineralTree’s record told',
    problems: ['paymentVoidedInQuickBooks'],
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      const [payment = ''] = await company.payInQuickBooks([{ txnId: bill, amount: '40.00' }]);
      await company.settle();
      await company.quickBooks('void-payment', { txnId: payment });
      await company.settle();
      assert.equal((await company.invoiceOf(bill)).balanceCents, 10_000);
      return { payments: [payment] };
    },
  },
  {
    name: 'a payment of QuickBooks is voided, and its record in MineralTree too: nothing is left to say',
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      const [payment = ''] = await company.payInQuickBooks([{ txnId: bill, amount: '40.00' }]);
      await company.settle();
      await company.quickBooks('void-payment', { txnId: payment });
      await company.settle();
      const record = (await company.payables()).payments.find(({ externalId }) => externalId === payment);
      await company.mineralTree('void-payment', { payment: record?.id });
      return undefined;
    },
  },
  {
    name: 'a payment of QuickBooks is deleted: its bill is open again',
    problems: ['paymentDeletedInQuickBooks'],
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      const [payment = ''] = await company.payInQuickBooks([{ txnId: bill, amount: '40.00' }]);
      await company.settle();
      await company.quickBooks('delete-payment', { txnId: payment });
      await company.settle();
      assert.equal((await company.invoiceOf(bill)).balanceCents, 10_000);
      return { payments: [payment] };
    },
  },
  {
    name: 'a payment of QuickBooks is changed: less of one bill, more of another',
    problems: ['paymentTakenBack'],
    story: async (company) => {
      const [first, second] = [await company.bill(), await company.bill()];
      await company.settle();
      const [payment = ''] = await company.payInQuickBooks([{ txnId: first, amount: '40.00' }]);
      await company.settle();
      await company.quickBooks('edit-payment', {
        txnId: payment,
        bills: [
          { txnId: first, amount: '10.00' },
          { txnId: second, amount: '30.00' },
        ],
      });
      await company.settle();
      assert.equal((await company.invoiceOf(first)).balanceCents, 9_000);
      assert.equal((await company.invoiceOf(second)).balanceCents, 7_000);
      return { payments: [payment] };
    },
  },
  {
    name: 'a discount is set on a payment afterwards',
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      const [payment] = await company.payInQuickBooks([{ txnId: bill, amount: '40.00' }]);
      await company.settle();
      await company.quickBooks('set-discount', { payment, bill, discount: '3.00' });
      await company.settle();
      assert.equal((await company.invoiceOf(bill)).balanceCents, 5_700);
      return undefined;
    },
  },
  {
    name: 'a bill that was paid is voided in QuickBooks with its payment',
    problems: ['paymentVoidedInQuickBooks', 'voidedInQuickBooks'],
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      const [payment = ''] = await company.payInQuickBooks([{ txnId: bill, amount: '40.00' }]);
      await company.settle();
      await company.quickBooks('void-payment', { txnId: payment });
      await company.quickBooks('void-bill', { txnId: bill });
      return { payments: [payment] };
    },
  },
]);
