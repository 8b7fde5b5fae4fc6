/**
 * Temporal UI behind the sign-in: every request below `/temporal` is passed on to it, and its answer back, as a stream.
 *
 * 1. Temporal UI never sees a cookie or a token of ours; its own cookies pass, but none that bears the name of ours.
 * 2. What it answers goes out under a content policy of ours (responseHeaders.ts).
 * 3. A browser that goes away ends the request upstream, and the other way round.
 *
 * Leaves to others: who may (server.ts). Connections that change protocol (WebSocket) are not passed on; it needs none.
 */
import http from 'node:http';
import https from 'node:https';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { HttpBindings } from '@hono/node-server';
import type { Logger } from 'pino';
import { cookiesWithout, nameOfSetCookie, OUR_COOKIES } from './cookies.ts';
import { TEMPORAL_UI_POLICY } from './responseHeaders.ts';

export const TEMPORAL_PATH = '/temporal';

/** What one request may carry, in bytes: Temporal itself takes at most 4 MB. */
const MAX_REQUEST = 8 * 1024 * 1024;
const CONNECT_MS = 5_000;

/** Those that are about one connection, and those that would tell Temporal UI who somebody is or where they come from. */
const NOT_UPSTREAM: ReadonlySet<string> = new Set([
  'authorization',
  'connection',
  'expect',
  'forwarded',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
]);
const NOT_DOWNSTREAM: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'strict-transport-security',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Anything but `passed`: nothing was answered yet. */
export type Passing = 'passed' | 'tooLarge' | 'unreachable';

export interface TemporalProxy {
  /** Passes one request on and its answer back. */
  pass(exchange: HttpBindings, url: URL): Promise<Passing>;
  close(): void;
}

/** @param upstream where Temporal UI answers; only scheme, host and port matter, the path is that of the request */
export function createTemporalProxy(upstream: string, log: Logger): TemporalProxy {
  const { origin, protocol } = new URL(upstream);
  const client = protocol === 'https:' ? https : http;
  // A connection of its own for each request: one that was kept may be closed by the other side just then.
  const agent = new client.Agent();
  return {
    async pass({ incoming, outgoing }, url) {
      if (Number(incoming.headers['content-length'] ?? '0') > MAX_REQUEST) return 'tooLarge';
      const ask = (path: string): http.ClientRequest =>
        client.request(new URL(`${path}${url.search}`, origin), {
          agent,
          method: incoming.method ?? 'GET',
          headers: headersUpstream(incoming.headers),
        });
      let request = ask(url.pathname);
      const gone = (): void => void request.destroy();
      outgoing.once('close', gone);
      try {
        let [answer] = await Promise.all([answerOf(request), pipeline(incoming, capped(), request)]);
        if (isMissedMarkdown(incoming, url, answer)) {
          answer.resume();
          request = ask(`${TEMPORAL_PATH}${url.pathname}`);
          answer = await answerOf(request.end());
        }
        outgoing.writeHead(answer.statusCode ?? 502, headersDownstream(answer.headers));
        await pipeline(answer, outgoing);
      } catch (error) {
        request.destroy();
        if (outgoing.headersSent || outgoing.destroyed) {
          log.debug({ err: error }, 'an answer of Temporal UI broke off');
          outgoing.destroy();
          return 'passed';
        }
        log.warn({ err: error, upstream: origin }, 'Temporal UI could not be asked');
        return 'unreachable';
      } finally {
        outgoing.off('close', gone);
      }
      return 'passed';
    },
    close: () => agent.destroy(),
  };
}

/**
 * The page that shows markdown, as a workflow's details are, stands below the public path twice in releases of Temporal UI
 * (2.54 among them; temporalio/ui pull request 3076 tells why); where it was asked for, these answer with their start
 * page, which has no policy of its own.
 */
const isMissedMarkdown = (
  { method }: http.IncomingMessage,
  { pathname }: URL,
  { headers }: http.IncomingMessage,
): boolean =>
  method === 'GET' && pathname === `${TEMPORAL_PATH}/render` && headers['content-security-policy'] === undefined;

function answerOf(request: http.ClientRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    request.once('response', resolve);
    request.on('error', reject);
    request.on('socket', (socket) => {
      if (!socket.connecting) return;
      const late = setTimeout(() => request.destroy(new Error('no connection within 5 seconds')), CONNECT_MS);
      socket.once('connect', () => clearTimeout(late)).once('close', () => clearTimeout(late));
    });
  });
}

function capped(): Transform {
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > MAX_REQUEST) done(new Error(`a request of more than ${MAX_REQUEST} bytes`));
      else done(null, chunk);
    },
  });
}

function headersUpstream(headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders {
  const passed: http.OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && name !== 'cookie' && !NOT_UPSTREAM.has(name)) passed[name] = value;
  const cookies = cookiesWithout(headers.cookie ?? '', OUR_COOKIES);
  return cookies === '' ? passed : { ...passed, cookie: cookies };
}

function headersDownstream(headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders {
  const passed: http.OutgoingHttpHeaders = {};
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && name !== 'set-cookie' && !NOT_DOWNSTREAM.has(name)) passed[name] = value;
  const cookies = (headers['set-cookie'] ?? []).filter((line) => !OUR_COOKIES.has(nameOfSetCookie(line)));
  const own = headers['content-security-policy'];
  return {
    ...passed,
    ...(cookies.length > 0 && { 'set-cookie': cookies }),
    // Two policies hold both: the page that shows markdown in a frame has a narrower one of its own.
    'content-security-policy': own === undefined ? TEMPORAL_UI_POLICY : `${TEMPORAL_UI_POLICY}, ${own}`,
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
  };
}
