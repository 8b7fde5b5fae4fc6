/** What the bench of the gateway needs around it: Postgres, a store with companies and connectors, a gateway's process. */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import { machineCertificate } from '../src/local/certificate.ts';
import { startPostgres } from '../src/local/embeddedPostgres.ts';
import { openStore, type Store } from '../src/store/index.ts';
import { addTestCompany, enrolTestConnector } from '../test/store/testCompany.ts';

/** What gatewayProcess.js takes. */
interface GatewayProcessSettings {
  readonly databaseUrl: string;
  /** 32 bytes in hex. */
  readonly masterKey: string;
  readonly upstream: { readonly address: string; readonly namespace: string };
  /** Key and certificate, PEM. */
  readonly certFile: string;
}

export interface GatewayStage {
  readonly store: Store;
  readonly ca: Buffer;
  addCompany(name: string): Promise<string>;
  /** The secret of a new connector of the company. */
  enrol(companyId: string): Promise<string>;
  gateway(upstream: GatewayProcessSettings['upstream']): Promise<GatewayProcess>;
  stop(): Promise<void>;
}

export interface GatewayProcess {
  /** `host:port`. */
  readonly address: string;
  readonly pid: number;
  stop(): Promise<void>;
}

const PROCESS = fileURLToPath(new URL('./gatewayProcess.js', import.meta.url));

export async function gatewayStage(): Promise<GatewayStage> {
  const log = pino({ level: 'warn' }, pino.destination(2));
  const folder = await mkdtemp(path.join(tmpdir(), 'tandem-bench-gateway-'));
  const postgres = await startPostgres({ log, scratchDir: tmpdir() });
  const masterKey = randomBytes(32);
  const store = await openStore({ databaseUrl: postgres.url, masterKey, log });
  const { caFile, certFile } = await machineCertificate(folder, [], Date.now());
  return {
    store,
    ca: await readFile(caFile),
    addCompany: (name) => addTestCompany(store, name),
    enrol: async (companyId) => (await enrolTestConnector(store, companyId)).secret,
    gateway: (upstream) =>
      startProcess({ databaseUrl: postgres.url, masterKey: masterKey.toString('hex'), upstream, certFile }),
    async stop() {
      await store.close();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function startProcess(settings: GatewayProcessSettings): Promise<GatewayProcess> {
  const child = spawn(process.execPath, [PROCESS, JSON.stringify(settings)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [address] = (await Promise.race([
    once(createInterface(child.stdout), 'line'),
    ended.then(() => Promise.reject(new Error('the gateway ended before it listened'))),
  ])) as [string];
  if (child.pid === undefined) throw new Error('the gateway has no process');
  return {
    address,
    pid: child.pid,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}
