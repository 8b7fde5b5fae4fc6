/** The activity `readLedger`: one visit that reads a page of what is unpaid. */
import type { LedgerResult, SiteActivities } from '../../contract/index.ts';
import { readLedgerPage } from '../../quickbooks/index.ts';
import type { Site } from './site.ts';
import { visitCompany } from './visit.ts';

export interface ReadLedgerOptions {
  readonly site: Site;
}

export const createReadLedger =
  ({ site }: ReadLedgerOptions): SiteActivities['readLedger'] =>
  (request) =>
    visitCompany<LedgerResult>(
      site,
      request,
      {
        blocked: (block) => ({ kind: 'blocked', companyId: request.companyId, reportId: request.reportId, block }),
        stopped: () => ({ kind: 'stopped' }),
        likelyMore: (result) => result.kind === 'page' && result.next !== undefined,
      },
      ({ session, company, visit, pause }) =>
        readLedgerPage(session, request, { fileName: company.file, visit, pause }),
    );
