/**
 * The gateway: the one door through which connectors reach Temporal and the cloud.
 *
 * 1. A connector never reaches Temporal itself: nine calls of a Temporal activity worker are let through, each rewritten,
 *    for the queues and tasks of its own companies; all else is refused, told in the log and counted.
 * 2. Several gateways may serve the same store: credentials, companies and seal keys are the store's, looked at every second.
 * 3. Whoever waits here is never left hanging: a poll that can go on no more is answered as run out.
 */
import { setTimeout as after } from 'node:timers/promises';
import type { Logger } from 'pino';
import { PROTOCOL } from '../contract/index.ts';
import type { Store } from '../store/index.ts';
import { createCallers } from './callers.ts';
import type { CertificateSource } from './certificate.ts';
import { createDoor } from './door.ts';
import { DEFAULT_GATEWAY_LIMITS, type GatewayLimits } from './limits.ts';
import { startListener } from './listener.ts';
import { createLivePolls } from './livePolls.ts';
import type { RefusalReason } from './refusal.ts';
import { createRefusalLog } from './refusalLog.ts';
import { createSealKeyring } from './sealKeyring.ts';
import { createUpstream, type UpstreamAddress } from './upstream.ts';

export interface GatewayOptions {
  readonly upstream: UpstreamAddress;
  readonly store: Store;
  readonly tls: CertificateSource;
  /** @default '127.0.0.1' */
  readonly host?: string;
  /** @default 0, any free one */
  readonly port?: number;
  readonly log: Logger;
  readonly limits?: Partial<GatewayLimits>;
  /** Connectors that speak an older protocol are told to update. @default PROTOCOL of this release */
  readonly minimumProtocol?: number;
  /** Of this release, as Temporal is told. */
  readonly version?: string;
}

export interface GatewayStats {
  readonly connections: number;
  readonly polls: number;
  /** Calls under way, polls among them. */
  readonly calls: number;
  readonly answered: number;
  readonly refused: Readonly<Partial<Record<RefusalReason, number>>>;
}

export interface Gateway {
  /** `host:port`. */
  readonly address: string;
  stats(): GatewayStats;
  /** Lets go of all polls and connections so that connectors go to another gateway, waits for calls under way, stops. */
  drain(): Promise<void>;
  /** Stops at once. */
  stop(): Promise<void>;
}

const SWEEP_MS = 30_000;
const SEAL_KEYS_MS = 30_000;
const DRAIN_LOOK_MS = 20;

/** Listens. Errors of the certificate and of the port pass through. */
export async function startGateway(options: GatewayOptions): Promise<Gateway> {
  const { store, tls, host = '127.0.0.1', port = 0, log, minimumProtocol = PROTOCOL, version = '0' } = options;
  const limits = { ...DEFAULT_GATEWAY_LIMITS, ...options.limits };
  const now = Date.now;
  const refusals = createRefusalLog(log, now);
  const callers = createCallers({ store, freshMs: limits.credentialMs, now, log });
  const polls = createLivePolls();
  const upstream = createUpstream(options.upstream, version, log);
  const door = createDoor({
    store,
    callers,
    seals: createSealKeyring(store, SEAL_KEYS_MS, now),
    polls,
    upstream,
    namespace: options.upstream.namespace,
    limits,
    minimumProtocol,
    refusals,
    now,
    log,
  });
  const listener = await startListener({
    tls,
    host,
    port,
    limits,
    refusals,
    log,
    onCall: (call, connection) => void door.serve(call, connection),
  });
  const stopLooking = everyMs(limits.credentialMs, () => polls.recheck(callers), log);
  const sweeping = setInterval(() => {
    door.sweep();
    refusals.sweep();
  }, SWEEP_MS);
  sweeping.unref();
  const stop = async (): Promise<void> => {
    stopLooking();
    clearInterval(sweeping);
    await listener.stop();
    upstream.close();
  };
  return {
    address: `${host.includes(':') ? `[${host}]` : host}:${listener.port}`,
    stats: () => ({
      connections: listener.connections(),
      polls: polls.count(),
      calls: door.underWay(),
      answered: door.answered(),
      refused: refusals.counts(),
    }),
    async drain() {
      door.drain();
      listener.drain();
      const until = now() + limits.drainMs;
      while (listener.connections() > 0 && now() < until) await after(DRAIN_LOOK_MS);
      await stop();
    },
    stop,
  };
}

/** Looks again and again, one at a time; a look that fails is told and the next one comes as always. */
function everyMs(ms: number, look: () => Promise<void>, log: Logger): () => void {
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .catch((error: unknown) => log.error({ err: error }, 'live polls could not be checked'))
      .finally(() => {
        looking = false;
      });
  }, ms);
  timer.unref();
  return () => clearInterval(timer);
}
