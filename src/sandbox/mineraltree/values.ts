/**
 * The values of a record as a write of the API makes them: read by the declared fields, laid over what is known, complete.
 * Nothing is changed here. Leaves to others: identity (`writes.ts`), and what a write does to balances.
 */
import { randomUUID } from 'node:crypto';
import type { Books } from './books.ts';
import { ENTITIES, type Kind, type ValuesOf } from './entities.ts';
import { changed, type JsonObject, readFields, type Scope, textOf } from './field.ts';
import { type AnyRecord, type Stored, stampOf, type Tables } from './record.ts';
import { invalid } from './refusal.ts';

/** A record that was written, and the others that changed with it. */
export interface Written<K extends Kind> {
  readonly record: Tables[K];
  readonly touched: readonly AnyRecord[];
}

/** What every new record of the API has. */
export type Base = Omit<Stored<Kind>, 'kind' | 'values'>;

export function newBase(books: Books, companyId: string, externalId: string): Base {
  const at = stampOf(books.nowMs());
  return {
    id: randomUUID(),
    companyId,
    externalId,
    created: at,
    modified: at,
    createdBy: 'api',
    history: [{ at, by: 'api', action: 'created', changes: [] }],
  };
}

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

/** The values of a new record. Throws `Refusal`. */
export function newValues<K extends Kind>(kind: K, body: JsonObject, scope: Scope): ValuesOf<K> {
  const { fields, defaults, wrapper } = ENTITIES[kind];
  const values = changed<object>(defaults, readFields<object>(fields, body, wrapper, scope));
  return complete(kind, values as ValuesOf<K>);
}

/** The values after a write. Throws `Refusal`. */
export function changedValues<K extends Kind>(
  record: Stored<K>,
  body: JsonObject,
  scope: Scope,
  upsert = false,
): ValuesOf<K> {
  const values = laidOver(record, body, scope);
  return complete(
    record.kind,
    record.kind === 'paymentMethod' ? (keptAccount(record.values, values, upsert) as ValuesOf<K>) : values,
  );
}

/** The values after a write, whatever is missing. Throws `Refusal`. */
export function laidOver<K extends Kind>(record: Stored<K>, body: JsonObject, scope: Scope): ValuesOf<K> {
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

/** The externalId that a write names; undefined: none, or a blank one. */
export const externalIdOf = (kind: Kind, body: JsonObject): string | undefined => {
  const { externalId } = body;
  return externalId === undefined || externalId === null
    ? undefined
    : textOf(externalId, `${ENTITIES[kind].wrapper}.externalId`);
};
