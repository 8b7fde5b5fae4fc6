/** Calls to the gateway as bytes: what a worker would never send. */

import type { ClientHttp2Session, ClientHttp2Stream } from 'node:http2';
import { connect } from 'node:http2';
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import proto from '@temporalio/proto';
import { type ConnectorService, methodPath, PROTOCOL, PROTOCOL_HEADER, siteQueue } from '../../src/contract/index.ts';
import type { Gateway } from '../../src/gateway/index.ts';

export const v1 = proto.temporal.api.workflowservice.v1;
export const WORKFLOW_SERVICE = 'temporal.api.workflowservice.v1.WorkflowService';

export type Outcome =
  | { readonly ok: true; readonly bytes: Buffer }
  | { readonly ok: false; readonly code: string; readonly details: string };

export interface CallOptions {
  /** Undefined: without a credential. */
  readonly secret?: string;
  readonly protocol?: string;
  readonly withinMs?: number;
}

export interface RawCaller {
  call(path: string, body: Buffer, options?: CallOptions): Promise<Outcome>;
  worker(method: string, body: Buffer, options?: CallOptions): Promise<Outcome>;
  connector(method: keyof ConnectorService, body: unknown, options?: CallOptions): Promise<Outcome>;
  close(): void;
}

const asIs = (bytes: Buffer): Buffer => bytes;

export function rawCaller({ address }: Gateway, ca: Buffer, { gzip = false } = {}): RawCaller {
  const client = new Client(`localhost:${address.split(':').at(-1)}`, credentials.createSsl(ca), {
    'grpc.max_send_message_length': -1,
    'grpc.max_receive_message_length': -1,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.enable_http_proxy': 0,
    'grpc.enable_retries': 0,
    ...(gzip ? { 'grpc.default_compression_algorithm': 2 } : {}),
  });
  const call = (
    path: string,
    body: Buffer,
    { secret, protocol = String(PROTOCOL), withinMs = 20_000 }: CallOptions = {},
  ): Promise<Outcome> => {
    const metadata = new Metadata();
    metadata.set(PROTOCOL_HEADER, protocol);
    if (secret !== undefined) metadata.set('authorization', `Bearer ${secret}`);
    return new Promise((resolve) => {
      const done = (error: ServiceError | null, bytes?: Buffer): void =>
        resolve(
          error === null
            ? { ok: true, bytes: bytes ?? Buffer.alloc(0) }
            : { ok: false, code: status[error.code] ?? String(error.code), details: error.details },
        );
      client.makeUnaryRequest(path, asIs, asIs, body, metadata, { deadline: Date.now() + withinMs }, done);
    });
  };
  return {
    call,
    worker: (method, body, options) => call(`/${WORKFLOW_SERVICE}/${method}`, body, options),
    connector: (method, body, options) => call(methodPath(method), Buffer.from(JSON.stringify(body)), options),
    close: () => client.close(),
  };
}

/** The outcome in words: `OK`, or code and details. */
export const said = (outcome: Outcome): string => (outcome.ok ? 'OK' : `${outcome.code}: ${outcome.details}`);

export const pollOf = (namespace: string, queue: string): Buffer =>
  Buffer.from(v1.PollActivityTaskQueueRequest.encode({ namespace, taskQueue: { name: queue } }).finish());

export const pollFor = (namespace: string, companyId: string): Buffer => pollOf(namespace, siteQueue(companyId));

export const completionOf = (namespace: string, taskToken: Uint8Array, result: unknown = 'forged'): Buffer =>
  Buffer.from(
    v1.RespondActivityTaskCompletedRequest.encode({
      namespace,
      taskToken,
      result: {
        payloads: [{ metadata: { encoding: Buffer.from('json/plain') }, data: Buffer.from(JSON.stringify(result)) }],
      },
    }).finish(),
  );

/** The token of a task that was handed out. */
export function tokenIn(outcome: Outcome): Buffer {
  if (!outcome.ok) throw new Error(`no task: ${said(outcome)}`);
  return Buffer.from(v1.PollActivityTaskQueueResponse.decode(outcome.bytes).taskToken);
}

/** An HTTP/2 connection without a gRPC client: for whoever does not keep to the rules. */
export function rawSession({ address }: Gateway, ca: Buffer): Promise<ClientHttp2Session> {
  const session = connect(`https://localhost:${address.split(':').at(-1)}`, { ca });
  return new Promise((resolve, reject) => {
    session.once('connect', () => resolve(session));
    session.once('error', reject);
  });
}

export function rawStream(session: ClientHttp2Session, path: string, secret: string | undefined): ClientHttp2Stream {
  const stream = session.request({
    ':method': 'POST',
    ':path': path,
    'content-type': 'application/grpc',
    te: 'trailers',
    [PROTOCOL_HEADER]: String(PROTOCOL),
    ...(secret === undefined ? {} : { authorization: `Bearer ${secret}` }),
  });
  // How it ends is seen by its headers and by its close.
  stream.on('error', () => stream.destroy());
  return stream;
}

/** A message as gRPC frames it. */
export function framed(message: Buffer, { compressed = false, length = message.length } = {}): Buffer {
  const prefix = Buffer.alloc(5);
  prefix.writeUInt8(compressed ? 1 : 0, 0);
  prefix.writeUInt32BE(length, 1);
  return Buffer.concat([prefix, message]);
}
