/** What the cloud worker runs. */
import { setWorkflowOptions } from '@temporalio/workflow';
import { companySync } from './companySync.ts';

setWorkflowOptions({ versioningBehavior: 'PINNED' }, companySync);

export { companySync };
