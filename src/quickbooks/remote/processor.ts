/**
 * The request processor of the QuickBooks sandbox, over HTTP.
 *
 * 1. All calls of one processor go over one connection; when that closes, the sandbox releases the object as if its
 *    process had died. So whatever ends the process that holds this ends the session.
 * 2. A connection that cannot be made is an error of reaching QuickBooks; one that drops is a lost call.
 */
import { randomUUID } from 'node:crypto';
import { Agent, type IncomingMessage, request } from 'node:http';
import {
  AnswerTooLarge,
  HResultError,
  MAX_ANSWER_CHARACTERS,
  ProcessorLost,
  type RequestProcessor,
} from '../processor.ts';

/** Room for the JSON around an answer and for its escapes. */
const MAX_BODY_BYTES = MAX_ANSWER_CHARACTERS + (MAX_ANSWER_CHARACTERS >> 1);
/** HRESULT "could not access QuickBooks". */
const NOT_REACHED = 0x80040401;

export interface RemoteProcessor extends RequestProcessor {
  /** Drops the connection, and with it the session. */
  destroy(): void;
}

/** A client of the sandbox at `url`, for example `http://127.0.0.1:7400`. */
export function createRemoteProcessor(url: string): RemoteProcessor {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const id = randomUUID();

  const call = async (member: string, args: Readonly<Record<string, string | number>>): Promise<unknown> => {
    const body = Buffer.from(JSON.stringify(args), 'utf8');
    const answer = await post(new URL(`/processor/${member}`, url), agent, id, body);
    return resultOf(member, answer);
  };
  const text = async (member: string, args: Readonly<Record<string, string | number>>): Promise<string> => {
    const result = await call(member, args);
    if (typeof result !== 'string') throw new ProcessorLost(`${member}: the sandbox answered without a text`);
    return result;
  };

  return {
    async openConnection2(appID, appName, connectionType) {
      await call('OpenConnection2', { appID, appName, connPref: connectionType });
    },
    beginSession: (qbFileName, openMode) => text('BeginSession', { qbFileName, QBFileMode: openMode }),
    processRequest: (ticket, inputRequest) => text('ProcessRequest', { ticket, inputRequest }),
    getCurrentCompanyFileName: (ticket) => text('GetCurrentCompanyFileName', { ticket }),
    async endSession(ticket) {
      await call('EndSession', { ticket });
    },
    async closeConnection() {
      await call('CloseConnection', {});
    },
    destroy: () => agent.destroy(),
  };
}

function post(url: URL, agent: Agent, id: string, body: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    const outgoing = request(url, {
      method: 'POST',
      agent,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': body.length,
        'x-processor': id,
        'x-processor-lifetime': 'connection',
      },
    });
    outgoing.on('error', (error) => reject(unreached(error)));
    outgoing.on('response', (incoming) => collect(incoming).then(resolve, reject));
    outgoing.end(body);
  });
}

async function collect(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of incoming) {
      if (!Buffer.isBuffer(chunk)) continue;
      bytes += chunk.length;
      // Read to its end and dropped: the session lives as long as the connection.
      if (bytes > MAX_BODY_BYTES) chunks.length = 0;
      else chunks.push(chunk);
    }
  } catch (error) {
    throw new ProcessorLost('the connection dropped within an answer', { cause: error });
  }
  if (bytes > MAX_BODY_BYTES) throw new AnswerTooLarge(`an answer of ${bytes} bytes`);
  if (incoming.statusCode !== 200) throw new ProcessorLost(`the sandbox answered ${incoming.statusCode}`);
  return Buffer.concat(chunks).toString('utf8');
}

function resultOf(member: string, answer: string): unknown {
  const parsed = parse(member, answer);
  if (typeof parsed !== 'object' || parsed === null) throw new ProcessorLost(`${member}: the answer is no object`);
  if ('hresult' in parsed && typeof parsed.hresult === 'string') {
    const detail = 'text' in parsed && typeof parsed.text === 'string' ? parsed.text : '';
    throw new HResultError(Number.parseInt(parsed.hresult, 16), detail);
  }
  if (!('result' in parsed)) throw new ProcessorLost(`${member}: the answer has neither result nor hresult`);
  return parsed.result;
}

function parse(member: string, answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch (error) {
    throw new ProcessorLost(`${member}: the answer is not JSON`, { cause: error });
  }
}

function unreached(error: Error): Error {
  const code = 'code' in error ? error.code : undefined;
  if (code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EHOSTUNREACH')
    return new HResultError(NOT_REACHED, `the QuickBooks sandbox is not reached (${code})`);
  return new ProcessorLost(`the connection dropped (${String(code ?? error.message)})`, { cause: error });
}
