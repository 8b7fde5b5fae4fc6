/**
 * A real Postgres for one process and its children: the default store, the demo's and the tests'.
 *
 * 1. It listens on 127.0.0.1 on a port that was free, with a random password kept in the cluster's folder.
 * 2. It never outlives this process (supervisedServer.ts), and starts again on the same folder after any kind of death.
 * 3. A folder in use by a living Postgres is refused, after waiting for one that is just ending.
 * 4. A cluster appears in its folder by rename, so one that was being made when the power failed is not mistaken for one.
 * 5. Without a folder the cluster is temporary: not synced to disk, and removed with its server.
 *
 * Leaves to others: where data lie (src/cli), schema and queries (src/store).
 */
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, readFile, realpath, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import pg from 'pg';
import { type Owner, PostgresUnavailable, postgresBinaries, postgresOwner } from './postgresBinaries.ts';
import { freePorts, type ServerLog, ServerNotReady, startSupervised, untilReady } from './supervisedServer.ts';

export interface PostgresOptions {
  readonly log: ServerLog;
  /** Folder of the cluster, made when absent; without it the cluster is temporary. */
  readonly dataDir?: string;
  /** Folder for temporary clusters and other scratch files; every user must be able to reach it. Usually the system's. */
  readonly scratchDir: string;
  /** How long to wait for another Postgres on the same folder to end. Default: 15 s, more than an orderly end takes. */
  readonly patienceMs?: number;
  /** The folder `native` of the Postgres package, for tests; by default the installed one. */
  readonly native?: string;
}

export interface EmbeddedPostgres {
  /** Connection string of the database `tandem`, whose role may create further databases. */
  readonly url: string;
  readonly pid: number;
  /** Settles when the server has ended. */
  readonly exited: Promise<number>;
  stop(): Promise<void>;
}

const HOST = '127.0.0.1';
const ROLE = 'tandem';
const DATABASE = 'tandem';
const CLUSTER = 'postgres';
const PASSWORD_FILE = 'tandem-password';
const START_MS = 60_000;
const PATIENCE_MS = 15_000;

const run = promisify(execFile);

/** @throws PostgresUnavailable, ServerNotReady */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const owner = await postgresOwner();
  const binaries = await postgresBinaries({ ...options, owner });
  const temporary = options.dataDir === undefined;
  const home = temporary ? await mkdtemp(path.join(options.scratchDir, 'tandem-db-')) : options.dataDir;
  try {
    await mkdir(home, { recursive: true });
    if (owner !== undefined) await openTo(owner, await realpath(home));
    const cluster = path.join(await realpath(home), CLUSTER);
    if (!existsSync(path.join(cluster, 'PG_VERSION'))) await makeCluster(binaries.initdb, cluster, owner, temporary);
    const password = (await readFile(path.join(cluster, PASSWORD_FILE), 'utf8')).trim();
    return await startOnFreePort({
      ...options,
      postgres: binaries.postgres,
      cluster,
      owner,
      password,
      ...(temporary ? { removes: home } : {}),
    });
  } catch (error) {
    if (temporary) await rm(home, { recursive: true, force: true });
    throw error;
  }
}

interface ClusterStart {
  readonly log: ServerLog;
  readonly postgres: string;
  readonly cluster: string;
  readonly owner: Owner | undefined;
  readonly password: string;
  readonly patienceMs?: number;
  /** A temporary folder to remove after the server has ended. */
  readonly removes?: string;
}

async function startOnFreePort(start: ClusterStart): Promise<EmbeddedPostgres> {
  for (const deadline = Date.now() + (start.patienceMs ?? PATIENCE_MS); ; await pause(200)) {
    const holder = await holderOf(start.cluster);
    if (holder !== undefined) {
      if (Date.now() < deadline) continue; // perhaps the Postgres of a process that has just died
      throw new PostgresUnavailable(
        `the data in ${path.dirname(start.cluster)} are in use by the Postgres with process ID ${holder}; stop the tandem that runs it, or set TANDEM_DATA to another folder`,
      );
    }
    try {
      return await startOnce(start);
    } catch (error) {
      const passing = /in use|already exists|still in use|could not bind/i;
      if (!(error instanceof ServerNotReady) || Date.now() > deadline || !passing.test(error.lines.join('\n')))
        throw error;
      start.log.debug({ reason: error.message }, 'trying again');
    }
  }
}

