/**
 * Records gathered for a page, by kind, within its limits; and the watermark that a kind has once it is read to its end.
 */
import type { Unreadable } from '../../contract/index.ts';
import type { LedgerKind, LedgerRecords } from '../../domain/ledger.ts';

export type PageRecords = { readonly [K in LedgerKind]?: readonly LedgerRecords[K][] };

/** The part of a pull that differs between pages. */
export interface PageResult {
  readonly records: PageRecords;
  readonly unreadable: readonly Unreadable[];
  readonly keys?: {
    readonly of: LedgerKind;
    readonly found: readonly (readonly [id: string, editSequence: string])[];
    readonly next?: string;
  };
  readonly gone: readonly string[];
  readonly watermarks: Readonly<Partial<Record<LedgerKind, number>>>;
  readonly overflow: readonly LedgerKind[];
}

export const EMPTY_PAGE: PageResult = { records: {}, unreadable: [], gone: [], watermarks: {}, overflow: [] };

/** The size of a record as it travels, before compression. */
export const bytesOf = (record: LedgerRecords[LedgerKind]): number => Buffer.byteLength(JSON.stringify(record)) + 1;

/** QuickBooks is younger than 1990. */
const EARLIEST = 631_152_000;

/** Follows the highest edit sequence among all records read. */
export interface HighestSequence {
  see(editSequence: string): void;
  /** The smaller of the clock and the highest edit sequence seen; the clock where none was. Unix seconds. */
  watermark(clock: number): number;
}

export function highestSequence(): HighestSequence {
  let highest: number | undefined;
  return {
    see(editSequence) {
      // An edit sequence is the Unix second of the change; anything else says nothing about time.
      const second = /^\d{1,12}$/.test(editSequence) ? Number(editSequence) : 0;
      if (second >= EARLIEST) highest = Math.max(highest ?? 0, second);
    },
    watermark: (clock) => (highest === undefined ? clock : Math.min(clock, highest)),
  };
}
