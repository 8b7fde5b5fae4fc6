/**
 * `tandem demo`: everything on this machine, with sandboxes for QuickBooks and MineralTree, and the product's story told step
 * by step. Ends with the report whether the ledgers agree, and a verdict by a judge that knows nothing of Tandem.
 */
import { Command } from 'commander';
import { DEFAULT_SETTINGS, type Settings } from '../contract/index.ts';
import { formatCents } from '../domain/money.ts';
import { judge } from '../sandbox/judge/index.ts';
import { DEFAULT_LIMITS } from '../workers/connector/index.ts';
import { commandLog } from './commandLog.ts';
import { giveHistory, newBooks, PASSWORD, readBooks, USER } from './demo/cast.ts';
import { type Stage, startStage } from './demo/stage.ts';
import { tellStory } from './demo/story.ts';
import { createTelling, type Telling } from './demo/telling.ts';
import { Fault } from './fault.ts';
import { untilStopped } from './stopping.ts';

interface DemoOptions {
  readonly once?: boolean;
  readonly json?: string;
}

/** What the demo makes shorter than in production, so that nobody waits. */
const SHORTENED: Partial<Settings> = {
  intervalMs: 1_000,
  heartbeatMs: 5_000,
  siteRetryMs: 2_000,
  offlineAfterMs: 30_000,
};

/** The same for the connectors. */
const CONNECTOR_SHORTENED = { keepCompanyMs: 500, nextVisitMs: 3_000 };

export function demoCommand(): Command {
  return new Command('demo')
    .description('Shows Tandem at work on this machine: two companies, two connectors, sandboxes for both sides.')
    .option('--once', 'end after the story; exit code 0 only if every step happened and the ledgers agree')
    .option('--json <file>', 'write the account of it to a file')
    .action((options: DemoOptions) => demo(options));
}

async function demo(options: DemoOptions): Promise<void> {
  const print = (line: string) => process.stdout.write(`${line}\n`);
  const telling = createTelling(print, () => performance.now());
  const began = performance.now();
  print(
    'Tandem: QuickBooks Desktop and MineralTree in step. Starting Temporal, Postgres, two sandboxes, the cloud, two connectors.',
  );
  for (const [name, ms] of Object.entries(SHORTENED))
    print(`shortened for the demo: ${name} ${ms} ms instead of ${DEFAULT_SETTINGS[name as keyof Settings]} ms`);
  for (const [name, ms] of Object.entries(CONNECTOR_SHORTENED))
    print(
      `shortened for the demo: ${name} of the connectors ${ms} ms instead of ${DEFAULT_LIMITS[name as keyof typeof CONNECTOR_SHORTENED]} ms`,
    );
  const stage = await startStage({ env: process.env, log: commandLog(process.env, 'warn'), ui: true });
  try {
    const agree = await play(stage, telling, options.json);
    const seconds = Math.round((performance.now() - began) / 1_000);
    print(`\n${telling.steps.length} steps in ${seconds} s; the ledgers ${agree ? 'agree' : 'DO NOT AGREE'}`);
    if (!agree)
      throw new Fault('the ledgers do not agree', 'the books of the two sandboxes', 'read the differences above');
    if (options.once === true) return;
    const link = (await stage.tandem(['user', 'invite', 'you', '--role', 'operator'])).trim();
    print('\nThe pages stay open until Ctrl-C:');
    print(`  your one-time link   ${link}`);
    print(`  then Temporal UI     ${stage.pages()}/temporal/`);
    print(`  MineralTree sandbox  ${stage.mineralTree.url}`);
    print(`  QuickBooks sandbox   ${stage.quickBooks.url}/books`);
    await untilStopped();
  } finally {
    await stage.stop();
  }
}

async function play(stage: Stage, telling: Telling, json: string | undefined): Promise<boolean> {
  const names = { fresh: 'Harbor Crafts', seasoned: 'Old Mill Trading' };
  const books = {
    fresh: await newBooks(stage, names.fresh, 'small'),
    seasoned: await newBooks(stage, names.seasoned, 'small'),
  };
  await giveHistory(stage, books.seasoned);
  await stage.startCloud();
  const access = { user: USER, password: PASSWORD, settings: SHORTENED };
  const fresh = await stage.addCompany({ name: names.fresh, ...books.fresh, ...access });
  const seasoned = await stage.addCompany({ name: names.seasoned, ...books.seasoned, ...access, firstDay: true });
  for (const { id } of [fresh, seasoned]) await stage.tandem(['company', 'sync-now', id]);
  const connectors = new Map(
    await Promise.all(
      ['front-desk', 'back-office'].map(
        async (name) =>
          [name, await stage.startConnector(name, [fresh, seasoned], { limits: CONNECTOR_SHORTENED })] as const,
      ),
    ),
  );
  await tellStory({ stage, telling, fresh, seasoned, connectors });
  let agree = true;
  const verdicts: Record<string, unknown> = {};
  await telling.step('The ledgers agree, says the report, and so does a judge that reads only the books', async () => {
    const lines: string[] = [];
    for (const company of [fresh, seasoned]) {
      const report = await stage.tandem(['reconcile', company.id]);
      const { quickBooks, mineralTree } = await readBooks(stage, company);
      const verdict = judge(quickBooks, mineralTree);
      verdicts[company.name] = verdict;
      agree &&= verdict.agree;
      lines.push(
        ...report.trimEnd().split('\n'),
        `judge, ${company.name}: ${verdict.billsInQuickBooks} bills in QuickBooks, ${verdict.billsInMineralTree} in MineralTree, open ${formatCents(verdict.openInQuickBooksCents)} and ${formatCents(verdict.openInMineralTreeCents)}: ${verdict.agree ? 'they agree' : 'they differ'}`,
        ...verdict.differences,
      );
    }
    return lines;
  });
  if (json !== undefined) await telling.write(json, { agree, verdicts });
  return agree;
}
