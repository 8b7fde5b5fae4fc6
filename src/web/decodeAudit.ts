/**
 * Who read how many payloads of which company, in the company's audit.
 *
 * 1. The first reading is written before it is answered; those of the minute after it are counted, and written as one line
 *    when the minute is over, or when the server stops. So there is at most one line a minute for each company and person.
 * 2. When the first line of a minute cannot be written, every reading that counts on it fails.
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

interface Minute {
  readonly who: string;
  readonly companyId: string;
  /** The line that it began with. */
  readonly begun: Promise<void>;
  readonly over: NodeJS.Timeout;
  /** Read since it began. */
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
  const minutes = new Map<string, Minute>();

  const begin = (who: string, companyId: string, payloads: number): Promise<void> => {
    const key = keyOf(who, companyId);
    const begun = addAudit(store.db, companyId, { who, what: 'read payloads', detail: { payloads } }, clock());
    const over = setTimeout(() => {
      minutes.delete(key);
      // That it failed, if it did, is in the log by then.
      if (minute.payloads > 0) begin(who, companyId, minute.payloads).then(undefined, () => {});
    }, apartMs);
    const minute: Minute = { who, companyId, begun, over: over.unref(), payloads: 0 };
    minutes.set(key, minute);
    return begun.catch((error: unknown) => {
      clearTimeout(over);
      if (minutes.get(key) === minute) minutes.delete(key);
      log.error({ err: error, who, companyId, payloads }, 'a reading of payloads could not be audited');
      throw error;
    });
  };

  return {
    async note(who, readOf) {
      for (const [companyId, payloads] of readOf) {
        const minute = minutes.get(keyOf(who, companyId));
        if (minute === undefined) await begin(who, companyId, payloads);
        else {
          minute.payloads += payloads;
          await minute.begun;
        }
      }
    },
    async stop() {
      const open = [...minutes.values()];
      minutes.clear();
      for (const { over } of open) clearTimeout(over);
      for (const { who, companyId, payloads } of open)
        if (payloads > 0)
          await addAudit(store.db, companyId, { who, what: 'read payloads', detail: { payloads } }, clock());
    },
  };
}

const keyOf = (who: string, companyId: string): string => JSON.stringify([who, companyId]);
