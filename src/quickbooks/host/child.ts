/**
 * One host process and the pipe to it: started, greeted, killed. It is never used again once it is gone.
 *
 * The pipe's name is random and lies, but on Windows, in a folder that only this user may enter; the child shows a secret
 * that it read from a file there, so that nobody else's process is taken for it. Named pipe or socket, not the IPC of
 * `fork` or standard streams: from 64 to 32 bit those were seen to fail without a word (tried under Wine).
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProcessorLost } from '../processor.ts';
import { isRecord, type ProcessorChoice, readLines, sendLine } from './wire.ts';

export interface ChildOptions {
  readonly processor: ProcessorChoice;
  /** The node that runs the host: 32-bit where QuickBooks is. Absent: the one that runs the connector, with its options. */
  readonly node?: string;
  readonly startLimitMs: number;
}

export interface HostChild {
  readonly pid: number;
  readonly socket: Socket;
  /** Ends the process at once. */
  kill(): void;
}

/** Starts a host and waits until it has shown its secret. Each further line goes to `take`; `gone` is called once. */
export async function startChild(
  options: ChildOptions,
  take: (message: unknown) => void,
  gone: (how: string) => void,
): Promise<HostChild> {
  const folder = mkdtempSync(join(tmpdir(), 'tandem-host-'));
  const pipe =
    process.platform === 'win32'
      ? `\\\\.\\pipe\\tandem-${randomBytes(16).toString('hex')}`
      : join(folder, randomBytes(8).toString('hex'));
  const secret = randomBytes(32).toString('hex');
  const secretFile = join(folder, 'secret');
  writeFileSync(secretFile, secret, { mode: 0o600 });
  const server = createServer();
  try {
    await listening(server, pipe);
    const child = launch(options, pipe, secretFile);
    return await greeted(server, child, secret, options, take, gone);
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

function launch({ node }: ChildOptions, pipe: string, secretFile: string): ChildProcess {
  const entry = fileURLToPath(new URL(`./main${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`, import.meta.url));
  // A debugger's port cannot be opened twice; loaders must be the same in both.
  const options = node === undefined ? process.execArgv.filter((option) => !option.startsWith('--inspect')) : [];
  return spawn(node ?? process.execPath, [...options, entry, pipe, secretFile], {
    stdio: ['ignore', 'ignore', 'inherit'],
    windowsHide: true,
  });
}

function greeted(
  server: Server,
  child: ChildProcess,
  secret: string,
  { processor, startLimitMs }: ChildOptions,
  take: (message: unknown) => void,
  gone: (how: string) => void,
): Promise<HostChild> {
  return new Promise((resolve, reject) => {
    let greetedSocket: Socket | undefined;
    let over = false;
    const end = (how: string): void => {
      if (over) return;
      over = true;
      clearTimeout(timer);
      child.kill('SIGKILL');
      greetedSocket?.destroy();
      reject(new ProcessorLost(`the QuickBooks host did not start: ${how}`));
      gone(how);
    };
    const timer = setTimeout(() => end(`no word within ${startLimitMs} ms`), startLimitMs);
    child.on('error', (error) => end(error.message));
    child.on('exit', (code, signal) => end(`it ended (${signal ?? `code ${code}`})`));
    server.on('connection', (socket) => {
      socket.on('error', (error) => (socket === greetedSocket ? end(error.message) : socket.destroy()));
      socket.on('close', () => socket === greetedSocket && end('its pipe closed'));
      readLines(socket, (message) => {
        if (socket === greetedSocket) {
          take(message);
          return;
        }
        if (greetedSocket !== undefined || !isRecord(message) || message.secret !== secret) {
          socket.destroy();
          return;
        }
        greetedSocket = socket;
        clearTimeout(timer);
        sendLine(socket, { processor });
        resolve({ pid: child.pid ?? 0, socket, kill: () => end('it was killed') });
      });
    });
  });
}

const listening = (server: Server, pipe: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(pipe, () => resolve());
  });
