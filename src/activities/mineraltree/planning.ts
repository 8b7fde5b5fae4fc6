/**
 * What is to be written to QuickBooks: invoices that MineralTree wants posted, read by state, and edits made there.
 *
 * 1. A record of which a posting is not settled waits.
 * 2. A refused version is planned again when the refusal says so, when it was corrected, or when a list entry or the
 *    preferences changed since; always under a new identity (the refusals are counted in it).
 * 3. Everything that stands in a record's way is a problem of the record; the others go on.
 */
import type { Posting } from '../../contract/index.ts';
import type { Invoice, PayablesVendor } from '../../domain/payables.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import { EncodeError } from '../../qbxml/index.ts';
import {
  clearable,
  closeProblemsOfOthers,
  dueEdits,
  getSnapshots,
  historyOf,
  type Link,
  linksByMt,
  listProblems,
  type NewPosting,
  type PayablesEdit,
  type PostingHistory,
  putOffEdits,
  type Subject,
  type Tx,
} from '../../store/index.ts';
import {
  type Finding,
  mapBill,
  messageSetIdOf,
  type PlanningContext,
  type PostingPlan,
  type PostingSettings,
  planBillAdd,
  planBillMod,
  planVendorMod,
  waitedBeforeFirstDay,
  waitingSinceBefore,
  wantsPosting,
} from '../../sync/index.ts';
import { type BillKept, billLinkOf, stepBill } from './billPush.ts';
import { isOutage } from './failure.ts';
import { loadLookup } from './ledgerLookup.ts';
import { subjectOf } from './listPush.ts';
import { postingOf } from './postingDocument.ts';
import { createProblemLedger, type ProblemLedger } from './problemLedger.ts';
import { createPushBatch, type PushBatch } from './pushBatch.ts';
import { type Targets, targetsOf } from './records.ts';
import type { Run } from './run.ts';
import { mineralTreeError, stepVendor } from './vendorPush.ts';

/** New postings of one cycle: more wait for the next, which then comes at once. */
export const MAX_PLANNED = 100;
const MAX_EDITS = 100;
const CHUNK = 100;
/** An edit with a problem is looked at again after so long, or when something it may wait for has changed. */
const EDIT_LATER_MS = 3_600_000;

/** Something to post: the plan, the record it is made from, and which version of it. */
interface Planned {
  readonly plan: PostingPlan;
  readonly mtId: string;
  readonly ledgerId?: string;
  readonly modified: string;
  readonly base: PostingBase;
}

/** What is kept with a posting, for when its outcome comes. */
export interface PostingBase {
  /** The MineralTree record of the version that is posted. */
  readonly record: Invoice | PayablesVendor;
  readonly vendorName: string;
}

export interface Plans {
  readonly postings: readonly NewPosting[];
  readonly problems: ProblemLedger;
  /** There was more than one cycle takes. */
  readonly more: boolean;
  /** Invoices that want posting, all that were looked at: problems of others are over. */
  readonly wanting: readonly string[];
}

/** Plans what MineralTree wants in QuickBooks. Nothing is stored of it but the edits' due times. */
export async function planPostings(run: Run): Promise<Plans> {
  const problems = createProblemLedger();
  const planned = await planEdits(run, problems);
  const { wanting, plans, more } = await planInvoices(run, problems, MAX_PLANNED - planned.length);
  planned.push(...plans);
  return { postings: await freeze(run, planned, problems), problems, more, wanting };
}

async function planInvoices(
  run: Run,
  problems: ProblemLedger,
  room: number,
): Promise<{ readonly wanting: readonly string[]; readonly plans: readonly Planned[]; readonly more: boolean }> {
  const { records } = await run.payables();
  const wanting: string[] = [];
  const plans: Planned[] = [];
  let chunk: Invoice[] = [];
  let held: ReadonlySet<string> | undefined;
  const flush = async (): Promise<void> => {
    const invoices = chunk;
    chunk = [];
    if (invoices.length === 0) return;
    held ??= await heldSinceBefore(run);
    plans.push(...(await planChunk(run, problems, invoices, held)));
  };
  for await (const reading of records.bills.wantingPosting()) {
    if (!('record' in reading)) {
      if (reading.unreadable === undefined) continue;
      wanting.push(reading.unreadable);
      const finding = { code: 'unreadableInMineralTree', params: { reason: reading.reason } } as const;
      problems.looked('add', { kind: 'invoice', id: reading.unreadable }, [finding]);
      continue;
    }
    wanting.push(reading.record.id);
    if (wantsPosting(reading.record)) chunk.push(reading.record);
    if (chunk.length >= CHUNK) await flush();
  }
  await flush();
  return { wanting, plans: plans.slice(0, Math.max(0, room)), more: plans.length > room };
}

/** Invoices that were waiting before the company was added: once held, held. */
async function heldSinceBefore(run: Run): Promise<ReadonlySet<string>> {
  const open = await listProblems(run.context.store.db, run.companyId);
  return new Set(open.filter(({ code }) => code === 'waitingSinceBeforeFirstDay').map(({ subject }) => subject.id));
}

