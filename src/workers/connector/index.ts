/**
 * The connector: a Temporal worker for each company that it serves, and one QuickBooks for all of them (or one for each
 * that has its own).
 *
 * 1. One slot and one poll for each company queue.
 * 2. QuickBooks serves one company at a time; the others' tasks wait, heartbeating.
 * 3. Stopping lets a task in hand go on for a grace period; waiting ones are handed back at once. The hosts end last.
 * 4. A connector that the gateway refuses says so and stops by itself.
 */
import os from 'node:os';
import type { Logger } from 'pino';
import type { CredentialKeeper, GatewayError, HttpProxy } from '../connection/index.ts';
import type { AttendanceTimes } from './attendance.ts';
import { startCompanyWorker } from './companyWorker.ts';
import { createCompanyWorkers } from './companyWorkers.ts';
import { desksFor, siteOf } from './desks.ts';
import { linkThroughGateway } from './gatewayLink.ts';
import type { Link } from './link.ts';
import type { ConnectorSettings } from './settings.ts';
import { createTroubleNote, type TroubleNote } from './trouble.ts';

export type { AttendanceTimes } from './attendance.ts';
export {
  type CompanySettings,
  type ConnectorLimits,
  type ConnectorSettings,
  DEFAULT_LIMITS,
  type ProcessorSettings,
} from './settings.ts';

export interface ConnectorOptions {
  readonly settings: ConnectorSettings;
  readonly keeper: CredentialKeeper;
  readonly proxy?: HttpProxy;
  readonly version: string;
  readonly log: Logger;
  /** Ends a start that waits for the gateway. */
  readonly signal?: AbortSignal;
  /** How often the gateway hears of this connector. */
  readonly times?: Partial<AttendanceTimes>;
}

export interface Connector {
  /** Who this is, as every activity in Temporal UI shows it. */
  readonly identity: string;
  /** Where it polls, for people. */
  readonly where: string;
  /** For how many companies it polls. */
  companies(): number;
  /** Settles when the gateway refuses this connector; it stops by itself then. */
  readonly refused: Promise<GatewayError>;
  /** Stops polling, lets go of tasks, ends the hosts and the connection. */
  stop(): Promise<void>;
}

/**
 * Connects and polls for every company that may be served. A gateway that is away is waited for.
 * Throws `GatewayError`, what the keeper throws, or the signal's reason.
 */
export async function startConnector(options: ConnectorOptions): Promise<Connector> {
  const { settings, version, log } = options;
  const { name, companies, limits } = settings;
  const connector = `${name}@${os.hostname()}`;
  const identity = `${connector}#${process.pid} v${version}`;
  let link: Link | undefined;
  const trouble = createTroubleNote(() => link?.tell());
  link = await linkOf(options, trouble);
  const opened = link;
  const desks = desksFor(settings);
  const site = siteOf({ connector, version, settings, desks, trouble });
  const workers = createCompanyWorkers({
    companyIds: companies.map(({ id }) => id),
    start: (companyId) => startCompanyWorker({ companyId, link: opened, identity, site, limits, log }),
    log,
  });
  const stopNow = async (): Promise<void> => {
    for (const { lock } of desks.values()) lock.close();
    const killHosts = () => {
      for (const { host } of desks.values()) host.kill();
    };
    // A call that hangs in QuickBooks would keep its task, and so this process, for as long.
    const grace = setTimeout(killHosts, limits.stopGraceMs);
    await opened.leave();
    await workers.stop();
    clearTimeout(grace);
    killHosts();
    await opened.close();
  };
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => {
    stopping ??= stopNow();
    return stopping;
  };
  const { promise: refused, resolve } = deferred<GatewayError>();
  try {
    await opened.attend({
      allowed: workers.allow,
      refused(error) {
        log.error({ gateway: error.gateway }, error.message);
        resolve(error);
        stop().catch((failure: unknown) => log.error({ err: failure }, 'the connector could not stop'));
      },
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { identity, where: opened.where, companies: workers.count, refused, stop };
}

function linkOf(options: ConnectorOptions, trouble: TroubleNote): Promise<Link> {
  const { keeper, proxy, version, log, signal = new AbortController().signal, times = {} } = options;
  const way = proxy === undefined ? {} : { proxy };
  return linkThroughGateway({
    keeper,
    ...way,
    version,
    mode: () => 'offline',
    reason: trouble.reason,
    times,
    signal,
    log,
  });
}

function deferred<T>(): { readonly promise: Promise<T>; readonly resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => undefined;
  const promise = new Promise<T>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
