/** Fetching what a company's workflow has recorded, and replaying it on a bundle. */
import { readFileSync } from 'node:fs';
import type { Client } from '@temporalio/client';
import {
  decode,
  visit,
  walkGetWorkflowExecutionHistoryResponse,
} from '@temporalio/common/lib/internal-non-workflow/index.js';
import type { temporal } from '@temporalio/proto';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { workflowIdOf } from '../../src/contract/index.ts';
import { createDataConverter } from '../../src/workers/codec/index.ts';
import { fixedKeyring } from '../workers/codec/fixedKeyring.ts';

// A replay that fails is logged as a warning; here some are meant to.
Runtime.install({ logger: new DefaultLogger('ERROR'), telemetryOptions: { logging: { filter: 'ERROR' } } });

export type History = temporal.api.history.v1.IHistory;

const DIST = new URL('../../dist/', import.meta.url);

/** The bundle as it was built, and its build ID. */
export const presentBundle = (): { readonly code: string; readonly buildId: string } => ({
  code: readFileSync(new URL('workflow-bundle.js', DIST), 'utf8'),
  buildId: (JSON.parse(readFileSync(new URL('workflow-bundle.json', DIST), 'utf8')) as { buildId: string }).buildId,
});

/** The history of every run of a company, oldest first, with its payloads opened: it can be kept, and replayed without keys. */
export async function historiesOf(
  client: Client,
  companyId: string,
): Promise<{ readonly runId: string; readonly history: History }[]> {
  const found = [];
  for await (const { runId, startTime } of client.workflow.list({ query: `WorkflowId = "${workflowIdOf(companyId)}"` }))
    found.push({
      runId,
      startTime,
      history: await opened(
        client,
        companyId,
        await client.workflow.getHandle(workflowIdOf(companyId), runId).fetchHistory(),
      ),
    });
  return found
    .sort((a, b) => a.startTime.getTime() - b.startTime.getTime())
    .map(({ runId, history }) => ({ runId, history }));
}

async function opened(client: Client, companyId: string, history: History): Promise<History> {
  const { namespace, loadedDataConverter } = client.options;
  const { payloadCodecs } = loadedDataConverter;
  const context = { type: 'workflow', namespace, workflowId: workflowIdOf(companyId) } as const;
  await visit({ history }, walkGetWorkflowExecutionHistoryResponse, {
    transformPayload: async (payload) => (await decode(payloadCodecs, [payload], context))[0] ?? payload,
    transformPayloads: (payloads) => decode(payloadCodecs, payloads, context),
    initialContext: context,
    skipHeaders: true,
    skipSearchAttributes: true,
  });
  return history;
}

/** Replays a history whose payloads lie open; rejects when the bundle would have done something else. */
export function replay(code: string, history: History, companyId: string): Promise<void> {
  return Worker.runReplayHistory(
    {
      workflowBundle: { code },
      dataConverter: createDataConverter(fixedKeyring(), { readUnsealed: true }),
      replayName: companyId,
    },
    history,
    workflowIdOf(companyId),
  );
}
