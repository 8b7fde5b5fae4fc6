/**
 * Pages of keys: IDs and edit sequences of one kind.
 *
 * 1. A page depends on its request alone. Lists are read whole and cut by ID; transactions come in slices by date.
 * 2. At most `MAX_KEYS` on a page, in bounded memory, in whatever order QuickBooks answers.
 */
import { MAX_KEYS, type Page, type Unreadable } from '../../contract/index.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import { isTransactionKind } from '../../domain/ledger.ts';
import type { RequestMessage } from '../../qbxml/index.ts';
import { type Asking, type DatedKey, KINDS, type Selection } from '../kinds.ts';
import type { Answers, Session } from '../session.ts';
import { SiteTrouble } from '../trouble.ts';
import { byDateAndId, closeSlice, isAfter, narrower, readCursor, writeCursor } from './dateSlice.ts';
import { drain, starting } from './iteration.ts';
import { byText, lowest } from './lowest.ts';
import { EMPTY_PAGE, type PageResult } from './page.ts';

type KeysPage = Extract<Page, { readonly kind: 'keys' }>;

/** Keys in one answer: they are small. */
const KEYS_IN_ANSWER = 1_000;
const MAX_GUESSES = 12;
const ID = 'keys';

/** The page's first request. */
export const keysRequest = (page: KeysPage): RequestMessage =>
  isTransactionKind(page.of) ? datedRequest(page, undefined, begin(page.of)) : listRequest(page, begin(page.of));

/** Reads the page from its first answer on. */
export function readKeys(session: Session, page: KeysPage, first: Answers, pause: () => void): Promise<PageResult> {
  return isTransactionKind(page.of) ? datedKeys(session, page, first, pause) : listKeys(session, page, first, pause);
}

const begin = (of: KeysPage['of']): Asking => starting(ID, KINDS[of].iterates, KEYS_IN_ANSWER);

const listRequest = ({ of, openOnly = false }: KeysPage, asking: Asking): RequestMessage =>
  KINDS[of].request({ by: 'key', openOnly }, asking);

async function listKeys(session: Session, page: KeysPage, first: Answers, pause: () => void): Promise<PageResult> {
  const { of, after } = page;
  const kept = lowest<DatedKey>(MAX_KEYS, (a, b) => byText(a.key[0], b.key[0]));
  const unreadable: Unreadable[] = [];
  await drain(
    session,
    first.to(ID),
    KEYS_IN_ANSWER,
    (asking) => listRequest(page, asking),
    (response) => {
      const read = KINDS[of].keys(response);
      unreadable.push(...read.unreadable);
      for (const entry of read.records) if (after === undefined || byText(entry.key[0], after) > 0) kept.add(entry);
    },
    pause,
  );
  const found = kept.taken().map(({ key }) => key);
  const next = kept.cut ? found.at(-1)?.[0] : undefined;
  return { ...EMPTY_PAGE, unreadable, keys: { of, found, ...(next === undefined ? {} : { next }) } };
}

function datedRequest(page: KeysPage, toDate: CalendarDate | undefined, asking: Asking): RequestMessage {
  const fromDate = cursorOf(page)?.date;
  const selection: Selection = {
    by: 'key',
    openOnly: page.openOnly ?? false,
    ...(fromDate === undefined ? {} : { fromDate }),
    ...(toDate === undefined ? {} : { toDate }),
  };
  return KINDS[page.of].request(selection, asking);
}

function cursorOf({ after }: KeysPage) {
  if (after === undefined) return undefined;
  const cursor = readCursor(after);
  if (cursor === undefined) throw new SiteTrouble('retry', `"${after}" is no place in a list of transactions`);
  return cursor;
}

async function datedKeys(session: Session, page: KeysPage, answers: Answers, pause: () => void): Promise<PageResult> {
  const cursor = cursorOf(page);
  let first = answers.to(ID);
  let to: CalendarDate | undefined;
  for (let guesses = 0; guesses < MAX_GUESSES; guesses += 1) {
    const sample = KINDS[page.of].keys(first).records.flatMap(({ date }) => (date === undefined ? [] : [date]));
    const total = sample.length + (first.iteratorRemainingCount ?? 0);
    if (total <= MAX_KEYS) break;
    const smaller = narrower({
      ...(cursor === undefined ? {} : { from: cursor.date }),
      ...(to === undefined ? {} : { to }),
      sample,
      total,
      most: MAX_KEYS,
    });
    if (smaller === undefined) break;
    to = smaller;
    pause();
    first = (await session.ask([datedRequest(page, to, begin(page.of))])).to(ID);
  }
  const kept = lowest<{ readonly id: string; readonly date: CalendarDate; readonly key: DatedKey['key'] }>(
    MAX_KEYS,
    byDateAndId,
  );
  const unreadable: Unreadable[] = [];
  await drain(
    session,
    first,
    KEYS_IN_ANSWER,
    (asking) => datedRequest(page, to, asking),
    (response) => {
      const read = KINDS[page.of].keys(response);
      unreadable.push(...read.unreadable);
      for (const { key, date } of read.records) {
        if (date === undefined) unreadable.push({ kind: page.of, id: key[0], reason: 'TxnDate is missing' });
        else if (isAfter(cursor, date, key[0])) kept.add({ id: key[0], date, key });
      }
    },
    pause,
  );
  const closed = closeSlice(kept.taken(), kept.cut, to);
  return {
    ...EMPTY_PAGE,
    unreadable,
    keys: {
      of: page.of,
      found: closed.kept.map(({ key }) => key),
      ...(closed.next === undefined ? {} : { next: writeCursor(closed.next) }),
    },
  };
}
