/**
 * How a payment of MineralTree is numbered and named.
 *
 * 1. QuickBooks keeps 11 characters of a payment's number (qbXML 13.0). The check number goes there, else the last 11
 *    characters of what the channel gave (a trace number: its end tells one from another). What was cut stands in the memo.
 * 2. The memo says that MineralTree paid, how, and by which full number.
 */
import { formatCents } from '../domain/money.ts';
import type { FundMethod, Payment } from '../domain/payables.ts';
import { ledgerText } from './ledgerText.ts';
import type { Lookup } from './lookup.ts';

/** Longest RefNumber of a bill payment (qbXML 13.0). */
export const MAX_PAYMENT_NUMBER = 11;

const FUND_WORDS: Readonly<Record<FundMethod, string>> = {
  CHECK: 'check',
  CREDITCARD: 'credit card',
  DEBITCARD: 'debit card',
  VCARD: 'virtual card',
  ACH: 'ACH',
  ECHECK: 'e-check',
  BILLPAY: 'bill pay',
  WIRE: 'wire',
  CREDIT: 'credit',
  UNKNOWN: 'payment',
};

export interface PaymentNumber {
  /** The whole number, fit for QuickBooks; undefined where the payment has none. */
  readonly text?: string;
  /** At most 11 characters. */
  readonly refNumber?: string;
  readonly memo: string;
}

export function paymentNumber(payment: Pick<Payment, 'checkNumber' | 'sequenceText' | 'fundMethod'>): PaymentNumber {
  const { checkNumber, sequenceText, fundMethod } = payment;
  const text = ledgerText(checkNumber === undefined ? sequenceText : String(checkNumber));
  const paid = `Paid by MineralTree, ${FUND_WORDS[fundMethod]}`;
  if (text === undefined) return { memo: paid };
  const refNumber = [...text].slice(-MAX_PAYMENT_NUMBER).join('').trim();
  return { text, refNumber, memo: `${paid} ${text}` };
}

/** A payment in sentences: its kind and number. */
export function paymentName(payment: Pick<Payment, 'checkNumber' | 'sequenceText' | 'fundMethod'>): string {
  const { text } = paymentNumber(payment);
  const kind = FUND_WORDS[payment.fundMethod];
  return text === undefined ? `by ${kind} without number` : `${kind} ${text}`;
}

/** What sentences about a payment need: its number with its kind, vendor and amount. */
export function paymentNames(
  payment: Payment,
  lookup: Lookup,
): { readonly payment: string; readonly vendor: string; readonly amount: string } {
  const { vendor, amountCents } = payment;
  const name =
    vendor === undefined
      ? undefined
      : (lookup.ledger('vendor', vendor.id)?.name ?? lookup.payablesName?.('vendor', vendor.id));
  return {
    payment: paymentName(payment),
    vendor: name ?? 'a vendor that is not known',
    amount: formatCents(amountCents),
  };
}
