/**
 * The time one call may take, whatever it does meanwhile: logging in, waiting for a free connection, waiting out a
 * Retry-After, reading the answer.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { MineralTreeError } from './errors.ts';

export interface Deadline {
  /** Aborts when the time is over. */
  readonly signal: AbortSignal;
  readonly totalMs: number;
  remainingMs(): number;
  /** Sleeps; the sleep ends with the deadline. */
  wait(ms: number): Promise<void>;
  /** The promise, or the deadline's end, whichever comes first. What was promised goes on. */
  orEnd<T>(promise: Promise<T>): Promise<T>;
}

/** Runs something with a deadline. The deadline is passed on, not enforced: what is waited for must heed it. */
export async function withDeadline<T>(totalMs: number, run: (deadline: Deadline) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), totalMs);
  try {
    return await run(deadlineOf(totalMs, controller.signal));
  } finally {
    clearTimeout(timer);
  }
}

function deadlineOf(totalMs: number, signal: AbortSignal): Deadline {
  const endsAt = performance.now() + totalMs;
  const ended = (): MineralTreeError =>
    new MineralTreeError('timeout', `no answer within ${totalMs} ms`, { outcome: 'notSent' });
  return {
    signal,
    totalMs,
    remainingMs: () => Math.max(0, endsAt - performance.now()),
    wait: async (ms) => {
      await delay(ms, undefined, { signal }).catch((cause: unknown) => {
        throw signal.aborted ? ended() : cause;
      });
    },
    orEnd: async (promise) => {
      let stop: (() => void) | undefined;
      const end = new Promise<never>((_, reject) => {
        stop = () => reject(ended());
        if (signal.aborted) stop();
        signal.addEventListener('abort', stop);
      });
      try {
        return await Promise.race([promise, end]);
      } finally {
        if (stop !== undefined) signal.removeEventListener('abort', stop);
      }
    },
  };
}
