/**
 * Which records a query means: by ID, by name or number, or by filters; never by two of these ways at once, which the
 * check of the request refuses.
 *
 * 1. Lists answer active entries only, unless asked for others. From-dates are inclusive.
 * 2. By ID or name, what is missing is named, and what was found still comes.
 * 3. Transactions come oldest first: by date, then by their number.
 */
import type { CompanyFile } from './companyFile.ts';
import { nameKey } from './companyFile.ts';
import type { UnixSecond } from './machineClock.ts';
import type { ListEntry, ListName, Stamped, TableRecords } from './records.ts';
import { invalidDate, invalidId, invertedDates, Refused } from './refusal.ts';
import type { Table } from './table.ts';

export interface Selection<T> {
  readonly found: readonly T[];
  /** IDs or names asked for that do not exist. */
  readonly missing: readonly string[];
}

interface NameFilters {
  readonly NameFilter?: { readonly MatchCriterion: Criterion; readonly Name: string };
  readonly NameRangeFilter?: { readonly FromName?: string; readonly ToName?: string };
}
export interface ListSelector extends NameFilters {
  readonly ListID?: readonly string[];
  readonly FullName?: readonly string[];
  readonly ActiveStatus?: 'ActiveOnly' | 'InactiveOnly' | 'All';
  readonly FromModifiedDate?: string;
  readonly ToModifiedDate?: string;
}
type Criterion = 'StartsWith' | 'Contains' | 'EndsWith';

interface EntrySelector {
  readonly ListID?: readonly string[];
  readonly FullName?: readonly string[];
  readonly ListIDWithChildren?: string;
  readonly FullNameWithChildren?: string;
}
interface CurrencySelector {
  readonly ListID?: readonly string[];
  readonly FullName?: readonly string[];
}
export interface TxnSelector {
  readonly TxnID?: readonly string[];
  readonly RefNumber?: readonly string[];
  readonly RefNumberCaseSensitive?: readonly string[];
  readonly ModifiedDateRangeFilter?: { readonly FromModifiedDate?: string; readonly ToModifiedDate?: string };
  readonly TxnDateRangeFilter?: {
    readonly FromTxnDate?: string;
    readonly ToTxnDate?: string;
    readonly DateMacro?: string;
  };
  readonly EntityFilter?: EntrySelector;
  readonly AccountFilter?: EntrySelector;
  readonly RefNumberFilter?: { readonly MatchCriterion: Criterion; readonly RefNumber: string };
  readonly RefNumberRangeFilter?: { readonly FromRefNumber?: string; readonly ToRefNumber?: string };
  readonly CurrencyFilter?: CurrencySelector;
  readonly PaidStatus?: 'All' | 'PaidOnly' | 'NotPaidOnly';
}

/** What every kind of transaction has that a query looks at. */
export interface Selectable extends Stamped {
  readonly txnNumber: number;
  readonly txnDate: string;
  readonly refNumber?: string;
  readonly vendorId?: string;
}

/** A kind of transaction, as far as a query must know it. The table has the indexes `vendor` and `refNumber`. */
export interface TransactionKind<T extends Selectable> {
  readonly table: Table<T>;
  /** Which records of the table are of this kind; all when left out. */
  readonly among?: (transaction: T) => boolean;
  /** The accounts that a transaction touches, its own and those of its lines. */
  readonly accounts: (transaction: T) => Iterable<string>;
  /** Of kinds that can be paid. */
  readonly isPaid?: (transaction: T) => boolean;
}

const ID_FORM = /^[0-9A-F]{1,16}-\d{1,16}$/i;
const LATEST: UnixSecond = 2_147_483_647;

/** The entries of a list that the selector means, and `more` lets through. Throws `Refused`: 3000, 3020, 3030. */
export function selectEntries<N extends ListName | 'currency'>(
  company: CompanyFile,
  list: N,
  selector: ListSelector,
  more: (entry: TableRecords[N]) => boolean = () => true,
): Selection<TableRecords[N]> {
  const table: Table<TableRecords[N]> = company.tables[list];
  if (selector.ListID !== undefined)
    return pick(selector.ListID, (id) => {
      checkId(id, 'ListID');
      const entry = table.get(id);
      return entry === undefined || !more(entry) ? [] : [entry];
    });
  if (selector.FullName !== undefined)
    return pick(selector.FullName, (name) => table.find('name', nameKey(name)).filter(more));
  const { from, to } = modifiedRange(company, selector.FromModifiedDate, selector.ToModifiedDate);
  const candidates = from === undefined && to === undefined ? table.all() : table.changed(from, to);
  const found: TableRecords[N][] = [];
  for (const entry of candidates)
    if (hasActivity(entry, selector.ActiveStatus) && hasName(entry, selector) && more(entry)) found.push(entry);
  return { found, missing: [] };
}

