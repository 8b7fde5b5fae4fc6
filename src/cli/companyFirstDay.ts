/**
 * `tandem company onboard | go-live`: a company's first day, from two ledgers with years of history to one that is kept in
 * step. Nothing is written to either side before `go-live`.
 *
 * What is kept here is a person's, and no cycle writes it: so it needs no fence, and never waits for a cycle under way.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { type Command, InvalidArgumentError } from 'commander';
import { parse } from 'csv-parse/sync';
import { isCalendarDate } from '../domain/dates.ts';
import {
  addAudit,
  type Company,
  type CutOver,
  changeCompany,
  findFirstDay,
  matchesOf,
  newestReport,
  putFirstDay,
  replaceMatches,
  resolveCompany,
  type Store,
} from '../store/index.ts';
import { csvOf, DECISION_COLUMNS, type Decision, type LedgersReport, readDecisions } from '../sync/index.ts';
import { said, withStore } from './commandSession.ts';
import { Fault } from './fault.ts';
import type { KindFound, Onboarding } from './firstDay/onboarding.ts';
import { linkMatchedPayments } from './firstDay/paymentLinks.ts';
import { keepHeapSmall } from './heap.ts';

interface OnboardOptions {
  readonly cutOver?: string;
  readonly billsFrom?: string;
  readonly paymentsFrom?: string;
  readonly creditsFrom?: string;
  readonly lastRestore?: string;
  readonly proposals?: string;
  readonly decisions?: string;
}

/** Adds the two commands to `tandem company`. */
export function addFirstDay(command: Command): void {
  command
    .command('onboard <company>')
    .description('Matches the records of both sides before anything is written; nothing is changed on either.')
    .option('--cut-over <date>', 'older bills, payments and credits of MineralTree are never posted; YYYY-MM-DD', date)
    .option('--bills-from <date>', 'the same for bills alone', date)
    .option('--payments-from <date>', 'the same for payments alone', date)
    .option('--credits-from <date>', 'the same for credits alone', date)
    .option('--last-restore <date>', 'when a backup of the company file was restored last; "none" if never', restore)
    .option('--proposals <file>', 'where to write, as CSV, the pairs that a person must decide about')
    .option('--decisions <file>', 'that file, with "same" or "different" in its last column')
    .action((named: string, options: OnboardOptions) => withStore((store) => onboard(store, named, options)));
  command
    .command('go-live <company>')
    .description('Ends the preview: from the next cycle on both sides are kept in step.')
    .option('--accept-differences', 'although open payables differ, as the report says')
    .action((named: string, options: { readonly acceptDifferences?: boolean }) =>
      withStore((store) => goLive(store, named, options.acceptDifferences === true)),
    );
}

async function onboard(store: Store, named: string, options: OnboardOptions): Promise<void> {
  // Both sides are read whole, and what was read of a record is garbage as soon as it is known by.
  keepHeapSmall();
  const company = await resolveCompany(store, named);
  const { companyId, name } = company;
  if (company.stage === 'live')
    throw new Fault(`${name} is live already`, 'the command line', 'there is nothing to do');
  refuseUnread(company);
  const cutOver = cutOverOf(company, options);
  const before = await findFirstDay(store.db, companyId);
  const lastRestore = options.lastRestore ?? before?.lastRestore;
  if (lastRestore === undefined)
    throw new Fault(
      'it is not known whether a backup of the company file was restored',
      '--last-restore',
      'ask the accountant, and give the date of the last one, or none',
      2,
    );
  const { matchBothSides } = await import('./firstDay/onboarding.ts');
  const { withMineralTree } = await import('./mineralTreeSession.ts');
  const match = (): Promise<Onboarding> =>
    withMineralTree(store, async ({ mineralTree }) =>
      matchBothSides(store, companyId, await mineralTree.of(companyId), cutOver),
    );
  let found = await match();
  if (options.decisions !== undefined) {
    await keepDecisions(store, company, await decisionsIn(options.decisions, found), found);
    found = await match();
  }
  await keep(store, company, { cutOver, lastRestore, found });
  if (options.proposals !== undefined) await writeFile(options.proposals, proposalsCsv(found));
  tell(company, found, { lastRestore, file: options.proposals ?? options.decisions });
}

