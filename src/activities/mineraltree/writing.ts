/**
 * Creating and changing records in MineralTree, eight at a time, so that a lost answer never makes a second record
 * (exactly-once 6.8).
 *
 * 1. Before records are created their intents are in the store. An intent that is found later is settled by waiting out
 *    the lag of the index and searching by externalId.
 * 2. An answer that was lost is settled the same way at once; only what is known to be absent is created again, once.
 * 3. A record that MineralTree refuses is its own problem. When MineralTree itself fails, nothing more is begun.
 */
import { MineralTreeError } from '../../mineraltree/index.ts';
import {
  type CreateIntent,
  dropIntents,
  findReplicas,
  intentsOf,
  journalCreates,
  matchesOf,
} from '../../store/index.ts';
import { type Changes, naturalKeyOf, type Pushable } from '../../sync/index.ts';
import { isOutage } from './failure.ts';
import type { Recorded, Target } from './records.ts';
import { eachAtOnce, type Run } from './run.ts';

export type Written<D> =
  | { readonly kind: 'written'; readonly record: Recorded<D> }
  | { readonly kind: 'refused'; readonly error: MineralTreeError }
  /** Not known, while MineralTree answers otherwise: looked for again later. */
  | { readonly kind: 'lost' };

export interface WriteResults<D, T> {
  readonly results: ReadonlyMap<T, Written<D>>;
  /** MineralTree itself is at fault; what has no result was not done, or is not known to be. */
  readonly outage?: MineralTreeError;
}

/** What creating asks of a target. */
export type Creatable<D> = Pick<Target<D>, 'lags' | 'create' | 'byExternalId'> & { readonly entity: string };

export interface Creation<D> {
  readonly ledgerId: string;
  readonly draft: D;
}

/** So many failures of MineralTree itself in a row: nothing more is begun. */
const ENOUGH = 3;

type Attempt<D> = Recorded<D> | MineralTreeError;

/** Tries something; an error of MineralTree is a value, any other is thrown. */
async function attempt<D>(write: () => Promise<Recorded<D>>): Promise<Attempt<D>> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof MineralTreeError) return error;
    throw error;
  }
}

/** A wave of writes that ends early when MineralTree itself fails again and again. */
async function wave<T, D>(
  items: readonly T[],
  write: (item: T) => Promise<Recorded<D>>,
): Promise<ReadonlyMap<T, Attempt<D>>> {
  let inARow = 0;
  return eachAtOnce(
    items,
    async (item) => {
      const result = await attempt(() => write(item));
      inARow = result instanceof MineralTreeError && isOutage(result) ? inARow + 1 : 0;
      return result;
    },
    () => inARow < ENOUGH,
  );
}

/** Creates records; each has an externalId. */
export async function createAll<D extends Pushable>(
  run: Run,
  target: Creatable<D>,
  creations: readonly Creation<D>[],
): Promise<WriteResults<D, Creation<D>>> {
  const { companyId, context } = run;
  if (creations.length === 0) return { results: new Map() };
  const keyOf = ({ ledgerId }: Creation<D>) => ({ entity: target.entity, ledgerId });
  await run.fence.write((tx) => journalCreates(tx, companyId, creations.map(keyOf), context.clock()));
  const create = ({ draft }: Creation<D>) => run.toMineralTree(() => target.create(draft));
  const first = await wave(creations, create);

  const results = new Map<Creation<D>, Written<D>>();
  const lost: Creation<D>[] = [];
  const untouched = creations.filter((creation) => !first.has(creation));
  let outage: MineralTreeError | undefined;
  for (const [creation, result] of first) {
    if (!(result instanceof MineralTreeError)) results.set(creation, { kind: 'written', record: result });
    else if (result.outcome === 'unknown') lost.push(creation);
    else if (isOutage(result)) {
      untouched.push(creation);
      outage = result;
    } else results.set(creation, { kind: 'refused', error: result });
  }
  await run.fence.write((tx) => dropIntents(tx, companyId, untouched.map(keyOf)));
  if (lost.length > 0) outage = (await settleLost(run, target, lost, results)) ?? outage;
  return outage === undefined && untouched.length === 0
    ? { results }
    : { results, outage: outage ?? unavailable(`${untouched.length} records of kind ${target.entity} were not begun`) };
}

