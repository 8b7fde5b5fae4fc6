/**
 * How long this attempt at an activity may still begin requests.
 *
 * Temporal gives a task to another connector some time after the last heartbeat that it received: heartbeat timeout plus
 * the first wait before a retry. The worker here hears of it five seconds after the heartbeat timeout. So as long as it
 * has not heard, the other one starts no sooner than the first wait less five seconds from now, and a request that is
 * begun within `windowMs` of a sign of life comes before it.
 *
 * 1. A request may be begun only within `windowMs` of the last sign of life, by both clocks.
 * 2. Once that time is over, whatever the reason (a sleeping machine, a stopped process), nothing is begun any more:
 *    a late sign of life does not renew it.
 */
import type { SendLimits } from './processor.ts';

export interface Clocks {
  /** Unix milliseconds. */
  readonly wall: () => number;
  /** Milliseconds of a clock that is never set. */
  readonly monotonic: () => number;
}

export const SYSTEM_CLOCKS: Clocks = { wall: () => Date.now(), monotonic: () => performance.now() };

export interface Deadline {
  /** A sign of life: the attempt has not been told to stop. */
  renew(): void;
  /** What a request handed over now carries. */
  limits(): SendLimits;
  /** True once the time was over: this attempt begins nothing any more. */
  readonly lapsed: boolean;
}

/** Starts with a sign of life now. `windowMs` must be shorter than the first wait before a retry, less five seconds. */
export function createDeadline(windowMs: number, clocks: Clocks = SYSTEM_CLOCKS): Deadline {
  let wall = clocks.wall();
  let monotonic = clocks.monotonic();
  let lapsed = false;
  const over = (): boolean => {
    // A wall clock that was set back says nothing about the time that passed; the other clock does.
    lapsed ||= clocks.wall() - wall > windowMs || clocks.monotonic() - monotonic > windowMs;
    return lapsed;
  };
  return {
    renew() {
      if (over()) return;
      wall = clocks.wall();
      monotonic = clocks.monotonic();
    },
    limits() {
      if (over()) return { notAfterWallMs: 0, budgetMs: 0 };
      return { notAfterWallMs: wall + windowMs, budgetMs: Math.max(0, monotonic + windowMs - clocks.monotonic()) };
    },
    get lapsed() {
      return over();
    },
  };
}
