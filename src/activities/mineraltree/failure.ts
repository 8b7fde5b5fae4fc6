/**
 * The edge of the cloud activities: an error becomes the failure that Temporal retries, or does not.
 *
 * 1. Nothing that a retry may mend ends an activity for good: what was done stays done, and the next attempt goes on there.
 * 2. A wait that MineralTree asked for (Retry-After) is the delay of the next attempt.
 * 3. Messages carry no names, amounts or secrets.
 */
import { ApplicationFailure } from '@temporalio/common';
import { MineralTreeError } from '../../mineraltree/index.ts';
import { FenceLost, StoreError } from '../../store/index.ts';

/** Types of failures of cloud activities. */
export const CLOUD_FAILURE = {
  mineralTree: 'MineralTree',
  fenceLost: 'FenceLost',
  company: 'Company',
  store: 'Store',
} as const;

/** A person must act (a password, a right): looked at again after so long. */
const PERSON_DELAY_MS = 300_000;

export function toFailure(error: unknown): Error {
  if (error instanceof ApplicationFailure) return error;
  if (error instanceof MineralTreeError) {
    const delay = error.retryAfterMs ?? (error.disposition === 'person' ? PERSON_DELAY_MS : undefined);
    return ApplicationFailure.create({
      type: CLOUD_FAILURE.mineralTree,
      message: `${error.code}: ${error.message}`,
      ...(delay !== undefined && { nextRetryDelay: delay }),
      cause: error,
    });
  }
  if (error instanceof FenceLost)
    return ApplicationFailure.create({ type: CLOUD_FAILURE.fenceLost, message: error.message, cause: error });
  if (error instanceof StoreError) {
    const gone = error.code === 'companyUnknown' || error.code === 'companyRemoved';
    return ApplicationFailure.create({
      type: gone ? CLOUD_FAILURE.company : CLOUD_FAILURE.store,
      message: error.message,
      nonRetryable: gone,
      cause: error,
    });
  }
  return ApplicationFailure.create({
    type: CLOUD_FAILURE.store,
    message: error instanceof Error ? error.message : 'an error that is none',
    ...(error instanceof Error && { cause: error }),
  });
}

/** Whether the whole connection is at fault, and not the record: the next record would fare no better. */
export function isOutage(error: MineralTreeError): boolean {
  return error.disposition !== 'person' || error.code === 'unauthorized' || error.code === 'misconfigured';
}

/** What was asked for, or MineralTree's error as a value. */
export type Attempt<T> = T | MineralTreeError;

/** Tries something; an error of MineralTree is a value, any other is thrown. */
export async function attempt<T>(work: () => Promise<T>): Promise<Attempt<T>> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MineralTreeError) return error;
    throw error;
  }
}
