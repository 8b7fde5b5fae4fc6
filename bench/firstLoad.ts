/**
 * The first load of 20,000 bills, 2,000 vendors and 100,000 lines, beside the two bare clients doing the same one after
 * the other; what Temporal keeps of it; and the memory it takes, beside that of a company a quarter as large.
 *
 * 1. The bare clients meet sandboxes of their own, as fresh as those of the product. They run before and after it, and the
 *    mean of both counts, since what else the machine does meets them otherwise.
 * 2. What the product wrote is counted in MineralTree's books: as many entities as the bare client wrote.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PASSWORD, USER } from '../src/cli/demo/cast.ts';
import { startCommand } from '../src/cli/demo/process.ts';
import { move } from '../src/cli/demo/sandboxes.ts';
import { workflowIdOf } from '../src/contract/index.ts';
import { bareDrain } from './bareDrain.ts';
import { bareWrite } from './bareWrite.ts';
import { type Choice, type CompanyAtWork, withCompanyAtWork } from './companyAtWork.ts';
import { differencePercent, type Figure } from './figure.ts';
import { activityTimes, allHistories, type History, largestPayload } from './histories.ts';
import { cpuOfTreeMs, type Used, type Watch, watchProcesses } from './processes.ts';
import { fillToQuarter } from './proportion.ts';
import type { Result } from './report.ts';

const KB = 1_024;
const MB = 1_024 * KB;
const LIMITS = { times: 2, payload: 256 * KB, events: 400, connector: 250 * MB, cloud: 400 * MB, difference: 15 };
const WITHIN_MS = 1_800_000;

type Say = (line: string) => void;

/** @param profiles folder for profiles of every process of the large load; absent: no profile */
export const firstLoad =
  (profiles?: string) =>
  async (say: Say): Promise<Result> => {
    const before = await bareLoad(say);
    const large = await load(say, { name: 'Large', seed: 'large', ...(profiles && { env: profiled(profiles) }) });
    const bare = meanOf(before, await bareLoad(say));
    if (large.entities !== bare.writes)
      throw new Error(`${large.entities} entities were loaded, ${bare.writes} by the bare client`);
    const quarter = await load(say, {
      name: 'Quarter',
      seed: 'small',
      prepare: (stage, file) => fillToQuarter(stage.quickBooks.url, file),
    });
    const figures: Figure[] = [
      { name: 'bare client drains QuickBooks', unit: 'ms', measured: bare.drainMs },
      { name: 'bare client writes to MineralTree', unit: 'ms', measured: bare.writeMs },
      {
        name: '20,000 bills',
        unit: 'ms',
        measured: large.ms,
        beside: { what: 'both bare ones', value: bare.drainMs + bare.writeMs },
        limitTimes: LIMITS.times,
      },
      { name: 'largest payload', unit: 'bytes', measured: large.payload, limit: LIMITS.payload },
      { name: 'longest history, events', unit: 'count', measured: large.longest, limit: LIMITS.events },
      ...memory(large, quarter),
    ];
    const remarks = [
      `${bare.calls} calls of ProcessRequest and ${bare.writes} writes by the bare clients`,
      `${large.runs} runs of the workflow, ${large.events} events in all`,
      ...large.parts,
      `processor time of all processes, sandboxes among them: ${(large.cpuMs / 1_000).toFixed(1)} s, the bare clients with theirs ${(bare.cpuMs / 1_000).toFixed(1)} s`,
      `processor time of the large load: cloud ${seconds(large.cloud)}, connector ${seconds(large.connector)}, its host ${seconds(large.host)}`,
      `5,000 bills took ${(quarter.ms / 1_000).toFixed(1)} s`,
    ];
    return { bench: 'firstLoad', figures, remarks };
  };

const seconds = ({ cpuMs }: Used): string => `${(cpuMs / 1_000).toFixed(1)} s`;

function memory(large: Loaded, quarter: Loaded): Figure[] {
  const figures = (part: 'connector' | 'host' | 'cloud', name: string, limit?: number): Figure[] => {
    // Where there is no /proc nothing was seen, and nothing is no figure.
    const [most, less] = [large[part].peakBytes || Number.NaN, quarter[part].peakBytes || Number.NaN];
    const difference: Figure = {
      name: `${name}, 20,000 bills to 5,000`,
      unit: 'percent',
      measured: differencePercent(most, less),
    };
    return [
      {
        name: `peak memory of ${name}`,
        unit: 'bytes',
        measured: most,
        beside: { what: '5,000 bills', value: less },
        ...(limit !== undefined && { limit }),
      },
      limit === undefined ? difference : { ...difference, limit: LIMITS.difference },
    ];
  };
  return [
    ...figures('connector', 'connector', LIMITS.connector),
    ...figures('host', "the connector's QuickBooks host"),
    ...figures('cloud', 'cloud', LIMITS.cloud),
  ];
}

/** The mean of two runs of the bare clients. */
const meanOf = (one: Bare, other: Bare): Bare => ({
  ...one,
  drainMs: (one.drainMs + other.drainMs) / 2,
  writeMs: (one.writeMs + other.writeMs) / 2,
  cpuMs: (one.cpuMs + other.cpuMs) / 2,
});