/** Finds out what became of creations whose answers were lost, and creates once more what is not there. */
async function settleLost<D extends Pushable>(
  run: Run,
  target: Creatable<D>,
  lost: readonly Creation<D>[],
  results: Map<Creation<D>, Written<D>>,
): Promise<MineralTreeError | undefined> {
  if (target.lags) await run.context.pause(run.company.rules.indexLagMs);
  let there: Found<D>;
  try {
    there = await searchByExternalId(
      target,
      lost.map(({ ledgerId }) => ledgerId),
    );
  } catch (error) {
    if (error instanceof MineralTreeError) return error;
    throw error;
  }
  const absent: Creation<D>[] = [];
  for (const creation of lost) {
    const found = there.get(creation.ledgerId);
    if (found === undefined) absent.push(creation);
    else if (found === 'unreadable') results.set(creation, { kind: 'lost' });
    else if (found[0] !== undefined) results.set(creation, { kind: 'written', record: found[0] });
  }
  const again = await wave(absent, ({ draft }) => run.toMineralTree(() => target.create(draft)));
  for (const creation of absent) {
    const result = again.get(creation);
    if (
      result === undefined ||
      (result instanceof MineralTreeError && (result.outcome === 'unknown' || isOutage(result)))
    )
      results.set(creation, { kind: 'lost' });
    else if (result instanceof MineralTreeError) results.set(creation, { kind: 'refused', error: result });
    else results.set(creation, { kind: 'written', record: result });
  }
  return undefined;
}

export interface Update<D> {
  readonly mtId: string;
  readonly changes: Changes<D>;
}

/** Changes records. A change may be repeated; one whose answer was lost is read, to tell a bad record from a bad day. */
export async function updateAll<D, T extends Update<D>>(
  run: Run,
  target: Pick<Target<D>, 'update' | 'get'> & { readonly entity: string },
  updates: readonly T[],
): Promise<WriteResults<D, T>> {
  const first = await wave(updates, ({ mtId, changes }) => run.toMineralTree(() => target.update(mtId, changes)));
  const results = new Map<T, Written<D>>();
  let outage: MineralTreeError | undefined;
  for (const [update, result] of first) {
    if (!(result instanceof MineralTreeError)) results.set(update, { kind: 'written', record: result });
    else if (!isOutage(result)) results.set(update, { kind: 'refused', error: result });
    else {
      const read = await attempt(() => target.get(update.mtId));
      if (read instanceof MineralTreeError && isOutage(read)) outage = read;
      else results.set(update, { kind: 'lost' });
    }
  }
  const begun = first.size === updates.length;
  return outage === undefined && begun
    ? { results }
    : { results, outage: outage ?? unavailable(`changes of kind ${target.entity} were not begun`) };
}

/** Records by externalId: those that were found, or that one was found which cannot be read. */
export type Found<D> = ReadonlyMap<string, readonly Recorded<D>[] | 'unreadable'>;

/** What may be a record already, and what the first day found out of it: by the ledger's ID, then by MineralTree's. */
export interface Alike<D> {
  readonly found: Found<D>;
  readonly said: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
}

/** What MineralTree has under externalIds; those it does not know are not among them. */
export async function searchByExternalId<D extends Pushable>(
  target: Pick<Target<D>, 'byExternalId'>,
  externalIds: readonly string[],
): Promise<Found<D>> {
  const found = new Map<string, readonly Recorded<D>[] | 'unreadable'>();
  let unreadable = false;
  for await (const reading of target.byExternalId(externalIds)) {
    if (!('record' in reading)) unreadable = true;
    else if (reading.record.externalId !== undefined) add(found, reading.record.externalId, reading.record);
  }
  if (unreadable && externalIds.length > 1) {
    // Which one could not be read is not known: asked for one by one.
    for (const externalId of externalIds.filter((id) => !found.has(id)))
      for (const [id, records] of await searchByExternalId(target, [externalId])) found.set(id, records);
  } else if (unreadable)
    for (const externalId of externalIds) if (!found.has(externalId)) found.set(externalId, 'unreadable');
  return found;
}

function add<D extends { readonly id?: string }>(
  found: Map<string, readonly Recorded<D>[] | 'unreadable'>,
  externalId: string,
  record: Recorded<D>,
): void {
  const before = found.get(externalId);
  const others = before === undefined || before === 'unreadable' ? [] : before.filter(({ id }) => id !== record.id);
  found.set(externalId, [...others, record]);
}

/**
 * What MineralTree holds that may be one of these records: the same externalId, or the same to a person's eye. During a
 * first load that is answered from what MineralTree held at its beginning, later by `alikeNow`; intents are settled by
 * search whenever.
 */
