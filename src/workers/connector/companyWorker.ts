/** A Temporal worker for one company: one slot and one poll, started again after a while when it fails. */
import { Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createSiteActivities, type Site } from '../../activities/quickbooks/index.ts';
import { siteQueue } from '../../contract/index.ts';
import type { Link } from './link.ts';
import type { ConnectorLimits } from './settings.ts';
import { untilAborted } from './waiting.ts';

/** A pause bites within one message set and this. */
const HEARTBEAT_THROTTLE_MS = 5_000;
/** Beyond the grace period: for the task in hand to hear that it must end, and to end. */
const FORCE_AFTER_MS = 30_000;
const RESTART_MS = 5_000;

export interface CompanyWorkerOptions {
  readonly companyId: string;
  readonly link: Pick<Link, 'connection' | 'namespace' | 'dataConverter'>;
  readonly identity: string;
  readonly site: Site;
  readonly limits: ConnectorLimits;
  readonly log: Logger;
}

export interface CompanyWorker {
  /** Polls no more, lets the task in hand go on for the grace period. */
  stop(): Promise<void>;
}

/** Polls for one company until stopped. Throws when the worker cannot be made. */
export async function startCompanyWorker(options: CompanyWorkerOptions): Promise<CompanyWorker> {
  const { companyId, log } = options;
  const stopping = new AbortController();
  let worker = await createWorker(options);
  const running = (async () => {
    for (let failed = false; ; ) {
      try {
        if (stopping.signal.aborted) return;
        if (failed) worker = await createWorker(options);
        await worker.run();
        return;
      } catch (error) {
        failed = true;
        log.error({ companyId, error: error instanceof Error ? error.message : String(error) }, 'a worker failed');
      }
      await untilAborted(stopping.signal, RESTART_MS);
    }
  })();
  return {
    async stop() {
      stopping.abort();
      if (worker.getState() === 'RUNNING') worker.shutdown();
      await running;
    },
  };
}

const createWorker = ({ companyId, link, identity, site, limits }: CompanyWorkerOptions): Promise<Worker> =>
  Worker.create({
    connection: link.connection,
    namespace: link.namespace,
    taskQueue: siteQueue(companyId),
    identity,
    activities: createSiteActivities(site, Date.now),
    dataConverter: link.dataConverter,
    maxConcurrentActivityTaskExecutions: 1,
    activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 1 },
    maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE_MS,
    shutdownGraceTime: limits.stopGraceMs,
    shutdownForceTime: limits.stopGraceMs + FORCE_AFTER_MS,
  });
