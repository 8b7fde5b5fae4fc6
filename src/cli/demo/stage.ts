/**
 * The whole of Tandem on one machine, each part as its own process: Temporal, Postgres, both sandboxes, the cloud,
 * connectors. For the demo and for the tests that need processes to kill.
 *
 * 1. Nothing is on a fixed port and nothing is reachable from elsewhere: several stages run side by side.
 * 2. Nothing outlives this process, however it ends.
 * 3. Only commands that a user has are used: the demo does nothing that its reader could not do.
 */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client, Connection } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Settings } from '../../contract/index.ts';
import { startPostgres } from '../../local/embeddedPostgres.ts';
import { startTemporalServer } from '../../local/temporalServer.ts';
import { createMasterKey, createStoredKeyring, openStore, readMasterKey } from '../../store/index.ts';
import { createDataConverter } from '../../workers/codec/index.ts';
import type { Environment } from '../places.ts';
import { scratchFolder } from '../places.ts';
import { findDoors, type OpenDoors } from '../running.ts';
import { temporalBinary } from '../temporalBinary.ts';
import { type CommandProcess, runCommand, startCommand } from './process.ts';

export interface StageOptions {
  readonly env: Environment;
  readonly log: Logger;
  /** Whether Temporal UI runs too. */
  readonly ui: boolean;
  /** Whether Temporal's database is a file, below `temporal` of the stage's folder. @default false: in memory */
  readonly temporalInFile?: boolean;
}

/** A company as a stage adds it: where its books are on both sides. */
export interface StageCompany {
  readonly id: string;
  readonly name: string;
  readonly file: string;
  readonly mtCompany: string;
}

export interface Stage {
  readonly quickBooks: { readonly url: string };
  readonly mineralTree: { readonly url: string; readonly apiUrl: string };
  readonly temporal: { readonly address: string; readonly namespace: string };
  /** The pages of the cloud, which must be there: the sign-in and what stands behind it. */
  pages(): string;
  readonly databaseUrl: string;
  /** For looking at workflows as an operator's tool would. */
  readonly client: Client;
  /** Where everything lies, until `stop` removes it. */
  readonly folder: string;
  /** Environment of the commands. */
  readonly env: Environment;
  startCloud(args?: readonly string[]): Promise<CommandProcess>;
  /** File of the master key that the cloud of this stage uses. */
  readonly masterKeyFile: string;
  /**
   * Enrols a connector for these companies and starts it: one after the other on one machine, or each on a QuickBooks of
   * its own. The cloud must be there.
   */
  startConnector(name: string, companies: readonly StageCompany[], options?: ConnectorChoice): Promise<CommandProcess>;
  /** Runs `tandem ...` to its end; gives what it printed. */
  tandem(args: readonly string[], input?: string): Promise<string>;
  addCompany(company: NewStageCompany): Promise<StageCompany>;
  stop(): Promise<void>;
}

export interface ConnectorChoice {
  /** Each company on a QuickBooks of its own, as if on as many machines. */
  readonly ownProcessors?: boolean;
  /** Companies whose payments the connector may void. */
  readonly allowVoids?: readonly StageCompany[];
  /** As in the connector's settings file. */
  readonly limits?: Readonly<Record<string, number>>;
}

export interface NewStageCompany {
  readonly name: string;
  readonly file: string;
  readonly mtCompany: string;
  readonly user: string;
  readonly password: string;
  readonly settings?: Partial<Settings>;
  /** Whether it waits for a first day; else it goes live at once. @default false */
  readonly firstDay?: boolean;
}

