/**
 * Accounts payable by age, tied to the balance of each A/P account in QuickBooks.
 *
 * 1. Bills age by their due date, credits by their own date, as in QuickBooks' own report; what is due on the day or later
 *    is current.
 * 2. Open amounts are those of the reading. Another day than that of the reading changes the ages and nothing else.
 * 3. What is in an account and is no open bill or credit stands as a line of its own, with its name: journal entries,
 *    checks, deposits, card charges and refunds, item receipts.
 * 4. What then remains of the balance is "not explained". It is shown, never spread.
 */
import type { OpenBill, OpenCredit, OtherPayable, PayableAccount } from '../contract/ledgers.ts';
import type { CalendarDate } from '../domain/dates.ts';
import type { Cents } from '../domain/money.ts';
import { byVendorDateNumber, compareText } from './reconcileKnown.ts';
import { txnTypeInWords } from './txnTypes.ts';

export const AGES = ['current', 'upTo30', 'upTo60', 'upTo90', 'over90'] as const;
export type Age = (typeof AGES)[number];
export type Aged = Readonly<Record<Age, Cents>>;

/** What QuickBooks has in its A/P accounts, as it was read. */
export interface PayablesInLedger {
  readonly accounts: readonly PayableAccount[];
  readonly bills: readonly OpenBill[];
  readonly credits: readonly OpenCredit[];
  readonly others: readonly OtherPayable[];
}

export interface AgingLine {
  readonly vendor: string;
  readonly number: string;
  readonly date: CalendarDate;
  readonly what: string;
  /** A bill's due date; absent for a credit. */
  readonly dueDate?: CalendarDate;
  /** Days from the due date to the day of the report; negative for what is not due yet. */
  readonly daysPast: number;
  readonly age: Age;
  /** Negative for a credit. */
  readonly openCents: Cents;
}

export interface NamedLine {
  readonly vendor: string;
  readonly number: string;
  readonly date: CalendarDate;
  readonly what: string;
  readonly cents: Cents;
}

export interface AccountAging {
  readonly account: string;
  readonly vendors: readonly { readonly vendor: string; readonly aged: Aged; readonly totalCents: Cents }[];
  /** Open bills and credits, by vendor, date, number. */
  readonly lines: readonly AgingLine[];
  readonly aged: Aged;
  readonly totalCents: Cents;
  readonly others: readonly NamedLine[];
  readonly othersCents: Cents;
  /** Bills and credits that BillToPay does not list, over their whole amounts: in no sum. */
  readonly notListed: readonly NamedLine[];
  /** By QuickBooks; absent where it does not show the account. */
  readonly balanceCents?: Cents;
  /** Balance less everything above. */
  readonly unexplainedCents: Cents;
}

export interface AgingReport {
  readonly companyName: string;
  /** ISO 8601 in UTC: when QuickBooks was read. */
  readonly readAt: string;
  readonly day: CalendarDate;
  readonly accounts: readonly AccountAging[];
  /** Nothing is unexplained in any account. */
  readonly ties: boolean;
}

/** @param day the day that ages are counted to */
export function agingOf(
  payables: PayablesInLedger,
  { companyName, readAt, day }: { readonly companyName: string; readonly readAt: string; readonly day: CalendarDate },
): AgingReport {
  const names = new Map(payables.accounts.map(({ account }) => [account.id, account.name]));
  for (const { apAccount } of [...payables.bills, ...payables.credits, ...payables.others])
    if (apAccount !== undefined && !names.has(apAccount.id)) names.set(apAccount.id, apAccount.name);
  const [only] = names.size === 1 ? names.keys() : [];
  const unnamed = (id: string | undefined): string => id ?? only ?? '';
  const ids = new Set([
    ...names.keys(),
    ...[...payables.bills, ...payables.credits].map(({ apAccount }) => unnamed(apAccount?.id)),
  ]);
  const accounts = [...ids]
    .map((id) =>
      accountAging(
        {
          name: names.get(id) ?? '(A/P account not named)',
          balanceCents: payables.accounts.find(({ account }) => account.id === id)?.balanceCents,
          bills: payables.bills.filter(({ apAccount }) => unnamed(apAccount?.id) === id),
          credits: payables.credits.filter(({ apAccount }) => unnamed(apAccount?.id) === id),
          others: payables.others.filter(({ apAccount }) => apAccount.id === id),
        },
        day,
      ),
    )
    .sort((a, b) => compareText(a.account, b.account));
  return { companyName, readAt, day, accounts, ties: accounts.every(({ unexplainedCents }) => unexplainedCents === 0) };
}

