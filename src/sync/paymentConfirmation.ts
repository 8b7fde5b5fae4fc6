/**
 * Payments, terms and voids as they came back from QuickBooks: whether each is what was asked for.
 *
 * 1. A payment is right when vendor, account, amount and what it pays of each bill are; its date and number may be corrected
 *    by a person. One that is not right is held: it is in QuickBooks, so it is never posted again.
 * 2. Terms are right when days and percent are. A void is done when nothing is left of the payment, or it is gone.
 */
import type { Outcome, PaymentAddMatch, Posting } from '../contract/posting.ts';
import type { LedgerPayment, LedgerTerms } from '../domain/ledger.ts';
import { type Cents, formatCents } from '../domain/money.ts';
import type { Confirmation } from './confirmation.ts';
import { daysInWords, ledgerDaysInWords, sameDays } from './termsPosting.ts';

type PostedOutcome = Extract<Outcome, { kind: 'posted' }>;

/** How a payment in QuickBooks differs from what was posted, in words; empty when it does not. */
export function paymentDifferences(match: PaymentAddMatch, payment: LedgerPayment): readonly string[] {
  const differences: string[] = [];
  if (payment.amountCents !== match.amountCents)
    differences.push(`it is over ${formatCents(payment.amountCents)} instead of ${formatCents(match.amountCents)}`);
  if (payment.vendor.id !== match.vendor.id)
    differences.push(`it is to ${payment.vendor.name} instead of ${match.vendor.name}`);
  if (payment.account.id !== match.account.id)
    differences.push(`it is from ${payment.account.name} instead of ${match.account.name}`);
  const [paid, asked] = [applicationsOf(payment.applications), applicationsOf(match.applications)];
  const bills = new Set([...paid.keys(), ...asked.keys()]);
  const other = [...bills].filter((txnId) => paid.get(txnId) !== asked.get(txnId)).length;
  if (other > 0) differences.push(`it pays ${other === 1 ? 'one bill' : `${other} bills`} otherwise`);
  return differences;
}

export function confirmPayment(match: PaymentAddMatch, { payment }: PostedOutcome, record: string): Confirmation {
  if (payment === undefined) return notKnown(record, 'the payment was not in the answer');
  const differences = paymentDifferences(match, payment);
  if (differences.length === 0) return { kind: 'paymentInStep', ledgerId: payment.id, payment };
  return {
    kind: 'held',
    ledgerId: payment.id,
    problems: [{ code: 'paymentDiffers', params: { record, differences: differences.join('; ') } }],
  };
}

export function confirmTerms(
  { match }: Extract<Posting, { kind: 'StandardTermsAdd' }>,
  { terms }: PostedOutcome,
  record: string,
): Confirmation {
  if (terms === undefined) return notKnown(record, 'the terms were not in the answer');
  if (isSame(terms, match)) return { kind: 'termsInStep', ledgerId: terms.id, terms };
  const params = { terms: match.name, mineralTree: daysInWords(match), quickBooks: ledgerDaysInWords(terms) };
  return { kind: 'held', ledgerId: terms.id, problems: [{ code: 'termsDiffer', params }] };
}

export function confirmVoid(
  { match }: Extract<Posting, { kind: 'TxnVoid' }>,
  { payment }: PostedOutcome,
  record: string,
): Confirmation {
  if (payment !== undefined && payment.amountCents !== 0)
    return notKnown(record, `the payment is still over ${formatCents(payment.amountCents)}`);
  return { kind: 'voided', ledgerId: match.txnId, ...(payment === undefined ? {} : { payment }) };
}

const isSame = ({ form }: LedgerTerms, match: Parameters<typeof sameDays>[1]): boolean =>
  form.kind === 'standard' && sameDays(form, match);

const notKnown = (record: string, text: string): Confirmation => ({
  kind: 'uncertain',
  problems: [{ code: 'postingUncertain', params: { record, text } }],
});

/** What is paid of each bill, cash and discount, as one text to compare. */
function applicationsOf(
  applications: readonly { readonly txnId: string; readonly amountCents: Cents; readonly discountCents: Cents }[],
): ReadonlyMap<string, string> {
  const sums = new Map<string, readonly [cash: Cents, discount: Cents]>();
  for (const { txnId, amountCents, discountCents } of applications) {
    const [cash, discount] = sums.get(txnId) ?? [0, 0];
    sums.set(txnId, [cash + amountCents, discount + discountCents]);
  }
  return new Map([...sums].map(([txnId, cents]) => [txnId, cents.join('+')]));
}
