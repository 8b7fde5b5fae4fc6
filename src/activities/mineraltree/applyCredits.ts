/**
 * The activity `applyCredits`: settlements of bills in QuickBooks are carried to MineralTree. Credits applied there become
 * applications of MineralTree's credits, payments made there external payments; then what is left is written, read back.
 *
 * 1. Each bill is dealt with by itself: one that MineralTree refuses, or of which QuickBooks' account is not clear, stops none
 *    of the others. It may be repeated at any point.
 * 2. What MineralTree's own payments did to a bill is not told to it again.
 */
import type { Applied } from '../../contract/index.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import {
  findProblems,
  getSnapshots,
  linksOf,
  putLinks,
  putSettlements,
  type SettlementChange,
  wantKeys,
} from '../../store/index.ts';
import { linkedCreditId, settlementSteps } from '../../sync/index.ts';
import type { PayablesConnection } from './connection.ts';
import { pushCredits } from './creditPush.ts';
import { isOutage } from './failure.ts';
import { subjectOf } from './listPush.ts';
import { readStandings } from './paymentLinks.ts';
import { readPaymentsInFlight } from './paymentsInFlight.ts';
import { createProblemLedger, type ProblemLedger } from './problemLedger.ts';
import { createPushBatch } from './pushBatch.ts';
import { type CloudContext, eachAtOnce, type Run, startRun } from './run.ts';
import { type Carrying, carryAll } from './settlementCarrying.ts';
import { atTheEnd, type Course, courseOf, linkInStep, refusal } from './settlementCourse.ts';
import { laterOf, type ReadSettlements, readSettlements, type SettledBill } from './settlementReading.ts';
import { standingOf } from './standing.ts';
import { mineralTreeError } from './vendorPush.ts';

export function createApplyCredits(context: CloudContext) {
  return async (companyId: string, billIds: readonly string[]): Promise<Applied> => {
    const run = await startRun(context, companyId);
    if (run.company.stage === 'live' && billIds.length > 0) await applySettlements(run, [...new Set(billIds)]);
    const standing = await run.fence.write((tx) => standingOf(tx, companyId, context.clock()));
    return { standing };
  };
}

/** @throws MineralTreeError when MineralTree could not be reached; what was done until then is kept */
export async function applySettlements(run: Run, billIds: readonly string[]): Promise<void> {
  const problems = createProblemLedger();
  const read = await readSettlements(run, billIds, problems);
  const connection = await run.payables();
  await bringNeededCredits(run, connection, read.bills);
  const carrying: Carrying = { run, connection, payments: read.payments };
  const { courses, others } = await decide(carrying, read, problems);
  await carryAll(carrying, courses);
  await finish(carrying, courses, [...read.others, ...others], read.wanted, problems);
  if (carrying.outage !== undefined) throw carrying.outage;
}

/** Credits that were used up at once come only because a bill needs them. */
async function bringNeededCredits(
  run: Run,
  { records }: PayablesConnection,
  bills: readonly SettledBill[],
): Promise<void> {
  const { db } = run.context.store;
  const ids = new Set(
    bills.flatMap(({ settlement }) =>
      settlement.credits.flatMap(({ txnId, txnType }) => (txnType === 'VendorCredit' ? [txnId] : [])),
    ),
  );
  const linked = await linksOf(db, run.companyId, 'credit', [...ids]);
  const snapshots = await getSnapshots(
    db,
    run.companyId,
    'credit',
    [...ids].filter((id) => !linked.has(id)),
  );
  if (snapshots.size === 0) return;
  const batch = createPushBatch(run);
  await pushCredits(run, batch, records, [...snapshots.values()], ids);
  await batch.commit();
}

/** Told once for the payment, whatever number of bills it paid. */
const PAYMENT_UNDONE = ['paymentVoidedInQuickBooks', 'paymentDeletedInQuickBooks'] as const;

