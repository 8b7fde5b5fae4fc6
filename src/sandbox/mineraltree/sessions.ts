/**
 * Sessions of the API: made by a login, carried in If-Match, over when they were not used for their lifetime.
 *
 * They are kept in memory: after a start every client has to log in again, as after an update of MineralTree's servers.
 * How long a session lives and what a wrong password is answered with (here 403) is not documented.
 */
import { randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';
import type { Books } from './books.ts';
import type { User } from './record.ts';
import { Refusal } from './refusal.ts';

export interface Sessions {
  /** The header `MT <user>:<password>`; answers the session. Throws `Refusal`. */
  login(authorization: string | undefined): string;
  /** The user of a session, as the books have it now. Throws `Refusal` 401. */
  user(session: string | undefined): User;
}

const FORM = /^MT ([^:]+):(.*)$/s;
const MAX_SESSIONS = 10_000;

export function createSessions(books: Books): Sessions {
  const sessions = new Map<string, { readonly user: string; usedMs: number }>();
  return {
    login(authorization) {
      const [, name = '', password = ''] = FORM.exec(authorization ?? '') ?? [];
      const user = books.user(name);
      if (user === undefined || !matches(user.secret, password))
        throw new Refusal(403, 'user or password is wrong; the header is Authorization: MT <user>:<password>');
      if (!user.apiUser) throw new Refusal(403, `${name} is not enabled as an API user`);
      const session = randomBytes(32).toString('hex');
      // The oldest go first; a client that is sent away logs in again.
      for (const old of sessions.keys()) {
        if (sessions.size < MAX_SESSIONS) break;
        sessions.delete(old);
      }
      sessions.set(session, { user: name, usedMs: books.nowMs() });
      return session;
    },
    user(session) {
      const found = sessions.get(session ?? '');
      const user = found === undefined ? undefined : books.user(found.user);
      const now = books.nowMs();
      if (found === undefined || user === undefined || now - found.usedMs >= books.knobs().sessionLifetimeMs) {
        sessions.delete(session ?? '');
        throw new Refusal(401, 'there is no such session, or it is over: log in and send its ETag as If-Match');
      }
      found.usedMs = now;
      return user;
    },
  };
}

/** What is kept of a password. */
export function secretOf(password: string): string {
  const salt = randomBytes(16);
  return `${salt.toString('hex')}:${hash(password, salt).toString('hex')}`;
}

export function matches(secret: string, password: string): boolean {
  const [salt = '', known = ''] = secret.split(':');
  const wanted = Buffer.from(known, 'hex');
  const given = hash(password, Buffer.from(salt, 'hex'));
  return wanted.length === given.length && timingSafeEqual(wanted, given);
}

/** Cheap on purpose: these are passwords of a sandbox, and tests log in often. */
const hash = (password: string, salt: Buffer): Buffer => scryptSync(password, salt, 32, { N: 1024 });
