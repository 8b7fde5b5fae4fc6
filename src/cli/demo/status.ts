/** The status of a company, as its workflow answers it. */
import { type Client, isGrpcServiceError } from '@temporalio/client';
import { type Status, workflowIdOf } from '../../contract/index.ts';
import { until } from '../until.ts';

const DEADLINE_EXCEEDED = 4;

/** Asks the workflow; a query that no worker took in time (the cloud has just started) is asked again. */
export function statusOf({ client }: { readonly client: Client }, { id }: { readonly id: string }): Promise<Status> {
  return until(
    `an answer of ${workflowIdOf(id)}`,
    async () => {
      try {
        return await client.workflow.getHandle(workflowIdOf(id)).query<Status>('status');
      } catch (error) {
        const cause = error instanceof Error ? error.cause : undefined;
        if (isGrpcServiceError(cause) && cause.code === DEADLINE_EXCEEDED) return undefined;
        throw error;
      }
    },
    { withinMs: 60_000 },
  );
}
