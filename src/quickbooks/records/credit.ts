/** Vendor credits with the bills that they were applied to: from VendorCreditRet to the ledger's record. */
import type { LedgerCredit } from '../../domain/ledger.ts';
import type { RecordOf } from '../../qbxml/index.ts';
import { readLink } from './bill.ts';
import { needed, present, refOrNone, textOrNone } from './reading.ts';

export const readCredit = (ret: RecordOf<'VendorCreditRet'>): LedgerCredit => ({
  id: ret.TxnID,
  editSequence: needed(ret.EditSequence, 'VendorCreditRet/EditSequence'),
  vendor: needed(refOrNone(ret.VendorRef), 'VendorCreditRet/VendorRef/ListID'),
  txnDate: needed(ret.TxnDate, 'VendorCreditRet/TxnDate'),
  creditAmountCents: needed(ret.CreditAmount, 'VendorCreditRet/CreditAmount'),
  ...present({
    apAccount: refOrNone(ret.APAccountRef),
    currency: refOrNone(ret.CurrencyRef),
    refNumber: textOrNone(ret.RefNumber),
    memo: textOrNone(ret.Memo),
  }),
  links: (ret.LinkedTxn ?? []).map(readLink),
});
