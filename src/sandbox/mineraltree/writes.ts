/**
 * Creating and updating a record through the API.
 *
 * 1. A POST with an externalId that the company knows is an update of that record (knob `upsertByExternalId`).
 * 2. An externalId is never emptied and never changed: blank is ignored, another one refused (knob
 *    `refuseChangedExternalId`), filling an empty one allowed, unless another record of the kind has it.
 * 3. Everything is checked before anything is changed; every accepted write moves `modified`.
 *
 * Sources: API guide, identity rules; refusals are unverified against a live MineralTree.
 */
import { randomUUID } from 'node:crypto';
import { posted, restated } from './billLedger.ts';
import type { Books } from './books.ts';
import { billStandingFields, ENTITIES, type Kind, type ListKind, type ValuesOf } from './entities.ts';
import { changed, type JsonObject, objectOf, readFields, type Scope, textOf } from './field.ts';
import { differences, nextStamp, recorded, type Stored, type StoredBill, stampOf, type Tables } from './record.ts';
import { invalid, Refusal } from './refusal.ts';

export function scopeOf(books: Books, companyId: string, currency = 'USD'): Scope {
  return {
    currency,
    dates: books.knobs().dateForm === 'date' ? 'date' : 'timestamp',
    lookup(kind, id) {
      const record = Object.hasOwn(ENTITIES, kind) ? books.find(kind as Kind, id) : undefined;
      return record?.companyId === companyId ? record : undefined;
    },
  };
}

/** POST: the record as it is afterwards. Throws `Refusal`. */
export function createRecord(books: Books, kind: Kind, companyId: string, body: JsonObject): Tables[Kind] {
  const externalId = externalIdOf(kind, body);
  if (externalId !== undefined && books.knobs().upsertByExternalId) {
    const known = books.byExternalId(companyId, kind, externalId);
    if (known !== undefined) return updateRecord(books, known, body, { upsert: true });
  }
  const at = stampOf(books.nowMs());
  const base = {
    id: randomUUID(),
    companyId,
    externalId: externalId ?? '',
    created: at,
    modified: at,
    createdBy: 'api',
    history: [{ at, by: 'api', action: 'created', changes: [] }],
  } as const;
  const scope = scopeOf(books, companyId);
  const record: Tables[Kind] =
    kind === 'bill'
      ? newBill(base, body, scope)
      : ({ ...base, kind, values: newValues(kind, body, scope) } as Tables[ListKind]);
  books.put(record);
  return record;
}

/** PUT: the record as it is afterwards. Throws `Refusal`. */
export function updateRecord(
  books: Books,
  record: Tables[Kind],
  body: JsonObject,
  { upsert = false }: { readonly upsert?: boolean } = {},
): Tables[Kind] {
  const { kind } = record;
  const externalId = nextExternalId(books, record, body);
  const modified = nextStamp(books.nowMs(), record.modified);
  const next: Tables[Kind] =
    kind === 'bill'
      ? changedBill(record, body, scopeOf(books, record.companyId, record.currency), modified)
      : ({
          ...record,
          values: changedValues(record, body, scopeOf(books, record.companyId), upsert),
        } as Tables[ListKind]);
  const acknowledged = externalId !== record.externalId;
  const written = {
    ...next,
    externalId,
    modified,
    history: recorded(record.history, {
      at: modified,
      by: 'api',
      action: kind === 'bill' && acknowledged ? 'acknowledged' : 'written',
      changes: [
        ...(acknowledged ? [{ field: 'externalId', from: record.externalId, to: externalId }] : []),
        ...differences(record.values, next.values),
      ],
    }),
  };
  books.put(written);
  return written;
}

function newValues<K extends Kind>(kind: K, body: JsonObject, scope: Scope): ValuesOf<K> {
  const { fields, defaults, wrapper } = ENTITIES[kind];
  const values = changed<object>(defaults, readFields<object>(fields, body, wrapper, scope));
  return complete(kind, values as ValuesOf<K>);
}

function changedValues<K extends Kind>(
  record: Stored<K>,
  body: JsonObject,
  scope: Scope,
  upsert: boolean,
): ValuesOf<K> {
  const values = laidOver(record, body, scope);
  return complete(
    record.kind,
    record.kind === 'paymentMethod' ? (keptAccount(record.values, values, upsert) as ValuesOf<K>) : values,
  );
}

function laidOver<K extends Kind>(record: Stored<K>, body: JsonObject, scope: Scope): ValuesOf<K> {
  const { fields, wrapper } = ENTITIES[record.kind];
  return changed<object>(record.values, readFields<object>(fields, body, wrapper, scope)) as ValuesOf<K>;
}

/** Throws when a required field is empty, or when a period ends before it starts. */
function complete<K extends Kind>(kind: K, values: ValuesOf<K>): ValuesOf<K> {
  const { required, wrapper } = ENTITIES[kind];
  const given = values as Readonly<Record<string, unknown>>;
  for (const name of required) if (given[name] === undefined) throw invalid(`${wrapper}.${name}`, 'is missing');
  if (typeof given.started === 'string' && typeof given.ended === 'string' && given.started > given.ended)
    throw invalid(`${wrapper}.ended`, 'lies before started');
  return values;
}

