/**
 * Where the doors of a cloud listen.
 *
 * 1. An address is given by the environment as `host:port` (`[::1]:443` for IPv6); a port alone is on 127.0.0.1.
 * 2. Without one it is 127.0.0.1 and the port of the last time, kept in the data folder, so that connectors find it
 *    again; the first time, or when that port is taken, a free one.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { Fault } from './fault.ts';

export interface Listening {
  readonly host: string;
  readonly port: number;
  /** Whether another port will do when this one is taken. */
  readonly movable: boolean;
}

const LOOPBACK = '127.0.0.1';
const portsFile = (dataDir: string): string => path.join(dataDir, 'ports.json');
const ports = z.record(z.string(), z.int().min(1).max(65_535));

/**
 * Where a door listens.
 * @param given the value of the environment's `variable`
 * @throws Fault when it is not an address
 */
export function listeningOf(given: string | undefined, variable: string, door: string, dataDir: string): Listening {
  if (!given) return { host: LOOPBACK, port: keptPorts(dataDir)[door] ?? 0, movable: true };
  const [, bracketed, plain, digits] = /^(?:\[([0-9a-f:.]+)\]:|([^:\s[\]]+):)?(\d{1,5})$/i.exec(given) ?? [];
  const port = Number(digits);
  if (digits === undefined || port < 1 || port > 65_535)
    throw new Fault(`"${given}" is not an address to listen on`, variable, 'write host:port, such as 0.0.0.0:443', 2);
  return { host: bracketed ?? plain ?? LOOPBACK, port, movable: false };
}

/** Opens a door where it should be, or where it may be. `open` throws an error with code EADDRINUSE for a port that is taken. */
export async function openAt<T>(
  { host, port, movable }: Listening,
  open: (host: string, port: number) => Promise<T>,
): Promise<T> {
  try {
    return await open(host, port);
  } catch (error) {
    if (!movable || port === 0 || !isTaken(error)) throw error;
    return open(host, 0);
  }
}

/** Keeps the port of a door for the next time, unless one is kept. */
export function keepPort(dataDir: string, door: string, port: number): void {
  const kept = keptPorts(dataDir);
  if (kept[door] !== undefined) return;
  writeFileSync(portsFile(dataDir), JSON.stringify({ ...kept, [door]: port }));
}

const isTaken = (error: unknown): boolean =>
  error instanceof Error && /EADDRINUSE/.test(`${codeOf(error)} ${error.message}`);
const codeOf = (error: Error): unknown => ('code' in error ? error.code : '');

function keptPorts(dataDir: string): Readonly<Record<string, number>> {
  try {
    return ports.parse(JSON.parse(readFileSync(portsFile(dataDir), 'utf8')));
  } catch {
    return {}; // the first time, or half written by a process that was killed: free ports will do
  }
}
