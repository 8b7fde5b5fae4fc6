/**
 * Reading a query to its end, by an iterator where the kind has one.
 *
 * 1. An iterator lives within one session; a page never depends on one that an earlier page left.
 * 2. What remains must shrink with each answer: an iterator that does not end is trouble, not a loop.
 */
import type { RequestMessage, ResponseMessage } from '../../qbxml/index.ts';
import type { Asking } from '../kinds.ts';
import { checkQuery } from '../queryStatus.ts';
import type { Session } from '../session.ts';
import { SiteTrouble } from '../trouble.ts';

/** A query that is read piece by piece. */
export interface Iteration {
  /** How many records are still to come. */
  readonly remaining: number;
  /** The attributes that ask for the next piece. */
  readonly next: (maxReturned: number) => Asking;
}

/** How to begin: a plain query for a kind without iterator. */
export const starting = (requestID: string, iterates: boolean, maxReturned: number): Asking =>
  iterates ? { requestID, iterator: 'Start', maxReturned } : { requestID };

/** Where a query stands after an answer; undefined when it is read to its end. */
export function standing(
  response: ResponseMessage,
  requestID: string,
  before: Iteration | undefined,
): Iteration | undefined {
  checkQuery(response);
  const remaining = response.iteratorRemainingCount ?? 0;
  if (remaining <= 0) return undefined;
  const { iteratorID } = response;
  if (iteratorID === undefined || (before !== undefined && remaining >= before.remaining))
    throw new SiteTrouble('retry', `${response.type}: the iterator does not come to its end`);
  return { remaining, next: (maxReturned) => ({ requestID, iterator: 'Continue', iteratorID, maxReturned }) };
}

/** Reads what is left of one query, piece by piece. `pause` is called between two sets and may throw. */
export async function drain(
  session: Session,
  first: ResponseMessage,
  maxReturned: number,
  request: (asking: Asking) => RequestMessage,
  take: (response: ResponseMessage) => void,
  pause: () => void,
): Promise<void> {
  const requestID = first.requestID ?? first.type;
  let at = standing(first, requestID, undefined);
  take(first);
  while (at !== undefined) {
    pause();
    const response: ResponseMessage = (await session.ask([request(at.next(maxReturned))])).to(requestID);
    at = standing(response, requestID, at);
    take(response);
  }
}
