/**
 * `tandem cloud`: the worker of workflows and MineralTree-facing activities, the keeper, the gateway for connectors and the
 * pages for people, until it is stopped.
 *
 * It takes the store of `DATABASE_URL` or an embedded Postgres, and Temporal as `openTemporal` finds it. Several may run on
 * one database and one Temporal.
 */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Runtime } from '@temporalio/worker';
import { Command, Option } from 'commander';
import type { Logger } from 'pino';
import { z } from 'zod';
import { createCloudActivities, createPayablesConnections } from '../activities/mineraltree/index.ts';
import { createStoredKeyring, listCompanies } from '../store/index.ts';
import { startCloud, type WorkflowBundle } from '../workers/cloud/index.ts';
import { commandLog } from './commandLog.ts';
import { packageVersion } from './connectorRefusal.ts';
import { openDoors } from './doors.ts';
import { Fault } from './fault.ts';
import { keepHeapSmall } from './heap.ts';
import { mineralTreeRules } from './mineralTreeRules.ts';
import { openStore } from './openStore.ts';
import { openTemporal } from './openTemporal.ts';
import { removeRunning, writeRunning } from './running.ts';
import { UNTIL_STDIN_ENDS, untilStopped } from './stopping.ts';
import { temporalLog } from './temporalLog.ts';

interface CloudCommandOptions {
  readonly makeCurrent?: boolean;
  readonly untilStdinEnds?: boolean;
}

export function cloudCommand(): Command {
  return new Command('cloud')
    .description('Runs the cloud part of Tandem, until it is stopped by Ctrl-C.')
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

async function serve(
  options: CloudCommandOptions,
  opened: Awaited<ReturnType<typeof openStore>>,
  log: Logger,
): Promise<void> {
  const { store, databaseUrl, dataDir } = opened;
  const { connection, address, namespace } = await openTemporal(process.env);
  const mineralTree = createPayablesConnections({ store, log, ...mineralTreeRules(process.env) });
  try {
    const doors = await openDoors({
      env: process.env,
      dataDir,
      store,
      temporal: { address, namespace },
      version: packageVersion(),
      log,
    });
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
        makeCurrent: options.makeCurrent === true,
        log,
      });
      const { gateway, web } = doors;
      writeRunning(dataDir, { pid: process.pid, databaseUrl, temporal: { address, namespace }, gateway, web });
      process.stdout.write(
        `tandem cloud is ready on Temporal at ${address}, namespace ${namespace}; connectors come in at ${gateway.address}, people at ${web.url}\n`,
      );
      await Promise.race([untilStopped(options), cloud.ended]);
      await cloud.stop();
    } finally {
      removeRunning(dataDir);
      await doors.close();
    }
  } finally {
    await mineralTree.close();
    await connection.close();
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
