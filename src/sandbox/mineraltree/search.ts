/**
 * Search: `{view, query, page, count, sortField, sortAsc}` over the lagging index.
 *
 * 1. Pages start at 0 and are cut from a total order: sort field, then ID.
 * 2. A page holds at most `count` and at most the page cap; a shorter page than asked for does not mean the end, an empty
 *    one does.
 * 3. A field that the view does not have is refused, and so is an operator that the field cannot have.
 *
 * Fields of the API guide, the documented ones that this sandbox keeps. Words of vendor_status, dimension_status and the
 * bill_* statuses, and amounts in cents, are unverified against a live MineralTree.
 */
import { balanceOf, STATUS_NUMBERS, stateOf } from './billLedger.ts';
import type { Books } from './books.ts';
import { CREDIT_STATUS_NUMBERS, creditStatusOf, remainingOf } from './creditLedger.ts';
import { ENTITIES, KINDS, type Kind } from './entities.ts';
import type { JsonObject } from './field.ts';
import { type Comparison, parseQuery } from './fiql.ts';
import type { AnyRecord, StoredBill } from './record.ts';
import { invalid, Refusal } from './refusal.ts';
import type { Narrowing } from './searchIndex.ts';

type Value = string | number;
interface SearchField {
  readonly type: 'text' | 'number' | 'time';
  value(record: AnyRecord, books: Books): Value;
}
type SearchFields = Readonly<Record<string, SearchField>>;

const ofText = (value: SearchField['value']): SearchField => ({ type: 'text', value });
const ofRecord = (type: SearchField['type'], value: (bill: StoredBill, books: Books) => Value): SearchField => ({
  type,
  value: (record, books) => (record.kind === 'bill' ? value(record, books) : ''),
});

const externalId = ofText((record) => record.externalId);
const status = ofText((record) =>
  'active' in record.values && record.values.active === false ? 'Inactive' : 'Active',
);
const COMMON: SearchFields = {
  id: ofText(({ id }) => id),
  companyId: ofText(({ companyId }) => companyId),
  modified: { type: 'time', value: ({ modified }) => modified },
  created: { type: 'time', value: ({ created }) => created },
};
const DIMENSION: SearchFields = { dimension_externalId: externalId, dimension_status: status };

/** The searchable fields of each kind that has a view. */
export const SEARCH_FIELDS: Readonly<Partial<Record<Kind, SearchFields>>> = {
  bill: {
    ...COMMON,
    bill_externalId: externalId,
    bill_invoiceNumber: ofRecord('text', ({ values }) => values.invoiceNumber ?? ''),
    billOrCredit_vendorId: ofRecord('text', ({ values }) => values.vendor ?? ''),
    billOrCredit_vendorExternalId: ofRecord(
      'text',
      ({ values }, books) => books.find('vendor', values.vendor ?? '')?.externalId ?? '',
    ),
    billOrCredit_status: ofRecord('number', (bill) => STATUS_NUMBERS[stateOf(bill)]),
    bill_txnDate: ofRecord('time', ({ values }) => values.transactionDate ?? ''),
    bill_dueDate: ofRecord('time', ({ values }) => values.dueDate ?? ''),
    bill_balanceDue: ofRecord('number', balanceOf),
    bill_approvalStatus: ofRecord('text', ({ stage, approved }) =>
      approved ? 'Approved' : stage === 'AwaitingApproval' ? 'Pending' : 'None',
    ),
    bill_syncStatus: ofRecord('text', (bill) =>
      bill.stage !== 'Posted' ? 'NotPosted' : bill.externalId === '' ? 'AwaitingSync' : 'Synced',
    ),
    bill_dataSource: ofRecord('text', ({ createdBy }) => (createdBy === 'api' ? 'ERP' : 'UI')),
  },
  vendor: {
    ...COMMON,
    vendor_externalId: externalId,
    vendor_status: status,
    vendor_availableCredit: {
      type: 'number',
      value: (record, books) =>
        books
          .all(record.companyId, 'credit')
          .reduce((sum, credit) => (credit.values.vendor === record.id ? sum + remainingOf(credit) : sum), 0),
    },
  },
  payment: {
    ...COMMON,
    payment_externalId: externalId,
    payment_status: { type: 'number', value: (record) => (record.kind === 'payment' ? record.status : '') },
    payment_checkNum: {
      type: 'number',
      value: (record) => (record.kind === 'payment' ? (record.values.checkNumber ?? '') : ''),
    },
  },
  credit: {
    ...COMMON,
    credit_externalId: externalId,
    billOrCredit_vendorId: ofText((record) => vendorIdOf(record)),
    billOrCredit_vendorExternalId: ofText(
      (record, books) => books.find('vendor', vendorIdOf(record))?.externalId ?? '',
    ),
    billOrCredit_status: {
      type: 'number',
      value: (record) => (record.kind === 'credit' ? CREDIT_STATUS_NUMBERS[creditStatusOf(record)] : ''),
    },
  },
  classification: { ...COMMON, ...DIMENSION },
  project: { ...COMMON, ...DIMENSION },
  item: { ...COMMON, ...DIMENSION },
  glAccount: { ...COMMON, gl_account_number_externalId: externalId },
  term: { ...COMMON, externalId },
};

const vendorIdOf = (record: AnyRecord): string => ('vendor' in record.values && record.values.vendor) || '';

export interface Found {
  readonly count: number;
  readonly records: readonly AnyRecord[];
}

