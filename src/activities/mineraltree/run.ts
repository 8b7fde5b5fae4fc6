/**
 * One run of a cloud activity: the company as it was read at the beginning, its fence, and the way to MineralTree.
 *
 * 1. A run takes the fence before its first write; from then on an older run of the company writes nothing more.
 * 2. Each write to MineralTree goes through `toMineralTree`, which checks the fence directly before. A write is on its way
 *    for longer than `FRESH_MS` whatever we do, so a check that began so long ago is as good as a new one.
 */
import type { Logger } from 'pino';
import type { Company, Fence, Store } from '../../store/index.ts';
import { getCompany } from '../../store/index.ts';
import type { PayablesConnection, PayablesConnections } from './connection.ts';

export interface CloudContext {
  readonly store: Store;
  readonly mineralTree: PayablesConnections;
  /** Unix milliseconds. */
  readonly clock: () => number;
  /** Waits so many milliseconds: for the lag of MineralTree's index. */
  readonly pause: (ms: number) => Promise<void>;
  readonly log: Logger;
}

export interface Run {
  readonly context: CloudContext;
  readonly company: Company;
  readonly companyId: string;
  readonly fence: Fence;
  /** When the run began, Unix milliseconds: what it stores carries this time. */
  readonly startedAt: number;
  /** The connection to MineralTree, made when first asked for. */
  payables(): Promise<PayablesConnection>;
  /** A write to MineralTree, with the fence checked directly before. */
  toMineralTree<T>(write: () => Promise<T>): Promise<T>;
}

const FRESH_MS = 20;

/** Reads the company and takes its fence. @throws StoreError, FenceLost */
export async function startRun(context: CloudContext, companyId: string): Promise<Run> {
  const company = await getCompany(context.store.db, companyId);
  const fence = await context.store.takeFence(companyId, company.epoch);
  let checkedAt = Number.NEGATIVE_INFINITY;
  return {
    context,
    company,
    companyId,
    fence,
    startedAt: context.clock(),
    payables: () => context.mineralTree.of(companyId),
    async toMineralTree(write) {
      const now = performance.now();
      if (now - checkedAt > FRESH_MS) {
        await fence.check();
        checkedAt = Math.max(checkedAt, now);
      }
      return write();
    },
  };
}

/** How many writes to MineralTree are under way at once. */
const AT_ONCE = 8;

/**
 * Does something for each item, a few at a time, in order of beginning. Ends early, with what is under way finished, when
 * `goOn` says so; items that were not begun have no result.
 */
export async function eachAtOnce<T, R>(
  items: readonly T[],
  work: (item: T) => Promise<R>,
  goOn: () => boolean = () => true,
): Promise<ReadonlyMap<T, R>> {
  const results = new Map<T, R>();
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < items.length && goOn()) {
      const item = items[next];
      next += 1;
      if (item !== undefined) results.set(item, await work(item));
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(AT_ONCE, items.length) }, worker));
  const failed = ended.find((end) => end.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  return results;
}
