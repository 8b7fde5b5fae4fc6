/** Processes as the tests of this machine's servers look at them: who descends from whom, and who is still there. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as pause } from 'node:timers/promises';

export interface Held {
  readonly child: ChildProcess;
  readonly pid: number;
  readonly temporal?: string;
  readonly postgres?: string;
  readonly supervisors: readonly number[];
}

/** Starts test/local/heldServers.ts, as another user where one is named. */
export async function hold(order: object, as?: { uid: number; gid: number }): Promise<Held> {
  const program = new URL('heldServers.ts', import.meta.url).pathname;
  const tsx = new URL('../../node_modules/tsx/dist/loader.mjs', import.meta.url).href;
  const child = spawn(process.execPath, ['--import', tsx, program, JSON.stringify(order)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    ...as,
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const [line] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    once(child, 'exit').then(() => Promise.reject(new Error(`the holder ended: ${said}`))),
  ]);
  return { child, ...JSON.parse(line) };
}

/** A process and everything that descends from it, while it runs. Zombies have ended. */
export function familyOf(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = statOf(Number(name));
    if (stat !== undefined) parents.set(Number(name), stat.parent);
  }
  const family = [pid];
  for (const member of family) for (const [child, parent] of parents) if (parent === member) family.push(child);
  return family;
}

/** Kills a process, which may have ended meanwhile. */
export function killed(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

export function isRunning(pid: number): boolean {
  const stat = statOf(pid);
  return stat !== undefined && stat.state !== 'Z' && stat.state !== 'X';
}

/** Waits until none of the processes runs any more. */
export async function allEnded(pids: readonly number[], deadlineMs: number): Promise<void> {
  for (const deadline = Date.now() + deadlineMs; ; await pause(30)) {
    const running = pids.filter(isRunning);
    if (running.length === 0) return;
    if (Date.now() > deadline)
      throw new Error(`still running: ${running.map((pid) => `${pid} ${commandOf(pid)}`).join('; ')}`);
  }
}

function statOf(pid: number): { state: string; parent: number } | undefined {
  try {
    const [state = '', parent = '0'] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return { state, parent: Number(parent) };
  } catch {
    return undefined; // ended
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').slice(0, 120);
  } catch {
    return 'ended meanwhile';
  }
}
