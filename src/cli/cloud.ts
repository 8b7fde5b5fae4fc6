/**
 * `tandem cloud`: the worker of workflows and MineralTree-facing activities, the keeper, the gateway for connectors and the
 * pages for people, until it is stopped.
 *
 * The parts may run apart (`--parts`), each as often as wanted, on one database and one Temporal: the store of `DATABASE_URL`
 * or an embedded Postgres, and Temporal as `openTemporal` finds it.
 */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { NativeConnection, Runtime } from '@temporalio/worker';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Logger } from 'pino';
import { z } from 'zod';
import { createCloudActivities, createPayablesConnections } from '../activities/mineraltree/index.ts';
import { createStoredKeyring, listCompanies } from '../store/index.ts';
import { type Cloud, startCloud, type WorkflowBundle } from '../workers/cloud/index.ts';
import { commandLog } from './commandLog.ts';
import { openDoors } from './doors.ts';
import { Fault } from './fault.ts';
import { keepHeapSmall } from './heap.ts';
import { mineralTreeRules } from './mineralTreeRules.ts';
import { openStore } from './openStore.ts';
import { type OpenedTemporal, openTemporal } from './openTemporal.ts';
import { packageVersion } from './packageVersion.ts';
import { removeDoors, removeRunning, writeDoors, writeRunning } from './running.ts';
import { UNTIL_STDIN_ENDS, untilStopped } from './stopping.ts';
import { temporalLog } from './temporalLog.ts';

const PARTS = ['worker', 'gateway', 'pages'] as const;
type Part = (typeof PARTS)[number];

interface CloudCommandOptions {
  readonly parts: readonly Part[];
  readonly makeCurrent?: boolean;
  readonly untilStdinEnds?: boolean;
}

export function cloudCommand(): Command {
  return new Command('cloud')
    .description('Runs the cloud part of Tandem, until it is stopped by Ctrl-C.')
    .option('--parts <list>', `which of them, with commas between: ${PARTS.join(', ')}`, partsIn, PARTS)
    .option('--make-current', 'start new runs on this build although a newer one was seen: going back on purpose')
    .addOption(new Option(UNTIL_STDIN_ENDS, 'end when standard input ends').hideHelp())
    .action(async (options: CloudCommandOptions) => {
      const log = commandLog(process.env);
      keepHeapSmall();
      Runtime.install({ logger: temporalLog(log), shutdownSignals: [] });
      const opened = await openStore(process.env, log);
      try {
        await serve(options, opened, log);
      } finally {
        await opened.close();
      }
    });
}

function partsIn(text: string): readonly Part[] {
  return text.split(',').map((name) => {
    const part = PARTS.find((one) => one === name.trim());
    if (part === undefined) throw new InvalidArgumentError(`there are the parts ${PARTS.join(', ')}.`);
    return part;
  });
}

async function serve(
  options: CloudCommandOptions,
  opened: Awaited<ReturnType<typeof openStore>>,
  log: Logger,
): Promise<void> {
  const { store, dataDir } = opened;
  const temporal = await openTemporal(process.env, (options) => NativeConnection.connect(options));
  const { address, namespace } = temporal;
  const has = (part: Part): boolean => options.parts.includes(part);
  try {
    const doors = await openDoors({
      gateway: has('gateway'),
      pages: has('pages'),
      env: process.env,
      dataDir,
      store,
      temporal: { address, namespace },
      version: packageVersion(),
      log,
    });
    const { close: closeDoors, ...open } = doors;
    if (open.gateway || open.web) writeDoors(dataDir, { pid: process.pid, ...open });
    try {
      const worker = has('worker') ? await startWorker(options, opened, temporal, log) : undefined;
      const where = [
        `tandem cloud is ready on Temporal at ${address}, namespace ${namespace}`,
        ...(open.gateway ? [`connectors come in at ${open.gateway.address}`] : []),
        ...(open.web ? [`people at ${open.web.url}`] : []),
      ];
      process.stdout.write(`${where.join('; ')}\n`);
      await Promise.race([untilStopped(options), ...(worker ? [worker.ended] : [])]);
      await worker?.stop();
    } finally {
      if (open.gateway || open.web) removeDoors(dataDir);
      await closeDoors();
    }
  } finally {
    await temporal.connection.close();
  }
}

/** The worker with its keeper; while it runs, other commands on this data folder find its store and its Temporal. */
async function startWorker(
  { makeCurrent = false }: CloudCommandOptions,
  { store, databaseUrl, dataDir }: Awaited<ReturnType<typeof openStore>>,
  { connection, address, namespace }: OpenedTemporal<NativeConnection>,
  log: Logger,
): Promise<Pick<Cloud, 'ended' | 'stop'>> {
  const mineralTree = createPayablesConnections({ store, log, ...mineralTreeRules(process.env) });
  try {
    const cloud = await startCloud({
      connection,
      namespace,
      keyring: createStoredKeyring(store),
      bundle: builtBundle(),
      identity: `cloud@${os.hostname()}#${process.pid}`,
      activities: createCloudActivities({ store, mineralTree, clock: Date.now, pause: (ms) => delay(ms), log }),
      activeCompanies: async () =>
        (await listCompanies(store.db)).map(({ companyId, name }) => ({ id: companyId, name })),
      makeCurrent,
      log,
    });
    writeRunning(dataDir, { pid: process.pid, databaseUrl, temporal: { address, namespace } });
    return {
      ended: cloud.ended,
      async stop() {
        removeRunning(dataDir);
        await cloud.stop();
        await mineralTree.close();
      },
    };
  } catch (error) {
    await mineralTree.close();
    throw error;
  }
}

const built = z.object({ buildId: z.string().min(1) });

function builtBundle(): WorkflowBundle {
  const [codePath, about] = ['../workflow-bundle.js', '../workflow-bundle.json'].map((name) =>
    fileURLToPath(new URL(name, import.meta.url)),
  );
  try {
    return { codePath: codePath ?? '', buildId: built.parse(JSON.parse(readFileSync(about ?? '', 'utf8'))).buildId };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Fault(`the workflow bundle is missing (${reason})`, about ?? '', 'run npm run build');
  }
}
