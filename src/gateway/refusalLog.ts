/** Every refusal is told, with who, why and from where, and counted by its reason. */
import type { Logger } from 'pino';
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
}

const METHOD_LENGTH = 200;

export function createRefusalLog(log: Logger): RefusalLog {
  const counts: Partial<Record<RefusalReason, number>> = {};
  return {
    record({ reason, message, detail }, { method, ...refused }) {
      counts[reason] = (counts[reason] ?? 0) + 1;
      log.warn(
        {
          reason,
          ...refused,
          ...(method === undefined ? {} : { method: method.slice(0, METHOD_LENGTH) }),
          ...(detail === undefined ? {} : { detail }),
        },
        `refused: ${message}`,
      );
    },
    counts: () => ({ ...counts }),
  };
}
