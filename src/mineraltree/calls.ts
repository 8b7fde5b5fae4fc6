/**
 * One call to the API, from the session to the parsed answer.
 *
 * 1. A 401 is an expired session: log in again, once a call. A 403 may be one too (the API guide names no 401), so it is
 *    treated alike where the session had answered before and is older than a minute; a right that is really missing
 *    then costs one login a minute, not one a call.
 * 2. A write is sent again only when its answer says that nothing was done: 401, 403 as above, 429. A 503 says nothing:
 *    the write may have taken effect, so its outcome is `unknown`.
 * 3. A Retry-After short enough for the deadline is waited out, at most three times; a longer one goes to the caller.
 *
 * Leaves to others: the shape of the answer (`records.ts`, `search.ts`).
 */
import type { Logger } from 'pino';
import { z } from 'zod';
import { type Deadline, withDeadline } from './deadline.ts';
import { MineralTreeError, quotable } from './errors.ts';
import { retryAfterMs, type Session, type SessionHolder } from './session.ts';
import type { Transport, WireAnswer } from './transport.ts';

export interface Call {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/mtapi/base/services`, with a leading slash. */
  readonly path: string;
  readonly body?: unknown;
  readonly write: boolean;
}

/** Sends a call; resolves to the parsed JSON of the answer, whose shape is unchecked. Throws MineralTreeError alone. */
export type Caller = (call: Call) => Promise<unknown>;

export interface CallerOptions {
  readonly transport: Transport;
  readonly sessions: SessionHolder;
  readonly deadlineMs: number;
  /** The longest Retry-After that is waited out here. */
  readonly maxWaitMs: number;
  readonly now: () => number;
  readonly log?: Pick<Logger, 'debug'> | undefined;
}

const MAX_WAITS = 3;
const SUSPECT_AGE_MS = 60_000;

export function createCaller(options: CallerOptions): Caller {
  /** The sessions that have answered something else than a refusal. */
  const proven = new WeakSet<Session>();

  const attempt = async (call: Call, session: Session, deadline: Deadline): Promise<WireAnswer> => {
    const started = performance.now();
    const answer = await options.transport.send(
      {
        method: call.method,
        path: `/services${call.path}`,
        headers: {
          'if-match': session.token,
          ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        },
        write: call.write,
        ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
      },
      deadline,
    );
    const [ms, resource] = [Math.round(performance.now() - started), call.path.split('/')[1]];
    options.log?.debug({ method: call.method, resource, status: answer.status, ms }, 'MineralTree answered');
    return answer;
  };

  const expired = (status: number, session: Session): boolean =>
    status === 401 || (status === 403 && proven.has(session) && options.now() - session.since >= SUSPECT_AGE_MS);

  const carriedOut = async (call: Call, deadline: Deadline): Promise<unknown> => {
    let renewed = false;
    for (let waits = 0; ; ) {
      const session = await options.sessions.current(deadline);
      const answer = await attempt(call, session, deadline);
      if (answer.status === 200) {
        proven.add(session);
        return parsed(answer.text, call);
      }
      if (!renewed && expired(answer.status, session)) {
        options.sessions.drop(session);
        renewed = true;
        continue;
      }
      // Nobody's calls go on with a session that was refused twice in a row.
      if (answer.status === 401) options.sessions.drop(session);
      const error = errorOf(answer, call, options.now());
      if (error.retryAfterMs === undefined || error.outcome === 'unknown' || waits >= MAX_WAITS) throw error;
      if (error.retryAfterMs > Math.min(options.maxWaitMs, deadline.remainingMs())) throw error;
      waits += 1;
      await deadline.wait(error.retryAfterMs);
    }
  };
  return (call) => withDeadline(options.deadlineMs, (deadline) => carriedOut(call, deadline));
}

function parsed(text: string, call: Call): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (cause) {
    throw new MineralTreeError('malformedAnswer', `answer to ${call.method} ${call.path} is not JSON`, {
      outcome: call.write ? 'unknown' : 'notApplied',
      status: 200,
      cause,
    });
  }
}

/** What a status other than 200 means for the call. */
function errorOf(answer: WireAnswer, call: Call, now: number): MineralTreeError {
  const { status } = answer;
  const message = `${call.method} ${call.path} answered with status ${status}${ownWords(answer.text)}`;
  const retry = retryAfterMs(answer.headers['retry-after'], now);
  const notApplied = { outcome: 'notApplied', status } as const;
  const maybe = { outcome: call.write ? 'unknown' : 'notApplied', status } as const;
  if (status === 401) return new MineralTreeError('unauthorized', message, notApplied);
  if (status === 403) return new MineralTreeError('forbidden', message, notApplied);
  if (status === 404) return new MineralTreeError('notFound', message, notApplied);
  if (status === 429) return new MineralTreeError('unavailable', message, { ...notApplied, retryAfterMs: retry });
  // 408 is a server's own time-out, 425 an early one: neither says what became of the request.
  if (status === 408 || status === 425) return new MineralTreeError('unavailable', message, maybe);
  if (status >= 500) return new MineralTreeError('unavailable', message, { ...maybe, retryAfterMs: retry });
  if (status >= 400) return new MineralTreeError('refused', message, notApplied);
  return new MineralTreeError('malformedAnswer', message, maybe);
}

const ErrorAnswer = z.object({ error: z.string().optional(), error_message: z.string().optional() });

/** MineralTree's own words, from the two properties that a public client of it reads. */
function ownWords(text: string): string {
  try {
    const { error, error_message } = ErrorAnswer.parse(JSON.parse(text));
    const words = quotable([error, error_message].filter((part) => part !== undefined).join(': '));
    return words === '' ? '' : `: ${words}`;
  } catch {
    // An error page of a proxy, most likely: the status has to do.
    return '';
  }
}
