import assert from 'node:assert/strict';
import type { Company } from './company.ts';
import { scenarios } from './scenarios.ts';

const [FROM, INTO] = ['Harwood Lumber', 'Bright Electric'] as const;

const merge = (company: Company, list: string, from: string, into: string) =>
  company.quickBooks('merge-list-entries', { list, from, into });

/** The two names, and how many bills show it, as the problem says. */
async function told(company: Company): Promise<readonly unknown[]> {
  const found = (await company.problems()).find(({ code }) => code === 'entryMergedInQuickBooks');
  return [found?.params.name, found?.params.into, found?.params.count];
}

scenarios('entries of a list that were merged into another in QuickBooks', [
  ...[false, true].map((mergeBumpsTransactions) => ({
    name: `a vendor: its bills and credits follow to the other one in MineralTree, ${mergeBumpsTransactions ? 'as' : 'though not'} changed`,
    options: { switches: { mergeBumpsTransactions } },
    problems: ['entryMergedInQuickBooks'],
    story: async (company: Company) => {
      const bills = [await company.bill(), await company.bill(), await company.bill()];
      await company.credit({ amount: '30.00' });
      await company.settle();
      await company.payInQuickBooks([{ txnId: bills[2] }]);
      await company.settle();
      const gone = await company.entryId('vendors', FROM);
      await merge(company, 'vendor', FROM, INTO);
      await company.settle();
      assert.deepEqual(await told(company), [FROM, INTO, '3']);
      const { vendors } = await company.payables();
      const into = vendors.find(({ name }) => name === INTO)?.id;
      for (const bill of bills.slice(0, 2)) assert.equal((await company.invoiceOf(bill)).vendor.id, into);
      // MineralTree does not change whom it says an invoice was paid to.
      return { vendors: [gone], bills: bills.slice(2) };
    },
  })),
  {
    name: 'a vendor, and no log tells of it: the night finds it',
    options: { switches: { mergeLogged: false } },
    problems: ['entryMergedInQuickBooks'],
    story: async (company) => {
      await company.bill();
      await company.quickBooks('edit-vendor', { vendor: 'City Water', phone: '555-0199' });
      await company.settle();
      const gone = await company.entryId('vendors', FROM);
      await merge(company, 'vendor', FROM, INTO);
      company.later(24 * 60);
      await company.settle();
      assert.deepEqual(await told(company), [FROM, INTO, '1']);
      return { vendors: [gone] };
    },
  },
  {
    name: 'an account of lines: they name the other one in MineralTree',
    problems: ['entryMergedInQuickBooks'],
    story: async (company) => {
      await company.bill();
      await company.settle();
      await merge(company, 'account', 'Rent', 'Freight');
      await company.settle();
      assert.deepEqual(await told(company), ['Rent', 'Freight', '1']);
      return {};
    },
  },
  {
    name: 'a vendor whose bill MineralTree pays meanwhile: the payment is posted under the other one',
    problems: ['entryMergedInQuickBooks'],
    story: async (company) => {
      const bill = await company.bill();
      await company.settle();
      const gone = await company.entryId('vendors', FROM);
      const payment = await company.payInMineralTree([{ bill: (await company.invoiceOf(bill)).id }]);
      await company.meanwhile({ contains: 'BillPaymentCheckAddRq' }, () => merge(company, 'vendor', FROM, INTO));
      await company.settle();
      const [posted] = await company.paymentsOn(bill);
      assert.equal(posted?.vendor, INTO);
      assert.equal((await company.paymentOf(payment)).externalId, posted?.id);
      return { vendors: [gone], bills: [bill] };
    },
  },
  {
    name: 'a vendor of an invoice that is not posted yet: it goes once the other one is chosen',
    problems: ['entryMergedInQuickBooks'],
    story: async (company) => {
      await company.bill();
      await company.settle();
      const gone = await company.entryId('vendors', FROM);
      await merge(company, 'vendor', FROM, INTO);
      const invoice = await company.invoice();
      await company.settle();
      assert.deepEqual((await company.problems()).map(({ code }) => code).sort(), [
        'entryMergedInQuickBooks',
        'inactiveInQuickBooks',
      ]);
      await company.mineralTree('edit-invoice', { bill: invoice, vendor: INTO });
      await company.settle();
      assert.equal((await company.billOf(invoice)).vendor, INTO);
      return { vendors: [gone] };
    },
  },
  {
    name: 'two vendors, one after the other',
    problems: ['entryMergedInQuickBooks', 'entryMergedInQuickBooks'],
    story: async (company) => {
      await company.bill();
      await company.bill({ vendor: 'City Water' });
      await company.settle();
      const gone = [await company.entryId('vendors', FROM), await company.entryId('vendors', 'City Water')];
      await merge(company, 'vendor', FROM, INTO);
      await company.settle();
      await merge(company, 'vendor', 'City Water', INTO);
      return { vendors: gone };
    },
  },
  {
    name: 'a vendor without transactions: nothing shows whether it was merged or deleted',
    problems: ['entryDeletedInQuickBooks'],
    story: async (company) => {
      const gone = await company.entryId('vendors', 'City Water');
      await merge(company, 'vendor', 'City Water', INTO);
      return { vendors: [gone] };
    },
  },
]);
