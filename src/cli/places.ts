/**
 * Where Tandem keeps files on this machine, going by the environment.
 *
 * 1. Data: `TANDEM_DATA`; else for root the temp folder (Postgres runs as another user, who cannot enter /root); else the
 *    user's own data folder; else, where there is no home that can be written, the temp folder.
 * 2. Downloads: `TANDEM_CACHE`, else the user's cache folder, else the temp folder.
 * 3. A folder in the temp folder is used only when it belongs to the user we run as.
 */
import { accessSync, constants, lstatSync, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Fault } from './fault.ts';

/** The environment variables that a process was given. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The folder for data that outlive a process; made when absent. @throws Fault when it cannot be made or is not ours */
export function dataFolder(env: Environment): string {
  const given = env.TANDEM_DATA;
  if (given !== undefined && given !== '') return made(path.resolve(given), 'TANDEM_DATA');
  const own = process.getuid?.() === 0 ? undefined : ownFolder(env, 'data');
  return own === undefined ? inTempFolder('tandem') : made(own, 'data folder');
}

/** The folder for downloads that can be had again; made when absent. @throws Fault as for `dataFolder` */
export function cacheFolder(env: Environment): string {
  const given = env.TANDEM_CACHE;
  if (given !== undefined && given !== '') return made(path.resolve(given), 'TANDEM_CACHE');
  const own = ownFolder(env, 'cache');
  return own === undefined ? inTempFolder('tandem-cache') : made(own, 'cache folder');
}

/** The folder for files that go with the process. */
export function scratchFolder(): string {
  return os.tmpdir();
}

function ownFolder(env: Environment, kind: 'data' | 'cache'): string | undefined {
  const home = env.HOME ?? env.USERPROFILE ?? '';
  const xdg = kind === 'data' ? env.XDG_DATA_HOME : env.XDG_CACHE_HOME;
  if (process.platform === 'win32' && env.LOCALAPPDATA) return path.join(env.LOCALAPPDATA, 'Tandem', kind);
  if (xdg !== undefined && path.isAbsolute(xdg)) return path.join(xdg, 'tandem');
  if (home === '' || !isWritable(home)) return undefined;
  if (process.platform === 'darwin')
    return path.join(home, 'Library', kind === 'data' ? 'Application Support' : 'Caches', 'Tandem');
  return path.join(home, kind === 'data' ? '.local/share' : '.cache', 'tandem');
}

function inTempFolder(name: string): string {
  const user = process.getuid?.();
  const folder = path.join(os.tmpdir(), user === undefined || user === 0 ? name : `${name}-${user}`);
  const there = lstatSync(folder, { throwIfNoEntry: false });
  if (there !== undefined && (!there.isDirectory() || (user !== undefined && there.uid !== user)))
    throw new Fault(
      `${folder} belongs to somebody else`,
      'data folder',
      'set TANDEM_DATA or TANDEM_CACHE to a folder of your own',
    );
  return made(folder, 'temp folder');
}

function made(folder: string, where: string): string {
  try {
    // Others may pass through, not look: the user that root runs Postgres as has its folder below.
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch (error) {
    throw new Fault(
      `${folder} cannot be used: ${error instanceof Error ? error.message : String(error)}`,
      where,
      'name a folder that you can write',
    );
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false; // no such home, or not ours: the temp folder serves
  }
}