export async function findAlike<D extends Pushable>(
  run: Run,
  target: Target<D>,
  items: readonly Creation<D>[],
  alikeNow: (
    items: readonly Creation<D>[],
  ) => AsyncIterable<{ readonly record: Recorded<D> } | { readonly reason: string }>,
): Promise<Alike<D>> {
  if (items.length === 0) return { found: new Map(), said: new Map() };
  const { companyId, company, context } = run;
  const ids = items.map(({ ledgerId }) => ledgerId);
  const said = await saidOnFirstDay(run, target, ids);
  const intents = await awaitIndex(run, target.entity, ids, target.lags);
  const firstLoad = company.firstLoadDoneAt === undefined;
  const asked = firstLoad ? [...intents.keys()] : ids;
  const found = new Map(asked.length === 0 ? [] : await searchByExternalId(target, asked));
  for (const [ledgerId, record] of await matchedRecords(target, said)) {
    if (record === 'unreadable') found.set(ledgerId, record);
    else add(found, ledgerId, record);
  }
  const byKey = new Map<string, Recorded<D>[]>();
  const keyOf = (record: D): string => naturalKeyOf(target.entity, record);
  const alike = (record: Recorded<D>): void =>
    void byKey.set(keyOf(record), [...(byKey.get(keyOf(record)) ?? []), record]);
  if (firstLoad) {
    const naturalKeys = items.map(({ draft }) => keyOf(draft));
    const wanted = { externalIds: ids, naturalKeys };
    for (const { record } of await findReplicas(context.store.db, companyId, target.entity, wanted)) {
      // Written by this release's reading of the same entity (payablesReplica.ts).
      const known = record as Recorded<D>;
      if (known.externalId !== undefined && ids.includes(known.externalId)) add(found, known.externalId, known);
      else alike(known);
    }
  } else for await (const reading of alikeNow(items)) if ('record' in reading) alike(reading.record);
  for (const { ledgerId, draft } of items) {
    const known = found.get(ledgerId);
    const others = byKey.get(keyOf(draft)) ?? [];
    if (known !== 'unreadable' && others.length > 0)
      found.set(ledgerId, [...(known ?? []), ...others.filter(({ id }) => !known?.some((one) => one.id === id))]);
  }
  return { found, said };
}

/** Waits until the search shows what was journaled of these records, and returns the intents. */
export async function awaitIndex(
  { companyId, company, context }: Run,
  entity: string,
  ledgerIds: readonly string[],
  lags = true,
): Promise<ReadonlyMap<string, CreateIntent>> {
  const intents = await intentsOf(context.store.db, companyId, entity, ledgerIds);
  if (intents.size > 0 && lags) {
    const newest = Math.max(...[...intents.values()].map(({ begunAt }) => begunAt));
    await context.pause(Math.max(0, newest + company.rules.indexLagMs - context.clock()));
  }
  return intents;
}

async function saidOnFirstDay<D>(
  { context, companyId }: Run,
  { entity }: Target<D>,
  ledgerIds: readonly string[],
): Promise<Alike<D>['said']> {
  const said = new Map<string, Map<string, boolean>>();
  for (const { ledgerId, mtId, same } of await matchesOf(context.store.db, companyId, { entity, ledgerIds })) {
    const ofRecord = said.get(ledgerId) ?? new Map<string, boolean>();
    said.set(ledgerId, ofRecord.set(mtId, same));
  }
  return said;
}

/** The records that the first day matched, read by their IDs: one that was deleted since is not among them. */
async function matchedRecords<D>(
  target: Target<D>,
  said: Alike<D>['said'],
): Promise<readonly (readonly [ledgerId: string, record: Recorded<D> | 'unreadable'])[]> {
  const same = [...said].flatMap(([ledgerId, ofRecord]) =>
    [...ofRecord].flatMap(([mtId, isSame]) => (isSame ? [{ ledgerId, mtId }] : [])),
  );
  const read = await eachAtOnce(same, ({ mtId }) => attempt(() => target.get(mtId)));
  const records: [string, Recorded<D> | 'unreadable'][] = [];
  for (const [{ ledgerId }, record] of read) {
    if (!(record instanceof MineralTreeError)) records.push([ledgerId, record]);
    else if (isOutage(record)) throw record;
    else if (record.code === 'unreadable') records.push([ledgerId, 'unreadable']);
  }
  return records;
}

const unavailable = (message: string): MineralTreeError =>
  new MineralTreeError('unavailable', message, { outcome: 'notSent' });
