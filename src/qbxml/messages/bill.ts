/**
 * Bills: query, add, modify. Order and limits: qbXML 13.0, US edition; IsPending since 16.0.
 *
 * Lines come only when a query asks with IncludeLineItems, links only with IncludeLinkedTxns; the answer to an Add has
 * its lines. OpenAmount is not to be trusted. TxnDate and DueDate are always to be sent: left out, QuickBooks takes the
 * date that a user saved last.
 */
import { element, optional, repeated, required } from '../declare.ts';
import { query, write } from '../message.ts';
import { amount, bool, clearable, date, editSequence, float, guid, id, text } from '../scalars.ts';
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
  address,
  currencyRef,
  dataExtRet,
  includeRetElement,
  salesTaxCodeRef,
  termsRef,
  txnIdentity,
  vendorRef,
} from './references.ts';
import { linkedTxns, paidStatus, txnQuery } from './selectors.ts';

const refNumber = optional('RefNumber', text(20));
const terms = optional('TermsRef', termsRef);
const memo = optional('Memo', text(4095));
const vendorAddress = optional('VendorAddress', address, { since: '13.0' });
const apAccount = optional('APAccountRef', accountRef);
const taxed = [optional('IsTaxIncluded', bool), optional('SalesTaxCodeRef', salesTaxCodeRef)] as const;

export const billAdd = element([
  required('VendorRef', vendorRef),
  vendorAddress,
  apAccount,
  optional('TxnDate', date),
  optional('DueDate', date),
  refNumber,
  terms,
  memo,
  ...taxed,
  exchangeRate,
  optional('ExternalGUID', guid, { since: '9.0' }),
  repeated('LinkToTxnID', id),
  repeated('ExpenseLineAdd', expenseLineAdd),
  itemLinesAdd,
]);

export const billMod = element([
  required('TxnID', id),
  required('EditSequence', editSequence),
  optional('VendorRef', vendorRef),
  vendorAddress,
  apAccount,
  optional('TxnDate', date),
  optional('DueDate', clearable(date)),
  refNumber,
  terms,
  memo,
  ...taxed,
  exchangeRate,
  optional('ClearExpenseLines', bool),
  repeated('ExpenseLineMod', expenseLineMod),
  optional('ClearItemLines', bool),
  itemLinesMod,
]);

export const billRet = element([
  ...txnIdentity,
  optional('VendorRef', vendorRef),
  optional('VendorAddress', address),
  apAccount,
  optional('TxnDate', date),
  optional('DueDate', date),
  optional('AmountDue', amount),
  optional('CurrencyRef', currencyRef),
  optional('ExchangeRate', float),
  optional('AmountDueInHomeCurrency', amount),
  refNumber,
  optional('IsPending', bool, { since: '16.0' }),
  terms,
  memo,
  ...taxed,
  optional('IsPaid', bool),
  optional('ExternalGUID', guid),
  repeated('LinkedTxn', linkedTxn),
  repeated('ExpenseLineRet', expenseLineRet),
  itemLinesRet,
  optional('OpenAmount', amount),
  repeated('DataExtRet', dataExtRet),
]);

const records = { BillRet: billRet };

export const billMessages = {
  BillQuery: query('BillQuery', txnQuery(paidStatus, linkedTxns), records, 'iterator'),
  BillAdd: write('BillAdd', [required('BillAdd', billAdd), includeRetElement], records),
  BillMod: write('BillMod', [required('BillMod', billMod), includeRetElement], records),
};
