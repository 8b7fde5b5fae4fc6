/**
 * TermsQuery, StandardTermsQuery, DateDrivenTermsQuery, StandardTermsAdd, DateDrivenTermsAdd.
 *
 * Both kinds share one name space: an Add of a name that either has is refused with 3100. Terms are never modified.
 */
import type { AnyRecord, RecordOf, RequestAttributes } from '../../../qbxml/index.ts';
import { type Answer, answered, onlyElements } from '../answer.ts';
import type { CompanyFile } from '../companyFile.ts';
import { addEntry } from '../lists.ts';
import { answerPage } from '../paging.ts';
import type { Terms } from '../records.ts';
import { type ListSelector, selectEntries } from '../selection.ts';
import { given, type Handler, listIdentity, record } from './context.ts';

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
  return answerAdd(company, terms, body.IncludeRetElement);
};

export const dateDrivenTermsAdd: Handler<'DateDrivenTermsAdd'> = ({ company }, { body }) => {
  const wire = body.DateDrivenTermsAdd;
  const terms = addEntry(company, 'terms', wire.Name, (entry) => ({
    ...entry,
    active: wire.IsActive ?? true,
    kind: 'dateDriven',
    dayOfMonthDue: wire.DayOfMonthDue,
    ...given('dueNextMonthDays', wire.DueNextMonthDays),
    ...given('discountDayOfMonth', wire.DiscountDayOfMonth),
    ...given('discountPercent', wire.DiscountPct),
  }));
  return answerAdd(company, terms, body.IncludeRetElement);
};

const answerAdd = (company: CompanyFile, terms: Terms, wanted: readonly string[] | undefined): Answer =>
  answered(termsRecord(company, terms, wanted), { ListID: terms.id, EditSequence: String(terms.modifiedAt) });
