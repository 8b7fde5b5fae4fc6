/**
 * The session with MineralTree: made by a login, carried by every later call.
 *
 * 1. Login is `POST /security/login` with `Authorization: MT <user>:<password>` and no body; the answer's ETag is the
 *    session and goes into If-Match (API guide).
 * 2. Calls at the same time share one login. It has a deadline of its own; each caller waits no longer than its own.
 * 3. The password is asked for at each login, so that a changed one is taken up, and is never kept.
 *
 * The ETag that later answers carry is not adopted: whether MineralTree exchanges sessions is not documented, and the
 * worst case, a 401, is met by a login.
 */
import { type Deadline, withDeadline } from './deadline.ts';
import { MineralTreeError } from './errors.ts';
import type { Transport } from './transport.ts';

export interface Session {
  /** Opaque; never logged. */
  readonly token: string;
  /** When it was made, in milliseconds of the client's clock. */
  readonly since: number;
}

export interface SessionOptions {
  readonly transport: Transport;
  readonly user: string;
  /** The password, or how to get it; asked for at each login. */
  readonly password: string | (() => string | Promise<string>);
  readonly deadlineMs: number;
  readonly now: () => number;
}

export interface SessionHolder {
  /**
   * The session, after a login when there is none. Throws with outcome `notSent`, since the caller's own request was not;
   * what getting the password throws is thrown as it is.
   */
  current(deadline: Deadline): Promise<Session>;
  /** Gives a session up, unless another one took its place meanwhile. */
  drop(session: Session): void;
}

const TOKEN = /^[\x21-\x7e]{1,4096}$/;
const SENDABLE = /^[\x20-\x7e]+$/;

export function createSessionHolder(options: SessionOptions): SessionHolder {
  let session: Session | undefined;
  let login: Promise<Session> | undefined;

  const begin = async (): Promise<Session> => {
    try {
      session = await withDeadline(options.deadlineMs, (deadline) => logIn(options, deadline));
      return session;
    } catch (cause) {
      throw cause instanceof MineralTreeError ? ofLogin(cause) : cause;
    } finally {
      login = undefined;
    }
  };
  return {
    current: async (deadline) => {
      if (session !== undefined) return session;
      login ??= begin();
      return deadline.orEnd(login);
    },
    drop: (stale) => {
      if (session === stale) session = undefined;
    },
  };
}

async function logIn({ transport, user, password, now }: SessionOptions, deadline: Deadline): Promise<Session> {
  const secret = typeof password === 'string' ? password : await deadline.orEnd(Promise.resolve(password()));
  if (!SENDABLE.test(user) || user.includes(':') || !SENDABLE.test(secret))
    throw failure('misconfigured', 'user or password is empty or has characters that a login cannot carry');
  const headers = { authorization: `MT ${user}:${secret}`, 'content-length': '0' };
  const answer = await transport.send({ method: 'POST', path: '/security/login', headers, write: false }, deadline);
  if (answer.status === 401 || answer.status === 403)
    throw failure('unauthorized', `answered with status ${answer.status}`, answer.status);
  if (answer.status === 429 || answer.status >= 500)
    throw new MineralTreeError('unavailable', `answered with status ${answer.status}`, {
      outcome: 'notSent',
      status: answer.status,
      retryAfterMs: retryAfterMs(answer.headers['retry-after'], now()),
    });
  const token = answer.headers.etag;
  if (answer.status !== 200 || token === undefined || !TOKEN.test(token))
    throw failure('malformedAnswer', `answered with status ${answer.status} and no session`, answer.status);
  return { token, since: now() };
}

/** Whatever became of the login, the call that wanted it was not sent. */
const ofLogin = ({ code, message, status, retryAfterMs: retry, cause }: MineralTreeError): MineralTreeError =>
  new MineralTreeError(code, `login: ${message}`, { outcome: 'notSent', status, retryAfterMs: retry, cause });

const failure = (code: 'misconfigured' | 'unauthorized' | 'malformedAnswer', message: string, status?: number) =>
  new MineralTreeError(code, message, { outcome: 'notSent', status });

const DAY_MS = 86_400_000;

/** Retry-After in milliseconds, from seconds or a date, at most a day; undefined when absent or not understood. */
export function retryAfterMs(header: string | string[] | undefined, now: number): number | undefined {
  const text = typeof header === 'string' ? header.trim() : '';
  if (/^\d{1,9}$/.test(text)) return Math.min(Number(text) * 1000, DAY_MS);
  const date = /^[A-Z][a-z]{2}, /.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.min(Math.max(0, date - now), DAY_MS);
}
