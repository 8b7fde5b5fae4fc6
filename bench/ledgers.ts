/**
 * The report of the ledgers over 5,000 open bills; and a company of some years, 50,000 bills paid, 2,000 open, 500 open
 * credits: its quiet cycle, and its report with the aging.
 *
 * 1. The time of a report is that of Temporal's own history, from the first activity to the last, all waiting included, less
 *    what was spent at the site, in QuickBooks and its connector; that stands beside it.
 * 2. Both ledgers must agree and the aging must tie, else there is nothing to measure.
 */
import { until } from '../src/cli/until.ts';
import { workflowIdOf } from '../src/contract/index.ts';
import { countCalls } from './callCount.ts';
import { type CompanyAtWork, withCompanyAtWork } from './companyAtWork.ts';
import type { Figure } from './figure.ts';
import { allHistories, cyclesOf, type ReportTime, reportsOf } from './histories.ts';
import { fillToQuarter } from './proportion.ts';
import type { Result } from './report.ts';

const LIMITS = { reportMs: 30_000, events: 17, activities: 2, calls: 1 };
const WITHIN_MS = 1_800_000;
const INTERVAL_MS = 5_000;
const CYCLES = 4;
type Say = (line: string) => void;

export async function ledgers(say: Say): Promise<Result> {
  const open = await withCompanyAtWork(
    {
      name: 'Open',
      seed: 'small',
      prepare: (stage, file) => fillToQuarter(stage.quickBooks.url, file),
      withinMs: WITHIN_MS,
    },
    async (at) => {
      say(`5,000 open bills: loaded in ${Math.round(at.loadMs)} ms`);
      return reportOf(at);
    },
  );
  say(`5,000 open bills: compared in ${open.ms} ms`);
  const settings = { intervalMs: INTERVAL_MS };
  const history = await withCompanyAtWork(
    { name: 'History', seed: 'history', settings, firstDay: true, withinMs: WITHIN_MS },
    async (at) => {
      say(`50,000 paid and 2,000 open bills: read in ${Math.round(at.loadMs)} ms`);
      await goLive(at);
      const quiet = await quietCycles(at);
      say('50,000 paid and 2,000 open bills: live, and quiet');
      return { quiet, report: await reportOf(at) };
    },
  );
  const most = (of: (cycle: { readonly events: number; readonly activities: readonly string[] }) => number): number =>
    Math.max(...history.quiet.cycles.map(of));
  const figures: Figure[] = [
    reportFigure('report over 5,000 open bills', open),
    reportFigure('report of 2,000 open bills and 500 open credits of 52,000', history.report),
    {
      name: 'quiet cycle of that company: calls of ProcessRequest',
      unit: 'count',
      measured: history.quiet.calls,
      limit: LIMITS.calls,
    },
    { name: 'its events', unit: 'count', measured: most(({ events }) => events), limit: LIMITS.events },
    {
      name: 'its activities',
      unit: 'count',
      measured: most(({ activities }) => activities.length),
      limit: LIMITS.activities,
    },
  ];
  return {
    bench: 'ledgers',
    figures,
    remarks: [
      `${open.pages} pages of 5,000 open bills, ${history.report.pages} of the company of some years`,
      `quiet cycles measured: ${history.quiet.cycles.length}`,
    ],
  };
}

/** What a report takes beside QuickBooks and its connector, which stand beside it. */
const reportFigure = (name: string, { ms, siteMs }: ReportTime): Figure => ({
  name,
  unit: 'ms',
  measured: ms - siteMs,
  limit: LIMITS.reportMs,
  beside: { what: 'at the site', value: siteMs },
});

/** Has the report made, and looks at it. Throws where the ledgers differ or the aging does not tie. */
async function reportOf({ stage, company }: CompanyAtWork): Promise<ReportTime> {
  // Ends with 1, and so throws, where something differs.
  await stage.tandem(['reconcile', company.id, '--csv']);
  await stage.tandem(['aging', company.id, '--last', '--csv']);
  const histories = await allHistories(stage.client, workflowIdOf(company.id));
  const last = histories.flatMap(reportsOf).at(-1);
  if (last === undefined || last.pages === 0) throw new Error('no report was made');
  return last;
}

/** Everything is matched with an empty MineralTree, and only what is open goes there. */
async function goLive({ stage, company }: CompanyAtWork): Promise<void> {
  const cutOver = ['--cut-over', '2026-01-01', '--last-restore', 'none'];
  await stage.tandem(['company', 'onboard', company.id, ...cutOver]);
  // The ledgers differ before anything was written: the exit code says so, and the report is what is waited for.
  await stage.tandem(['reconcile', company.id]).catch(endedWithOne);
  await stage.tandem(['company', 'go-live', company.id, '--accept-differences']);
}

function endedWithOne(error: unknown): void {
  if (!(error instanceof Error) || !error.message.includes('ended with exit code 1:')) throw error;
}

/** Waits until everything open is in MineralTree and cycles are quiet, then counts some. */
async function quietCycles({ stage, company, status }: CompanyAtWork) {
  const { url } = stage.quickBooks;
  const cycles = async () =>
    (await allHistories(stage.client, workflowIdOf(company.id))).flatMap(cyclesOf).filter(({ activities }) => {
      const [first, ...others] = activities;
      return first === 'pullQuickBooks' && others.every((name) => name === 'pushMineralTree');
    });
  await until(
    'all open bills in MineralTree',
    async () => {
      const answer = await fetch(`${stage.mineralTree.url}/books/company?id=${company.mtCompany}`);
      const { bills, credits } = (await answer.json()) as { readonly bills: unknown[]; readonly credits: unknown[] };
      return bills.length >= 2_000 && credits.length >= 500 && (await status()).phase.kind === 'waiting';
    },
    { withinMs: WITHIN_MS, everyMs: 2_000 },
  );
  const settled = async (wanted: number): Promise<number> =>
    until(
      `${wanted} quiet cycles`,
      async () => {
        const { length } = await cycles();
        return length >= wanted ? length : undefined;
      },
      { withinMs: 120_000 + CYCLES * INTERVAL_MS * 4, everyMs: 500 },
    );
  const before = await settled((await cycles()).length + 3);
  const count = await countCalls(url, 1);
  const first = await settled(before + 1);
  const from = await count.counted();
  const last = await settled(first + CYCLES);
  const to = await count.counted();
  await count.end();
  const calls = (to.pulls + to.others - from.pulls - from.others) / (last - first);
  return { cycles: (await cycles()).slice(first, last), calls };
}
