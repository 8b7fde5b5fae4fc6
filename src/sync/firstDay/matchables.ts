/**
 * The records of both sides as matching sees them: what people tell them apart by, with vendors and accounts by the
 * ledger's IDs on both sides.
 */
import type { LedgerBill, LedgerCredit, LedgerKind, LedgerPayment, LedgerRecords } from '../../domain/ledger.ts';
import { formatCents } from '../../domain/money.ts';
import type { Credit, Invoice, Payment } from '../../domain/payables.ts';
import type { Matchable } from './matching.ts';

type Listed = LedgerRecords[Exclude<LedgerKind, 'bill' | 'credit' | 'checkPayment' | 'cardPayment'>];

/** What turns IDs of MineralTree into the ledger's, as far as vendors and accounts are matched. */
export interface KnownIds {
  readonly vendor: (payablesId: string) => string | undefined;
  readonly paymentAccount: (payablesId: string) => string | undefined;
  readonly vendorName: (payablesId: string) => string | undefined;
}

export const listEntry = (record: Listed): Matchable => {
  const name = 'fullName' in record ? record.fullName : record.name;
  return { id: record.id, name, label: record.active ? name : `${name} (inactive)` };
};

export const payablesEntry = (record: {
  readonly id: string;
  readonly externalId?: string;
  readonly name: string;
}): Matchable => ({ ...base(record), name: record.name, label: record.name });

export const ledgerBill = (bill: LedgerBill): Matchable => ({
  id: bill.id,
  party: bill.vendor.id,
  ...(bill.refNumber === undefined ? {} : { number: bill.refNumber }),
  amountCents: bill.amountDueCents,
  date: bill.txnDate,
  label: labelOf('Bill', bill.refNumber, bill.vendor.name, bill.txnDate, bill.amountDueCents),
});

export const payablesInvoice = (invoice: Invoice, known: KnownIds): Matchable => ({
  ...base(invoice),
  ...partyOf(known.vendor(invoice.vendor.id)),
  ...(invoice.invoiceNumber === undefined ? {} : { number: invoice.invoiceNumber }),
  amountCents: invoice.amountCents,
  date: invoice.transactionDate,
  label: labelOf(
    'Invoice',
    invoice.invoiceNumber,
    known.vendorName(invoice.vendor.id),
    invoice.transactionDate,
    invoice.amountCents,
  ),
});

export const ledgerCredit = (credit: LedgerCredit): Matchable => ({
  id: credit.id,
  party: credit.vendor.id,
  ...(credit.refNumber === undefined ? {} : { number: credit.refNumber }),
  amountCents: credit.creditAmountCents,
  date: credit.txnDate,
  label: labelOf('Credit', credit.refNumber, credit.vendor.name, credit.txnDate, credit.creditAmountCents),
});

export const payablesCredit = (credit: Credit, known: KnownIds): Matchable => ({
  ...base(credit),
  ...partyOf(known.vendor(credit.vendor.id)),
  ...(credit.creditNumber === undefined ? {} : { number: credit.creditNumber }),
  amountCents: credit.amountCents,
  date: credit.transactionDate,
  label: labelOf(
    'Credit',
    credit.creditNumber,
    known.vendorName(credit.vendor.id),
    credit.transactionDate,
    credit.amountCents,
  ),
});

/** A payment belongs to a vendor and to the account that it was paid from. */
export const ledgerPayment = (payment: LedgerPayment): Matchable => ({
  id: payment.id,
  party: `${payment.vendor.id} ${payment.account.id}`,
  ...(payment.refNumber === undefined ? {} : { number: payment.refNumber }),
  amountCents: payment.amountCents,
  date: payment.txnDate,
  label: labelOf('Payment', payment.refNumber, payment.vendor.name, payment.txnDate, payment.amountCents),
});

export function payablesPayment(payment: Payment, known: KnownIds): Matchable {
  const vendorId = payment.vendor === undefined ? undefined : known.vendor(payment.vendor.id);
  const accountId = payment.paymentMethod === undefined ? undefined : known.paymentAccount(payment.paymentMethod.id);
  const number = payment.checkNumber === undefined ? payment.sequenceText : String(payment.checkNumber);
  return {
    ...base(payment),
    ...partyOf(vendorId === undefined || accountId === undefined ? undefined : `${vendorId} ${accountId}`),
    ...(number === undefined ? {} : { number: number.slice(-MAX_CHECK_NUMBER) }),
    amountCents: payment.amountCents,
    date: payment.transactionDate,
    label: labelOf(
      'Payment',
      number,
      payment.vendor && known.vendorName(payment.vendor.id),
      payment.transactionDate,
      payment.amountCents,
    ),
  };
}

/** QuickBooks keeps so many characters of a payment's number (qbXML 13.0). */
const MAX_CHECK_NUMBER = 11;

const base = ({ id, externalId }: { readonly id: string; readonly externalId?: string }) => ({
  id,
  ...(externalId === undefined ? {} : { externalId }),
});
const partyOf = (party: string | undefined) => (party === undefined ? {} : { party });

const labelOf = (
  what: string,
  number: string | undefined,
  vendor: string | undefined,
  date: string,
  cents: number,
): string =>
  `${what} ${number ?? 'without number'} of ${vendor ?? '(vendor not known)'}, ${date}, ${formatCents(cents)}`;
