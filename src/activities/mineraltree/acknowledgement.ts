/**
 * Telling MineralTree that an invoice or a payment is in QuickBooks: its empty externalId is filled. A lost answer is settled
 * by reading. A payment is told of once every part of it is there, by the TxnID of the first.
 */
import type { Posting } from '../../contract/index.ts';
import { formatCents } from '../../domain/money.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import { linksByMt, markAcknowledged, type StoredPosting, type Subject, toAcknowledge } from '../../store/index.ts';
import type { Finding } from '../../sync/index.ts';
import { isOutage } from './failure.ts';
import { plannedPayment } from './inStep.ts';
import type { PaymentKept } from './paymentLinks.ts';
import { type PostingBase, paymentSubject } from './planned.ts';
import { createProblemLedger } from './problemLedger.ts';
import { eachAtOnce, type Run } from './run.ts';

/**
 * Fills the externalId of an invoice, or of a payment. It may be repeated.
 * @throws MineralTreeError when it is not done; `refused` when MineralTree does not want it, or has another one.
 */
export async function acknowledge(
  run: Run,
  mtId: string,
  txnId: string,
  of: 'bills' | 'payments' = 'bills',
): Promise<void> {
  const { [of]: records } = (await run.payables()).records;
  try {
    await run.toMineralTree(() => records.acknowledge(mtId, txnId));
  } catch (error) {
    if (!(error instanceof MineralTreeError) || error.outcome === 'notSent') throw error;
    const { externalId } = await records.get(mtId);
    if (externalId === txnId) return;
    throw error;
  }
}

/** One record that MineralTree is to be told of, with the postings that this settles. */
interface Due {
  readonly postings: readonly StoredPosting[];
  readonly of: 'bills' | 'payments';
  readonly mtId: string;
  readonly txnId: string;
  readonly subject: Subject;
}

/**
 * Acknowledges what is posted and not acknowledged yet: an answer that was lost, or MineralTree that was away. A refusal
 * is the record's problem and is tried again with the next cycle.
 */
export async function acknowledgePosted(run: Run): Promise<void> {
  const { companyId, context } = run;
  const posted = await toAcknowledge(context.store.db, companyId);
  if (posted.length === 0) return;
  const due = [...invoicesDue(posted), ...(await paymentsDue(run, posted))];
  const problems = createProblemLedger();
  const results = await eachAtOnce(due, async ({ mtId, txnId, of }): Promise<MineralTreeError | undefined> => {
    try {
      await acknowledge(run, mtId, txnId, of);
      return undefined;
    } catch (error) {
      if (error instanceof MineralTreeError) return error;
      throw error;
    }
  });
  let outage: MineralTreeError | undefined;
  const done: string[] = [];
  for (const one of due) {
    const { postings, subject } = one;
    const failed = results.get(one);
    const settled = postings.map(({ posting }) => posting.messageSetId);
    if (failed === undefined) {
      done.push(...settled);
      problems.looked('acknowledge', subject);
      if (postings.length > 1) problems.looked('post', subject);
    } else if (isOutage(failed)) outage = failed;
    else if (failed.code === 'notFound') {
      // Deleted there while it was posted: nothing is left to be told.
      done.push(...settled);
      problems.looked('acknowledge', subject, [deletedFinding(postings[0]?.posting)]);
    } else problems.looked('acknowledge', subject, [refusedFinding(failed, one)]);
  }
  const now = context.clock();
  await run.fence.write(async (tx) => {
    await markAcknowledged(tx, companyId, done, now);
    await problems.write(tx, companyId, now);
  });
  if (outage !== undefined) throw outage;
}

const invoicesDue = (posted: readonly StoredPosting[]): readonly Due[] =>
  posted.flatMap((stored) => {
    const { posting, mtId, ledgerId } = stored;
    if (ledgerId === undefined || (posting.kind !== 'BillAdd' && posting.kind !== 'BillMod')) return [];
    return [{ postings: [stored], of: 'bills', mtId, txnId: ledgerId, subject: { kind: 'invoice', id: mtId } }];
  });

/** Payments of which every part is in QuickBooks. */
async function paymentsDue(run: Run, posted: readonly StoredPosting[]): Promise<readonly Due[]> {
  const byPayment = new Map<string, StoredPosting[]>();
  for (const stored of posted) {
    const { kind } = stored.posting;
    if (kind !== 'BillPaymentCheckAdd' && kind !== 'BillPaymentCreditCardAdd') continue;
    const { id } = plannedPayment(stored);
    byPayment.set(id, [...(byPayment.get(id) ?? []), stored]);
  }
  const links = await linksByMt(run.context.store.db, run.companyId, 'payment', [...byPayment.keys()]);
  return [...byPayment].flatMap(([id, postings]): readonly Due[] => {
    const link = links.get(id);
    const [first] = postings;
    if (link === undefined || first === undefined) return [];
    const wanted = Math.max(...postings.map(({ base }) => (base as PostingBase).parts?.length ?? 1));
    const there = Object.keys((link.kept as PaymentKept | undefined)?.parts ?? {}).length;
    if (there < wanted) return [];
    return [
      { postings, of: 'payments', mtId: id, txnId: link.ledgerId, subject: paymentSubject(plannedPayment(first)) },
    ];
  });
}

const refusedFinding = ({ message }: MineralTreeError, { of }: Due): Finding => ({
  code: 'refusedByMineralTree',
  params: {
    what: of === 'bills' ? 'the acknowledgement of an invoice' : 'the acknowledgement of a payment',
    name: '',
    text: message,
  },
});

const deletedFinding = (posting: Posting | undefined): Finding => {
  const match = posting?.kind === 'BillAdd' ? posting.match : undefined;
  return {
    code: 'deletedInMineralTree',
    params: {
      number: match?.refNumber ?? 'without number',
      ...(match && { vendor: match.vendor.name, amount: formatCents(match.amountCents) }),
    },
  };
};
