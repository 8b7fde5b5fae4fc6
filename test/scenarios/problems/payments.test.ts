/** Payments and terms of MineralTree: "Payments, voids and terms of MineralTree, before anything is sent" in docs/problems.md. */
import assert from 'node:assert/strict';
import { CHECKING, type Company, type Paying, VENDORS } from '../company.ts';
import { dollars, Integration } from './integration.ts';
import { type About, type Provoked, provoked } from './provoked.ts';

const payment = (id: string): About => ['payment', id];

/** An invoice that QuickBooks has. */
async function posted(company: Company, given = {}): Promise<string> {
  const id = await company.invoice(given);
  await company.settle();
  return id;
}

const paid = async (company: Company, bill: string, paying?: Paying): Promise<About> =>
  payment(await company.payInMineralTree([{ bill }], paying));

const termsOf = async (company: Company, name: string): Promise<About> => {
  const found = (await company.payables()).terms.filter((one) => one.name === name).at(-1);
  assert.ok(found);
  return ['term', found.id];
};

const onlyPayment = async (company: Company): Promise<string> => (await company.payables()).payments[0]?.id ?? '';

const renamed = async (company: Company, from: string, to: string) => {
  const [, id] = await termsOf(company, from);
  await (await Integration.of(company)).change('term', 'term', id, { name: to });
};

/** The payment is entered in QuickBooks, and MineralTree is told its ID before Tandem looks again. */
async function enteredByHand(company: Company) {
  const { bills } = await company.ledger();
  const [txnId = ''] = await company.payInQuickBooks([{ txnId: bills[0]?.id }]);
  await (await Integration.of(company)).change('payment', 'payment', await onlyPayment(company), { externalId: txnId });
}

