/**
 * A pull: one visit to a company file that reads one page.
 *
 * 1. One message set where nothing changed: the page and its frame travel together. One more for what the settlement of
 *    bills needs, where a bill, a credit or a payment changed.
 * 2. The whole pull or nothing: what QuickBooks answers wrongly, cut off or endlessly fails the visit and moves nothing.
 * 3. An answer too large to take is asked for again in smaller pieces.
 */
import { MAX_PAGE_IDS, PROTOCOL, type Pull, type PullRequest, type Visit } from '../../contract/index.ts';
import { AnswerTooLarge } from '../processor.ts';
import type { Session } from '../session.ts';
import { SiteTrouble } from '../trouble.ts';
import { changesRequests, readChanges } from './changes.ts';
import { frameRequests, readFrame } from './frame.ts';
import { keysRequest, readKeys } from './keys.ts';
import type { PageResult } from './page.ts';
import { readRecords, recordsRequests } from './recordsPage.ts';
import { withSettlement } from './settlement.ts';

export interface PullOptions {
  /** The connector, as `host#installation`, and its version. */
  readonly connector: string;
  readonly connectorVersion: string;
  /** The company file as configured. */
  readonly fileName: string;
  readonly visit: Visit;
  /** Unix seconds. */
  readonly clock: () => number;
  /** Called between two message sets: throws `Stopped` when asked to stop. */
  readonly pause: () => void;
}

/** A list in which nothing can be read is one problem, not thousands. */
const MAX_UNREADABLE = 200;

/** Records in one answer: as many as a page holds and what was seen, then less where an answer is too large. */
const SIZES: readonly (number | undefined)[] = [undefined, 20, 3, 1];

/** Reads the page that the request asks for. Throws `SiteBlock`, `SiteTrouble`, `Stopped`, `TooLate`. */
export async function pullPage(session: Session, request: PullRequest, options: PullOptions): Promise<Pull> {
  for (const atMost of SIZES) {
    try {
      return await pullWith(session, request, options, atMost);
    } catch (error) {
      if (!(error instanceof AnswerTooLarge)) throw error;
      options.pause();
    }
  }
  throw new SiteTrouble('retry', 'QuickBooks gives an answer that is too large, even for one record');
}

async function pullWith(
  session: Session,
  request: PullRequest,
  options: PullOptions,
  atMost: number | undefined,
): Promise<Pull> {
  const { page } = request;
  const clock = options.clock();
  const own =
    page.kind === 'changes'
      ? changesRequests(request, atMost)
      : page.kind === 'keys'
        ? [keysRequest(page)]
        : recordsRequests(page, atMost ?? MAX_PAGE_IDS);
  const answers = await session.ask([...frameRequests(request), ...own]);
  const frame = await readFrame(session, request, answers, options.fileName, clock);
  const read: PageResult =
    page.kind === 'changes'
      ? await readChanges(session, request, answers, clock, options.pause, atMost)
      : page.kind === 'keys'
        ? await readKeys(session, page, answers, options.pause)
        : await readRecords(session, page, answers, atMost ?? MAX_PAGE_IDS);
  const { result, balances } = await withSettlement(session, request, read, options.pause);
  return {
    protocol: PROTOCOL,
    companyId: request.companyId,
    pullId: request.pullId,
    connector: options.connector,
    connectorVersion: options.connectorVersion,
    ...(frame.product === undefined ? {} : { product: frame.product }),
    ...(frame.file.companyName === undefined ? {} : { companyName: frame.file.companyName }),
    clock,
    records: result.records,
    unreadable: result.unreadable.slice(0, MAX_UNREADABLE),
    ...(result.keys === undefined ? {} : { keys: result.keys }),
    gone: result.gone,
    deleted: frame.deleted,
    // Those asked for last are as new as the bills that came with them.
    balances: [...new Map([...frame.balances, ...balances].map((one) => [one.vendorId, one])).values()],
    preferences: frame.preferences,
    ...(frame.file.marker === undefined ? {} : { marker: frame.file.marker }),
    watermarks: { ...frame.watermarks, ...result.watermarks },
    overflow: result.overflow,
    visit: options.visit,
  };
}