/** A bank account is merged member by member; its number, once known, must be left out. */
function keptAccount(
  before: ValuesOf<'paymentMethod'>,
  after: ValuesOf<'paymentMethod'>,
  upsert: boolean,
): ValuesOf<'paymentMethod'> {
  const [known, written] = [before.bankAccount, after.bankAccount];
  if (known === undefined || written === undefined || written === known) return after;
  const number = written.accountNumber;
  if (known.accountNumber !== undefined && number !== undefined && !(upsert && number === known.accountNumber))
    throw invalid('paymentMethod.bankAccount.accountNumber', 'is known already and has to be left out');
  return { ...after, bankAccount: { ...known, ...written } };
}

function newBill(base: Omit<Stored<'bill'>, 'kind' | 'values'>, body: JsonObject, scope: Scope): StoredBill {
  const values = numbered(newValues('bill', body, scope));
  const amount = values.amount ?? 0;
  const bill: StoredBill = {
    ...base,
    kind: 'bill',
    values,
    currency: scope.currency,
    stage: 'Posted',
    approved: true,
    ...posted(amount, base.modified, base.createdBy),
  };
  return { ...bill, ...restated(bill, { amount, ...standing(body, scope) }, base.modified, 'api') };
}

/** What is not posted may lack anything, has no balance or state to write, and cannot be in the ledger. */
function changedBill(bill: StoredBill, body: JsonObject, scope: Scope, at: string): StoredBill {
  if (bill.stage !== 'Posted') {
    if (externalIdOf('bill', body) !== undefined)
      throw invalid('bill.externalId', 'the invoice is not posted, so the ledger cannot have it');
    return { ...bill, values: withUnwritten(bill.values, numbered(laidOver(bill, body, scope))) };
  }
  const values = withUnwritten(bill.values, numbered(changedValues(bill, body, scope, false)));
  const { closing: _, ...rest } = bill;
  return { ...rest, values, ...restated(bill, { amount: values.amount ?? 0, ...standing(body, scope) }, at, 'api') };
}

function standing(body: JsonObject, scope: Scope) {
  const { balance, state } = readFields(billStandingFields, body, 'bill', scope);
  return { balance: balance ?? undefined, state: state ?? undefined };
}

/** Gives lines without a number their place: expenses from 0, items after them. */
function numbered(values: ValuesOf<'bill'>): ValuesOf<'bill'> {
  const { expenses, items } = values;
  return {
    ...values,
    ...(expenses && { expenses: expenses.map((line, index) => ({ ...line, lineNumber: line.lineNumber ?? index })) }),
    ...(items && {
      items: items.map((line, index) => ({ ...line, lineNumber: line.lineNumber ?? (expenses?.length ?? 0) + index })),
    }),
  };
}

/** Lines are written as a whole, but what the API cannot write stays with the line of that number. */
function withUnwritten(before: ValuesOf<'bill'>, after: ValuesOf<'bill'>): ValuesOf<'bill'> {
  const merged = <L extends { readonly lineNumber?: number; readonly project?: string; readonly billable?: boolean }>(
    old: readonly L[] = [],
    lines: readonly L[],
  ): readonly L[] =>
    lines.map((line) => {
      const { project, billable } = old.find(({ lineNumber }) => lineNumber === line.lineNumber) ?? {};
      return { ...line, ...(project !== undefined && { project }), ...(billable !== undefined && { billable }) };
    });
  return {
    ...after,
    ...(after.expenses && { expenses: merged(before.expenses, after.expenses) }),
    ...(after.items && { items: merged(before.items, after.items) }),
  };
}

const externalIdOf = (kind: Kind, body: JsonObject): string | undefined => {
  const { externalId } = body;
  return externalId === undefined || externalId === null
    ? undefined
    : textOf(externalId, `${ENTITIES[kind].wrapper}.externalId`);
};

function nextExternalId(books: Books, record: Tables[Kind], body: JsonObject): string {
  const { kind, externalId: known } = record;
  const written = externalIdOf(kind, body);
  if (written === undefined || written === known) return known;
  const { refuseChangedExternalId, fillListExternalId } = books.knobs();
  const fills = known === '' && (ENTITIES[kind].identity === 'document' || fillListExternalId);
  const at = `${ENTITIES[kind].wrapper}.externalId`;
  if (!fills) {
    if (refuseChangedExternalId) throw invalid(at, `cannot be updated (it is ${JSON.stringify(known)})`);
    return known;
  }
  const other = books.byExternalId(record.companyId, kind, written);
  if (other !== undefined) throw invalid(at, `${written} belongs to ${other.id} already`);
  return written;
}

/** What is inside the wrapper: `{"vendor": {...}}`. Throws `Refusal`. */
export function unwrapped(kind: Kind, text: string): JsonObject {
  const { wrapper } = ENTITIES[kind];
  const body = objectOf(parsed(text), 'body');
  if (body[wrapper] === undefined) throw new Refusal(400, `body: has to be {"${wrapper}": {...}}`);
  return objectOf(body[wrapper], wrapper);
}

/** The JSON of a body. Throws `Refusal`. */
export function parsed(text: string): JsonObject {
  try {
    return objectOf(JSON.parse(text), 'body');
  } catch (error) {
    if (error instanceof SyntaxError) throw new Refusal(400, `body: not JSON (${error.message})`);
    throw error;
  }
}
