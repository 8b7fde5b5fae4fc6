/** `tandem aging`: accounts payable of QuickBooks by age, tied to the balance of each A/P account. */
import { Command, InvalidArgumentError } from 'commander';
import { isCalendarDate } from '../domain/dates.ts';
import { newestReport, resolveCompany } from '../store/index.ts';
import { agingCsv, agingOf, type LedgersReport, renderAging } from '../sync/index.ts';
import { withStore } from './commandSession.ts';
import { Fault } from './fault.ts';
import { freshReport, seconds } from './freshReport.ts';

interface AgingOptions {
  readonly at?: string;
  readonly last?: boolean;
  readonly csv?: boolean;
  readonly json?: boolean;
  readonly wait: number;
}

export function agingCommand(): Command {
  return new Command('aging')
    .description(
      'Reads accounts payable of QuickBooks anew and shows them by age, tied to the balance of each A/P account. Exit code 1 when something in an account is not explained.',
    )
    .argument('<company>', 'ID or name')
    .option('--at <date>', 'the day that ages are counted to, YYYY-MM-DD; without it, today', day)
    .option('--last', 'of the reading that there is, without reading anew')
    .option('--csv', 'each bill, credit and other entry as CSV')
    .option('--json', 'as JSON')
    .option('--wait <seconds>', 'how long to wait for the connector', seconds, 900)
    .action((named: string, options: AgingOptions) =>
      withStore(async (store) => {
        const company = await resolveCompany(store, named);
        const { companyId, name } = company;
        const report =
          options.last === true
            ? ((await newestReport(store.db, companyId))?.report as LedgersReport | undefined)
            : await freshReport(store, company, options.wait);
        if (report === undefined) throw new Fault('nothing was read yet', name, 'leave out --last');
        if (report.payables === undefined)
          throw new Fault(
            'the connector read no balances of A/P accounts',
            name,
            'update the connector to this release',
          );
        const aging = agingOf(report.payables, {
          companyName: name,
          readAt: report.readAt.quickBooks,
          day: options.at ?? today(),
        });
        const text =
          options.json === true
            ? `${JSON.stringify(aging, null, 2)}\n`
            : options.csv === true
              ? agingCsv(aging)
              : renderAging(aging);
        process.stdout.write(text);
        if (!aging.ties) process.exitCode = 1;
      }),
    );
}

function day(text: string): string {
  if (!isCalendarDate(text)) throw new InvalidArgumentError('a date as YYYY-MM-DD.');
  return text;
}

/** By the clock of this machine, as whoever asks would say it. */
function today(): string {
  const now = new Date();
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}
