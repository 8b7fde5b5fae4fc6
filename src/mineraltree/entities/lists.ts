/**
 * The lists of a company that bills refer to: accounts, classes, projects, items, terms, and the periods of the books.
 *
 * MineralTree keeps the externalId of each for good (API guide): it is set by the POST that creates the record, which
 * public clients use as "create or update by externalId".
 */
import type { AccountingPeriod, Classification, CompanyItem, GlAccount, Project, Term } from '../../domain/payables.ts';
import { entity } from './entity.ts';
import { choice, date, dayCount, flag, optionalDayCount, percent, requiredText, text, unitCost } from './field.ts';

/** What all of these have. `active` is taken for true where an answer leaves it out. */
const named = { externalId: text('externalId'), name: requiredText('name'), active: flag('active', true) };
const list = { updatePath: 'withoutId', externalIdIsFixed: true } as const;

export const glAccounts = entity<GlAccount>({
  ...list,
  resource: 'glaccount',
  wrapper: 'glAccount',
  search: { view: 'GLACCOUNT', externalIdField: 'gl_account_number_externalId' },
  fields: {
    ...named,
    ledgerType: choice('ledgerType', ['AP_ACCOUNT', 'EXPENSE_ACCOUNT', 'ACCOUNT']),
    accountNumber: text('accountNumber'),
  },
});

export const classifications = entity<Classification>({
  ...list,
  resource: 'classification',
  wrapper: 'classification',
  search: { view: 'CLASS', externalIdField: 'dimension_externalId' },
  fields: named,
});

export const projects = entity<Project>({
  ...list,
  resource: 'project',
  wrapper: 'project',
  search: { view: 'PROJECT', externalIdField: 'dimension_externalId' },
  fields: named,
});

export const items = entity<CompanyItem>({
  ...list,
  resource: 'item',
  wrapper: 'item',
  search: { view: 'ITEM', externalIdField: 'dimension_externalId' },
  fields: { ...named, type: requiredText('type'), cost: unitCost('cost') },
});

export const terms = entity<Term>({
  ...list,
  resource: 'term',
  wrapper: 'term',
  search: { view: 'TERMS', externalIdField: 'externalId' },
  fields: {
    ...named,
    dueDays: dayCount('dueDays'),
    discountDays: optionalDayCount('discountDays'),
    discountPercent: percent('discountPercent'),
  },
});

/** The search has no view of periods: they are found by ID, or by a POST with their externalId. */
export const accountingPeriods = entity<AccountingPeriod>({
  ...list,
  resource: 'accountingperiod',
  wrapper: 'accountingPeriod',
  fields: {
    externalId: text('externalId'),
    name: requiredText('name'),
    started: date('started'),
    ended: date('ended'),
    closed: flag('closed', false),
  },
});
