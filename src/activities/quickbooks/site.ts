/**
 * What the activities need of the connector that hosts them: which companies it serves, and QuickBooks, for one task at
 * a time.
 */
import type { QuickBooksHost } from '../../quickbooks/index.ts';

/** A company that this connector serves. */
export interface ServedCompany {
  readonly id: string;
  /** Full path of the company file. */
  readonly file: string;
  /** The QuickBooks user that unattended sessions are to run as: for the words of a refusal. */
  readonly user?: string;
  /** Whether payments that are voided in MineralTree may be voided in the file: not unless it says so. */
  readonly allowVoids?: boolean;
}

export interface Site {
  /** Who this is, as `name@host`, and its version: for people. */
  readonly connector: string;
  readonly connectorVersion: string;
  /** Milliseconds from a result until this connector looks at the company again. */
  readonly nextDueMs: number;
  /** The company, if it is served here. */
  served(companyId: string): ServedCompany | undefined;
  /**
   * Does the work when QuickBooks is free for the company. `likelyMore` tells from the result whether another task of
   * the same company is likely, so that QuickBooks is kept for it a while. Throws `HandedBack` when it is not free in
   * time or the connector stops, and the signal's reason when that fires while waiting.
   */
  withQuickBooks<T>(
    companyId: string,
    signal: AbortSignal,
    work: (host: QuickBooksHost) => Promise<T>,
    likelyMore: (result: T) => boolean,
  ): Promise<T>;
}

/** The task was not begun: another connector, or this one later. */
export class HandedBack extends Error {
  override readonly name = 'HandedBack';
}
