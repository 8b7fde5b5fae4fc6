/**
 * Who read how many payloads of which company, in the company's audit.
 *
 * 1. The first reading is written before it is answered; those of the minute after it are counted, and written as one line
 *    when the minute is over, or when the server stops. So there is at most one line a minute for each company and person.
 * 2. When a line cannot be written, the reading that waits for it fails.
 */
import type { Logger } from 'pino';
import { addAudit, type Store } from '../store/index.ts';

const APART_MS = 60_000;

export interface DecodeAudit {
  /** @param readOf number of payloads by company */
  note(who: string, readOf: ReadonlyMap<string, number>): Promise<void>;
  /** Writes what was counted and not written yet. */
  stop(): Promise<void>;
}

interface Counting {
  readonly who: string;
  readonly companyId: string;
  readonly timer: NodeJS.Timeout;
  payloads: number;
}

export function createDecodeAudit(options: {
  readonly store: Store;
  readonly log: Logger;
  readonly clock: () => number;
  /** @default one minute */
  readonly apartMs?: number;
}): DecodeAudit {
  const { store, log, clock, apartMs = APART_MS } = options;
  const countings = new Map<string, Counting>();

  const write = (who: string, companyId: string, payloads: number): Promise<void> =>
    addAudit(store.db, companyId, { who, what: 'read payloads', detail: { payloads } }, clock());

  const count = (who: string, companyId: string): Counting => {
    const key = JSON.stringify([who, companyId]);
    const timer = setTimeout(() => {
      countings.delete(key);
      const { payloads } = counting;
      if (payloads === 0) return;
      countings.set(key, count(who, companyId));
      write(who, companyId, payloads).catch((error: unknown) =>
        log.error({ err: error, who, companyId, payloads }, 'a reading of payloads could not be audited'),
      );
    }, apartMs).unref();
    const counting: Counting = { who, companyId, timer, payloads: 0 };
    countings.set(key, counting);
    return counting;
  };

  return {
    async note(who, readOf) {
      for (const [companyId, payloads] of readOf) {
        const counting = countings.get(JSON.stringify([who, companyId]));
        if (counting === undefined) {
          const { timer } = count(who, companyId);
          try {
            await write(who, companyId, payloads);
          } catch (error) {
            clearTimeout(timer);
            countings.delete(JSON.stringify([who, companyId]));
            throw error;
          }
        } else counting.payloads += payloads;
      }
    },
    async stop() {
      const open = [...countings.values()];
      countings.clear();
      for (const { timer } of open) clearTimeout(timer);
      for (const { who, companyId, payloads } of open) if (payloads > 0) await write(who, companyId, payloads);
    },
  };
}
