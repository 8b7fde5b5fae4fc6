/**
 * Pulling: what the cloud asks of a company file and what the site answers.
 *
 * 1. A request is complete in itself: any connector can serve it, on any attempt, and gives the same pages.
 * 2. A pull carries an ID made by the cloud; storing its result twice changes nothing.
 * 3. A pull never moves a watermark: the cloud does, after it has stored what the pull brought.
 *
 * A page is one of three. `changes` is the quiet cycle: everything modified since the watermarks, in one message set
 * when nothing changed. When anything did, a second set asks what is open with the vendors touched, and for the bills that
 * the changed credits and payments are linked to now: they are in `records.bill` beside the changed ones, as far as the
 * page has room. A linked bill that is not in it is asked for as a record. `keys` lists IDs and edit sequences of one kind (first load, a long absence, the sweep by
 * night); the cloud compares them with what it has and asks for the rest as `records`, at most 100 IDs at a time.
 */
import type { CalendarDate } from '../domain/dates.ts';
import type { LedgerKind, LedgerRecords, ListRef } from '../domain/ledger.ts';
import type { Cents } from '../domain/money.ts';
import type { Block, FileMark, Visit } from './site.ts';

/** ID and edit sequence: one version of one record. */
export type Key = readonly [id: string, editSequence: string];

/** What a watermark is kept for: each kind of record, and the two logs of deletions. */
export type WatermarkKind = LedgerKind | 'deletedTransactions' | 'deletedEntries';
/** Unix seconds. A kind that has none has never been read: a `changes` page leaves it out. */
export type Watermarks = Readonly<Partial<Record<WatermarkKind, number>>>;

export const MAX_PAGE_IDS = 100;
/** A page ends here whatever the number of records: encoded as JSON, before compression. */
export const MAX_PAGE_BYTES = 200_000;
export const MAX_KEYS = 5_000;
export const MAX_SEEN = 2_000;
export const MAX_CREDIT_VENDORS = 20;
/** Vendors whose balances a page has beside those asked for, and bytes of all its balances as JSON. */
export const MAX_TOUCHED_VENDORS = 50;
export const MAX_BALANCE_BYTES = 100_000;

export type Page =
  | { readonly kind: 'changes' }
  | {
      readonly kind: 'keys';
      readonly of: LedgerKind;
      /** Where the last page of keys ended, as that page said (`next`); absent for the first. */
      readonly after?: string;
      /** Only unpaid bills, only active list entries: the sweep by night. QuickBooks does not tell open credits apart. */
      readonly openOnly?: boolean;
    }
  | { readonly kind: 'records'; readonly of: LedgerKind; readonly ids: readonly string[] };

/** A record whose presence shows that the file is not an older copy. */
export interface Canary {
  readonly kind: 'bill' | 'vendor' | 'checkPayment' | 'cardPayment';
  readonly id: string;
  readonly editSequence: string;
}

export interface PullRequest {
  readonly protocol: number;
  readonly companyId: string;
  readonly pullId: string;
  readonly page: Page;
  readonly watermarks: Watermarks;
  /** Versions that the cloud has already, by kind: left out of a `changes` page. At most `MAX_SEEN` pairs in all. */
  readonly seen: Readonly<Partial<Record<LedgerKind, readonly Key[]>>>;
  readonly file: FileMark;
  readonly canaries: readonly Canary[];
  /** ListIDs of vendors whose open balances are asked for in the same message set, at most `MAX_CREDIT_VENDORS`. */
  readonly creditVendors: readonly string[];
}

export interface Deleted {
  /** Kinds that Tandem does not carry are not asked for. */
  readonly kind: LedgerKind;
  readonly id: string;
  /** As QuickBooks wrote it: local wall time with an offset that is wrong in summer. For display only. */
  readonly deletedAt: string;
  /** RefNumber of a transaction, full name of a list entry. */
  readonly name?: string;
}

/** What is open with a vendor, by BillToPay: what is left on each bill, and on each credit. */
export interface VendorBalance {
  /** Whole or not at all: what `open` does not list is not open. */
  readonly vendorId: string;
  readonly open: readonly {
    readonly kind: 'bill' | 'credit';
    readonly txnId: string;
    readonly apAccountId?: string;
    readonly openCents: Cents;
  }[];
}

export interface LedgerPreferences {
  /** Nothing dated up to here is written: the company's own closing date, or the dividing date where that is later. */
  readonly closingDate?: CalendarDate;
  /** An accountant works on a copy of the file: what is dated up to here cannot be changed until it comes back. */
  readonly dividingDate?: CalendarDate;
  readonly classTracking: boolean;
  readonly multiCurrency: boolean;
  /** Only where there are several currencies. */
  readonly homeCurrency?: ListRef;
  /** Where the discounts of payments are booked unless told otherwise. */
  readonly discountAccount?: ListRef;
}

/** A record that QuickBooks sent and that could not be read: it becomes a problem, the others go on. */
export interface Unreadable {
  readonly kind: LedgerKind;
  readonly id?: string;
  /** Path of the element, what it held and what is allowed, at most 300 characters. */
  readonly reason: string;
}

export interface Pull {
  readonly protocol: number;
  readonly companyId: string;
  readonly pullId: string;
  /** The connector, as `host#installation`, and its version: for people. */
  readonly connector: string;
  readonly connectorVersion: string;
  /** Product and version of QuickBooks, as HostQuery names them: for people. Only when asked in this session. */
  readonly product?: string;
  readonly companyName?: string;
  /** The host's clock when the pull began, Unix seconds. */
  readonly clock: number;
  readonly records: { readonly [K in LedgerKind]?: readonly LedgerRecords[K][] };
  readonly unreadable: readonly Unreadable[];
  /** Only on a page of keys. */
  readonly keys?: { readonly of: LedgerKind; readonly found: readonly Key[]; readonly next?: string };
  /** IDs asked for on a page of records that are no longer there. */
  readonly gone: readonly string[];
  readonly deleted: readonly Deleted[];
  /**
   * Of the vendors asked for (`creditVendors`); on a page of changes also of each vendor of a changed bill, credit or
   * payment, on a page of bills of each vendor of an unpaid bill with links of money. Of these at most
   * `MAX_TOUCHED_VENDORS` and `MAX_BALANCE_BYTES`: a vendor that is not in it is asked for again.
   */
  readonly balances: readonly VendorBalance[];
  readonly preferences?: LedgerPreferences;
  /** The marker's value as found in the file; absent where the file has none. */
  readonly marker?: string;
  /** For each kind that was read to the end: the smaller of the clock and the highest edit sequence read. */
  readonly watermarks: Watermarks;
  /** Kinds with more changes than a page holds: to be read by keys. Their watermark is not among the above. */
  readonly overflow: readonly LedgerKind[];
  readonly visit: Visit;
}

export type PullResult =
  | { readonly kind: 'pulled'; readonly pull: Pull }
  | { readonly kind: 'blocked'; readonly companyId: string; readonly block: Block }
  /** Asked to stop (a pause) before the pull was whole: nothing is lost, the request stands. */
  | { readonly kind: 'stopped' };
