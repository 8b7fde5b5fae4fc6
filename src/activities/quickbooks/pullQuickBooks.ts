/** The activity `pullQuickBooks`: one visit that reads one page. */
import type { PullResult, SiteActivities } from '../../contract/index.ts';
import { pullPage } from '../../quickbooks/index.ts';
import type { Site } from './site.ts';
import { visitCompany } from './visit.ts';

export interface PullQuickBooksOptions {
  readonly site: Site;
  /** Unix milliseconds. */
  readonly clock: () => number;
}

export const createPullQuickBooks =
  ({ site, clock }: PullQuickBooksOptions): SiteActivities['pullQuickBooks'] =>
  (request) =>
    visitCompany<PullResult>(
      site,
      request,
      {
        blocked: (block) => ({ kind: 'blocked', companyId: request.companyId, block }),
        stopped: () => ({ kind: 'stopped' }),
        // What is to be posted follows a pull.
        likelyMore: ({ kind }) => kind === 'pulled',
      },
      async ({ session, company, visit, pause }) => ({
        kind: 'pulled',
        pull: await pullPage(session, request, {
          connector: site.connector,
          connectorVersion: site.connectorVersion,
          fileName: company.file,
          visit,
          clock: () => Math.floor(clock() / 1000),
          pause,
        }),
      }),
    );
