/** `tandem reconcile`: has both ledgers read anew and shows whether they agree. */
import { Command, InvalidArgumentError } from 'commander';
import { newestReport, resolveCompany } from '../store/index.ts';
import { type LedgersReport, ledgersCsv, renderLedgers } from '../sync/index.ts';
import { said, withRuns, withStore } from './commandSession.ts';
import { Fault } from './fault.ts';
import { until } from './until.ts';

interface ReconcileOptions {
  readonly csv?: boolean;
  readonly json?: boolean;
  readonly wait: number;
}

export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description(
      'Reads what is open in QuickBooks and in MineralTree anew and compares, bill by bill. Exit code 1 when they differ.',
    )
    .argument('<company>', 'ID or name')
    .option('--csv', 'lines as CSV')
    .option('--json', 'as JSON')
    .option('--wait <seconds>', 'how long to wait for the connector', seconds, 900)
    .action((named: string, options: ReconcileOptions) =>
      withStore(async (store) => {
        const { companyId, name } = await resolveCompany(store, named);
        const before = (await newestReport(store.db, companyId))?.reportId;
        await withRuns((runs) => runs.signal({ id: companyId, name }, 'reconcile', { by: said().by }));
        const made = await until(
          'the report of the ledgers',
          async () => {
            const report = await newestReport(store.db, companyId);
            return report?.state === 'made' && report.reportId !== before ? report : undefined;
          },
          { withinMs: options.wait * 1_000, everyMs: 250 },
        ).catch((error: unknown) => {
          throw new Fault(error instanceof Error ? error.message : String(error), name, 'look at tandem company show');
        });
        const report = made.report as LedgersReport;
        const text = options.json
          ? `${JSON.stringify(report, null, 2)}\n`
          : options.csv
            ? ledgersCsv(report)
            : renderLedgers(report);
        process.stdout.write(text);
        if (!report.agree) process.exitCode = 1;
      }),
    );
}

function seconds(text: string): number {
  const value = Number(text);
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError('a whole number of seconds.');
  return value;
}