const profiled = (folder: string): Record<string, string> => ({
  NODE_OPTIONS: `--import=${new URL('profileOnExit.js', import.meta.url).href}`,
  TANDEM_BENCH_PROFILES: folder,
});

interface Bare {
  readonly drainMs: number;
  readonly writeMs: number;
  readonly calls: number;
  readonly writes: number;
  readonly cpuMs: number;
}

async function bareLoad(say: Say): Promise<Bare> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'tandem-bench-'));
  const sandbox = (name: string, ...more: string[]) =>
    startCommand({ args: ['sandbox', name, '--data', path.join(folder, name), ...more], env: process.env });
  const quickBooks = await sandbox('quickbooks', '--seed', 'large');
  const mineralTree = await sandbox('mineraltree');
  try {
    const cpuMs = cpuOfTreeMs();
    const drained = await bareDrain(quickBooks.firstLine, 'C:\\Books\\Sample.qbw');
    say(`bare client drains QuickBooks: ${Math.round(drained.ms)} ms`);
    const about = { name: 'Bare', user: USER, password: PASSWORD };
    const { id } = await move<{ readonly id: string }>({ url: mineralTree.firstLine }, 'new-company', about);
    const apiUrl = `${mineralTree.firstLine}/mtapi/base`;
    const written = await bareWrite({ apiUrl, company: id, user: USER, password: PASSWORD }, drained);
    say(`bare client writes to MineralTree: ${Math.round(written.ms)} ms`);
    return {
      drainMs: drained.ms,
      calls: drained.calls,
      writeMs: written.ms,
      writes: written.writes,
      cpuMs: cpuOfTreeMs() - cpuMs,
    };
  } finally {
    await Promise.all([quickBooks.stop(), mineralTree.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}

interface Loaded {
  readonly ms: number;
  readonly entities: number;
  readonly payload: number;
  readonly longest: number;
  readonly runs: number;
  readonly events: number;
  /** Where the time went, in words. */
  readonly parts: readonly string[];
  readonly cpuMs: number;
  readonly cloud: Used;
  readonly connector: Used;
  readonly host: Used;
}

async function load(say: Say, choice: Omit<Choice, 'withinMs' | 'started'>): Promise<Loaded> {
  let watch: Watch | undefined;
  let cpuBefore = 0;
  const started = ({ cloud, connector }: { readonly cloud: number; readonly connector: number }) => {
    watch = watchProcesses([cloud, connector]);
    cpuBefore = cpuOfTreeMs();
  };
  try {
    return await withCompanyAtWork({ ...choice, withinMs: WITHIN_MS, started }, async (at) => {
      const cpuMs = cpuOfTreeMs() - cpuBefore;
      say(`${choice.name}: loaded in ${Math.round(at.loadMs)} ms`);
      const { cloud, connector } = at;
      const nothing = { peakBytes: 0, cpuMs: 0 };
      const used = watch?.of(connector.pid);
      const histories = await allHistories(at.stage.client, workflowIdOf(at.company.id));
      return {
        ms: at.loadMs,
        entities: await entitiesOf(at),
        payload: Math.max(...histories.map(largestPayload)),
        longest: Math.max(...histories.map(({ length }) => length)),
        runs: histories.length,
        events: histories.reduce((sum, { length }) => sum + length, 0),
        parts: partsOf(histories),
        cpuMs,
        cloud: watch?.of(cloud.pid).own ?? nothing,
        connector: used?.own ?? nothing,
        host: used?.children ?? nothing,
      };
    });
  } finally {
    watch?.stop();
  }
}

/** The time of each activity over all runs. */
function partsOf(histories: readonly History[]): string[] {
  const names = new Map<string, { count: number; waitingMs: number; runningMs: number }>();
  for (const history of histories)
    for (const [name, { count, waitingMs, runningMs }] of activityTimes(history)) {
      const sum = names.get(name) ?? { count: 0, waitingMs: 0, runningMs: 0 };
      names.set(name, {
        count: sum.count + count,
        waitingMs: sum.waitingMs + waitingMs,
        runningMs: sum.runningMs + runningMs,
      });
    }
  return [...names].map(
    ([name, { count, waitingMs, runningMs }]) =>
      `${count} ${name}: ran ${(runningMs / 1_000).toFixed(1)} s, waited for a worker ${(waitingMs / 1_000).toFixed(1)} s`,
  );
}

const LISTS = ['glAccounts', 'paymentMethods', 'classifications', 'projects', 'items', 'terms', 'vendors', 'bills'];

async function entitiesOf({ stage, company }: CompanyAtWork): Promise<number> {
  const answer = await fetch(`${stage.mineralTree.url}/books/company?id=${company.mtCompany}`);
  const books = (await answer.json()) as Readonly<Record<string, unknown>>;
  return LISTS.reduce((sum, name) => sum + (Array.isArray(books[name]) ? books[name].length : Number.NaN), 0);
}
