/**
 * HTTP with MineralTree: one request, one answer as text.
 *
 * 1. Every way to fail is a `MineralTreeError` that says whether the request can have had an effect. Only a connection
 *    that was never made counts as not sent.
 * 2. An answer larger than the limit is not read to its end; one that is not UTF-8 is not read at all.
 * 3. Nothing is sent twice and no redirect is followed.
 *
 * Leaves to others: sessions and what a status means (`calls.ts`).
 */
import type { IncomingHttpHeaders } from 'node:http';
import { type Dispatcher, Pool } from 'undici';
import type { Address } from './address.ts';
import type { Deadline } from './deadline.ts';
import { MineralTreeError, type Outcome } from './errors.ts';

export interface TransportOptions {
  readonly address: Address;
  /** How many connections are open at once, and so how many calls run at once. */
  readonly connections: number;
  readonly connectTimeoutMs: number;
  /** The largest answer that is read. */
  readonly maxAnswerBytes: number;
}

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT';
  /** Below `/mtapi/base`, with a leading slash. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Whether the request changes anything when it is carried out. */
  readonly write: boolean;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface Transport {
  send(request: WireRequest, deadline: Deadline): Promise<WireAnswer>;
  close(): Promise<void>;
}

export function createTransport({ address, ...options }: TransportOptions): Transport {
  const pool = new Pool(address.origin, {
    connections: options.connections,
    pipelining: 1,
    connect: { timeout: options.connectTimeoutMs },
    // The deadline of the call rules; these would cut in at five minutes of their own.
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  return {
    send: async (request, deadline) => {
      const lost: Outcome = request.write ? 'unknown' : 'notApplied';
      let answer: Dispatcher.ResponseData | undefined;
      try {
        answer = await pool.request({
          method: request.method,
          path: `${address.prefix}/mtapi/base${request.path}`,
          headers: { accept: 'application/json', ...request.headers },
          body: request.body ?? null,
          signal: deadline.signal,
        });
        const bytes = await readWithin(answer, options.maxAnswerBytes, lost);
        return { status: answer.statusCode, headers: answer.headers, text: decoded(bytes, lost) };
      } catch (cause) {
        if (cause instanceof MineralTreeError) throw cause;
        if (deadline.signal.aborted)
          throw new MineralTreeError('timeout', `no answer within ${deadline.totalMs} ms`, { outcome: lost, cause });
        const outcome = answer === undefined && neverConnected(cause) ? 'notSent' : lost;
        throw new MineralTreeError('connection', `connection failed: ${reasonOf(cause)}`, { outcome, cause });
      }
    },
    // Held calls must not keep a worker from ending.
    close: () => pool.destroy(),
  };
}

async function readWithin(answer: Dispatcher.ResponseData, limit: number, outcome: Outcome): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    size += chunk.byteLength;
    // Leaving the loop destroys the body, and with it the connection.
    if (size > limit)
      throw new MineralTreeError('malformedAnswer', `answer larger than ${limit} bytes`, {
        outcome,
        status: answer.statusCode,
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

function decoded(bytes: Uint8Array, outcome: Outcome): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new MineralTreeError('malformedAnswer', 'answer is not UTF-8 text', { outcome, cause });
  }
}

/** Whether the failure is one of name lookup, connecting or TLS, all of which come before the first byte of a request. */
function neverConnected(cause: unknown): boolean {
  if (!(cause instanceof Error)) return false;
  const syscall = 'syscall' in cause ? cause.syscall : undefined;
  const code = codeOf(cause);
  return (
    syscall === 'connect' ||
    syscall === 'getaddrinfo' ||
    code === 'UND_ERR_CONNECT_TIMEOUT' ||
    code === 'ECONNREFUSED' ||
    code === 'UND_ERR_DESTROYED' ||
    code === 'UND_ERR_CLOSED' ||
    /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO)/.test(code)
  );
}

const codeOf = (cause: Error): string => ('code' in cause && typeof cause.code === 'string' ? cause.code : '');

function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  return codeOf(cause) || cause.message || cause.name;
}