async function planChunk(
  run: Run,
  problems: ProblemLedger,
  invoices: readonly Invoice[],
  held: ReadonlySet<string>,
): Promise<readonly Planned[]> {
  const { db } = run.context.store;
  const ids = invoices.map(({ id }) => id);
  const histories = await historyOf(db, run.companyId, ids);
  const links = await linksByMt(db, run.companyId, 'invoice', ids);
  const free = invoices.filter((invoice) => !links.has(invoice.id) && mayPlan(run, invoice, histories.get(invoice.id)));
  const context = await planningContext(run, free);
  if (context === undefined) return [];
  return free.flatMap((invoice) => {
    const subject = invoiceSubject(invoice);
    if (waitedBeforeFirstDay(invoice, { addedAt: run.company.addedAt, alreadyHeld: held.has(invoice.id) })) {
      problems.looked('add', subject, [waitingSinceBefore(invoice, context.lookup)]);
      return [];
    }
    const planned = planBillAdd(invoice, context);
    problems.looked('add', subject, 'problems' in planned ? planned.problems : []);
    return 'plan' in planned
      ? [
          {
            plan: planned.plan,
            mtId: invoice.id,
            modified: invoice.modified,
            base: { record: invoice, vendorName: planned.plan.vendor.name },
          },
        ]
      : [];
  });
}

/** Whether this version may be planned now: nothing unsettled, and not just refused for a reason that still stands. */
function mayPlan(run: Run, record: { readonly modified: string }, history: PostingHistory | undefined): boolean {
  if (history?.unsettled !== undefined) return false;
  const { refused, last } = history ?? {};
  if (refused === undefined || last === undefined) return last?.state !== 'held';
  if (revisionModified(last.revision) !== record.modified) return true;
  return refused.again === 'nextCycle' || run.company.listsChangedAt > refused.at;
}

/** Decides edits made in MineralTree that are due: written back where QuickBooks wins, planned where MineralTree does. */
async function planEdits(run: Run, problems: ProblemLedger): Promise<Planned[]> {
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
    else {
      // A planned edit stays noted until its posting is settled: what becomes of it is looked at then.
      if (result === 'decided') decided.push(edit);
      else planned.push(result);
    }
  }
  await batch.commit();
  await run.fence.write(async (tx) => {
    await putOffEdits(tx, run.companyId, decided, null);
    await putOffEdits(tx, run.companyId, later, run.context.clock() + EDIT_LATER_MS);
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
  const post = await stepBill(run, batch, targets.invoice, { snapshot, draft: mapped.draft, link, invoice });
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

async function planningContext(run: Run, invoices: readonly Invoice[]): Promise<PlanningContext | undefined> {
  const { preferences, rules } = run.company;
  if (preferences === undefined || invoices.length === 0) return undefined;
  const settings: PostingSettings = {
    vendorEdits: rules.vendorEdits,
    ...(rules.apAccount && { apAccount: rules.apAccount }),
  };
  return { lookup: await loadLookup(run.context.store.db, run.companyId, { invoices }), preferences, settings };
}

/** Encodes plans, once: vendors, then new bills, then edits of bills. What cannot be encoded is the record's problem. */
async function freeze(run: Run, planned: readonly Planned[], problems: ProblemLedger): Promise<readonly NewPosting[]> {
  const order = { VendorMod: 0, BillAdd: 1, BillMod: 2 } as const;
  const sorted = [...planned].sort((a, b) => order[a.plan.kind] - order[b.plan.kind]);
  const { db } = run.context.store;
  const histories = await historyOf(
    db,
    run.companyId,
    sorted.map(({ mtId }) => mtId),
  );
  const clears = [...(await clearable(db, run.companyId, sorted.length))];
  const postings: NewPosting[] = [];
  for (const { plan, mtId, ledgerId, modified, base } of sorted) {
    const refusals = histories.get(mtId)?.refusals ?? 0;
    const messageSetId = messageSetIdOf({
      companyId: run.companyId,
      recordId: mtId,
      kind: plan.kind,
      revision: { modified, refusals },
    });
    const cleared = clears[0];
    let posting: Posting;
    try {
      posting = postingOf(plan, { messageSetId, ...(cleared !== undefined && { clears: cleared }) });
    } catch (error) {
      if (!(error instanceof EncodeError)) throw error;
      const finding: Finding = { code: 'requestMalformed', params: { record: recordOf(plan), text: error.message } };
      problems.found('add', { kind: plan.kind === 'VendorMod' ? 'vendor' : 'invoice', id: mtId }, finding);
      continue;
    }
    if (cleared !== undefined) clears.shift();
    postings.push({
      posting,
      mtId,
      revision: `${modified} ${refusals}`,
      base,
      ...(ledgerId !== undefined && { ledgerId }),
      ...(cleared !== undefined && { clears: cleared }),
    });
  }
  return postings;
}

/** Problems of invoices that do not want posting any more are over. */
export async function closeOthers(tx: Tx, companyId: string, wanting: readonly string[], at: number): Promise<void> {
  await closeProblemsOfOthers(tx, companyId, 'add:invoice:', wanting, at);
  await closeProblemsOfOthers(tx, companyId, 'post:invoice:', wanting, at);
}

const revisionModified = (revision: string): string => revision.split(' ')[0] ?? '';

export const invoiceSubject = (invoice: Pick<Invoice, 'id' | 'invoiceNumber'>): Subject => ({
  kind: 'invoice',
  id: invoice.id,
  name: invoice.invoiceNumber ?? 'without number',
});

const deletedFinding = (bill: {
  readonly refNumber?: string;
  readonly vendor: { readonly name: string };
}): Finding => ({
  code: 'deletedInMineralTree',
  params: { number: bill.refNumber ?? 'without number', vendor: bill.vendor.name },
});

function recordOf(plan: PostingPlan): string {
  if (plan.kind === 'VendorMod') return 'the vendor';
  return `the invoice ${plan.refNumber ?? 'without number'}`;
}
