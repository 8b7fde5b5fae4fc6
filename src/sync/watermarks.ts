/**
 * Watermarks, versions already seen, and canaries: what a pull request carries so that nothing is missed.
 */
import type { Canary, Key, PullRequest, Watermarks } from '../contract/pull.ts';
import type { LedgerKind } from '../domain/ledger.ts';

/** A version that the cloud has: oldest first in a list of them. */
export interface Seen {
  readonly kind: LedgerKind;
  readonly id: string;
  readonly editSequence: string;
}
/** Kind by kind the older one; a kind that one side never read counts as never read. */
export function olderWatermarks(_a: Watermarks, _b: Watermarks): Watermarks {
  throw new Error('being written');
}
export function sameWatermarks(_a: Watermarks, _b: Watermarks): boolean {
  throw new Error('being written');
}
/** The watermarks after a pull was stored: the pull's for the kinds it read to the end, the others as they were. */
export function advanceWatermarks(_stored: Watermarks, _pulled: Watermarks): Watermarks {
  throw new Error('being written');
}
/** Adds versions at the end; an older version of the same record goes; at most `MAX_SEEN` stay, the newest. */
export function rememberSeen(_seen: readonly Seen[], _added: readonly Seen[]): readonly Seen[] {
  throw new Error('being written');
}
export function seenByKind(_seen: readonly Seen[]): PullRequest['seen'] {
  throw new Error('being written');
}
/** The newest known bill and the newest known vendor, by edit sequence. */
export function chooseCanaries(_known: {
  readonly bills: readonly Key[];
  readonly vendors: readonly Key[];
}): readonly Canary[] {
  throw new Error('being written');
}
/** Compares edit sequences as numbers, whatever their length. */
export function compareEditSequences(_a: string, _b: string): number {
  throw new Error('being written');
}