/** @throws Error naming the part that did not come up; what had started is stopped */
export async function startStage({ env, log, ui, temporalInFile = false }: StageOptions): Promise<Stage> {
  const folder = await mkdtemp(path.join(scratchFolder(), 'tandem-stage-'));
  const started: (() => Promise<void>)[] = [() => rm(folder, { recursive: true, force: true })];
  const stop = async () => {
    for (const end of started.splice(0).reverse()) await end();
  };
  try {
    const [temporal, postgres, quickBooks, mineralTree] = await Promise.all([
      temporalBinary(env, log)
        .then((cli) =>
          startTemporalServer({
            cli,
            log,
            ui,
            uiPublicPath: '/temporal',
            uiCodecEndpoint: '/codec',
            ...(temporalInFile && { dataDir: path.join(folder, 'temporal') }),
          }),
        )
        .then((server) => kept(server, started)),
      startPostgres({ log, scratchDir: scratchFolder() }).then((server) => kept(server, started)),
      startCommand({ args: ['sandbox', 'quickbooks', '--data', path.join(folder, 'quickbooks')], env }).then((one) =>
        kept(one, started),
      ),
      startCommand({ args: ['sandbox', 'mineraltree', '--data', path.join(folder, 'mineraltree')], env }).then((one) =>
        kept(one, started),
      ),
    ]);
    const dataDir = path.join(folder, 'data');
    await mkdir(dataDir);
    const masterKeyFile = path.join(dataDir, 'master.key');
    await writeFile(masterKeyFile, `${createMasterKey()}\n`, { mode: 0o600 });
    const own: Environment = {
      ...env,
      TANDEM_DATA: dataDir,
      DATABASE_URL: postgres.url,
      TEMPORAL_ADDRESS: temporal.address,
      TEMPORAL_NAMESPACE: temporal.namespace,
      TANDEM_MT_LOOPBACK: '1',
      TANDEM_MASTER_KEY_FILE: masterKeyFile,
      ...(temporal.uiUrl && { TANDEM_TEMPORAL_UI: temporal.uiUrl }),
    };
    const connection = await Connection.connect({ address: temporal.address });
    started.push(() => connection.close());
    const store = await openStore({ databaseUrl: postgres.url, masterKey: await readMasterKey(masterKeyFile), log });
    started.push(() => store.close());
    const dataConverter = createDataConverter(createStoredKeyring(store));
    const client = new Client({ connection, namespace: temporal.namespace, dataConverter });
    const tandem = (args: readonly string[], input?: string) => runCommand(args, own, input);
    const doors = (): OpenDoors => {
      const open = findDoors(dataDir);
      if (open === undefined) throw new Error('the cloud of this stage does not run: its doors are closed');
      return open;
    };
    const onLog = (line: string) => log.debug(line);
    let connectors = 0;
    return {
      folder,
      quickBooks: { url: quickBooks.firstLine },
      mineralTree: { url: mineralTree.firstLine, apiUrl: `${mineralTree.firstLine}/mtapi/base` },
      temporal,
      databaseUrl: postgres.url,
      client,
      env: own,
      masterKeyFile,
      pages: () => doors().web?.url ?? '',
      tandem,
      startCloud: async (args = []) => kept(await startCommand({ args: ['cloud', ...args], env: own, onLog }), started),
      async startConnector(name, companies, { ownProcessors = false, allowVoids = [], limits } = {}) {
        connectors += 1;
        const place = path.join(folder, `connector-${connectors}`);
        await mkdir(place);
        const [config, credential] = [path.join(place, 'connector.json'), path.join(place, 'credential.json')];
        const keys = await tandem(['company', 'connector-key', ...companies.map(({ id }) => id)]);
        const { address = '', ca = '' } = doors().gateway ?? {};
        const through = ['--gateway', `https://${address}`, '--ca', ca, '--credential', credential];
        await runCommand(['connector', 'enroll', ...through, '--name', name, '--key', '-'], env, keys);
        const processor = { kind: 'sandbox', url: quickBooks.firstLine };
        const settings = {
          name,
          processor,
          companies: companies.map((company) => ({
            id: company.id,
            file: company.file,
            ...(ownProcessors && { processor }),
            ...(allowVoids.includes(company) && { allowVoids: true }),
          })),
          ...(limits && { limits }),
        };
        await writeFile(config, JSON.stringify(settings, null, 2));
        return kept(await startCommand({ args: ['connector', '--config', config], env, onLog }), started);
      },
      async addCompany({ name, file, mtCompany, user, password, settings, firstDay = false }) {
        const args = [
          '--name',
          name,
          '--mt-url',
          `${mineralTree.firstLine}/mtapi/base`,
          '--mt-company',
          mtCompany,
          '--mt-user',
          user,
        ];
        const tuned = settings ? ['--settings', JSON.stringify(settings)] : [];
        const live = firstDay ? [] : ['--without-first-day'];
        const printed = await tandem(['company', 'add', ...args, ...tuned, ...live], `${password}\n`);
        return { id: printed.trim().split('\n')[0] ?? '', name, file, mtCompany };
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

function kept<T extends { stop(): Promise<void> }>(part: T, started: (() => Promise<void>)[]): T {
  started.push(() => part.stop());
  return part;
}
