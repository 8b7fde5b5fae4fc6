/**
 * Credit-card charges and credits: purchases and refunds on a card that are no bill payments. A line on an A/P account
 * moves what a vendor is owed. Tandem reads them and writes none. Order and limits: qbXML 13.0.
 */
import { element, optional, repeated } from '../declare.ts';
import { query } from '../message.ts';
import { amount, bool, date, float, guid, text } from '../scalars.ts';
import { expenseLineRet, itemLinesRet } from './lines.ts';
import { accountRef, currencyRef, dataExtRet, entityRef, salesTaxCodeRef, txnIdentity } from './references.ts';
import { txnQuery } from './selectors.ts';

const cardTxnRet = element([
  ...txnIdentity,
  optional('AccountRef', accountRef),
  optional('PayeeEntityRef', entityRef),
  optional('TxnDate', date),
  optional('Amount', amount),
  optional('CurrencyRef', currencyRef),
  optional('ExchangeRate', float),
  optional('AmountInHomeCurrency', amount),
  optional('RefNumber', text(11)),
  optional('Memo', text(4095)),
  optional('IsTaxIncluded', bool),
  optional('SalesTaxCodeRef', salesTaxCodeRef),
  optional('ExternalGUID', guid),
  repeated('ExpenseLineRet', expenseLineRet),
  itemLinesRet,
  repeated('DataExtRet', dataExtRet),
]);

export const creditCardMessages = {
  CreditCardChargeQuery: query(
    'CreditCardChargeQuery',
    txnQuery([], []),
    { CreditCardChargeRet: cardTxnRet },
    'iterator',
  ),
  CreditCardCreditQuery: query(
    'CreditCardCreditQuery',
    txnQuery([], []),
    { CreditCardCreditRet: cardTxnRet },
    'iterator',
  ),
};
