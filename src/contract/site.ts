/** What every visit to a company file has in common: which file is meant, what stands in the way, when the next is due. */

/**
 * How the right company file is told from another one, or from an older copy of itself: by a private value that Tandem
 * keeps in the file (a data extension of the company, invisible in QuickBooks).
 */
export interface FileMark {
  /** The value that the file should hold: company ID and enrolment GUID. */
  readonly expected: string;
  /** Other values that are taken for now, an empty text for a file without a marker; `postBills` then writes the expected one. */
  readonly alsoAccepts: readonly string[];
}

export const MARKER_OWNER = '{7b0f2a64-52c1-4c0e-9d0a-8e6f1f2f3c55}';
export const MARKER_NAME = 'Tandem';

/**
 * What a person must resolve before anything else happens for the company. The codes are those of the problem
 * catalogue; `detail` holds what the words need (file, found, expected, text of QuickBooks), each at most 300 characters.
 */
export interface Block {
  readonly code: BlockCode;
  readonly detail: Readonly<Record<string, string>>;
}
export type BlockCode =
  /** The marker of another company, or none where one was written. */
  | 'anotherFile'
  /** A known record is missing without a deletion record, or has an older version. */
  | 'olderCopy'
  /** An accountant's copy is open: what is written there is lost when it is sent back. */
  | 'accountantCopy'
  /** QuickBooks refuses the application or its user; someone at the customer must allow it. */
  | 'notAuthorized'
  /** The edition, version or installation of QuickBooks cannot do it. */
  | 'unsupportedQuickBooks'
  /** This connector and the cloud do not speak the same protocol. */
  | 'connectorTooOld';

/** When the connector will look at this company again, in milliseconds from now: the interval online, the rotation offline. */
export interface Visit {
  readonly nextDueMs: number;
}

/** Ended before it was whole: never picked up, cut off, or asked to stop. The store is asked how far it came. */
export type Stopped = { readonly kind: 'stopped' };
