/**
 * One task of a company at the site, from the moment it arrives to its result.
 *
 * 1. Heartbeats tell that QuickBooks' host answers, or that the task waits for QuickBooks; nothing else.
 * 2. No request is begun by an attempt that Temporal may have given to another connector.
 * 3. A pause ends a task between two message sets, by a value; a stopping connector hands it back; what a person must
 *    resolve is a value too. Everything else fails the attempt, and is retried.
 */
import { ApplicationFailure, Context } from '@temporalio/activity';
import { type Block, FAILURE, isUnreadable, PROTOCOL, type Visit } from '../../contract/index.ts';
import {
  createDeadline,
  type QuickBooksHost,
  type SendLimits,
  type Session,
  SiteBlock,
  SiteTrouble,
  Stopped,
  withSession,
} from '../../quickbooks/index.ts';
import { failureOf } from './failure.ts';
import { HandedBack, type ServedCompany, type Site } from './site.ts';

/** First wait before a retry where Temporal does not tell it; production never sets less. */
const RETRY_MS = 15_000;
/** The worker is told five seconds after its time is over; two more for clocks and threads. */
const TOLD_LATE_MS = 7_000;
/** Tests retry sooner than production may: then a request has this long to be begun. */
const SHORTEST_WINDOW_MS = 1_500;
const HEARTBEAT_MS = 30_000;
const SLOWEST_BEAT_MS = 5_000;
const NEVER: SendLimits = { notAfterWallMs: 0, budgetMs: 0 };

/** What the work of a task is given. */
export interface Task {
  readonly session: Session;
  readonly company: ServedCompany;
  readonly visit: Visit;
  /** Called between two message sets: throws when the task is to stop. */
  readonly pause: () => void;
  /** The same as a question. */
  readonly stopping: () => boolean;
}

/** How a task ends that does not end by its work. */
export interface Endings<T> {
  readonly blocked: (block: Block) => T;
  readonly stopped: () => T;
  /** Whether another task of the company is likely soon. */
  readonly likelyMore: (result: T) => boolean;
}

/** What every request carries. */
export interface SiteRequest {
  readonly protocol: number;
  readonly companyId: string;
}

/** Runs a task in a session with the company's file. Throws `ApplicationFailure` of a type in `FAILURE`. */
export async function visitCompany<T>(
  site: Site,
  request: SiteRequest,
  endings: Endings<T>,
  work: (task: Task) => Promise<T>,
): Promise<T> {
  try {
    if (isUnreadable(request)) throw keyMissing(Context.current().info.attempt);
    if (typeof request.companyId !== 'string' || typeof request.protocol !== 'number')
      throw new SiteTrouble('retry', 'the request cannot be read by this connector');
    if (request.protocol > PROTOCOL)
      return endings.blocked({
        code: 'connectorTooOld',
        detail: {
          connector: site.connector,
          version: site.connectorVersion,
          speaks: String(PROTOCOL),
          asked: String(request.protocol),
        },
      });
    const company = site.served(request.companyId);
    if (company === undefined) throw new HandedBack('this connector does not serve the company');
    return await attempt(site, company, endings, work);
  } catch (error) {
    if (error instanceof SiteBlock) return endings.blocked(withUser(error.block, site.served(request.companyId)));
    if (error instanceof Stopped) return endings.stopped();
    throw failureOf(error);
  }
}

/** The keys of a site are asked for no more often than every few seconds, and another connector may have the key. */
const KEY_AGAIN_MS = 5_000;
const KEY_TRIES = 3;

/** What a request that cannot be opened ends in: tried again a little later, then for good. */
function keyMissing(attempt: number): ApplicationFailure {
  const message = 'The request cannot be opened: its key was changed, and this connector does not have it';
  return attempt < KEY_TRIES
    ? ApplicationFailure.create({ message, type: FAILURE.retry, nextRetryDelay: KEY_AGAIN_MS })
    : ApplicationFailure.nonRetryable(message, FAILURE.unreadableRequest);
}

async function attempt<T>(
  site: Site,
  company: ServedCompany,
  endings: Endings<T>,
  work: (task: Task) => Promise<T>,
): Promise<T> {
  const context = Context.current();
  const { heartbeatTimeoutMs = HEARTBEAT_MS, retryPolicy } = context.info;
  const signal = context.cancellationSignal;
  const retryMs = typeof retryPolicy?.initialInterval === 'number' ? retryPolicy.initialInterval : RETRY_MS;
  const windowMs = Math.max(SHORTEST_WINDOW_MS, retryMs - TOLD_LATE_MS);
  const deadline = createDeadline(windowMs);
  let host: QuickBooksHost | undefined;
  const beat = (): void => {
    // One that was asked to stop still ends what it began.
    if (signal.aborted && !isAskedToStop(context)) return;
    if (host !== undefined && !host.alive()) return;
    context.heartbeat();
    deadline.renew();
  };
  const beating = setInterval(beat, Math.min(heartbeatTimeoutMs / 4, windowMs / 3, SLOWEST_BEAT_MS));
  const pause = (): void => {
    if (signal.aborted) throw reasonToStop(context);
  };
  /** A task that was asked to stop may end what it began; one that is no longer this connector's begins nothing. */
  const limits = (): SendLimits => (signal.aborted && !isAskedToStop(context) ? NEVER : deadline.limits());
  try {
    beat();
    pause();
    return await site.withQuickBooks(
      company.id,
      signal,
      async (free) => {
        host = free;
        pause();
        return withSession(free, { file: company.file, limits, abandon: () => free.kill() }, (session) =>
          work({
            session,
            company,
            visit: { nextDueMs: site.nextDueMs },
            pause,
            stopping: () => signal.aborted,
          }),
        );
      },
      endings.likelyMore,
    );
  } catch (error) {
    // While it waited for QuickBooks.
    if (signal.aborted && error === signal.reason) throw reasonToStop(context);
    throw error;
  } finally {
    clearInterval(beating);
  }
}

const isAskedToStop = (context: Context): boolean => context.cancellationDetails?.cancelRequested ?? false;

const reasonToStop = (context: Context): Error =>
  isAskedToStop(context) ? new Stopped() : new HandedBack('the connector stops, or no longer has the task');

/** A refusal of permission is about a user. */
const withUser = (block: Block, company: ServedCompany | undefined): Block =>
  block.code === 'notAuthorized' && company?.user !== undefined
    ? { ...block, detail: { ...block.detail, user: company.user } }
    : block;
