/**
 * The activity `confirmPosted`: what became of postings is recorded, then MineralTree is told.
 *
 * 1. Recorded first, in one transaction with link and snapshot: from then on the bill is never posted again, whatever
 *    happens, and its coming back with a pull is no news.
 * 2. Then acknowledged. It may be repeated at any point: what is settled stays, what is not acknowledged is.
 * 3. An outcome for a posting that was never planned is refused, whole and without effect.
 */
import type { Outcome, PostResult, Standing } from '../../contract/index.ts';
import { readPostResult } from '../../contract/schema/index.ts';
import {
  changeCompany,
  linksByMt,
  openProblems,
  postingsById,
  type RecordedOutcome,
  recordOutcomes,
  type StoredPosting,
  type Subject,
} from '../../store/index.ts';
import { type Confirmation, decideConfirmation, type Posted, resembles } from '../../sync/index.ts';
import { acknowledgePosted } from './acknowledgement.ts';
import { plannedInvoice, plannedPayment, plannedTerm, putInStep } from './inStep.ts';
import { invoiceSubject, type PostingBase, paymentSubject, termSubject } from './planned.ts';
import { createProblemLedger } from './problemLedger.ts';
import { draftOf } from './records.ts';
import { answerRefused } from './refusedPull.ts';
import { type CloudContext, type Run, startRun } from './run.ts';
import { recordBlock, standingOf } from './standing.ts';

export function createConfirmPosted(context: CloudContext) {
  return async (given: PostResult, caller: string): Promise<Standing> => {
    const run = await startRun(context, caller);
    const read = readPostResult(given);
    if ('wrong' in read) return refuse(run, read.wrong);
    const { result } = read;
    if (result.companyId !== caller) return refuse(run, 'companyId: of another company', result.connector);
    const ids = result.outcomes.map(({ messageSetId }) => messageSetId);
    const postings = await postingsById(context.store.db, caller, ids);
    if (ids.some((id) => !postings.has(id)))
      return refuse(run, 'outcomes: of a posting never planned', result.connector);
    if (new Set(ids).size !== ids.length) return refuse(run, 'outcomes: one posting twice', result.connector);

    await record(run, result, postings);
    await acknowledgePosted(run);
    return run.fence.write((tx) => standingOf(tx, caller, context.clock()));
  };
}

async function refuse(run: Run, reason: string, connector?: string): Promise<Standing> {
  const { companyId, context } = run;
  const now = context.clock();
  context.log.warn({ companyId, reason }, 'outcomes of postings were refused');
  return run.fence.write(async (tx) => {
    await openProblems(tx, companyId, [answerRefused(companyId, reason, connector)], now);
    return standingOf(tx, companyId, now);
  });
}

const ADDED: ReadonlySet<Confirmation['kind']> = new Set(['billInStep', 'paymentInStep', 'termsInStep']);

/** Records the outcomes that are not settled yet. */
async function record(run: Run, result: PostResult, postings: ReadonlyMap<string, StoredPosting>): Promise<void> {
  const { companyId, company, context } = run;
  const now = context.clock();
  const problems = createProblemLedger();
  const settled = result.outcomes.flatMap((outcome) => {
    const stored = postings.get(outcome.messageSetId);
    const open = stored !== undefined && ['planned', 'sentMaybe', 'uncertain'].includes(stored.state);
    return open ? [{ stored, outcome, confirmation: confirm(stored, outcome) }] : [];
  });
  const links = new Map([
    ...(await linksByMt(context.store.db, companyId, 'invoice', mtIds(settled))),
    ...(await linksByMt(context.store.db, companyId, 'vendor', mtIds(settled))),
  ]);
  for (const { stored, confirmation } of settled) {
    const found = 'problems' in confirmation ? confirmation.problems : [];
    const subject = subjectOf(stored);
    // Parts of one payment have their problems side by side, until MineralTree can be told of it.
    if (((stored.base as PostingBase).parts?.length ?? 0) > 1)
      for (const finding of found) problems.found('post', subject, { ...finding, part: stored.mtId });
    else problems.looked('post', subject, found);
    // What was in the way before it was sent is over once it is in QuickBooks.
    if (ADDED.has(confirmation.kind)) problems.looked('add', subject);
  }
  for (const warning of result.warnings) {
    const stored = postings.get(warning.messageSetId);
    if (stored !== undefined)
      problems.found('post', subjectOf(stored), {
        ...resembles(stored.posting, about(stored)),
        part: warning.otherTxnId,
      });
  }
  await run.fence.write(async (tx) => {
    await recordOutcomes(tx, companyId, settled.map(recordedOf), now);
    for (const { stored, outcome, confirmation } of settled)
      await putInStep(tx, run, stored, outcome, confirmation, links.get(stored.mtId));
    await problems.write(tx, companyId, now);
    if (result.marker === company.file.expected && !company.file.written)
      await changeCompany(tx, companyId, { file: { expected: company.file.expected, alsoAccepts: [], written: true } });
    if (result.block !== undefined) await recordBlock(tx, companyId, result.block, now);
  });
}

function confirm(stored: StoredPosting, outcome: Outcome): Confirmation {
  return decideConfirmation(stored.posting, outcome, about(stored));
}

/** What the posting is about, as it was when planned. */
function about(stored: StoredPosting): Posted {
  const { vendorName } = stored.base as PostingBase;
  const { kind } = stored.posting;
  if (kind === 'BillAdd' || kind === 'BillMod') return { invoice: draftOf(plannedInvoice(stored)), vendorName };
  return kind === 'TxnVoid' ? { payment: plannedPayment(stored), vendorName } : { vendorName };
}

function recordedOf({
  stored,
  outcome,
  confirmation,
}: {
  readonly stored: StoredPosting;
  readonly outcome: Outcome;
  readonly confirmation: Confirmation;
}): RecordedOutcome {
  const base = { messageSetId: stored.posting.messageSetId, outcome };
  switch (confirmation.kind) {
    case 'billInStep': {
      // Only a new bill is acknowledged; an edit finds its externalId there already.
      const state = stored.posting.kind === 'BillAdd' ? 'posted' : 'acknowledged';
      return { ...base, state, ledgerId: confirmation.ledgerId };
    }
    case 'paymentInStep':
      return { ...base, state: 'posted', ledgerId: confirmation.ledgerId };
    // MineralTree takes no externalId of terms any more: their link says it all.
    case 'termsInStep':
    case 'vendorInStep':
    case 'voided':
      return { ...base, state: 'acknowledged', ledgerId: confirmation.ledgerId };
    case 'held':
      return { ...base, state: 'held', ledgerId: confirmation.ledgerId };
    case 'refused':
      return { ...base, state: 'refused', again: confirmation.again };
    case 'uncertain':
      return { ...base, state: 'uncertain' };
    case 'notBegun':
      return { ...base, state: 'planned' };
  }
}

function subjectOf(stored: StoredPosting): Subject {
  const { posting, base } = stored;
  switch (posting.kind) {
    case 'BillAdd':
    case 'BillMod':
      return invoiceSubject(plannedInvoice(stored));
    case 'VendorMod':
      return { kind: 'vendor', id: posting.match.listId, name: (base as PostingBase).vendorName };
    case 'StandardTermsAdd':
      return termSubject(plannedTerm(stored));
    case 'BillPaymentCheckAdd':
    case 'BillPaymentCreditCardAdd':
    case 'TxnVoid':
      return paymentSubject(plannedPayment(stored));
  }
}

const mtIds = (settled: readonly { readonly stored: StoredPosting }[]): readonly string[] =>
  settled.map(({ stored }) => stored.mtId);
