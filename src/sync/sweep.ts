/**
 * Keys found in QuickBooks compared with what the store has: what to read, and what is gone.
 */
import type { Key } from '../contract/pull.ts';

export interface Sweep {
  /** IDs that are new or have another edit sequence: to be read as records. */
  readonly needed: readonly string[];
  /** IDs that the store has and QuickBooks did not list: gone without a deletion record, when the list was whole. */
  readonly missing: readonly string[];
}

/** @param known what the store has of the same scope (all of a kind, or the open ones for an `openOnly` sweep). */
export function compareKeys(found: readonly Key[], known: readonly Key[]): Sweep {
  const listed = new Map(found);
  const had = new Map(known);
  return {
    needed: [...listed].filter(([id, editSequence]) => had.get(id) !== editSequence).map(([id]) => id),
    missing: [...had.keys()].filter((id) => !listed.has(id)),
  };
}
