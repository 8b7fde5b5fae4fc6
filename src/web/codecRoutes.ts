/**
 * The codec server: what Temporal UI and `temporal --codec-endpoint` ask to make sealed payloads readable (Temporal's
 * protocol of remote codecs: POST `{"payloads": [...]}`, each in protobuf's JSON).
 *
 * 1. Asked by a session's cookie from a page of ours, or by a personal token (`authorization: Bearer ...`), never both.
 * 2. Size and number are capped. What cannot be read comes back as a note in its place, never as an error.
 * 3. Every decoding is audited before it is answered (decodeAudit.ts).
 * 4. Nothing is encoded here: what a person types goes plain, and is taken as such.
 */
import { Hono } from 'hono';
import type { Logger } from 'pino';
import { z } from 'zod';
import { findPersonalToken, type Person, type Store } from '../store/index.ts';
import type { DecodeAudit } from './decodeAudit.ts';
import { decodePayloads } from './decoding.ts';
import { bodyText, type Visits, type WebContext, type WebEnv } from './visit.ts';

const MAX_BODY = 16 * 1024 * 1024;
const MAX_PAYLOADS = 2_000;

const base64 = z.string().regex(/^[A-Za-z0-9+/_-]*={0,2}$/);
const Asked = z.object({
  payloads: z
    .array(z.looseObject({ metadata: z.record(z.string().max(100), base64).optional(), data: base64.optional() }))
    .max(MAX_PAYLOADS),
});

/** Routes to be mounted at `/codec`. */
export function codecRoutes(options: {
  readonly store: Store;
  readonly visits: Visits;
  readonly audit: DecodeAudit;
  readonly clock: () => number;
  readonly log: Logger;
}): Hono<WebEnv> {
  const { store, visits, audit, clock, log } = options;

  const refuse = (c: WebContext, status: 400 | 401 | 403 | 413, error: string): Response => {
    log.warn({ address: c.env.incoming.socket.remoteAddress, status, error }, 'decoding was refused');
    return c.json({ error }, status);
  };

  const readerOf = async (c: WebContext): Promise<Person | Response> => {
    const authorization = c.req.header('authorization');
    if (authorization === undefined) {
      const visit = await visits.of(c);
      if (visit === undefined) return refuse(c, 401, 'sign in, or give a personal token as "Bearer ..."');
      return visits.isSameOrigin(c) ? visit.person : refuse(c, 403, 'asked from another site');
    }
    const token = /^Bearer ([\w-]{20,200})$/.exec(authorization)?.[1];
    const person = token === undefined ? undefined : await findPersonalToken(store, token, clock());
    return person ?? refuse(c, 401, 'no such token, or not any more');
  };

  return new Hono<WebEnv>()
    .post('/decode', async (c) => {
      const reader = await readerOf(c);
      if (reader instanceof Response) return reader;
      const text = await bodyText(c, MAX_BODY);
      if (text === undefined) return refuse(c, 413, `more than ${MAX_BODY} bytes`);
      const asked = Asked.safeParse(jsonOf(text));
      if (!asked.success)
        return refuse(c, 400, `not {"payloads": [...]} of at most ${MAX_PAYLOADS} payloads in protobuf's JSON`);
      const { payloads, readOf, refused } = await decodePayloads(store, reader, asked.data.payloads);
      await audit.note(reader.name, readOf);
      if (refused > 0) log.warn({ person: reader.name, payloads: refused }, 'payloads were not opened: not for them');
      return c.json({ payloads });
    })
    .post('/encode', (c) => refuse(c, 403, 'nothing is encoded here: send it plain'));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema refuses it in words
  }
}
