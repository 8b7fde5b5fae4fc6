/** `tandem reconcile`: has both ledgers read anew and shows whether they agree. */
import { Command } from 'commander';
import { resolveCompany } from '../store/index.ts';
import { type LedgersReport, ledgersCsv, renderLedgers } from '../sync/index.ts';
import { withStore } from './commandSession.ts';
import { freshReport, seconds } from './freshReport.ts';

interface ReconcileOptions {
  readonly csv?: boolean;
  readonly json?: boolean;
  readonly wait: number;
}

export function reconcileCommand(): Command {
  return new Command('reconcile')
    .description(
      'Reads what is open in QuickBooks and in MineralTree anew and compares: bills, credits, payments on their way. Exit code 1 when they differ.',
    )
    .argument('<company>', 'ID or name')
    .option('--csv', 'lines as CSV')
    .option('--json', 'as JSON')
    .option('--wait <seconds>', 'how long to wait for the connector', seconds, 900)
    .action((named: string, options: ReconcileOptions) =>
      withStore(async (store) => {
        const report = await freshReport(store, await resolveCompany(store, named), options.wait);
        process.stdout.write(shown(report, options));
        if (!report.agree) process.exitCode = 1;
      }),
    );
}

function shown(report: LedgersReport, { csv, json }: ReconcileOptions): string {
  const { payables: _forTheAging, ...compared } = report;
  if (json === true) return `${JSON.stringify(compared, null, 2)}\n`;
  return csv === true ? ledgersCsv(report) : renderLedgers(report);
}
