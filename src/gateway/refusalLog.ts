/**
 * Every refusal is told, with who, why and from where, and counted by its reason. Whoever is refused over and over is told
 * of less often, with how many there were in between: a log that one can fill hides others.
 */
import type { Logger } from 'pino';
import { createRateLimiter } from './rate.ts';
import type { Refusal, RefusalReason } from './refusal.ts';

/** Who was refused, as far as that is known. */
export interface Refused {
  readonly address: string;
  /** The path of the call. */
  readonly method?: string;
  readonly installationId?: string;
  readonly name?: string;
}

export interface RefusalLog {
  record(refusal: Refusal, refused: Refused): void;
  /** How many since the gateway began; a reason that never came up is left out. */
  counts(): Readonly<Partial<Record<RefusalReason, number>>>;
  sweep(): void;
}

const METHOD_LENGTH = 200;
/** Lines for each address or installation. */
const LINES = { perSecond: 2, burst: 500 };

export function createRefusalLog(log: Logger, now: () => number): RefusalLog {
  const counts: Partial<Record<RefusalReason, number>> = {};
  const lines = createRateLimiter(LINES, now);
  const untold = new Map<string, number>();
  return {
    record({ reason, message, detail }, { method, ...refused }) {
      counts[reason] = (counts[reason] ?? 0) + 1;
      const who = refused.installationId ?? refused.address;
      const before = untold.get(who) ?? 0;
      if (!lines.take(who)) {
        untold.set(who, before + 1);
        return;
      }
      untold.delete(who);
      log.warn(
        {
          reason,
          ...refused,
          ...(method === undefined ? {} : { method: method.slice(0, METHOD_LENGTH) }),
          ...(detail === undefined ? {} : { detail }),
          ...(before === 0 ? {} : { untold: before }),
        },
        `refused: ${message}`,
      );
    },
    counts: () => ({ ...counts }),
    sweep: () => lines.sweep(),
  };
}