interface InAccount extends Omit<PayablesInLedger, 'accounts'> {
  readonly name: string;
  readonly balanceCents: Cents | undefined;
}

function accountAging({ name, balanceCents, bills, credits, others }: InAccount, day: CalendarDate): AccountAging {
  const lines = [
    ...bills.flatMap((bill) => lineOf('Bill', bill, bill.openCents ?? 0, day)),
    ...credits.flatMap((credit) => lineOf('VendorCredit', credit, 0 - (credit.openCents ?? 0), day)),
  ].sort(byVendorDateNumber);
  const named = others
    .map((other): NamedLine => ({ ...headOf(other.txnType, other), cents: leftOf(other) }))
    .filter(({ cents }) => cents !== 0)
    .sort(byVendorDateNumber);
  const notListed = [
    ...bills.flatMap((bill) =>
      bill.openCents === undefined ? [{ ...headOf('Bill', bill), cents: bill.amountCents }] : [],
    ),
    ...credits.flatMap((credit) =>
      credit.openCents === undefined ? [{ ...headOf('VendorCredit', credit), cents: 0 - credit.amountCents }] : [],
    ),
  ].sort(byVendorDateNumber);
  const aged = agedOf(lines);
  const totalCents = totalOf(aged);
  const othersCents = named.reduce((sum, { cents }) => sum + cents, 0);
  const byVendor = new Map<string, AgingLine[]>();
  for (const line of lines) {
    const ofVendor = byVendor.get(line.vendor);
    if (ofVendor === undefined) byVendor.set(line.vendor, [line]);
    else ofVendor.push(line);
  }
  return {
    account: name,
    vendors: [...byVendor].map(([vendor, ofVendor]) => {
      const sums = agedOf(ofVendor);
      return { vendor, aged: sums, totalCents: totalOf(sums) };
    }),
    lines,
    aged,
    totalCents,
    others: named,
    othersCents,
    notListed,
    ...(balanceCents === undefined ? {} : { balanceCents }),
    unexplainedCents: (balanceCents ?? 0) - totalCents - othersCents,
  };
}

/** What a transaction that is no bill or credit leaves in its account: of one that BillToPay never lists, all of it. */
const leftOf = ({ amountCents, openCents }: OtherPayable): Cents => openCents ?? amountCents;

interface Entry {
  readonly vendor?: { readonly name: string };
  readonly refNumber?: string;
  readonly txnDate: CalendarDate;
  readonly dueDate?: CalendarDate;
}

const headOf = (type: string, { vendor, refNumber, txnDate }: Entry) => ({
  vendor: vendor?.name ?? '',
  number: refNumber ?? '',
  date: txnDate,
  what: txnTypeInWords(type),
});

function lineOf(type: string, entry: Entry, openCents: Cents, day: CalendarDate): readonly AgingLine[] {
  if (openCents === 0) return [];
  const daysPast = daysBetween(entry.dueDate ?? entry.txnDate, day);
  const due = entry.dueDate === undefined ? {} : { dueDate: entry.dueDate };
  return [{ ...headOf(type, entry), ...due, daysPast, age: ageOf(daysPast), openCents }];
}

export function ageOf(daysPast: number): Age {
  if (daysPast <= 0) return 'current';
  if (daysPast <= 30) return 'upTo30';
  if (daysPast <= 60) return 'upTo60';
  return daysPast <= 90 ? 'upTo90' : 'over90';
}

const DAY_MS = 86_400_000;
const daysBetween = (from: CalendarDate, to: CalendarDate): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

function agedOf(lines: readonly AgingLine[]): Aged {
  const sums = { current: 0, upTo30: 0, upTo60: 0, upTo90: 0, over90: 0 };
  for (const { age, openCents } of lines) sums[age] += openCents;
  return sums;
}

const totalOf = (aged: Aged): Cents => AGES.reduce((sum, age) => sum + aged[age], 0);
