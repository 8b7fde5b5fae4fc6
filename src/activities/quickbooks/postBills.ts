/** The activity `postBills`: one visit that posts a batch, each posting exactly once. */
import { Context } from '@temporalio/activity';
import { MAX_BATCH, type PostResult, type SiteActivities } from '../../contract/index.ts';
import { postBatch, unbegun } from '../../quickbooks/index.ts';
import type { Site } from './site.ts';
import { visitCompany } from './visit.ts';

export interface PostBillsOptions {
  readonly site: Site;
}

export const createPostBills =
  ({ site }: PostBillsOptions): SiteActivities['postBills'] =>
  (request) => {
    const options = {
      connector: site.connector,
      // An earlier attempt may have sent any of them, and only QuickBooks knows.
      settleFirst: request.mayHaveBeenSent || Context.current().info.attempt > 1,
      visit: { nextDueMs: site.nextDueMs },
    };
    return visitCompany<PostResult>(
      site,
      request,
      {
        blocked: (block) => ({ ...unbegun(request, options), block }),
        stopped: () => ({ ...unbegun(request, options), stopped: true }),
        // A full batch is seldom the last one.
        likelyMore: ({ outcomes }) => outcomes.length >= MAX_BATCH,
      },
      ({ session, company, stopping }) => postBatch(session, request, { ...options, fileName: company.file, stopping }),
    );
  };
