/**
 * A cycle in which nothing happened, of a company that is loaded: what it costs in Temporal and in QuickBooks, and how long
 * it takes where each call to QuickBooks takes 200 ms, beside a naive cycle.
 *
 * Cycles come by their interval, as in production: a signal would add events of its own.
 */
import { until } from '../src/cli/until.ts';
import { workflowIdOf } from '../src/contract/index.ts';
import { countCalls } from './callCount.ts';
import { withCompanyAtWork } from './companyAtWork.ts';
import { median } from './figure.ts';
import { allHistories, type Cycle, cyclesOf } from './histories.ts';
import { NAIVE_QUESTIONS, naiveCycle } from './naiveCycle.ts';
import type { Result } from './report.ts';

const DELAY_MS = 200;
const CYCLES = 8;
const NAIVE_CYCLES = 3;
const LIMITS = { events: 17, activities: 2, calls: 1 };
/** Shortened from five minutes, and long beside a cycle. */
const INTERVAL_MS = 5_000;

export async function quietCycle(say: (line: string) => void): Promise<Result> {
  const choice = { name: 'Quiet', seed: 'small', settings: { intervalMs: INTERVAL_MS }, withinMs: 120_000 };
  return withCompanyAtWork(choice, async ({ stage, company, connector }) => {
    const { url } = stage.quickBooks;
    const histories = () => allHistories(stage.client, workflowIdOf(company.id));
    const quiet = async () => (await histories()).flatMap(cyclesOf);
    // The first page of changes after a load brings what the load brought once more.
    const before = await settledAfter(quiet, 2);
    const count = await countCalls(url, DELAY_MS);
    const first = await settledAfter(quiet, before + 1);
    const from = await count.counted();
    say(`${CYCLES} cycles of ${INTERVAL_MS} ms`);
    const last = await settledAfter(quiet, first + CYCLES);
    const to = await count.counted();
    const measured = (await quiet()).slice(first, last);
    await connector.stop();
    const naive: number[] = [];
    for (let round = 0; round < NAIVE_CYCLES; round += 1) naive.push(await naiveCycle(url, company.file));
    await count.end();
    return resultOf(measured, (to.pulls + to.others - from.pulls - from.others) / measured.length, naive);
  });
}

/** Waits until so many cycles are complete; gives how many there are. */
const settledAfter = (cycles: () => Promise<readonly Cycle[]>, wanted: number): Promise<number> =>
  until(
    `${wanted} cycles`,
    async () => {
      const { length } = await cycles();
      return length >= wanted ? length : undefined;
    },
    { withinMs: 30_000 + wanted * 4 * INTERVAL_MS, everyMs: 250 },
  );

function resultOf(cycles: readonly Cycle[], calls: number, naive: readonly number[]): Result {
  const most = (of: (cycle: Cycle) => number): number => Math.max(...cycles.map(of));
  return {
    bench: 'quietCycle',
    figures: [
      { name: 'events', unit: 'count', measured: most(({ events }) => events), limit: LIMITS.events },
      {
        name: 'activities',
        unit: 'count',
        measured: most(({ activities }) => activities.length),
        limit: LIMITS.activities,
      },
      { name: 'calls of ProcessRequest', unit: 'count', measured: calls, limit: LIMITS.calls },
      {
        name: `time where a call takes ${DELAY_MS} ms`,
        unit: 'ms',
        measured: median(cycles.map(({ ms }) => ms)),
        beside: { what: 'naive cycle', value: median(naive) },
        limitTimes: 1,
      },
    ],
    remarks: [
      `the most of ${cycles.length} cycles; activities ${[...new Set(cycles.flatMap(({ activities }) => activities))].join(', ')}`,
      `the naive cycle asks ${NAIVE_QUESTIONS.length} message sets and does nothing with the answers`,
    ],
  };
}
