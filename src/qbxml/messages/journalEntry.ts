/**
 * Journal entries. A line on an A/P account with a vendor is a credit (debit line) or something to pay (credit line); it can
 * be set against bills like a vendor credit. Tandem reads them and writes none. Order and limits: qbXML 13.0.
 */
import { element, lines, optional, repeated } from '../declare.ts';
import { query } from '../message.ts';
import { amount, bool, date, float, guid, id, text } from '../scalars.ts';
import { billableStatus } from './lines.ts';
import { accountRef, classRef, currencyRef, dataExtRet, entityRef, simpleRef, txnIdentity } from './references.ts';
import { txnQuery } from './selectors.ts';

const journalLine = element([
  optional('TxnLineID', id),
  optional('AccountRef', accountRef),
  optional('Amount', amount),
  optional('TaxAmount', amount),
  optional('Memo', text(4095)),
  optional('EntityRef', entityRef),
  optional('ClassRef', classRef),
  optional('ItemSalesTaxRef', simpleRef),
  billableStatus,
]);

const journalEntryRet = element([
  ...txnIdentity,
  optional('TxnDate', date),
  optional('RefNumber', text(11)),
  optional('Memo', text()),
  optional('IsAdjustment', bool),
  optional('IsHomeCurrencyAdjustment', bool),
  optional('IsAmountsEnteredInHomeCurrency', bool),
  optional('CurrencyRef', currencyRef),
  optional('ExchangeRate', float),
  optional('ExternalGUID', guid),
  lines('JournalLines', { JournalDebitLine: journalLine, JournalCreditLine: journalLine }),
  repeated('DataExtRet', dataExtRet),
]);

export const journalEntryMessages = {
  JournalEntryQuery: query('JournalEntryQuery', txnQuery([], []), { JournalEntryRet: journalEntryRet }, 'iterator'),
};
