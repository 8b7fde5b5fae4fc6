/** Speaking to a company's workflow: signals and status, with words for the case that nobody answers. */
import { Client, Connection, isGrpcServiceError, WorkflowNotFoundError } from '@temporalio/client';
import type { SignalName, Status } from '../contract/index.ts';
import { workflowIdOf } from '../contract/index.ts';
import { createStoredKeyring, type Store } from '../store/index.ts';
import { startRun } from '../workers/cloud/keeper.ts';
import { createDataConverter } from '../workers/codec/index.ts';
import { Fault } from './fault.ts';
import { openTemporal } from './openTemporal.ts';
import type { Environment } from './places.ts';

export interface CompanyRuns {
  /** Sends a signal; starts the run first when there is none. */
  signal(company: { readonly id: string; readonly name: string }, name: SignalName, argument?: object): Promise<void>;
  /** @throws Fault when the company has no run, or no cloud worker answers within ten seconds */
  status(companyId: string): Promise<Status>;
  close(): Promise<void>;
}

const ANSWER_MS = 10_000;

export async function openRuns(env: Environment, store: Store): Promise<CompanyRuns> {
  const { connection, namespace, address } = await openTemporal(env, (options) => Connection.connect(options));
  const client = new Client({ connection, namespace, dataConverter: createDataConverter(createStoredKeyring(store)) });
  return {
    async signal(company, name, argument = {}) {
      await startRun(client, company);
      await client.workflow.getHandle(workflowIdOf(company.id)).signal(name, argument);
    },
    async status(companyId) {
      try {
        const handle = client.workflow.getHandle(workflowIdOf(companyId));
        return await client.withDeadline(Date.now() + ANSWER_MS, () => handle.query<Status>('status'));
      } catch (error) {
        if (error instanceof WorkflowNotFoundError)
          throw new Fault(
            `company ${companyId} has no run`,
            `Temporal at ${address}`,
            'start tandem cloud; its keeper starts the run within a minute',
          );
        if (isGrpcServiceError(error) || (error instanceof Error && isGrpcServiceError(error.cause)))
          throw new Fault(`nobody answers for company ${companyId}`, `Temporal at ${address}`, 'start tandem cloud');
        throw error;
      }
    },
    close: () => connection.close(),
  };
}
