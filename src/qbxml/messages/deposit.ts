/**
 * Deposits. A line that comes from an A/P account, a vendor's refund, raises what is owed to the vendor again. Tandem
 * reads deposits, for the aging reports, and writes none. A deposit has no number. Order and limits: qbXML 13.0.
 */
import { element, optional, repeated, required } from '../declare.ts';
import { query } from '../message.ts';
import { amount, date, float, guid, id, text } from '../scalars.ts';
import { txnType } from './lines.ts';
import { accountRef, classRef, currencyRef, dataExtRet, entityRef, simpleRef, txnIdentity } from './references.ts';
import { unnumberedTxnQuery } from './selectors.ts';

const cashBack = element([
  required('TxnLineID', id),
  required('AccountRef', accountRef),
  optional('Memo', text(4095)),
  optional('Amount', amount),
]);

/** What was paid in: a payment that was received before (its type and ID), or money from anywhere else. */
const depositLine = element([
  optional('TxnType', txnType),
  optional('TxnID', id),
  required('TxnLineID', id),
  optional('PaymentTxnLineID', id),
  optional('EntityRef', entityRef),
  optional('AccountRef', accountRef),
  optional('Memo', text(4095)),
  optional('CheckNumber', text(11)),
  optional('PaymentMethodRef', simpleRef),
  optional('ClassRef', classRef),
  optional('Amount', amount),
]);

const depositRet = element([
  ...txnIdentity,
  optional('TxnDate', date),
  optional('DepositToAccountRef', accountRef),
  optional('Memo', text(4095)),
  optional('DepositTotal', amount),
  optional('CurrencyRef', currencyRef),
  optional('ExchangeRate', float),
  optional('DepositTotalInHomeCurrency', amount),
  optional('CashBackInfoRet', cashBack),
  optional('ExternalGUID', guid),
  repeated('DepositLineRet', depositLine),
  repeated('DataExtRet', dataExtRet),
]);

export const depositMessages = {
  DepositQuery: query('DepositQuery', unnumberedTxnQuery, { DepositRet: depositRet }, 'iterator'),
};
