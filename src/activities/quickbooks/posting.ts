/**
 * The activities `postBills` and `postPayments`: one visit that posts a batch, each posting exactly once. They differ in
 * what the cloud puts into a batch, and in name, so that people see which it is.
 */
import { Context } from '@temporalio/activity';
import { MAX_BATCH, type PostResult, type SiteActivities } from '../../contract/index.ts';
import { postBatch, unbegun } from '../../quickbooks/index.ts';
import type { Site } from './site.ts';
import { visitCompany } from './visit.ts';

export interface PostingOptions {
  readonly site: Site;
}

export const createPosting =
  ({ site }: PostingOptions): SiteActivities['postBills'] & SiteActivities['postPayments'] =>
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
      ({ session, company, stopping }) =>
        postBatch(session, request, {
          ...options,
          fileName: company.file,
          allowVoids: company.allowVoids ?? false,
          stopping,
        }),
    );
  };
