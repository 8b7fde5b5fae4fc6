/**
 * Payments made in MineralTree stand in QuickBooks exactly once each: for each A/P account of their bills one payment, on
 * the account they were made from, with their date and number, and their amounts on their bills; MineralTree has the TxnID
 * of one of them. No other payment of an application stands in QuickBooks, and none that MineralTree took back.
 *
 * A number longer than the eleven characters that QuickBooks keeps is cut at its beginning.
 */
import { formatCents } from '../../domain/money.ts';
import type { BothBooks, MineralTreePayment, QuickBooksPayment } from './books.ts';
import type { Excused } from './exceptions.ts';
import { grouped, paymentNamed, paymentOfMineralTree, sum, unlike } from './naming.ts';
import { byBill, type PaidOn, totalOf } from './payments.ts';

const NUMBER_LENGTH = 11;

/** What has to stand in QuickBooks. */
interface Part {
  readonly bills: PaidOn;
  readonly discounts: PaidOn;
}

export function postedPaymentsAgree(books: BothBooks, excused: Excused): readonly string[] {
  const { quickBooks, mineralTree } = books;
  const left = new Map(
    quickBooks.payments
      .filter(({ createdBy, voided }) => createdBy === 'application' && !voided)
      .map((payment) => [payment.id, payment]),
  );
  const found: string[] = [];
  for (const payment of mineralTree.payments) {
    if (payment.origin !== 'person') continue;
    const isExcused =
      excused.paymentsOfMineralTree.has(payment.id) ||
      payment.applied.some(({ invoice }) => excused.invoices.has(invoice.id));
    const wrong = standingOf(payment, books, left);
    if (!isExcused) found.push(...wrong);
  }
  for (const payment of left.values())
    if (!excused.payments.has(payment.id) && !payment.bills.some(({ billId }) => excused.bills.has(billId)))
      found.push(`${paymentNamed(payment)} was posted to QuickBooks, and no payment of MineralTree stands behind it`);
  return found;
}

/** What is wrong with a payment; what stands behind it in QuickBooks is taken from `left`. */
function standingOf(
  payment: MineralTreePayment,
  books: BothBooks,
  left: Map<string, QuickBooksPayment>,
): readonly string[] {
  const name = paymentOfMineralTree(payment);
  const { externalId = '', effect, words, amountCents } = payment;
  const parts = partsOf(payment, books);
  const matched = parts.map((part) => take(payment, part, left));
  const standing = matched.flatMap((each) => each ?? []);
  const named = left.get(externalId);
  if (named !== undefined) left.delete(externalId);
  if (effect !== 'applied')
    return [...standing, ...(named === undefined ? [] : [named])].map(
      (post) => `${name} is ${words} in MineralTree, and stands in QuickBooks over ${formatCents(post.amountCents)}`,
    );
  if (externalId === '')
    return [`${name} over ${formatCents(amountCents)} waits in MineralTree to be posted to QuickBooks`];
  const missing = parts.flatMap((part, index) => {
    if (matched[index] !== undefined) return [];
    if (named === undefined) return [`${name}: ${byBill(part.bills)} of it is not in QuickBooks`];
    return unlike(name, compared(payment, part, named));
  });
  if (missing.length > 0 || standing.some(({ id }) => id === externalId)) return missing;
  return [`${name} of MineralTree names a payment that QuickBooks does not have`];
}

/** By A/P account of the bills, as QuickBooks takes payments; an invoice without bill is a part of its own. */
function partsOf({ applied }: MineralTreePayment, { quickBooks }: BothBooks): readonly Part[] {
  const bills = new Map(quickBooks.bills.map((bill) => [bill.id, bill]));
  const groups = grouped(applied, ({ invoice }) => bills.get(invoice.externalId ?? '')?.apAccountId);
  return [...groups.values()].map((group) => ({
    bills: group.map(({ invoice, appliedCents }) => [invoice.externalId ?? invoice.id, appliedCents]),
    discounts: group.flatMap(({ invoice, discountCents = 0 }) =>
      discountCents === 0 ? [] : [[invoice.externalId ?? invoice.id, discountCents]],
    ),
  }));
}

/** The payment in QuickBooks that is alike in everything; the one that MineralTree names goes first. */
function take(
  payment: MineralTreePayment,
  part: Part,
  left: Map<string, QuickBooksPayment>,
): QuickBooksPayment | undefined {
  const named = left.get(payment.externalId ?? '');
  const candidates = [...(named === undefined ? [] : [named]), ...left.values()];
  const found = candidates.find((each) => unlike('', compared(payment, part, each)).length === 0);
  if (found !== undefined) left.delete(found.id);
  return found;
}

const compared = (payment: MineralTreePayment, part: Part, post: QuickBooksPayment) => {
  const bills = post.bills.map(({ billId, amountCents }) => [billId, amountCents] as const);
  const discounts = post.bills.flatMap(({ billId, discountCents }) =>
    discountCents === 0 ? [] : [[billId, discountCents] as const],
  );
  const number = payment.checkNumber ?? payment.sequenceText ?? '';
  return [
    ['account', post.accountId, payment.paymentMethod?.externalId ?? ''],
    ['date', post.txnDate, payment.transactionDate ?? ''],
    ['number', post.refNumber ?? '', String(number).slice(-NUMBER_LENGTH).trim()],
    ['amount', formatCents(post.amountCents), formatCents(totalOf(part.bills))],
    ['what it pays', byBill(bills), byBill(part.bills)],
    ['discounts', formatCents(sum(discounts.map(([, cents]) => cents))), formatCents(totalOf(part.discounts))],
  ] as const;
};
