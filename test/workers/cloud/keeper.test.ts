/**
 * The keeper and the order of builds, on the real server with the real store: each active company has its one open run,
 * on a build that has workers.
 */
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { pino } from 'pino';
import { createCloudActivities, createPayablesConnections } from '../../../src/activities/mineraltree/index.ts';
import { until } from '../../../src/cli/until.ts';
import { workflowIdOf } from '../../../src/contract/index.ts';
import {
  addCompany,
  createStoredKeyring,
  listCompanies,
  openStore,
  removeCompany,
  type Store,
} from '../../../src/store/index.ts';
import { markerText } from '../../../src/sync/index.ts';
import { type Cloud, startCloud } from '../../../src/workers/cloud/index.ts';
import { type TestDatabase, type TestTemporal, testDatabase, testTemporal } from '../../local/servers.ts';

const CODE = fileURLToPath(new URL('../../../dist/workflow-bundle.js', import.meta.url));
const log = pino({ level: 'silent' });
Runtime.install({ logger: new DefaultLogger('ERROR') });

describe('the keeper', function () {
  this.timeout(200_000);
  let temporal: TestTemporal;
  let database: TestDatabase;
  let store: Store;
  let connection: NativeConnection;
  const clouds: Cloud[] = [];

  before(async () => {
    [temporal, database] = await Promise.all([testTemporal(), testDatabase()]);
    store = await openStore({ databaseUrl: database.url, masterKey: randomBytes(32), log });
    connection = await NativeConnection.connect({ address: temporal.address });
  });
  after(async () => {
    for (const cloud of clouds) await cloud.stop();
    await connection?.close();
    await store?.close();
    await database?.stop();
    await temporal?.stop();
  });

  /** The cloud of a release; the keeper's rounds are run by the test. */
  async function release(buildId: string): Promise<Cloud> {
    const cloud = await startCloud({
      connection,
      namespace: temporal.namespace,
      keyring: createStoredKeyring(store),
      bundle: { codePath: CODE, buildId },
      activities: createCloudActivities({ store, mineralTree: createPayablesConnections({ store, log }), log }),
      activeCompanies: async () =>
        (await listCompanies(store.db)).map(({ companyId, name }) => ({ id: companyId, name })),
      log,
      keeperMs: 3_600_000,
      identity: `cloud of ${buildId}`,
    });
    clouds.push(cloud);
    return cloud;
  }
  async function end(cloud: Cloud): Promise<void> {
    clouds.splice(clouds.indexOf(cloud), 1);
    await cloud.stop();
  }
  const add = (name: string) =>
    addCompany(store, {
      name,
      mtUrl: 'https://books.mineraltree.com',
      mtCompany: name,
      mtUser: 'api',
      mtPassword: 'never used here',
      markerOf: markerText,
      by: 'the test',
      at: Date.now(),
    });
  const describeRun = async ({ client }: Cloud, companyId: string) => {
    const { runId, status, raw } = await client.workflow.getHandle(workflowIdOf(companyId)).describe();
    return {
      runId,
      status: status.name,
      buildId: raw.workflowExecutionInfo?.versioningInfo?.deploymentVersion?.buildId,
    };
  };

  it('starts the run of a company that has none, leaves one that has, and ends that of a company that was removed', async () => {
    const first = await release('build-1');
    const [kept, removed] = [await add('Kept'), await add('Removed')];
    await first.keep();
    const before = await describeRun(first, kept);
    assert.equal(before.status, 'RUNNING');
    assert.equal((await describeRun(first, removed)).status, 'RUNNING');
    await removeCompany(store, removed, { by: 'the test', at: Date.now() });
    await until('the run of the removed company terminated', async () => {
      await first.keep();
      return (await describeRun(first, removed)).status === 'TERMINATED';
    });
    assert.equal((await describeRun(first, kept)).runId, before.runId);
    await first.client.workflow.getHandle(workflowIdOf(kept)).terminate('by the test');
    await first.keep();
    const again = await describeRun(first, kept);
    assert.equal(again.status, 'RUNNING');
    assert.notEqual(again.runId, before.runId);
  });

  it('asks runs on an older build to hand over to the newest, and an older replica never sets itself back', async () => {
    const [first] = clouds;
    assert.ok(first);
    const [company] = (await listCompanies(store.db)).map(({ companyId }) => companyId);
    assert.ok(company);
    await until('a run on build-1', async () => (await describeRun(first, company)).buildId === 'build-1');
    const second = await release('build-2');
    await until('a run on build-2', async () => {
      await second.keep();
      return (await describeRun(second, company)).buildId === 'build-2';
    });
    await end(first);
    const older = await release('build-1');
    await older.keep();
    const { workerDeploymentInfo } = await older.client.workflowService.describeWorkerDeployment({
      namespace: temporal.namespace,
      deploymentName: 'tandem-cloud',
    });
    assert.equal(workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId, 'build-2');
    assert.equal((await describeRun(older, company)).buildId, 'build-2');
    await end(older);
  });

  it('starts anew a run whose build has no worker any more', async () => {
    const [second] = clouds;
    assert.ok(second);
    const [company] = (await listCompanies(store.db)).map(({ companyId }) => companyId);
    assert.ok(company);
    await end(second);
    const third = await release('build-3');
    // Temporal counts a worker as there until it has not polled for a minute and a half.
    await until(
      'a run on build-3',
      async () => {
        await third.keep();
        return (await describeRun(third, company)).buildId === 'build-3';
      },
      { withinMs: 150_000, everyMs: 1_000 },
    );
  });
});