const rows: readonly Provoked[] = [
  {
    code: 'paymentFromBeforeFirstDay',
    name: 'a payment that was waiting for the export when the company was added',
    options: {
      before: async (company) => {
        const integration = await Integration.of(company);
        const vendor = await integration.add('vendor', 'vendor', { name: 'Old Vendor', externalId: 'OLD-V' });
        await integration.add('pm', 'paymentMethod', { type: 'ACH', bankAccount: { name: 'Old Bank' } });
        const bill = await integration.add('bill', 'bill', {
          externalId: 'OLD-B',
          invoiceNumber: 'OLD-1',
          vendor: { id: vendor },
          transactionDate: '2026-01-12',
          amount: dollars(100),
        });
        await company.payInMineralTree([{ bill }], { account: 'Old Bank' });
        const { store, companyId, now } = company.world;
        await store.db
          .updateTable('companies')
          .set({ addedAt: now() + 2_000 })
          .where('companyId', '=', companyId)
          .execute();
      },
    },
    story: async (company) => payment((await company.payables()).payments[0]?.id ?? ''),
    ends: async (company) => company.mineralTree('void-payment', { payment: await onlyPayment(company) }),
    orElse: {
      'MineralTree fills in the ID of the payment of QuickBooks': async (company) =>
        (await Integration.of(company)).change('payment', 'payment', await onlyPayment(company), {
          externalId: 'in QuickBooks since February',
        }),
    },
  },
  {
    code: 'paymentWaitsForInvoice',
    name: 'an integration pays an invoice that cannot be posted yet',
    beside: ['charactersUnknown'],
    story: async (company) => {
      const bill = await company.invoice({ memo: 'thanks \u{1f600}' });
      return payment(await (await Integration.of(company)).payment(bill, 40));
    },
    ends: async (company) => {
      const [bill] = (await company.payables()).bills;
      await company.mineralTree('edit-invoice', { bill: bill?.id, memo: 'thanks' });
    },
  },
  {
    code: 'paymentVendorDiffers',
    name: 'the bill is given to another vendor in QuickBooks while its payment goes out',
    story: async (company) => {
      const bill = await posted(company);
      const id = await company.approvePayment([{ bill }]);
      await company.quickBooks('edit-bill', { txnId: (await company.billOf(bill)).id, vendor: VENDORS[1] });
      await company.mineralTree('process', { payment: id });
      return payment(id);
    },
    ends: async (company) => {
      const [bill] = (await company.ledger()).bills;
      await company.quickBooks('edit-bill', { txnId: bill?.id, vendor: VENDORS[0] });
    },
  },
  {
    code: 'paymentInOtherCurrency',
    name: 'the bill is given to a vendor in euros in QuickBooks while its payment goes out',
    beside: ['billInOtherCurrency', 'paymentVendorDiffers', 'vendorInOtherCurrency'],
    story: async (company) => {
      const bill = await posted(company);
      const id = await company.approvePayment([{ bill }]);
      await company.quickBooks('set-home-currency', { name: 'US Dollar', code: 'USD' });
      await company.quickBooks('add-currency', { name: 'Euro', code: 'EUR', exchangeRate: '1.10' });
      await company.quickBooks('add-account', { name: 'Payables in Euro', type: 'AccountsPayable', currency: 'Euro' });
      await company.quickBooks('add-vendor', { name: 'Paris Papier', currency: 'Euro' });
      await company.quickBooks('edit-bill', {
        txnId: (await company.billOf(bill)).id,
        vendor: 'Paris Papier',
        apAccount: 'Payables in Euro',
      });
      await company.mineralTree('process', { payment: id });
      return payment(id);
    },
    ends: async (company) => {
      const [bill] = (await company.ledger()).bills;
      await company.quickBooks('edit-bill', { txnId: bill?.id, vendor: VENDORS[0], apAccount: 'Accounts Payable' });
    },
    left: ['vendorInOtherCurrency'],
  },
  {
    code: 'paymentApAccountUnknown',
    name: 'QuickBooks names no A/P account of the bill',
    options: {
      hears: (answer) =>
        answer.includes('chosen again') ? answer : answer.replaceAll(/<APAccountRef>[\s\S]*?<\/APAccountRef>/g, ''),
    },
    story: async (company) => paid(company, await posted(company)),
    ends: async (company) => {
      const [bill] = (await company.ledger()).bills;
      await company.quickBooks('edit-bill', { txnId: bill?.id, memo: 'chosen again' });
    },
  },
  {
    code: 'paymentAccountUnknown',
    name: 'a payment account that an integration made in MineralTree alone',
    story: async (company) => {
      const bill = await posted(company);
      const integration = await Integration.of(company);
      await integration.add('pm', 'paymentMethod', { type: 'ACH', bankAccount: { name: 'Petty Cash' } });
      return paid(company, bill, { account: 'Petty Cash', fundMethod: 'ACH' });
    },
    ends: enteredByHand,
  },
  {
    code: 'paymentAccountOfOtherKind',
    name: 'a payment account that stands for an expense account of QuickBooks',
    story: async (company) => {
      const bill = await posted(company);
      const rent = await company.entryId('accounts', 'Rent');
      const integration = await Integration.of(company);
      await integration.add('pm', 'paymentMethod', { type: 'ACH', externalId: rent, bankAccount: { name: 'Till' } });
      return paid(company, bill, { account: 'Till', fundMethod: 'ACH' });
    },
    ends: enteredByHand,
  },
  {
    code: 'paymentAccountInactive',
    name: 'the account is made inactive in QuickBooks while a payment goes out',
    story: async (company) => {
      const bill = await posted(company);
      const id = await company.approvePayment([{ bill }]);
      await company.quickBooks('make-inactive', { list: 'account', name: CHECKING });
      await company.mineralTree('process', { payment: id });
      return payment(id);
    },
    ends: (company) => company.quickBooks('make-active', { list: 'account', name: CHECKING }),
  },
  {
    code: 'paymentDoesNotSum',
    name: 'an integration records a payment over more than its invoice gets',
    story: async (company) => {
      const bill = await posted(company);
      return payment(await (await Integration.of(company)).payment(bill, 60, { amount: dollars(70) }));
    },
    ends: async (company) => {
      const [made] = (await company.payables()).payments;
      await (await Integration.of(company)).change('payment', 'payment', made?.id ?? '', { amount: dollars(60) });
    },
  },
  {
    code: 'paymentNotPositive',
    name: 'MineralTree has a payment below zero',
    options: { reads: (answer) => answer.replaceAll('{"amount":3333,', '{"amount":-3333,') },
    story: async (company) => {
      const bill = await posted(company);
      return payment(await company.payInMineralTree([{ bill, amount: '33.33' }]));
    },
    ends: async (company) => company.mineralTree('void-payment', { payment: await onlyPayment(company) }),
  },
  {
    code: 'paymentStatusUnknown',
    name: 'MineralTree has a state of payments that is new',
    options: { reads: (answer) => answer.replaceAll('"status":1010', '"status":1234') },
    story: async (company) => paid(company, await posted(company)),
    ends: async (company) => company.mineralTree('void-payment', { payment: await onlyPayment(company) }),
    orElse: { 'entered by hand, and its ID filled in': enteredByHand },
  },
  {
    code: 'reversedPaymentChanged',
    name: 'voided in MineralTree after somebody lowered it in QuickBooks',
    beside: ['postedPaymentChanged'],
    options: { voidPayments: true },
    story: async (company) => {
      const bill = await posted(company);
      const id = await company.payInMineralTree([{ bill }]);
      await company.settle();
      const { id: txnId } = await company.billOf(bill);
      const [there] = await company.paymentsOn(txnId);
      await company.quickBooks('edit-payment', { txnId: there?.id, bills: [{ txnId, amount: '40.00' }] });
      await company.mineralTree('void-payment', { payment: id });
      return payment(id);
    },
    ends: async (company) => {
      const [there] = (await company.ledger()).payments;
      await company.quickBooks('void-payment', { txnId: there?.id });
    },
  },
  {
    code: 'termsTwice',
    name: 'an integration makes terms that came from QuickBooks once more',
    story: async (company) => {
      return ['term', await (await Integration.of(company)).add('term', 'term', { name: 'Net 30', dueDays: 30 })];
    },
    ends: async (company) => {
      const [, id] = await termsOf(company, 'Net 30');
      await (await Integration.of(company)).change('term', 'term', id, { active: false });
    },
  },
  {
    code: 'termsInactive',
    name: 'terms that QuickBooks has, but does not use any more',

    story: async (company) => {
      await company.quickBooks('add-terms', { name: 'Net 90', dueDays: 90 });
      await company.quickBooks('make-inactive', { list: 'terms', name: 'Net 90' });
      await company.mineralTree('add-term', { name: 'Net 90', dueDays: 90 });
      return termsOf(company, 'Net 90');
    },
    ends: (company) => company.quickBooks('make-active', { list: 'terms', name: 'Net 90' }),
    orElse: { 'the terms get another name in MineralTree': (company) => renamed(company, 'Net 90', 'Net 90 days') },
  },
  {
    code: 'termsDiffer',
    name: 'terms of one name and other days on the two sides',
    story: async (company) => {
      await company.mineralTree('add-term', { name: 'Monthly', dueDays: 30 });
      await company.quickBooks('add-terms', { name: 'Monthly', dueDays: 31 });
      return termsOf(company, 'Monthly');
    },
    ends: async (company) => {
      await renamed(company, 'Monthly', 'Monthly, ours');
      company.later(60);
    },
    orElse: {
      'those of MineralTree are made inactive': async (company) => {
        const [, id] = await termsOf(company, 'Monthly');
        await (await Integration.of(company)).change('term', 'term', id, { active: false });
        company.later(60);
      },
    },
  },
  {
    code: 'paymentReversedAfterPosting',
    name: 'voided in MineralTree after it was posted, then in QuickBooks by hand',
    story: async (company) => {
      const bill = await posted(company);
      const id = await company.payInMineralTree([{ bill }]);
      await company.settle();
      await company.mineralTree('void-payment', { payment: id });
      return payment(id);
    },
    ends: async (company) => {
      const [there] = (await company.ledger()).payments;
      await company.quickBooks('void-payment', { txnId: there?.id });
    },
  },
  {
    code: 'moneyMovedBillNotOpen',
    name: 'paid in QuickBooks by hand before the check of MineralTree was posted; the one by hand is voided',
    story: async (company) => {
      const txnId = await company.bill();
      await company.settle();
      const id = await company.payInMineralTree([{ bill: (await company.invoiceOf(txnId)).id }]);
      await company.payInQuickBooks([{ txnId }]);
      return payment(id);
    },
    ends: async (company) => {
      const [byHand] = (await company.ledger()).payments;
      await company.quickBooks('void-payment', { txnId: byHand?.id });
    },
    orElse: {
      'MineralTree fills in the ID of the payment of QuickBooks': async (company) => {
        const [byHand] = (await company.ledger()).payments;
        await (await Integration.of(company)).change('payment', 'payment', await onlyPayment(company), {
          externalId: byHand?.id,
        });
      },
      'the payment in MineralTree is voided': async (company) =>
        company.mineralTree('void-payment', { payment: await onlyPayment(company) }),
    },
  },
  {
    code: 'paymentInClosedPeriod',
    name: 'a payment of a closed month, until the closing date is moved',
    story: async (company) => {
      const bill = await posted(company, { transactionDate: '2026-02-01', dueDate: '2026-03-01' });
      const about = await paid(company, bill, { date: '2026-02-20' });
      await company.quickBooks('close-books', { date: '2026-02-28' });
      return about;
    },
    ends: (company) => company.quickBooks('close-books', { date: '2026-01-31' }),
    orElse: { 'entered by hand with a later date, and its ID filled in': enteredByHand },
  },
  {
    code: 'voidInClosedPeriod',
    name: 'a payment of a closed month is voided in MineralTree, until the closing date is moved',
    options: { voidPayments: true },
    story: async (company) => {
      const bill = await posted(company, { transactionDate: '2026-02-01', dueDate: '2026-03-01' });
      const about = await paid(company, bill, { date: '2026-02-20' });
      await company.settle();
      await company.quickBooks('close-books', { date: '2026-02-28' });
      await company.mineralTree('void-payment', { payment: about[1] });
      return about;
    },
    ends: (company) => company.quickBooks('close-books', { date: '2026-01-31' }),
  },
  {
    code: 'termsImpossible',
    name: 'terms of a hundred years',
    story: async (company) => {
      await company.mineralTree('add-term', { name: 'Some Day', dueDays: 36_500 });
      return termsOf(company, 'Some Day');
    },
    ends: async (company) => {
      const [, id] = await termsOf(company, 'Some Day');
      await (await Integration.of(company)).change('term', 'term', id, { dueDays: 365 });
    },
  },
];

provoked('problems of payments and terms of MineralTree', rows);
