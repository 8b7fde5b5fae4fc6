/** The activities by name: what the workflow schedules, at the site and in the cloud. */
import type { Pause, Settings } from './control.ts';
import type { LedgerRequest, LedgerResult } from './ledgers.ts';
import type { PostRequest, PostResult } from './posting.ts';
import type { Pull, PullRequest, PullResult } from './pull.ts';
import type { Block } from './site.ts';

/** Hosted by a connector, on the queue of its company. Retried without limit; each is safe to repeat on any connector. */
export interface SiteActivities {
  pullQuickBooks(request: PullRequest): Promise<PullResult>;
  postBills(request: PostRequest): Promise<PostResult>;
  readLedger(request: LedgerRequest): Promise<LedgerResult>;
}

/** What stands in the store for a company, as the workflow needs it. */
export interface Opened {
  readonly settings: Settings;
  readonly pause?: Pause;
  readonly block?: Blocked;
  /** Batches whose outcome is not recorded: settled before anything else. */
  readonly unsettled: readonly PostRequest[];
  readonly nextPull: PullRequest;
  readonly openProblems: number;
  readonly firstLoadDone: boolean;
  /** Unix milliseconds. */
  readonly lastSuccessAt?: number;
}

export interface Blocked extends Block {
  /** One sentence for a person. */
  readonly whatToDo: string;
}

export interface Pushed {
  readonly pullId: string;
  readonly batches: readonly PostRequest[];
  readonly nextPull: PullRequest;
  /** There is more to pull: the next cycle starts at once. */
  readonly more: boolean;
  /** "bills 1,200 of 20,000", while a first load is under way. */
  readonly progress?: string;
  readonly block?: Blocked;
  /** The report of the night is due. */
  readonly ledgersDue: boolean;
  readonly openProblems: number;
  readonly firstLoadDone: boolean;
  readonly settings: Settings;
}

/** A change of control state that the workflow records before it reports it. */
export type ControlChange =
  | { readonly kind: 'paused'; readonly pause: Pause }
  | { readonly kind: 'resumed'; readonly by: string }
  | { readonly kind: 'blocked'; readonly block: Block }
  | { readonly kind: 'configured'; readonly settings: Partial<Settings> };

export interface CloudActivities {
  openCompany(input: { readonly companyId: string }): Promise<Opened>;
  pushMineralTree(pull: Pull): Promise<Pushed>;
  confirmPosted(result: PostResult): Promise<{ readonly openProblems: number; readonly block?: Blocked }>;
  recordControl(input: {
    readonly companyId: string;
    readonly change: ControlChange;
  }): Promise<{ readonly block?: Blocked }>;
  /** Starts a report when given no page; stores a page and says what to read next; makes the report after the last. */
  compareLedgers(input: {
    readonly companyId: string;
    readonly by: string;
    readonly page?: Extract<LedgerResult, { kind: 'page' }>;
  }): Promise<{ readonly next?: LedgerRequest; readonly agree?: boolean }>;
}

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
} as const;