/** The transactions of one kind that the selector means. Throws `Refused`: 1030, 3000, 3020, 3030. */
export function selectTransactions<T extends Selectable>(
  company: CompanyFile,
  kind: TransactionKind<T>,
  selector: TxnSelector,
): Selection<T> {
  const { table, among = () => true } = kind;
  if (selector.TxnID !== undefined)
    return pick(selector.TxnID, (id) => {
      checkId(id, 'TxnID');
      const found = table.get(id);
      return found === undefined || !among(found) ? [] : [found];
    });
  const numbered = (number: string): T[] => table.find('refNumber', number.toLowerCase()).filter(among);
  if (selector.RefNumber !== undefined)
    return { found: oldestFirst(selector.RefNumber.flatMap(numbered)), missing: [] };
  const exact = selector.RefNumberCaseSensitive;
  if (exact !== undefined)
    return {
      found: oldestFirst(exact.flatMap((number) => numbered(number).filter(({ refNumber }) => refNumber === number))),
      missing: [],
    };
  const { found, range } = candidates(company, table, selector);
  const { AccountFilter, CurrencyFilter, PaidStatus = 'All' } = selector;
  const accounts = AccountFilter === undefined ? undefined : entryIds(company, 'account', AccountFilter);
  const inCurrency = currencyTest(company, CurrencyFilter);
  const { FromTxnDate, ToTxnDate } = selector.TxnDateRangeFilter ?? {};
  const matching = found.filter(
    (transaction) =>
      among(transaction) &&
      (range.from === undefined || transaction.modifiedAt >= range.from) &&
      (range.to === undefined || transaction.modifiedAt <= range.to) &&
      (FromTxnDate === undefined || transaction.txnDate >= FromTxnDate) &&
      (ToTxnDate === undefined || transaction.txnDate <= ToTxnDate) &&
      (accounts === undefined || some(kind.accounts(transaction), (id) => accounts.has(id))) &&
      inCurrency(currencyOf(company, transaction.vendorId)) &&
      hasNumber(transaction.refNumber ?? '', selector) &&
      (PaidStatus === 'All' || kind.isPaid?.(transaction) === (PaidStatus === 'PaidOnly')),
  );
  return { found: oldestFirst(matching), missing: [] };
}

/** The currency in which a vendor's transactions are: the home currency where the vendor has none; undefined without currencies. */
export const currencyOf = (company: CompanyFile, vendorId: string | undefined): string | undefined =>
  (vendorId === undefined ? undefined : company.tables.vendor.get(vendorId)?.currencyId) ?? company.head.homeCurrencyId;

/** Whether a currency is one of those that the filter names; the home currency where it is undefined. */
export function currencyTest(
  company: CompanyFile,
  filter: CurrencySelector | undefined,
): (currencyId: string | undefined) => boolean {
  if (filter === undefined) return () => true;
  const named = (name: string) => company.tables.currency.find('name', nameKey(name));
  const wanted = new Set(filter.ListID ?? filter.FullName?.flatMap(named).map(({ id }) => id) ?? []);
  return (currencyId) => wanted.has(currencyId ?? company.head.homeCurrencyId ?? '');
}

/** Reads an inclusive range of times of change. Throws `Refused`: 3020, 3030. */
export function modifiedRange(
  company: CompanyFile,
  from: string | undefined,
  to: string | undefined,
): { from?: UnixSecond; to?: UnixSecond } {
  const read = (text: string, end: boolean): UnixSecond => {
    const at = company.clock.read(text, end);
    if (at === undefined || at < -86_400 || at > LATEST + 86_400) throw invalidDate(text);
    return at;
  };
  const range = {
    ...(from === undefined ? {} : { from: read(from, false) }),
    ...(to === undefined ? {} : { to: read(to, true) }),
  };
  if (range.from !== undefined && range.to !== undefined && range.from > range.to)
    throw invertedDates(from ?? '', to ?? '');
  return range;
}

