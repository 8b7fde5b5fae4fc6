/** Do the two ledgers agree? Open bills of both, side by side. */
import type { OpenBill } from '../contract/ledgers.ts';
import type { CalendarDate } from '../domain/dates.ts';
import type { Cents } from '../domain/money.ts';
import type { Invoice } from '../domain/payables.ts';

/** Why the two sides differ, where there is a reason. */
export type Explanation =
  | { readonly kind: 'inFlight'; readonly text: string }
  | { readonly kind: 'problem'; readonly code: string; readonly text: string };

export interface LedgersInput {
  readonly companyName: string;
  /** ISO 8601 in UTC: when each side was read. */
  readonly readAt: { readonly quickBooks: string; readonly mineralTree: string };
  readonly quickBooks: readonly OpenBill[];
  /** Invoices of MineralTree in state Open or PendingSettled, and any that a link names for an open bill. */
  readonly mineralTree: readonly Invoice[];
  /** Pairs TxnID, MineralTree's ID. */
  readonly links: readonly { readonly ledgerId: string; readonly payablesId: string }[];
  /** Postings under way, by MineralTree's ID. */
  readonly inFlight: readonly { readonly payablesId: string; readonly text: string }[];
  /** Open problems, by either ID. */
  readonly problems: readonly { readonly recordId: string; readonly code: string; readonly text: string }[];
  readonly vendorName: (payablesVendorId: string) => string | undefined;
}
export interface LedgersLine {
  readonly vendor: string;
  readonly number: string;
  readonly date: CalendarDate;
  readonly ledgerId?: string;
  readonly payablesId?: string;
  /** Absent where the bill is not on that side, or not open there. */
  readonly quickBooks?: { readonly amountCents: Cents; readonly openCents: Cents };
  readonly mineralTree?: { readonly amountCents: Cents; readonly openCents: Cents };
  readonly verdict: 'agrees' | 'inFlight' | 'explained' | 'unexplained';
  /** In words, empty when both agree. */
  readonly explanation: string;
}
export interface LedgersTotal {
  readonly quickBooksCents: Cents;
  readonly mineralTreeCents: Cents;
  readonly bills: number;
}
export interface LedgersReport {
  readonly companyName: string;
  readonly readAt: LedgersInput['readAt'];
  readonly agree: boolean;
  readonly lines: readonly LedgersLine[];
  readonly inFlight: readonly LedgersLine[];
  readonly vendors: readonly (LedgersTotal & { readonly vendor: string })[];
  readonly total: LedgersTotal;
  readonly unexplained: number;
}
export function compareLedgers(_input: LedgersInput): LedgersReport {
  throw new Error('being written');
}
