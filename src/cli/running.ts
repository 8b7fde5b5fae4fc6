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

const running = z.strictObject({
  pid: z.int().positive(),
  databaseUrl: z.string(),
  temporal: z.strictObject({ address: z.string(), namespace: z.string() }),
});
export type Running = z.output<typeof running>;

const openDoors = z.strictObject({
  pid: z.int().positive(),
  gateway: z.exactOptional(z.strictObject({ address: z.string(), ca: z.exactOptional(z.string()) })),
  web: z.exactOptional(z.strictObject({ url: z.string() })),
});
export type OpenDoors = z.output<typeof openDoors>;

const runningFile = (dataDir: string): string => path.join(dataDir, 'running.json');
const doorsFile = (dataDir: string): string => path.join(dataDir, 'doors.json');

export const writeRunning = (dataDir: string, what: Running): void => write(runningFile(dataDir), what);
export const writeDoors = (dataDir: string, what: OpenDoors): void => write(doorsFile(dataDir), what);
export const removeRunning = (dataDir: string): void => rmSync(runningFile(dataDir), { force: true });
export const removeDoors = (dataDir: string): void => rmSync(doorsFile(dataDir), { force: true });

/** The cloud that runs on this data folder; undefined when none does. */
export const findRunning = (dataDir: string): Running | undefined => living(runningFile(dataDir), running);

/** The doors that are open on this data folder: a cloud's own, or those that run apart from it. */
export const findDoors = (dataDir: string): OpenDoors | undefined => living(doorsFile(dataDir), openDoors);

const write = (file: string, what: object): void => writeFileSync(file, JSON.stringify(what), { mode: 0o600 });

function living<T extends { readonly pid: number }>(file: string, schema: z.ZodType<T>): T | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return undefined; // none has run here
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
