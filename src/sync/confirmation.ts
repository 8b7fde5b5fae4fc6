/** What follows from the outcome of a posting. */
import type { Outcome, Posting } from '../contract/posting.ts';
import type { LedgerBill, LedgerVendor } from '../domain/ledger.ts';
import type { Draft, Invoice } from '../domain/payables.ts';
import type { Finding } from './finding.ts';
import type { LineMap } from './links.ts';

export type Confirmation =
  /** In QuickBooks as asked: after a BillAdd write the externalId to MineralTree, after a BillMod move the link. */
  | { readonly kind: 'billInStep'; readonly ledgerId: string; readonly bill: LedgerBill; readonly lines: LineMap }
  | { readonly kind: 'vendorInStep'; readonly ledgerId: string; readonly vendor: LedgerVendor }
  /** In QuickBooks, but not as asked: link it, never post it again, do not acknowledge before it is right. */
  | { readonly kind: 'held'; readonly ledgerId?: string; readonly problems: readonly Finding[] }
  /** Not in QuickBooks. Count one refusal more; plan again in the next cycle, or only when something it depends on changed. */
  | {
      readonly kind: 'refused';
      readonly again: 'nextCycle' | 'whenChanged';
      readonly problems: readonly Finding[];
    }
  /** Not known. Look again in later cycles, under the same ID. */
  | { readonly kind: 'uncertain'; readonly problems: readonly Finding[] }
  /** Not sent. The same request again, under the same ID. */
  | { readonly kind: 'notBegun' };

export function decideConfirmation(
  _posting: Posting,
  _outcome: Outcome,
  /** The version of the invoice that was posted; absent for a vendor. */
  _invoice?: Draft<Invoice>,
): Confirmation {
  throw new Error('being written');
}
