/**
 * Item receipts: goods that came before their bill. They are in the A/P account and are nothing to pay yet; once the bill
 * comes, QuickBooks turns the receipt into it. Tandem reads them, for the aging reports. Order and limits: qbXML 13.0.
 */
import { atMostOneOf, element, optional, repeated, required } from '../declare.ts';
import { query } from '../message.ts';
import { amount, bool, date, float, guid, text } from '../scalars.ts';
import { expenseLineRet, itemLinesRet, linkedTxn } from './lines.ts';
import { accountRef, currencyRef, dataExtRet, salesTaxCodeRef, txnIdentity, vendorRef } from './references.ts';
import { linkedTxns, txnQuery } from './selectors.ts';

const itemReceiptRet = element([
  ...txnIdentity,
  optional('VendorRef', vendorRef),
  atMostOneOf([required('APAccountRef', accountRef)], [required('LiabilityAccountRef', accountRef)]),
  optional('TxnDate', date),
  optional('TotalAmount', amount),
  optional('CurrencyRef', currencyRef),
  optional('ExchangeRate', float),
  optional('TotalAmountInHomeCurrency', amount),
  optional('RefNumber', text(20)),
  optional('Memo', text(4095)),
  optional('IsTaxIncluded', bool),
  optional('SalesTaxCodeRef', salesTaxCodeRef),
  optional('ExternalGUID', guid),
  repeated('LinkedTxn', linkedTxn),
  repeated('ExpenseLineRet', expenseLineRet),
  itemLinesRet,
  repeated('DataExtRet', dataExtRet),
]);

export const itemReceiptMessages = {
  ItemReceiptQuery: query('ItemReceiptQuery', txnQuery([], linkedTxns), { ItemReceiptRet: itemReceiptRet }, 'iterator'),
};
