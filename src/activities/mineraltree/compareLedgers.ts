/**
 * The activity `compareLedgers`: the report whether the two ledgers agree. Pages of what is open in QuickBooks are stored as
 * they come; after the last, MineralTree is read anew and the report is made and kept.
 */
import { randomUUID } from 'node:crypto';
import { type LedgerPage, type LedgerRequest, PROTOCOL } from '../../contract/index.ts';
import { readBlocked, readLedgerPage } from '../../contract/schema/index.ts';
import { formatCents } from '../../domain/money.ts';
import {
  addReportPage,
  changeCompany,
  closeProblems,
  dueIds,
  dueSettlements,
  findReport,
  finishReport,
  linksOf,
  matchesOf,
  openProblems,
  pairingsOfKind,
  reportRead,
  type StoredReport,
  startReport,
  type Tx,
  toAcknowledge,
  toSite,
  touchSettlements,
  vendorNames,
  wantKeys,
} from '../../store/index.ts';
import { compareLedgers, type LedgersInput, type LedgersReport } from '../../sync/index.ts';
import { tellDeleted } from './deletedInvoices.ts';
import { closeGone } from './goneRecords.ts';
import {
  openProblemsOf,
  openProblemsOfPaidBills,
  readCredits,
  readInvoices,
  readPaymentsOnTheirWay,
} from './ledgersReading.ts';
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
    const { next } = read.page;
    await run.fence.write((tx) => addReportPage(tx, companyId, report.reportId, read.page, next));
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
  await closeGone(run, true);
  const read = await reportRead(db, companyId, report.reportId);
  const linked = await linksOf(
    db,
    companyId,
    'invoice',
    read.bills.map(({ txnId }) => txnId),
  );
  const matched = await matchedOnFirstDay(run);
  const named = [...[...linked.values()].map(({ mtId }) => mtId), ...matched.values()];
  const invoices = await readInvoices(run, new Set(named));
  await tellDeleted(run, read.bills, linked, new Set(invoices.map(({ id }) => id)));
  const { credits, others = [], accounts = [] } = read;
  const names = await vendorNames(db, companyId);
  const vendorName = (id: string): string | undefined => names.get(id);
  const made: LedgersReport = {
    ...compareLedgers({
      companyName: company.name,
      readAt: { quickBooks: instant(report.startedAt), mineralTree: instant(context.clock()) },
      ...(company.sweptAt !== undefined && { sweptAt: instant(company.sweptAt) }),
      quickBooks: read.bills,
      mineralTree: invoices,
      links: [
        ...(await pairingsOfKind(db, companyId, 'bill')).map(({ ledgerId, mtId }) => ({ ledgerId, payablesId: mtId })),
        ...[...matched].map(([ledgerId, payablesId]) => ({ ledgerId, payablesId })),
      ],
      inFlight: await inFlight(run, matched),
      problems: [
        ...(await openProblemsOf(run, ['bill', 'invoice', 'credit'])),
        ...(await openProblemsOfPaidBills(run)),
      ],
      vendorName,
      ...(credits && { credits: { quickBooks: credits, others, ...(await readCredits(run, credits)) } }),
      payments: await readPaymentsOnTheirWay(run, vendorName),
    }),
    ...(credits && { payables: { accounts, bills: read.bills, credits, others } }),
  };
  const now = context.clock();
  const problem = problemOf('company', companySubject(companyId), disagreement(made));
  await run.fence.write(async (tx) => {
    await finishReport(tx, companyId, report.reportId, made, now);
    if (made.agree) await closeProblems(tx, companyId, [problem.key], now);
    else await openProblems(tx, companyId, [problem], now);
    if (company.stage === 'live') await lookAgain(tx, companyId, made, now);
  });
}

/** A bill that differs may be settled by what moved no time of change: it is read again, and carried as it stands. */
async function lookAgain(tx: Tx, companyId: string, { lines }: LedgersReport, now: number): Promise<void> {
  const bills = lines.flatMap(({ verdict, ledgerId, payablesId }) =>
    verdict === 'unexplained' && ledgerId !== undefined && payablesId !== undefined ? [ledgerId] : [],
  );
  await wantKeys(tx, companyId, 'bill', bills);
  await touchSettlements(tx, companyId, bills, now, false);
}

/** Before a company is live nothing is linked yet: which invoice is which bill is what the first day found. */
async function matchedOnFirstDay({ company, companyId, context }: Run): Promise<ReadonlyMap<string, string>> {
  if (company.stage === 'live') return new Map();
  const matches = await matchesOf(context.store.db, companyId, { entity: 'invoice' });
  return new Map(matches.flatMap(({ ledgerId, mtId, same }) => (same ? [[ledgerId, mtId] as const] : [])));
}

const MOST_DUE = 10_000;

/** What is on its way, either way. A bill that is matched is on both sides already: what differs of it is to be seen. */
async function inFlight(run: Run, matched: ReadonlyMap<string, string>): Promise<LedgersInput['inFlight']> {
  const { db } = run.context.store;
  const posting = [...(await toSite(db, run.companyId)), ...(await toAcknowledge(db, run.companyId))];
  const due = [
    ...(await dueIds(db, run.companyId, 'bill', run.startedAt)),
    ...(await dueIds(db, run.companyId, 'credit', run.startedAt)),
    // What settles a bill is written apart from the bill itself.
    ...(await dueSettlements(db, run.companyId, run.startedAt, MOST_DUE)),
  ];
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

const disagreement = ({ total, unexplained }: LedgersReport) => ({
  code: 'ledgersDisagree' as const,
  params: {
    quickBooks: formatCents(total.quickBooksCents),
    mineralTree: formatCents(total.mineralTreeCents),
    count: String(unexplained),
  },
});

const instant = (ms: number): string => new Date(ms).toISOString();
