/** Fetching what a company's workflow has recorded, and replaying it on a bundle. */
import { readFileSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import type { temporal } from '@temporalio/proto';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { workflowIdOf } from '../../src/contract/index.ts';
import { createDataConverter } from '../../src/workers/codec/index.ts';

// A replay that fails is logged as a warning; here some are meant to.
Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR' } } });

export type History = temporal.api.history.v1.IHistory;

const DIST = new URL('../../dist/', import.meta.url);

/** The bundle as it was built, and its build ID. */
export const presentBundle = (): { readonly code: string; readonly buildId: string } => ({
  code: readFileSync(new URL('workflow-bundle.js', DIST), 'utf8'),
  buildId: (JSON.parse(readFileSync(new URL('workflow-bundle.json', DIST), 'utf8')) as { buildId: string }).buildId,
});

/** The history of every run of a company, oldest first. */
export async function historiesOf(
  client: Client,
  companyId: string,
): Promise<{ readonly runId: string; readonly history: History }[]> {
  const found = [];
  for await (const { runId, startTime } of client.workflow.list({ query: `WorkflowId = "${workflowIdOf(companyId)}"` }))
    found.push({
      runId,
      startTime,
      history: await client.workflow.getHandle(workflowIdOf(companyId), runId).fetchHistory(),
    });
  return found
    .sort((a, b) => a.startTime.getTime() - b.startTime.getTime())
    .map(({ runId, history }) => ({ runId, history }));
}

/** Replays a history; rejects when the bundle would have done something else. */
export function replay(code: string, history: History, companyId: string): Promise<void> {
  return Worker.runReplayHistory(
    { workflowBundle: { code }, dataConverter: createDataConverter(), replayName: companyId },
    history,
    workflowIdOf(companyId),
  );
}
