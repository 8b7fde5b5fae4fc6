/** The activities as the workflow calls them. Timeouts and retries are the contract's. */
import { type ActivityInterfaceFor, proxyActivities } from '@temporalio/workflow';
import * as contract from '../contract/index.ts';
import type { Company } from './company.ts';

export type Site = ActivityInterfaceFor<contract.SiteActivities>;

export const site = ({ id, settings }: Company, summary: string): Site =>
  proxyActivities({ taskQueue: contract.siteQueue(id), summary, ...contract.siteOptions(settings) });

export const cloud = ({ settings }: Company): ActivityInterfaceFor<contract.CloudActivities> =>
  proxyActivities(contract.cloudOptions(settings));

export const record = (company: Company, change: contract.ControlChange): Promise<void> =>
  cloud(company).recordControl({ companyId: company.id, change });