async function startOnce({
  log,
  postgres,
  cluster,
  owner,
  password,
  removes,
}: ClusterStart): Promise<EmbeddedPostgres> {
  const [port = 0] = await freePorts(1);
  const settings = [
    'listen_addresses=127.0.0.1',
    `port=${port}`,
    'unix_socket_directories=',
    'timezone=UTC',
    'log_timezone=UTC',
  ];
  settings.push('max_connections=300', 'logging_collector=off', 'log_destination=stderr', 'lc_messages=C');
  if (removes !== undefined) settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off');
  const args = ['-D', cluster, ...settings.flatMap((setting) => ['-c', setting])];
  // A temporary cluster needs no checkpoint at its end.
  const orderly = [{ signal: 'SIGINT', ms: 10_000 }] as const;
  const stops = [...(removes === undefined ? orderly : []), { signal: 'SIGQUIT', ms: 3_000 }] as const;
  const server = startSupervised({
    name: 'postgres',
    command: postgres,
    args,
    cwd: cluster,
    stops,
    log,
    ...(owner === undefined ? {} : { owner }),
    ...(removes === undefined ? {} : { removes }),
  });
  const url = (database: string) => `postgres://${ROLE}:${password}@${HOST}:${port}/${database}?sslmode=disable`;
  await untilReady(server, 'embedded Postgres', START_MS, () => accepts(url('postgres')));
  await createDatabase(url('postgres'));
  return { url: url(DATABASE), pid: server.pid, exited: server.exited, stop: () => server.stop() };
}

async function makeCluster(
  initdb: string,
  cluster: string,
  owner: Owner | undefined,
  temporary: boolean,
): Promise<void> {
  const workshop = await mkdtemp(`${cluster}-new-`);
  try {
    const password = randomBytes(18).toString('base64url');
    const passwordFile = path.join(path.dirname(workshop), `${path.basename(workshop)}.password`);
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (owner !== undefined) for (const file of [workshop, passwordFile]) await chown(file, owner.uid, owner.gid);
    const as = owner === undefined ? {} : { uid: owner.uid, gid: owner.gid };
    const args = [`--pgdata=${workshop}`, `--username=${ROLE}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256'];
    args.push('--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8');
    if (temporary) args.push('--no-sync');
    try {
      await run(initdb, args, { cwd: workshop, timeout: START_MS, ...as });
    } finally {
      await rename(passwordFile, path.join(workshop, PASSWORD_FILE));
    }
    await rename(workshop, cluster);
  } catch (error) {
    await rm(workshop, { recursive: true, force: true });
    if (existsSync(path.join(cluster, 'PG_VERSION'))) return; // another process made it meanwhile
    const said = error instanceof Error && 'stderr' in error ? String(error.stderr).trim() : '';
    throw new PostgresUnavailable(
      `no Postgres cluster could be made in ${path.dirname(cluster)}: ${said || String(error)}`,
    );
  }
}

/** Lets the user that Postgres runs as enter the folder; where a folder above is closed to it, says so. */
async function openTo(owner: Owner, home: string): Promise<void> {
  await chown(home, owner.uid, owner.gid);
  await chmod(home, 0o700);
  for (let above = path.dirname(home); ; above = path.dirname(above)) {
    const { mode, uid, gid } = statSync(above);
    const enters =
      (mode & 0o001) !== 0 ||
      (uid === owner.uid && (mode & 0o100) !== 0) ||
      (gid === owner.gid && (mode & 0o010) !== 0);
    if (!enters)
      throw new PostgresUnavailable(
        `the data folder ${home} lies below ${above}, which the user ${owner.name}, as whom root runs Postgres, cannot enter; set TANDEM_DATA to a folder elsewhere`,
      );
    if (above === path.dirname(above)) return;
  }
}

/**
 * The process that holds the cluster, going by its postmaster.pid. A file left behind by a process that has died, whose
 * number another program may have today, is removed.
 */
async function holderOf(cluster: string): Promise<number | undefined> {
  const file = path.join(cluster, 'postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number((await readFile(file, 'utf8')).split('\n')[0]);
  if (Number.isSafeInteger(pid) && pid > 0 && (await commandOf(pid)).includes(cluster)) return pid;
  await rm(file, { force: true });
  return undefined;
}

/** The command line of a process; empty when it has ended. */
async function commandOf(pid: number): Promise<string> {
  try {
    if (process.platform === 'linux') return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).replaceAll('\0', ' ');
    if (process.platform === 'win32') return ''; // Postgres itself tells there whether its lock is stale
    return (await run('ps', ['-o', 'command=', '-p', String(pid)])).stdout;
  } catch {
    return ''; // no such process
  }
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined); // the failed connect below tells it
  try {
    await client.connect();
    await client.end();
    return true;
  } catch (error) {
    // A wrong password will not become right by waiting.
    if (error instanceof Error && 'code' in error && error.code === '28P01') throw error;
    return false;
  }
}

async function createDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
  } finally {
    await client.end();
  }
}
