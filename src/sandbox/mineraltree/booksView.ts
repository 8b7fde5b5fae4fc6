/**
 * The books as they stand, for judges, tests and people: plain records with money in cents, calendar dates and references
 * by ID, beside what the API does not tell: who made a record, what was done to it, the entries behind a balance.
 */
import { parseDecimal } from '../../domain/money.ts';
import type { ExpenseLine, ItemLine } from './billFields.ts';
import { balanceOf, settledOf, stateOf, statusWords } from './billLedger.ts';
import { given, history, named, nameOf, stamped } from './bookEntry.ts';
import type { Books } from './books.ts';
import type { Kind } from './entities.ts';
import type { JsonObject } from './field.ts';
import { settlementBooks } from './paymentsView.ts';
import type { AnyRecord, Company, Stored, StoredBill, StoredVendor } from './record.ts';
import type { Address } from './vendorFields.ts';

const listed = (record: AnyRecord, members: JsonObject): JsonObject => ({
  ...stamped(record),
  ...members,
  ...history(record),
});

/** One company with all of its records. */
export function companyBooks(books: Books, { id, name, automaticDiscounts, paymentApprovals }: Company): JsonObject {
  const plain = (kind: 'classification' | 'project') =>
    books.all(id, kind).map((record) => listed(record, { ...record.values }));
  return {
    id,
    name,
    automaticDiscounts: automaticDiscounts ?? false,
    paymentApprovals: paymentApprovals ?? 1,
    vendors: books.all(id, 'vendor').map(vendorBooks),
    bills: books.all(id, 'bill').map((bill) => billBooks(books, bill)),
    deletedBills: books
      .deletedBills(id)
      .map(({ bill, deletedAt }) => ({ ...billBooks(books, bill), deletedAt, deletedBy: 'person' })),
    glAccounts: books.all(id, 'glAccount').map((record) => {
      const { name: called, active, ledgerType, accountNumber } = record.values;
      return listed(record, given({ name: called, active, ledgerType, accountNumber }));
    }),
    classifications: plain('classification'),
    projects: plain('project'),
    items: books.all(id, 'item').map((record) => {
      const { name: called, active, type, cost } = record.values;
      return listed(record, given({ name: called, active, type, cost: cost && decimal(cost) }));
    }),
    terms: books.all(id, 'term').map(termBooks),
    paymentMethods: books.all(id, 'paymentMethod').map((record) => {
      const { type, status, bankAccount } = record.values;
      const availableBalanceCents = bankAccount?.accountBalance?.availableBalance;
      return listed(record, given({ name: nameOf(record), type, status, availableBalanceCents }));
    }),
    accountingPeriods: books.all(id, 'accountingPeriod').map(periodBooks),
    ...settlementBooks(books, id),
  };
}

export const periodBooks = (period: Stored<'accountingPeriod'>): JsonObject => listed(period, { ...period.values });

export function termBooks(term: Stored<'term'>): JsonObject {
  const { name, active, dueDays, discountDays, discountPercent } = term.values;
  const percent = discountPercent === undefined ? undefined : percentage(discountPercent);
  return listed(term, given({ name, active, dueDays, discountDays, discountPercent: percent }));
}

export function vendorBooks(vendor: StoredVendor): JsonObject {
  const { values } = vendor;
  const number = (fax: boolean) => values.phones?.find(({ isFax = false }) => isFax === fax)?.number;
  return {
    ...stamped(vendor),
    ...given({
      name: values.name,
      active: values.active ?? false,
      legalName: values.legalName,
      address: values.address && addressBooks(values.address),
      phone: number(false),
      fax: number(true),
      email: values.emails?.[0],
      customerAccount: values.customerAccount,
      memo: values.memo,
      grouping: vendor.preferences?.grouping,
      discounts: vendor.preferences?.discounts,
    }),
    ...history(vendor),
  };
}

export function addressBooks(address: Address): JsonObject {
  const { address1, address2, address3, address4, address5 } = address;
  return given({
    lines: [address1, address2, address3, address4, address5].filter((line) => line !== undefined),
    town: address.town,
    region: address.ctrySubDivision,
    postalCode: address.postalCode,
    country: address.country,
  });
}

export function billBooks(books: Books, bill: StoredBill): JsonObject {
  const { values } = bill;
  const reference = (kind: Kind, id: string | undefined) => named(books, kind, id);
  const line = (of: ExpenseLine | ItemLine) => ({
    lineNumber: of.lineNumber,
    amountCents: of.amountDue,
    classification: reference('classification', of.classification),
    project: reference('project', of.project),
    billable: of.billable,
  });
  return {
    ...stamped(bill),
    ...given({
      vendor: reference('vendor', values.vendor),
      term: reference('term', values.term),
      apAccount: reference('glAccount', values.apAccount),
      transactionDate: values.transactionDate,
      dueDate: values.dueDate,
      invoiceNumber: values.invoiceNumber,
      memo: values.memo,
      amountCents: values.amount ?? 0,
      balanceCents: balanceOf(bill),
      currency: bill.currency,
      state: stateOf(bill),
      status: statusWords(bill),
      expenses: (values.expenses ?? []).map((of) =>
        given({ ...line(of), glAccount: reference('glAccount', of.glAccount), memo: of.memo }),
      ),
      items: (values.items ?? []).map((of) =>
        given({
          ...line(of),
          item: reference('item', of.companyItem),
          quantity: of.quantity && { units: of.quantity.value, scale: of.quantity.precision },
          cost: of.cost && decimal(of.cost),
          memo: of.description,
        }),
      ),
      ...(bill.stage === 'Posted' && settledCents(bill)),
      entries: bill.entries.map((entry) => ({ ...entry })),
    }),
    ...history(bill),
  };
}

function percentage(value: number): JsonObject | undefined {
  const read = parseDecimal(String(value));
  return read && { ...read };
}

const decimal = ({ amount, precision }: { readonly amount: number; readonly precision: number }) => ({
  units: amount,
  scale: precision,
});

/** What was paid and credited, so far as there is any. */
const settledCents = (bill: StoredBill): JsonObject =>
  Object.fromEntries(
    Object.entries(settledOf(bill))
      .filter(([, cents]) => cents !== 0)
      .map(([name, cents]) => [`${name}Cents`, cents]),
  );
