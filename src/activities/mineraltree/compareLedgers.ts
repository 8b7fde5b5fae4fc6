/**
 * The activity `compareLedgers`: the report whether the two ledgers agree. Pages of QuickBooks' open bills are stored as
 * they come; after the last, MineralTree is read anew and the report is made and kept.
 */
import { randomUUID } from 'node:crypto';
import { type LedgerPage, type LedgerRequest, PROTOCOL } from '../../contract/index.ts';
import { readBlocked, readLedgerPage } from '../../contract/schema/index.ts';
import { formatCents } from '../../domain/money.ts';
import type { Invoice } from '../../domain/payables.ts';
import { oneOf } from '../../mineraltree/index.ts';
import {
  addReportPage,
  changeCompany,
  closeProblems,
  dueIds,
  findReport,
  finishReport,
  linksOf,
  listProblems,
  matchesOf,
  openProblems,
  pairingsOfKind,
  reportBills,
  type StoredReport,
  startReport,
  toAcknowledge,
  toSite,
  vendorNames,
} from '../../store/index.ts';
import { compareLedgers, describeProblem, type LedgersInput, type LedgersReport } from '../../sync/index.ts';
import { closeGoneBills } from './goneBills.ts';
import { nextNight } from './night.ts';
import { problemOf } from './problemLedger.ts';
import { fileMark } from './pullRequest.ts';
import { answerRefused } from './refusedPull.ts';
import { type CloudContext, type Run, startRun } from './run.ts';
import { companySubject, recordBlock } from './standing.ts';

interface Input {
  readonly companyId: string;
  readonly by: string;
  readonly page?: LedgerPage;
}

interface Next {
  readonly next?: LedgerRequest;
}

/** Numbers of the states Open and PendingSettled in MineralTree's search (API guide). */
const APPROVED = [1, 3] as const;

export function createCompareLedgers(context: CloudContext) {
  return async ({ companyId, by, page }: Input): Promise<Next> => {
    const run = await startRun(context, companyId);
    if (page === undefined) return start(run, by);
    if (page.kind === 'blocked') {
      const read = readBlocked(page);
      if ('wrong' in read) return refuse(run, read.wrong);
      await run.fence.write((tx) => recordBlock(tx, companyId, read.blocked.block, context.clock()));
      return {};
    }
    const read = readLedgerPage(page);
    if ('wrong' in read || read.page.companyId !== companyId)
      return refuse(run, 'wrong' in read ? read.wrong : 'companyId: of another company');
    const report = await findReport(context.store.db, companyId, read.page.reportId);
    if (report === undefined || report.state === 'made') return {};
    const { bills, next } = read.page;
    await run.fence.write((tx) => addReportPage(tx, companyId, report.reportId, bills, next));
    if (next !== undefined && next !== report.nextAfter) return { next: requestOf(run, report.reportId, next) };
    await make(run, report);
    return {};
  };
}

async function start(run: Run, by: string): Promise<Next> {
  const { companyId, company, context } = run;
  const now = context.clock();
  const reportId = randomUUID();
  await run.fence.write(async (tx) => {
    await startReport(tx, companyId, { reportId, askedBy: by }, now);
    await changeCompany(tx, companyId, { ledgersDueAt: nextNight(now, company.rules.nightHourUtc) });
  });
  return { next: requestOf(run, reportId) };
}

const requestOf = ({ companyId, company }: Run, reportId: string, after?: string): LedgerRequest => ({
  protocol: PROTOCOL,
  companyId,
  reportId,
  ...(after !== undefined && { after }),
  file: fileMark(company),
});

async function refuse(run: Run, reason: string): Promise<Next> {
  const { companyId, context } = run;
  await run.fence.write((tx) => openProblems(tx, companyId, [answerRefused(companyId, reason)], context.clock()));
  return {};
}

