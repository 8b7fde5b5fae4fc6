/**
 * QuickBooks on a machine serves one company at a time: whose turn it is.
 *
 * 1. One task at a time, in the order in which they came, except that the company whose turn it was last comes first
 *    while it is kept (`keepMs`): so that what is to be posted lands in the visit after the pull.
 * 2. A task that is not begun within `waitMs` is handed back, for another connector or for later.
 */
import { HandedBack } from '../../activities/quickbooks/index.ts';

export interface QuickBooksLockOptions {
  readonly keepMs: number;
  readonly waitMs: number;
}

export interface Turn {
  /** Ends the turn. `keep`: another task of the company is likely soon. */
  end(keep: boolean): void;
}

export interface QuickBooksLock {
  /** Waits for a turn. Throws `HandedBack` when it does not come in time or the lock is closed, or the signal's reason. */
  turn(companyId: string, signal: AbortSignal): Promise<Turn>;
  /** Hands back whoever waits, now and from now on. A turn that has begun goes on. */
  close(): void;
}

interface Waiting {
  readonly companyId: string;
  readonly begin: () => void;
  readonly refuse: (error: unknown) => void;
}

export function createQuickBooksLock({ keepMs, waitMs }: QuickBooksLockOptions): QuickBooksLock {
  const waiting: Waiting[] = [];
  let busy = false;
  let closed = false;
  let kept: { readonly companyId: string; readonly timer: NodeJS.Timeout } | undefined;

  const letGo = (): void => {
    clearTimeout(kept?.timer);
    kept = undefined;
  };
  const next = (): void => {
    if (busy) return;
    const keptFor = kept?.companyId;
    const at = keptFor === undefined ? 0 : waiting.findIndex(({ companyId }) => companyId === keptFor);
    const [first] = at === -1 ? [] : waiting.splice(at, 1);
    if (first === undefined) return;
    letGo();
    busy = true;
    first.begin();
  };
  const turnOf = (companyId: string): Turn => ({
    end(keep) {
      if (!busy) throw new Error('a turn that is over');
      busy = false;
      if (keep && keepMs > 0 && !closed) {
        const timer = setTimeout(() => {
          letGo();
          next();
        }, keepMs);
        timer.unref();
        kept = { companyId, timer };
      }
      next();
    },
  });

  return {
    turn(companyId, signal) {
      return new Promise<Turn>((resolve, reject) => {
        if (closed) {
          reject(new HandedBack('the connector stops'));
          return;
        }
        if (signal.aborted) {
          reject(signal.reason);
          return;
        }
        const over = (): void => {
          clearTimeout(timer);
          signal.removeEventListener('abort', aborted);
          const at = waiting.indexOf(entry);
          if (at !== -1) waiting.splice(at, 1);
        };
        const entry: Waiting = {
          companyId,
          begin() {
            over();
            resolve(turnOf(companyId));
          },
          refuse(error) {
            over();
            reject(error);
          },
        };
        const aborted = (): void => entry.refuse(signal.reason);
        const timer = setTimeout(
          () => entry.refuse(new HandedBack(`QuickBooks was busy with another company for ${waitMs} ms`)),
          waitMs,
        );
        signal.addEventListener('abort', aborted);
        waiting.push(entry);
        next();
      });
    },
    close() {
      closed = true;
      letGo();
      for (const { refuse } of [...waiting]) refuse(new HandedBack('the connector stops'));
      waiting.length = 0;
    },
  };
}
