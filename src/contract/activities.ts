/** The activities by name: what the workflow schedules, at the site and in the cloud, with which timeouts and retries. */
import type { Pause, Settings } from './control.ts';
import type { LedgerRequest, LedgerResult } from './ledgers.ts';
import type { PostRequest, PostResult } from './posting.ts';
import type { PullRequest, PullResult } from './pull.ts';
import type { Block } from './site.ts';

/** Hosted by a connector, on the queue of its company. Retried without limit; each is safe to repeat on any connector. */
export interface SiteActivities {
  pullQuickBooks(request: PullRequest): Promise<PullResult>;
  postBills(request: PostRequest): Promise<PostResult>;
  /** The same with payments, and voids of payments. */
  postPayments(request: PostRequest): Promise<PostResult>;
  readLedger(request: LedgerRequest): Promise<LedgerResult>;
}

/** How a company stands after an activity of the cloud: what the workflow copies from the store, whole, each time. */
export interface Standing {
  readonly settings: Settings;
  readonly openProblems: number;
  readonly firstLoadDone: boolean;
  /** Unix milliseconds. */
  readonly lastSuccessAt?: number;
  /** What a person must resolve before the company goes on; absent when nothing stands in the way. */
  readonly block?: Blocked;
  /** What to ask QuickBooks next. */
  readonly nextPull: PullRequest;
  /**
   * What will probably be asked after that: to be pulled while the page before it is pushed. The answer is good for
   * nothing unless this is `nextPull` by then, by its pull ID.
   */
  readonly ahead?: PullRequest;
}

export interface Blocked extends Block {
  /** One sentence for a person. */
  readonly whatToDo: string;
}

export interface Opened {
  readonly standing: Standing;
  readonly pause?: Pause;
  /** Batches whose outcome is not recorded: settled before anything else. */
  readonly unsettled: readonly PostRequest[];
}

export interface Pushed {
  readonly standing: Standing;
  readonly batches: readonly PostRequest[];
  /** TxnIDs of bills whose settlement in QuickBooks is to be carried to MineralTree, at most `MAX_SETTLEMENTS`. */
  readonly settlements?: readonly string[];
  /** There is more to pull: the next cycle starts at once. */
  readonly more: boolean;
  /** "bills 1,200 of 20,000", while a first load is under way. */
  readonly progress?: string;
  /** The report of the night is due. */
  readonly ledgersDue: boolean;
}

/** Settlements that `applyCredits` takes at once. */
export const MAX_SETTLEMENTS = 500;

export interface Applied {
  readonly standing: Standing;
}

/** A change of control state that the workflow records before it reports it. */
export type ControlChange =
  | { readonly kind: 'paused'; readonly pause: Pause }
  | { readonly kind: 'resumed'; readonly by: string }
  | { readonly kind: 'configured'; readonly settings: Partial<Settings> };

export interface CloudActivities {
  openCompany(input: { readonly companyId: string }): Promise<Opened>;
  pushMineralTree(pulled: Pulled): Promise<Pushed>;
  /** Carries settlements of bills to MineralTree: payments made and credits applied in QuickBooks, and what is left. */
  applyCredits(input: { readonly companyId: string; readonly bills: readonly string[] }): Promise<Applied>;
  /** Records outcomes, and the block if the visit ended in one. */
  confirmPosted(result: PostResult): Promise<Standing>;
  recordControl(input: { readonly companyId: string; readonly change: ControlChange }): Promise<void>;
  /** Starts a report when given no page; stores a page and says what to read next; makes the report after the last. */
  compareLedgers(input: {
    readonly companyId: string;
    readonly by: string;
    readonly page?: LedgerPage;
  }): Promise<{ readonly next?: LedgerRequest }>;
}

/** What `pushMineralTree` takes: a pull, or the reason why there is none. The company is named in both. */
export type Pulled = Exclude<PullResult, { kind: 'stopped' }>;
export type LedgerPage = Exclude<LedgerResult, { kind: 'stopped' }>;

/** At the site: no limit to waiting or attempts, for each is safe to repeat. One that runs when cancelled is waited for. */
export const siteOptions = ({ siteLimitMs, heartbeatMs, siteRetryMs }: Settings) => ({
  startToCloseTimeout: siteLimitMs,
  heartbeatTimeout: heartbeatMs,
  cancellationType: 'WAIT_CANCELLATION_COMPLETED' as const,
  retry: { initialInterval: siteRetryMs, backoffCoefficient: 1.5, maximumInterval: 4 * siteRetryMs },
});

/** In the cloud, on the workflow's own queue: repeated until done, for the store knows how far the last attempt went. */
export const cloudOptions = ({ cloudLimitMs, heartbeatMs }: Settings) => ({
  startToCloseTimeout: cloudLimitMs,
  heartbeatTimeout: heartbeatMs,
  retry: { initialInterval: 1_000, backoffCoefficient: 2, maximumInterval: 60_000 },
});

/** Types of `ApplicationFailure` that site activities throw: what the workflow and Temporal UI tell apart. */
export const FAILURE = {
  /** QuickBooks is busy with something that passes (a dialog, another user): tried again in a minute. */
  wait: 'QuickBooksWait',
  /** The answer to a write was lost: the next attempt settles it. */
  outcomeUnknown: 'OutcomeUnknown',
  /** The task was handed back unbegun: another connector, or this one later. */
  handedBack: 'HandedBack',
  /** Anything else that a retry may mend. */
  retry: 'Retry',
  /**
   * For good: the request is sealed with a key that no connector that tried has any more, as after a rotation and a
   * restart. The next cycle is sealed with the present one.
   */
  unreadableRequest: 'UnreadableRequest',
} as const;
