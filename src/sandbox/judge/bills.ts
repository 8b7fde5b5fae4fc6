/**
 * Every bill of QuickBooks that is not void stands in MineralTree once, under its TxnID, alike in vendor, number, dates,
 * terms, memo, lines, amount and what is left of it; and every posted invoice of MineralTree names a bill that exists.
 *
 * Not compared: jobs, billable and A/P account of a bill, which MineralTree's API does not take from a ledger; terms that
 * count from a day of the month; terms that QuickBooks gave by itself to a bill that came without.
 */
import { formatCents } from '../../domain/money.ts';
import type { BothBooks, MineralTreeBill, QuickBooksBill } from './books.ts';
import type { Excused } from './exceptions.ts';
import { UNPOSTED } from './invoices.ts';
import { billNamed, invoiceNamed, unlike } from './naming.ts';

/** The invoices that are posted: drafts and those that wait for approval concern MineralTree alone. */
export const postedInvoices = ({ mineralTree }: BothBooks): readonly MineralTreeBill[] =>
  mineralTree.bills.filter(({ state }) => !UNPOSTED.has(state));

export function billsAgree(books: BothBooks, excused: Excused): readonly string[] {
  const { quickBooks, mineralTree } = books;
  const posted = postedInvoices(books);
  const vendorOf = new Map(mineralTree.vendors.map((vendor) => [vendor.id, vendor.externalId ?? '']));
  const dateDriven = new Set(quickBooks.terms.filter(({ kind }) => kind === 'dateDriven').map(({ name }) => name));
  const invoices = new Map(posted.filter((bill) => bill.externalId).map((bill) => [bill.externalId, bill]));
  const bills = new Set(quickBooks.bills.map(({ id }) => id));
  return [
    ...quickBooks.bills.flatMap((bill) => {
      if (bill.voided || excused.bills.has(bill.id)) return [];
      const invoice = invoices.get(bill.id);
      if (invoice === undefined) return [`${billNamed(bill)} of QuickBooks is not in MineralTree`];
      if (excused.invoices.has(invoice.id)) return [];
      const { terms = '' } = bill;
      const isOwn = dateDriven.has(terms) || (bill.createdBy === 'application' && invoice.term === undefined);
      return differencesOf(isOwn ? { ...bill, terms: '' } : bill, invoice, vendorOf.get(invoice.vendor.id));
    }),
    ...posted.flatMap((invoice) => {
      const { id, externalId = '', state } = invoice;
      if (excused.invoices.has(id) || excused.bills.has(externalId) || (state === 'Voided' && externalId === ''))
        return [];
      if (externalId === '') return [`${invoiceNamed(invoice)} waits in MineralTree to be posted to QuickBooks`];
      if (bills.has(externalId)) return [];
      return [`${invoiceNamed(invoice)} of MineralTree names a bill that QuickBooks does not have`];
    }),
  ];
}

function differencesOf(bill: QuickBooksBill, invoice: MineralTreeBill, vendorId = ''): readonly string[] {
  return unlike(billNamed(bill), [
    ['vendor', bill.vendorId, vendorId],
    ['number', bill.refNumber ?? '', invoice.invoiceNumber ?? ''],
    ['date', bill.txnDate, invoice.transactionDate],
    ['due date', bill.dueDate ?? '', invoice.dueDate ?? ''],
    ['terms', bill.terms ?? '', invoice.term?.name ?? ''],
    ['memo', bill.memo ?? '', invoice.memo ?? ''],
    ['amount', formatCents(bill.amountCents), formatCents(invoice.amountCents)],
    ['open balance', formatCents(bill.openCents), formatCents(invoice.balanceCents)],
    [
      'expense lines',
      lines(bill.expenseLines.map((line) => [line.amountCents, line.account, line.class])),
      lines(invoice.expenses.map((line) => [line.amountCents, line.glAccount?.name, line.classification?.name])),
    ],
    [
      'item lines',
      lines(bill.itemLines.map((line) => [line.amountCents, line.item, line.class])),
      lines(invoice.items.map((line) => [line.amountCents, line.item?.name, line.classification?.name])),
    ],
  ]);
}

type Coded = readonly [cents: number, ...coding: (string | undefined)[]];
const lines = (coded: readonly Coded[]): string =>
  coded
    .map(([cents, ...coding]) => [formatCents(cents), ...coding.filter((name) => name !== undefined)].join(' '))
    .join(' + ');
