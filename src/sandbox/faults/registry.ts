/**
 * Faults that are set, the calls they caught, and whoever waits to hear that one was caught.
 *
 * 1. A call is caught by at most one fault at each point: the oldest that is armed and matches.
 * 2. A held call goes on when its fault is released or removed, or ends when its caller is gone (`abandoned`).
 * 3. A fault at the point `answered` remembers the caller of the matching call and catches that caller's next call.
 */
import { type Fault, type FaultAction, FaultError, type FaultLanguage, type FaultPoint, parseFault } from './fault.ts';

/** What is to become of a call that came to a point. Holding and delaying are over by then. */
export type Caught<Fail> =
  | { readonly kind: 'proceed' }
  | { readonly kind: 'abandoned' }
  | Exclude<FaultAction<Fail>, { readonly kind: 'hold' | 'delay' }>;

export interface FaultState<Match, Fail> {
  readonly id: string;
  readonly point: FaultPoint;
  readonly match: Match;
  readonly action: FaultAction<Fail>;
  readonly times: number;
  /** How many calls it has caught. */
  readonly reached: number;
  readonly released: boolean;
}

export interface FaultRegistry<Match, Call, Fail> {
  /** Sets a fault from the body of a request; answers its id. Throws `FaultError`. */
  add(body: unknown): string;
  list(): readonly FaultState<Match, Fail>[];
  /** The fault's state as soon as it has caught a call, or after `waitMs`. Undefined when there is none of that id. */
  state(id: string, waitMs?: number): Promise<FaultState<Match, Fail> | undefined>;
  /** Disarms the fault and lets the calls go on that it holds. False when there is none of that id. */
  release(id: string): boolean;
  /** Releases and forgets. False when there is none of that id. */
  remove(id: string): boolean;
  clear(): void;
  /**
   * To be asked when a call comes to a point. `caller` names who calls (a processor, a session); `gone` fires when the
   * caller is no more. At `before`, the faults that wait for this caller's next call are asked first.
   */
  reach(point: 'before' | 'committed', call: Call, caller: string, gone?: AbortSignal): Promise<Caught<Fail>>;
  /** To be told when a call's answer was delivered: arms the faults of point `answered` for this caller's next call. */
  delivered(call: Call, caller: string): void;
}

const MAX_WAIT_MS = 120_000;

interface Armed<Match, Fail> {
  readonly fault: Fault<Match, Fail>;
  readonly awaited: Set<string>;
  readonly reachedBell: Bell;
  readonly releasedBell: Bell;
  caught: number;
  released: boolean;
}

/** Faults of one sandbox, none at first. */
export function createFaultRegistry<Match, Call, Fail>(
  language: FaultLanguage<Match, Call, Fail>,
): FaultRegistry<Match, Call, Fail> {
  const faults = new Map<string, Armed<Match, Fail>>();
  let last = 0;

  const describe = ({ fault, caught, released }: Armed<Match, Fail>): FaultState<Match, Fail> => ({
    ...fault,
    reached: caught,
    released,
  });
  const armed = ({ fault, caught, released }: Armed<Match, Fail>): boolean => !released && caught < fault.times;

  const catching = (point: FaultPoint, call: Call, caller: string): Armed<Match, Fail> | undefined => {
    for (const entry of faults.values()) {
      if (!armed(entry)) continue;
      if (point === 'before' && entry.fault.point === 'answered') {
        if (entry.awaited.delete(caller)) return entry;
      } else if (entry.fault.point === point && language.matches(entry.fault.match, call)) return entry;
    }
    return undefined;
  };

  const release = (id: string): boolean => {
    const entry = faults.get(id);
    if (entry === undefined) return false;
    entry.released = true;
    entry.releasedBell.ring();
    return true;
  };
  const remove = (id: string): boolean => release(id) && faults.delete(id);

  return {
    add(body) {
      last += 1;
      const fault = parseFault(language, String(last), body);
      if (fault.point === 'answered' && fault.action.kind === 'status')
        throw new FaultError('action: "status" refuses a request, so its point is "before"');
      faults.set(fault.id, {
        fault,
        awaited: new Set(),
        reachedBell: new Bell(),
        releasedBell: new Bell(),
        caught: 0,
        released: false,
      });
      return fault.id;
    },
    list: () => [...faults.values()].map(describe),
    async state(id, waitMs = 0) {
      const entry = faults.get(id);
      if (entry === undefined) return undefined;
      if (entry.caught === 0 && waitMs > 0) await entry.reachedBell.heard(Math.min(waitMs, MAX_WAIT_MS));
      return describe(entry);
    },
    release,
    remove,
    clear() {
      for (const id of [...faults.keys()]) remove(id);
    },
    async reach(point, call, caller, gone) {
      const entry = catching(point, call, caller);
      if (entry === undefined) return { kind: 'proceed' };
      entry.caught += 1;
      entry.reachedBell.ring();
      const { action } = entry.fault;
      if (action.kind !== 'hold' && action.kind !== 'delay') return action;
      await entry.releasedBell.heard(action.kind === 'delay' ? action.ms : undefined, gone);
      return gone?.aborted === true ? { kind: 'abandoned' } : { kind: 'proceed' };
    },
    delivered(call, caller) {
      for (const entry of faults.values())
        if (entry.fault.point === 'answered' && armed(entry) && language.matches(entry.fault.match, call))
          entry.awaited.add(caller);
    },
  };
}

/** Rings once; whoever listens hears it, also afterwards. */
class Bell {
  readonly #abort = new AbortController();

  ring(): void {
    this.#abort.abort();
  }

  /** Resolves when it rings, when the time is over, or when `gone` fires. */
  heard(waitMs: number | undefined, gone?: AbortSignal): Promise<void> {
    const signals = gone === undefined ? [this.#abort.signal] : [this.#abort.signal, gone];
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        for (const signal of signals) signal.removeEventListener('abort', done);
        resolve();
      };
      const timer = waitMs === undefined ? undefined : setTimeout(done, waitMs);
      for (const signal of signals) signal.addEventListener('abort', done);
      if (signals.some((signal) => signal.aborted)) done();
    });
  }
}
