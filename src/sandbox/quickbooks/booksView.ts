/**
 * The books of a company file as /books shows them, and each record as a person's move answers it.
 *
 * Amounts are integer cents; costs and quantities texts with the decimals they have; dates `YYYY-MM-DD`; times Unix
 * seconds. An account's `balanceCents` is what QuickBooks shows (positive on the side that its type belongs to), the
 * journal's `cents` are debits when positive.
 */
import { formatDecimal } from '../../domain/money.ts';
import { isPaid, openCents, vendorBalance } from './balance.ts';
import type { CompanyFile } from './companyFile.ts';
import { billTotal, shownBalance } from './journal.ts';
import { withoutUndefined } from './lists.ts';
import {
  applicationBooks,
  creditBooks,
  currencyName,
  generalBooks,
  linesBooks,
  nameOf,
  payablesBooks,
  paymentBooks,
  stamps,
  vendorTransactionBooks,
} from './payablesView.ts';
import type {
  Account,
  Bill,
  Currency,
  DeletedEntry,
  DeletedTransaction,
  Item,
  ListEntry,
  ListName,
  Terms,
  Vendor,
} from './records.ts';

const entryBooks = (entry: ListEntry) =>
  withoutUndefined({
    ...stamps(entry),
    name: entry.name,
    fullName: entry.fullName,
    active: entry.active,
    parentId: entry.parentId,
  });

export const accountBooks = (company: CompanyFile, account: Account) =>
  withoutUndefined({
    ...entryBooks(account),
    type: account.type,
    number: account.number,
    description: account.description,
    currency: currencyName(company, account.currencyId),
    balanceCents: shownBalance(account, company.balances),
  });

export function vendorBooks(company: CompanyFile, vendor: Vendor) {
  const { createdAt: _c, modifiedAt: _m, sublevel: _s, ...rest } = vendor;
  return withoutUndefined({
    ...stamps(vendor),
    ...rest,
    terms: nameOf(company, 'terms', vendor.termsId),
    currency: currencyName(company, vendor.currencyId),
    balanceCents: vendorBalance(company, vendor.id),
  });
}

const currencyBooks = (currency: Currency) => ({
  ...entryBooks(currency),
  code: currency.code,
  exchangeRate: formatDecimal(currency.exchangeRate),
});

export const termsBooks = (terms: Terms) =>
  withoutUndefined({
    ...entryBooks(terms),
    kind: terms.kind,
    dueDays: terms.dueDays,
    discountDays: terms.discountDays,
    discountPercent: terms.discountPercent === undefined ? undefined : formatDecimal(terms.discountPercent),
    dayOfMonthDue: terms.dayOfMonthDue,
    dueNextMonthDays: terms.dueNextMonthDays,
  });

export const itemBooks = (company: CompanyFile, item: Item) =>
  withoutUndefined({
    ...entryBooks(item),
    type: item.type,
    description: item.description,
    purchaseCost: item.purchaseCost === undefined ? undefined : formatDecimal(item.purchaseCost),
    purchaseAccount: nameOf(company, 'account', item.purchaseAccountId),
    members: item.members?.map(({ itemId, quantity }) => ({
      item: nameOf(company, 'item', itemId),
      quantity: formatDecimal(quantity),
    })),
  });

export const billBooks = (company: CompanyFile, bill: Bill) =>
  withoutUndefined({
    ...vendorTransactionBooks(company, bill),
    address: bill.address,
    dueDate: bill.dueDate,
    terms: nameOf(company, 'terms', bill.termsId),
    amountCents: billTotal(bill),
    openCents: openCents(company, bill),
    isPaid: isPaid(company, bill),
    orders: bill.orderIds,
    ...linesBooks(company, bill),
  });

export const deletedTransactionBooks = (deleted: DeletedTransaction) =>
  withoutUndefined({ type: deleted.type, id: deleted.id, refNumber: deleted.refNumber, deleted: deleted.modifiedAt });

export const deletedEntryBooks = (deleted: DeletedEntry) => ({
  type: deleted.type,
  id: deleted.id,
  fullName: deleted.fullName,
  deleted: deleted.modifiedAt,
});

/** A list's entry as a move answers it. */
export function anyEntryBooks(company: CompanyFile, list: ListName, id: string) {
  const { account, vendor, item, terms } = company.tables;
  const shown = {
    account: () => show(account.get(id), (entry) => accountBooks(company, entry)),
    vendor: () => show(vendor.get(id), (entry) => vendorBooks(company, entry)),
    item: () => show(item.get(id), (entry) => itemBooks(company, entry)),
    terms: () => show(terms.get(id), termsBooks),
    class: () => show(company.tables.class.get(id), entryBooks),
    customer: () => show(company.tables.customer.get(id), entryBooks),
  } satisfies Record<ListName, () => object>;
  return shown[list]();
}

const show = <T>(record: T | undefined, as: (record: T) => object): object => (record === undefined ? {} : as(record));

/** Everything in the file. `clock` is the sandbox's present Unix second. */
export function companyBooks(company: CompanyFile) {
  const { tables, head } = company;
  return {
    file: head.file,
    name: head.name,
    clock: company.clock.now(),
    closingDate: head.closingDate ?? null,
    closingPasswordSet: head.closingPassword !== undefined,
    dividingDate: head.dividingDate ?? null,
    homeCurrency: head.homeCurrencyId === undefined ? null : (tables.currency.get(head.homeCurrencyId)?.name ?? null),
    currencies: map(tables.currency.all(), currencyBooks),
    accounts: map(tables.account.all(), (account) => accountBooks(company, account)),
    vendors: map(tables.vendor.all(), (vendor) => vendorBooks(company, vendor)),
    classes: map(tables.class.all(), entryBooks),
    customers: map(tables.customer.all(), entryBooks),
    items: map(tables.item.all(), (item) => itemBooks(company, item)),
    terms: map(tables.terms.all(), termsBooks),
    bills: map(tables.bill.all(), (bill) => billBooks(company, bill)),
    credits: map(tables.vendorCredit.all(), (credit) => creditBooks(company, credit)),
    payments: map(tables.payment.all(), (payment) => paymentBooks(company, payment)),
    applications: map(tables.creditApplication.all(), (row) => applicationBooks(company, row)),
    otherTransactions: map(tables.general.all(), (other) => generalBooks(company, other)),
    payables: payablesBooks(company),
    deletedTransactions: map(tables.deletedTransaction.all(), deletedTransactionBooks),
    deletedEntries: map(tables.deletedEntry.all(), deletedEntryBooks),
    journal: map(tables.journal.all(), ({ id, date, entries }) => ({ txnId: id, date, entries })),
    dataExt: map(tables.privateValue.all(), ({ ownerId, name, value }) => ({ ownerId, name, value })),
    messageSets: map(tables.recovery.all(), ({ application, messageSetId }) => ({ application, messageSetId })),
  };
}

const map = <T, R>(values: Iterable<T>, make: (value: T) => R): R[] => Array.from(values, make);
