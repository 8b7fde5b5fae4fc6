/** Telling MineralTree that an invoice is in QuickBooks: its empty externalId is filled. A lost answer is settled by reading. */
import type { Posting } from '../../contract/index.ts';
import { formatCents } from '../../domain/money.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import { markAcknowledged, toAcknowledge } from '../../store/index.ts';
import type { Finding } from '../../sync/index.ts';
import { isOutage } from './failure.ts';
import { createProblemLedger } from './problemLedger.ts';
import { eachAtOnce, type Run } from './run.ts';

/**
 * Fills the externalId of an invoice. It may be repeated.
 * @throws MineralTreeError when it is not done; `refused` when MineralTree does not want it, or has another one.
 */
export async function acknowledge(run: Run, mtId: string, txnId: string): Promise<void> {
  const { bills } = (await run.payables()).records;
  try {
    await run.toMineralTree(() => bills.acknowledge(mtId, txnId));
  } catch (error) {
    if (!(error instanceof MineralTreeError) || error.outcome === 'notSent') throw error;
    const { externalId } = await bills.get(mtId);
    if (externalId === txnId) return;
    throw error;
  }
}

/**
 * Acknowledges what is posted and not acknowledged yet: an answer that was lost, or MineralTree that was away. A refusal
 * is the invoice's problem and is tried again with the next cycle.
 */
export async function acknowledgePosted(run: Run): Promise<void> {
  const { companyId, context } = run;
  const posted = await toAcknowledge(context.store.db, companyId);
  if (posted.length === 0) return;
  const problems = createProblemLedger();
  const results = await eachAtOnce(posted, async ({ mtId, ledgerId }): Promise<MineralTreeError | undefined> => {
    if (ledgerId === undefined) return undefined;
    try {
      await acknowledge(run, mtId, ledgerId);
      return undefined;
    } catch (error) {
      if (error instanceof MineralTreeError) return error;
      throw error;
    }
  });
  let outage: MineralTreeError | undefined;
  const done: string[] = [];
  for (const one of posted) {
    const { posting, mtId } = one;
    const failed = results.get(one);
    const subject = { kind: 'invoice', id: mtId };
    if (failed === undefined) {
      done.push(posting.messageSetId);
      problems.looked('acknowledge', subject);
    } else if (isOutage(failed)) outage = failed;
    else if (failed.code === 'notFound') {
      // Deleted there while it was posted: nothing is left to be told.
      done.push(posting.messageSetId);
      problems.looked('acknowledge', subject, [deletedFinding(posting)]);
    } else problems.looked('acknowledge', subject, [refusedFinding(failed)]);
  }
  const now = context.clock();
  await run.fence.write(async (tx) => {
    await markAcknowledged(tx, companyId, done, now);
    await problems.write(tx, companyId, now);
  });
  if (outage !== undefined) throw outage;
}

const refusedFinding = ({ message }: MineralTreeError): Finding => ({
  code: 'refusedByMineralTree',
  params: { what: 'the acknowledgement of an invoice', name: '', text: message },
});

const deletedFinding = (posting: Posting): Finding => {
  const match = posting.kind === 'BillAdd' ? posting.match : undefined;
  return {
    code: 'deletedInMineralTree',
    params: {
      number: match?.refNumber ?? 'without number',
      ...(match && { vendor: match.vendor.name, amount: formatCents(match.amountCents) }),
    },
  };
};
