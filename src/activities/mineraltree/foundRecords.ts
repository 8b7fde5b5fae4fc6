/**
 * Records of MineralTree found again, so that none is made a second time: by their externalIds, by what a person would take
 * for the same, and by what the first day found out.
 *
 * 1. The search lags: what was journaled before it was sent is looked for once the index shows it.
 * 2. A record that cannot be read is found all the same.
 */
import { MineralTreeError } from '../../mineraltree/index.ts';
import { type CreateIntent, findReplicas, intentsOf, matchesOf } from '../../store/index.ts';
import { naturalKeyOf, type Pushable } from '../../sync/index.ts';
import { attempt, isOutage } from './failure.ts';
import type { Recorded, Target } from './records.ts';
import { eachAtOnce, type Run } from './run.ts';

/** A record of the ledger, with what it is to be in MineralTree. */
export interface Sought<D> {
  readonly ledgerId: string;
  readonly draft: D;
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
  items: readonly Sought<D>[],
  alikeNow: (
    items: readonly Sought<D>[],
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
