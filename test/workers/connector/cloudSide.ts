/**
 * What a connector reaches, for its tests: Temporal, the store and a gateway in this process, and workflows that give one
 * task each to the site.
 */
import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { pino } from 'pino';
import { writeCredential } from '../../../src/cli/connectorCredential.ts';
import { siteQueue, workflowIdOf } from '../../../src/contract/index.ts';
import { type Gateway, type GatewayOptions, startGateway } from '../../../src/gateway/index.ts';
import { machineCertificate } from '../../../src/local/certificate.ts';
import { createConnectorKey, createStoredKeyring, openStore, type Store } from '../../../src/store/index.ts';
import { createDataConverter } from '../../../src/workers/codec/index.ts';
import { type TestTemporal, testDatabase, testTemporal } from '../../local/servers.ts';
import { addTestCompany, enrolTestConnector, type TestConnector } from '../../store/testCompany.ts';

const QUEUE = 'test-workflows';
const log = pino({ level: 'silent' });
Runtime.install({
  logger: new DefaultLogger('ERROR'),
  telemetryOptions: { logging: { forward: {}, filter: 'ERROR' } },
});

export interface CloudSide {
  readonly temporal: TestTemporal;
  readonly store: Store;
  readonly client: Client;
  /** Scratch folder, gone with the rest. */
  readonly folder: string;
  readonly caFile: string;
  addCompany(name: string): Promise<string>;
  /** A one-time key of the company. */
  key(companyId: string): Promise<string>;
  gateway(options?: Partial<GatewayOptions>): Promise<Gateway>;
  /** The credential file of a new installation. */
  enrolled(gateway: Gateway, companyIds: readonly string[]): Promise<Enrolled>;
  /** Gives the company's site one task. */
  task(companyId: string, name: string, request: object): Promise<WorkflowHandle>;
  close(): Promise<void>;
}

export interface Enrolled {
  readonly file: string;
  readonly installationId: string;
  readonly secret: string;
}

export async function cloudSide(): Promise<CloudSide> {
  const [temporal, database, folder] = await Promise.all([
    testTemporal(),
    testDatabase(),
    mkdtemp(join(tmpdir(), 'tandem-connector-')),
  ]);
  const store = await openStore({ databaseUrl: database.url, masterKey: randomBytes(32), log });
  const { caFile, certFile } = await machineCertificate(join(folder, 'tls'), [], Date.now());
  const dataConverter = createDataConverter(createStoredKeyring(store, { refreshMs: 0 }));
  const connection = await Connection.connect({ address: temporal.address });
  const client = new Client({ connection, namespace: temporal.namespace, dataConverter });
  const native = await NativeConnection.connect({ address: temporal.address });
  const worker = await Worker.create({
    connection: native,
    namespace: temporal.namespace,
    taskQueue: QUEUE,
    workflowsPath: fileURLToPath(new URL('./workflows.ts', import.meta.url)),
    dataConverter,
  });
  const running = worker.run();
  const gateways: Gateway[] = [];
  const key = (companyId: string) => createConnectorKey(store, companyId, { by: 'test', at: Date.now() });
  let credentials = 0;
  return {
    temporal,
    store,
    client,
    folder,
    caFile,
    key,
    addCompany: (name) => addTestCompany(store, name),
    async gateway(options = {}) {
      const gateway = await startGateway({
        upstream: { address: temporal.address, namespace: temporal.namespace },
        store,
        tls: { certFile, keyFile: certFile },
        log,
        ...options,
      });
      gateways.push(gateway);
      return gateway;
    },
    async enrolled(gateway, companyIds) {
      let connector: TestConnector | undefined;
      for (const companyId of companyIds) connector = await enrolTestConnector(store, companyId, connector);
      if (connector === undefined) throw new RangeError('an installation needs a company');
      const { installationId, secret, companies } = connector;
      credentials += 1;
      const file = join(folder, `credential-${credentials}.json`);
      writeCredential(file, {
        gateway: gateway.address,
        namespace: temporal.namespace,
        installationId,
        secret,
        ca: await readFile(caFile, 'utf8'),
        companies,
      });
      return { file, installationId, secret };
    },
    task: (companyId, name, request) =>
      client.workflow.start('oneTask', {
        workflowId: workflowIdOf(companyId),
        taskQueue: QUEUE,
        args: [
          name,
          request,
          {
            taskQueue: siteQueue(companyId),
            startToCloseTimeout: 60_000,
            heartbeatTimeout: 2_000,
            retry: { initialInterval: 1_000, maximumInterval: 1_000 },
            cancellationType: 'WAIT_CANCELLATION_COMPLETED',
          },
        ],
      }),
    async close() {
      for (const gateway of gateways) await gateway.stop();
      worker.shutdown();
      await running;
      await native.close();
      await connection.close();
      await store.close();
      await Promise.all([temporal.stop(), database.stop()]);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
