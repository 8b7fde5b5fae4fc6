/**
 * Vendor credits. Applying one to a bill without cash makes no transaction: it is only a link, on the credit and on the
 * bill, and comes with IncludeLinkedTxns.
 */
import { element, optional, repeated } from '../declare.ts';
import { query } from '../message.ts';
import { amount, bool, date, float, guid, text } from '../scalars.ts';
import { expenseLineRet, itemLinesRet, linkedTxn } from './lines.ts';
import { accountRef, currencyRef, dataExtRet, salesTaxCodeRef, txnIdentity, vendorRef } from './references.ts';
import { linkedTxns, txnQuery } from './selectors.ts';

const vendorCreditRet = element([
  ...txnIdentity,
  optional('VendorRef', vendorRef),
  optional('APAccountRef', accountRef),
  optional('TxnDate', date),
  optional('CreditAmount', amount),
  optional('CurrencyRef', currencyRef),
  optional('ExchangeRate', float),
  optional('CreditAmountInHomeCurrency', amount),
  optional('RefNumber', text(20)),
  optional('Memo', text(4095)),
  optional('IsTaxIncluded', bool),
  optional('SalesTaxCodeRef', salesTaxCodeRef),
  optional('ExternalGUID', guid),
  repeated('LinkedTxn', linkedTxn),
  repeated('ExpenseLineRet', expenseLineRet),
  itemLinesRet,
  optional('OpenAmount', amount),
  repeated('DataExtRet', dataExtRet),
]);

export const vendorCreditMessages = {
  VendorCreditQuery: query(
    'VendorCreditQuery',
    txnQuery([], linkedTxns),
    { VendorCreditRet: vendorCreditRet },
    'iterator',
  ),
};
