/**
 * The activities of the cloud, as `CloudActivities` of the contract has them.
 *
 * Each acts for the company of the workflow that asks, whatever its input says: what a connector returned names a company
 * too, and is refused when it names another.
 */
import { setTimeout as wait } from 'node:timers/promises';
import { activityInfo, heartbeat } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Logger } from 'pino';
import { type CloudActivities, companyOfWorkflow } from '../../contract/index.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import { openProblems, type Store } from '../../store/index.ts';
import { createApplyCredits } from './applyCredits.ts';
import { createCompareLedgers } from './compareLedgers.ts';
import { createConfirmPosted } from './confirmPosted.ts';
import type { PayablesConnections } from './connection.ts';
import { CLOUD_FAILURE, isOutage, toFailure } from './failure.ts';
import { createOpenCompany } from './openCompany.ts';
import { problemOf } from './problemLedger.ts';
import { createPushMineralTree } from './pushMineralTree.ts';
import { createRecordControl } from './recordControl.ts';
import type { CloudContext } from './run.ts';
import { companySubject } from './standing.ts';

export { type ConnectionOptions, createPayablesConnections, type PayablesConnections } from './connection.ts';
export { CLOUD_FAILURE } from './failure.ts';

export interface CloudActivitiesOptions {
  readonly store: Store;
  readonly mineralTree: PayablesConnections;
  readonly log: Logger;
  /** Unix milliseconds. @default the machine's clock */
  readonly clock?: () => number;
  /** Waits; @default by a timer */
  readonly pause?: (ms: number) => Promise<void>;
  /** The company on whose behalf an activity runs. @default by the ID of the workflow that scheduled it */
  readonly caller?: () => string | undefined;
}

export function createCloudActivities(options: CloudActivitiesOptions): CloudActivities {
  const context: CloudContext = {
    store: options.store,
    mineralTree: options.mineralTree,
    log: options.log,
    clock: options.clock ?? Date.now,
    pause: options.pause ?? (async (ms) => void (await wait(ms))),
  };
  const { caller = companyOfActivity } = options;
  // A cloud that was killed is noticed by its silence, not by the longest time that an activity may take.
  const alive = options.caller === undefined ? () => heartbeat() : () => undefined;

  /** Runs one activity for its caller; what goes wrong becomes a failure that Temporal understands. */
  const asCaller = async <T>(named: string | undefined, work: (companyId: string) => Promise<T>): Promise<T> => {
    const companyId = caller();
    if (companyId === undefined || (named !== undefined && named !== companyId))
      throw ApplicationFailure.nonRetryable('an activity of one company was asked for another', CLOUD_FAILURE.company);
    const beating = setInterval(alive, HEARTBEAT_MS);
    try {
      return await work(companyId);
    } catch (error) {
      await noteFailure(context, companyId, error);
      throw toFailure(error);
    } finally {
      clearInterval(beating);
    }
  };
  const [openCompany, push, apply, confirm, recordControl, compare] = [
    createOpenCompany(context),
    createPushMineralTree(context),
    createApplyCredits(context),
    createConfirmPosted(context),
    createRecordControl(context),
    createCompareLedgers(context),
  ];
  return {
    openCompany: ({ companyId }) => asCaller(companyId, openCompany),
    pushMineralTree: (pulled) => asCaller(undefined, (companyId) => push(pulled, companyId)),
    applyCredits: ({ companyId, bills }) => asCaller(companyId, () => apply(companyId, bills)),
    confirmPosted: (result) => asCaller(undefined, (companyId) => confirm(result, companyId)),
    recordControl: ({ companyId, change }) => asCaller(companyId, () => recordControl(companyId, change)),
    compareLedgers: (input) => asCaller(input.companyId, () => compare(input)),
  };
}

/** Well within any heartbeat timeout; what is too often is held back by the SDK. */
const HEARTBEAT_MS = 500;

const companyOfActivity = (): string | undefined => {
  const { workflowExecution } = activityInfo();
  return workflowExecution === undefined ? undefined : companyOfWorkflow(workflowExecution.workflowId);
};

/** MineralTree that cannot be reached is seen as a problem of the company, until it answers again. */
async function noteFailure({ store, clock, log }: CloudContext, companyId: string, error: unknown): Promise<void> {
  if (!(error instanceof MineralTreeError) || !isOutage(error)) return;
  const code = error.disposition === 'person' ? 'mineralTreeSignIn' : 'mineralTreeUnavailable';
  const problem = problemOf('company', companySubject(companyId), { code, params: { text: error.message } });
  try {
    await openProblems(store.db, companyId, [problem], clock());
  } catch (failed) {
    log.warn({ companyId, err: failed }, 'a problem could not be stored');
  }
}
