/**
 * The keeper: sees to it that each active company has its one open run, on a build that has workers.
 *
 * 1. It starts what is missing and asks runs on older builds to hand over.
 * 2. It terminates only a run that should not be there (its company was removed) or that nobody can execute any more
 *    (its build has no worker, and a newer one is current); the store makes both safe. Never because a query timed out.
 * 3. Several keepers may run at once: starting is idempotent by workflow ID.
 */
import type { Client } from '@temporalio/client';
import { WorkflowExecutionAlreadyStartedError, WorkflowNotFoundError } from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { Logger } from 'pino';
import type { CompanySyncInput } from '../../contract/index.ts';
import { CLOUD_QUEUE, companyOfWorkflow, PHASE_ATTRIBUTE_NAME, workflowIdOf } from '../../contract/index.ts';
import type { Deployment } from './release.ts';
import { DEPLOYMENT_NAME, describeDeployment } from './release.ts';

export const WORKFLOW_TYPE = 'companySync';
const PHASE = defineSearchAttributeKey(PHASE_ATTRIBUTE_NAME, SearchAttributeType.KEYWORD);
/** The search attribute in which Temporal keeps the build that a run is pinned to. */
const ON_BUILD = 'TemporalWorkerDeploymentVersion';
const RUNS = `WorkflowType = "${WORKFLOW_TYPE}" AND ExecutionStatus = "Running"`;

export interface Keeper {
  /** One round: compares companies with runs and acts. Resolves when done; throws what Temporal or the store answer. */
  round(): Promise<void>;
}

export interface ActiveCompany {
  readonly id: string;
  readonly name: string;
}

export interface KeeperOptions {
  readonly client: Client;
  readonly activeCompanies: () => Promise<readonly ActiveCompany[]>;
  readonly log: Logger;
}

export function createKeeper({ client, activeCompanies, log }: KeeperOptions): Keeper {
  async function round(): Promise<void> {
    const runs: { readonly workflowId: string; readonly runId: string }[] = [];
    for await (const { workflowId, runId } of client.workflow.list({ query: RUNS })) runs.push({ workflowId, runId });
    // Companies after runs: a company is added before its run is started, so no run of an active one seems left over.
    const companies = new Map((await activeCompanies()).map((company) => [company.id, company]));
    const missing = new Map(companies);
    for (const run of runs) {
      const companyId = companyOfWorkflow(run.workflowId);
      if (companyId === undefined || missing.delete(companyId)) continue;
      await terminate(run, 'its company is no longer active');
    }
    const deployment = await describeDeployment(client);
    if (deployment?.currentBuildId) await moveOn(deployment, companies);
    for (const company of missing.values())
      if (await startRun(client, company)) log.info({ company: company.id }, 'run started');
  }

  /** Runs on other builds than the current one: asked to hand over, or started anew where nobody can run them any more. */
  async function moveOn(deployment: Deployment, companies: ReadonlyMap<string, ActiveCompany>): Promise<void> {
    const others = [...deployment.firstSeen.keys()].filter((buildId) => buildId !== deployment.currentBuildId);
    const working = others.length === 0 ? undefined : await buildsWithWorkers(client);
    for (const buildId of others)
      for await (const run of client.workflow.list({
        query: `${RUNS} AND ${ON_BUILD} = "${DEPLOYMENT_NAME}:${buildId}"`,
      })) {
        const company = companies.get(companyOfWorkflow(run.workflowId) ?? '');
        if (company === undefined) continue;
        if (working?.has(buildId)) await client.workflow.getHandle(run.workflowId, run.runId).signal('handOver');
        else if (isNewer(deployment, buildId) && (await terminate(run, `its build ${buildId} has no worker any more`)))
          await startRun(client, company);
      }
  }

  async function terminate(
    run: { readonly workflowId: string; readonly runId: string },
    reason: string,
  ): Promise<boolean> {
    log.warn({ workflowId: run.workflowId, reason }, 'run terminated');
    try {
      await client.workflow.getHandle(run.workflowId, run.runId).terminate(reason);
      return true;
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false;
      throw error;
    }
  }

  return { round };
}

/** Starts a company's run unless one is open; says whether it did. The label in Temporal UI is the company's name. */
export async function startRun(client: Client, { id, name }: ActiveCompany): Promise<boolean> {
  const input: CompanySyncInput = { companyId: id };
  try {
    await client.workflow.start(WORKFLOW_TYPE, {
      taskQueue: CLOUD_QUEUE,
      workflowId: workflowIdOf(id),
      workflowIdConflictPolicy: 'FAIL',
      args: [input],
      memo: { label: name },
      typedSearchAttributes: new TypedSearchAttributes([{ key: PHASE, value: 'running' }]),
    });
    return true;
  } catch (error) {
    if (error instanceof WorkflowExecutionAlreadyStartedError) return false;
    throw error;
  }
}

function isNewer({ currentBuildId, firstSeen }: Deployment, buildId: string): boolean {
  return (firstSeen.get(currentBuildId ?? '') ?? 0) >= (firstSeen.get(buildId) ?? 0);
}

/** Temporal remembers a poller for minutes; one that is alive polls once a minute. */
const POLLER_ALIVE_MS = 90_000;

/** Builds whose workers poll the cloud's queue. */
async function buildsWithWorkers(client: Client): Promise<ReadonlySet<string>> {
  const { pollers } = await client.workflowService.describeTaskQueue({
    namespace: client.options.namespace,
    taskQueue: { name: CLOUD_QUEUE },
    taskQueueType: proto.temporal.api.enums.v1.TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW,
    reportPollers: true,
  });
  const alive = (pollers ?? []).filter(
    ({ lastAccessTime }) => Date.now() - Number(lastAccessTime?.seconds ?? 0) * 1_000 < POLLER_ALIVE_MS,
  );
  return new Set(alive.map(({ deploymentOptions }) => deploymentOptions?.buildId ?? ''));
}
