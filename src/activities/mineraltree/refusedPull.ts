/** What becomes of a pull that is not taken: it does not fit, it came before, or the visit ended in a block. */
import { randomUUID } from 'node:crypto';
import type { Block, PullRequest, Pushed } from '../../contract/index.ts';
import { askPull, changeCompany, openProblems, settlePull, toSite } from '../../store/index.ts';
import { olderWatermarks } from '../../sync/index.ts';
import { prefixOf } from './problemLedger.ts';
import { askNext, standingRequest } from './pullRequest.ts';
import type { Run } from './run.ts';
import { batchesOf, companySubject, recordBlock, standingOf } from './standing.ts';

/** What is kept of the answer to a pull, for when it comes again. */
export interface KeptAnswer {
  readonly more: boolean;
  readonly progress?: string;
  readonly ledgersDue: boolean;
  readonly settlements?: readonly string[];
}

const NOTHING: KeptAnswer = { more: false, ledgersDue: false };

/** The problem of an answer that was not taken: the connector, or who speaks in its name, says what cannot be. */
export const answerRefused = (companyId: string, reason: string, connector = '') => ({
  key: `${prefixOf('company', companySubject(companyId))}answerRefused`,
  code: 'answerRefused',
  subject: companySubject(companyId),
  params: { connector, reason },
});

/** Nothing of it is stored; the same is asked again under a new ID. */
export async function refusePull(run: Run, reason: string, connector?: string): Promise<Pushed> {
  const { companyId, company, context } = run;
  const now = context.clock();
  context.log.warn({ companyId, reason }, 'an answer of a connector was refused');
  return run.fence.write(async (tx) => {
    await openProblems(tx, companyId, [answerRefused(companyId, reason, connector)], now);
    const request = await standingRequest(tx, company, now);
    await settlePull(tx, companyId, request.pullId, 'refused', NOTHING, now);
    await askPull(tx, companyId, { ...request, pullId: randomUUID() }, now);
    return { standing: await standingOf(tx, companyId, now), batches: [], ...NOTHING };
  });
}

/** The request and the store do not agree since when to read: the older one counts, and it is asked again. */
export async function askAnew(run: Run, request: PullRequest): Promise<Pushed> {
  const { companyId, company, context } = run;
  const now = context.clock();
  return run.fence.write(async (tx) => {
    await changeCompany(tx, companyId, { watermarks: olderWatermarks(request.watermarks, company.watermarks) });
    await settlePull(tx, companyId, request.pullId, 'refused', NOTHING, now);
    await askNext(tx, companyId, now);
    return { standing: await standingOf(tx, companyId, now), batches: [], more: true, ledgersDue: false };
  });
}

/** A person must act: the request stands, nothing is handed out. */
export async function blockCompany(run: Run, block: Block): Promise<Pushed> {
  const { companyId, context } = run;
  const now = context.clock();
  return run.fence.write(async (tx) => {
    await recordBlock(tx, companyId, block, now);
    return { standing: await standingOf(tx, companyId, now), batches: [], ...NOTHING };
  });
}

/** A pull that was dealt with: the answer of before, with the postings that are still to be settled. */
export async function answerAgain(run: Run, result: unknown): Promise<Pushed> {
  const { companyId, company, context } = run;
  // Written by `conclude` or by one of the functions above.
  const kept: KeptAnswer = { ...NOTHING, ...(result as Partial<KeptAnswer>) };
  return run.fence.write(async (tx) => {
    const waiting = (await toSite(tx, companyId)).map(({ posting }) => posting);
    const standing = await standingOf(tx, companyId, context.clock());
    return { standing, batches: standing.block ? [] : batchesOf(company, waiting, true), ...kept };
  });
}
