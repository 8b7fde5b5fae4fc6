/**
 * Payments made in QuickBooks stand in MineralTree as external payments: each once, under its TxnID, with its account, date,
 * number, and the cash on each bill that MineralTree has. What a payment discounts is in the bill's balance alone. Checks and
 * card charges that are no bill payments are told by the cash on each bill.
 */
import { formatCents } from '../../domain/money.ts';
import type { BothBooks, MineralTreePayment, QuickBooksPayment } from './books.ts';
import { isMoney } from './credits.ts';
import type { Excused } from './exceptions.ts';
import { billNamed, paymentNamed, paymentOfMineralTree, sum, unlike } from './naming.ts';

export function paymentsAgree({ quickBooks, mineralTree }: BothBooks, excused: Excused): readonly string[] {
  const recorded = mineralTree.payments.filter(({ origin, effect }) => origin === 'external' && effect === 'applied');
  const byKey = new Map(recorded.map((payment) => [payment.externalId ?? '', payment]));
  const invoiceOf = new Map(mineralTree.bills.map((bill) => [bill.externalId ?? '', bill.id]));
  const known = new Set([...quickBooks.payments, ...quickBooks.otherTransactions].map(({ id }) => id));
  return [
    ...quickBooks.payments.flatMap((payment): readonly string[] => {
      if (payment.createdBy !== 'person' || excused.payments.has(payment.id)) return [];
      const paid = payment.bills.filter(
        ({ billId, amountCents }) => amountCents > 0 && invoiceOf.has(billId) && !excused.bills.has(billId),
      );
      const found = byKey.get(payment.id);
      if (payment.voided || paid.length === 0)
        return found === undefined || payment.bills.some(({ billId }) => excused.bills.has(billId))
          ? []
          : [
              `${paymentNamed(payment)} is void or pays nothing in QuickBooks, and ${formatCents(found.amountCents)} in MineralTree`,
            ];
      if (found === undefined) return [`${paymentNamed(payment)} of QuickBooks is not in MineralTree`];
      return differencesOf(payment, paid, found, invoiceOf, excused);
    }),
    ...chargesAgree({ quickBooks, mineralTree }, recorded, excused),
    ...recorded.flatMap((payment) => {
      const [id = ''] = (payment.externalId ?? '').split('/');
      if (known.has(id) || excused.payments.has(id) || excused.paymentsOfMineralTree.has(payment.id)) return [];
      return [`${paymentOfMineralTree(payment)} of MineralTree names a payment that QuickBooks does not have`];
    }),
  ];
}

/** Checks and card charges set against bills. */
function chargesAgree(
  { quickBooks }: BothBooks,
  recorded: readonly MineralTreePayment[],
  excused: Excused,
): readonly string[] {
  const bills = new Map(quickBooks.bills.map((bill) => [bill.id, bill]));
  return quickBooks.applications.flatMap(({ creditTxnId, creditType, billTxnId, amountCents }): readonly string[] => {
    const bill = bills.get(billTxnId);
    if (bill === undefined || !isMoney(creditType)) return [];
    if (excused.bills.has(billTxnId) || excused.payments.has(creditTxnId)) return [];
    const parts = recorded
      .filter(({ externalId = '' }) => externalId.split('/')[0] === creditTxnId)
      .flatMap(({ applied }) =>
        applied.flatMap(({ invoice, appliedCents }) => (invoice.externalId === billTxnId ? appliedCents : [])),
      );
    return unlike(`${creditType} ${creditTxnId} on ${billNamed(bill)}`, [
      ['cash', formatCents(amountCents), formatCents(sum(parts))],
    ]);
  });
}

function differencesOf(
  payment: QuickBooksPayment,
  paid: QuickBooksPayment['bills'],
  found: MineralTreePayment,
  invoiceOf: ReadonlyMap<string, string>,
  excused: Excused,
): readonly string[] {
  const there = paid.map(({ billId, amountCents }) => [invoiceOf.get(billId) ?? '', amountCents] as const);
  const here = found.applied.flatMap(({ invoice, appliedCents }) =>
    excused.bills.has(invoice.externalId ?? '') ? [] : [[invoice.id, appliedCents] as const],
  );
  return unlike(paymentNamed(payment), [
    ['account', payment.accountId, found.paymentMethod?.externalId ?? ''],
    ['date', payment.txnDate, found.transactionDate ?? ''],
    ['number', payment.refNumber ?? '', found.sequenceText ?? String(found.checkNumber ?? '')],
    ['amount on its bills', formatCents(totalOf(there)), formatCents(totalOf(here))],
    ['what it pays', byBill(there), byBill(here)],
  ]);
}

export type PaidOn = readonly (readonly [bill: string, cents: number])[];
export const totalOf = (paid: PaidOn): number => sum(paid.map(([, cents]) => cents));
export const byBill = (paid: PaidOn): string =>
  paid
    .map(([bill, cents]) => `${formatCents(cents)} on ${bill}`)
    .sort()
    .join(', ');
