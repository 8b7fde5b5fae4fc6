/** QuickBooks on this machine: one for all companies, or one for each that has its own, and whose turn it is. */
import type { Site } from '../../activities/quickbooks/index.ts';
import { createQuickBooksHost, type QuickBooksHost } from '../../quickbooks/index.ts';
import { createQuickBooksLock, type QuickBooksLock } from './quickBooksLock.ts';
import type { ConnectorSettings, ProcessorSettings } from './settings.ts';
import type { TroubleNote } from './trouble.ts';

/** One QuickBooks and whose turn it is on it. */
export interface Desk {
  readonly host: QuickBooksHost;
  readonly lock: QuickBooksLock;
}

/** A desk of its own for a company that names a processor; one for all others. By company ID. */
export function desksFor({ processor, companies, limits }: ConnectorSettings): ReadonlyMap<string, Desk> {
  const desk = ({ node, ...choice }: ProcessorSettings): Desk => ({
    host: createQuickBooksHost({ processor: choice, limits: limits.calls, ...(node === undefined ? {} : { node }) }),
    lock: createQuickBooksLock({ keepMs: limits.keepCompanyMs, waitMs: limits.handBackMs }),
  });
  const shared = desk(processor);
  return new Map(companies.map(({ id, processor: own }) => [id, own === undefined ? shared : desk(own)] as const));
}

export interface SiteOptions {
  /** `name@host`. */
  readonly connector: string;
  readonly version: string;
  readonly settings: ConnectorSettings;
  readonly desks: ReadonlyMap<string, Desk>;
  readonly trouble: TroubleNote;
}

/** What the activities are given. */
export function siteOf({ connector, version, settings: { companies, limits }, desks, trouble }: SiteOptions): Site {
  const byId = new Map(companies.map((company) => [company.id, company] as const));
  return {
    connector,
    connectorVersion: version,
    nextDueMs: limits.nextVisitMs,
    served: (companyId) => byId.get(companyId),
    async withQuickBooks(companyId, signal, work, likelyMore) {
      const desk = desks.get(companyId);
      if (desk === undefined) throw new RangeError(`no QuickBooks for ${companyId}`);
      const turn = await desk.lock.turn(companyId, signal);
      let keep = false;
      try {
        const result = await work(desk.host);
        trouble.cleared(companyId);
        keep = likelyMore(result);
        return result;
      } catch (error) {
        trouble.noted(companyId, error);
        throw error;
      } finally {
        turn.end(keep);
      }
    },
  };
}
