/**
 * One unary gRPC call on an HTTP/2 stream, from the server's side.
 *
 * 1. Nothing of the body is taken before `request` is called: a caller without a credential is refused by its headers.
 * 2. The body is bounded in size (as sent and as inflated) and in time, and takes no more memory than it says it will.
 * 3. An answer that is not read in time ends the connection.
 * 4. Exactly one answer or refusal; whatever comes after is ignored.
 */
import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { constants } from 'node:http2';
import { gunzip, inflate } from 'node:zlib';
import { status } from '@grpc/grpc-js';
import { Refusal } from './refusal.ts';

export interface BodyLimits {
  readonly messageBytes: number;
  readonly bodyMs: number;
  /** Asked before memory is taken. Throws a `Refusal` when there is none. */
  readonly hold: (bytes: number) => void;
}

export interface GrpcCall {
  /** `/package.Service/Method`. */
  readonly path: string;
  /** When the caller gives up, in Unix milliseconds. */
  readonly deadline: number | undefined;
  header(name: string): string | undefined;
  /** The message. @throws Refusal `malformed`, `tooLarge`, `bodyTooSlow`; `CallGone` when the caller left */
  request(limits: BodyLimits): Promise<Buffer>;
  answer(message: Buffer): void;
  refuse(code: status, words: string): void;
  /** Called once, when the stream is closed: answered, refused, or left by the caller. */
  onClosed(closed: () => void): void;
}

/** The caller left before its request was whole. */
export class CallGone extends Error {
  override readonly name = 'CallGone';
}

export interface GrpcCallOptions {
  readonly answerMs: number;
  readonly onSlowReader: () => void;
}

const PREFIX_BYTES = 5;
const { NGHTTP2_NO_ERROR } = constants;

/** Undefined when it is not a gRPC call; the stream is then answered as HTTP says. */
export function grpcCall(
  stream: ServerHttp2Stream,
  headers: IncomingHttpHeaders,
  { answerMs, onSlowReader }: GrpcCallOptions,
): GrpcCall | undefined {
  if (headers[':method'] !== 'POST' || !(headers['content-type'] ?? '').startsWith('application/grpc')) {
    stream.respond({ ':status': 415 }, { endStream: true });
    discard(stream);
    return undefined;
  }
  let over = false;
  const begin = (): boolean => {
    if (over || stream.destroyed || stream.closed) return false;
    over = true;
    const slow = setTimeout(onSlowReader, answerMs);
    stream.once('close', () => clearTimeout(slow));
    return true;
  };
  return {
    path: String(headers[':path'] ?? ''),
    deadline: deadlineOf(headers['grpc-timeout']),
    header(name) {
      const value = headers[name];
      return typeof value === 'string' ? value : undefined;
    },
    request: (limits) => messageOf(stream, String(headers['grpc-encoding'] ?? 'identity'), limits),
    answer(message) {
      if (!begin()) return;
      const prefix = Buffer.alloc(PREFIX_BYTES);
      prefix.writeUInt32BE(message.length, 1);
      stream.respond({ ':status': 200, 'content-type': 'application/grpc+proto' }, { waitForTrailers: true });
      stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': String(status.OK) }));
      stream.end(Buffer.concat([prefix, message]));
    },
    refuse(code, words) {
      if (!begin()) return;
      stream.respond(
        {
          ':status': 200,
          'content-type': 'application/grpc+proto',
          'grpc-status': String(code),
          'grpc-message': messageHeader(words),
        },
        { endStream: true },
      );
      discard(stream);
    },
    onClosed(closed) {
      if (stream.closed || stream.destroyed) closed();
      else stream.once('close', closed);
    },
  };
}

/** Percent-encoded as gRPC asks: whatever is not printable ASCII, and the percent sign. */
const messageHeader = (words: string): string =>
  words.replace(/\p{Surrogate}/gu, '?').replace(/[^ -$&-~]/gu, (character) => encodeURIComponent(character));

/** What is still on its way is not wanted; the caller is told so once it has the answer. */
function discard(stream: ServerHttp2Stream): void {
  if (!stream.readableEnded) stream.close(NGHTTP2_NO_ERROR);
}

