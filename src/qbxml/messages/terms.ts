/**
 * Payment terms: standard ones count days, date-driven ones name a day of the month. A terms query answers both kinds,
 * mixed. Terms cannot be modified through qbXML: what changes is a new entry.
 */
import { element, optional, required } from '../declare.ts';
import { query, write } from '../message.ts';
import { bool, entryName, int, percent, text } from '../scalars.ts';
import { includeRetElement, listIdentity } from './references.ts';
import { listQuery } from './selectors.ts';

const days = [
  optional('IsActive', bool),
  optional('StdDueDays', int()),
  optional('StdDiscountDays', int()),
  optional('DiscountPct', percent),
] as const;

const standardTermsAdd = element([required('Name', entryName(31)), ...days]);
const standardTermsRet = element([...listIdentity, optional('Name', text(31)), ...days]);

const dayOfMonth = int({ min: 1, max: 31 });
const daysOfMonth = [
  optional('DueNextMonthDays', int()),
  optional('DiscountDayOfMonth', dayOfMonth),
  optional('DiscountPct', percent),
] as const;

const dateDrivenTermsAdd = element([
  required('Name', entryName(31)),
  optional('IsActive', bool),
  required('DayOfMonthDue', dayOfMonth),
  ...daysOfMonth,
]);
const dateDrivenTermsRet = element([
  ...listIdentity,
  optional('Name', text(31)),
  optional('IsActive', bool),
  optional('DayOfMonthDue', dayOfMonth),
  ...daysOfMonth,
]);

const standard = { StandardTermsRet: standardTermsRet };
const dateDriven = { DateDrivenTermsRet: dateDrivenTermsRet };

export const termsMessages = {
  TermsQuery: query('TermsQuery', listQuery([]), { ...standard, ...dateDriven }, 'metaData'),
  StandardTermsQuery: query('StandardTermsQuery', listQuery([]), standard, 'metaData'),
  DateDrivenTermsQuery: query('DateDrivenTermsQuery', listQuery([]), dateDriven, 'metaData'),
  StandardTermsAdd: write(
    'StandardTermsAdd',
    [required('StandardTermsAdd', standardTermsAdd), includeRetElement],
    standard,
  ),
  DateDrivenTermsAdd: write(
    'DateDrivenTermsAdd',
    [required('DateDrivenTermsAdd', dateDrivenTermsAdd), includeRetElement],
    dateDriven,
  ),
};
