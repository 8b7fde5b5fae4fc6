/**
 * What one request of a message set is answered with, before it is written as qbXML.
 *
 * Leaves to others: the order of requests, recovery and the envelope (`messageSet.ts`).
 */
import type { AnyRecord, ErrorRecovery, Status } from '../../qbxml/index.ts';

export interface Answer {
  readonly status: Status;
  readonly records: readonly AnyRecord[];
  readonly retCount?: number;
  readonly iteratorRemainingCount?: number;
  readonly iteratorID?: string;
  readonly errorRecovery?: ErrorRecovery;
}

const WARNINGS_FROM = 500;
const ERRORS_FROM = 1000;

/** A status with the severity of its code. */
export function status(code: number, message: string): Status {
  return { code, severity: code >= ERRORS_FROM ? 'Error' : code >= WARNINGS_FROM ? 'Warn' : 'Info', message };
}

export const OK = status(0, 'Status OK');
export const NOTHING_FOUND = status(1, 'A query request did not find a matching object in QuickBooks');

/** Some of the records that were asked for by ID or name are not there; the others come all the same. */
export const incomplete = (missing: string): Status =>
  status(
    500,
    `The query request has not been fully completed. There was a required element ("${missing}") that could not be found in QuickBooks.`,
  );

export const answered = (record: AnyRecord, errorRecovery: ErrorRecovery): Answer => ({
  status: OK,
  records: [record],
  errorRecovery,
});

export const refused = (code: number, message: string): Answer => ({ status: status(code, message), records: [] });

/**
 * A record with only the children that IncludeRetElement names, if it names any. The ID stays in any case (unverified);
 * unknown names are ignored.
 */
export function onlyElements<V extends object>(value: V, wanted: readonly string[] | undefined): V {
  if (wanted === undefined || wanted.length === 0) return value;
  const kept = new Set(['TxnID', 'ListID', ...wanted]);
  // Lines of two kinds stand mixed under a key of the codec's own.
  if (kept.has('ItemLineRet') || kept.has('ItemGroupLineRet')) kept.add('ItemLines');
  if (kept.has('JournalDebitLine') || kept.has('JournalCreditLine')) kept.add('JournalLines');
  return Object.fromEntries(Object.entries(value).filter(([name]) => kept.has(name))) as V;
}
