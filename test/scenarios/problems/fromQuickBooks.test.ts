/** Records of QuickBooks that cannot go to MineralTree as they are, and list entries that vanish. */
import { type Company, VENDORS } from '../company.ts';
import { Integration } from './integration.ts';
import { type About, type Provoked, provoked } from './provoked.ts';

const bill = (id: string): About => ['bill', id];
const credit = (id: string): About => ['credit', id];

async function inEuro(company: Company): Promise<void> {
  await company.quickBooks('set-home-currency', { name: 'US Dollar', code: 'USD' });
  await company.quickBooks('add-currency', { name: 'Euro', code: 'EUR', exchangeRate: '1.10' });
  await company.quickBooks('add-account', { name: 'Payables in Euro', type: 'AccountsPayable', currency: 'Euro' });
  await company.quickBooks('add-vendor', { name: 'Paris Papier', currency: 'Euro' });
}

const rows: readonly Provoked[] = [
  {
    code: 'billLinesDoNotSum',
    name: 'QuickBooks gives a bill over a cent more than its lines',
    options: { hears: (answer) => answer.replaceAll('<AmountDue>77.77</AmountDue>', '<AmountDue>77.78</AmountDue>') },
    story: async (company) => bill(await company.bill({ amount: '77.77' })),
    ends: async (company) => {
      const [one] = (await company.ledger()).bills;
      await company.quickBooks('edit-bill', {
        txnId: one?.id,
        expenseLines: [{ account: 'Rent', amount: '77.79' }],
      });
    },
  },
  {
    code: 'ambiguousInMineralTree',
    name: 'an integration made the vendor twice, each with the ID of QuickBooks',
    options: {
      before: async (company) => {
        const integration = await Integration.of(company);
        const externalId = await company.entryId('vendors', VENDORS[0]);
        for (const name of ['Harwood', 'Harwood Lumber Inc'])
          await integration.add('vendor', 'vendor', { name, externalId });
      },
    },
    story: async (company) => ['vendor', await company.entryId('vendors', VENDORS[0])],
  },
  {
    code: 'entryDeletedInQuickBooks',
    name: 'a vendor without transactions is deleted',
    story: async (company) => {
      const id = await company.entryId('vendors', VENDORS[2]);
      await company.quickBooks('delete-vendor', { vendor: VENDORS[2] });
      return ['vendor', id];
    },
  },
  {
    code: 'creditInOtherCurrency',
    name: 'a credit of a vendor in euros',
    beside: ['vendorInOtherCurrency'],
    story: async (company) => {
      await inEuro(company);
      return credit(await company.credit({ vendor: 'Paris Papier', apAccount: 'Payables in Euro' }));
    },
  },
  {
    code: 'creditWaits',
    name: 'a credit of a vendor that MineralTree refuses, until it takes the vendor',
    beside: ['refusedByMineralTree'],
    story: async (company) => {
      await company.world.fault({
        point: 'before',
        match: { company: company.world.mtCompany, method: 'POST', path: '^/vendor', contains: 'Refused Ltd' },
        action: 'error',
        status: 400,
        times: 1000,
      });
      await company.quickBooks('add-vendor', { name: 'Refused Ltd' });
      return credit(await company.credit({ vendor: 'Refused Ltd' }));
    },
    ends: async (company) => {
      await company.noFaults();
      await company.quickBooks('edit-vendor', { vendor: 'Refused Ltd', phone: '555-0111' });
    },
  },
  {
    code: 'creditNotInMineralTree',
    name: 'a credit that MineralTree refuses is set against a bill, until it takes the credit',
    beside: ['refusedByMineralTree'],
    story: async (company) => {
      const id = await company.bill();
      await company.settle();
      await company.world.fault({
        point: 'before',
        match: { company: company.world.mtCompany, method: 'POST', path: '^/credit' },
        action: 'error',
        status: 400,
        times: 1000,
      });
      const given = await company.credit({ amount: '30.00' });
      await company.quickBooks('set-credits', { bill: id, credits: [{ txnId: given, amount: '20.00' }] });
      return bill(id);
    },
    ends: async (company) => {
      await company.noFaults();
      const [given] = (await company.ledger()).credits;
      await company.quickBooks('edit-credit', { txnId: given?.id, memo: 'looked at' });
    },
  },
  {
    code: 'paymentPaysOtherBills',
    name: 'a check pays a bill that MineralTree has and one that it cannot hold',
    beside: ['billWithGroupLines'],
    story: async (company) => {
      await company.quickBooks('add-item', {
        name: 'Office Set',
        type: 'Group',
        members: [{ item: 'Paper', quantity: '3' }],
      });
      const ours = await company.bill();
      const other = await company.bill({ itemLines: [{ item: 'Office Set', quantity: '1' }] });
      await company.settle();
      await company.payInQuickBooks([{ txnId: ours }, { txnId: other }]);
      return bill(ours);
    },
  },
  {
    code: 'negativeBill',
    name: 'QuickBooks has a bill below zero, and something is set against it',
    options: {
      hears: (answer) => answer.replaceAll(/<(AmountDue|Amount)>66\.66</g, '<$1>-66.66<'),
    },
    story: async (company) => {
      const id = await company.bill({ amount: '66.66' });
      await company.settle();
      await company.payInQuickBooks([{ txnId: id, amount: '20.00' }]);
      return bill(id);
    },
  },
  {
    code: 'linkNotUnderstood',
    name: 'a bill is settled by a transaction of a type that is new',
    options: {
      hears: (answer) => answer.replaceAll('<TxnType>BillPaymentCheck</TxnType>', '<TxnType>Transfer</TxnType>'),
    },
    story: async (company) => {
      const id = await company.bill();
      await company.settle();
      await company.payInQuickBooks([{ txnId: id, amount: '40.00' }]);
      return bill(id);
    },
  },
  {
    code: 'balancesDisagree',
    name: 'QuickBooks says that less is left than the payments leave',
    options: { hears: (answer) => answer.replaceAll('<AmountDue>60.00</AmountDue>', '<AmountDue>55.00</AmountDue>') },
    story: async (company) => {
      const id = await company.bill();
      await company.settle();
      await company.payInQuickBooks([{ txnId: id, amount: '40.00' }]);
      return bill(id);
    },
    ends: async (company) => {
      const [one] = (await company.ledger()).bills;
      await company.payInQuickBooks([{ txnId: one?.id, amount: '10.00' }]);
    },
  },
  {
    code: 'billNotListed',
    name: 'QuickBooks does not list an unpaid bill among those to pay, until it does',
    story: async (company) => {
      const id = await company.bill();
      await company.settle();
      await company.faultOfQuickBooks({
        match: { request: 'BillToPayQuery' },
        action: 'status',
        statusCode: 1,
        statusMessage: 'A query request did not find a matching object in QuickBooks',
        times: 1000,
      });
      await company.payInQuickBooks([{ txnId: id, amount: '40.00' }]);
      return bill(id);
    },
    ends: async (company) => {
      await company.noFaults();
      const [one] = (await company.ledger()).bills;
      await company.quickBooks('edit-bill', { txnId: one?.id, memo: 'looked at' });
    },
  },
];

provoked('problems of records on their way to MineralTree', rows);
