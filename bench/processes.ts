/**
 * What the processes of a run used: the most memory that each ever had, and processor time, from Linux' /proc. Elsewhere
 * there is nothing to read, and a figure made of it is none.
 *
 * A process is counted apart from the children that it started (the connector's QuickBooks host).
 */
import { readdirSync, readFileSync } from 'node:fs';

export interface Used {
  /** The most memory in RAM that the process had at any time, in bytes. */
  readonly peakBytes: number;
  /** Processor time of the process itself, in milliseconds. */
  readonly cpuMs: number;
}

const NOTHING: Used = { peakBytes: 0, cpuMs: 0 };
const EVERY_MS = 500;
/** Linux counts processor time in hundredths of a second, whatever the machine. */
const MS_PER_TICK = 10;

export interface Watch {
  /** What a process used, and all children that it ever had together (peak: the largest of them). */
  of(pid: number): { readonly own: Used; readonly children: Used };
  stop(): void;
}

/** Watches processes and their children until stopped: children come and go, so they are looked at all the time. */
export function watchProcesses(pids: readonly number[]): Watch {
  const seen = new Map<number, { readonly parent: number; used: Used }>();
  const look = (): void => {
    const parents = parentsOfAll();
    for (const [pid, parent] of parents) {
      if (!pids.includes(pid) && !pids.includes(parent)) continue;
      const used = usedBy(pid);
      if (used !== undefined) seen.set(pid, { parent, used });
    }
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return {
    of(pid) {
      look();
      const children = [...seen.values()].filter(({ parent }) => parent === pid);
      return {
        own: seen.get(pid)?.used ?? NOTHING,
        children: {
          peakBytes: Math.max(0, ...children.map(({ used }) => used.peakBytes)),
          cpuMs: children.reduce((sum, { used }) => sum + used.cpuMs, 0),
        },
      };
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * Processor time of this process and of all that it started, directly or not, in milliseconds: to be compared with the same
 * at another time. Other work on the machine lengthens a measurement of time, this one hardly.
 */
export function cpuOfTreeMs(): number {
  const parents = parentsOfAll();
  const isOurs = (pid: number): boolean => {
    for (let at: number | undefined = pid; at !== undefined; at = parents.get(at)) if (at === process.pid) return true;
    return false;
  };
  const { user, system } = process.cpuUsage();
  let ms = (user + system) / 1_000;
  for (const pid of parents.keys()) {
    // Of itself, and of its children that have ended: fields 14 to 17 of proc(5).
    const stat = pid === process.pid || !isOurs(pid) ? undefined : statOf(pid);
    for (const ticks of stat?.slice(11, 15) ?? []) ms += Number(ticks) * MS_PER_TICK;
  }
  return ms;
}

function parentsOfAll(): ReadonlyMap<number, number> {
  const parents = new Map<number, number>();
  for (const name of process.platform === 'linux' ? readdirSync('/proc') : []) {
    const parent = /^\d+$/.test(name) ? Number(statOf(Number(name))?.[1] ?? Number.NaN) : Number.NaN;
    if (!Number.isNaN(parent)) parents.set(Number(name), parent);
  }
  return parents;
}

/** The fields of /proc/PID/stat behind the command: state, parent, ... Undefined when the process is gone. */
function statOf(pid: number): readonly string[] | undefined {
  const text = read(`/proc/${pid}/stat`);
  return text?.slice(text.lastIndexOf(')') + 2).split(' ');
}

function usedBy(pid: number): Used | undefined {
  const [status, stat] = [read(`/proc/${pid}/status`), statOf(pid)];
  const peak = /^VmHWM:\s+(\d+) kB/m.exec(status ?? '')?.[1];
  if (peak === undefined || stat === undefined) return undefined;
  return { peakBytes: Number(peak) * 1_024, cpuMs: (Number(stat[11]) + Number(stat[12])) * MS_PER_TICK };
}

function read(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    // ENOENT and ESRCH: it ended between being listed and being looked at.
    if (error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ESRCH'))
      return undefined;
    throw error;
  }
}
