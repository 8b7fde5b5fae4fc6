/**
 * The activity `pushMineralTree`: a pull is stored, MineralTree is brought up to date, and what it wants in QuickBooks is
 * planned.
 *
 * 1. A pull is dealt with once; when it comes again, the answer is the one of before. Tried again half way, it goes on
 *    where it was: what is due is in the store.
 * 2. Watermarks, the next request, new postings and the pull's own end are one transaction, the last one.
 * 3. A pull that does not fit what was asked is refused: nothing of it is stored, and the same is asked again.
 */
import type { Pull, Pulled, PullRequest, Pushed } from '../../contract/index.ts';
import { readBlocked, readPull } from '../../contract/schema/index.ts';
import { findPull, getCompany } from '../../store/index.ts';
import { sameWatermarks } from '../../sync/index.ts';
import { acknowledgePosted } from './acknowledgement.ts';
import { openBalances } from './billPush.ts';
import { closeBooks } from './booksClosed.ts';
import { conclude, type Planning } from './conclusion.ts';
import { readEdits } from './editReading.ts';
import { closeGone } from './goneRecords.ts';
import { planPostings } from './planning.ts';
import { pushDue } from './push.ts';
import { markerFits, misfit, storePull } from './receiving.ts';
import { answerAgain, askAnew, blockCompany, refusePull } from './refusedPull.ts';
import { type CloudContext, type Run, startRun } from './run.ts';

/** @param caller the company of the workflow that asks, whatever the pull says */
export function createPushMineralTree(context: CloudContext) {
  return async (pulled: Pulled, caller: string): Promise<Pushed> => {
    const run = await startRun(context, caller);
    if (pulled.kind === 'blocked') {
      const read = readBlocked(pulled);
      if ('wrong' in read || read.blocked.companyId !== caller)
        return refusePull(run, 'wrong' in read ? read.wrong : 'companyId: of another company');
      return blockCompany(run, read.blocked.block);
    }
    const read = readPull(pulled.pull);
    if ('wrong' in read) return refusePull(run, read.wrong);
    const { pull } = read;
    if (pull.companyId !== caller) return refusePull(run, 'companyId: of another company');
    const known = await findPull(context.store.db, caller, pull.pullId);
    if (known === undefined) return refusePull(run, 'pullId: this was never asked', pull.connector);
    if (known.state !== 'asked') return answerAgain(run, known.result);
    const { request } = known;
    const wrong = misfit(pull, request, context.clock());
    if (wrong !== undefined) return refusePull(run, wrong, pull.connector);
    if (!markerFits(pull.marker, run.company)) {
      const found = pull.marker ?? '';
      return blockCompany(run, { code: 'anotherFile', detail: { found, expected: run.company.file.expected } });
    }
    if (!sameWatermarks(request.watermarks, run.company.watermarks)) return askAnew(run, request);

    await run.fence.write((tx) => storePull(run, tx, pull, request));
    const stored: Run = { ...run, company: await getCompany(context.store.db, caller) };
    if (stored.company.stage !== 'live') return conclude(stored, pull, request);
    await pushDue(stored, openBalances(pull.balances));
    const planning = maySend(stored, pull, request) ? await plan(stored) : undefined;
    return conclude(stored, pull, request, planning);
  };
}

/** Nothing is planned before the first load is complete, nor while there is more to read. */
const maySend = ({ company }: Run, pull: Pull, { page }: PullRequest): boolean =>
  company.firstLoadDoneAt !== undefined && page.kind === 'changes' && pull.overflow.length === 0;

async function plan(run: Run): Promise<Planning> {
  await acknowledgePosted(run);
  await closeBooks(run);
  const payablesWatermarks = await readEdits(run);
  await closeGone(run);
  return { plans: await planPostings(run), payablesWatermarks };
}
