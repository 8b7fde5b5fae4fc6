/** Invoices of MineralTree that cannot go to QuickBooks as they are: "From MineralTree to QuickBooks" in docs/problems.md. */
import type { Company, Typed } from '../company.ts';
import { dollars, Integration } from './integration.ts';
import { type About, type Provoked, provoked } from './provoked.ts';

const invoice = (id: string): About => ['invoice', id];
const typed = async (company: Company, given: Typed): Promise<About> => invoice(await company.invoice(given));
const edit = (company: Company, bill: string, given: object) =>
  company.mineralTree('edit-invoice', { bill, apAccount: 'Accounts Payable', ...given });
const only = async (company: Company): Promise<string> => (await company.payables()).bills[0]?.id ?? '';

const rows: readonly Provoked[] = [
  {
    code: 'unreadableInMineralTree',
    name: 'an invoice in euros',
    story: (company) => typed(company, { currency: 'EUR' }),
    ends: async (company) => company.mineralTree('delete-invoice', { bill: await only(company) }),
  },
  {
    code: 'negativeInvoice',
    name: 'somebody enters what the vendor owes as an invoice below zero',
    story: (company) => typed(company, { amount: '-25.00' }),
    ends: async (company) => company.mineralTree('delete-invoice', { bill: await only(company) }),
  },
  {
    code: 'invoiceWithoutLines',
    name: 'an integration sends an invoice without lines, and a person adds one',
    story: async (company) => invoice(await (await Integration.of(company)).bill({ expenses: [] })),
    ends: async (company) =>
      edit(company, await only(company), { expenses: [{ glAccount: 'Rent', amount: '100.00' }] }),
  },
  {
    code: 'linesDoNotSum',
    name: 'the line says 90.00, the invoice 100.00',
    story: (company) => typed(company, { expenses: [{ glAccount: 'Rent', amount: '90.00' }] }),
    ends: async (company) => edit(company, await only(company), { amount: '90.00' }),
  },
  {
    code: 'lineWithoutAccount',
    name: 'an integration sends a line without account',
    story: async (company) => {
      const integration = await Integration.of(company);
      return invoice(await integration.bill({ expenses: [{ amountDue: dollars(100), lineNumber: 0 }] }));
    },
    ends: async (company) =>
      edit(company, await only(company), { expenses: [{ glAccount: 'Rent', amount: '100.00' }] }),
  },
  {
    code: 'lineWithoutItem',
    name: 'an integration sends an item line without item',
    story: async (company) => {
      const items = [
        { amountDue: dollars(100), quantity: { value: 1, precision: 0 }, cost: dollars(100), lineNumber: 0 },
      ];
      return invoice(await (await Integration.of(company)).bill({ expenses: [], items }));
    },
    ends: async (company) =>
      edit(company, await only(company), { items: [{ item: 'Paper', quantity: '1', cost: '100.00' }] }),
  },
  {
    code: 'notInQuickBooks',
    name: 'an account that stands in MineralTree alone',
    story: async (company) => {
      const integration = await Integration.of(company);
      await integration.add('glaccount', 'glAccount', { name: 'Suspense', ledgerType: 'EXPENSE_ACCOUNT' });
      return typed(company, { expenses: [{ glAccount: 'Suspense', amount: '100.00' }] });
    },
    ends: async (company) =>
      edit(company, await only(company), { expenses: [{ glAccount: 'Rent', amount: '100.00' }] }),
  },
  {
    code: 'accountTakesNoBills',
    name: 'an account that posts nothing',
    story: async (company) => {
      await company.quickBooks('add-account', { name: 'Estimates', type: 'NonPosting' });
      await company.settle();
      return typed(company, { expenses: [{ glAccount: 'Estimates', amount: '100.00' }] });
    },
    ends: async (company) =>
      edit(company, await only(company), { expenses: [{ glAccount: 'Rent', amount: '100.00' }] }),
  },
  {
    code: 'itemTakesNoBills',
    name: 'a group of items, of which QuickBooks makes lines of their own',
    story: async (company) => {
      await company.quickBooks('add-item', {
        name: 'Office Set',
        type: 'Group',
        members: [{ item: 'Paper', quantity: '3' }],
      });
      await company.settle();
      return typed(company, { expenses: [], items: [{ item: 'Office Set', quantity: '1', cost: '100.00' }] });
    },
    ends: async (company) =>
      edit(company, await only(company), { items: [{ item: 'Paper', quantity: '1', cost: '100.00' }] }),
  },
  {
    code: 'dueDateMissing',
    name: 'an integration sends an invoice without due date',
    story: async (company) => invoice(await (await Integration.of(company)).bill({ dueDate: null })),
    ends: async (company) => edit(company, await only(company), { dueDate: '2026-04-11' }),
  },
  {
    code: 'charactersUnknown',
    name: 'a picture in the memo',
    story: (company) => typed(company, { memo: 'thanks \u{1f600}' }),
    ends: async (company) => edit(company, await only(company), { memo: 'thanks' }),
  },
  {
    code: 'editNotPossible',
    name: 'a line is edited in MineralTree after it was billed to the customer in QuickBooks',
    options: { hears: (answer) => answer.replaceAll('>Billable<', '>HasBeenBilled<') },
    story: async (company) => {
      await company.quickBooks('add-customer', { name: 'Smith' });
      await company.settle();
      const line = { amount: '100.00', project: 'Smith', billable: true };
      const id = await company.invoice({ expenses: [{ glAccount: 'Rent', ...line }] });
      await company.settle();
      await edit(company, id, { expenses: [{ glAccount: 'Freight', ...line }] });
      return ['bill', (await company.billOf(id)).id];
    },
    ends: async (company) => {
      const line = { amount: '100.00', project: 'Smith', billable: true };
      await edit(company, await only(company), { expenses: [{ glAccount: 'Rent', ...line }] });
      company.later(60);
    },
    orElse: {
      'the same edit is made in QuickBooks': async (company) => {
        const { id } = await company.billOf(await only(company));
        const line = { account: 'Freight', amount: '100.00', customer: 'Smith', billable: 'HasBeenBilled' };
        await company.quickBooks('edit-bill', { txnId: id, expenseLines: [line] });
      },
    },
  },
  {
    code: 'editInClosedPeriod',
    name: 'an invoice of a closed month is edited, until the closing date is moved',
    story: async (company) => {
      const id = await company.invoice({ transactionDate: '2026-02-10', dueDate: '2026-03-10' });
      await company.settle();
      await edit(company, id, { memo: 'edited too late' });
      await company.quickBooks('close-books', { date: '2026-02-28' });
      return ['bill', (await company.billOf(id)).id];
    },
    ends: (company) => company.quickBooks('close-books', { date: '2026-01-31' }),
  },
  {
    code: 'invoiceInClosedPeriod',
    name: 'an invoice of a closed month, until the closing date is moved',
    story: async (company) => {
      const id = await company.invoice({ transactionDate: '2026-02-10', dueDate: '2026-03-10' });
      await company.quickBooks('close-books', { date: '2026-02-28' });
      return invoice(id);
    },
    ends: (company) => company.quickBooks('close-books', { date: '2026-01-31' }),
    orElse: {
      'the invoice gets a later date': async (company) =>
        edit(company, await only(company), { transactionDate: '2026-03-02' }),
    },
  },
  {
    code: 'voidedInMineralTree',
    name: 'an integration voids an invoice that QuickBooks has',
    story: async (company) => {
      const id = await company.invoice();
      await company.settle();
      await (await Integration.of(company)).change('bill', 'bill', id, { state: 'Voided' });
      return ['bill', (await company.billOf(id)).id];
    },
    ends: async (company) =>
      company.quickBooks('delete-bill', { txnId: (await company.billOf(await only(company))).id }),
    orElse: {
      'the bill is voided in QuickBooks': async (company) =>
        company.quickBooks('void-bill', { txnId: (await company.billOf(await only(company))).id }),
    },
  },
];

provoked('problems of invoices on their way to QuickBooks', rows);
