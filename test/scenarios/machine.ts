/** The machine of the stage: one QuickBooks sandbox and one host for all companies of a test file, and the clock of everybody. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createQuickBooksHost, type QuickBooksHost } from '../../src/quickbooks/index.ts';
import { createQuickBooksSandbox, type QuickBooksSandbox } from '../../src/sandbox/quickbooks/index.ts';
import { mineralTreeClock } from '../activities/mineraltree/world.ts';
import { type Altered, wireTo } from './wire.ts';

interface Machine {
  readonly dataDir: string;
  readonly sandbox: QuickBooksSandbox;
  readonly url: string;
  readonly host: QuickBooksHost;
}
let machine: Promise<Machine> | undefined;
/** What the clocks of QuickBooks, the connector, the cloud and MineralTree are ahead, together. */
export const stageClock = { aheadMs: 0 };
export const now = (): number => Date.now() + stageClock.aheadMs;

/** Sets all clocks ahead; what they are ahead then. */
export function timePasses(ms: number): number {
  stageClock.aheadMs += ms;
  mineralTreeClock.aheadMs = stageClock.aheadMs;
  return stageClock.aheadMs;
}

/** Of companies that hear other answers than QuickBooks gave. */
const hosts: QuickBooksHost[] = [];

after(async () => {
  for (const host of hosts) host.kill();
  if (machine === undefined) return;
  const { host, sandbox, dataDir } = await machine;
  host.kill();
  await sandbox.close();
  await rm(dataDir, { recursive: true, force: true });
});

async function startMachine(): Promise<Machine> {
  const dataDir = await mkdtemp(path.join(os.tmpdir(), 'tandem-scenarios-'));
  const sandbox = await createQuickBooksSandbox({ dataDir, clock: now });
  const { url } = await sandbox.listen(0);
  return { dataDir, sandbox, url, host: createQuickBooksHost({ processor: { kind: 'sandbox', url } }) };
}

export function machineOfAll(): Promise<Machine> {
  machine ??= startMachine();
  return machine;
}

/** A host that hears what `hears` makes of QuickBooks' answers. */
export async function wiredHost(url: string, hears: Altered): Promise<QuickBooksHost> {
  const host = createQuickBooksHost({ processor: { kind: 'sandbox', url: await wireTo(url, hears) } });
  hosts.push(host);
  return host;
}
