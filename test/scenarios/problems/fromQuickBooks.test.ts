/** Records of QuickBooks that cannot go to MineralTree as they are, and list entries that vanish. */
import { CARD, type Company, VENDORS } from '../company.ts';
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

let takenOff = false;
/** An answer of MineralTree in which a record of this name has no ID of QuickBooks. */
const withoutId = (answer: string, name: string): string =>
  answer === ''
    ? answer
    : JSON.stringify(
        JSON.parse(answer, (_key, value: unknown) => {
          if (typeof value !== 'object' || value === null || !('name' in value) || value.name !== name) return value;
          return Object.fromEntries(Object.entries(value).filter(([field]) => field !== 'externalId'));
        }),
      );

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
    code: 'billWithGroupLines',
    name: 'a bill with a group of items, until it is paid in QuickBooks',
    story: async (company) => {
      const members = [{ item: 'Paper', quantity: '3' }];
      await company.quickBooks('add-item', { name: 'Office Set', type: 'Group', members });
      return bill(await company.bill({ itemLines: [{ item: 'Office Set', quantity: '1' }] }));
    },
    ends: async (company) => {
      const [one] = (await company.ledger()).bills;
      await company.payInQuickBooks([{ txnId: one?.id }]);
    },
  },
  {
    code: 'unmatchedOnFirstDay',
    name: 'MineralTree has a vendor of this name already; its support fills in the ID of QuickBooks',
    options: {
      before: async (company) => {
        await (await Integration.of(company)).add('vendor', 'vendor', { name: VENDORS[1] });
      },
    },
    story: async (company) => ['vendor', await company.entryId('vendors', VENDORS[1])],
    ends: async (company) => {
      const integration = await Integration.of(company);
      const id = await integration.idOf('vendors', VENDORS[1]);
      await integration.change('vendor', 'vendor', id, { externalId: await company.entryId('vendors', VENDORS[1]) });
      company.later(60);
    },
    orElse: {
      'they are two, and the one of MineralTree gets another name': async (company) => {
        const integration = await Integration.of(company);
        const id = await integration.idOf('vendors', VENDORS[1]);
        await integration.change('vendor', 'vendor', id, { name: 'Bright Electric of Dayton' });
        company.later(60);
      },
    },
  },
  {
    code: 'ambiguousInMineralTree',
    name: 'an integration made the vendor twice, each with the ID of QuickBooks',
    options: {
      reads: (answer) => (takenOff ? withoutId(answer, 'Harwood Lumber Inc') : answer),
      before: async (company) => {
        const integration = await Integration.of(company);
        const externalId = await company.entryId('vendors', VENDORS[0]);
        for (const name of ['Harwood', 'Harwood Lumber Inc'])
          await integration.add('vendor', 'vendor', { name, externalId });
      },
    },
    story: async (company) => ['vendor', await company.entryId('vendors', VENDORS[0])],
    // MineralTree's support does that: over the API nobody can.
    ends: async (company) => {
      takenOff = true;
      company.later(60);
    },
  },
  {
    code: 'entryDeletedInQuickBooks',
    name: 'a vendor without transactions is deleted',
    story: async (company) => {
      const id = await company.entryId('vendors', VENDORS[2]);
      await company.quickBooks('delete-vendor', { vendor: VENDORS[2] });
      return ['vendor', id];
    },
    ends: async (company) => {
      const { vendors } = await company.payables();
      const gone = vendors.find(({ name }) => name === VENDORS[2]);
      await (await Integration.of(company)).change('vendor', 'vendor', gone?.id ?? '', { active: false });
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
    ends: async (company) => {
      const given = { vendor: 'Paris Papier', apAccount: 'Payables in Euro', refNumber: 'E-1' };
      const billId = await company.bill(given);
      const [one] = (await company.ledger()).credits;
      await company.quickBooks('set-credits', { bill: billId, credits: [{ txnId: one?.id, amount: '100.00' }] });
    },
    left: ['vendorInOtherCurrency'],
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
    stays: 'it tells of a payment that is as it should be on both sides; nothing waits for anybody',
  },
  {
    code: 'negativeBill',
    name: 'QuickBooks has a bill below zero, and something is set against it; the bill is deleted',
    options: {
      hears: (answer) => answer.replaceAll(/<(AmountDue|Amount)>66\.66</g, '<$1>-66.66<'),
    },
    story: async (company) => {
      const id = await company.bill({ amount: '66.66' });
      await company.settle();
      await company.payInQuickBooks([{ txnId: id, amount: '20.00' }]);
      return bill(id);
    },
    ends: async (company) => {
      const { bills, payments } = await company.ledger();
      await company.quickBooks('delete-payment', { txnId: payments[0]?.id });
      await company.quickBooks('delete-bill', { txnId: bills[0]?.id });
    },
    left: ['deletedInQuickBooks'],
  },
  {
    code: 'linkNotUnderstood',
    name: 'a bill is settled by a transaction of a type that is new, and then as it should be',
    options: {
      hears: (answer) => answer.replaceAll('<TxnType>BillPaymentCheck</TxnType>', '<TxnType>Transfer</TxnType>'),
    },
    story: async (company) => {
      const id = await company.bill();
      await company.settle();
      await company.payInQuickBooks([{ txnId: id, amount: '40.00' }]);
      return bill(id);
    },
    ends: async (company) => {
      const [payment] = (await company.ledger()).payments;
      await company.quickBooks('delete-payment', { txnId: payment?.id });
      await company.payInQuickBooks([{ txnId: payment?.bills[0]?.billId, amount: '40.00' }], { account: CARD });
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
