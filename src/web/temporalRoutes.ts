/** Who may reach Temporal UI: operators, from pages of this server. What changes something there is logged with who did it. */
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { Logger } from 'pino';
import type { TemporalProxy } from './temporalProxy.ts';
import type { Visits, WebEnv } from './visit.ts';

const READING: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/** Routes to be mounted at `/temporal`. */
export function temporalRoutes(options: {
  readonly visits: Visits;
  /** Undefined: there is no Temporal UI. */
  readonly proxy: TemporalProxy | undefined;
  readonly log: Logger;
}): Hono<WebEnv> {
  const { visits, proxy, log } = options;

  const refuse = async (c: Context<WebEnv>, status: 401 | 403 | 404 | 413 | 502, title: string, text: string) => {
    // Temporal UI's own script asks for JSON, and shows the words.
    if (!(c.req.header('accept') ?? '').includes('text/html')) return c.json({ message: text }, status);
    const content = html`<p>${text}</p><p><a href="/">Start</a></p>`;
    return c.html(visits.page(c, { title, content, narrow: true }, await visits.of(c)), status);
  };

  return new Hono<WebEnv>().all('*', async (c) => {
    const visit = await visits.of(c);
    const { method } = c.req;
    const url = new URL(c.req.url);
    if (visit === undefined) {
      if (method === 'GET' && (c.req.header('accept') ?? '').includes('text/html'))
        return c.redirect(`/sign-in?next=${encodeURIComponent(`${url.pathname}${url.search}`)}`, 303);
      return refuse(c, 401, 'Sign in', 'You are not signed in any more: reload the page.');
    }
    const { person } = visit;
    if (person.role !== 'operator') {
      log.warn({ person: person.name, method }, 'Temporal UI was refused: no operator');
      return refuse(c, 403, 'Not for you', 'Temporal UI is for operators.');
    }
    if (!READING.has(method)) {
      if (!visits.isSameOrigin(c)) {
        log.warn({ person: person.name, method, path: url.pathname }, 'Temporal UI was refused: from another site');
        return refuse(c, 403, 'Not from here', 'This was asked from a page of another site.');
      }
      log.info({ person: person.name, method, path: url.pathname }, 'asked of Temporal UI');
    }
    if (proxy === undefined) return refuse(c, 404, 'There is no Temporal UI', 'This server was started without it.');
    const passing = await proxy.pass(c.env, url);
    switch (passing) {
      case 'passed':
        return RESPONSE_ALREADY_SENT;
      case 'tooLarge':
        c.header('connection', 'close');
        return refuse(c, 413, 'Too large', 'That is more than Temporal takes.');
      case 'unreachable':
        return refuse(c, 502, 'Temporal UI does not answer', 'It may be starting. Try again in a moment.');
    }
  });
}
