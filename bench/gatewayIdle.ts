/**
 * Two thousand connectors that have nothing to do, each as a connector is: a connection with a long poll, another one for
 * its presence. Temporal's place is taken by a server that lets polls run out as Temporal does: what is measured is the
 * gateway's own process.
 */
import { type ClientHttp2Session, connect } from 'node:http2';
import { setTimeout as after } from 'node:timers/promises';
import { Server, ServerCredentials, type ServerUnaryCall, type sendUnaryData } from '@grpc/grpc-js';
import proto from '@temporalio/proto';
import { methodPath, PROTOCOL, PROTOCOL_HEADER, siteQueue } from '../src/contract/index.ts';
import type { Figure } from './figure.ts';
import type { GatewayStage } from './gatewayStage.ts';
import { watchProcesses } from './processes.ts';

const CONNECTORS = 2_000;
const PER_COMPANY = 10;
const PRESENCE_MS = 30_000;
const POLL_MS = 60_000;
const MEASURED_MS = 60_000;
const LIMITS = { bytes: 350 * 1_048_576, percent: 10 };
const POLL_PATH = '/temporal.api.workflowservice.v1.WorkflowService/PollActivityTaskQueue';
const NAMESPACE = 'bench';

export async function idleConnectors(
  stage: GatewayStage,
  say: (line: string) => void,
  count = CONNECTORS,
): Promise<readonly Figure[]> {
  say(`${count} connectors enrol`);
  const companies: string[] = [];
  for (let made = 0; made < count / PER_COMPANY; made += 1) companies.push(await stage.addCompany(`Company ${made}`));
  const secrets: { readonly companyId: string; readonly secret: string }[] = [];
  for (let made = 0; made < count; made += 1) {
    const companyId = companies[made % companies.length] ?? '';
    secrets.push({ companyId, secret: await stage.enrol(companyId) });
  }
  const upstream = await pollServer();
  const gateway = await stage.gateway({ address: upstream.address, namespace: NAMESPACE });
  const watch = watchProcesses([gateway.pid]);
  const stopping = new AbortController();
  const connectors = createConnectors(gateway.address, stage.ca, stopping.signal);
  try {
    say('they connect');
    for (const { companyId, secret } of secrets) {
      await connectors.add(companyId, secret);
      if (connectors.seen().failed.length > 0) break;
    }
    say(`they idle for ${MEASURED_MS / 1_000} s`);
    const before = watch.of(gateway.pid).own;
    await after(MEASURED_MS);
    const { own } = watch.of(gateway.pid);
    const { failed, answered } = connectors.seen();
    if (failed.length > 0) throw new Error(`${failed.length} calls failed, the first one with ${failed[0]}`);
    say(`${answered} calls were answered, ${upstream.held()} polls are held`);
    if (upstream.held() < count * 0.95) throw new Error(`only ${upstream.held()} polls are held`);
    return [
      { name: `memory, ${count} idle connectors`, unit: 'bytes', measured: own.peakBytes, limit: LIMITS.bytes },
      {
        name: `processor, ${count} idle connectors`,
        unit: 'percent',
        measured: ((own.cpuMs - before.cpuMs) / MEASURED_MS) * 100,
        limit: LIMITS.percent,
      },
    ];
  } finally {
    stopping.abort();
    connectors.close();
    watch.stop();
    await gateway.stop();
    await upstream.stop();
  }
}

interface Connectors {
  /** One more; resolves when it polls and has told of itself. */
  add(companyId: string, secret: string): Promise<void>;
  seen(): { readonly answered: number; readonly failed: readonly string[] };
  close(): void;
}

function createConnectors(address: string, ca: Buffer, stopped: AbortSignal): Connectors {
  const sessions: ClientHttp2Session[] = [];
  const timers: NodeJS.Timeout[] = [];
  const failed: string[] = [];
  let answered = 0;
  const connection = async (): Promise<ClientHttp2Session> => {
    const session = connect(`https://localhost:${address.split(':').at(-1)}`, { ca });
    session.on('error', (error) => failed.push(error.message));
    sessions.push(session);
    await new Promise<void>((resolve) => session.once('connect', () => resolve()));
    return session;
  };
  const call = async (session: ClientHttp2Session, path: string, secret: string, body: Buffer): Promise<void> => {
    const status = await statusOf(session, path, secret, body);
    if (stopped.aborted) return;
    if (status === '0') answered += 1;
    else failed.push(`status ${status} of ${path}`);
  };
  return {
    async add(companyId, secret) {
      const [polls, presence] = [await connection(), await connection()];
      const poll = proto.temporal.api.workflowservice.v1.PollActivityTaskQueueRequest.encode({
        namespace: NAMESPACE,
        taskQueue: { name: siteQueue(companyId) },
      }).finish();
      const keepPolling = async (): Promise<void> => {
        while (!stopped.aborted && failed.length === 0) await call(polls, POLL_PATH, secret, Buffer.from(poll));
      };
      void keepPolling();
      const told = Buffer.from(
        JSON.stringify({ mode: 'online', version: 'bench', protocol: PROTOCOL, host: 'OFFICE-PC' }),
      );
      const tell = (): Promise<void> => call(presence, methodPath('Presence'), secret, told);
      await tell();
      timers.push(setInterval(() => void tell(), PRESENCE_MS));
    },
    seen: () => ({ answered, failed }),
    close() {
      for (const timer of timers) clearInterval(timer);
      for (const session of sessions) session.destroy();
    },
  };
}

/** The gRPC status of a call, or how it ended without one. */
function statusOf(session: ClientHttp2Session, path: string, secret: string, body: Buffer): Promise<string> {
  return new Promise((resolve) => {
    const stream = session.request({
      ':method': 'POST',
      ':path': path,
      'content-type': 'application/grpc',
      te: 'trailers',
      authorization: `Bearer ${secret}`,
      [PROTOCOL_HEADER]: String(PROTOCOL),
    });
    let status = 'none';
    stream.on('response', (headers) => {
      status = String(headers['grpc-status'] ?? status);
    });
    stream.on('trailers', (headers) => {
      status = String(headers['grpc-status'] ?? status);
    });
    stream.on('error', (error) => {
      status = error.message;
    });
    stream.on('close', () => resolve(status));
    stream.resume();
    const prefix = Buffer.alloc(5);
    prefix.writeUInt32BE(body.length, 1);
    stream.end(Buffer.concat([prefix, body]));
  });
}

interface PollServer {
  readonly address: string;
  held(): number;
  stop(): Promise<void>;
}

async function pollServer(): Promise<PollServer> {
  const asIs = (bytes: Buffer): Buffer => bytes;
  const server = new Server({ 'grpc.max_concurrent_streams': 100_000 });
  let held = 0;
  const form = {
    path: POLL_PATH,
    requestStream: false,
    responseStream: false,
    requestSerialize: asIs,
    requestDeserialize: asIs,
    responseSerialize: asIs,
    responseDeserialize: asIs,
  };
  server.addService(
    { poll: form },
    {
      poll(call: ServerUnaryCall<Buffer, Buffer>, done: sendUnaryData<Buffer>) {
        held += 1;
        let over = false;
        const end = (): void => {
          if (!over) held -= 1;
          over = true;
          clearTimeout(timer);
        };
        const timer = setTimeout(() => {
          end();
          done(null, Buffer.alloc(0));
        }, POLL_MS);
        call.on('cancelled', end);
      },
    },
  );
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    ),
  );
  return {
    address: `127.0.0.1:${port}`,
    held: () => held,
    async stop() {
      server.forceShutdown();
    },
  };
}
