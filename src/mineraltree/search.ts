/**
 * Reading a search to its end, while records change under it.
 *
 * 1. The end is a page shorter than one before. How large a page MineralTree allows is not documented, so a page shorter
 *    than asked for is no end.
 * 2. A record that changes moves to the end of the order and shifts the others by one place. So pages are not counted:
 *    each next question asks from the `modified` of the last record read. A record may come twice, the later one newer;
 *    one that was there from beginning to end comes at least once.
 * 3. Where that cannot advance (more records of one second than fit a page, or an order that is not by `modified`), pages
 *    are counted instead, again and again until two passes in a row find the same.
 * 4. A record that cannot be read is handed on as such and spoils nothing else.
 *
 * The index lags writes by seconds: a search does not see what was just written, and a record found may be older than
 * its last change. Whoever writes keeps the answer of the write, and whoever asks for changes since a time asks from some
 * seconds before it.
 */
import { z } from 'zod';
import type { Caller } from './calls.ts';
import type { Entity, Identified, Reading } from './entities/entity.ts';
import { stamp, wireId } from './entities/field.ts';
import { MineralTreeError } from './errors.ts';
import { all, type Fiql, notBefore } from './fiql.ts';

export interface SearchOptions {
  /** How many records to ask for at once (default 500). */
  readonly pageSize?: number;
  /** How many questions a search may take before it counts as endless (default 5,000). */
  readonly maxPages?: number;
}

const DEFAULT_PAGE_SIZE = 500;
const DEFAULT_MAX_PAGES = 5000;
const MAX_PASSES = 20;

const Page = z.object({ count: z.int().nullish(), entities: z.array(z.unknown()).max(100_000) });
const Row = z.object({ id: wireId.optional().catch(undefined), modified: stamp.optional().catch(undefined) });

interface Row {
  readonly raw: unknown;
  /** The ID, or the whole row as text where it has none. */
  readonly key: string;
  readonly modified: string | undefined;
}

/**
 * All records of a view that an expression holds for, oldest change first.
 *
 * @throws MineralTreeError, also `malformedAnswer` when the search does not come to an end.
 */
export async function* search<T extends Identified>(
  call: Caller,
  companyId: string,
  entity: Entity<T>,
  query: Fiql,
  options: SearchOptions = {},
): AsyncGenerator<Reading<T>, void, undefined> {
  if (entity.search === undefined)
    throw new MineralTreeError('unwritable', `${entity.wrapper} cannot be searched for`, { outcome: 'notSent' });
  const { view } = entity.search;
  const maxPages = options.maxPages ?? DEFAULT_MAX_PAGES;
  let asked = 0;
  const ask: Ask = async (since, page, count) => {
    asked += 1;
    if (asked > maxPages) throw malformed(`a search of ${view} did not end within ${maxPages} pages`);
    const condition = since === undefined ? query : all(query, notBefore('modified', since));
    const body = { view, query: condition.fiql, page, count, sortField: 'modified', sortAsc: true };
    return rowsOf(await call({ method: 'POST', path: `/search/${companyId}/objects`, body, write: false }), view);
  };
  /** The `modified` under which each record was handed on last. */
  const known = new Map<string, string | undefined>();
  for await (const rows of pages(ask, options.pageSize ?? DEFAULT_PAGE_SIZE))
    for (const row of rows) {
      if (known.has(row.key) && known.get(row.key) === row.modified) continue;
      known.set(row.key, row.modified);
      yield entity.read(row.raw);
    }
}

type Ask = (since: string | undefined, page: number, count: number) => Promise<readonly Row[]>;

/** The pages of a search, some rows more than once. */
async function* pages(ask: Ask, pageSize: number): AsyncGenerator<readonly Row[], void, undefined> {
  let since: string | undefined;
  let rows = await ask(since, 0, pageSize);
  yield rows;
  // The most that MineralTree gave at once; what it allows may be less than what was asked for.
  let size = Math.max(rows.length, 1);
  while (rows.length >= size) {
    size = rows.length;
    const last = rows.at(-1);
    const mark = last?.modified;
    if (last === undefined || mark === undefined || !inOrder(rows) || !isAfter(mark, rows[0]?.modified))
      return yield* passes(ask, since, rows);
    const next = await ask(mark, 0, pageSize);
    // Gone from where it just was: changed meanwhile, or the index is not in the order that its records show.
    const goesOn = next.some((row) => row.key === last.key) && !next.some((row) => isBefore(row.modified, mark));
    if (!goesOn) return yield* passes(ask, since, rows);
    since = mark;
    rows = next;
    yield rows;
  }
}

/** Counts pages from the first, which was just read, to the last; again and again until two passes find the same. */
async function* passes(
  ask: Ask,
  since: string | undefined,
  first: readonly Row[],
): AsyncGenerator<readonly Row[], void, undefined> {
  const size = first.length;
  let before: ReadonlySet<string> = new Set();
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const found = new Set<string>();
    for (let page = 0; ; page += 1) {
      const rows = pass === 0 && page === 0 ? first : await ask(since, page, size);
      yield rows;
      const known = found.size;
      for (const row of rows) found.add(`${row.key} ${row.modified}`);
      // Places only ever move forward: a pass that has found all of the one before, and nothing else, is at its end.
      if (before.size > 0 && found.size >= before.size && isSubset(found, before)) return;
      if (rows.length < size || found.size === known) break;
    }
    before = found;
  }
}

const isSubset = (part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean =>
  [...part].every((entry) => whole.has(entry));

function rowsOf(answer: unknown, view: string): readonly Row[] {
  const page = Page.safeParse(answer);
  if (!page.success) throw malformed(`answer to a search of ${view} is not a page of records`);
  return page.data.entities.map((raw) => {
    const row = Row.safeParse(raw);
    const { id, modified } = row.success ? row.data : { id: undefined, modified: undefined };
    return { raw, key: id ?? JSON.stringify(raw), modified };
  });
}

const inOrder = (rows: readonly Row[]): boolean =>
  rows.every((row, place) => {
    const before = rows[place - 1]?.modified;
    return place === 0 || row.modified === undefined || before === undefined || !isAfter(before, row.modified);
  });

/** Compared as instants: with and without fractions of a second, text would not sort. */
const isAfter = (a: string, b: string | undefined): boolean => b === undefined || Date.parse(a) > Date.parse(b);

const isBefore = (a: string | undefined, b: string): boolean => a !== undefined && isAfter(b, a);

const malformed = (message: string): MineralTreeError =>
  new MineralTreeError('malformedAnswer', message, { outcome: 'notApplied' });
