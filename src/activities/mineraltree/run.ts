/**
 * One run of a cloud activity: the company as it was read at the beginning, its fence, and the way to MineralTree.
 *
 * 1. A run takes the fence before its first write; from then on an older run of the company writes nothing more.
 * 2. Each write to MineralTree goes through `toMineralTree`, which checks the fence before it. No check can be one with the
 *    write, which is on its way for a while whatever we do; so one that began less than `FRESH_MS` ago will do, and a
 *    newer one is begun meanwhile, that many writes need not wait for many checks.
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

/** Reads the company and takes its fence. @throws StoreError, FenceLost */
export async function startRun(context: CloudContext, companyId: string): Promise<Run> {
  const company = await getCompany(context.store.db, companyId);
  const fence = await context.store.takeFence(companyId, company.epoch);
  const checkFence = createFenceCheck(fence);
  return {
    context,
    company,
    companyId,
    fence,
    startedAt: context.clock(),
    payables: () => context.mineralTree.of(companyId),
    async toMineralTree(write) {
      await checkFence();
      return write();
    },
  };
}

const FRESH_MS = 50;
const RENEW_MS = 15;

/** Checks the fence, or relies on a check that is fresh. A check that failed makes every later one fail. */
function createFenceCheck(fence: Fence): () => Promise<void> {
  let checkedAt = Number.NEGATIVE_INFINITY;
  let renewing = false;
  let lost: unknown;
  const check = async (): Promise<void> => {
    const begun = performance.now();
    renewing = true;
    try {
      await fence.check();
      checkedAt = Math.max(checkedAt, begun);
    } catch (error) {
      lost = error;
      throw error;
    } finally {
      renewing = false;
    }
  };
  const noted = (): void => {
    // Kept in `lost`: whoever writes next is told.
  };
  return async () => {
    if (lost !== undefined) throw lost;
    const age = performance.now() - checkedAt;
    if (age > FRESH_MS) return check();
    if (age > RENEW_MS && !renewing) void check().catch(noted);
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
