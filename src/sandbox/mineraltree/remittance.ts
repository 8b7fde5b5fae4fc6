/**
 * What a vendor is told of a payment: invoices with their amounts, a line for each applied credit, below zero.
 *
 * 1. The lines sum to the payment. An invoice's line is what is paid of it and what credits paid of it, so a discount is no
 *    line: a discounted invoice shows its already reduced amount.
 * 2. A credit is shown once, by the first payment of the invoice after it was applied, as it was when the payment was
 *    authorized.
 * 3. There is none for manual payments, for payments that the ledger made, and for those given up before they were
 *    authorized.
 *
 * Sources: "Vendor Remittances"; the guide, credits and discounts. The form of a line is ours.
 */
import { standingOf } from './billLedger.ts';
import { given, named } from './bookEntry.ts';
import type { Books } from './books.ts';
import type { JsonObject } from './field.ts';
import { effectOf } from './paymentStatus.ts';
import type { StoredPayment } from './record.ts';

/** Undefined: this payment has none. */
export function remittanceOf(books: Books, payment: StoredPayment): JsonObject | undefined {
  const { values, authorizedAt } = payment;
  if (payment.origin !== 'person' || payment.manual !== undefined) return undefined;
  if (authorizedAt === undefined && effectOf(payment.status) !== 'pending') return undefined;
  const lines = (values.bills ?? []).flatMap(({ id = '', appliedPaymentAmount = 0 }) => {
    const credits = creditLines(books, payment, id);
    const invoice = {
      kind: 'invoice',
      ...given({ bill: id, invoiceNumber: books.find('bill', id)?.values.invoiceNumber }),
      cents: appliedPaymentAmount - credits.reduce((sum, { cents }) => sum + cents, 0),
    };
    return [invoice, ...credits];
  });
  const vendor = books.find('vendor', values.vendor ?? '');
  return given({
    payment: payment.id,
    vendor: named(books, 'vendor', values.vendor),
    to: vendor?.values.remittanceEnabled === true ? (vendor.values.remittanceEmails ?? []) : [],
    sentAt: authorizedAt,
    fundMethod: values.fundMethod?.type,
    paymentMethod: named(books, 'paymentMethod', values.paymentMethod),
    transactionDate: values.transactionDate,
    checkNumber: values.checkNumber,
    sequenceText: values.sequenceText,
    lines,
    totalCents: lines.reduce((sum, { cents }) => sum + cents, 0),
    currency: payment.currency,
  });
}

function creditLines(books: Books, payment: StoredPayment, billId: string) {
  const bill = books.find('bill', billId);
  const standing = bill === undefined ? undefined : standingOf(bill, 'credit');
  return (payment.shownCredits?.[billId] ?? []).flatMap((id) => {
    const record = books.find('billCredit', id);
    if (record === undefined || (payment.authorizedAt === undefined && standing?.has(id) !== true)) return [];
    const creditNumber = books.find('credit', record.values.credit ?? '')?.values.creditNumber;
    return [
      {
        kind: 'credit',
        ...given({ bill: billId, billCredit: id, creditNumber }),
        cents: -(record.values.amountApplied ?? 0),
      },
    ];
  });
}
