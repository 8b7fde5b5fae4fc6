/** What is known about records that are compared: why a difference is no fault of the books. And the order of lines. */
import type { CalendarDate } from '../domain/dates.ts';
import type { Cents } from '../domain/money.ts';

export type Verdict = 'agrees' | 'inFlight' | 'explained' | 'unexplained';

/** Something to say about a record, by either ID. */
export interface Told {
  readonly recordId: string;
  readonly text: string;
}

/** A payment that MineralTree has made and QuickBooks does not have yet. */
export interface PaymentOnItsWay {
  readonly paymentId: string;
  readonly vendor: string;
  readonly number: string;
  readonly date: CalendarDate;
  readonly amountCents: Cents;
  /** What it pays, by MineralTree's IDs, of bills where QuickBooks does not have it. */
  readonly bills: readonly { readonly invoiceId: string; readonly cents: Cents }[];
  /** The status in words, as in "the payment is ...". */
  readonly status: string;
  /** Why it does not go, where an open problem says so. */
  readonly problem?: string;
}

export interface Knowledge {
  readonly inFlight: readonly Told[];
  readonly problems: readonly Told[];
  readonly payments?: readonly PaymentOnItsWay[];
}

/** What is known about records, by either ID; of several the first counts. */
export interface Known {
  readonly inFlight: ReadonlyMap<string, string>;
  readonly problems: ReadonlyMap<string, string>;
  /** Payments by the invoice that they pay. */
  readonly payments: ReadonlyMap<string, readonly PaymentOnItsWay[]>;
}

export function knownOf({ inFlight, problems, payments = [] }: Knowledge): Known {
  const first = (list: readonly Told[]): ReadonlyMap<string, string> =>
    new Map([...list].reverse().map(({ recordId, text }) => [recordId, text]));
  const paying = new Map<string, PaymentOnItsWay[]>();
  for (const payment of payments)
    for (const { invoiceId } of payment.bills) paying.set(invoiceId, [...(paying.get(invoiceId) ?? []), payment]);
  return { inFlight: first(inFlight), problems: first(problems), payments: paying };
}

interface Placed {
  readonly vendor: string;
  readonly date: CalendarDate;
  readonly number: string;
}

export const byVendorDateNumber = (a: Placed, b: Placed): number =>
  compareText(a.vendor, b.vendor) || compareText(a.date, b.date) || compareText(a.number, b.number);

export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
