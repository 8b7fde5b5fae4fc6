/** The activities as the workflow calls them: queues, timeouts and retries in one place. */
import { type ActivityInterfaceFor, proxyActivities } from '@temporalio/workflow';
import { type CloudActivities, type ControlChange, type SiteActivities, siteQueue } from '../contract/index.ts';
import type { Company } from './company.ts';

export type Site = ActivityInterfaceFor<SiteActivities>;

/** At the site: no limit to waiting or attempts, for each is safe to repeat. One that runs when cancelled is waited for. */
export const site = ({ id, settings }: Company, summary: string): Site =>
  proxyActivities<SiteActivities>({
    taskQueue: siteQueue(id),
    summary,
    startToCloseTimeout: settings.siteLimitMs,
    heartbeatTimeout: settings.heartbeatMs,
    cancellationType: 'WAIT_CANCELLATION_COMPLETED',
    retry: {
      initialInterval: settings.siteRetryMs,
      backoffCoefficient: 1.5,
      maximumInterval: 4 * settings.siteRetryMs,
    },
  });

/** In the cloud, on the workflow's own queue: repeated until done, for the store knows how far the last attempt went. */
export const cloud = ({ settings }: Company): ActivityInterfaceFor<CloudActivities> =>
  proxyActivities<CloudActivities>({
    startToCloseTimeout: settings.cloudLimitMs,
    heartbeatTimeout: settings.heartbeatMs,
    retry: { initialInterval: 1_000, backoffCoefficient: 2, maximumInterval: 60_000 },
  });

export const record = (company: Company, change: ControlChange): Promise<void> =>
  cloud(company).recordControl({ companyId: company.id, change });
