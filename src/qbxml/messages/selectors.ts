/**
 * How queries choose records: by ID, by name or number, or by a filter; exactly one of these ways.
 *
 * QuickBooks' default for lists is active entries only. A RefNumber search cannot be combined with a filter by vendor;
 * a filter by number can. The filters by date of change and by date of transaction exclude each other.
 */
import { atMostOneOf, element, type Fields, oneOf, optional, required, several } from '../declare.ts';
import { amount, bool, date, dateTime, id, int, oneOfValues, text } from '../scalars.ts';
import { includeRetElement, ownerID } from './references.ts';

const matchCriterion = oneOfValues('StartsWith', 'Contains', 'EndsWith');
const maxReturned = optional('MaxReturned', int({ min: 1 }));

const currencyFilter = element([oneOf([several('ListID', id)], [several('FullName', text(64))])]);
const withChildren = element([
  oneOf(
    [several('ListID', id)],
    [several('FullName', text())],
    [required('ListIDWithChildren', id)],
    [required('FullNameWithChildren', text())],
  ),
]);

const listFilter = [
  maxReturned,
  optional('ActiveStatus', oneOfValues('ActiveOnly', 'InactiveOnly', 'All')),
  optional('FromModifiedDate', dateTime),
  optional('ToModifiedDate', dateTime),
  atMostOneOf(
    [required('NameFilter', element([required('MatchCriterion', matchCriterion), required('Name', text())]))],
    [required('NameRangeFilter', element([optional('FromName', text()), optional('ToName', text())]))],
  ),
] as const;

/** Balance, currency and class, by which vendors and customers can be chosen as well. */
export const entityFilter = [
  optional(
    'TotalBalanceFilter',
    element([
      required('Operator', oneOfValues('LessThan', 'LessThanEqual', 'Equal', 'GreaterThan', 'GreaterThanEqual')),
      required('Amount', amount),
    ]),
  ),
  optional('CurrencyFilter', currencyFilter),
  optional('ClassFilter', withChildren),
] as const;

export const currencyOnly = [optional('CurrencyFilter', currencyFilter)] as const;

/** A query of a list, with the filters that this list has beside the usual ones. */
export const listQuery = <const More extends Fields = readonly []>(more: More) =>
  [
    atMostOneOf([several('ListID', id)], [several('FullName', text())], [...listFilter, ...more]),
    includeRetElement,
  ] as const;

/** The same, for lists whose entries carry private fields. */
export const listQueryWithOwner = <const More extends Fields = readonly []>(more: More) =>
  [...listQuery(more), ownerID] as const;

const dateMacros = [
  'All',
  'Today',
  'ThisWeek',
  'ThisWeekToDate',
  'ThisMonth',
  'ThisMonthToDate',
  'ThisCalendarQuarter',
  'ThisCalendarQuarterToDate',
  'ThisFiscalQuarter',
  'ThisFiscalQuarterToDate',
  'ThisCalendarYear',
  'ThisCalendarYearToDate',
  'ThisFiscalYear',
  'ThisFiscalYearToDate',
  'Yesterday',
  'LastWeek',
  'LastWeekToDate',
  'LastMonth',
  'LastMonthToDate',
  'LastCalendarQuarter',
  'LastCalendarQuarterToDate',
  'LastFiscalQuarter',
  'LastFiscalQuarterToDate',
  'LastCalendarYear',
  'LastCalendarYearToDate',
  'LastFiscalYear',
  'LastFiscalYearToDate',
  'NextWeek',
  'NextFourWeeks',
  'NextMonth',
  'NextCalendarQuarter',
  'NextCalendarYear',
  'NextFiscalQuarter',
  'NextFiscalYear',
] as const;

const modifiedDates = element([optional('FromModifiedDate', dateTime), optional('ToModifiedDate', dateTime)]);
const txnDates = element([
  oneOf(
    [optional('FromTxnDate', date), optional('ToTxnDate', date)],
    [required('DateMacro', oneOfValues(...dateMacros))],
  ),
]);

const unnumberedFilter = [
  maxReturned,
  atMostOneOf([required('ModifiedDateRangeFilter', modifiedDates)], [required('TxnDateRangeFilter', txnDates)]),
  optional('EntityFilter', withChildren),
  optional('AccountFilter', withChildren),
] as const;

const txnFilter = [
  ...unnumberedFilter,
  atMostOneOf(
    [required('RefNumberFilter', element([required('MatchCriterion', matchCriterion), required('RefNumber', text())]))],
    [required('RefNumberRangeFilter', element([optional('FromRefNumber', text()), optional('ToRefNumber', text())]))],
  ),
  ...currencyOnly,
] as const;

/** A query of transactions: the filters and switches that this kind has beside the usual ones. */
export const txnQuery = <const More extends Fields, const Switches extends Fields>(more: More, switches: Switches) =>
  [
    atMostOneOf(
      [several('TxnID', id)],
      [several('RefNumber', text())],
      [several('RefNumberCaseSensitive', text())],
      [...txnFilter, ...more],
    ),
    optional('IncludeLineItems', bool),
    ...switches,
    includeRetElement,
    ownerID,
  ] as const;

/** A query of transactions that have no number of their own: deposits. */
export const unnumberedTxnQuery = [
  atMostOneOf([several('TxnID', id)], [...unnumberedFilter, ...currencyOnly]),
  optional('IncludeLineItems', bool),
  includeRetElement,
  ownerID,
] as const;

export const linkedTxns = [optional('IncludeLinkedTxns', bool)] as const;
export const paidStatus = [optional('PaidStatus', oneOfValues('All', 'PaidOnly', 'NotPaidOnly'))] as const;

/** Deletions by the time at which they were made. */
export const deletedDates = optional(
  'DeletedDateRangeFilter',
  element([optional('FromDeletedDate', dateTime), optional('ToDeletedDate', dateTime)]),
);
