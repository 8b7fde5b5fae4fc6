/**
 * Checks that are no bill payments. One whose line goes to an A/P account lowers what a vendor is owed without paying a
 * bill; its links, of a check that was set against bills, come with IncludeLinkedTxns. Tandem reads checks, for the aging
 * reports, and writes none. Order and limits: qbXML 13.0.
 */
import { element, optional, repeated } from '../declare.ts';
import { query } from '../message.ts';
import { amount, bool, date, float, guid, text } from '../scalars.ts';
import { expenseLineRet, itemLinesRet, linkedTxn } from './lines.ts';
import {
  accountRef,
  address,
  addressBlock,
  currencyRef,
  dataExtRet,
  entityRef,
  salesTaxCodeRef,
  txnIdentity,
} from './references.ts';
import { linkedTxns, txnQuery } from './selectors.ts';

const checkRet = element([
  ...txnIdentity,
  optional('AccountRef', accountRef),
  optional('PayeeEntityRef', entityRef),
  optional('RefNumber', text(11)),
  optional('TxnDate', date),
  optional('Amount', amount),
  optional('CurrencyRef', currencyRef),
  optional('ExchangeRate', float),
  optional('AmountInHomeCurrency', amount),
  optional('Memo', text(4095)),
  optional('Address', address),
  optional('AddressBlock', addressBlock),
  optional('IsToBePrinted', bool),
  optional('IsTaxIncluded', bool),
  optional('SalesTaxCodeRef', salesTaxCodeRef),
  optional('ExternalGUID', guid),
  repeated('LinkedTxn', linkedTxn),
  repeated('ExpenseLineRet', expenseLineRet),
  itemLinesRet,
  repeated('DataExtRet', dataExtRet),
]);

export const checkMessages = {
  CheckQuery: query('CheckQuery', txnQuery([], linkedTxns), { CheckRet: checkRet }, 'iterator'),
};
