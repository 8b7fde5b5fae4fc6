/**
 * The API over HTTP: `/mtapi/base/security/login` and everything below `/mtapi/base/services`.
 *
 * 1. A session goes back as ETag with every answer to a call that carried a good one.
 * 2. Faults are asked at `before`, when nothing was looked at, and at `committed`, when the call succeeded and its effect
 *    is in the books; the knob `answerDelayMs` lies between.
 */
import { setTimeout as after } from 'node:timers/promises';
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { type ApiCall, apiFaults, createFaultRegistry, replacedAnswer } from '../faults/index.ts';
import { answerCall, companyOfCall } from './api.ts';
import type { Books } from './books.ts';
import { Refusal } from './refusal.ts';
import { createSessions, type Sessions } from './sessions.ts';

export const createApiFaults = () => createFaultRegistry(apiFaults);
type ApiFaults = ReturnType<typeof createApiFaults>;
type Env = { readonly Bindings: HttpBindings };
interface Answer {
  readonly status: number;
  readonly text: string;
  readonly session?: string;
}

const PREFIX = '/mtapi/base';
const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Routes to be mounted at `/mtapi/base`. */
export function apiRoutes(books: Books, faults: ApiFaults): Hono<Env> {
  const sessions = createSessions(books);
  return new Hono<Env>().all('*', async (c) => {
    const url = new URL(c.req.url);
    const below = url.pathname.slice(url.pathname.indexOf(PREFIX) + PREFIX.length);
    const path = below.startsWith('/services/') ? below.slice('/services'.length) : below;
    const body = await bodyOf(c);
    const call = { method: c.req.method, path, body };
    const faulty = async (point: 'before' | 'committed', answer: Answer | undefined): Promise<Response | undefined> =>
      faults.list().length === 0
        ? undefined
        : struck(c, faults, point, { ...call, path: path + url.search, ...known(companyOfCall(books, call)) }, answer);

    const early = await faulty('before', undefined);
    if (early !== undefined) return early;
    const answer =
      body.length > MAX_BODY_BYTES
        ? refused(new Refusal(413, `body: larger than ${MAX_BODY_BYTES} bytes`))
        : carriedOut(books, sessions, c, below, call);
    const { answerDelayMs } = books.knobs();
    if (answerDelayMs > 0) await after(answerDelayMs);
    const late = answer.status === 200 ? await faulty('committed', answer) : undefined;
    return late ?? responseOf(answer);
  });
}

const known = (company: string | undefined) => (company === undefined ? {} : { company });

const bodyOf = async (c: Context<Env>): Promise<string> =>
  c.req.method === 'GET' || c.req.method === 'HEAD' ? '' : c.req.text();

function carriedOut(
  books: Books,
  sessions: Sessions,
  c: Context<Env>,
  below: string,
  call: { readonly method: string; readonly path: string; readonly body: string },
): Answer {
  try {
    if (below === '/security/login') {
      if (call.method !== 'POST') throw new Refusal(405, 'login takes POST');
      return { status: 200, text: '{}', session: sessions.login(c.req.header('authorization')) };
    }
    const session = c.req.header('if-match')?.replace(/^"(.*)"$/, '$1');
    const user = sessions.user(session);
    if (!below.startsWith('/services/')) throw new Refusal(404, `there is no ${PREFIX}${below}`);
    try {
      const text = JSON.stringify(answerCall(books, user, call));
      return { status: 200, text, ...(session === undefined ? {} : { session }) };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      return { ...refused(error), ...(session === undefined ? {} : { session }) };
    }
  } catch (error) {
    if (error instanceof Refusal) return refused(error);
    throw error;
  }
}

const refused = (refusal: Refusal): Answer => ({ status: refusal.status, text: JSON.stringify(refusal.body()) });

const responseOf = ({ status, text, session }: Answer): Response =>
  new Response(text, {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...(session === undefined ? {} : { etag: session }) },
  });

/** What a fault makes of the call; undefined: nothing. */
async function struck(
  c: Context<Env>,
  faults: ApiFaults,
  point: 'before' | 'committed',
  call: ApiCall,
  answer: Answer | undefined,
): Promise<Response | undefined> {
  const { socket } = c.env.incoming;
  const gone = new AbortController();
  const hear = (): void => gone.abort();
  socket.once('close', hear);
  const caught = await faults.reach(point, call, c.req.header('if-match') ?? '', gone.signal);
  socket.off('close', hear);
  switch (caught.kind) {
    case 'proceed':
    case 'status':
      return undefined;
    case 'abandoned':
    case 'drop':
      socket.destroy();
      return RESPONSE_ALREADY_SENT;
    case 'error': {
      const { status, body, retryAfter } = caught.fail;
      return new Response(
        JSON.stringify(body ?? { error: 'Service Error', error_message: 'a fault that was asked for' }),
        {
          status,
          headers: {
            'content-type': 'application/json; charset=utf-8',
            ...(retryAfter === undefined ? {} : { 'retry-after': String(retryAfter) }),
          },
        },
      );
    }
    case 'truncate':
    case 'garbage':
    case 'huge':
      return responseOf({
        status: 200,
        ...answer,
        text: replacedAnswer(caught, answer?.text ?? '{"answer":null}') ?? '',
      });
  }
}
