/**
 * Pages of records by ID.
 *
 * 1. An ID that QuickBooks does not have is `gone`; one ID that it stumbles over does not spoil the others.
 * 2. Records that the page has no room for are neither in it nor gone: the cloud asks for them again. One record at
 *    least is always in it.
 */
import { MAX_PAGE_BYTES, type Page, type Unreadable } from '../../contract/index.ts';
import type { LedgerKind, LedgerRecords } from '../../domain/ledger.ts';
import type { RequestMessage, ResponseMessage } from '../../qbxml/index.ts';
import { KINDS } from '../kinds.ts';
import { checkQuery, stumbledOverId } from '../queryStatus.ts';
import type { Answers, Session } from '../session.ts';
import { bytesOf, EMPTY_PAGE, type PageResult } from './page.ts';

type RecordsPage = Extract<Page, { readonly kind: 'records' }>;
const ID = 'records';

/** The page's request, for the first so many of its IDs. None for a page without IDs. */
export const recordsRequests = ({ of, ids }: RecordsPage, atMost: number): RequestMessage[] =>
  ids.length === 0 ? [] : [KINDS[of].request({ by: 'id', ids: ids.slice(0, atMost) }, { requestID: ID })];

/** Reads the page; with a second set, one query for each ID, where QuickBooks stumbled over one. */
export async function readRecords(
  session: Session,
  page: RecordsPage,
  first: Answers,
  atMost: number,
): Promise<PageResult> {
  const ids = page.ids.slice(0, atMost);
  if (ids.length === 0) return EMPTY_PAGE;
  const response = first.to(ID);
  if (!stumbledOverId(response)) {
    checkQuery(response);
    return pageOf(page.of, ids, [response]);
  }
  const single = (index: number): string => `${ID}-${index}`;
  const answers = await session.ask(
    ids.map((id, index) => KINDS[page.of].request({ by: 'id', ids: [id] }, { requestID: single(index) })),
  );
  const responses = ids.map((_, index) => answers.to(single(index)));
  for (const one of responses) if (!stumbledOverId(one)) checkQuery(one);
  return pageOf(page.of, ids, responses);
}

function pageOf<K extends LedgerKind>(
  kind: K,
  ids: readonly string[],
  responses: readonly ResponseMessage[],
): PageResult {
  const found = new Map<string, LedgerRecords[K]>();
  const unreadable: Unreadable[] = [];
  for (const response of responses) {
    const read = KINDS[kind].read(response);
    unreadable.push(...read.unreadable);
    for (const record of read.records) found.set(record.id, record);
  }
  const told = new Set(unreadable.flatMap(({ id }) => (id === undefined ? [] : [id])));
  // A record that could not be read and has no ID to tell by may be any of those that are missing.
  const anonymous = unreadable.some(({ id }) => id === undefined);
  const kept: LedgerRecords[K][] = [];
  let bytes = 0;
  for (const id of ids) {
    const record = found.get(id);
    if (record === undefined) continue;
    bytes += bytesOf(record);
    if (kept.length > 0 && bytes > MAX_PAGE_BYTES) break;
    kept.push(record);
  }
  const gone = anonymous ? [] : ids.filter((id) => !found.has(id) && !told.has(id));
  return { ...EMPTY_PAGE, records: { [kind]: kept }, unreadable, gone };
}
