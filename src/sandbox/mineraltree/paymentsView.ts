/** Payments, credits and their application in the books as they stand; form and purpose as in `booksView.ts`. */

import { given, history, named, stamped } from './bookEntry.ts';
import type { Books } from './books.ts';
import { appliedOf, creditStatusOf, remainingOf } from './creditLedger.ts';
import { offeredDiscount } from './discount.ts';
import type { JsonObject } from './field.ts';
import { FUND_TYPES } from './paymentFields.ts';
import { effectOf, PAYMENT_STATUSES, wordsOf } from './paymentStatus.ts';
import type { StoredBillCredit, StoredCredit, StoredPayment } from './record.ts';
import { remittanceOf } from './remittance.ts';

/** The part of `/books/company` that is about payments and credits. */
export const settlementBooks = (books: Books, companyId: string): JsonObject => {
  const payments = books.all(companyId, 'payment');
  return {
    payments: payments.map((payment) => paymentBooks(books, payment)),
    credits: books.all(companyId, 'credit').map((credit) => creditBooks(books, credit)),
    billCredits: books.all(companyId, 'billCredit').map((record) => billCreditBooks(books, record)),
    remittances: payments.flatMap((payment) => remittanceOf(books, payment) ?? []),
  };
};

export function paymentBooks(books: Books, payment: StoredPayment): JsonObject {
  const { values, status } = payment;
  return {
    ...stamped(payment),
    ...given({
      origin: payment.origin,
      manual: payment.manual,
      status,
      statusName: PAYMENT_STATUSES.get(status)?.name,
      words: wordsOf(status),
      effect: effectOf(status),
      vendor: named(books, 'vendor', values.vendor),
      paymentMethod: named(books, 'paymentMethod', values.paymentMethod),
      fundMethod: values.fundMethod?.type ?? 'UNKNOWN',
      fundType: FUND_TYPES[values.fundMethod?.type ?? 'UNKNOWN'],
      amountCents: values.amount ?? 0,
      currency: payment.currency,
      transactionDate: values.transactionDate,
      checkNumber: values.checkNumber,
      sequenceText: values.sequenceText,
      applied: (values.bills ?? []).map(({ id, appliedPaymentAmount }) =>
        given({
          invoice: named(books, 'bill', id) ?? given({ id }),
          appliedCents: appliedPaymentAmount,
          discountCents: payment.discounts?.[id ?? ''],
        }),
      ),
      warnings: warningsOf(books, payment),
    }),
    ...history(payment),
  };
}

/** A discount is taken though the payment is dated after the last day: a person may take it back. */
function warningsOf(books: Books, { values, status, discounts = {} }: StoredPayment): readonly string[] | undefined {
  if (effectOf(status) !== 'pending') return undefined;
  const late = Object.keys(discounts).flatMap((id) => {
    const bill = books.find('bill', id);
    const until = bill && offeredDiscount(books, bill)?.until;
    return bill !== undefined && until !== undefined && (values.transactionDate ?? '') > until
      ? [`the discount of invoice ${bill.values.invoiceNumber ?? id} ended on ${until}`]
      : [];
  });
  return late.length === 0 ? undefined : late;
}

export function creditBooks(books: Books, credit: StoredCredit): JsonObject {
  const { values } = credit;
  return {
    ...stamped(credit),
    ...given({
      vendor: named(books, 'vendor', values.vendor),
      creditNumber: values.creditNumber,
      transactionDate: values.transactionDate,
      memo: values.memo,
      amountCents: values.amount ?? 0,
      appliedCents: appliedOf(credit),
      remainingCents: remainingOf(credit),
      currency: credit.currency,
      status: creditStatusOf(credit),
      entries: credit.entries.map((entry) => ({ ...entry })),
    }),
    ...history(credit),
  };
}

function billCreditBooks(books: Books, record: StoredBillCredit): JsonObject {
  const { values } = record;
  return {
    ...stamped(record),
    ...given({
      invoice: named(books, 'bill', values.bill) ?? given({ id: values.bill }),
      credit: named(books, 'credit', values.credit),
      transactionDate: values.transactionDate,
      appliedCents: values.amountApplied ?? 0,
      currency: record.currency,
      voided: record.voided,
      payment: record.paymentId,
    }),
    ...history(record),
  };
}
