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
import type { LedgerBill, LedgerVendor } from '../../domain/ledger.ts';
import {
  changeCompany,
  type Link,
  linksByMt,
  openProblems,
  postingsById,
  putLinks,
  putSnapshots,
  type RecordedOutcome,
  recordOutcomes,
  type StoredPosting,
  type Subject,
  type Tx,
} from '../../store/index.ts';
import {
  billDigest,
  CONTACT_FIELDS,
  type Confirmation,
  contactOfLedger,
  contactOfPayables,
  decideConfirmation,
  type LineMap,
  movedBase,
  resembles,
} from '../../sync/index.ts';
import { acknowledgePosted } from './acknowledgement.ts';
import type { BillKept } from './billPush.ts';
import { invoiceSubject, type PostingBase } from './planned.ts';
import { createProblemLedger } from './problemLedger.ts';
import { draftOf } from './records.ts';
import { answerRefused } from './refusedPull.ts';
import { type CloudContext, type Run, startRun } from './run.ts';
import { recordBlock, standingOf } from './standing.ts';
import type { VendorKept } from './vendorPush.ts';

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
    problems.looked('post', subjectOf(stored), found);
    // What was in the way before it was sent is over once it is in QuickBooks.
    if (confirmation.kind === 'billInStep') problems.looked('add', subjectOf(stored));
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
function about({ posting, base }: StoredPosting) {
  const { record: planned, vendorName } = base as PostingBase;
  return 'transactionDate' in planned && posting.kind !== 'VendorMod'
    ? { invoice: draftOf(planned), vendorName }
    : { vendorName };
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
    case 'termsInStep':
      return { ...base, state: 'posted', ledgerId: confirmation.ledgerId };
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

/** Link and snapshot of what is in QuickBooks now: both sides are in step, as they were posted. */
async function putInStep(
  tx: Tx,
  run: Run,
  stored: StoredPosting,
  outcome: Outcome,
  confirmation: Confirmation,
  link: Link | undefined,
): Promise<void> {
  const base = stored.base as PostingBase;
  if (confirmation.kind === 'vendorInStep' && link !== undefined)
    return putVendor(tx, run, confirmation.vendor, base, link, stored);
  if (outcome.kind !== 'posted' || outcome.bill === undefined || !('transactionDate' in base.record)) return;
  if (confirmation.kind === 'billInStep') await putBill(tx, run, outcome.bill, confirmation.lines, base.record, link);
  if (confirmation.kind === 'held') await putBill(tx, run, outcome.bill, [], base.record, link);
}

async function putBill(
  tx: Tx,
  run: Run,
  bill: LedgerBill,
  lines: LineMap,
  invoice: Extract<PostingBase['record'], { readonly transactionDate: string }>,
  link: Link | undefined,
): Promise<void> {
  const { companyId, context } = run;
  const kept: BillKept = {
    ledgerDigest: billDigest(bill),
    readBack: { ...draftOf(invoice), externalId: bill.id },
    lines,
  };
  const before = link?.kept as BillKept | undefined;
  await putLinks(
    tx,
    companyId,
    [
      {
        kind: 'bill',
        entity: 'invoice',
        ledgerId: bill.id,
        mtId: invoice.id,
        bornIn: link?.bornIn ?? 'mineraltree',
        kept: { ...(before?.pushedDigest !== undefined && { pushedDigest: before.pushedDigest }), ...kept },
      },
    ],
    context.clock(),
  );
  await putSnapshots(tx, companyId, 'bill', [bill], context.clock(), false);
}

async function putVendor(
  tx: Tx,
  run: Run,
  vendor: LedgerVendor,
  base: PostingBase,
  link: Link,
  stored: StoredPosting,
): Promise<void> {
  const { companyId, context } = run;
  const kept = link.kept as VendorKept | undefined;
  if (kept !== undefined && 'name' in base.record && stored.posting.kind === 'VendorMod') {
    const { target } = stored.posting.match;
    const fields = CONTACT_FIELDS.filter((field) => target[field] !== undefined);
    const now = { ledger: contactOfLedger(vendor), payables: contactOfPayables(base.record) };
    await putLinks(
      tx,
      companyId,
      [{ ...link, kept: { ...kept, base: movedBase(kept.base, now, fields) } satisfies VendorKept }],
      context.clock(),
    );
  }
  await putSnapshots(tx, companyId, 'vendor', [vendor], context.clock());
}

function subjectOf({ posting, mtId, base }: StoredPosting): Subject {
  const { record: planned, vendorName } = base as PostingBase;
  if ('transactionDate' in planned) return invoiceSubject(planned);
  return { kind: 'vendor', id: posting.kind === 'VendorMod' ? posting.match.listId : mtId, name: vendorName };
}

const mtIds = (settled: readonly { readonly stored: StoredPosting }[]): readonly string[] =>
  settled.map(({ stored }) => stored.mtId);
