/**
 * Watermarks, versions already seen, and canaries: what a pull request carries so that nothing is missed.
 *
 * 1. Where two accounts of the past differ, the older wins: what was read twice is left out by its edit sequence, what was
 *    never read is lost.
 * 2. A watermark moves only with a pull that was stored, and only for kinds that it read to the end.
 */
import {
  type Canary,
  type Key,
  MAX_CREDIT_VENDORS,
  MAX_SEEN,
  type PullRequest,
  type WatermarkKind,
  type Watermarks,
} from '../contract/pull.ts';
import { LEDGER_KINDS, type LedgerKind } from '../domain/ledger.ts';

/** A version that the cloud has: oldest first in a list of them. */
export interface Seen {
  readonly kind: LedgerKind;
  readonly id: string;
  readonly editSequence: string;
}

const WATERMARK_KINDS = [
  ...LEDGER_KINDS,
  'deletedTransactions',
  'deletedEntries',
] as const satisfies readonly WatermarkKind[];

/** Kind by kind the older one; a kind that one side never read counts as never read. */
export function olderWatermarks(a: Watermarks, b: Watermarks): Watermarks {
  return collect((kind) => {
    const [one, other] = [a[kind], b[kind]];
    return one === undefined || other === undefined ? undefined : Math.min(one, other);
  });
}

export const sameWatermarks = (a: Watermarks, b: Watermarks): boolean =>
  WATERMARK_KINDS.every((kind) => a[kind] === b[kind]);

/**
 * The watermarks after a pull was stored: the pull's for the kinds it read to the end, the others as they were. The pull's
 * holds even where it is older: then a clock was ahead, and the margin of two hours starts from the truth again.
 */
export const advanceWatermarks = (stored: Watermarks, pulled: Watermarks): Watermarks =>
  collect((kind) => pulled[kind] ?? stored[kind]);

/** Adds versions at the end; an older version of the same record goes; at most `MAX_SEEN` stay, the newest. */
export function rememberSeen(seen: readonly Seen[], added: readonly Seen[]): readonly Seen[] {
  const versions = new Map<string, Seen>();
  for (const one of [...seen, ...added]) {
    const record = `${one.kind} ${one.id}`;
    versions.delete(record);
    versions.set(record, one);
  }
  return [...versions.values()].slice(-MAX_SEEN);
}

/** The form in which a request carries them. */
export function seenByKind(seen: readonly Seen[]): PullRequest['seen'] {
  const entries = LEDGER_KINDS.flatMap((kind): [LedgerKind, Key[]][] => {
    const keys = seen.filter((one) => one.kind === kind).map((one): Key => [one.id, one.editSequence]);
    return keys.length === 0 ? [] : [[kind, keys]];
  });
  return Object.fromEntries(entries);
}

/** The newest known bill and the newest known vendor, by edit sequence: what an older copy of the file cannot have. */
export function chooseCanaries(known: {
  readonly bills: readonly Key[];
  readonly vendors: readonly Key[];
}): readonly Canary[] {
  return [...newest('bill', known.bills), ...newest('vendor', known.vendors)];
}

function newest(kind: Canary['kind'], keys: readonly Key[]): readonly Canary[] {
  const [first, ...rest] = keys;
  if (first === undefined) return [];
  const [id, editSequence] = rest.reduce(
    (best, key) => (compareEditSequences(key[1], best[1]) > 0 ? key : best),
    first,
  );
  return [{ kind, id, editSequence }];
}

/** Compares edit sequences as the numbers they are, whatever their length; one that is no number comes first. */
export function compareEditSequences(a: string, b: string): number {
  const [x, y] = [editNumber(a), editNumber(b)];
  return x < y ? -1 : x > y ? 1 : 0;
}

const editNumber = (editSequence: string): bigint => (/^\d{1,16}$/.test(editSequence) ? BigInt(editSequence) : -1n);

/** The vendors whose balances are asked for now, in turn: those after the last one asked, then from the start. */
export function creditVendorsInTurn(vendorIds: readonly string[], lastAsked: string | undefined): readonly string[] {
  const sorted = [...new Set(vendorIds)].sort();
  const after = lastAsked === undefined ? 0 : sorted.filter((id) => id <= lastAsked).length;
  return [...sorted.slice(after), ...sorted.slice(0, after)].slice(0, MAX_CREDIT_VENDORS);
}

function collect(at: (kind: WatermarkKind) => number | undefined): Watermarks {
  const entries = WATERMARK_KINDS.flatMap((kind): [WatermarkKind, number][] => {
    const value = at(kind);
    return value === undefined ? [] : [[kind, value]];
  });
  return Object.fromEntries(entries);
}
