/**
 * Vendor credits. Applying one to a bill without cash makes no transaction: it is only a link, on the credit and on the
 * bill, and comes with IncludeLinkedTxns.
 */
import { element, optional, repeated, required } from '../declare.ts';
import { query, write } from '../message.ts';
import { amount, bool, date, editSequence, float, guid, id, text } from '../scalars.ts';
import {
  exchangeRate,
  expenseLineAdd,
  expenseLineMod,
  expenseLineRet,
  itemLinesAdd,
  itemLinesMod,
  itemLinesRet,
  linkedTxn,
} from './lines.ts';
import {
  accountRef,
  currencyRef,
  dataExtRet,
  includeRetElement,
  salesTaxCodeRef,
  txnIdentity,
  vendorRef,
} from './references.ts';
import { linkedTxns, txnQuery } from './selectors.ts';

/** What an Add and a Mod say of the credit as a whole. */
const head = [
  optional('APAccountRef', accountRef),
  optional('TxnDate', date),
  optional('RefNumber', text(20)),
  optional('Memo', text(4095)),
  optional('IsTaxIncluded', bool),
  optional('SalesTaxCodeRef', salesTaxCodeRef),
  exchangeRate,
] as const;

const vendorCreditAdd = element([
  required('VendorRef', vendorRef),
  ...head,
  optional('ExternalGUID', guid, { since: '9.0' }),
  repeated('ExpenseLineAdd', expenseLineAdd),
  itemLinesAdd,
]);

const vendorCreditMod = element([
  required('TxnID', id),
  required('EditSequence', editSequence),
  optional('VendorRef', vendorRef),
  ...head,
  optional('ClearExpenseLines', bool),
  repeated('ExpenseLineMod', expenseLineMod),
  optional('ClearItemLines', bool),
  itemLinesMod,
]);

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

const records = { VendorCreditRet: vendorCreditRet };

export const vendorCreditMessages = {
  VendorCreditQuery: query('VendorCreditQuery', txnQuery([], linkedTxns), records, 'iterator'),
  VendorCreditAdd: write('VendorCreditAdd', [required('VendorCreditAdd', vendorCreditAdd), includeRetElement], records),
  VendorCreditMod: write('VendorCreditMod', [required('VendorCreditMod', vendorCreditMod), includeRetElement], records),
};