const TIMEOUT = /^(\d{1,8})([HMSmun])$/;
const UNIT_MS: Readonly<Record<string, number>> = { H: 3_600_000, M: 60_000, S: 1_000, m: 1, u: 1e-3, n: 1e-6 };

function deadlineOf(timeout: string | string[] | undefined): number | undefined {
  const [, amount, unit] = TIMEOUT.exec(String(timeout ?? '')) ?? [];
  return amount === undefined || unit === undefined ? undefined : Date.now() + Number(amount) * (UNIT_MS[unit] ?? 1);
}

async function messageOf(stream: ServerHttp2Stream, encoding: string, limits: BodyLimits): Promise<Buffer> {
  const { compressed, message } = await bodyOf(stream, limits);
  if (!compressed) return message;
  const inflated = await inflatedOf(message, encoding, limits.messageBytes);
  limits.hold(inflated.length);
  return inflated;
}

interface Body {
  readonly compressed: boolean;
  readonly message: Buffer;
}

function bodyOf(stream: ServerHttp2Stream, { messageBytes, bodyMs, hold }: BodyLimits): Promise<Body> {
  const prefix = Buffer.alloc(PREFIX_BYTES);
  let message: Buffer | undefined;
  let arrived = 0;

  const take = (chunk: Buffer): void => {
    const head = arrived < PREFIX_BYTES ? chunk.copy(prefix, arrived) : 0;
    arrived += head;
    if (arrived < PREFIX_BYTES) return;
    message ??= room(prefix.readUInt32BE(1));
    const rest = chunk.subarray(head);
    const at = arrived - PREFIX_BYTES;
    if (at + rest.length > message.length) throw new Refusal('malformed', { detail: 'more than one message' });
    arrived += rest.copy(message, at);
  };
  const room = (bytes: number): Buffer => {
    if (bytes > messageBytes) throw new Refusal('tooLarge', { detail: `${bytes} bytes` });
    hold(bytes);
    return Buffer.allocUnsafe(bytes);
  };
  const whole = (): Body => {
    const flag = prefix[0] ?? 0;
    if (message === undefined || arrived !== PREFIX_BYTES + message.length || flag > 1)
      throw new Refusal('malformed', { detail: 'not one whole message' });
    return { compressed: flag === 1, message };
  };

  return new Promise((resolve, reject) => {
    const settle = (outcome: () => void): void => {
      clearTimeout(timer);
      stream.off('data', data).off('end', end).off('close', gone);
      stream.pause();
      outcome();
    };
    const fail = (error: unknown): void => settle(() => reject(error));
    const data = (chunk: Buffer): void => {
      try {
        take(chunk);
      } catch (error) {
        fail(error);
      }
    };
    const end = (): void => {
      try {
        const body = whole();
        settle(() => resolve(body));
      } catch (error) {
        fail(error);
      }
    };
    const gone = (): void => fail(new CallGone('the caller left'));
    const timer = setTimeout(() => fail(new Refusal('bodyTooSlow', { detail: `${arrived} bytes came` })), bodyMs);
    stream.on('data', data).on('end', end).on('close', gone);
    if (stream.destroyed || stream.closed) gone();
  });
}

function inflatedOf(message: Buffer, encoding: string, maxOutputLength: number): Promise<Buffer> {
  const decompress = encoding === 'gzip' ? gunzip : encoding === 'deflate' ? inflate : undefined;
  if (decompress === undefined)
    return Promise.reject(new Refusal('malformed', { detail: 'an encoding that is not known' }));
  return new Promise((resolve, reject) => {
    decompress(message, { maxOutputLength }, (error, inflated) => {
      if (error === null) resolve(inflated);
      else if ('code' in error && error.code === 'ERR_BUFFER_TOO_LARGE')
        reject(new Refusal('tooLarge', { detail: `inflates to more than ${maxOutputLength} bytes` }));
      else reject(new Refusal('malformed', { detail: 'does not inflate' }));
    });
  });
}
