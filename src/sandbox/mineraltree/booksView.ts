/**
 * The books as they stand, for judges, tests and people: plain records with money in cents, calendar dates and references
 * by ID, beside what the API does not tell: who made a record, what was done to it, the entries behind a balance.
 */
import { parseDecimal } from '../../domain/money.ts';
import { balanceOf, stateOf, statusWords } from './billLedger.ts';
import type { Books } from './books.ts';
import type { Address, ExpenseLine, ItemLine, Kind } from './entities.ts';
import type { Json, JsonObject } from './field.ts';
import type { AnyRecord, Company, Stored, StoredBill } from './record.ts';

/** What is left of an object without its undefined members. */
function given(members: Readonly<Record<string, Json | undefined>>): JsonObject {
  return Object.fromEntries(Object.entries(members).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

const stamped = (record: AnyRecord): JsonObject =>
  given({
    id: record.id,
    externalId: record.externalId || undefined,
    created: record.created,
    modified: record.modified,
    createdBy: record.createdBy,
  });

const history = (record: AnyRecord): JsonObject => ({ history: record.history.map((entry) => ({ ...entry })) });

const listed = (record: AnyRecord, members: JsonObject): JsonObject => ({
  ...stamped(record),
  ...members,
  ...history(record),
});

/** One company with all of its records. */
export function companyBooks(books: Books, { id, name }: Company): JsonObject {
  const plain = (kind: 'classification' | 'project' | 'accountingPeriod') =>
    books.all(id, kind).map((record) => listed(record, { ...record.values }));
  return {
    id,
    name,
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
    accountingPeriods: plain('accountingPeriod'),
  };
}

export function termBooks(term: Stored<'term'>): JsonObject {
  const { name, active, dueDays, discountDays, discountPercent } = term.values;
  const percent = discountPercent === undefined ? undefined : percentage(discountPercent);
  return listed(term, given({ name, active, dueDays, discountDays, discountPercent: percent }));
}

export function vendorBooks(vendor: Stored<'vendor'>): JsonObject {
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
  const named = (kind: Kind, id: string | undefined): JsonObject | undefined => {
    const record = id === undefined ? undefined : books.find(kind, id);
    return record && given({ id: record.id, externalId: record.externalId || undefined, name: nameOf(record) });
  };
  const line = (of: ExpenseLine | ItemLine) => ({
    lineNumber: of.lineNumber,
    amountCents: of.amountDue,
    classification: named('classification', of.classification),
    project: named('project', of.project),
    billable: of.billable,
  });
  return {
    ...stamped(bill),
    ...given({
      vendor: named('vendor', values.vendor),
      term: named('term', values.term),
      apAccount: named('glAccount', values.apAccount),
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
        given({ ...line(of), glAccount: named('glAccount', of.glAccount), memo: of.memo }),
      ),
      items: (values.items ?? []).map((of) =>
        given({
          ...line(of),
          item: named('item', of.companyItem),
          quantity: of.quantity && { units: of.quantity.value, scale: of.quantity.precision },
          cost: of.cost && decimal(of.cost),
          memo: of.description,
        }),
      ),
      entries: bill.entries.map((entry) => ({ ...entry })),
    }),
    ...history(bill),
  };
}

export function nameOf({ kind, values }: AnyRecord): string | undefined {
  if (kind === 'bill') return values.invoiceNumber;
  if (kind === 'paymentMethod') return (values.bankAccount ?? values.card ?? values.account)?.name;
  return values.name;
}

function percentage(value: number): JsonObject | undefined {
  const read = parseDecimal(String(value));
  return read && { ...read };
}

const decimal = ({ amount, precision }: { readonly amount: number; readonly precision: number }) => ({
  units: amount,
  scale: precision,
});
