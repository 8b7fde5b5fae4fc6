/**
 * The connector: a Temporal worker for each company that it serves, and one QuickBooks for all of them (or one for each
 * that has its own).
 *
 * 1. One slot and one poll for each company queue.
 * 2. QuickBooks serves one company at a time; the others' tasks wait, heartbeating.
 * 3. Stopping lets a task in hand go on for a grace period; waiting ones are handed back at once. The hosts end last.
 */
import os from 'node:os';
import { type NativeConnection, Worker } from '@temporalio/worker';
import type { Logger } from 'pino';
import { createSiteActivities, type Site } from '../../activities/quickbooks/index.ts';
import { siteQueue } from '../../contract/index.ts';
import { createQuickBooksHost, type QuickBooksHost } from '../../quickbooks/index.ts';
import { createDataConverter } from '../codec/index.ts';
import { connectToTemporal } from '../connection/index.ts';
import { createQuickBooksLock, type QuickBooksLock } from './quickBooksLock.ts';
import type { CompanySettings, ConnectorLimits, ConnectorSettings, ProcessorSettings } from './settings.ts';

export {
  type CompanySettings,
  type ConnectorLimits,
  type ConnectorSettings,
  DEFAULT_LIMITS,
  type ProcessorSettings,
} from './settings.ts';

/** A pause bites within one message set and this. */
const HEARTBEAT_THROTTLE_MS = 5_000;
/** Beyond the grace period: for the task in hand to hear that it must end, and to end. */
const FORCE_AFTER_MS = 30_000;
const RESTART_MS = 5_000;

export interface ConnectorOptions {
  readonly settings: ConnectorSettings;
  readonly version: string;
  readonly log: Logger;
}

export interface Connector {
  /** Who this is, as every activity in Temporal UI shows it. */
  readonly identity: string;
  /** Stops polling, lets go of tasks, ends the hosts and the connection. */
  stop(): Promise<void>;
}

/** One QuickBooks and whose turn it is on it. */
interface Desk {
  readonly host: QuickBooksHost;
  readonly lock: QuickBooksLock;
}

/** Connects and polls for every company. Throws `TemporalNotReached`. */
export async function startConnector({ settings, version, log }: ConnectorOptions): Promise<Connector> {
  const { name, temporal, companies, limits } = settings;
  const connection = await connectToTemporal(temporal);
  const desks = desksFor(settings);
  const connector = `${name}@${os.hostname()}`;
  const identity = `${connector}#${process.pid} v${version}`;
  const site = siteOf(connector, version, companies, desks, limits);
  const workers: Serving[] = [];
  const stop = async (): Promise<void> => {
    for (const { lock } of desks.values()) lock.close();
    const killHosts = () => {
      for (const { host } of desks.values()) host.kill();
    };
    // A call that hangs in QuickBooks would keep its task, and so this process, for as long.
    const grace = setTimeout(killHosts, limits.stopGraceMs);
    await Promise.all(workers.map((worker) => worker.stop()));
    clearTimeout(grace);
    killHosts();
    await connection.close();
  };
  try {
    for (const { id } of companies)
      workers.push(await serve({ companyId: id, connection, temporal, identity, site, limits, log }));
  } catch (error) {
    await stop();
    throw error;
  }
  return { identity, stop };
}

/** A desk of its own for a company that names a processor; one for all others. By company ID. */
function desksFor({ processor, companies, limits }: ConnectorSettings): ReadonlyMap<string, Desk> {
  const desk = ({ node, ...choice }: ProcessorSettings): Desk => ({
    host: createQuickBooksHost({ processor: choice, limits: limits.calls, ...(node === undefined ? {} : { node }) }),
    lock: createQuickBooksLock({ keepMs: limits.keepCompanyMs, waitMs: limits.handBackMs }),
  });
  const shared = desk(processor);
  return new Map(companies.map(({ id, processor: own }) => [id, own === undefined ? shared : desk(own)] as const));
}

function siteOf(
  connector: string,
  version: string,
  companies: readonly CompanySettings[],
  desks: ReadonlyMap<string, Desk>,
  { nextVisitMs }: ConnectorLimits,
): Site {
  const byId = new Map(companies.map((company) => [company.id, company] as const));
  return {
    connector,
    connectorVersion: version,
    nextDueMs: nextVisitMs,
    served: (companyId) => byId.get(companyId),
    async withQuickBooks(companyId, signal, work, likelyMore) {
      const desk = desks.get(companyId);
      if (desk === undefined) throw new RangeError(`no QuickBooks for ${companyId}`);
      const turn = await desk.lock.turn(companyId, signal);
      let keep = false;
      try {
        const result = await work(desk.host);
        keep = likelyMore(result);
        return result;
      } finally {
        turn.end(keep);
      }
    },
  };
}

interface ServeOptions {
  readonly companyId: string;
  readonly connection: NativeConnection;
  readonly temporal: ConnectorSettings['temporal'];
  readonly identity: string;
  readonly site: Site;
  readonly limits: ConnectorLimits;
  readonly log: Logger;
}

interface Serving {
  stop(): Promise<void>;
}

/** Polls for one company until stopped; a worker that fails is started again after a while. */
async function serve(options: ServeOptions): Promise<Serving> {
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

const createWorker = ({ companyId, connection, temporal, identity, site, limits }: ServeOptions): Promise<Worker> =>
  Worker.create({
    connection,
    namespace: temporal.namespace,
    taskQueue: siteQueue(companyId),
    identity,
    activities: createSiteActivities(site, Date.now),
    dataConverter: createDataConverter(),
    maxConcurrentActivityTaskExecutions: 1,
    activityTaskPollerBehavior: { type: 'simple-maximum', maximum: 1 },
    maxHeartbeatThrottleInterval: HEARTBEAT_THROTTLE_MS,
    shutdownGraceTime: limits.stopGraceMs,
    shutdownForceTime: limits.stopGraceMs + FORCE_AFTER_MS,
  });

const untilAborted = (signal: AbortSignal, ms: number): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
