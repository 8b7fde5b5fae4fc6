/**
 * What the postings of a batch that were sent before mean to the next one: QuickBooks was asked once, before all of them.
 *
 * 1. The same number is not posted twice: of a vendor's bill, of an account's check on one day.
 * 2. What an earlier payment paid is no longer open.
 */
import type { Posting } from '../../contract/index.ts';
import type { Cents } from '../../domain/money.ts';
import { whyNotCovered } from './additions.ts';
import { isPayment } from './recordKind.ts';
import type { Standing } from './standing.ts';
import { type Decision, numberOf, refuse } from './verdict.ts';

export interface SentBefore {
  /** Why the posting cannot be sent after those that were; undefined where it can. */
  conflict(posting: Posting, standing: Standing): Extract<Decision, { kind: 'outcome' }> | undefined;
  /** Notes that it is in QuickBooks under this ID. */
  add(posting: Posting, txnId: string): void;
}

export function createSentBefore(): SentBefore {
  const numbers = new Map<string, string>();
  const paid = new Map<string, Cents>();
  return {
    conflict(posting, standing) {
      const number = numbered(posting);
      const twin = number === undefined ? undefined : numbers.get(number);
      if (twin !== undefined)
        return refuse(
          posting,
          'duplicateNumber',
          isPayment(posting)
            ? 'another payment from this account with this number, date and amount was posted just before'
            : 'another bill of this vendor with this number was posted just before',
          twin,
        );
      if (!isPayment(posting) || standing.kind !== 'payments') return undefined;
      const short = whyNotCovered(posting.match, (txnId) => (standing.open.get(txnId) ?? 0) - (paid.get(txnId) ?? 0));
      return short === undefined ? undefined : refuse(posting, 'balanceDiffers', short);
    },
    add(posting, txnId) {
      const number = numbered(posting);
      if (number !== undefined) numbers.set(number, txnId);
      if (!isPayment(posting)) return;
      for (const { txnId: bill, amountCents, discountCents } of posting.match.applications)
        paid.set(bill, (paid.get(bill) ?? 0) + amountCents + discountCents);
    },
  };
}

/** By what two postings are the same to a person; undefined where there is no number. */
function numbered(posting: Posting): string | undefined {
  if (posting.kind === 'BillAdd') {
    const number = numberOf(posting.match);
    return number === '' ? undefined : JSON.stringify(['bill', posting.match.vendor.id, number]);
  }
  if (!isPayment(posting)) return undefined;
  const { match } = posting;
  const number = numberOf(match);
  if (number === '') return undefined;
  return JSON.stringify(['payment', match.account.id, match.apAccountId, number, match.txnDate, match.amountCents]);
}
