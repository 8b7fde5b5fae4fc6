/** The activities as the workflow calls them: queues, timeouts and retries in one place. */
import type { ActivityInterfaceFor } from '@temporalio/workflow';
import { ActivityCancellationType, proxyActivities } from '@temporalio/workflow';
import type { CloudActivities, SiteActivities } from '../contract/index.ts';
import { siteQueue } from '../contract/index.ts';
import type { Company } from './company.ts';

/**
 * At the site: no limit to waiting, for a connector that is off costs nothing; no limit to attempts, for each is safe to
 * repeat. A cancelled activity that runs is waited for: what it did must be known.
 */
export const site = (company: Company, summary: string): ActivityInterfaceFor<SiteActivities> =>
  proxyActivities<SiteActivities>({
    taskQueue: siteQueue(company.id),
    summary,
    startToCloseTimeout: company.settings.siteLimitMs,
    heartbeatTimeout: company.settings.heartbeatMs,
    cancellationType: ActivityCancellationType.WAIT_CANCELLATION_COMPLETED,
    retry: {
      initialInterval: company.settings.siteRetryMs,
      backoffCoefficient: 1.5,
      maximumInterval: Math.max(60_000, company.settings.siteRetryMs),
    },
  });

/** In the cloud, on the workflow's own queue: repeated until done, for the store knows how far the last attempt went. */
export const cloud = (company: Company): ActivityInterfaceFor<CloudActivities> =>
  proxyActivities<CloudActivities>({
    startToCloseTimeout: company.settings.cloudLimitMs,
    retry: { initialInterval: 1_000, backoffCoefficient: 2, maximumInterval: 60_000 },
  });
