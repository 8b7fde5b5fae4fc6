/**
 * What is to be written to QuickBooks: terms, invoices and payments that MineralTree wants posted, read by state, and edits
 * made there.
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
import { planPaymentPostings } from './paymentPlanning.ts';
import { type Planned, revisionOf } from './planned.ts';
import { postingOf } from './postingDocument.ts';
import { createProblemLedger, type ProblemLedger } from './problemLedger.ts';
import type { Run } from './run.ts';
import { planTerms } from './termsPlanning.ts';

/** New postings of one cycle: more wait for the next, which then comes at once. */
const MAX_PLANNED = 100;

export interface Plans {
  readonly postings: readonly NewPosting[];
  readonly problems: ProblemLedger;
  /** There was more than one cycle takes, or something waits for what this one posts. */
  readonly more: boolean;
  /** Records that want posting, all that were looked at, by kind of subject: problems of others are over. */
  readonly wanting: Wanting;
}
export type Wanting = Readonly<Record<'term' | 'invoice' | 'payment', readonly string[]>>;

/** Plans what MineralTree wants in QuickBooks. Nothing is stored of it but the edits' due times, and terms that were adopted. */
export async function planPostings(run: Run): Promise<Plans> {
  const problems = createProblemLedger();
  const terms = await planTerms(run, problems);
  const planned = [...terms.plans, ...(await planEdits(run, problems))];
  const invoices = await planInvoices(run, problems, MAX_PLANNED - planned.length);
  planned.push(...invoices.plans);
  const payments = await planPaymentPostings(run, problems, MAX_PLANNED - planned.length);
  planned.push(...payments.plans);
  return {
    postings: await freeze(run, planned, problems),
    problems,
    // Invoices that name new terms go once QuickBooks has them.
    more: terms.plans.length > 0 || invoices.more || payments.more,
    wanting: { term: terms.wanting, invoice: invoices.wanting, payment: payments.wanting },
  };
}

/** What comes first: what others refer to, then bills, then the money that pays them. */
const ORDER = {
  StandardTermsAdd: 0,
  VendorMod: 1,
  BillAdd: 2,
  BillMod: 3,
  BillPaymentCheckAdd: 4,
  BillPaymentCreditCardAdd: 4,
  TxnVoid: 5,
} as const satisfies Record<PostingPlan['kind'], number>;

/** Encodes plans, once, in order. What cannot be encoded is the record's problem. */
async function freeze(run: Run, planned: readonly Planned[], problems: ProblemLedger): Promise<readonly NewPosting[]> {
  const sorted = [...planned].sort((a, b) => ORDER[a.plan.kind] - ORDER[b.plan.kind]);
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
      problems.found('add', { kind: SUBJECTS[plan.kind], id: base.record.id }, finding);
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

/** What a posting is about, as problems name it. */
const SUBJECTS = {
  StandardTermsAdd: 'term',
  VendorMod: 'vendor',
  BillAdd: 'invoice',
  BillMod: 'invoice',
  BillPaymentCheckAdd: 'payment',
  BillPaymentCreditCardAdd: 'payment',
  TxnVoid: 'payment',
} as const satisfies Record<PostingPlan['kind'], string>;

/** Problems of records that do not want posting any more are over. */
export async function closeOthers(tx: Tx, companyId: string, wanting: Wanting, at: number): Promise<void> {
  for (const [kind, ids] of Object.entries(wanting)) {
    await closeProblemsOfOthers(tx, companyId, `add:${kind}:`, ids, at);
    await closeProblemsOfOthers(tx, companyId, `post:${kind}:`, ids, at);
  }
}

function recordOf(plan: PostingPlan): string {
  switch (plan.kind) {
    case 'VendorMod':
      return 'the vendor';
    case 'StandardTermsAdd':
      return `the terms ${plan.name}`;
    case 'BillAdd':
    case 'BillMod':
      return `the invoice ${plan.refNumber ?? 'without number'}`;
    case 'BillPaymentCheckAdd':
    case 'BillPaymentCreditCardAdd':
      return `the payment ${plan.refNumber ?? 'without number'}`;
    case 'TxnVoid':
      return 'the void of a payment';
  }
}
