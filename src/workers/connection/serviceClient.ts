/**
 * The client of the gateway's own service: enrolling, presence, rotating the secret, the keys of companies.
 *
 * 1. Each call ends by its deadline. A gateway that is away fails a call at once with the reason, none waits for it.
 * 2. What comes back is checked against the contract's schema before anybody sees it.
 * 3. The proxy is the one of the settings or none: no environment variable has a say.
 * 4. A call that the secret of its beginning was refused for is made once more when there is a newer one by now.
 */
import { checkServerIdentity } from 'node:tls';
import { Client, credentials, Metadata, type ServiceError } from '@grpc/grpc-js';
import type { z } from 'zod';
import {
  type CompanyKeyAnswer,
  type ConnectorService,
  type EnrolAnswer,
  methodPath,
  PROTOCOL,
  PROTOCOL_HEADER,
  type PresenceAnswer,
  type RotateAnswer,
  VERSION_HEADER,
} from '../../contract/index.ts';
import { companyKeyAnswer, enrolAnswer, presenceAnswer, rotateAnswer } from '../../contract/schema/connectorService.ts';
import { type GatewayAddress, hostOf } from './gatewayAddress.ts';
import { GatewayError, gatewayErrorOf } from './gatewayError.ts';

export interface ServiceClientOptions extends GatewayAddress {
  readonly version: string;
  /** The secret at the moment; undefined before the enrolment. */
  readonly secret: () => string | undefined;
  /** Longest call. @default 10 seconds */
  readonly deadlineMs?: number;
}

/** Every call throws `GatewayError`. */
export interface ServiceClient extends ConnectorService {
  /** Asks nothing but whether the credential is good; costs the gateway next to nothing. */
  check(): Promise<void>;
  close(): void;
}

const DEADLINE_MS = 10_000;
const RECONNECT_MS = { first: 500, most: 5_000 };
const KEEPALIVE_MS = 30_000;
const MAX_ANSWER_BYTES = 1024 * 1024;
/** Of Temporal's own service; every worker calls it first, and the gateway answers it by itself. */
const CHECK_PATH = '/temporal.api.workflowservice.v1.WorkflowService/GetSystemInfo';

export function createServiceClient(options: ServiceClientOptions): ServiceClient {
  const { gateway, version, secret, deadlineMs = DEADLINE_MS } = options;
  const client = clientFor(options);
  const once = (path: string, body: Buffer, bearer: string | undefined): Promise<Buffer> => {
    const metadata = new Metadata();
    metadata.set(PROTOCOL_HEADER, String(PROTOCOL));
    metadata.set(VERSION_HEADER, version);
    if (bearer !== undefined) metadata.set('authorization', `Bearer ${bearer}`);
    return new Promise((resolve, reject) => {
      const done = (error: ServiceError | null, answer?: Buffer): void => {
        if (error === null) resolve(answer ?? Buffer.alloc(0));
        else reject(gatewayErrorOf(options, error.code, error.details, error));
      };
      client.makeUnaryRequest(path, asIs, asIs, body, metadata, { deadline: Date.now() + deadlineMs }, done);
    });
  };
  const call = async (path: string, body: Buffer): Promise<Buffer> => {
    const bearer = secret();
    try {
      return await once(path, body, bearer);
    } catch (error) {
      const now = secret();
      if (error instanceof GatewayError && error.kind === 'refused' && now !== bearer)
        return await once(path, body, now);
      throw error;
    }
  };
  const ask = async <T>(method: keyof ConnectorService, request: object, schema: z.ZodType<T>): Promise<T> => {
    const answer = await call(methodPath(method), Buffer.from(JSON.stringify(request)));
    const read = schema.safeParse(jsonIn(answer));
    if (read.success) return read.data;
    throw new GatewayError('broken', gateway, `the answer of the gateway at ${gateway} to ${method} cannot be read`);
  };
  return {
    Enrol: (request) => ask<EnrolAnswer>('Enrol', request, enrolAnswer),
    Presence: (request) => ask<PresenceAnswer>('Presence', request, presenceAnswer),
    Rotate: (request) => ask<RotateAnswer>('Rotate', request, rotateAnswer),
    CompanyKey: (request) => ask<CompanyKeyAnswer>('CompanyKey', request, companyKeyAnswer),
    async check() {
      await call(CHECK_PATH, Buffer.alloc(0));
    },
    close: () => client.close(),
  };
}

function clientFor({ gateway, ca, proxy }: GatewayAddress): Client {
  const host = hostOf(gateway);
  const isIp = /^[\d.]+$|:/.test(host);
  const trust = credentials.createSsl(
    ca === undefined ? null : Buffer.from(ca),
    null,
    null,
    // TLS names no server by its IP address: another name is sent, and the certificate is compared with the address.
    isIp ? { checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate) } : {},
  );
  return new Client(proxy?.address ?? gateway, trust, {
    'grpc.enable_http_proxy': 0,
    'grpc.use_local_subchannel_pool': 1,
    'grpc.initial_reconnect_backoff_ms': RECONNECT_MS.first,
    'grpc.max_reconnect_backoff_ms': RECONNECT_MS.most,
    'grpc.keepalive_time_ms': KEEPALIVE_MS,
    'grpc.max_receive_message_length': MAX_ANSWER_BYTES,
    ...(isIp ? { 'grpc.ssl_target_name_override': 'localhost' } : {}),
    ...(proxy === undefined
      ? {}
      : {
          'grpc.http_connect_target': `dns:${gateway}`,
          'grpc.default_authority': gateway,
          ...(proxy.user === undefined ? {} : { 'grpc.http_connect_creds': `${proxy.user}:${proxy.password ?? ''}` }),
        }),
  });
}

const asIs = (bytes: Buffer): Buffer => bytes;

function jsonIn(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined; // no answer of the contract is undefined
  }
}
