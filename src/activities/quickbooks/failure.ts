/** The one place where what went wrong at the site becomes the failure that Temporal shows and retries. */
import { ApplicationFailure, ApplicationFailureCategory } from '@temporalio/common';
import { FAILURE } from '../../contract/index.ts';
import { AnswerTooLarge, SiteTrouble, TooLate } from '../../quickbooks/index.ts';
import { HandedBack } from './site.ts';

/** A dialog is closed and a user logs out in minutes, not seconds. */
const WAIT_MS = 60_000;
const HAND_BACK_MS = 2_000;

/** The failure for an error of a visit; an error that nobody foresaw is passed on as it is and retried like any other. */
export function failureOf(error: unknown): unknown {
  if (error instanceof HandedBack)
    return ApplicationFailure.create({
      message: error.message,
      type: FAILURE.handedBack,
      nextRetryDelay: HAND_BACK_MS,
      category: ApplicationFailureCategory.BENIGN,
    });
  if (error instanceof TooLate)
    return ApplicationFailure.create({ message: `Nothing was begun: ${error.message}`, type: FAILURE.retry });
  if (error instanceof AnswerTooLarge)
    return ApplicationFailure.create({ message: `QuickBooks gave ${error.message}`, type: FAILURE.retry });
  if (!(error instanceof SiteTrouble)) return error;
  switch (error.kind) {
    case 'wait':
      return ApplicationFailure.create({
        message: error.message,
        type: FAILURE.wait,
        nextRetryDelay: WAIT_MS,
        category: ApplicationFailureCategory.BENIGN,
      });
    case 'unknown':
      return ApplicationFailure.create({ message: error.message, type: FAILURE.outcomeUnknown });
    case 'retry':
      return ApplicationFailure.create({ message: error.message, type: FAILURE.retry });
  }
}