/** Answers a search body. Throws `Refusal`. */
export function search(books: Books, companyId: string, body: JsonObject): Found {
  const { pageCap, searchCount } = books.knobs();
  const { kind, fields } = viewOf(body.view);
  const query = body.query ?? '';
  if (typeof query !== 'string') throw invalid('query', 'has to be a text');
  const page = wholeNumber(body.page ?? 0, 'page', 0);
  const size = Math.min(wholeNumber(body.count ?? pageCap, 'count', 1), pageCap);
  const sortField = body.sortField ?? 'modified';
  const sorted = typeof sortField === 'string' && Object.hasOwn(fields, sortField) ? fields[sortField] : undefined;
  if (sorted === undefined) throw invalid('sortField', `has to be one of ${Object.keys(fields).join(', ')}`);
  if (body.sortAsc !== undefined && typeof body.sortAsc !== 'boolean')
    throw invalid('sortAsc', 'has to be true or false');

  const comparisons = parseQuery(query);
  const tests = comparisons.map((comparison) => testOf(fields, comparison, books));
  const matching = books
    .candidates(companyId, kind, narrowed(comparisons))
    .filter((record) => tests.every((test) => test(record)));
  if (sortField !== 'modified') {
    const keys = new Map(matching.map((record) => [record, sorted.value(record, books)]));
    matching.sort((a, b) => order(keys.get(a) ?? '', keys.get(b) ?? '') || order(a.id, b.id));
  }
  if (body.sortAsc === false) matching.reverse();
  const records = matching.slice(page * size, (page + 1) * size);
  return { count: searchCount === 'page' ? records.length : matching.length, records };
}

function viewOf(view: unknown): { readonly kind: Kind; readonly fields: SearchFields } {
  const views = KINDS.flatMap((kind) => {
    const declared = ENTITIES[kind];
    const fields = SEARCH_FIELDS[kind];
    return 'view' in declared && fields !== undefined ? [{ kind, view: declared.view, fields }] : [];
  });
  const found = views.find((entry) => entry.view === view);
  if (found === undefined)
    throw new Refusal(400, `view: this sandbox has ${views.map((entry) => entry.view).join(', ')}`);
  return found;
}

/** What the comparisons leave over of the index. More than one on the same field only narrows by the first. */
function narrowed(comparisons: readonly Comparison[]): Narrowing {
  const plain = (values: readonly string[]): boolean => values.every((value) => !value.includes('*'));
  const named = (ends: string) =>
    comparisons.find(
      ({ field, operator, values }) =>
        (field === ends ||
          (ends === 'externalId' &&
            /^(?:bill|vendor|payment|credit|dimension|gl_account_number)_externalId$/.test(field))) &&
        (operator === 'in' || (operator === '==' && plain(values))),
    )?.values;
  const ids = named('id');
  if (ids !== undefined) return { ids };
  const externalIds = named('externalId');
  if (externalIds !== undefined) return { externalIds };
  const bounds = (operators: readonly string[]): string | undefined => {
    const found = comparisons.find(({ field, operator }) => field === 'modified' && operators.includes(operator));
    return found === undefined ? undefined : stamp(found.values[0] ?? '');
  };
  const from = bounds(['>', '>=', '==']);
  const to = bounds(['<', '<=', '==']);
  return { ...(from !== undefined && { modifiedFrom: from }), ...(to !== undefined && { modifiedTo: to }) };
}

function testOf(
  fields: SearchFields,
  { field, operator, values }: Comparison,
  books: Books,
): (r: AnyRecord) => boolean {
  const declared = Object.hasOwn(fields, field) ? fields[field] : undefined;
  if (declared === undefined)
    throw new Refusal(
      400,
      `query: there is no field ${field} in this view; there are ${Object.keys(fields).join(', ')}`,
    );
  const wanted = values.map((value) => literal(declared.type, field, value));
  const first = wanted[0] ?? '';
  const at = (record: AnyRecord): Value => declared.value(record, books);
  switch (operator) {
    case 'in':
    case 'out': {
      const set = new Set(wanted);
      return (record) => set.has(at(record)) === (operator === 'in');
    }
    case '==':
    case '!=': {
      const pattern = declared.type === 'text' && String(first).includes('*') ? wildcard(String(first)) : undefined;
      const holds = (value: Value): boolean => (pattern === undefined ? value === first : pattern.test(String(value)));
      return (record) => holds(at(record)) === (operator === '==');
    }
    // An empty value is neither before nor after anything.
    case '<':
      return (record) => at(record) !== '' && order(at(record), first) < 0;
    case '<=':
      return (record) => at(record) !== '' && order(at(record), first) <= 0;
    case '>':
      return (record) => at(record) !== '' && order(at(record), first) > 0;
    case '>=':
      return (record) => at(record) !== '' && order(at(record), first) >= 0;
  }
}

function literal(type: SearchField['type'], field: string, value: string): Value {
  if (type === 'text' || value === '') return value;
  if (type === 'number') {
    if (!/^-?\d{1,15}$/.test(value))
      throw new Refusal(400, `query: ${field} is compared with an integer, not ${value}`);
    return Number(value);
  }
  return field === 'bill_txnDate' || field === 'bill_dueDate' ? stamp(value).slice(0, 10) : stamp(value);
}

const TIME = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?Z?)?$/;
function stamp(value: string): string {
  const found = TIME.exec(value);
  if (found === null) throw new Refusal(400, `query: ${value} is no time, as 2018-10-05T15:15:08Z or 2018-10-05`);
  return `${found[1]}T${found[2] ?? '00:00:00'}Z`;
}

const wildcard = (value: string): RegExp =>
  new RegExp(
    `^${value
      .split('*')
      .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*')}$`,
    's',
  );

const order = (a: Value, b: Value): number => (a < b ? -1 : a > b ? 1 : 0);

function wholeNumber(value: unknown, at: string, min: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < min)
    throw invalid(at, `has to be an integer from ${min}`);
  return value;
}
