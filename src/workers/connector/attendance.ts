/**
 * Presence: this connector tells the gateway that it is there, and hears whether it may go on.
 *
 * 1. Presence goes out every `presenceMs` and when something in it changes. Between two of them it is asked every `checkMs`
 *    whether the credential is still good, which writes nothing into the store: a worker whose credential is
 *    refused repeats its polls in silence.
 * 2. A gateway that is away is told once, and once when it is back; it is tried again every `retryMs` all the while.
 * 3. A refusal ends it; nothing else does.
 */
import type { Logger } from 'pino';
import type { PresenceAnswer, PresenceRequest } from '../../contract/index.ts';
import { GatewayError, type ServiceClient } from '../connection/index.ts';
import { untilAborted } from './waiting.ts';

export interface AttendanceTimes {
  readonly presenceMs: number;
  readonly checkMs: number;
  readonly retryMs: number;
}

export const ATTENDANCE_TIMES: AttendanceTimes = { presenceMs: 30_000, checkMs: 10_000, retryMs: 3_000 };

export interface AttendanceOptions {
  readonly service: Pick<ServiceClient, 'Presence' | 'check'>;
  /** What is told now. */
  readonly presence: () => PresenceRequest;
  readonly answered: (answer: PresenceAnswer) => Promise<void>;
  /** Whether the refusal stands: a newer secret may be known by now. */
  readonly standing: () => Promise<boolean>;
  readonly refused: (error: GatewayError) => void;
  readonly times: AttendanceTimes;
  readonly log: Logger;
}

export interface Attendance {
  /** Presence goes out soon, whatever the time. */
  tell(): void;
  /** Ends it; a call under way comes to its end first. */
  stop(): Promise<void>;
}

/** Begins with a presence `presenceMs` from now: the first one is the caller's. */
export function startAttendance(options: AttendanceOptions): Attendance {
  const { service, presence, answered, standing, refused, times, log } = options;
  const ended = new AbortController();
  let nudge = new AbortController();
  let due = performance.now() + times.presenceMs;
  let away: GatewayError['kind'] | undefined;

  const once = async (): Promise<void> => {
    if (performance.now() < due) {
      await service.check();
    } else {
      const answer = await service.Presence(presence());
      due = performance.now() + times.presenceMs;
      await answered(answer);
    }
    if (away === undefined) return;
    away = undefined;
    due = 0;
    log.info('the gateway answers again');
  };
  /** Whether to go on. */
  const failed = async (error: unknown): Promise<boolean> => {
    if (!(error instanceof GatewayError)) {
      log.error({ error: error instanceof Error ? error.message : String(error) }, 'presence failed');
      return true;
    }
    if (error.kind === 'refused' || error.kind === 'tooOld') {
      if (!(await standing())) return true;
      refused(error);
      return false;
    }
    if (away !== error.kind) log.warn({ gateway: error.gateway }, `${error.message}; it is tried again and again`);
    away = error.kind;
    return true;
  };
  const running = (async () => {
    for (let waitMs = times.checkMs; ; ) {
      await untilAborted(AbortSignal.any([ended.signal, nudge.signal]), waitMs);
      if (ended.signal.aborted) return;
      if (nudge.signal.aborted) nudge = new AbortController();
      try {
        await once();
        waitMs = Math.max(0, Math.min(times.checkMs, due - performance.now()));
      } catch (error) {
        if (!(await failed(error))) return;
        waitMs = times.retryMs;
      }
    }
  })();
  return {
    tell() {
      due = 0;
      nudge.abort();
    },
    async stop() {
      ended.abort();
      await running;
    },
  };
}