/** The dates given, else those of before. @throws Fault when neither says one of them */
function cutOverOf({ rules, name }: Company, options: OnboardOptions): CutOver {
  const part = (own: string | undefined, before: string | undefined, option: string): string => {
    const value = own ?? options.cutOver ?? before;
    if (value !== undefined) return value;
    throw new Fault(
      `it is not known from when on ${name} is to be kept in step`,
      option,
      'give --cut-over YYYY-MM-DD, the day from which on both ledgers must agree',
      2,
    );
  };
  return {
    bills: part(options.billsFrom, rules.cutOver?.bills, '--bills-from'),
    payments: part(options.paymentsFrom, rules.cutOver?.payments, '--payments-from'),
    credits: part(options.creditsFrom, rules.cutOver?.credits, '--credits-from'),
  };
}

/** Nothing can be said of a company before QuickBooks was read to its end. @throws Fault */
export function refuseUnread({ companyId, name, firstLoadDoneAt }: Company): void {
  if (firstLoadDoneAt !== undefined) return;
  throw new Fault(
    `QuickBooks has not been read to the end for ${name}`,
    'the first reading',
    `wait for it; tandem company show ${companyId} tells how far it is`,
  );
}

async function decisionsIn(file: string, { asked }: Onboarding): Promise<readonly Decision[]> {
  let rows: Record<string, string>[];
  try {
    rows = parse(await readFile(file, 'utf8'), { columns: true, bom: true, skip_empty_lines: true, trim: true });
  } catch (error) {
    throw new Fault(
      `it cannot be read: ${error instanceof Error ? error.message : ''}`,
      file,
      'give the file as CSV',
      2,
    );
  }
  const read = readDecisions(rows, asked);
  if ('decisions' in read) return read.decisions;
  const more = read.wrong.length > MAX_MISTAKES ? `; and ${read.wrong.length - MAX_MISTAKES} more` : '';
  throw new Fault(
    `nothing was taken: ${read.wrong.slice(0, MAX_MISTAKES).join('; ')}${more}`,
    file,
    'correct it there',
    2,
  );
}

const MAX_MISTAKES = 10;

async function keepDecisions(
  store: Store,
  { companyId }: Company,
  decisions: readonly Decision[],
  { matches }: Onboarding,
): Promise<void> {
  const { by, at } = said();
  const given = decisions.map(({ kind, ledgerId, payablesId, same }) => ({
    entity: kind,
    ledgerId,
    mtId: payablesId,
    same,
    matchedBy: by,
  }));
  await store.db.transaction().execute((tx) => replaceMatches(tx, companyId, [...matches, ...given], at));
}

async function keep(
  store: Store,
  { companyId, stage, rules }: Company,
  {
    cutOver,
    lastRestore,
    found,
  }: { readonly cutOver: CutOver; readonly lastRestore: string; readonly found: Onboarding },
): Promise<void> {
  const { by, at } = said();
  const undecided = found.asked.length;
  const next = undecided === 0 ? 'preview' : 'onboarding';
  await store.db.transaction().execute(async (tx) => {
    await replaceMatches(tx, companyId, found.matches, at);
    const summary = found.kinds.map(({ entity, matching }) => ({ entity, matched: matching.matches.length }));
    await putFirstDay(tx, companyId, { lastRestore, matchedAt: at, undecided, summary });
    await changeCompany(tx, companyId, { rules: { ...rules, cutOver }, stage: next });
    await addAudit(
      tx,
      companyId,
      { who: by, what: 'matched', detail: { undecided, cutOver, from: stage, to: next } },
      at,
    );
  });
}

