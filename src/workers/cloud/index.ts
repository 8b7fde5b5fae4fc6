/**
 * The cloud part of Tandem: the worker that runs the workflows and the MineralTree-facing activities, and the keeper.
 *
 * 1. Search attributes are registered before the worker starts: a workflow's first task writes one.
 * 2. The worker is versioned by its bundle (PINNED); it becomes current when it is the newest.
 * 3. What the keeper meets (Temporal or the store away) is logged and tried again at its next round.
 *
 * Leaves to others: the store and the activities (given), where Temporal is (given), settings (the entry point).
 */
import { Client } from '@temporalio/client';
import type { NativeConnection } from '@temporalio/worker';
import { Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { CloudActivities } from '../../contract/index.ts';
import { CLOUD_QUEUE } from '../../contract/index.ts';
import { type CompanyKeyring, createDataConverter } from '../codec/index.ts';
import type { ActiveCompany } from './keeper.ts';
import { createKeeper } from './keeper.ts';
import { becomeCurrent, DEPLOYMENT_NAME } from './release.ts';
import { registerSearchAttributes } from './searchAttributes.ts';

export { startRun, WORKFLOW_TYPE } from './keeper.ts';

export interface WorkflowBundle {
  readonly codePath: string;
  /** Hash of the bundle. */
  readonly buildId: string;
}

export interface CloudOptions {
  readonly connection: NativeConnection;
  readonly namespace: string;
  /** What payloads are sealed with. */
  readonly keyring: CompanyKeyring;
  readonly bundle: WorkflowBundle;
  readonly activities: CloudActivities;
  readonly activeCompanies: () => Promise<readonly ActiveCompany[]>;
  readonly log: Logger;
  /** Make this build current whatever came before: going back to an older release on purpose. */
  readonly makeCurrent?: boolean;
  /** @default 60_000 */
  readonly keeperMs?: number;
  /** Shown by Temporal as who ran an activity. */
  readonly identity: string;
}

export interface Cloud {
  readonly client: Client;
  /** Runs the keeper now; for a company just added. */
  keep(): Promise<void>;
  /** Settles when the worker has ended; rejects when it failed. */
  readonly ended: Promise<void>;
  stop(): Promise<void>;
}

export async function startCloud(options: CloudOptions): Promise<Cloud> {
  const { connection, namespace, keyring, bundle, activities, log, identity, keeperMs = 60_000 } = options;
  const dataConverter = createDataConverter(keyring);
  const client = new Client({ connection, namespace, dataConverter, identity });
  await registerSearchAttributes(client);
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue: CLOUD_QUEUE,
    identity,
    dataConverter,
    workflowBundle: { codePath: bundle.codePath },
    activities,
    workerDeploymentOptions: {
      useWorkerVersioning: true,
      version: { deploymentName: DEPLOYMENT_NAME, buildId: bundle.buildId },
      defaultVersioningBehavior: 'PINNED',
    },
    shutdownGraceTime: '10 s',
  });
  const ended = worker.run();
  const stopWorker = async () => {
    if (worker.getState() === 'RUNNING') worker.shutdown();
    await ended;
  };
  try {
    const current = await becomeCurrent(client, bundle.buildId, { force: options.makeCurrent === true });
    log.info({ build: bundle.buildId, current }, current ? 'this build is current' : 'a newer build is current');
  } catch (error) {
    await stopWorker();
    throw error;
  }
  const keeper = createKeeper({ client, activeCompanies: options.activeCompanies, log });
  let round = Promise.resolve();
  const keep = () => {
    round = round.then(() => keeper.round());
    return round;
  };
  const tick = () => {
    keep().catch((error: unknown) => {
      round = Promise.resolve();
      log.warn({ err: error }, 'the keeper could not finish a round; it tries again');
    });
  };
  tick();
  const timer = setInterval(tick, keeperMs);
  return {
    client,
    keep,
    ended,
    async stop() {
      clearInterval(timer);
      await Promise.allSettled([round]);
      await stopWorker();
    },
  };
}
