/**
 * Starts a server as a child that cannot outlive this process.
 *
 * 1. Between this process and the server stands `bin/supervise.js`, which holds a pipe from here: when the pipe closes, also
 *    because this process was killed, it stops the server. On Linux the server dies with the supervisor as well.
 * 2. Both are in a process group of their own, so Ctrl-C reaches only us and we decide the order in which things stop.
 * 3. The last lines that the server printed are kept, for the message when it does not come up.
 *
 * Leaves to others: which server, when it is ready, where its data lie.
 */
import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createServer, Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Logger } from 'pino';

/** What the local servers log to; a pino logger is one. */
export type ServerLog = Pick<Logger, 'debug' | 'info' | 'warn'>;

/** What to start, and how it is stopped: each signal is given its time, then SIGKILL follows. */
export interface ServerOrder {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** The user and group to run as; only root may name them. */
  readonly owner?: { readonly uid: number; readonly gid: number };
  readonly stops: readonly { readonly signal: NodeJS.Signals; readonly ms: number }[];
  /** A temporary folder of the caller's, to be removed when the server has ended, however it ended. */
  readonly removes?: string;
  readonly log: ServerLog;
}

export interface SupervisedServer {
  /** Process ID of the supervisor; the server is its only child. */
  readonly pid: number;
  /** Settles with the exit code when the server has ended, whoever ended it. */
  readonly exited: Promise<number>;
  /** The last lines that the server printed, oldest first. */
  lastLines(): readonly string[];
  /** Stops the server and waits until it has ended; may be called again. */
  stop(): Promise<void>;
}

const KEPT_LINES = 40;

export function startSupervised(order: ServerOrder): SupervisedServer {
  const supervisor = fileURLToPath(new URL('../../bin/supervise.js', import.meta.url));
  const { command, args, cwd, env, owner, stops, removes } = order;
  const sent = JSON.stringify({
    command,
    args,
    cwd,
    env,
    uid: owner?.uid,
    gid: owner?.gid,
    stops,
    removes,
    deathSignal: deathSignalTool(),
  });
  const child = spawn(process.execPath, [supervisor, sent], { detached: true, stdio: ['pipe', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const keep = (line: string) => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    order.log.debug({ server: order.name }, line);
  };
  for (const stream of [child.stdout, child.stderr]) createInterface({ input: stream }).on('line', keep);
  const exited = new Promise<number>((resolve) => {
    child.on('error', (error) => {
      keep(error.message);
      resolve(127);
    });
    child.on('close', (code) => resolve(code ?? 1));
  });
  // A supervisor that has ended leaves a broken pipe; `exited` tells of it.
  child.stdin.on('error', (error) => order.log.debug({ server: order.name }, `pipe: ${error.message}`));
  // The pipes must not keep this process alive when it has nothing else to do.
  child.unref();
  for (const stream of [child.stdin, child.stdout, child.stderr]) if (stream instanceof Socket) stream.unref();
  return {
    pid: child.pid ?? 0,
    exited,
    lastLines: () => [...lines],
    async stop() {
      child.ref();
      child.stdin.end();
      await exited;
    },
  };
}

/**
 * Waits until `ready` says true, asking again every 50 ms.
 * @throws Error with the server's last lines, when it ends before that or the deadline passes
 */
export async function untilReady(
  server: SupervisedServer,
  name: string,
  deadlineMs: number,
  ready: () => Promise<boolean>,
): Promise<void> {
  const started = Date.now();
  const ended = server.exited.then((exitCode) => ({ exitCode }));
  for (;;) {
    const asked = await Promise.race([ready().then((isReady) => ({ isReady })), ended]);
    if ('exitCode' in asked)
      throw new ServerNotReady(name, `it ended with exit code ${asked.exitCode}`, server.lastLines());
    if (asked.isReady) return;
    if (Date.now() - started > deadlineMs) {
      await server.stop();
      throw new ServerNotReady(name, `it was not ready after ${deadlineMs / 1000} s`, server.lastLines());
    }
    await pause(50);
  }
}

/** A local server did not come up; the message ends with what it printed last. */
export class ServerNotReady extends Error {
  readonly code = 'SERVER_NOT_READY';
  readonly lines: readonly string[];

  constructor(name: string, reason: string, lines: readonly string[]) {
    super(`${name} did not start: ${reason}; it printed last: ${lines.slice(-8).join(' | ') || 'nothing'}`);
    this.lines = lines;
  }
}

/** Ports that are free on 127.0.0.1 at this moment, each another one. Whoever uses them must be ready to find one taken. */
export async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(Array.from({ length: count }, () => listening()));
  const ports = servers.map(({ port }) => port);
  await Promise.all(servers.map(({ close }) => close()));
  return ports;
}

function listening(): Promise<{ port: number; close(): Promise<void> }> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      if (address === null || typeof address === 'string') return reject(new Error('no port was given'));
      resolve({ port: address.port, close: () => new Promise((done) => server.close(() => done())) });
    });
  });
}

/** `setpriv` sets the parent-death signal of Linux; elsewhere, or where it is missing, the pipe alone must do. */
function deathSignalTool(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  return ['/usr/bin/setpriv', '/bin/setpriv'].find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false; // not installed here
    }
  });
}