/** Reads the invoices and decides the steps. */
async function decide(
  carrying: Carrying,
  { bills, payments }: ReadSettlements,
  problems: ProblemLedger,
): Promise<{ readonly courses: readonly Course[]; readonly others: readonly SettlementChange[] }> {
  if (bills.length === 0) return { courses: [], others: [] };
  const { run, connection } = carrying;
  const { companyId } = run;
  const { db } = run.context.store;
  const { preferences, rules } = run.company;
  const asked = bills.flatMap(({ settlement, row }) =>
    [...settlement.payments.map(({ txnId }) => txnId), ...(row.carried?.payments ?? [])].map((txnId) => ({
      txnId,
      billId: settlement.billId,
    })),
  );
  const standings = await readStandings(run, asked, payments);
  const inFlight = await readPaymentsInFlight(run);
  const undone = await findProblems(db, companyId, { codes: PAYMENT_UNDONE });
  const undoneWhole = new Set(undone.map(({ subject }) => subject.id));
  const credits = await linksOf(
    db,
    run.companyId,
    'credit',
    bills.flatMap(({ settlement }) =>
      settlement.credits.flatMap(({ txnId }) => [txnId, linkedCreditId(txnId, settlement.billId)]),
    ),
  );
  const invoices = await eachAtOnce(bills, ({ link }) =>
    connection.records.bills.get(link.mtId).catch(mineralTreeError),
  );
  const courses: Course[] = [];
  const others: SettlementChange[] = [];
  for (const bill of bills) {
    const { snapshot, settlement, row } = bill;
    const invoice = invoices.get(bill);
    if (invoice === undefined || invoice instanceof MineralTreeError) {
      if (invoice !== undefined && isOutage(invoice)) throw invoice;
      // What MineralTree does not have any more is another problem's (billPush.ts).
      if (invoice !== undefined && invoice.code !== 'notFound')
        problems.looked('settle', subjectOf(snapshot), [refusal(bill, 'reading the bill', 'read', invoice)]);
      others.push({ billId: snapshot.ledgerId, due: laterOf(run, row, 1) });
      continue;
    }
    const guids = new Set(settlement.payments.flatMap(({ txnId }) => payments.get(txnId)?.record.guid ?? []));
    const apAccountId = snapshot.record.apAccount?.id;
    const queuedCents = inFlight.queued(invoice.id);
    const [recordFrom] = rules.cutOver === undefined ? [] : [rules.cutOver.payments, rules.cutOver.credits].sort();
    const decided = settlementSteps({
      settlement,
      bill: snapshot.record,
      invoice,
      ...(row.carried && { carried: row.carried }),
      creditId: (txnId) => (credits.get(txnId) ?? credits.get(linkedCreditId(txnId, settlement.billId)))?.mtId,
      standing: (txnId) => standings.of(txnId, settlement.billId),
      toldOf: (txnId) => undoneWhole.has(txnId),
      unpostedCents: inFlight.unposted(invoice.id, {
        id: settlement.billId,
        guids,
        ...(apAccountId !== undefined && { apAccountId }),
      }),
      // Queued a moment ago it is not in the index yet: at the first look, all of such a bill counts as queued.
      ...((queuedCents > 0 || row.tries > 0) && { queuedCents }),
      ...(recordFrom !== undefined && { recordFrom }),
      ...(preferences?.closingDate !== undefined && { closingDate: preferences.closingDate }),
      seenOn: new Date(run.startedAt).toISOString().slice(0, 10),
    });
    courses.push(courseOf(bill, invoice, decided));
  }
  return { courses, others };
}

async function finish(
  carrying: Carrying,
  courses: readonly Course[],
  others: readonly SettlementChange[],
  wanted: ReadSettlements['wanted'],
  problems: ProblemLedger,
): Promise<void> {
  const { run } = carrying;
  const { companyId } = run;
  const now = run.context.clock();
  for (const { bill, findings } of courses) {
    problems.looked('settle', subjectOf(bill.snapshot), findings);
    if (bill.settlement.openCents === 0) problems.looked('discount', subjectOf(bill.snapshot));
  }
  await run.fence.write(async (tx) => {
    // After an outage the bills stay due, with what was done of them noted already.
    if (carrying.outage === undefined) {
      await putLinks(tx, companyId, courses.map(linkInStep), now);
      await putSettlements(
        tx,
        companyId,
        courses.map((course) => atTheEnd(run, course)),
        now,
      );
      await problems.write(tx, companyId, now);
    }
    await putSettlements(tx, companyId, others, now);
    for (const { kind, ids } of wanted) await wantKeys(tx, companyId, kind, ids);
  });
}
