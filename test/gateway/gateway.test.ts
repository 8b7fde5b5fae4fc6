/** Real workers that reach the real Temporal through the gateway, with the credentials of the real store. */
import assert from 'node:assert/strict';
import { type ActivityFailure, type ApplicationFailure, WorkflowFailedError } from '@temporalio/client';
import { optionalTsToMs } from '@temporalio/common/lib/time.js';
import type { NativeConnection } from '@temporalio/worker';
import { until } from '../../src/cli/until.ts';
import type { Gateway } from '../../src/gateway/index.ts';
import { type Enrolled, endTask, type RunningWorker, type Stage, stage } from './stage.ts';

describe('a connector behind the gateway', function () {
  this.timeout(120_000);
  let on: Stage;
  let gateway: Gateway;
  let acme: string;
  let desk: Enrolled;
  const closing: (() => Promise<void>)[] = [];

  before(async () => {
    on = await stage();
    acme = await on.addCompany('Acme');
    desk = await on.enrol(acme);
    gateway = await on.gateway();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  after(() => on?.close());

  const connected = async (to: Gateway | string, { secret }: Enrolled): Promise<NativeConnection> => {
    const connection = await on.connect(to, secret);
    closing.push(() => connection.close());
    return connection;
  };
  const working = async (to: Gateway | string, who: Enrolled, companyId: string): Promise<RunningWorker> => {
    const worker = await on.worker(await connected(to, who), companyId);
    closing.push(() => worker.stop());
    return worker;
  };

  it('does a task of its company, and Temporal shows it under the name that the gateway gave it', async () => {
    await working(gateway, desk, acme);
    const handle = await on.task(acme, 'echo', { bill: 'S-1', lines: 'x'.repeat(200_000) });
    assert.equal(JSON.stringify(await handle.result()).length, 200_025);
    const { events } = await handle.fetchHistory();
    const identities = (events ?? []).flatMap(
      ({ activityTaskStartedEventAttributes: started, activityTaskCompletedEventAttributes: completed }) => [
        ...(started?.identity ? [started.identity] : []),
        ...(completed?.identity ? [completed.identity] : []),
      ],
    );
    assert.deepEqual([...new Set(identities)], [`desk#${desk.installationId} v1.0.0`]);
  });

  it('is told of a failure with its details', async () => {
    await working(gateway, desk, acme);
    const handle = await on.task(acme, 'refuse', { status: 3120 });
    const error = await handle.result().catch((failed: unknown) => failed);
    assert.ok(error instanceof WorkflowFailedError);
    const failure = (error.cause as ActivityFailure).cause as ApplicationFailure;
    assert.deepEqual(
      [failure.message, failure.type, failure.details],
      ['QuickBooks said no', 'Refused', [{ status: 3120 }]],
    );
  });

  it('keeps a long task alive by its heartbeats', async () => {
    await working(gateway, desk, acme);
    const heartbeatMs = 1_500;
    const handle = await on.task(acme, 'beat', 'long', { heartbeatMs, attempts: 1 });
    await until('a heartbeat that came after two that would have been missed', async () => {
      const [task] = (await handle.describe()).raw.pendingActivities ?? [];
      const [beat, began] = [optionalTsToMs(task?.lastHeartbeatTime), optionalTsToMs(task?.lastStartedTime)];
      return beat !== undefined && began !== undefined && beat - began > 2 * heartbeatMs;
    });
    endTask('long');
    assert.deepEqual(await handle.result(), { done: true });
  });

  it('hears that its task was cancelled', async () => {
    await working(gateway, desk, acme);
    const handle = await on.task(acme, 'beat', 'without end');
    await until('the task has begun', async () => (await handle.describe()).raw.pendingActivities?.[0]?.state === 2);
    await handle.cancel();
    const error = await handle.result().catch((failed: unknown) => failed);
    assert.ok(error instanceof WorkflowFailedError);
    assert.equal(error.cause?.name, 'CancelledFailure');
  });
});
