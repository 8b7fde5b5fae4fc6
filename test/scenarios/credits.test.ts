import assert from 'node:assert/strict';
import type { Company } from './company.ts';
import { scenarios } from './scenarios.ts';

/** A bill of 100.00 and a credit, on both sides. */
async function billAndCredit(company: Company, amount = '30.00') {
  const bill = await company.bill();
  const credit = await company.credit({ amount });
  await company.settle();
  return { bill, credit };
}

const apply = (company: Company, bill: string, credit: string, amount: string) =>
  company.quickBooks('set-credits', { bill, credits: [{ txnId: credit, amount }] });

/** What the remittance of a payment says, line by line. */
async function told(company: Company, payment: string): Promise<readonly string[]> {
  const { remittances } = await company.payables();
  const found = remittances.find((remittance) => remittance.payment === payment);
  return (found?.lines ?? []).map(({ kind, cents }) => `${kind} ${(cents / 100).toFixed(2)}`);
}

scenarios('credits of QuickBooks and their applications', [
  {
    name: 'a credit that is not applied stands in MineralTree with all of it left',
    story: async (company) => {
      await billAndCredit(company);
      const [credit] = (await company.payables()).credits;
      assert.equal(credit?.remainingCents, 3_000);
      return undefined;
    },
  },
  {
    name: 'what MineralTree makes of applied credits is told as being in the ledger, so that it is not read with every cycle',
    story: async (company) => {
      const { bill, credit } = await billAndCredit(company);
      await apply(company, bill, credit, '10.00');
      await company.settle();
      await apply(company, bill, credit, '15.00');
      await company.settle();
      const made = (await company.payables()).payments.filter(
        ({ fundMethod, effect }) => fundMethod === 'CREDIT' && effect === 'applied',
      );
      assert.ok(made.length > 0);
      for (const { externalId = '' } of made) assert.ok(externalId.startsWith(`${credit}/${bill}/`), externalId);
      return undefined;
    },
  },
  {
    name: 'a credit applied in QuickBooks stands on the remittance of the payment, the discount does not',
    story: async (company) => {
      const { bill, credit } = await billAndCredit(company);
      await apply(company, bill, credit, '30.00');
      await company.payInQuickBooks([{ txnId: bill, amount: '0.00', discount: '2.00' }]);
      await company.settle();
      const payment = await company.payInMineralTree([{ bill: (await company.invoiceOf(bill)).id }]);
      assert.deepEqual(await told(company, payment), ['invoice 98.00', 'credit -30.00']);
      return undefined;
    },
  },
  {
    name: 'a credit over two bills, a part on each, and something left',
    story: async (company) => {
      const { bill, credit } = await billAndCredit(company, '150.00');
      const other = await company.bill({ amount: '45.00' });
      await company.settle();
      await apply(company, bill, credit, '100.00');
      await apply(company, other, credit, '20.00');
      await company.settle();
      assert.equal((await company.payables()).credits[0]?.remainingCents, 3_000);
      return undefined;
    },
  },
  {
    name: 'the same credit applied to a bill twice',
    story: async (company) => {
      const { bill, credit } = await billAndCredit(company);
      await apply(company, bill, credit, '10.00');
      await company.settle();
      await apply(company, bill, credit, '5.00');
      return undefined;
    },
  },
  {
    name: 'a credit taken off again, wholly, then applied to another bill',
    story: async (company) => {
      const { bill, credit } = await billAndCredit(company);
      const other = await company.bill({ amount: '45.00' });
      await apply(company, bill, credit, '30.00');
      await company.settle();
      await company.quickBooks('un-apply', { bill, credit });
      await apply(company, other, credit, '30.00');
      return undefined;
    },
  },
  {
    name: 'a credit taken off in part',
    story: async (company) => {
      const { bill, credit } = await billAndCredit(company);
      await apply(company, bill, credit, '30.00');
      await company.settle();
      await company.quickBooks('un-apply', { bill, credit, amount: '12.00' });
      return undefined;
    },
  },
  {
    name: 'a credit is entered and used up between two cycles',
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      const credit = await company.credit({ amount: '30.00' });
      await apply(company, bill, credit, '30.00');
      return undefined;
    },
  },
  {
    name: 'a bill, its credit and its payment, all new at once',
    story: async (company) => {
      const bill = await company.bill();
      const credit = await company.credit({ amount: '30.00' });
      await company.payInQuickBooks([{ txnId: bill, amount: '50.00', credits: [{ txnId: credit, amount: '30.00' }] }]);
      return undefined;
    },
  },
  {
    name: 'a credit applied without any time of change moving (found by asking BillToPay in turn)',
    options: { switches: { creditBumpsTimeModified: false, creditBumpsCredit: false } },
    story: async (company) => {
      const { bill, credit } = await billAndCredit(company);
      await apply(company, bill, credit, '30.00');
      await company.settle();
      assert.equal((await company.invoiceOf(bill)).balanceCents, 7_000);
      return undefined;
    },
  },
  {
    name: 'a credit set together with a payment; the payment is voided, and the credit with it',
    problems: ['paymentVoidedInQuickBooks'],
    story: async (company) => {
      const { bill, credit } = await billAndCredit(company);
      const [payment] = await company.payInQuickBooks([
        { txnId: bill, amount: '50.00', credits: [{ txnId: credit, amount: '30.00' }] },
      ]);
      await company.settle();
      await company.quickBooks('void-payment', { txnId: payment });
      await company.settle();
      assert.equal((await company.invoiceOf(bill)).balanceCents, 10_000);
      return { payments: [payment ?? ''] };
    },
  },
  {
    name: 'the same where QuickBooks leaves the credit on the bill',
    options: { switches: { paymentFreesCredits: false } },
    problems: ['paymentVoidedInQuickBooks'],
    story: async (company) => {
      const { bill, credit } = await billAndCredit(company);
      const [payment] = await company.payInQuickBooks([
        { txnId: bill, amount: '50.00', credits: [{ txnId: credit, amount: '30.00' }] },
      ]);
      await company.settle();
      await company.quickBooks('void-payment', { txnId: payment });
      await company.settle();
      assert.equal((await company.invoiceOf(bill)).balanceCents, 7_000);
      return { payments: [payment ?? ''] };
    },
  },
  {
    name: 'a credit is raised after it was applied in part',
    story: async (company) => {
      const { bill, credit } = await billAndCredit(company);
      await apply(company, bill, credit, '30.00');
      await company.settle();
      await company.quickBooks('edit-credit', {
        txnId: credit,
        expenseLines: [{ account: 'Rent', amount: '55.00' }],
      });
      return undefined;
    },
  },
  {
    name: 'a credit that was never applied is voided in QuickBooks: told',
    problems: ['creditVoidedInQuickBooks'],
    story: async (company) => {
      const { credit } = await billAndCredit(company);
      await company.quickBooks('void-credit', { txnId: credit });
      await company.settle();
      return { credits: [credit] };
    },
  },
  {
    name: 'a credit that was applied is deleted in QuickBooks: the bill is open again, and it is told',
    problems: ['creditDeletedInQuickBooks'],
    story: async (company) => {
      const { bill, credit } = await billAndCredit(company);
      await apply(company, bill, credit, '30.00');
      await company.settle();
      await company.quickBooks('delete-credit', { txnId: credit });
      await company.settle();
      assert.equal((await company.invoiceOf(bill)).balanceCents, 10_000);
      return { credits: [credit] };
    },
  },
  {
    name: 'a credit with items, a credit without a number',
    story: async (company) => {
      await company.credit({ itemLines: [{ item: 'Paper', quantity: '3', cost: '3.33' }] });
      await company.credit({ refNumber: undefined });
      return undefined;
    },
  },
]);
