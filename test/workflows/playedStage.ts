/** The workflow of companies on the real Temporal server, where a test answers for the cloud and for each site. */
import { fileURLToPath } from 'node:url';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { NativeConnection, Worker } from '@temporalio/worker';
import {
  type Blocked,
  CLOUD_QUEUE,
  type CloudActivities,
  DEFAULT_SETTINGS,
  PROTOCOL,
  type Standing,
  siteQueue,
  workflowIdOf,
} from '../../src/contract/index.ts';
import { registerSearchAttributes } from '../../src/workers/cloud/searchAttributes.ts';
import { createDataConverter } from '../../src/workers/codec/index.ts';
import { testTemporal } from '../local/servers.ts';
import { fixedKeyring } from '../workers/codec/fixedKeyring.ts';

export interface PlayedStage {
  readonly client: Client;
  /** Runs a company whose site answers so, for as long as the story takes. `args` are those of the workflow. */
  company<T>(
    companyId: string,
    site: object,
    story: (run: WorkflowHandle) => Promise<T>,
    args?: readonly unknown[],
  ): Promise<T>;
  stop(): Promise<void>;
}

export async function playedStage(cloud: CloudActivities): Promise<PlayedStage> {
  const temporal = await testTemporal();
  const { address, namespace } = temporal;
  const dataConverter = createDataConverter(fixedKeyring());
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace, dataConverter });
  await registerSearchAttributes(client);
  const native = await NativeConnection.connect({ address });
  const worker = (taskQueue: string, given: object): Promise<Worker> =>
    Worker.create({ connection: native, namespace, taskQueue, dataConverter, ...given });
  const workflowsPath = fileURLToPath(new URL('../../src/workflows/index.ts', import.meta.url));
  const cloudWorker = await worker(CLOUD_QUEUE, { workflowsPath, activities: cloud });
  const running = cloudWorker.run();
  return {
    client,
    async company(companyId, site, story, args = [{ companyId }]) {
      const siteWorker = await worker(siteQueue(companyId), { activities: site });
      return siteWorker.runUntil(async () => {
        const run = await client.workflow.start('companySync', {
          taskQueue: CLOUD_QUEUE,
          workflowId: workflowIdOf(companyId),
          args: [...args],
        });
        try {
          return await story(run);
        } finally {
          await run.terminate('the story is told');
        }
      });
    },
    async stop() {
      cloudWorker.shutdown();
      await running;
      await native.close();
      await connection.close();
      await temporal.stop();
    },
  };
}

export const FILE = { expected: 'mark', alsoAccepts: [] };

/** How a company stands on a quiet day: nothing is due for an hour. */
export const quietStanding = (companyId: string, block?: Blocked): Standing => ({
  settings: { ...DEFAULT_SETTINGS, intervalMs: 3_600_000, siteRetryMs: 1_000, heartbeatMs: 2_000 },
  openProblems: 0,
  firstLoadDone: true,
  ...(block && { block }),
  nextPull: {
    protocol: PROTOCOL,
    companyId,
    pullId: 'pull-1',
    page: { kind: 'changes' },
    watermarks: {},
    seen: {},
    file: FILE,
    canaries: [],
    creditVendors: [],
  },
});
