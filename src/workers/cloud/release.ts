/**
 * Which build new runs start on. A build ID is the hash of the workflow bundle, so two replicas of one release agree.
 *
 * The newest build is current: the one that Temporal saw last for the first time. A replica of an older release, started
 * again by an orchestrator, never sets itself back; going back on purpose is `--make-current`.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from '@temporalio/client';

export const DEPLOYMENT_NAME = 'tandem-cloud';

export interface Deployment {
  readonly currentBuildId?: string;
  /** Builds known to Temporal, by the time it first saw a worker of each, in seconds. */
  readonly firstSeen: ReadonlyMap<string, number>;
}

/** What Temporal knows of the deployment; undefined before any worker of it has polled. */
export async function describeDeployment(client: Client): Promise<Deployment | undefined> {
  const { namespace } = client.options;
  try {
    const { workerDeploymentInfo } = await client.workflowService.describeWorkerDeployment({
      namespace,
      deploymentName: DEPLOYMENT_NAME,
    });
    const firstSeen = new Map<string, number>();
    for (const { deploymentVersion, createTime } of workerDeploymentInfo?.versionSummaries ?? [])
      if (deploymentVersion?.buildId) firstSeen.set(deploymentVersion.buildId, Number(createTime?.seconds ?? 0));
    const current = workerDeploymentInfo?.routingConfig?.currentDeploymentVersion?.buildId;
    return { firstSeen, ...(current ? { currentBuildId: current } : {}) };
  } catch (error) {
    if (notFound(error)) return undefined;
    throw error;
  }
}

/** Whether a build should become current: none is, or it came after the one that is. Pure. */
export function shouldBecomeCurrent({ currentBuildId, firstSeen }: Deployment, buildId: string): boolean {
  if (currentBuildId === undefined) return true;
  if (currentBuildId === buildId) return false;
  const [mine, current] = [firstSeen.get(buildId), firstSeen.get(currentBuildId)];
  return mine !== undefined && (current === undefined || mine > current);
}

/**
 * Waits until Temporal has seen a worker of this build, then makes it current if it is the newest (or `force`).
 * Returns whether it is current now. Gives up after `patienceMs` with an error.
 */
export async function becomeCurrent(
  client: Client,
  buildId: string,
  { force = false, patienceMs = 60_000 } = {},
): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const deployment = await describeDeployment(client);
    if (deployment?.firstSeen.has(buildId)) {
      if (deployment.currentBuildId === buildId) return true;
      if (!force && !shouldBecomeCurrent(deployment, buildId)) return false;
      if (await setCurrent(client, buildId)) return true;
    }
    if (Date.now() > deadline)
      throw new Error(`Temporal has not seen a worker of build ${buildId} within ${patienceMs} ms`);
    await delay(200);
  }
}

/** False when the server does not know the deployment's pollers yet: it learns of them a moment after it first sees one. */
async function setCurrent(client: Client, buildId: string): Promise<boolean> {
  const { namespace, identity } = client.options;
  try {
    const request = { namespace, deploymentName: DEPLOYMENT_NAME, buildId, identity, ignoreMissingTaskQueues: true };
    await client.workflowService.setWorkerDeploymentCurrentVersion(request);
    return true;
  } catch (error) {
    if (notFound(error)) return false;
    throw error;
  }
}

const GRPC_NOT_FOUND = 5;

/** Whether Temporal answered NOT_FOUND, whichever of its clients says so. */
export function notFound(error: unknown): boolean {
  return [error, error instanceof Error ? error.cause : undefined].some(
    (one) => typeof one === 'object' && one !== null && 'code' in one && one.code === GRPC_NOT_FOUND,
  );
}
