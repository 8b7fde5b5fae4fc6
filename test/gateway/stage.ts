/**
 * The stage of the gateway's tests: Temporal, the store, companies whose workflows give tasks to their sites, gateways,
 * and real workers that reach Temporal through them.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApplicationFailure, Context } from '@temporalio/activity';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { type Logger, pino } from 'pino';
import { PROTOCOL, PROTOCOL_HEADER, siteQueue, VERSION_HEADER } from '../../src/contract/index.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../../src/gateway/index.ts';
import { machineCertificate } from '../../src/local/certificate.ts';
import { openStore, type Store } from '../../src/store/index.ts';
import { type TestTemporal, testDatabase, testTemporal } from '../local/servers.ts';
import { addTestCompany, enrolTestConnector, type TestConnector } from '../store/testCompany.ts';

const QUEUE = 'gateway-tests';
Runtime.install({ logger: new DefaultLogger('ERROR') });

export type Enrolled = TestConnector;

/** One line of the gateway's log. */
export interface Told {
  readonly level: number;
  readonly msg: string;
  readonly reason?: string;
  readonly method?: string;
  readonly address?: string;
  readonly installationId?: string;
  readonly detail?: string;
}

export interface Stage {
  readonly temporal: TestTemporal;
  readonly store: Store;
  readonly client: Client;
  readonly ca: Buffer;
  /** What the gateways' logs hold. */
  readonly told: Told[];
  addCompany(name: string): Promise<string>;
  enrol(companyId: string, installation?: Enrolled): Promise<Enrolled>;
  gateway(options?: Partial<GatewayOptions>): Promise<Gateway>;
  connect(
    gateway: Gateway | string,
    secret: string,
    headers?: Readonly<Record<string, string>>,
  ): Promise<NativeConnection>;
  worker(connection: NativeConnection, companyId: string): Promise<RunningWorker>;
  task(
    companyId: string,
    name: keyof typeof ACTIVITIES,
    given?: unknown,
    options?: TaskOptions,
  ): Promise<WorkflowHandle>;
  close(): Promise<void>;
}

export interface RunningWorker {
  stop(): Promise<void>;
}

export interface TaskOptions {
  readonly times?: number;
  readonly heartbeatMs?: number;
  readonly attempts?: number;
}

/** What the sites can do. */
export const ACTIVITIES = {
  echo: async (given: unknown): Promise<unknown> => given,
  refuse: async (given: unknown): Promise<never> => {
    throw ApplicationFailure.nonRetryable('QuickBooks said no', 'Refused', given);
  },
  /** Heartbeats until `endTask` of its name is called, or it is cancelled. */
  beat: async (name: unknown): Promise<unknown> => {
    const context = Context.current();
    const beating = setInterval(() => context.heartbeat('alive'), 100);
    try {
      await Promise.race([context.cancelled, new Promise<void>((resolve) => ends.set(String(name), resolve))]);
      return { done: true };
    } finally {
      clearInterval(beating);
    }
  },
};

const ends = new Map<string, () => void>();

/** Lets the task `beat` of that name come to its end. */
export function endTask(name: string): void {
  const end = ends.get(name);
  if (end === undefined) throw new Error(`no task ${name} has begun`);
  end();
}

export async function stage(): Promise<Stage> {
  const [temporal, database, folder] = await Promise.all([
    testTemporal(),
    testDatabase(),
    mkdtemp(join(tmpdir(), 'tandem-gateway-')),
  ]);
  const told: Told[] = [];
  const log = collecting(told);
  const store = await openStore({ databaseUrl: database.url, masterKey: randomBytes(32), log });
  const { caFile, certFile } = await machineCertificate(folder, [], Date.now());
  const ca = await readFile(caFile);
  const connection = await Connection.connect({ address: temporal.address });
  const client = new Client({ connection, namespace: temporal.namespace });
  const cloud = await cloudWorker(temporal);
  const gateways: Gateway[] = [];
  let tasks = 0;
  return {
    temporal,
    store,
    client,
    ca,
    told,
    addCompany: (name) => addTestCompany(store, name),
    enrol: (companyId, installation) => enrolTestConnector(store, companyId, installation),
    async gateway(options = {}) {
      const gateway = await startGateway({
        upstream: { address: temporal.address, namespace: temporal.namespace },
        store,
        tls: { certFile, keyFile: certFile },
        log,
        version: '1.0.0',
        ...options,
      });
      gateways.push(gateway);
      return gateway;
    },
    connect: (gateway, secret, headers = {}) =>
      NativeConnection.connect({
        address: typeof gateway === 'string' ? gateway : gateway.address,
        tls: { serverRootCACertificate: ca },
        apiKey: secret,
        metadata: { [PROTOCOL_HEADER]: String(PROTOCOL), [VERSION_HEADER]: '1.0.0', ...headers },
        grpcCompression: { codec: 'none' },
      }),
    async worker(through, companyId) {
      const worker = await Worker.create({
        connection: through,
        namespace: temporal.namespace,
        taskQueue: siteQueue(companyId),
        identity: 'somebody else',
        activities: ACTIVITIES,
        maxConcurrentActivityTaskExecutions: 1,
        activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 1 },
        maxHeartbeatThrottleInterval: 200,
        shutdownGraceTime: 200,
        shutdownForceTime: 5_000,
      });
      const running = worker.run();
      return {
        async stop() {
          if (worker.getState() === 'RUNNING') worker.shutdown();
          await running;
        },
      };
    },
    task(companyId, name, given, { times = 1, heartbeatMs = 5_000, attempts = 3 } = {}) {
      tasks += 1;
      return client.workflow.start('tasks', {
        workflowId: `gateway-task-${tasks}`,
        taskQueue: QUEUE,
        args: [
          name,
          given,
          {
            taskQueue: siteQueue(companyId),
            startToCloseTimeout: 60_000,
            heartbeatTimeout: heartbeatMs,
            retry: { initialInterval: 200, maximumInterval: 200, maximumAttempts: attempts },
            cancellationType: 'WAIT_CANCELLATION_COMPLETED',
          },
          times,
        ],
      });
    },
    async close() {
      for (const gateway of gateways) await gateway.stop();
      await cloud.stop();
      await connection.close();
      await store.close();
      await Promise.all([database.stop(), temporal.stop(), rm(folder, { recursive: true, force: true })]);
    },
  };
}

async function cloudWorker({ address, namespace }: TestTemporal): Promise<RunningWorker> {
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: QUEUE,
    workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
  });
  const running = worker.run();
  return {
    async stop() {
      worker.shutdown();
      await running;
      await connection.close();
    },
  };
}

function collecting(told: Told[]): Logger {
  return pino({ level: 'info' }, { write: (line: string) => void told.push(JSON.parse(line) as Told) });
}
