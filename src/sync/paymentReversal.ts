/**
 * Payments that were taken back in MineralTree: before they were posted, and after.
 *
 * 1. Before it was posted, nothing is to be done: it is canceled. While a posting of it is not settled, that comes first.
 * 2. After it was posted, a person is told at once. Only where the company has chosen so (`voidPayments`), and only what was
 *    undone as if it had never been, is voided in QuickBooks: money that came back on a later day is booked by a person.
 * 3. A void is never sent into a closed period, nor for a payment that QuickBooks has over another amount than was posted.
 */
import type { CalendarDate } from '../domain/dates.ts';
import type { LedgerPayment } from '../domain/ledger.ts';
import { formatCents } from '../domain/money.ts';
import type { Payment } from '../domain/payables.ts';
import { closedDate } from './closedPeriod.ts';
import type { Finding } from './finding.ts';
import type { Lookup } from './lookup.ts';
import { paymentNames } from './paymentNumber.ts';
import { paymentDisposition, paymentStatus, paymentStatusInWords } from './paymentStatus.ts';
import type { TxnVoidPlan } from './plans.ts';
import { partInWords } from './settlement.ts';

/** A part of a payment as it was posted, and as QuickBooks has it now. */
export interface PostedPart {
  readonly txnId: string;
  readonly txnType: 'BillPaymentCheck' | 'BillPaymentCreditCard';
  /** What was posted. */
  readonly amountCents: number;
  /** As last read; absent where QuickBooks does not have it any more. */
  readonly now?: Pick<LedgerPayment, 'txnDate' | 'amountCents' | 'refNumber'>;
}

export type Reversal =
  /** Not taken back. */
  | { readonly kind: 'stands' }
  /** Taken back before it was posted: forget what was planned. */
  | { readonly kind: 'canceled' }
  /** A posting of it is not settled: decided after that. */
  | { readonly kind: 'waits' }
  /** Undone in QuickBooks as well. */
  | { readonly kind: 'undone' }
  /** To be voided in QuickBooks; the problems concern parts that are not. */
  | { readonly kind: 'void'; readonly plans: readonly TxnVoidPlan[]; readonly problems: readonly Finding[] }
  | { readonly kind: 'told'; readonly problems: readonly Finding[] };

/**
 * Whether a payment was taken back: reversed; or, once posted, back in a state in which no money has left.
 * @param posted whether any part of it is in QuickBooks
 */
export function isTakenBack({ status, fundMethod }: Pick<Payment, 'status' | 'fundMethod'>, posted: boolean): boolean {
  const disposition = paymentDisposition(status, fundMethod);
  return disposition === 'reversed' || (posted && disposition === 'notYet' && paymentStatus(status) !== undefined);
}

/** What follows for a payment of MineralTree that may have been taken back. */
export function decideReversal(
  payment: Payment,
  context: {
    readonly lookup: Lookup;
    readonly posted: readonly PostedPart[];
    /** Whether a posting of it has no known outcome. */
    readonly unsettled: boolean;
    readonly voidPayments: boolean;
    readonly preferences: { readonly closingDate?: CalendarDate };
  },
): Reversal {
  const { posted } = context;
  if (!isTakenBack(payment, posted.length > 0)) return { kind: 'stands' };
  if (context.unsettled) return { kind: 'waits' };
  if (posted.length === 0) return { kind: 'canceled' };
  const standing = posted.filter(({ now }) => now !== undefined && now.amountCents !== 0);
  if (standing.length === 0) return { kind: 'undone' };
  const named = { ...paymentNames(payment, context.lookup), status: paymentStatusInWords(payment.status) };
  if (!context.voidPayments || paymentStatus(payment.status)?.undo !== 'void') {
    const words = standing.map(({ txnType, txnId, now }) => partInWords({ txnId, txnType, ...partNow(now) }));
    return {
      kind: 'told',
      problems: [{ code: 'paymentReversedAfterPosting', params: { ...named, posted: words.join(', ') } }],
    };
  }
  const plans: TxnVoidPlan[] = [];
  const problems: Finding[] = [];
  for (const part of standing) {
    const { txnDate, cents } = partNow(part.now);
    const { closingDate } = context.preferences;
    if (cents !== part.amountCents)
      problems.push({
        code: 'reversedPaymentChanged',
        part: part.txnId,
        params: { ...named, quickBooks: formatCents(cents), posted: formatCents(part.amountCents) },
      });
    else if (closingDate !== undefined && closedDate([txnDate], closingDate) !== undefined)
      problems.push({ code: 'voidInClosedPeriod', part: part.txnId, params: { ...named, date: txnDate, closingDate } });
    else {
      const { txnType, txnId, amountCents } = part;
      plans.push({ kind: 'TxnVoid', match: { txnType, txnId, amountCents }, dates: [txnDate] });
    }
  }
  return plans.length > 0 ? { kind: 'void', plans, problems } : { kind: 'told', problems };
}

function partNow(now: PostedPart['now']): {
  readonly txnDate: CalendarDate;
  readonly cents: number;
  readonly refNumber?: string;
} {
  return {
    txnDate: now?.txnDate ?? '',
    cents: now?.amountCents ?? 0,
    ...(now?.refNumber === undefined ? {} : { refNumber: now.refNumber }),
  };
}
