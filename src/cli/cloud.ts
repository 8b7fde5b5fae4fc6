/**
 * `tandem cloud`: the worker of workflows and MineralTree-facing activities, and the keeper, until it is stopped.
 *
 * It takes the store of `DATABASE_URL` or an embedded Postgres, and Temporal as `openTemporal` finds it. Several may run on
 * one database and one Temporal.
 */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { DefaultLogger, Runtime } from '@temporalio/worker';
import { Command, Option } from 'commander';
import type { Logger } from 'pino';
import { z } from 'zod';
import { createCloudActivities } from '../activities/mineraltree/index.ts';
import { companyPassword, listCompanies } from '../store/index.ts';
import { startCloud, type WorkflowBundle } from '../workers/cloud/index.ts';
import { commandLog } from './commandLog.ts';
import { Fault } from './fault.ts';
import { mineralTreeClient } from './mineralTreeOf.ts';
import { openStore } from './openStore.ts';
import { openTemporal } from './openTemporal.ts';
import { removeRunning, writeRunning } from './running.ts';
import { UNTIL_STDIN_ENDS, untilStopped } from './stopping.ts';

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
  try {
    const cloud = await startCloud({
      connection,
      namespace,
      bundle: builtBundle(),
      identity: `cloud@${os.hostname()}#${process.pid}`,
      activities: createCloudActivities({
        store,
        mineralTree: async ({ companyId, mtUrl, mtUser }) =>
          mineralTreeClient(
            { url: mtUrl, user: mtUser, password: await companyPassword(store, companyId) },
            process.env,
            log,
          ),
        clock: Date.now,
        log,
      }),
      activeCompanies: async () =>
        (await listCompanies(store.db)).map(({ companyId, name }) => ({ id: companyId, name })),
      makeCurrent: options.makeCurrent === true,
      log,
    });
    writeRunning(dataDir, { pid: process.pid, databaseUrl, temporal: { address, namespace } });
    process.stdout.write(`tandem cloud is ready on Temporal at ${address}, namespace ${namespace}\n`);
    await Promise.race([untilStopped(options), cloud.ended]);
    await cloud.stop();
  } finally {
    removeRunning(dataDir);
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

/** Temporal's own log lines, as lines of ours. */
function temporalLog(log: Logger): DefaultLogger {
  const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const;
  return new DefaultLogger('INFO', ({ level, message, meta }) => {
    const { timestampNanos: _left, ...rest } = { ...meta };
    log[levels[level]]({ temporal: rest }, message);
  });
}
