/**
 * The index that search reads: for each company and kind the records by ID, by externalId and by (modified, ID).
 *
 * 1. It follows the books by the index lag: until a write is as old as the lag, search knows the record as it was before.
 * 2. Records in it are those that were current when they were written; what refers to another record is answered with
 *    that record as it is.
 */
import type { Kind } from './entities.ts';
import type { AnyRecord } from './record.ts';

interface Shelf {
  readonly byId: Map<string, AnyRecord>;
  readonly byExternalId: Map<string, Map<string, AnyRecord>>;
  /** By `modified`, then ID. */
  readonly ordered: AnyRecord[];
}

/** What narrows a search before its conditions are looked at one by one. All absent: everything. */
export interface Narrowing {
  readonly ids?: readonly string[];
  readonly externalIds?: readonly string[];
  /** Inclusive. */
  readonly modifiedFrom?: string;
  readonly modifiedTo?: string;
}

export interface SearchIndex {
  /** Fills the index at start, all seen at once. */
  load(records: Iterable<AnyRecord>): void;
  /** A write at `nowMs`: the record, or undefined for one that was taken away. */
  note(nowMs: number, companyId: string, kind: Kind, id: string, record: AnyRecord | undefined): void;
  /** Candidates in order of (modified, ID), as known at `nowMs`. */
  candidates(nowMs: number, lagMs: number, companyId: string, kind: Kind, by: Narrowing): readonly AnyRecord[];
}

interface Noted {
  readonly at: number;
  readonly companyId: string;
  readonly kind: Kind;
  readonly id: string;
  readonly record: AnyRecord | undefined;
}

export function createSearchIndex(): SearchIndex {
  const shelves = new Map<string, Shelf>();
  let waiting: Noted[] = [];

  const shelfOf = (companyId: string, kind: Kind): Shelf => {
    const key = `${companyId}/${kind}`;
    let shelf = shelves.get(key);
    if (shelf === undefined) {
      shelf = { byId: new Map(), byExternalId: new Map(), ordered: [] };
      shelves.set(key, shelf);
    }
    return shelf;
  };

  const catchUp = (nowMs: number, lagMs: number): void => {
    const seen = waiting.findIndex(({ at }) => at > nowMs - lagMs);
    const due = seen === -1 ? waiting : waiting.slice(0, seen);
    waiting = seen === -1 ? [] : waiting.slice(seen);
    for (const { companyId, kind, id, record } of due) replace(shelfOf(companyId, kind), id, record);
  };

  return {
    load(records) {
      const touched = new Set<Shelf>();
      for (const record of records) {
        const shelf = shelfOf(record.companyId, record.kind);
        shelf.ordered.push(record);
        file(shelf, record);
        touched.add(shelf);
      }
      for (const { ordered } of touched) ordered.sort(inOrder);
    },
    note(at, companyId, kind, id, record) {
      waiting.push({ at, companyId, kind, id, record });
      // Without a search nobody would ever fetch what waits; what is older than the longest lag need not wait.
      if (waiting.length % MANY === 0) catchUp(at, MAX_LAG_MS);
    },
    candidates(nowMs, lagMs, companyId, kind, by) {
      catchUp(nowMs, lagMs);
      const { byId, byExternalId, ordered } = shelfOf(companyId, kind);
      if (by.ids !== undefined) return [...new Set(by.ids)].flatMap((id) => byId.get(id) ?? []).sort(inOrder);
      if (by.externalIds !== undefined)
        return [...new Set(by.externalIds)].flatMap((id) => [...(byExternalId.get(id)?.values() ?? [])]).sort(inOrder);
      const from = by.modifiedFrom === undefined ? 0 : placeOf(ordered, by.modifiedFrom, '');
      const to = by.modifiedTo === undefined ? ordered.length : placeOf(ordered, by.modifiedTo, AFTER_ALL);
      return ordered.slice(from, to);
    },
  };
}

const MAX_LAG_MS = 10_000;
const MANY = 1_000;
/** Sorts after every ID. */
const AFTER_ALL = '~';

function replace(shelf: Shelf, id: string, record: AnyRecord | undefined): void {
  const before = shelf.byId.get(id);
  if (before !== undefined) {
    shelf.ordered.splice(placeOf(shelf.ordered, before.modified, id), 1);
    shelf.byId.delete(id);
    shelf.byExternalId.get(before.externalId)?.delete(id);
  }
  if (record === undefined) return;
  shelf.ordered.splice(placeOf(shelf.ordered, record.modified, id), 0, record);
  file(shelf, record);
}

function file(shelf: Shelf, record: AnyRecord): void {
  shelf.byId.set(record.id, record);
  const same = shelf.byExternalId.get(record.externalId);
  if (same === undefined) shelf.byExternalId.set(record.externalId, new Map([[record.id, record]]));
  else same.set(record.id, record);
}

const inOrder = (a: AnyRecord, b: AnyRecord): number => compare(a, b.modified, b.id);

const compare = (record: AnyRecord, modified: string, id: string): number =>
  record.modified === modified ? order(record.id, id) : order(record.modified, modified);

const order = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The first place whose record does not come before (modified, ID). */
function placeOf(ordered: readonly AnyRecord[], modified: string, id: string): number {
  let [low, high] = [0, ordered.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const record = ordered[middle];
    if (record !== undefined && compare(record, modified, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
