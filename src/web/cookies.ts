/**
 * Our two cookies: one names the session of somebody signed in, one a visitor who is not, so that their forms can be told
 * from forged ones.
 *
 * Both are HttpOnly and SameSite=Strict; over https they are Secure and, by the prefix of their names, of this host alone.
 */
import type { Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';

const NAMES = { session: 'tandem-session', visitor: 'tandem-visitor' } as const;
export type OurCookie = keyof typeof NAMES;

const named = (cookie: OurCookie, secure: boolean): string => `${secure ? '__Host-' : ''}${NAMES[cookie]}`;

/** All names that a cookie of ours may have. */
export const OUR_COOKIES: ReadonlySet<string> = new Set(
  Object.values(NAMES).flatMap((name) => [name, `__Host-${name}`]),
);

export interface Cookies {
  read(c: Context, cookie: OurCookie): string | undefined;
  /** @param forMs how long a browser keeps it; without, as long as it runs */
  write(c: Context, cookie: OurCookie, value: string, forMs?: number): void;
  remove(c: Context, cookie: OurCookie): void;
}

export function createCookies(secure: boolean): Cookies {
  const place = { path: '/', httpOnly: true, secure, sameSite: 'Strict' } as const;
  return {
    read: (c, cookie) => getCookie(c, named(cookie, secure)),
    write: (c, cookie, value, forMs) =>
      setCookie(c, named(cookie, secure), value, {
        ...place,
        ...(forMs === undefined ? {} : { maxAge: Math.floor(forMs / 1_000) }),
      }),
    remove: (c, cookie) => void deleteCookie(c, named(cookie, secure), place),
  };
}

/** The cookie header without the cookies of those names. */
export const cookiesWithout = (header: string, names: ReadonlySet<string>): string =>
  header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair !== '' && !names.has(nameOf(pair)))
    .join('; ');

/** The name of the cookie that a Set-Cookie line sets. */
export const nameOfSetCookie = (line: string): string => nameOf(line.split(';')[0] ?? '');

const nameOf = (pair: string): string => (pair.split('=')[0] ?? '').trim();
