/**
 * How a company file is kept on disk: one text file per company, a line for each commit.
 *
 * 1. A commit is one line, written in one call. A line without its end was never committed; it is cut off at opening, so
 *    a killed process leaves all of a commit or nothing of it.
 * 2. A line says what each record became, never how it changed: reading a line twice gives the same file.
 * 3. When the lines have outgrown the file, the whole is written anew beside it and renamed into place.
 *
 * Guards against a killed process, not against a power cut: nothing waits for the disk.
 */
import { createHash } from 'node:crypto';
import {
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { FileHead, TableName } from './records.ts';

/** What one commit changed. */
export interface Commit {
  readonly head?: FileHead;
  readonly put?: readonly (readonly [TableName, unknown])[];
  readonly delete?: readonly (readonly [TableName, string])[];
}

const SUFFIX = '.company';
const MIN_COMPACT_BYTES = 16 * 1024 * 1024;

/** Where the file of that QuickBooks path lies: a readable name, and a hash since paths do not differ by case. */
export function logPath(dataDir: string, file: string): string {
  const key = file.toLowerCase();
  const readable = (key.split(/[\\/]/).at(-1) ?? '').replace(/[^a-z0-9.-]+/g, '-').slice(0, 60);
  return join(dataDir, `${readable}.${createHash('sha256').update(key).digest('hex').slice(0, 12)}${SUFFIX}`);
}

/** The paths of all company files in the folder, which is made when it is missing. */
export function listLogs(dataDir: string): string[] {
  mkdirSync(dataDir, { recursive: true });
  return readdirSync(dataDir)
    .filter((name) => name.endsWith(SUFFIX))
    .sort()
    .map((name) => join(dataDir, name));
}

/** A file or backup that is missing, in the way, or not what it should be; the message names it. */
export class FileTrouble extends Error {
  override readonly name = 'FileTrouble';
}

/**
 * Reads a company file, commit by commit; a commit that was cut short at the end is removed. Throws `FileTrouble` for any
 * other line that is none.
 */
export function readLog(path: string, apply: (commit: Commit) => void): void {
  const bytes = readFileSync(path);
  let start = 0;
  let line = 0;
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, start)) {
    line += 1;
    apply(parseCommit(bytes.toString('utf8', start, end), path, line));
    start = end + 1;
  }
  if (start < bytes.length) truncateSync(path, start);
}

function parseCommit(text: string, path: string, line: number): Commit {
  try {
    return JSON.parse(text) as Commit;
  } catch (error) {
    throw new FileTrouble(`${path}, line ${line}: not a commit`, { cause: error });
  }
}

/** Writes a whole company file: beside it first, then renamed into place. */
export function writeLog(path: string, commits: Iterable<Commit>): void {
  const temporary = `${path}.${process.pid}.new`;
  const fd = openSync(temporary, 'w');
  try {
    let batch: string[] = [];
    let length = 0;
    const flush = (): void => {
      writeAll(fd, batch.join(''));
      batch = [];
      length = 0;
    };
    for (const commit of commits) {
      const line = `${JSON.stringify(commit)}\n`;
      batch.push(line);
      length += line.length;
      if (length > 1_000_000) flush();
    }
    flush();
  } finally {
    closeSync(fd);
  }
  renameSync(temporary, path);
}

/** The open end of a company file. */
export interface FileLog {
  append(commit: Commit): void;
  /** Whether the lines have outgrown what the file holds, so that `rewrite` is due. */
  readonly overgrown: boolean;
  rewrite(commits: Iterable<Commit>): void;
  close(): void;
}

/** @param minBytes below which a file is never written anew. */
export function openLog(path: string, minBytes = MIN_COMPACT_BYTES): FileLog {
  let fd = openSync(path, 'a');
  let bytes = statSync(path).size;
  let limit = Math.max(minBytes, bytes * 2);
  return {
    append(commit) {
      bytes += writeAll(fd, `${JSON.stringify(commit)}\n`);
    },
    get overgrown() {
      return bytes > limit;
    },
    rewrite(commits) {
      writeLog(path, commits);
      closeSync(fd);
      fd = openSync(path, 'a');
      bytes = statSync(path).size;
      limit = Math.max(minBytes, bytes * 2);
    },
    close: () => closeSync(fd),
  };
}

function writeAll(fd: number, text: string): number {
  const bytes = Buffer.from(text, 'utf8');
  let written = 0;
  while (written < bytes.length) written += writeSync(fd, bytes, written);
  return bytes.length;
}
