/**
 * Edits made in MineralTree of records that are on both sides: written back where QuickBooks wins, planned for QuickBooks
 * where MineralTree does.
 *
 * 1. An edit stays noted until it is decided: while a posting of its record is not settled, and while it has a problem.
 * 2. A planned edit stays noted too, until its posting is settled: then it is looked at once more, for it may have been
 *    edited again.
 */
import { MineralTreeError } from '../../mineraltree/index.ts';
import {
  dueEdits,
  getSnapshots,
  historyOf,
  type Link,
  linksByMt,
  type PayablesEdit,
  type PostingHistory,
  putOffEdits,
  settlementsOf,
} from '../../store/index.ts';
import { type Finding, mapBill, planBillMod, planVendorMod } from '../../sync/index.ts';
import { type BillKept, billLinkOf, leftToSettlement, stepBill } from './billPush.ts';
import { isOutage } from './failure.ts';
import { loadLookup } from './ledgerLookup.ts';
import { subjectOf } from './listPush.ts';
import { mayPlan, type Planned, planningContext } from './planned.ts';
import type { ProblemLedger } from './problemLedger.ts';
import { createPushBatch, type PushBatch } from './pushBatch.ts';
import { type Targets, targetsOf } from './records.ts';
import { planReversal } from './reversalPlanning.ts';
import type { Run } from './run.ts';
import { mineralTreeError, stepVendor } from './vendorPush.ts';

const MAX_EDITS = 100;
/** An edit with a problem is looked at again after so long, or when something it may wait for has changed. */
const EDIT_LATER_MS = 3_600_000;
/** A payment that was taken back after it was posted: money may go wrong until a person has acted. */
const REVERSAL_LATER_MS = 600_000;

/** Decides the edits that are due, and returns what is to be posted. */
export async function planEdits(run: Run, problems: ProblemLedger): Promise<Planned[]> {
  const { db } = run.context.store;
  const edits = await dueEdits(db, run.companyId, run.startedAt, MAX_EDITS);
  if (edits.length === 0) return [];
  const targets = targetsOf(await run.payables());
  const histories = await historyOf(
    db,
    run.companyId,
    edits.map(({ mtId }) => mtId),
  );
  const planned: Planned[] = [];
  const decided: PayablesEdit[] = [];
  const later: PayablesEdit[] = [];
  const batch = createPushBatch(run);
  for (const edit of edits) {
    if (edit.entity === 'payment') {
      const reversal = await planReversal(run, edit, problems);
      planned.push(...reversal.plans);
      if (reversal.edit === 'later') later.push(edit);
      if (reversal.edit === 'decided') decided.push(edit);
      continue;
    }
    if (histories.get(edit.mtId)?.unsettled !== undefined) continue;
    const [link] = (await linksByMt(db, run.companyId, edit.entity, [edit.mtId])).values();
    const result =
      link === undefined
        ? 'decided'
        : edit.entity === 'vendor'
          ? await planVendorEdit(run, batch, targets, link, problems)
          : await planBillEdit(run, batch, targets, link, problems, histories.get(edit.mtId));
    if (batch.outage !== undefined) break;
    if (result === 'later') later.push(edit);
    else if (result === 'decided') decided.push(edit);
    else planned.push(result);
  }
  await batch.commit();
  await run.fence.write(async (tx) => {
    await putOffEdits(tx, run.companyId, decided, null);
    const now = run.context.clock();
    const [reversals, edits] = [true, false].map((is) => later.filter(({ entity }) => (entity === 'payment') === is));
    await putOffEdits(tx, run.companyId, reversals ?? [], now + REVERSAL_LATER_MS);
    await putOffEdits(tx, run.companyId, edits ?? [], now + EDIT_LATER_MS);
  });
  return planned;
}

type EditResult = Planned | 'decided' | 'later';

async function planVendorEdit(
  run: Run,
  batch: PushBatch,
  targets: Targets,
  link: Link,
  problems: ProblemLedger,
): Promise<EditResult> {
  const snapshot = (await getSnapshots(run.context.store.db, run.companyId, 'vendor', [link.ledgerId])).get(
    link.ledgerId,
  );
  const payables = await targets.vendor.get(link.mtId).catch(mineralTreeError);
  if (payables instanceof MineralTreeError) return notRead(batch, payables);
  if (snapshot === undefined || snapshot.gone) return 'later';
  const toLedger = await stepVendor(run, batch, targets.vendor, { snapshot, link, payables });
  problems.looked('add', subjectOf(snapshot));
  if (toLedger === undefined) return 'decided';
  const planned = planVendorMod(snapshot.record, toLedger);
  problems.looked('add', subjectOf(snapshot), 'problems' in planned ? planned.problems : []);
  if ('problems' in planned) return 'later';
  return {
    plan: planned.plan,
    mtId: link.mtId,
    ledgerId: link.ledgerId,
    modified: payables.modified,
    base: { record: payables, vendorName: snapshot.record.name },
  };
}

async function planBillEdit(
  run: Run,
  batch: PushBatch,
  targets: Targets,
  link: Link,
  problems: ProblemLedger,
  history: PostingHistory | undefined,
): Promise<EditResult> {
  const { db } = run.context.store;
  const snapshot = (await getSnapshots(db, run.companyId, 'bill', [link.ledgerId])).get(link.ledgerId);
  const invoice = await targets.invoice.get(link.mtId).catch(mineralTreeError);
  if (invoice instanceof MineralTreeError) {
    if (invoice.code === 'notFound' && snapshot !== undefined && !snapshot.gone)
      problems.looked('edit', subjectOf(snapshot), [deletedFinding(snapshot.record)]);
    return notRead(batch, invoice);
  }
  if (snapshot === undefined || snapshot.gone) return 'later';
  const lookup = await loadLookup(db, run.companyId, { bills: [snapshot.record], invoices: [invoice] });
  const mapped = mapBill(snapshot.record, { lookup });
  if ('problems' in mapped) return 'later';
  const settled = (await settlementsOf(db, run.companyId, [link.ledgerId])).has(link.ledgerId);
  const draft = settled ? leftToSettlement(mapped.draft, link) : mapped.draft;
  const post = await stepBill(run, batch, targets.invoice, { snapshot, draft, link, invoice });
  problems.looked('add', subjectOf(snapshot));
  if (!post) return 'decided';
  if (!mayPlan(run, invoice, history)) return 'later';
  const context = await planningContext(run, [invoice]);
  const kept = link.kept as BillKept | undefined;
  if (context === undefined || kept === undefined) return 'later';
  const planned = planBillMod({ invoice, link: billLinkOf(link, kept), bill: snapshot.record }, context);
  problems.looked('add', subjectOf(snapshot), 'problems' in planned ? planned.problems : []);
  if ('problems' in planned) return 'later';
  return {
    plan: planned.plan,
    mtId: link.mtId,
    ledgerId: link.ledgerId,
    modified: invoice.modified,
    base: { record: invoice, vendorName: snapshot.record.vendor.name },
  };
}

function notRead(batch: PushBatch, error: MineralTreeError): EditResult {
  if (!isOutage(error)) return error.code === 'notFound' ? 'decided' : 'later';
  batch.outage = error;
  return 'later';
}

const deletedFinding = (bill: {
  readonly refNumber?: string;
  readonly vendor: { readonly name: string };
}): Finding => ({
  code: 'deletedInMineralTree',
  params: { number: bill.refNumber ?? 'without number', vendor: bill.vendor.name },
});
