/** AccountQuery, ClassQuery, CustomerQuery, and the queries of terms with StandardTermsAdd. */
import type { AnyRecord, RecordOf, RequestAttributes } from '../../../qbxml/index.ts';
import { type Answer, answered, onlyElements } from '../answer.ts';
import type { CompanyFile } from '../companyFile.ts';
import { shownBalance } from '../journal.ts';
import { addEntry } from '../lists.ts';
import { answerPage } from '../paging.ts';
import type { Account, Terms } from '../records.ts';
import { type ListSelector, selectEntries } from '../selection.ts';
import { given, type Handler, levels, listIdentity, record } from './context.ts';

/** A balance with those of the accounts below. */
function totalBalance(company: CompanyFile, account: Account): number {
  let total = shownBalance(account, company.balances);
  for (const below of company.tables.account.all())
    if (below.parentId === account.id) total += totalBalance(company, below);
  return total;
}

function accountRet(company: CompanyFile, account: Account): RecordOf<'AccountRet'> {
  return {
    ...listIdentity(company, account),
    ...levels(company, 'account', account),
    AccountType: account.type,
    ...given('AccountNumber', account.number),
    ...given('Desc', account.description),
    ...(account.type === 'NonPosting'
      ? {}
      : { Balance: shownBalance(account, company.balances), TotalBalance: totalBalance(company, account) }),
  };
}

export const accountQuery: Handler<'AccountQuery'> = ({ company, iterators }, { body, ...attributes }) => {
  const types: readonly string[] | undefined = body.AccountType;
  return answerPage({
    query: 'AccountQuery',
    attributes,
    maxReturned: body.MaxReturned,
    iterators,
    select: () => selectEntries(company, 'account', body, ({ type }) => types === undefined || types.includes(type)),
    get: (id) => company.tables.account.get(id),
    write: (account) => record('AccountRet', onlyElements(accountRet(company, account), body.IncludeRetElement)),
  });
};

export const classQuery: Handler<'ClassQuery'> = ({ company, iterators }, { body, ...attributes }) =>
  answerPage({
    query: 'ClassQuery',
    attributes,
    maxReturned: body.MaxReturned,
    iterators,
    select: () => selectEntries(company, 'class', body),
    get: (id) => company.tables.class.get(id),
    write: (entry) => {
      const value = { ...listIdentity(company, entry), ...levels(company, 'class', entry) };
      return record('ClassRet', onlyElements(value, body.IncludeRetElement));
    },
  });

export const customerQuery: Handler<'CustomerQuery'> = ({ company, iterators }, { body, ...attributes }) =>
  answerPage({
    query: 'CustomerQuery',
    attributes,
    maxReturned: body.MaxReturned,
    iterators,
    select: () => selectEntries(company, 'customer', body),
    get: (id) => company.tables.customer.get(id),
    write: (entry) => {
      // Nothing is sold in the sandbox, so nobody owes anything.
      const value: RecordOf<'CustomerRet'> = {
        ...listIdentity(company, entry),
        ...levels(company, 'customer', entry),
        Balance: 0,
        TotalBalance: 0,
        JobStatus: 'None',
      };
      return record('CustomerRet', onlyElements(value, body.IncludeRetElement));
    },
  });

function termsRecord(company: CompanyFile, terms: Terms, wanted: readonly string[] | undefined): AnyRecord {
  const start = { ...listIdentity(company, terms), Name: terms.name, IsActive: terms.active };
  if (terms.kind === 'standard') {
    const value: RecordOf<'StandardTermsRet'> = {
      ...start,
      StdDueDays: terms.dueDays ?? 0,
      StdDiscountDays: terms.discountDays ?? 0,
      DiscountPct: terms.discountPercent ?? { units: 0, scale: 0 },
    };
    return record('StandardTermsRet', onlyElements(value, wanted));
  }
  const value: RecordOf<'DateDrivenTermsRet'> = {
    ...start,
    ...given('DayOfMonthDue', terms.dayOfMonthDue),
    DueNextMonthDays: terms.dueNextMonthDays ?? 0,
    ...given('DiscountDayOfMonth', terms.discountDayOfMonth),
    ...given('DiscountPct', terms.discountPercent),
  };
  return record('DateDrivenTermsRet', onlyElements(value, wanted));
}

interface TermsBody extends ListSelector {
  readonly MaxReturned?: number;
  readonly IncludeRetElement?: readonly string[];
}

/** Terms of one kind, or of both: then the standard ones come first. */
function answerTerms(
  company: CompanyFile,
  query: string,
  body: TermsBody,
  attributes: RequestAttributes,
  kind?: Terms['kind'],
): Answer {
  return answerPage({
    query,
    attributes,
    maxReturned: body.MaxReturned,
    iterators: new Map(),
    select: () => {
      const { found, missing } = selectEntries(
        company,
        'terms',
        body,
        (terms) => kind === undefined || terms.kind === kind,
      );
      const ofKind = (wanted: Terms['kind']): Terms[] => found.filter((terms) => terms.kind === wanted);
      return { found: [...ofKind('standard'), ...ofKind('dateDriven')], missing };
    },
    get: (id) => company.tables.terms.get(id),
    write: (terms) => termsRecord(company, terms, body.IncludeRetElement),
  });
}

export const termsQuery: Handler<'TermsQuery'> = ({ company }, { body, ...attributes }) =>
  answerTerms(company, 'TermsQuery', body, attributes);
export const standardTermsQuery: Handler<'StandardTermsQuery'> = ({ company }, { body, ...attributes }) =>
  answerTerms(company, 'StandardTermsQuery', body, attributes, 'standard');
export const dateDrivenTermsQuery: Handler<'DateDrivenTermsQuery'> = ({ company }, { body, ...attributes }) =>
  answerTerms(company, 'DateDrivenTermsQuery', body, attributes, 'dateDriven');

export const standardTermsAdd: Handler<'StandardTermsAdd'> = ({ company }, { body }) => {
  const wire = body.StandardTermsAdd;
  const terms = addEntry(company, 'terms', wire.Name, (entry) => ({
    ...entry,
    active: wire.IsActive ?? true,
    kind: 'standard',
    ...given('dueDays', wire.StdDueDays),
    ...given('discountDays', wire.StdDiscountDays),
    ...given('discountPercent', wire.DiscountPct),
  }));
  return answered(termsRecord(company, terms, body.IncludeRetElement), {
    ListID: terms.id,
    EditSequence: String(terms.modifiedAt),
  });
};
