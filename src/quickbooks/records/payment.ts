/**
 * Bill payments by check and by credit card: from the records of qbXML to those of the ledger.
 *
 * What a payment pays comes only when line items are asked for. A request that only applies credits makes no transaction
 * and is answered without a TxnID: that is no payment, and not read here.
 */
import type { LedgerApplication, LedgerPayment, ListRef } from '../../domain/ledger.ts';
import type { RecordOf } from '../../qbxml/index.ts';
import { needed, present, refOrNone, textOrNone } from './reading.ts';

type PaymentRecord = 'BillPaymentCheckRet' | 'BillPaymentCreditCardRet';
type PaymentRet = RecordOf<PaymentRecord>;
type AppliedRet = NonNullable<PaymentRet['AppliedToTxnRet']>[number];

export const readCheckPayment = (ret: RecordOf<'BillPaymentCheckRet'>): LedgerPayment => ({
  ...readPayment(
    'BillPaymentCheckRet',
    ret,
    needed(refOrNone(ret.BankAccountRef), 'BillPaymentCheckRet/BankAccountRef'),
  ),
  method: 'check',
});

export const readCardPayment = (ret: RecordOf<'BillPaymentCreditCardRet'>): LedgerPayment => ({
  ...readPayment(
    'BillPaymentCreditCardRet',
    ret,
    needed(refOrNone(ret.CreditCardAccountRef), 'BillPaymentCreditCardRet/CreditCardAccountRef'),
  ),
  method: 'creditCard',
});

const readPayment = (element: PaymentRecord, ret: PaymentRet, account: ListRef): Omit<LedgerPayment, 'method'> => ({
  id: needed(textOrNone(ret.TxnID), `${element}/TxnID`),
  editSequence: needed(ret.EditSequence, `${element}/EditSequence`),
  vendor: needed(refOrNone(ret.PayeeEntityRef), `${element}/PayeeEntityRef/ListID`),
  account,
  txnDate: needed(ret.TxnDate, `${element}/TxnDate`),
  amountCents: needed(ret.Amount, `${element}/Amount`),
  ...present({
    apAccount: refOrNone(ret.APAccountRef),
    currency: refOrNone(ret.CurrencyRef),
    refNumber: textOrNone(ret.RefNumber),
    memo: textOrNone(ret.Memo),
    guid: ret.ExternalGUID === '0' ? undefined : ret.ExternalGUID,
  }),
  applications: (ret.AppliedToTxnRet ?? []).map(readApplication),
});

const readApplication = (applied: AppliedRet): LedgerApplication => ({
  txnId: applied.TxnID,
  txnType: applied.TxnType,
  amountCents: applied.Amount ?? 0,
  discountCents: applied.DiscountAmount ?? 0,
  ...present({ discountAccount: refOrNone(applied.DiscountAccountRef) }),
});
