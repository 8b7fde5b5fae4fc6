/**
 * How much of what a query found comes in one answer: MaxReturned, metaData, and iterators.
 *
 * 1. An iterator belongs to one session and is gone with it. It keeps IDs only: contents are read when a page is asked
 *    for, and what was deleted meanwhile is left out.
 * 2. A page costs what it holds: the search is made once, at Start.
 */
import { randomUUID } from 'node:crypto';
import type { AnyRecord, RequestAttributes, Status } from '../../qbxml/index.ts';
import { type Answer, incomplete, NOTHING_FOUND, OK } from './answer.ts';
import type { Stamped } from './records.ts';
import { invalidId, missing } from './refusal.ts';
import type { Selection } from './selection.ts';

interface OpenIterator {
  readonly query: string;
  readonly ids: readonly string[];
  position: number;
}

/** The iterators of one session. */
export type Iterators = Map<string, OpenIterator>;

export interface PagedQuery<T extends Stamped> {
  /** The name of the query, to which an iterator is bound. */
  readonly query: string;
  readonly attributes: RequestAttributes;
  readonly maxReturned: number | undefined;
  readonly iterators: Iterators;
  select(): Selection<T>;
  get(id: string): T | undefined;
  write(record: T): AnyRecord;
}

/** Throws `Refused`: 3000 an unknown iterator, 3150 an iterator without MaxReturned (text unverified). */
export function answerPage<T extends Stamped>(paged: PagedQuery<T>): Answer {
  const { iterator } = paged.attributes;
  if (iterator !== undefined) return iterated(paged, iterator);
  const { found, missing: absent } = paged.select();
  return {
    status: statusOf(found.length, absent),
    ...counted(paged, found.length, paged.maxReturned === undefined ? found : found.slice(0, paged.maxReturned)),
  };
}

function iterated<T extends Stamped>(paged: PagedQuery<T>, step: 'Start' | 'Continue' | 'Stop'): Answer {
  const { iterators, maxReturned } = paged;
  if (step === 'Stop') {
    const { id } = known(paged);
    iterators.delete(id);
    return { status: OK, records: [], iteratorRemainingCount: 0, iteratorID: id };
  }
  if (maxReturned === undefined) throw missing('MaxReturned');
  const { id, open } = step === 'Start' ? started(paged) : known(paged);
  const page: T[] = [];
  while (page.length < maxReturned && open.position < open.ids.length) {
    const record = paged.get(open.ids[open.position] ?? '');
    open.position += 1;
    if (record !== undefined) page.push(record);
  }
  const remaining = open.ids.length - open.position;
  if (remaining === 0) iterators.delete(id);
  return {
    status: page.length === 0 ? NOTHING_FOUND : OK,
    ...counted(paged, open.ids.length, page),
    iteratorRemainingCount: remaining,
    iteratorID: id,
  };
}

function started<T extends Stamped>(paged: PagedQuery<T>): { id: string; open: OpenIterator } {
  const id = `{${randomUUID()}}`;
  const open = { query: paged.query, ids: paged.select().found.map((record) => record.id), position: 0 };
  paged.iterators.set(id, open);
  return { id, open };
}

function known<T extends Stamped>(paged: PagedQuery<T>): { id: string; open: OpenIterator } {
  const id = paged.attributes.iteratorID ?? '';
  const open = paged.iterators.get(id);
  if (open === undefined || open.query !== paged.query) throw invalidId(id, 'iteratorID');
  return { id, open };
}

function counted<T extends Stamped>(
  paged: PagedQuery<T>,
  count: number,
  page: readonly T[],
): Pick<Answer, 'records' | 'retCount'> {
  const { metaData } = paged.attributes;
  const withCount = metaData === 'MetaDataOnly' || metaData === 'MetaDataAndResponseData';
  return {
    records: metaData === 'MetaDataOnly' ? [] : page.map((record) => paged.write(record)),
    ...(withCount ? { retCount: count } : {}),
  };
}

function statusOf(found: number, absent: readonly string[]): Status {
  const [first] = absent;
  if (first !== undefined) return incomplete(first);
  return found === 0 ? NOTHING_FOUND : OK;
}