async function make(run: Run, report: StoredReport): Promise<void> {
  const { companyId, company, context } = run;
  const { db } = context.store;
  await closeGoneBills(run);
  const quickBooks = await reportBills(db, companyId, report.reportId);
  const linked = await linksOf(
    db,
    companyId,
    'invoice',
    quickBooks.map(({ txnId }) => txnId),
  );
  const matched = await matchedOnFirstDay(run);
  const named = [...[...linked.values()].map(({ mtId }) => mtId), ...matched.values()];
  const invoices = await readInvoices(run, new Set(named));
  const names = await vendorNames(db, companyId);
  const made = compareLedgers({
    companyName: company.name,
    readAt: { quickBooks: instant(report.startedAt), mineralTree: instant(context.clock()) },
    quickBooks,
    mineralTree: invoices,
    links: [
      ...(await pairingsOfKind(db, companyId, 'bill')).map(({ ledgerId, mtId }) => ({ ledgerId, payablesId: mtId })),
      ...[...matched].map(([ledgerId, payablesId]) => ({ ledgerId, payablesId })),
    ],
    inFlight: await inFlight(run, matched),
    problems: await openProblemsOf(run),
    vendorName: (id) => names.get(id),
  });
  const now = context.clock();
  const problem = problemOf('company', companySubject(companyId), disagreement(made));
  await run.fence.write(async (tx) => {
    await finishReport(tx, companyId, report.reportId, made, now);
    if (made.agree) await closeProblems(tx, companyId, [problem.key], now);
    else await openProblems(tx, companyId, [problem], now);
  });
}

/** Invoices that are approved, and those that the links name for an open bill, whatever their state. */
async function readInvoices(run: Run, linked: ReadonlySet<string>): Promise<readonly Invoice[]> {
  const { bills } = (await run.payables()).records;
  const found = new Map<string, Invoice>();
  for await (const reading of bills.search(oneOf('billOrCredit_status', APPROVED)))
    if ('record' in reading) found.set(reading.record.id, reading.record);
  const missing = [...linked].filter((id) => !found.has(id));
  for (let from = 0; from < missing.length; from += AT_ONCE)
    for await (const reading of bills.search(oneOf('id', missing.slice(from, from + AT_ONCE))))
      if ('record' in reading) found.set(reading.record.id, reading.record);
  return [...found.values()];
}

const AT_ONCE = 50;

/** Before a company is live nothing is linked yet: which invoice is which bill is what the first day found. */
async function matchedOnFirstDay({ company, companyId, context }: Run): Promise<ReadonlyMap<string, string>> {
  if (company.stage === 'live') return new Map();
  const matches = await matchesOf(context.store.db, companyId, { entity: 'invoice' });
  return new Map(matches.flatMap(({ ledgerId, mtId, same }) => (same ? [[ledgerId, mtId] as const] : [])));
}

/** What is on its way, either way. A bill that is matched is on both sides already: what differs of it is to be seen. */
async function inFlight(run: Run, matched: ReadonlyMap<string, string>): Promise<LedgersInput['inFlight']> {
  const { db } = run.context.store;
  const posting = [...(await toSite(db, run.companyId)), ...(await toAcknowledge(db, run.companyId))];
  const due = await dueIds(db, run.companyId, 'bill', run.startedAt);
  return [
    ...posting.flatMap(({ mtId, ledgerId }) =>
      [mtId, ledgerId].flatMap((recordId) =>
        recordId === undefined ? [] : [{ recordId, text: 'on its way to QuickBooks' }],
      ),
    ),
    ...due
      .filter((recordId) => !matched.has(recordId))
      .map((recordId) => ({ recordId, text: 'on its way to MineralTree' })),
  ];
}

async function openProblemsOf(run: Run): Promise<LedgersInput['problems']> {
  const open = await listProblems(run.context.store.db, run.companyId, { limit: 10_000 });
  return open
    .filter(({ subject }) => subject.kind === 'bill' || subject.kind === 'invoice')
    .map(({ subject, code, params }) => ({ recordId: subject.id, code, text: describeProblem(code, params).sentence }));
}

const disagreement = ({ total, unexplained }: LedgersReport) => ({
  code: 'ledgersDisagree' as const,
  params: {
    quickBooks: formatCents(total.quickBooksCents),
    mineralTree: formatCents(total.mineralTreeCents),
    count: String(unexplained),
  },
});

const instant = (ms: number): string => new Date(ms).toISOString();
