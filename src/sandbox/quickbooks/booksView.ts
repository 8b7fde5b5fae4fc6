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
import type {
  Account,
  Bill,
  DeletedEntry,
  DeletedTransaction,
  ExpenseLine,
  Item,
  ItemLine,
  ListEntry,
  ListName,
  Stamped,
  Terms,
  Vendor,
} from './records.ts';

const nameOf = (company: CompanyFile, list: ListName, id: string | undefined): string | undefined =>
  id === undefined ? undefined : company.list(list).get(id)?.fullName;

const stamps = (record: Stamped) => ({
  id: record.id,
  editSequence: String(record.modifiedAt),
  created: record.createdAt,
  modified: record.modifiedAt,
});

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
    balanceCents: shownBalance(account, company.balances),
  });

export function vendorBooks(company: CompanyFile, vendor: Vendor) {
  const { createdAt: _c, modifiedAt: _m, sublevel: _s, ...rest } = vendor;
  return withoutUndefined({
    ...stamps(vendor),
    ...rest,
    terms: nameOf(company, 'terms', vendor.termsId),
    balanceCents: vendorBalance(company, vendor.id),
  });
}

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

const lineDetails = (company: CompanyFile, line: ExpenseLine | ItemLine) => ({
  classId: line.classId,
  class: nameOf(company, 'class', line.classId),
  customerId: line.customerId,
  customer: nameOf(company, 'customer', line.customerId),
  billable: line.billable,
});

const itemLineBooks = (company: CompanyFile, line: ItemLine) =>
  withoutUndefined({
    lineId: line.lineId,
    itemId: line.itemId,
    item: nameOf(company, 'item', line.itemId),
    description: line.description,
    quantity: line.quantity === undefined ? undefined : formatDecimal(line.quantity),
    cost: line.cost === undefined ? undefined : formatDecimal(line.cost),
    amountCents: line.amountCents,
    ...lineDetails(company, line),
  });

export const billBooks = (company: CompanyFile, bill: Bill) =>
  withoutUndefined({
    ...stamps(bill),
    txnNumber: bill.txnNumber,
    guid: bill.guid,
    vendorId: bill.vendorId,
    vendor: nameOf(company, 'vendor', bill.vendorId) ?? '',
    address: bill.address,
    apAccountId: bill.apAccountId,
    apAccount: nameOf(company, 'account', bill.apAccountId) ?? '',
    refNumber: bill.refNumber,
    txnDate: bill.txnDate,
    dueDate: bill.dueDate,
    terms: nameOf(company, 'terms', bill.termsId),
    memo: bill.memo,
    amountCents: billTotal(bill),
    openCents: openCents(company, bill),
    isPaid: isPaid(company, bill),
    voided: bill.voided,
    createdBy: bill.createdBy,
    expenseLines: bill.expenseLines.map((line) =>
      withoutUndefined({
        lineId: line.lineId,
        accountId: line.accountId,
        account: nameOf(company, 'account', line.accountId),
        amountCents: line.amountCents,
        memo: line.memo,
        ...lineDetails(company, line),
      }),
    ),
    itemLines: bill.itemLines.map((line) => itemLineBooks(company, line)),
    groupLines:
      bill.groupLines.length === 0
        ? undefined
        : bill.groupLines.map((group) =>
            withoutUndefined({
              lineId: group.lineId,
              item: nameOf(company, 'item', group.itemId),
              quantity: group.quantity === undefined ? undefined : formatDecimal(group.quantity),
              lines: group.lines.map((line) => itemLineBooks(company, line)),
            }),
          ),
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
    accounts: map(tables.account.all(), (account) => accountBooks(company, account)),
    vendors: map(tables.vendor.all(), (vendor) => vendorBooks(company, vendor)),
    classes: map(tables.class.all(), entryBooks),
    customers: map(tables.customer.all(), entryBooks),
    items: map(tables.item.all(), (item) => itemBooks(company, item)),
    terms: map(tables.terms.all(), termsBooks),
    bills: map(tables.bill.all(), (bill) => billBooks(company, bill)),
    deletedTransactions: map(tables.deletedTransaction.all(), deletedTransactionBooks),
    deletedEntries: map(tables.deletedEntry.all(), deletedEntryBooks),
    journal: map(tables.journal.all(), ({ id, date, entries }) => ({ txnId: id, date, entries })),
    dataExt: map(tables.privateValue.all(), ({ ownerId, name, value }) => ({ ownerId, name, value })),
    messageSets: map(tables.recovery.all(), ({ application, messageSetId }) => ({ application, messageSetId })),
  };
}

const map = <T, R>(values: Iterable<T>, make: (value: T) => R): R[] => Array.from(values, make);
