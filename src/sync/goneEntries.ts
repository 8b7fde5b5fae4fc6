/**
 * List entries that vanished from QuickBooks: deleted, or merged into another.
 *
 * 1. QuickBooks logs no merge: an entry is gone, and what named it names another (qbXML 13.0). So a merge is known by the
 *    bills: those that named the vanished entry, read anew, all name one other in the same place.
 * 2. Nothing follows by itself but a problem: people choose entries in MineralTree, and an invoice that is being paid must not
 *    change its vendor under their hands.
 */
import type { LedgerBill, LedgerKind, ListRef } from '../domain/ledger.ts';
import { KIND_WORDS } from './billMapping.ts';
import type { Finding } from './finding.ts';

/** The kinds of entries that bills name. */
export const NAMED_KINDS = ['account', 'class', 'customer', 'item', 'terms', 'vendor'] as const satisfies LedgerKind[];
export type NamedKind = (typeof NAMED_KINDS)[number];
export const isNamedKind = (kind: LedgerKind): kind is NamedKind => NAMED_KINDS.some((one) => one === kind);

/** A bill as it was while the entry was there, and as it is now. */
export interface BillVersions {
  readonly before: LedgerBill;
  readonly now: LedgerBill;
}

export interface Merged {
  readonly into: ListRef;
  /** How many bills show it. */
  readonly bills: number;
}

/** What a vanished entry was merged into; undefined where no bill shows it, or bills show different entries. */
export function mergedInto(kind: NamedKind, id: string, bills: readonly BillVersions[]): Merged | undefined {
  const found = new Map<string, ListRef>();
  let count = 0;
  for (const { before, now } of bills) {
    const [was, is] = [placesOf(kind, before), placesOf(kind, now)];
    const moved = [...was].flatMap(([place, entry]) => (entry.id === id ? (is.get(place) ?? []) : []));
    for (const entry of moved) found.set(entry.id, entry);
    if (moved.length > 0) count += 1;
  }
  const [into, ...others] = found.values();
  return into === undefined || others.length > 0 || into.id === id ? undefined : { into, bills: count };
}

/** Entries of a kind that a bill named before and, in the same place, names another instead of now. */
export function leftEntries(kind: NamedKind, { before, now }: BillVersions): readonly string[] {
  const is = placesOf(kind, now);
  const left = [...placesOf(kind, before)].flatMap(([place, { id }]) => {
    const entry = is.get(place);
    return entry === undefined || entry.id === id ? [] : [id];
  });
  return [...new Set(left)];
}

/** The problem of an entry that vanished and that MineralTree has; without a trace where no log tells of it. */
export function goneEntry(
  entry: { readonly kind: NamedKind; readonly id: string; readonly name: string },
  bills: readonly BillVersions[],
  reason: 'deleted' | 'missing' = 'deleted',
): Finding {
  const named = { what: KIND_WORDS[entry.kind], name: entry.name };
  const merged = mergedInto(entry.kind, entry.id, bills);
  if (merged === undefined)
    return { code: reason === 'missing' ? 'missingInQuickBooks' : 'entryDeletedInQuickBooks', params: named };
  return {
    code: 'entryMergedInQuickBooks',
    params: { ...named, into: merged.into.name, count: String(merged.bills) },
  };
}

/** Where a bill names entries of a kind: the header by a word, lines by their TxnLineIDs. */
function placesOf(kind: NamedKind, bill: LedgerBill): ReadonlyMap<string, ListRef> {
  const places: (readonly [place: string, entry: ListRef | undefined])[] = [];
  switch (kind) {
    case 'vendor':
      places.push(['vendor', bill.vendor]);
      break;
    case 'terms':
      places.push(['terms', bill.terms]);
      break;
    case 'account':
      places.push(['apAccount', bill.apAccount], ...bill.expenseLines.map((one) => [one.lineId, one.account] as const));
      break;
    case 'item':
      places.push(...bill.itemLines.map((one) => [one.lineId, one.item] as const));
      break;
    case 'class':
    case 'customer':
      for (const line of [...bill.expenseLines, ...bill.itemLines]) places.push([line.lineId, line[kind]]);
  }
  return new Map(places.flatMap(([place, entry]) => (entry === undefined ? [] : [[place, entry]])));
}
