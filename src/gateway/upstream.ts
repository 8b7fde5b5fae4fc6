/**
 * Temporal behind the gateway: one call on, with bytes in and bytes out.
 *
 * What Temporal says of a failure goes on to the connector only for codes whose words speak of its own call; anything
 * else is Temporal's or ours, and is told in the log.
 */
import { Client, credentials, Metadata, type ServiceError, status } from '@grpc/grpc-js';
import type { Logger } from 'pino';

export interface UpstreamAddress {
  /** `host:port`. */
  readonly address: string;
  readonly namespace: string;
}

export interface UpstreamCall {
  readonly path: string;
  readonly request: Buffer;
  /** Unix milliseconds. */
  readonly deadline: number;
}

/** Temporal's refusal or failure, in the code and the words that the connector gets. */
export class UpstreamFailure extends Error {
  override readonly name = 'UpstreamFailure';
  readonly code: status;
  constructor(code: status, words: string) {
    super(words);
    this.code = code;
  }
}

export interface UpstreamAnswer {
  /** Rejects with `UpstreamFailure`. */
  readonly answer: Promise<Buffer>;
  cancel(): void;
}

export interface Upstream {
  call(call: UpstreamCall): UpstreamAnswer;
  close(): void;
}

const PASSED_ON: ReadonlySet<status> = new Set([
  status.NOT_FOUND,
  status.CANCELLED,
  status.DEADLINE_EXCEEDED,
  status.RESOURCE_EXHAUSTED,
  status.INVALID_ARGUMENT,
  status.FAILED_PRECONDITION,
]);

const bytes = (buffer: Buffer): Buffer => buffer;

export function createUpstream({ address }: UpstreamAddress, version: string, log: Logger): Upstream {
  const client = new Client(address, credentials.createInsecure(), {
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.keepalive_time_ms': 30_000,
    'grpc.keepalive_timeout_ms': 15_000,
    'grpc.enable_channelz': 0,
  });
  const metadata = new Metadata();
  metadata.set('client-name', 'tandem-gateway');
  metadata.set('client-version', version);
  return {
    call({ path, request, deadline }) {
      let cancel = (): void => {};
      const answer = new Promise<Buffer>((resolve, reject) => {
        const call = client.makeUnaryRequest(path, bytes, bytes, request, metadata, { deadline }, (error, reply) => {
          if (error === null) resolve(reply ?? Buffer.alloc(0));
          else reject(failureOf(error, path, log));
        });
        cancel = () => call.cancel();
      });
      return { answer, cancel: () => cancel() };
    },
    close: () => client.close(),
  };
}

function failureOf(error: ServiceError, path: string, log: Logger): UpstreamFailure {
  if (PASSED_ON.has(error.code)) return new UpstreamFailure(error.code, error.details);
  log.error({ method: path, code: status[error.code], details: error.details }, 'Temporal did not serve a call');
  // Its own words for "not allowed" would read to the connector as a credential that is refused.
  return new UpstreamFailure(status.UNAVAILABLE, 'Temporal cannot serve at the moment');
}