async function goLive(store: Store, named: string, acceptDifferences: boolean): Promise<void> {
  const { companyId, name, stage } = await resolveCompany(store, named);
  if (stage === 'live') throw new Fault(`${name} is live already`, 'the command line', 'there is nothing to do');
  const firstDay = await findFirstDay(store.db, companyId);
  if (stage !== 'preview' || firstDay === undefined)
    throw new Fault(
      firstDay === undefined
        ? `the records of ${name} are not matched yet`
        : `${firstDay.undecided} pairs of ${name} are not decided`,
      'the first day',
      `run tandem company onboard ${companyId}`,
    );
  const newest = await newestReport(store.db, companyId);
  const report =
    newest?.state === 'made' && newest.startedAt >= firstDay.matchedAt ? (newest.report as LedgersReport) : undefined;
  if (report === undefined)
    throw new Fault(
      `open payables of ${name} were not compared since the records were matched`,
      'the first day',
      `run tandem reconcile ${companyId}`,
    );
  if (!report.agree && !acceptDifferences)
    throw new Fault(
      `open payables of ${name} differ in ${report.unexplained} places`,
      'the report of the ledgers',
      'correct them, or give --accept-differences when each is understood',
    );
  const { by, at } = said();
  await store.db.transaction().execute(async (tx) => {
    await linkMatchedPayments(tx, companyId, at);
    await changeCompany(tx, companyId, { stage: 'live' });
    const matched = (await matchesOf(tx, companyId)).filter(({ same }) => same).length;
    await addAudit(
      tx,
      companyId,
      { who: by, what: 'went live', detail: { matched, differences: report.unexplained, acceptDifferences } },
      at,
    );
  });
  print(`${name} (${companyId}) is live: from the next cycle on both sides are kept in step`);
}

const proposalsCsv = ({ asked }: Onboarding): string =>
  csvOf([DECISION_COLUMNS, ...asked.map((row) => DECISION_COLUMNS.map((column) => row[column]))]);

function tell(
  { companyId, name }: Company,
  { kinds, asked }: Onboarding,
  { lastRestore, file }: { readonly lastRestore: string; readonly file: string | undefined },
): void {
  print(`${name} (${companyId}): which record is which`);
  for (const kind of kinds) print(`  ${kind.words.padEnd(20)}${countsOf(kind)}`);
  if (lastRestore !== 'none')
    print(
      `A backup was restored on ${lastRestore}: what MineralTree has and QuickBooks lacks may have been lost by it. Look at "only in MineralTree".`,
    );
  if (asked.length > 0) {
    const where = file === undefined ? 'give --proposals FILE to have them written' : `written to ${file}`;
    print(`${asked.length} pairs to decide: ${where}; then tandem company onboard ${companyId} --decisions FILE`);
  } else
    print(
      `Everything is decided, and the company is in preview. Next: tandem reconcile ${companyId}; tandem company preview ${companyId}; tandem company go-live ${companyId}`,
    );
}

function countsOf({ matching, unreadable, old }: KindFound): string {
  const { matches, proposals, dangling, onlyInQuickBooks, onlyInMineralTree } = matching;
  const parts = [`${matches.length} matched`];
  if (proposals.length > 0) parts.push(`${proposals.length} to decide`);
  if (onlyInQuickBooks.length > 0) parts.push(`${onlyInQuickBooks.length} only in QuickBooks${older(old.quickBooks)}`);
  if (onlyInMineralTree.length > 0)
    parts.push(`${onlyInMineralTree.length} only in MineralTree${older(old.mineralTree)}`);
  if (dangling.length > 0) parts.push(`${dangling.length} in MineralTree name a record that QuickBooks does not have`);
  if (unreadable > 0) parts.push(`${unreadable} in MineralTree cannot be read`);
  return parts.join(', ');
}

const older = (count: number): string => (count === 0 ? '' : ` (${count} older than the cut-over)`);

function date(text: string): string {
  if (!isCalendarDate(text)) throw new InvalidArgumentError('a date such as 2026-01-31.');
  return text;
}

const restore = (text: string): string => (text === 'none' ? text : date(text));

const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};
