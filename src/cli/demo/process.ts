/**
 * One of Tandem's own long-running commands as a child process of the demo or of a test.
 *
 * 1. It ends when this process does, however that ends: its standard input is a pipe from here (`--until-stdin-ends`).
 * 2. `kill` is SIGKILL, for showing that nothing is lost; `stop` is SIGTERM, and waits.
 * 3. The last lines it wrote are kept, for the message when it does not come up.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const TANDEM = fileURLToPath(new URL('../../../bin/tandem.js', import.meta.url));
const KEPT_LINES = 60;
const START_MS = 60_000;

export interface CommandProcess {
  readonly pid: number;
  /** The first line on standard output: an address, or that it is ready. */
  readonly firstLine: string;
  /** Settles with the exit code, or 137 when killed. */
  readonly exited: Promise<number>;
  lastLines(): readonly string[];
  stop(): Promise<void>;
  kill(): Promise<void>;
}

export interface CommandOrder {
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Called with each line of its log. */
  readonly onLog?: (line: string) => void;
}

/** Starts the command and waits for its first line. @throws Error with the last lines when it ends before or is not ready in a minute */
export async function startCommand({ args, env, onLog }: CommandOrder): Promise<CommandProcess> {
  const child = spawn(process.execPath, [TANDEM, ...args, '--until-stdin-ends'], {
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const keep = (line: string) => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
    onLog?.(line);
  };
  child.stdin.on('error', (error) => keep(`standard input: ${error.message}`));
  createInterface({ input: child.stderr }).on('line', keep);
  const exited = new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve(code ?? (signal === 'SIGKILL' ? 137 : 1)));
  });
  const said = `tandem ${args.join(' ')}`;
  const firstLine = await new Promise<string>((resolve, reject) => {
    const late = setTimeout(() => fail(`was not ready after ${START_MS / 1000} s`), START_MS);
    const fail = (why: string) => {
      clearTimeout(late);
      child.kill('SIGKILL');
      reject(new Error(`${said} ${why}; it wrote last: ${lines.slice(-8).join(' | ') || 'nothing'}`));
    };
    createInterface({ input: child.stdout }).on('line', (line) => {
      clearTimeout(late);
      resolve(line);
      keep(line);
    });
    exited.then(
      (code) => fail(`ended with exit code ${code}`),
      (error: unknown) => fail(String(error)),
    );
  });
  return {
    pid: child.pid ?? 0,
    firstLine,
    exited,
    lastLines: () => [...lines],
    async stop() {
      child.kill('SIGTERM');
      await exited;
    },
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

/** Runs a command to its end; gives its standard output. @throws Error with what it wrote when it fails */
export async function runCommand(args: readonly string[], env: CommandOrder['env'], input = ''): Promise<string> {
  const child = spawn(process.execPath, [TANDEM, ...args], { env, stdio: ['pipe', 'pipe', 'pipe'] });
  let [output, errors] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors += text;
  });
  child.stdin.on('error', () => child.stdin.destroy());
  child.stdin.end(input);
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve(exit ?? 1));
  });
  if (code !== 0) throw new Error(`tandem ${args.join(' ')} ended with exit code ${code}: ${errors || output}`);
  return output;
}
