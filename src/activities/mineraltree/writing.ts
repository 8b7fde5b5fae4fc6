/**
 * Creating and changing records in MineralTree, eight at a time, so that a lost answer never makes a second record
 * (exactly-once 6.8).
 *
 * 1. Before records are created their intents are in the store. An intent that is found later is settled by waiting out
 *    the lag of the index and searching by externalId.
 * 2. An answer that was lost is settled the same way at once; only what is known to be absent is created again, once.
 * 3. A record that MineralTree refuses is its own problem. When MineralTree itself fails, nothing more is begun.
 *
 * Leaves to others: finding records again (foundRecords.ts).
 */
import { MineralTreeError } from '../../mineraltree/index.ts';
import { dropIntents, journalCreates } from '../../store/index.ts';
import type { Changes, Pushable } from '../../sync/index.ts';
import { type Attempt, attempt, isOutage } from './failure.ts';
import { type Found, type Sought, searchByExternalId } from './foundRecords.ts';
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

/** So many failures of MineralTree itself in a row: nothing more is begun. */
const ENOUGH = 3;

/** A wave of writes that ends early when MineralTree itself fails again and again. */
async function wave<T, D>(
  items: readonly T[],
  write: (item: T) => Promise<Recorded<D>>,
): Promise<ReadonlyMap<T, Attempt<Recorded<D>>>> {
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
  creations: readonly Sought<D>[],
): Promise<WriteResults<D, Sought<D>>> {
  const { companyId, context } = run;
  if (creations.length === 0) return { results: new Map() };
  const keyOf = ({ ledgerId }: Sought<D>) => ({ entity: target.entity, ledgerId });
  await run.fence.write((tx) => journalCreates(tx, companyId, creations.map(keyOf), context.clock()));
  const create = ({ draft }: Sought<D>) => run.toMineralTree(() => target.create(draft));
  const first = await wave(creations, create);

  const results = new Map<Sought<D>, Written<D>>();
  const lost: Sought<D>[] = [];
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
  lost: readonly Sought<D>[],
  results: Map<Sought<D>, Written<D>>,
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
  const absent: Sought<D>[] = [];
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

const unavailable = (message: string): MineralTreeError =>
  new MineralTreeError('unavailable', message, { outcome: 'notSent' });
