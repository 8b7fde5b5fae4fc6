/**
 * Which records refer to a list entry, and what a merge makes of them.
 *
 * Every field that holds the ID of another record is named `...Id`, here as in each table, and no ID is ever used twice.
 */
import type { CompanyFile } from './companyFile.ts';
import type { PostingTable } from './journal.ts';

const TABLES = [
  'account',
  'vendor',
  'class',
  'customer',
  'item',
  'bill',
  'vendorCredit',
  'payment',
  'general',
] as const;
const POSTING: ReadonlySet<string> = new Set<PostingTable>(['bill', 'vendorCredit', 'payment', 'general']);

/** Whether any entry or transaction refers to the entry. */
export function isUsed(company: CompanyFile, id: string): boolean {
  return TABLES.some((name) => {
    for (const record of company.tables[name].all()) if (refersTo(record, id)) return true;
    return false;
  });
}

/**
 * Makes everything that refers to one entry refer to another, and posts the transactions anew. Times of change stay, or
 * move for transactions as the switch `mergeBumpsTransactions` says.
 */
export function referTo(company: CompanyFile, from: string, to: string): void {
  const { mergeBumpsTransactions } = company.switches();
  const modifiedAt = company.clock.now();
  for (const name of TABLES)
    for (const record of [...company.tables[name].all()]) {
      if (!refersTo(record, from)) continue;
      const moves = POSTING.has(name) && mergeBumpsTransactions;
      const changed = replaced(moves ? { ...record, modifiedAt } : record, from, to);
      company.put(name, changed);
      if (POSTING.has(name)) company.post(changed.id);
    }
  const { discountAccountId } = company.head;
  if (discountAccountId === from) company.setHead({ discountAccountId: to });
}

const isReference = (field: string, value: unknown, id: string): boolean => field.endsWith('Id') && value === id;

function refersTo(record: object, id: string): boolean {
  return Object.entries(record).some(
    ([field, value]) =>
      isReference(field, value, id) || (typeof value === 'object' && value !== null && refersTo(value, id)),
  );
}

function replaced<T extends object>(record: T, from: string, to: string): T {
  const put = (field: string, value: unknown): unknown => {
    if (isReference(field, value, from)) return to;
    if (Array.isArray(value)) return value.map((each: unknown) => put('', each));
    return typeof value === 'object' && value !== null ? replaced(value, from, to) : value;
  };
  return Object.fromEntries(Object.entries(record).map(([field, value]) => [field, put(field, value)])) as T;
}
