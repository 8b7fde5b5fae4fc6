/** `tandem close-check`: what is still open between the two ledgers that belongs into a month. */
import { Command, InvalidArgumentError } from 'commander';
import { readClose } from '../activities/mineraltree/closeReading.ts';
import { resolveCompany, type Store } from '../store/index.ts';
import { type CloseCheck, closeCheck, closeCsv, renderClose } from '../sync/index.ts';
import { withStore } from './commandSession.ts';
import { withMineralTree } from './mineralTreeSession.ts';

interface CloseOptions {
  readonly month: string;
  readonly csv?: boolean;
  readonly json?: boolean;
}

export function closeCheckCommand(): Command {
  return new Command('close-check')
    .description(
      'Says whether a month may be closed: invoices and payments that are not in QuickBooks, what is uncertain or was refused, credits on one side only, open problems. Exit code 1 when something is open.',
    )
    .argument('<company>', 'ID or name')
    .requiredOption('--month <month>', 'the month, YYYY-MM', month)
    .option('--csv', 'lines as CSV')
    .option('--json', 'as JSON')
    .action((named: string, options: CloseOptions) =>
      withStore(async (store) => {
        const check = await checked(store, named, options.month);
        const text =
          options.json === true
            ? `${JSON.stringify(check, null, 2)}\n`
            : options.csv === true
              ? closeCsv(check)
              : renderClose(check);
        process.stdout.write(text);
        if (!check.ready) process.exitCode = 1;
      }),
    );
}

async function checked(store: Store, named: string, monthAsked: string): Promise<CloseCheck> {
  const { companyId } = await resolveCompany(store, named);
  return closeCheck(await withMineralTree(store, (context) => readClose(context, companyId, monthAsked)));
}

function month(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) throw new InvalidArgumentError('a month as YYYY-MM.');
  return text;
}
