/**
 * The activity `openCompany`: how a company stands, for a run that knows nothing yet, and what may be in QuickBooks
 * without our knowing. It takes the fence, so that whatever an older run still does is over.
 */
import type { Opened } from '../../contract/index.ts';
import { LEDGER_KINDS } from '../../domain/ledger.ts';
import { type Company, changeCompany, countSnapshots, type Tx, toSite } from '../../store/index.ts';
import { firstWatermarks, startReading } from '../../sync/index.ts';
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

/**
 * A company that was never read is read whole, from one page of changes on. One whose file was accepted anew is read by
 * keys, kind after kind: so what is known here and not in that file is found out before anything is sent.
 */
async function beginFirstLoad(tx: Tx, { companyId, addedAt, load, watermarks }: Company): Promise<void> {
  if (load !== undefined || Object.keys(watermarks).length > 0) return;
  const known = Object.keys(await countSnapshots(tx, companyId)).length > 0;
  await changeCompany(tx, companyId, {
    ...(known && { load: startReading({}, LEDGER_KINDS, 'first') }),
    watermarks: firstWatermarks(addedAt),
  });
}
