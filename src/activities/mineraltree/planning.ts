/**
 * What is to be written to QuickBooks: invoices that MineralTree wants posted, read by state, and edits made there.
 *
 * 1. A record of which a posting is not settled waits.
 * 2. A refused version is planned again when the refusal says so, when it was corrected, or when a list entry or the
 *    preferences changed since; always under a new identity (the refusals are counted in it).
 * 3. Everything that stands in a record's way is a problem of the record; the others go on.
 */
import type { Posting } from '../../contract/index.ts';
import { EncodeError } from '../../qbxml/index.ts';
import { clearable, closeProblemsOfOthers, historyOf, type NewPosting, type Tx } from '../../store/index.ts';
import { type Finding, messageSetIdOf, type PostingPlan } from '../../sync/index.ts';
import { planEdits } from './editPlanning.ts';
import { planInvoices } from './invoicePlanning.ts';
import { type Planned, revisionOf } from './planned.ts';
import { postingOf } from './postingDocument.ts';
import { createProblemLedger, type ProblemLedger } from './problemLedger.ts';
import type { Run } from './run.ts';

/** New postings of one cycle: more wait for the next, which then comes at once. */
const MAX_PLANNED = 100;

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
      revision: revisionOf(modified, refusals),
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

function recordOf(plan: PostingPlan): string {
  if (plan.kind === 'VendorMod') return 'the vendor';
  return `the invoice ${plan.refNumber ?? 'without number'}`;
}
