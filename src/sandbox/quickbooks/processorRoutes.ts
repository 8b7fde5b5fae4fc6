/**
 * The pages under /processor: one POST for each member of the request processor.
 *
 * 1. The answer is 200 with `{result}` or `{hresult, text}`, as COM gives a value or an HRESULT; 400 and 404 are for
 *    calls that could not be COM calls at all (another member, arguments missing).
 * 2. `x-processor` names the object that is called; `x-processor-lifetime: connection` ties it to the connection.
 * 3. Faults are asked before the call, after its effect is durable, and told of each answer to a set that writes.
 */
import type { HttpBindings } from '@hono/node-server';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { DecodeError, decodeRequest, messages, RequestError, type RequestName } from '../../qbxml/index.ts';
import { type Caught, type FaultRegistry, type ProcessorCall, replacedAnswer } from '../faults/index.ts';
import { CallFailed } from './hresult.ts';
import { MEMBERS } from './members.ts';
import { type ForcedStatus, processMessageSet, readMessageSet } from './messageSet.ts';
import type { LivingProcessor, Processors } from './processors.ts';

export type ProcessorFail = { readonly hresult: string; readonly text?: string | undefined };
export type ProcessorFaults = FaultRegistry<{ readonly request?: string | undefined }, ProcessorCall, ProcessorFail>;
type Env = { Bindings: HttpBindings };

const ProcessRequestArgs = z.strictObject({ ticket: z.string(), inputRequest: z.string() });

/** Routes to be mounted at `/processor`. */
export function processorRoutes(processors: Processors, faults: ProcessorFaults): Hono<Env> {
  const called = async (c: Context<Env>, name: string): Promise<Response> => {
    const member = MEMBERS.get(name);
    if (member === undefined && name !== 'ProcessRequest') return c.json({ error: unknownMember(name) }, 404);
    const args = await argumentsOf(c);
    if (typeof args === 'string') return c.json({ error: args }, 400);
    const byConnection = c.req.header('x-processor-lifetime') === 'connection';
    const living = processors.of(
      c.req.header('x-processor') ?? 'default',
      byConnection ? c.env.incoming.socket : undefined,
    );
    try {
      const call = describeCall(living, name, args);
      const before = await faults.reach('before', call, living.id, living.gone);
      const early = interrupted(c, before);
      if (early !== undefined) return early;
      const result =
        member === undefined
          ? processRequest(living, args, forcedStatus(before, faults))
          : member.call(living.processor, args);
      const committed = await faults.reach('committed', call, living.id, living.gone);
      const late = interrupted(c, committed);
      if (late !== undefined) return late;
      faults.delivered(call, living.id);
      return c.json({ result: typeof result === 'string' ? replacement(before, committed, result) : result });
    } catch (error) {
      if (error instanceof z.ZodError)
        return c.json({ error: `arguments of ${name}: ${z.prettifyError(error).replaceAll('\n', ' ')}` }, 400);
      if (!(error instanceof CallFailed)) throw error;
      living.processor.noteError(error);
      return c.json({ hresult: error.hresult, text: error.message });
    }
  };
  return new Hono<Env>()
    .post('/AuthPreferences/:method', (c) => called(c, `AuthPreferences/${c.req.param('method')}`))
    .post('/:member', (c) => called(c, c.req.param('member')));
}

function processRequest({ processor }: LivingProcessor, args: unknown, forced: ForcedStatus | undefined): string {
  const { ticket, inputRequest } = ProcessRequestArgs.parse(args);
  const session = processor.sessionOf(ticket);
  const decoded = readMessageSet(inputRequest, session.company.switches());
  return processMessageSet(session.company, session, decoded, forced);
}

/** The end of the call when a fault drops it, abandons it, or answers an error in its place. */
function interrupted(c: Context<Env>, caught: Caught<ProcessorFail>): Response | undefined {
  switch (caught.kind) {
    case 'drop':
    case 'abandoned':
      c.env.incoming.socket.destroy();
      return RESPONSE_ALREADY_SENT;
    case 'error':
      return c.json({ hresult: caught.fail.hresult, text: caught.fail.text ?? 'A fault that was asked for.' });
    case 'proceed':
    case 'status':
    case 'truncate':
    case 'garbage':
    case 'huge':
      return undefined;
  }
}

function replacement(before: Caught<ProcessorFail>, committed: Caught<ProcessorFail>, result: string): string {
  let answer = result;
  for (const caught of [before, committed])
    if (caught.kind !== 'proceed' && caught.kind !== 'abandoned') answer = replacedAnswer(caught, answer) ?? answer;
  return answer;
}

function forcedStatus(caught: Caught<ProcessorFail>, faults: ProcessorFaults): ForcedStatus | undefined {
  if (caught.kind !== 'status') return undefined;
  const { statusCode, statusMessage } = caught;
  const fault = faults.list().find(({ action }) => action === caught);
  return { ...(fault?.match.request === undefined ? {} : { request: fault.match.request }), statusCode, statusMessage };
}

/** What faults can be matched by. A request that cannot be read has no messages. */
function describeCall({ processor }: LivingProcessor, member: string, args: object): ProcessorCall {
  const file = processor.session?.company.head.file ?? textOf(args, 'qbFileName');
  const inputRequest = textOf(args, 'inputRequest');
  let read: readonly RequestName[] | undefined;
  const requests = (): readonly RequestName[] => {
    read ??= inputRequest === undefined ? [] : requestsOf(inputRequest);
    return read;
  };
  return {
    member,
    ...(file === undefined ? {} : { file }),
    ...(inputRequest === undefined ? {} : { inputRequest }),
    // Read only when a fault looks, so that a sandbox without faults reads each request once.
    get requests() {
      return requests();
    },
    get write() {
      return requests().some((name) => messages[name].writes);
    },
  };
}

function requestsOf(inputRequest: string): readonly RequestName[] {
  try {
    return decodeRequest(inputRequest).set.requests.map(({ type }) => type);
  } catch (error) {
    if (error instanceof RequestError || error instanceof DecodeError) return [];
    throw error;
  }
}

const textOf = (args: object, name: string): string | undefined => {
  const value: unknown = Object.entries(args).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : undefined;
};

/** The arguments, or what is wrong with the body. A call without arguments may have no body. */
async function argumentsOf(c: Context<Env>): Promise<object | string> {
  const text = await c.req.text();
  if (text.trim() === '') return {};
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
      ? parsed
      : 'body: a JSON object with the arguments by name is wanted';
  } catch (error) {
    if (error instanceof SyntaxError) return `body: not JSON (${error.message})`;
    throw error;
  }
}

const unknownMember = (name: string): string =>
  `the request processor has no member ${name}; it has ProcessRequest, ${[...MEMBERS.keys()].join(', ')}`;
