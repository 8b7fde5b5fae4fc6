/**
 * Who a request comes from, and what every page does with it.
 *
 * 1. The session's cookie is looked up for each request: a person who was removed, or a session that was ended, is out at
 *    once.
 * 2. A form is taken only from a page of ours: the browser's word for where it was made, and a token in it.
 */

import { randomBytes } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import type { Context } from 'hono';
import { findSession, type Person, type Store } from '../store/index.ts';
import type { Cookies } from './cookies.ts';
import { FORM_TOKEN_FIELD, formTokenOf, isFormToken } from './formToken.ts';
import { type Frame, page, type Section } from './layout.ts';
import { isSameOrigin } from './sameOrigin.ts';

export type WebEnv = { Bindings: HttpBindings };
export type WebContext = Context<WebEnv>;

const MAX_FORM = 16 * 1024;

/** Somebody signed in. */
export interface Visit {
  readonly person: Person;
  /** What their cookie holds. */
  readonly secret: string;
}

/** Why a form was not taken. */
export type FormRefusal = 'foreign' | 'tooLarge';

export interface Visits {
  /** The person whose session the request names; undefined when there is none any more. */
  of(c: WebContext): Promise<Visit | undefined>;
  begin(c: WebContext, secret: string): void;
  end(c: WebContext): void;
  /** The token for a form on the page that is the answer. A visitor who is not signed in gets a cookie for it. */
  formToken(c: WebContext, visit?: Visit): string;
  /** The fields of a form that was posted, the first of each name. */
  form(c: WebContext, visit?: Visit): Promise<ReadonlyMap<string, string> | FormRefusal>;
  isSameOrigin(c: WebContext): boolean;
  /** A whole page, as the visitor sees it. */
  page(c: WebContext, frame: Omit<Frame, 'visitor'>, visit?: Visit): Frame['content'];
}

export function createVisits(options: {
  readonly store: Store;
  readonly cookies: Cookies;
  /** Scheme, host and port that people reach us at, given the header `Host`. */
  readonly ownOrigin: (hostHeader: string) => string;
  readonly sections: (person: Person) => readonly Section[];
  readonly clock: () => number;
}): Visits {
  const { store, cookies, ownOrigin, sections, clock } = options;
  const source = (c: WebContext) => ({ origin: c.req.header('origin'), fetchSite: c.req.header('sec-fetch-site') });
  const visits: Visits = {
    async of(c) {
      const secret = cookies.read(c, 'session');
      if (secret === undefined || secret.length > 200) return undefined;
      const person = await findSession(store, secret, clock());
      return person && { person, secret };
    },
    begin(c, secret) {
      cookies.write(c, 'session', secret);
      cookies.remove(c, 'visitor');
    },
    end: (c) => cookies.remove(c, 'session'),
    formToken(c, visit) {
      if (visit !== undefined) return formTokenOf(visit.secret);
      const known = cookies.read(c, 'visitor');
      const cookie = known ?? randomBytes(32).toString('base64url');
      if (known === undefined) cookies.write(c, 'visitor', cookie);
      return formTokenOf(cookie);
    },
    async form(c, visit) {
      const cookie = visit?.secret ?? cookies.read(c, 'visitor');
      if (cookie === undefined || !visits.isSameOrigin(c)) return 'foreign';
      const text = await bodyText(c, MAX_FORM);
      if (text === undefined) return 'tooLarge';
      const fields = new Map([...new URLSearchParams(text)].reverse());
      return isFormToken(fields.get(FORM_TOKEN_FIELD) ?? '', cookie) ? fields : 'foreign';
    },
    isSameOrigin: (c) => isSameOrigin(source(c), ownOrigin(c.req.header('host') ?? '')),
    page: (c, frame, visit) =>
      page(
        visit === undefined
          ? frame
          : {
              ...frame,
              visitor: {
                name: visit.person.name,
                formToken: visits.formToken(c, visit),
                sections: sections(visit.person),
              },
            },
      ),
  };
  return visits;
}

/**
 * The body as text; undefined when it is larger than so many bytes: no more of it is read then, and the connection ends
 * with the answer.
 */
export async function bodyText(c: WebContext, maxBytes: number): Promise<string | undefined> {
  const tooLarge = (): undefined => void c.header('connection', 'close');
  if (Number(c.req.header('content-length') ?? '0') > maxBytes) return tooLarge();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of c.req.raw.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxBytes) return tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** Where a request comes from, as far as this server sees. */
export const addressOf = (c: WebContext): string => c.env.incoming.socket.remoteAddress ?? '';
