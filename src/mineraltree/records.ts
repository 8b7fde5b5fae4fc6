/**
 * The records of one kind in one company: create, read, change and find.
 *
 * 1. Writes are wrapped in the name of the entity, answers are not (API guide).
 * 2. An answer to a write that is not the record written leaves the outcome `unknown`: it may have been carried out.
 * 3. Nothing here looks for what was just written by search, whose index lags: the caller keeps the record returned.
 */
import type { Draft } from '../domain/payables.ts';
import type { Caller } from './calls.ts';
import type { Changes, Entity, Identified, Reading } from './entities/entity.ts';
import { wireId } from './entities/field.ts';
import { MineralTreeError } from './errors.ts';
import { type Fiql, notBefore, oneOf } from './fiql.ts';
import { type SearchOptions, search } from './search.ts';

export interface Records<T extends Identified> {
  /** Creates a record and returns it as MineralTree keeps it. With an externalId that exists, MineralTree updates instead. */
  create(draft: Draft<T>): Promise<T>;
  /** One record by MineralTree's ID. Throws `notFound`, or `unreadable` when a value cannot be carried exactly. */
  get(id: string): Promise<T>;
  /** Changes the fields given, leaves the others; null empties a field. */
  update(id: string, changes: Changes<T>): Promise<T>;
  /** Makes the record as the draft: a field that the draft lacks is emptied. The externalId stays as it is. */
  replace(id: string, draft: Draft<T>): Promise<T>;
}

export interface SearchableRecords<T extends Identified> extends Records<T> {
  /** All records that an expression holds for, oldest change first; the same one twice when it changes meanwhile. */
  search(query: Fiql, options?: SearchOptions): AsyncGenerator<Reading<T>, void, undefined>;
  /** Records changed at or after an instant. The index lags: ask from before the last one seen. */
  modifiedSince(instant: string, options?: SearchOptions): AsyncGenerator<Reading<T>, void, undefined>;
  /** Records by the ledger's IDs, in batches. IDs that MineralTree does not know are simply not among them. */
  byExternalId(externalIds: readonly string[], options?: SearchOptions): AsyncGenerator<Reading<T>, void, undefined>;
}

/** So many IDs are asked for at once; the length of a query is not documented. */
const BATCH = 50;

export function createRecords<T extends Identified>(call: Caller, companyId: string, entity: Entity<T>): Records<T> {
  const path = `/${entity.resource}`;
  const changed = async (id: string, changes: Changes<T>): Promise<T> => {
    const fixed = entity.externalIdIsFixed ? { externalId: '' } : {};
    const body = { [entity.wrapper]: { ...entity.write(changes), id: checkedId(id), ...fixed } };
    const target = entity.updatePath === 'withId' ? `${path}/${id}` : path;
    return written(entity, await call({ method: 'PUT', path: target, body, write: true }), id);
  };
  return {
    create: async (draft) => {
      const body = { [entity.wrapper]: entity.write(draft) };
      return written(entity, await call({ method: 'POST', path: `${path}/${companyId}`, body, write: true }));
    },
    get: async (id) => {
      const answer = entity.read(await call({ method: 'GET', path: `${path}/${checkedId(id)}`, write: false }));
      if ('reason' in answer)
        throw new MineralTreeError('unreadable', `${entity.wrapper} ${id}: ${answer.reason}`, {
          outcome: 'notApplied',
        });
      if (answer.record.id === id) return answer.record;
      throw new MineralTreeError('malformedAnswer', `another ${entity.wrapper} than asked for`, {
        outcome: 'notApplied',
      });
    },
    update: changed,
    replace: (id, { externalId: _kept, ...draft }) => changed(id, { ...entity.blank, ...draft }),
  };
}

export function createSearchableRecords<T extends Identified>(
  call: Caller,
  companyId: string,
  entity: Entity<T>,
): SearchableRecords<T> {
  return {
    ...createRecords(call, companyId, entity),
    search: (query, options) => search(call, companyId, entity, query, options),
    modifiedSince: (instant, options) => search(call, companyId, entity, notBefore('modified', instant), options),
    byExternalId: async function* (externalIds, options) {
      const field = entity.search?.externalIdField ?? 'externalId';
      for (let from = 0; from < externalIds.length; from += BATCH)
        yield* search(call, companyId, entity, oneOf(field, externalIds.slice(from, from + BATCH)), options);
    },
  };
}

/** An ID fit for a path; anything else never came from MineralTree. */
export function checkedId(id: string): string {
  if (wireId.safeParse(id).success) return id;
  throw new MineralTreeError('unwritable', 'not an ID of MineralTree', { outcome: 'notSent' });
}

/** The record in the answer to a write. */
function written<T extends Identified>(entity: Entity<T>, raw: unknown, id?: string): T {
  const answer = entity.read(raw);
  if ('record' in answer && (id === undefined || answer.record.id === id)) return answer.record;
  const reason = 'reason' in answer ? answer.reason : 'another record than the one written';
  throw new MineralTreeError('malformedAnswer', `answer to writing a ${entity.wrapper}: ${reason}`, {
    outcome: 'unknown',
  });
}
