/** Edits of bills and vendors, and voids of payments: settled by what the record reads as now. */
import type { Posting } from '../../contract/index.ts';
import type { LedgerPayment } from '../../domain/ledger.ts';
import { billReadsAs, vendorReadsAs } from './readsAs.ts';
import type { VoidPosting } from './recordKind.ts';
import type { Standing } from './standing.ts';
import {
  closed,
  type Decision,
  isClosed,
  type Known,
  neverSentAgain,
  read,
  refuse,
  SEND,
  uncertain,
} from './verdict.ts';

export type EditPosting = Extract<Posting, { kind: 'BillMod' | 'VendorMod' }>;

export function decideEdit(posting: EditPosting, known: Known): Decision {
  const { standing, stored } = known;
  if (standing.kind === 'notSearched') return uncertain(posting, `the record cannot be read: ${standing.text}`);
  const record = standing.kind === 'bill' ? standing.bill : standing.kind === 'vendor' ? standing.vendor : undefined;
  if (record === undefined) return refuse(posting, 'changedInQuickBooks', 'the record is no longer in QuickBooks');
  const applied = readsAsWanted(posting, standing);
  if (applied !== undefined) return applied;
  const stuck = neverSentAgain(stored);
  if (stuck !== undefined) return uncertain(posting, stuck);
  if (record.editSequence === posting.match.editSequence)
    return isClosed(posting.dates, known) ? closed(posting) : SEND;
  const never = stored === undefined || stored.kind === 'refused' || (stored.kind === 'none' && known.keepsAnswers);
  return never
    ? refuse(posting, 'changedInQuickBooks', 'the record was changed in QuickBooks since it was read')
    : uncertain(posting, 'the record reads neither as before nor as it should');
}

function readsAsWanted(posting: EditPosting, standing: Standing): Decision | undefined {
  if (posting.kind === 'BillMod') {
    const bill = standing.kind === 'bill' ? standing.bill : undefined;
    return bill !== undefined && billReadsAs(bill, posting.match.target) ? read(posting, { bill }) : undefined;
  }
  const vendor = standing.kind === 'vendor' ? standing.vendor : undefined;
  return vendor !== undefined && vendorReadsAs(vendor, posting.match.target) ? read(posting, { vendor }) : undefined;
}

/** A payment that is gone needs no void: what was wanted is so. */
export function decideVoid(posting: VoidPosting, known: Known): Decision {
  const { standing, stored } = known;
  if (standing.kind !== 'payment')
    return uncertain(
      posting,
      `the payment cannot be read: ${standing.kind === 'notSearched' ? standing.text : 'it was not searched for'}`,
    );
  const { payment } = standing;
  if (payment === undefined) return read(posting, {});
  if (isVoided(payment, posting)) return read(posting, { payment });
  const stuck = neverSentAgain(stored);
  if (stuck !== undefined) return uncertain(posting, stuck);
  if (payment.amountCents !== posting.match.amountCents)
    return refuse(posting, 'changedInQuickBooks', 'the payment was changed in QuickBooks since it was read');
  return isClosed([...posting.dates, payment.txnDate], known) ? closed(posting) : SEND;
}

/** There is no flag for it: nothing is left of the amount; of a payment without one, the memo says so (unverified). */
export const isVoided = ({ amountCents, memo = '' }: LedgerPayment, { match }: VoidPosting): boolean =>
  amountCents === 0 && (match.amountCents !== 0 || /^\s*void/i.test(memo));
