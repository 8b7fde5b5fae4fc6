/**
 * The activity `openCompany`: how a company stands, for a run that knows nothing yet, and what may be in QuickBooks
 * without our knowing. It takes the fence, so that whatever an older run still does is over.
 */
import type { Opened } from '../../contract/index.ts';
import { type Company, changeCompany, type Tx, toSite } from '../../store/index.ts';
import { firstWatermarks } from '../../sync/index.ts';
import { standingRequest } from './pullRequest.ts';
import { type CloudContext, startRun } from './run.ts';
import { batchesOf, standingOf } from './standing.ts';

export function createOpenCompany(context: CloudContext) {
  return async (companyId: string): Promise<Opened> => {
    const run = await startRun(context, companyId);
    const now = context.clock();
    return run.fence.write(async (tx) => {
      await beginFirstLoad(tx, run.company);
      await standingRequest(tx, run.company, now);
      const standing = await standingOf(tx, companyId, now);
      const waiting = (await toSite(tx, companyId)).map(({ posting }) => posting);
      return {
        standing,
        ...(run.company.pause && { pause: run.company.pause }),
        // While something blocks, nothing is sent; the postings wait in the store.
        unsettled: standing.block ? [] : batchesOf(run.company, waiting, true),
      };
    });
  };
}

/** A company that was never read, or whose file was accepted anew, is read whole. */
async function beginFirstLoad(tx: Tx, { companyId, addedAt, load, watermarks }: Company): Promise<void> {
  if (load !== undefined || Object.keys(watermarks).length > 0) return;
  await changeCompany(tx, companyId, { watermarks: firstWatermarks(addedAt) });
}
