/**
 * The page of changes: every kind that has a watermark, in one message set while little changed.
 *
 * 1. What the request lists as seen is read, counts for the watermark, and is left out.
 * 2. A kind is whole or in `overflow`, never cut: then it has no watermark and is read by keys.
 * 3. Nothing depends on the order in which QuickBooks answers.
 */
import { MAX_PAGE_BYTES, MAX_PAGE_IDS, type PullRequest, type Unreadable } from '../../contract/index.ts';
import { LEDGER_KINDS, type LedgerKind, type LedgerRecords } from '../../domain/ledger.ts';
import type { RequestMessage, ResponseMessage } from '../../qbxml/index.ts';
import { type Asking, KINDS } from '../kinds.ts';
import type { Answers, Session } from '../session.ts';
import { changedFrom } from '../wallTime.ts';
import { type Iteration, standing, starting } from './iteration.ts';
import { bytesOf, highestSequence, type PageRecords, type PageResult } from './page.ts';

/** More than this in one answer is not asked for, whatever was seen. */
const MAX_RETURNED = 500;

/** A kind while it is read. */
interface Gathering {
  readonly kind: LedgerKind;
  /** Where its query stands; undefined once it is read to its end. */
  readonly at: Iteration | undefined;
  readonly count: number;
  readonly bytes: number;
  readonly tooMany: boolean;
  readonly unreadable: readonly Unreadable[];
  readonly watermark: (clock: number) => number;
  take(response: ResponseMessage): void;
  /** Its records, as a page carries them. */
  records(): PageRecords;
}

/** How many records a kind's answer has at most: a page of them, and those that are seen already. */
export const changesSize = (request: PullRequest, kind: LedgerKind, atMost = MAX_RETURNED): number =>
  Math.min(MAX_PAGE_IDS + (request.seen[kind]?.length ?? 0), atMost);

/** The kinds that a page of changes reads: those that have a watermark. */
const kindsOf = ({ watermarks }: PullRequest): LedgerKind[] =>
  LEDGER_KINDS.filter((kind) => watermarks[kind] !== undefined);

const idOf = (kind: LedgerKind): string => `changed-${kind}`;

/** The requests of the page, with at most so many records in each answer that an iterator bounds. */
export const changesRequests = (request: PullRequest, atMost?: number): RequestMessage[] =>
  kindsOf(request).map((kind) =>
    changesRequest(request, kind, starting(idOf(kind), KINDS[kind].iterates, changesSize(request, kind, atMost))),
  );

/** Reads the page from the first answer on, with further sets while something remains that fits. */
export async function readChanges(
  session: Session,
  request: PullRequest,
  first: Answers,
  clock: number,
  pause: () => void,
  atMost?: number,
): Promise<PageResult> {
  const gathered = kindsOf(request).map((kind) => gatheringOf(kind, request));
  for (const gathering of gathered) gathering.take(first.to(idOf(gathering.kind)));
  for (;;) {
    const open = gathered.filter(({ at, tooMany }) => at !== undefined && !tooMany);
    if (open.length === 0) return cut(gathered, clock);
    pause();
    const answers = await session.ask(
      open.flatMap(({ kind, at }) =>
        at === undefined ? [] : [changesRequest(request, kind, at.next(changesSize(request, kind, atMost)))],
      ),
    );
    for (const gathering of open) gathering.take(answers.to(idOf(gathering.kind)));
  }
}

const changesRequest = (request: PullRequest, kind: LedgerKind, asking: Asking): RequestMessage =>
  KINDS[kind].request({ by: 'change', from: changedFrom(request.watermarks[kind] ?? 0) }, asking);

function gatheringOf<K extends LedgerKind>(kind: K, request: PullRequest): Gathering {
  const seen = new Map(request.seen[kind] ?? []);
  const records = new Map<string, LedgerRecords[K]>();
  const sequences = highestSequence();
  const unreadable: Unreadable[] = [];
  let bytes = 0;
  let at: Iteration | undefined;
  return {
    kind,
    unreadable,
    watermark: (clock) => sequences.watermark(clock),
    get at() {
      return at;
    },
    get count() {
      return records.size;
    },
    get bytes() {
      return bytes;
    },
    get tooMany() {
      return records.size > MAX_PAGE_IDS || bytes > MAX_PAGE_BYTES;
    },
    take(response) {
      at = standing(response, idOf(kind), at);
      const read = KINDS[kind].read(response);
      unreadable.push(...read.unreadable);
      for (const record of read.records) {
        sequences.see(record.editSequence);
        if (seen.get(record.id) === record.editSequence || records.has(record.id)) continue;
        records.set(record.id, record);
        bytes += bytesOf(record);
      }
    },
    records: () => (records.size === 0 ? {} : { [kind]: [...records.values()] }),
  };
}

/** Kinds go into the page whole, in the order in which they depend on each other, while they fit. */
function cut(gathered: readonly Gathering[], clock: number): PageResult {
  let records: PageRecords = {};
  const watermarks: Partial<Record<LedgerKind, number>> = {};
  const overflow: LedgerKind[] = [];
  const unreadable: Unreadable[] = [];
  let [count, bytes] = [0, 0];
  for (const gathering of gathered) {
    const { kind, tooMany } = gathering;
    if (tooMany || count + gathering.count > MAX_PAGE_IDS || bytes + gathering.bytes > MAX_PAGE_BYTES) {
      overflow.push(kind);
      continue;
    }
    count += gathering.count;
    bytes += gathering.bytes;
    unreadable.push(...gathering.unreadable);
    watermarks[kind] = gathering.watermark(clock);
    records = { ...records, ...gathering.records() };
  }
  return { records, unreadable, gone: [], watermarks, overflow };
}
