/** Which kind of record a posting makes or changes. */
import type { PaymentAddKind, Posting } from '../../contract/index.ts';

export type PaymentPosting = Extract<Posting, { readonly kind: PaymentAddKind }>;
export type VoidPosting = Extract<Posting, { readonly kind: 'TxnVoid' }>;
export type PaymentRecordKind = 'checkPayment' | 'cardPayment';
export type PostedRecordKind = 'bill' | 'vendor' | 'terms' | PaymentRecordKind;

export const isPayment = (posting: Posting): posting is PaymentPosting =>
  posting.kind === 'BillPaymentCheckAdd' || posting.kind === 'BillPaymentCreditCardAdd';

export function recordKindOf(posting: PaymentPosting | VoidPosting): PaymentRecordKind;
export function recordKindOf(posting: Posting): PostedRecordKind;
export function recordKindOf(posting: Posting): PostedRecordKind {
  switch (posting.kind) {
    case 'BillAdd':
    case 'BillMod':
      return 'bill';
    case 'VendorMod':
      return 'vendor';
    case 'StandardTermsAdd':
      return 'terms';
    case 'BillPaymentCheckAdd':
      return 'checkPayment';
    case 'BillPaymentCreditCardAdd':
      return 'cardPayment';
    case 'TxnVoid':
      return posting.match.txnType === 'BillPaymentCheck' ? 'checkPayment' : 'cardPayment';
  }
}
