/**
 * The pages of a first load, and of any kind with more changes than a page holds: keys, then the records that are needed,
 * then the next keys; kind after kind.
 */
import type { Page, Pull, Watermarks } from '../contract/pull.ts';
import type { LedgerKind } from '../domain/ledger.ts';

/** Small, kept in the store. IDs that wait to be read are the store's to keep (at most `MAX_KEYS` at a time). */
export interface LoadState {
  /** Kinds still to be read, the first one under way; empty when there is nothing to load. */
  readonly kinds: readonly LedgerKind[];
  readonly keys:
    | { readonly kind: 'first' }
    | { readonly kind: 'after'; readonly after: string }
    | { readonly kind: 'done' };
  /** The host's clock (Unix seconds) at the first page of keys of the kind under way: becomes its watermark. */
  readonly since?: number;
  /** The first load of a company also starts the two logs of deletions: their watermark. */
  readonly deletionsSince?: number;
  readonly first: boolean;
}
export type LoadStep =
  /** Ask this page; `done` are watermarks of kinds that turned out to be complete. */
  { readonly state: LoadState; readonly page: Page; readonly watermarks: Watermarks; readonly more: boolean };

export function startFirstLoad(): LoadState {
  throw new Error('being written');
}
/** Adds kinds that a `changes` page reported as overflowing. */
export function loadAlso(_state: LoadState, _kinds: readonly LedgerKind[]): LoadState {
  throw new Error('being written');
}
/** After a page of keys was stored. */
export function afterKeys(_state: LoadState, _pull: Pick<Pull, 'keys' | 'clock'>): LoadState {
  throw new Error('being written');
}
/** The next page. `waiting`: the IDs of the kind under way that are still to be read (the first 100 of them suffice). */
export function nextPage(_state: LoadState, _waiting: readonly string[]): LoadStep {
  throw new Error('being written');
}
export function loadProgress(_kind: LedgerKind, _counts: { readonly read: number; readonly known: number }): string {
  throw new Error('being written');
}
