/**
 * The server that people reach by a browser: sign-in, Temporal UI behind it, the codec server, the public status.
 *
 * 1. Without a session there is nothing to see but the sign-in; what one may see goes by the role.
 * 2. Each answer carries the headers of responseHeaders.ts; a failure of ours says nothing about its cause.
 * 3. It listens on this machine unless told otherwise. Where others can reach it, https belongs in front, and `publicUrl`
 *    says under which address.
 */
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import https from 'node:https';
import { getRequestListener } from '@hono/node-server';
import { Hono } from 'hono';
import { html } from 'hono/html';
import type { Logger } from 'pino';
import type { Person, Store } from '../store/index.ts';
import { codecRoutes } from './codecRoutes.ts';
import { createCookies } from './cookies.ts';
import { createDecodeAudit } from './decodeAudit.ts';
import type { Section } from './layout.ts';
import { headersOf } from './responseHeaders.ts';
import { signInRoutes } from './signInRoutes.ts';
import { startRoutes } from './startRoutes.ts';
import { statusRoutes } from './statusRoutes.ts';
import { STYLESHEET, STYLESHEET_PATH } from './stylesheet.ts';
import { createTemporalProxy, TEMPORAL_PATH } from './temporalProxy.ts';
import { temporalRoutes } from './temporalRoutes.ts';
import { TOKENS_PATH, tokenRoutes } from './tokenRoutes.ts';
import { createVisits, type WebContext, type WebEnv } from './visit.ts';

export interface WebOptions {
  readonly store: Store;
  /** Where Temporal UI answers, with the public path `/temporal` and the codec endpoint `/codec`; without it there is none. */
  readonly temporalUi?: string;
  /** @default 127.0.0.1 */
  readonly host?: string;
  /** @default a free one */
  readonly port?: number;
  /** Certificate and key as PEM files: https. Without, plain http, for this machine or behind something that does https. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  readonly log: Logger;
  /** The address that people use, when something stands in front. With https cookies are Secure. */
  readonly publicUrl?: string;
  /** Unix milliseconds. @default Date.now */
  readonly clock?: () => number;
}

export interface Web {
  /** Where people reach it, without a slash at its end: `publicUrl`, or where it listens. */
  readonly url: string;
  /** Where it listens. */
  readonly port: number;
  stop(): Promise<void>;
}

/** A whole request has to be here within so many milliseconds. */
const REQUEST_MS = 30_000;

/** Starts it. Rejects with the error of `listen` when the port cannot be had, TypeError for an address that is none. */
export async function startWeb(options: WebOptions): Promise<Web> {
  const { store, temporalUi, host = '127.0.0.1', port = 0, tls, log, clock = Date.now } = options;
  const publicUrl = options.publicUrl === undefined ? undefined : new URL(options.publicUrl).origin;
  const scheme = tls === undefined ? 'http' : 'https';
  const secure = (publicUrl ?? scheme).startsWith('https');
  const sections = (person: Person): readonly Section[] => [
    ...(temporalUi !== undefined && person.role === 'operator' ? [TEMPORAL_SECTION] : []),
    TOKENS_SECTION,
  ];
  const visits = createVisits({
    store,
    cookies: createCookies(secure),
    sections,
    clock,
    ownOrigin: (hostHeader) => publicUrl ?? `${scheme}://${hostHeader}`,
  });
  const audit = createDecodeAudit({ store, log, clock });
  const proxy = temporalUi === undefined ? undefined : createTemporalProxy(temporalUi, log);
  const headers = Object.entries(headersOf(secure));

  const app = new Hono<WebEnv>()
    .use(async (c, next) => {
      for (const [name, value] of headers) c.header(name, value);
      await next();
    })
    .get(STYLESHEET_PATH, (c) => {
      c.header('cache-control', 'public, max-age=3600');
      return c.body(STYLESHEET, 200, { 'content-type': 'text/css; charset=utf-8' });
    })
    .get('/favicon.ico', (c) => {
      c.header('cache-control', 'public, max-age=86400');
      return c.body(null, 204);
    })
    .route('/status', statusRoutes(store, clock))
    .route('/codec', codecRoutes({ store, visits, audit, clock, log }))
    .route(TEMPORAL_PATH, temporalRoutes({ visits, proxy, log }))
    .route(TOKENS_PATH, tokenRoutes({ store, visits, clock }))
    .route('/', signInRoutes({ store, visits, clock, log }))
    .route('/', startRoutes(store, visits, sections))
    .notFound((c) => message(c, 404, 'There is no such page', 'The address may be mistyped.'))
    .onError((error, c) => {
      log.error({ err: error, method: c.req.method }, 'a page failed');
      return message(c, 500, 'Something went wrong here', 'It is written in the log of the server.');
    });
  const message = (c: WebContext, status: 404 | 500, title: string, text: string) =>
    c.html(visits.page(c, { title, content: html`<p>${text}</p><p><a href="/">Start</a></p>`, narrow: true }), status);

  const server =
    tls === undefined
      ? http.createServer({ requestTimeout: REQUEST_MS }, getRequestListener(app.fetch))
      : https.createServer(
          { requestTimeout: REQUEST_MS, cert: await readFile(tls.certFile), key: await readFile(tls.keyFile) },
          getRequestListener(app.fetch),
        );
  const listening = await new Promise<number>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
  if (!secure && !LOOPBACK.test(host))
    log.warn(
      { host },
      'passwords come without https from other machines: put it in front, and name the public address',
    );
  return {
    url: publicUrl ?? `${scheme}://${host.includes(':') ? `[${host}]` : host}:${listening}`,
    port: listening,
    async stop() {
      await new Promise<void>((resolve, reject) => {
        server.close((error) => (error === undefined ? resolve() : reject(error)));
        server.closeAllConnections();
      });
      proxy?.close();
      await audit.stop();
    },
  };
}

const LOOPBACK = /^(127\.[\d.]+|::1|localhost)$/;

const TEMPORAL_SECTION: Section = {
  href: `${TEMPORAL_PATH}/`,
  title: 'Temporal UI',
  about: 'Every run of every company, step by step, with its payloads decoded.',
};
const TOKENS_SECTION: Section = {
  href: TOKENS_PATH,
  title: 'Personal tokens',
  about: 'For tools without a browser: temporal --codec-endpoint.',
};
