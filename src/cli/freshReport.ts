/** Has both ledgers of a company read anew, and waits for the report that is made of them. */
import { InvalidArgumentError } from 'commander';
import { type Company, newestReport, type Store } from '../store/index.ts';
import type { LedgersReport } from '../sync/index.ts';
import { said, withRuns } from './commandSession.ts';
import { Fault } from './fault.ts';
import { until } from './until.ts';

/** @throws Fault when no report comes within so many seconds */
export async function freshReport(
  store: Store,
  { companyId, name }: Pick<Company, 'companyId' | 'name'>,
  waitSeconds: number,
): Promise<LedgersReport> {
  const before = (await newestReport(store.db, companyId))?.reportId;
  await withRuns(store, (runs) => runs.signal({ id: companyId, name }, 'reconcile', { by: said().by }));
  const made = await until(
    'the report of the ledgers',
    async () => {
      const report = await newestReport(store.db, companyId);
      return report?.state === 'made' && report.reportId !== before ? report : undefined;
    },
    { withinMs: waitSeconds * 1_000, everyMs: 250 },
  ).catch((error: unknown) => {
    throw new Fault(error instanceof Error ? error.message : String(error), name, 'look at tandem company show');
  });
  return made.report as LedgersReport;
}

/** An option of so many seconds. */
export function seconds(text: string): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('a whole number of seconds.');
  return value;
}
