/**
 * The double-entry journal of a company file: what each transaction does to the accounts, and the balances that follow.
 *
 * 1. Debits are positive, credits negative; the entries of a transaction sum to zero in the home currency.
 * 2. A bill credits its A/P account and debits its lines; a vendor credit the other way round. A payment debits A/P with
 *    cash and discount, credits its account with the cash and the discount's account with the discount. A credit applied
 *    to a bill moves nothing. A void posts zeros.
 * 3. A balance is the sum of entries: it is never kept apart from them.
 *
 * Gains and losses by exchange are not posted: a payment debits A/P at its own rate.
 */
import { type Cents, type Decimal, productCents } from '../../domain/money.ts';
import type {
  Account,
  Bill,
  BillPayment,
  GeneralTransaction,
  Item,
  ItemLine,
  JournalTransaction,
  PostedEntry,
  VendorCredit,
} from './records.ts';
import type { Table } from './table.ts';

const CREDIT_TYPES: ReadonlySet<Account['type']> = new Set([
  'AccountsPayable',
  'CreditCard',
  'Equity',
  'Income',
  'LongTermLiability',
  'OtherCurrentLiability',
  'OtherIncome',
]);

type Lines = Pick<Bill, 'expenseLines' | 'itemLines' | 'groupLines'>;

/** All item lines of a bill or credit, those inside groups too. */
export function everyItemLine(document: Pick<Lines, 'itemLines' | 'groupLines'>): readonly ItemLine[] {
  return document.groupLines.length === 0
    ? document.itemLines
    : [...document.itemLines, ...document.groupLines.flatMap(({ lines }) => lines)];
}

/** The total of the lines: what QuickBooks calls AmountDue of a bill, CreditAmount of a credit. */
export function billTotal(document: Lines): Cents {
  let total = 0;
  for (const line of document.expenseLines) total += line.amountCents;
  for (const line of everyItemLine(document)) total += line.amountCents;
  return total;
}

/** What a payment takes from its account. */
export const paymentTotal = ({ applications }: Pick<BillPayment, 'applications'>): Cents =>
  applications.reduce((sum, { cents }) => sum + cents, 0);

/** The transactions that post, by the table that they are in. */
export interface Posting {
  readonly bill: Bill;
  readonly vendorCredit: VendorCredit;
  readonly payment: BillPayment;
  readonly general: GeneralTransaction;
}
export type PostingTable = keyof Posting;

/** Throws when a line has nowhere to go, which is refused where transactions are entered. */
export function postingOf<N extends PostingTable>(table: N, record: Posting[N], lists: Lists): JournalTransaction {
  return {
    id: record.id,
    createdAt: record.createdAt,
    modifiedAt: record.modifiedAt,
    date: record.txnDate,
    entries: entriesOf[table](record, lists),
  };
}

interface Lists {
  readonly item: Table<Item>;
  readonly account: Table<Account>;
}

const entriesOf: { readonly [N in PostingTable]: (record: Posting[N], lists: Lists) => readonly PostedEntry[] } = {
  bill: (bill, lists) => documentEntries(bill, 1, lists),
  vendorCredit: (credit, lists) => documentEntries(credit, -1, lists),
  payment: paymentEntries,
  general: ({ type, billedBy, lines }) =>
    type === 'PurchaseOrder' || billedBy !== undefined
      ? []
      : lines.map(({ accountId, cents }) => ({ accountId, cents })),
};

/** The A/P account against the lines; `sign` 1 debits the lines, as a bill does. */
function documentEntries(document: Bill | VendorCredit, sign: 1 | -1, lists: Lists): readonly PostedEntry[] {
  const lines = [
    ...document.expenseLines.map(({ accountId, amountCents }) => entry(accountId, sign * amountCents)),
    ...everyItemLine(document).map((line) => entry(accountOfLine(line, lists.item), sign * line.amountCents)),
  ];
  return balanced(document.apAccountId, lines, document.exchangeRate, lists.account);
}

function paymentEntries(payment: BillPayment, lists: Lists): readonly PostedEntry[] {
  const discounts = new Map<string, Cents>();
  for (const { discountCents, discountAccountId } of payment.applications)
    if (discountCents !== 0 && discountAccountId !== undefined)
      discounts.set(discountAccountId, (discounts.get(discountAccountId) ?? 0) - discountCents);
  const lines = [
    entry(payment.accountId, 0 - paymentTotal(payment)),
    ...[...discounts].map(([id, cents]) => entry(id, cents)),
  ];
  return balanced(payment.apAccountId, lines, payment.exchangeRate, lists.account);
}

const entry = (accountId: string, cents: Cents): PostedEntry => ({ accountId, cents: cents + 0 });

/** The lines and, before them, what the A/P account must have so that they sum to zero, in the home currency. */
function balanced(
  apAccountId: string,
  lines: readonly PostedEntry[],
  rate: Decimal | undefined,
  accounts: Table<Account>,
): readonly PostedEntry[] {
  const total = lines.reduce((sum, { cents }) => sum + cents, 0);
  if (rate === undefined) return [entry(apAccountId, 0 - total), ...lines];
  const home = lines.map(({ accountId, cents }) => ({
    accountId,
    cents: homeCents(cents, rate),
    ...(accounts.get(accountId)?.currencyId === undefined ? {} : { foreignCents: cents }),
  }));
  const homeTotal = home.reduce((sum, { cents }) => sum + cents, 0);
  return [{ accountId: apAccountId, cents: 0 - homeTotal, foreignCents: 0 - total }, ...home];
}

/** An amount in another currency, in the home currency at that rate. */
export function homeCents(cents: Cents, rate: Decimal): Cents {
  const home = productCents({ units: cents, scale: 2 }, rate);
  if (home === undefined) throw new RangeError(`${cents} cents at that rate are too many`);
  return home;
}

function accountOfLine(line: ItemLine, items: Table<Item>): string {
  const accountId = line.overrideAccountId ?? items.get(line.itemId)?.purchaseAccountId;
  if (accountId === undefined) throw new Error(`line ${line.lineId}: item ${line.itemId} has no account to post to`);
  return accountId;
}

export interface JournalBalances {
  /** The sum of an account's entries in the home currency, debits positive. */
  of(accountId: string): Cents;
  /** The same in the account's own currency, where that is another. */
  foreign(accountId: string): Cents;
  /** Takes the entries of one posting out and those of another in. */
  replace(before: JournalTransaction | undefined, after: JournalTransaction | undefined): void;
}

export function balancesOf(): JournalBalances {
  const sums = new Map<string, Cents>();
  const foreignSums = new Map<string, Cents>();
  const add = (posting: JournalTransaction | undefined, sign: 1 | -1): void => {
    for (const { accountId, cents, foreignCents } of posting?.entries ?? []) {
      sums.set(accountId, (sums.get(accountId) ?? 0) + sign * cents);
      if (foreignCents !== undefined)
        foreignSums.set(accountId, (foreignSums.get(accountId) ?? 0) + sign * foreignCents);
    }
  };
  return {
    of: (accountId) => sums.get(accountId) ?? 0,
    foreign: (accountId) => foreignSums.get(accountId) ?? 0,
    replace(before, after) {
      add(before, -1);
      add(after, 1);
    },
  };
}

/**
 * An account's balance as QuickBooks shows it: in its own currency, positive when it stands on the side that its type
 * belongs to.
 */
export function shownBalance(account: Account, balances: JournalBalances): Cents {
  const cents = account.currencyId === undefined ? balances.of(account.id) : balances.foreign(account.id);
  return CREDIT_TYPES.has(account.type) ? 0 - cents : cents;
}
