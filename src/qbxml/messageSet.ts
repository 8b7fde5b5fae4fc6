/**
 * Message sets: what goes to QuickBooks in one ProcessRequest call, and what comes back.
 *
 * A set is no transaction: each write in it stands alone. With message-set IDs QuickBooks keeps its answer to a set of
 * writes, under the ID, in the company file, and gives it again when the same set comes again.
 */

import type { AnyRecord, BodyOf, RecordName, RecordOf, RequestName } from './catalogue.ts';
import { atMostOneOf, element, optional, required, type ValueOf } from './declare.ts';
import { editSequence, guid, id, int } from './scalars.ts';

export type OnError = 'stopOnError' | 'continueOnError' | 'rollbackOnError';

export interface MessageSetRequest {
  /** `rollbackOnError` is valid by the schema and refused by QuickBooks as a whole (HRESULT 0x80040413). */
  readonly onError: OnError;
  /** The ID under which QuickBooks keeps the answer: at most 20 characters here. */
  readonly newMessageSetID?: string;
  /** The ID whose answer may be forgotten; the same as `newMessageSetID` in an empty set, the ID whose answer is asked for. */
  readonly oldMessageSetID?: string;
  readonly responseData?: 'includeAll' | 'includeNone';
  /** Empty only in a set that asks for a stored answer or clears one. */
  readonly requests: readonly RequestMessage[];
}

/** A request. `requestID` is an echo of at most 50 characters. */
export type RequestMessage<N extends RequestName = RequestName> = { [K in N]: RequestOf<K> }[N];

interface RequestOf<N extends RequestName> extends RequestAttributes {
  readonly type: N;
  readonly body: BodyOf<N>;
}

export interface RequestAttributes {
  readonly requestID?: string;
  readonly metaData?: MetaData;
  readonly iterator?: Iteration;
  /** Which iterator to continue or stop. */
  readonly iteratorID?: string;
}
export type MetaData = 'NoMetaData' | 'MetaDataOnly' | 'MetaDataAndResponseData';
export type Iteration = 'Start' | 'Continue' | 'Stop';

export interface MessageSetResponse {
  readonly newMessageSetID?: string;
  /** Only where message-set IDs were used: 0, 600, or 9001 to 9005. */
  readonly messageSetStatusCode?: number;
  readonly responses: readonly ResponseMessage[];
}

export interface ResponseMessage {
  /** The name of the message without `Rs`; one that is not declared has no records. */
  readonly type: string;
  readonly requestID?: string;
  readonly status: Status;
  /** How many records the query would return: with metaData only, and approximate. */
  readonly retCount?: number;
  readonly iteratorRemainingCount?: number;
  readonly iteratorID?: string;
  readonly errorRecovery?: ErrorRecovery;
  readonly records: readonly AnyRecord[];
  /** The records that could not be read. The others are not spoiled by them. */
  readonly problems: readonly RecordProblem[];
}

export interface Status {
  readonly code: number;
  readonly severity: string;
  readonly message: string;
}

/** The code of a status that could not be read: what became of the request is unknown. */
export const UNREADABLE_STATUS = -1;

/** A record that could not be read. */
export interface RecordProblem {
  /** The record's element. */
  readonly element: string;
  /** Its TxnID or ListID, where that could be read. */
  readonly id?: string;
  /** Where the trouble is: `BillRet/ExpenseLineRet[2]/Amount`. */
  readonly path: string;
  /** The text found there, at most 200 characters; empty when something is missing. */
  readonly raw: string;
  /** What is wrong, in a sentence. */
  readonly reason: string;
}

/** The identity of what a write made, kept by QuickBooks with the stored answer (since 11.0). */
export const errorRecovery = element([
  atMostOneOf([required('ListID', id)], [required('OwnerID', guid)], [required('TxnID', id)]),
  optional('TxnNumber', int()),
  optional('EditSequence', editSequence),
  optional('ExternalGUID', guid),
]);
export type ErrorRecovery = ValueOf<typeof errorRecovery>;

/** The records of one kind in an answer. */
export function recordsOf<E extends RecordName>(response: ResponseMessage, name: E): readonly RecordOf<E>[] {
  const found: RecordOf<E>[] = [];
  for (const record of response.records) if (isOf(record, name)) found.push(record.value);
  return found;
}

const isOf = <E extends RecordName>(
  record: { readonly element: string; readonly value: unknown },
  name: E,
): record is { readonly element: E; readonly value: RecordOf<E> } => record.element === name;
