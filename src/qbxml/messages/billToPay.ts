/**
 * What is left to pay to one vendor: open bills with what remains of them, and open credits. The whole answer at once,
 * without iterator. This, and not a bill's OpenAmount, is the balance to trust.
 */
import { atMostOneOf, element, expected, optional, required } from '../declare.ts';
import { query } from '../message.ts';
import { amount, date, float, id, text } from '../scalars.ts';
import { txnType } from './lines.ts';
import { accountRef, currencyRef, customerRef, includeRetElement } from './references.ts';
import { currencyOnly } from './selectors.ts';

const document = [
  required('TxnID', id),
  required('TxnType', txnType),
  expected('APAccountRef', accountRef),
  expected('TxnDate', date),
  optional('RefNumber', text(20)),
] as const;
const currency = [optional('CurrencyRef', currencyRef), optional('ExchangeRate', float)] as const;

const billToPay = element([
  ...document,
  optional('DueDate', date),
  required('AmountDue', amount),
  ...currency,
  optional('AmountDueInHomeCurrency', amount),
]);
const creditToApply = element([
  ...document,
  required('CreditRemaining', amount),
  ...currency,
  optional('CreditRemainingInHomeCurrency', amount),
]);

export const billToPayMessages = {
  BillToPayQuery: query(
    'BillToPayQuery',
    [
      required('PayeeEntityRef', customerRef),
      optional('APAccountRef', accountRef),
      optional('DueDate', date),
      ...currencyOnly,
      includeRetElement,
    ],
    {
      BillToPayRet: element([
        atMostOneOf([required('BillToPay', billToPay)], [required('CreditToApply', creditToApply)]),
      ]),
    },
    'metaData',
  ),
};