/** The smallest set of transactions that an index gives for the selector. */
function candidates<T extends Selectable>(
  company: CompanyFile,
  table: Table<T>,
  selector: TxnSelector,
): { found: readonly T[]; range: { from?: UnixSecond; to?: UnixSecond } } {
  const { FromTxnDate: from, ToTxnDate: to, DateMacro = 'All' } = selector.TxnDateRangeFilter ?? {};
  if (DateMacro !== 'All') throw new Refused(1030, `The sandbox does not know the date macro "${DateMacro}".`);
  if (from !== undefined && to !== undefined && from > to) throw invertedDates(from, to);
  const modified = selector.ModifiedDateRangeFilter ?? {};
  const range = modifiedRange(company, modified.FromModifiedDate, modified.ToModifiedDate);
  if (selector.EntityFilter !== undefined) {
    const vendors = entryIds(company, 'vendor', selector.EntityFilter);
    return { found: [...vendors].flatMap((id) => table.find('vendor', id)), range };
  }
  if (range.from !== undefined || range.to !== undefined) return { found: table.changed(range.from, range.to), range };
  return { found: [...table.all()], range };
}

/** IDs of the entries that a filter means; one that does not exist matches nothing. */
function entryIds(company: CompanyFile, list: ListName, filter: EntrySelector): ReadonlySet<string> {
  const table = company.list(list);
  const named = (name: string): ListEntry[] => table.find('name', nameKey(name));
  if (filter.ListID !== undefined) return new Set(filter.ListID);
  if (filter.FullName !== undefined) return new Set(filter.FullName.flatMap(named).map(({ id }) => id));
  const root = filter.ListIDWithChildren ?? named(filter.FullNameWithChildren ?? '')[0]?.id;
  const ids = new Set<string>(root === undefined ? [] : [root]);
  // Entries come in the order in which they were added, so a parent before its children.
  for (const { id, parentId } of table.all()) if (parentId !== undefined && ids.has(parentId)) ids.add(id);
  return ids;
}

function some<T>(values: Iterable<T>, is: (value: T) => boolean): boolean {
  for (const value of values) if (is(value)) return true;
  return false;
}

function pick<T>(wanted: readonly string[], find: (key: string) => readonly T[]): Selection<T> {
  const found: T[] = [];
  const missing: string[] = [];
  for (const key of wanted) {
    const records = find(key);
    if (records.length === 0) missing.push(key);
    else found.push(...records);
  }
  return { found, missing };
}

/** Throws `Refused` 3000 for what is not the form of an ID. */
export function checkId(id: string, field: string): void {
  if (!ID_FORM.test(id)) throw invalidId(id, field);
}

const oldestFirst = <T extends Selectable>(transactions: readonly T[]): T[] =>
  [...transactions].sort((a, b) =>
    a.txnDate === b.txnDate ? a.txnNumber - b.txnNumber : a.txnDate < b.txnDate ? -1 : 1,
  );

function hasActivity(entry: ListEntry, wanted: ListSelector['ActiveStatus'] = 'ActiveOnly'): boolean {
  return wanted === 'All' || entry.active === (wanted === 'ActiveOnly');
}

function hasName(entry: ListEntry, { NameFilter, NameRangeFilter }: NameFilters): boolean {
  if (NameFilter !== undefined) return matches(entry.fullName, NameFilter.MatchCriterion, NameFilter.Name);
  if (NameRangeFilter === undefined) return true;
  const name = nameKey(entry.fullName);
  const { FromName, ToName } = NameRangeFilter;
  return (
    (FromName === undefined || name >= nameKey(FromName)) &&
    (ToName === undefined || name <= nameKey(ToName) || name.startsWith(nameKey(ToName)))
  );
}

function hasNumber(number: string, { RefNumberFilter, RefNumberRangeFilter }: TxnSelector): boolean {
  if (RefNumberFilter !== undefined) return matches(number, RefNumberFilter.MatchCriterion, RefNumberFilter.RefNumber);
  if (RefNumberRangeFilter === undefined) return true;
  const { FromRefNumber: from, ToRefNumber: to } = RefNumberRangeFilter;
  const digits = /^\d+$/;
  const numeric = [from ?? '0', to ?? '0'].every((end) => digits.test(end));
  if (!numeric) return (from === undefined || number >= from) && (to === undefined || number <= to);
  if (!digits.test(number)) return false;
  const value = BigInt(number);
  return (from === undefined || value >= BigInt(from)) && (to === undefined || value <= BigInt(to));
}

function matches(text: string, criterion: Criterion, part: string): boolean {
  const [whole, piece] = [text.toLowerCase(), part.toLowerCase()];
  switch (criterion) {
    case 'StartsWith':
      return whole.startsWith(piece);
    case 'Contains':
      return whole.includes(piece);
    case 'EndsWith':
      return whole.endsWith(piece);
  }
}
