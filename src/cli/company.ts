/**
 * `tandem company ...`: adding companies and steering them.
 *
 * A company is named by its ID, or by its name where only one has it. What steers a company is a signal to its workflow,
 * the same that an engineer may send from Temporal UI.
 */
import { text as readAll } from 'node:stream/consumers';
import { Command } from 'commander';
import { readConfigure, type Settings, type SignalName } from '../contract/index.ts';
import type { Store } from '../store/index.ts';
import { acceptFile, addCompany, listCompanies, removeCompany, resolveCompany, showCompany } from '../store/index.ts';
import { markerText } from '../sync/index.ts';
import { said, withRuns, withStore } from './commandSession.ts';
import { addAccess } from './companyAccess.ts';
import { addFirstDay } from './companyFirstDay.ts';
import type { PreviewOptions } from './companyPreview.ts';
import { addRules } from './companyRules.ts';
import type { CompanyRuns } from './companyRuns.ts';
import { Fault } from './fault.ts';

interface AddOptions {
  readonly name: string;
  readonly mtUrl: string;
  readonly mtCompany: string;
  readonly mtUser: string;
  readonly settings?: string;
  readonly withoutFirstDay?: boolean;
}

export function companyCommand(): Command {
  const command = new Command('company').description('Adds companies and steers them.');
  command
    .command('add')
    .description('Adds a company; the MineralTree password is read from standard input. Prints the company ID.')
    .requiredOption('--name <name>', 'what people call it')
    .requiredOption('--mt-url <url>', 'address of MineralTree, https://...')
    .requiredOption('--mt-company <id>', 'ID or name of the company in MineralTree')
    .requiredOption('--mt-user <user>', 'API user in MineralTree')
    .option('--settings <json>', 'settings that differ from the defaults, such as {"intervalMs": 300000}')
    .option(
      '--without-first-day',
      'goes live at once: for a company whose MineralTree is empty or names the records of QuickBooks already; what else looks alike becomes a problem',
    )
    .action((options: AddOptions) => withStore((store) => add(store, options)));
  command
    .command('list')
    .description('Lists the companies: ID, name, stage, whether paused or blocked.')
    .action(() => withStore(list));
  command
    .command('show <company>')
    .description('Shows how a company stands, in the store and in its workflow.')
    .action((company: string) => withStore((store) => withRuns(store, (runs) => show(store, runs, company))));
  const steering: readonly (readonly [name: string, signal: SignalName, description: string])[] = [
    ['pause', 'pause', 'Stops the company after the step under way.'],
    ['resume', 'resume', 'Lets a paused company go on.'],
    ['sync-now', 'syncNow', 'Runs a cycle at once.'],
  ];
  for (const [name, signal, description] of steering) {
    const one = command.command(`${name} <company>`).description(description);
    if (signal === 'pause') one.option('--reason <text>', 'why, for whoever looks at it', '');
    one.action((company: string, { reason = '' }: { reason?: string }) =>
      withStore((store) => steer(store, company, name, signal, reason)),
    );
  }
  command
    .command('accept-file <company>')
    .description('Accepts the company file that is open now as the right one, after a block.')
    .action((company: string) =>
      withStore(async (store) => {
        const { companyId, name } = await resolveCompany(store, company);
        const block = await acceptFile(store, companyId, said());
        print(block ? `accepted; it was blocked: ${block.code}` : 'accepted; nothing was blocked');
        await withRuns(store, (runs) => runs.signal({ id: companyId, name }, 'syncNow', { by: said().by }));
      }),
    );
  command
    .command('remove <company>')
    .description('Ends the synchronization of a company. What was posted stays recorded.')
    .action((company: string) =>
      withStore(async (store) => {
        const { companyId, name } = await resolveCompany(store, company);
        await removeCompany(store, companyId, said());
        print(`${name} (${companyId}) is removed`);
      }),
    );
  addAccess(command);
  addFirstDay(command);
  command
    .command('preview <company>')
    .description('Shows what the next cycle would write, both ways, field by field. Nothing is written.')
    .option('--csv <file>', 'every field of every record as CSV')
    .option('--json', 'as JSON')
    .action((named: string, options: PreviewOptions) =>
      withStore(async (store) => (await import('./companyPreview.ts')).preview(store, named, options)),
    );
  addRules(command);
  return command;
}

async function add(
  store: Store,
  { name, mtUrl, mtCompany, mtUser, settings, withoutFirstDay = false }: AddOptions,
): Promise<void> {
  if (process.stdin.isTTY) process.stderr.write('MineralTree password, then Ctrl-D: ');
  const mtPassword = (await readAll(process.stdin)).replace(/\r?\n$/, '');
  if (mtPassword === '') throw new Fault('no password was given', 'standard input', 'pipe the MineralTree password in');
  const tuned = settings === undefined ? {} : settingsFrom(settings);
  const { trySignIn } = await import('./mineralTreeSignIn.ts');
  await trySignIn({ url: mtUrl, user: mtUser, password: mtPassword, company: mtCompany }, process.env);
  const companyId = await addCompany(store, {
    name,
    mtUrl,
    mtCompany,
    mtUser,
    mtPassword,
    markerOf: markerText,
    settings: tuned,
    ...(withoutFirstDay && { stage: 'live' as const }),
    ...said(),
  });
  print(companyId);
  const next = withoutFirstDay
    ? 'it goes live once everything is read'
    : 'once everything is read: tandem company onboard';
  process.stderr.write(`${name} is added; a running cloud starts it within a minute; ${next}\n`);
}

function settingsFrom(json: string): Partial<Settings> {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw new Fault(
      `this is not JSON (${error instanceof Error ? error.message : ''})`,
      '--settings',
      'write {"name": number, ...}',
      2,
    );
  }
  const read = readConfigure(value);
  if ('wrong' in read) throw new Fault(read.wrong, '--settings', 'correct it there', 2);
  return read.settings;
}

async function list(store: Store): Promise<void> {
  const companies = await listCompanies(store.db);
  for (const { companyId, name, stage, pause, block } of companies) {
    const state = block ? `blocked: ${block.code}` : pause ? `paused by ${pause.by} (unverified)` : 'active';
    print([companyId, stage, state, name].join('\t'));
  }
  if (companies.length === 0) process.stderr.write('no company yet: tandem company add --help\n');
}

async function show(store: Store, runs: CompanyRuns, named: string): Promise<void> {
  const { companyId } = await resolveCompany(store, named);
  const { company, openProblems, records, connectors } = await showCompany(store, companyId);
  const status = await runs.status(companyId);
  const { name, stage, mtUrl, mtCompany, mtUser, settings, file } = company;
  print(
    JSON.stringify(
      { companyId, name, stage, mtUrl, mtCompany, mtUser, settings, file, records, connectors, openProblems, status },
      null,
      2,
    ),
  );
}

async function steer(store: Store, named: string, typed: string, signal: SignalName, reason: string): Promise<void> {
  const { companyId, name } = await resolveCompany(store, named);
  await withRuns(store, (runs) => runs.signal({ id: companyId, name }, signal, { by: said().by, reason }));
  print(`${typed} was sent to ${name} (${companyId})`);
}

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
