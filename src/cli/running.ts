/**
 * What a running `tandem cloud` leaves in the data folder, so that the other commands find its store, its
 * Temporal and its doors.
 *
 * The file names a process; when that process is gone, the file means nothing. It may hold a database password, so only
 * its owner can read it.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';

const schema = z.strictObject({
  pid: z.int().positive(),
  databaseUrl: z.string(),
  temporal: z.strictObject({ address: z.string(), namespace: z.string() }),
  gateway: z.strictObject({ address: z.string(), ca: z.exactOptional(z.string()) }),
  web: z.strictObject({ url: z.string() }),
});
export type Running = z.output<typeof schema>;

const fileIn = (dataDir: string): string => path.join(dataDir, 'running.json');

export function writeRunning(dataDir: string, running: Running): void {
  writeFileSync(fileIn(dataDir), JSON.stringify(running), { mode: 0o600 });
}

export function removeRunning(dataDir: string): void {
  rmSync(fileIn(dataDir), { force: true });
}

/** The cloud that runs on this data folder; undefined when none does. */
export function findRunning(dataDir: string): Running | undefined {
  let text: string;
  try {
    text = readFileSync(fileIn(dataDir), 'utf8');
  } catch {
    return undefined; // no cloud has run here
  }
  const read = schema.safeParse(jsonOf(text));
  return read.success && isAlive(read.data.pid) ? read.data : undefined;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // half written by a process that was killed
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
