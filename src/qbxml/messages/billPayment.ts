/**
 * Bill payments by check and by credit card. Order and limits: qbXML 13.0.
 *
 * What a payment pays comes only with IncludeLineItems. Each bill applied needs a payment, a credit or a discount. A
 * request that only applies credits makes no transaction and is answered without TxnID, so every field of these records
 * is optional, the ID too. Only a payment by check can be modified (since 6.0); what it pays is then listed anew, and
 * what the list leaves out is no longer paid.
 */
import { atMostOneOf, element, type Fields, oneOf, optional, repeated, required, several } from '../declare.ts';
import { query, write } from '../message.ts';
import { amount, bool, date, dateTime, editSequence, float, guid, id, int, text } from '../scalars.ts';
import { exchangeRate, linkedTxn, txnLineDetail, txnType } from './lines.ts';
import {
  accountRef,
  address,
  addressBlock,
  classRef,
  currencyRef,
  customerRef,
  dataExtRet,
  includeRetElement,
} from './references.ts';
import { txnQuery } from './selectors.ts';

const checkNumber = text(11);
const memo = optional('Memo', text(4095));

const discount = [
  optional('DiscountAmount', amount),
  optional('DiscountAccountRef', accountRef),
  optional('DiscountClassRef', classRef, { since: '11.0' }),
] as const;

const setCredit = element([
  required('CreditTxnID', id),
  optional('TxnLineID', id),
  required('AppliedAmount', amount),
  optional('Override', bool, { since: '10.0' }),
]);

const appliedToTxnAdd = element([
  required('TxnID', id),
  optional('PaymentAmount', amount),
  repeated('TxnLineDetail', txnLineDetail),
  repeated('SetCredit', setCredit),
  ...discount,
]);

const appliedToTxnRet = element([
  required('TxnID', id),
  required('TxnType', txnType),
  optional('TxnDate', date),
  optional('RefNumber', text(20)),
  optional('BalanceRemaining', amount),
  optional('Amount', amount),
  repeated('TxnLineDetail', txnLineDetail),
  ...discount,
  repeated('LinkedTxn', linkedTxn),
]);

const start = [
  required('PayeeEntityRef', customerRef),
  optional('APAccountRef', accountRef),
  optional('TxnDate', date),
] as const;
const finish = [
  memo,
  exchangeRate,
  optional('ExternalGUID', guid, { since: '9.0' }),
  several('AppliedToTxnAdd', appliedToTxnAdd),
] as const;

const billPaymentCheckAdd = element([
  ...start,
  required('BankAccountRef', accountRef),
  oneOf([required('IsToBePrinted', bool)], [required('RefNumber', checkNumber)]),
  ...finish,
]);
const billPaymentCreditCardAdd = element([
  ...start,
  required('CreditCardAccountRef', accountRef),
  optional('RefNumber', checkNumber),
  ...finish,
]);

const appliedToTxnMod = element([
  required('TxnID', id),
  optional('PaymentAmount', amount),
  repeated('SetCredit', setCredit),
  ...discount,
]);

const billPaymentCheckMod = element([
  required('TxnID', id),
  required('EditSequence', editSequence),
  optional('TxnDate', date),
  optional('BankAccountRef', accountRef),
  optional('Amount', amount),
  exchangeRate,
  atMostOneOf([required('IsToBePrinted', bool)], [required('RefNumber', checkNumber)]),
  memo,
  repeated('AppliedToTxnMod', appliedToTxnMod),
]);

/** A payment as an answer carries it: the account it is paid from, and what only checks have. */
const paymentRet = <const From extends Fields, const Check extends Fields>(from: From, check: Check) =>
  element([
    optional('TxnID', id),
    optional('TimeCreated', dateTime),
    optional('TimeModified', dateTime),
    optional('EditSequence', editSequence),
    optional('TxnNumber', int()),
    optional('PayeeEntityRef', customerRef),
    optional('APAccountRef', accountRef),
    optional('TxnDate', date),
    ...from,
    optional('Amount', amount),
    optional('CurrencyRef', currencyRef),
    optional('ExchangeRate', float),
    optional('AmountInHomeCurrency', amount),
    optional('RefNumber', checkNumber),
    memo,
    ...check,
    optional('ExternalGUID', guid),
    repeated('AppliedToTxnRet', appliedToTxnRet),
    repeated('DataExtRet', dataExtRet),
  ]);

const checks = {
  BillPaymentCheckRet: paymentRet(
    [optional('BankAccountRef', accountRef)],
    [optional('Address', address), optional('AddressBlock', addressBlock), optional('IsToBePrinted', bool)],
  ),
};
const creditCards = {
  BillPaymentCreditCardRet: paymentRet([optional('CreditCardAccountRef', accountRef)], []),
};

export const billPaymentMessages = {
  BillPaymentCheckQuery: query('BillPaymentCheckQuery', txnQuery([], []), checks, 'iterator'),
  BillPaymentCheckAdd: write(
    'BillPaymentCheckAdd',
    [required('BillPaymentCheckAdd', billPaymentCheckAdd), includeRetElement],
    checks,
  ),
  BillPaymentCheckMod: write(
    'BillPaymentCheckMod',
    [required('BillPaymentCheckMod', billPaymentCheckMod), includeRetElement],
    checks,
  ),
  BillPaymentCreditCardQuery: query('BillPaymentCreditCardQuery', txnQuery([], []), creditCards, 'iterator'),
  BillPaymentCreditCardAdd: write(
    'BillPaymentCreditCardAdd',
    [required('BillPaymentCreditCardAdd', billPaymentCreditCardAdd), includeRetElement],
    creditCards,
  ),
};
