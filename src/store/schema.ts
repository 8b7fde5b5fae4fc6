/**
 * The tables as types. Times are Unix milliseconds unless a name says otherwise; JSON columns are read as values and
 * written as text. Every table carries the company: no query goes without it.
 */
import type { ColumnType, Generated } from 'kysely';
import type { Blocked } from '../contract/activities.ts';
import type { Pause, Settings } from '../contract/control.ts';
import type { OpenBill } from '../contract/ledgers.ts';
import type { Outcome, Posting, PostingKind } from '../contract/posting.ts';
import type { LedgerPreferences, PullRequest, Watermarks } from '../contract/pull.ts';
import type { CalendarDate } from '../domain/dates.ts';
import type { LedgerKind, LedgerRecords, ListRef } from '../domain/ledger.ts';
import type { ReportEntry } from './reports.ts';
import type { Carried } from './settlements.ts';

type Json<T> = ColumnType<T, string, string>;

export type Stage = 'onboarding' | 'preview' | 'live';

/** Older than these, nothing of MineralTree is ever posted, and only what is open comes from QuickBooks. */
export interface CutOver {
  readonly bills: CalendarDate;
  readonly payments: CalendarDate;
  readonly credits: CalendarDate;
}

/** What a company decided about its own synchronization, beside the times of `Settings`. */
export interface CompanyRules {
  /** The A/P account of new bills; absent, QuickBooks takes its own default. */
  readonly apAccount?: ListRef;
  /** Edits of address, phone, fax, e-mail and name on check made in MineralTree go to QuickBooks. */
  readonly vendorEdits: boolean;
  /** A payment that is voided in MineralTree after it was posted is voided in QuickBooks. */
  readonly voidPayments: boolean;
  /** Where a discount that a payment of MineralTree took is booked; absent, such a payment is a problem. */
  readonly discountAccount?: ListRef;
  /** How long MineralTree's search may lag behind its writes: an unknown answer is not looked up sooner. */
  readonly indexLagMs: number;
  /** Hour of the day, in UTC, from which the sweep by night and the report are due. */
  readonly nightHourUtc: number;
  /** Set on the first day; absent for a company that has no history on one of the sides. */
  readonly cutOver?: CutOver;
}

export const DEFAULT_RULES: CompanyRules = {
  vendorEdits: true,
  voidPayments: false,
  indexLagMs: 10_000,
  nightHourUtc: 7,
};

/** Which company file is the right one: see the contract's `FileMark`. */
export interface EnrolledFile {
  readonly expected: string;
  readonly alsoAccepts: readonly string[];
  /** Whether the expected marker has been seen in the file. */
  readonly written: boolean;
}

/** Up to where edits made in MineralTree have been read. */
export interface PayablesWatermark {
  /** The newest `modified` seen, as MineralTree writes it. */
  readonly modified: string;
  /** When it was first seen, Unix milliseconds of our clock. */
  readonly seenAt: number;
  /** A search long enough after that found nothing newer: nothing from before it can come any more. */
  readonly settled?: true;
}
export type PayablesWatermarks = Readonly<Partial<Record<'bill' | 'vendor' | 'payment', PayablesWatermark>>>;

export interface ClosedPeriod {
  /** MineralTree's ID: periods cannot be searched for. Absent while the answer to the first write is not known. */
  readonly mtId?: string;
  /** Absent: the books are open. */
  readonly closingDate?: string;
  /** The last day of the period as it stands there, closed or not. */
  readonly ended?: string;
}

export interface CompaniesTable {
  companyId: string;
  name: string;
  mtUrl: string;
  mtCompany: string;
  mtUser: string;
  mtPassword: Buffer;
  mtKeyId: string;
  stage: Stage;
  epoch: Generated<number>;
  pause: Json<Pause> | null;
  block: Json<Blocked> | null;
  settings: Json<Partial<Settings>>;
  rules: Json<Partial<CompanyRules>>;
  file: Json<EnrolledFile>;
  preferences: Json<LedgerPreferences> | null;
  watermarks: Json<Watermarks>;
  payablesWatermarks: Json<PayablesWatermarks>;
  /** Where a reading by keys stands (src/sync, first load); null when there is none. */
  load: Json<unknown> | null;
  /** When a list entry or the preferences changed last: what was refused for their sake may go now. */
  listsChangedAt: Generated<number>;
  firstLoadDoneAt: number | null;
  sweptAt: number | null;
  ledgersDueAt: number | null;
  lastSuccessAt: number | null;
  /** The vendor with open credits whose balances were asked last: the others come first. */
  creditTurn: string | null;
  /** The period of the books that MineralTree keeps closed, as it was last written. */
  closedPeriod: Json<ClosedPeriod> | null;
  addedAt: number;
  removedAt: number | null;
}

export interface PullsTable {
  companyId: string;
  pullId: string;
  request: Json<PullRequest>;
  state: 'asked' | 'ahead' | 'done' | 'refused';
  result: Json<unknown> | null;
  askedAt: number;
  settledAt: number | null;
}

export interface SnapshotsTable {
  companyId: string;
  kind: LedgerKind;
  ledgerId: string;
  editSequence: string;
  editNumber: number;
  record: Json<LedgerRecords[LedgerKind]>;
  gone: boolean;
  goneReason: string | null;
  pushDue: number | null;
  pushTries: Generated<number>;
  readAt: number;
}

export interface PendingKeysTable {
  companyId: string;
  kind: LedgerKind;
  ledgerId: string;
  editSequence: string;
  wanted: boolean;
}

export interface LinksTable {
  companyId: string;
  kind: LedgerKind;
  ledgerId: string;
  entity: string;
  mtId: string;
  bornIn: 'quickbooks' | 'mineraltree';
  kept: Json<unknown> | null;
  extras: Json<unknown> | null;
  linkedAt: number;
}

export interface CreateIntentsTable {
  companyId: string;
  entity: string;
  ledgerId: string;
  tries: number;
  begunAt: number;
}

/** Unsettled are the first four: at most one of them for each MineralTree record. */
export type PostingState = 'planned' | 'sentMaybe' | 'uncertain' | 'posted' | 'refused' | 'held' | 'acknowledged';

export interface PostingsTable {
  companyId: string;
  messageSetId: string;
  kind: PostingKind;
  mtId: string;
  ledgerId: string | null;
  revision: string;
  xml: string;
  guid: string | null;
  match: Json<Posting['match']>;
  dates: Json<readonly string[]>;
  /** What the plan was made from: the MineralTree record of that revision. */
  base: Json<unknown> | null;
  state: PostingState;
  outcome: Json<Outcome> | null;
  batchId: string | null;
  clears: string | null;
  clearedBy: string | null;
  position: ColumnType<number, never, never>;
  plannedAt: number;
  handedOutAt: number | null;
  /** Of a refused one: whether it is planned again by itself, or only when something it depends on changed. */
  again: 'nextCycle' | 'whenChanged' | null;
  settledAt: number | null;
  acknowledgedAt: number | null;
}

/** MineralTree records that were edited there, and of which it is yet to be decided what that means for QuickBooks. */
export interface PayablesEditsTable {
  companyId: string;
  entity: string;
  mtId: string;
  due: number;
}

/** What MineralTree held when a first load began: to find out which of its records are ours. Emptied afterwards. */
export interface PayablesReplicasTable {
  companyId: string;
  entity: string;
  mtId: string;
  externalId: string | null;
  naturalKey: string;
  record: Json<unknown>;
}

export interface SettlementsTable {
  companyId: string;
  billId: string;
  due: number | null;
  tries: Generated<number>;
  carried: Json<Carried> | null;
  carriedAt: number | null;
}

/** What is open with a vendor, by BillToPay; for a credit, by its own links until BillToPay was asked. */
export interface OpenBalancesTable {
  companyId: string;
  kind: 'bill' | 'credit';
  ledgerId: string;
  vendorId: string;
  openCents: number;
  readAt: number;
}

export interface BalanceReadsTable {
  companyId: string;
  vendorId: string;
  readAt: number;
}

export interface ProblemsTable {
  problemId: ColumnType<number, never, never>;
  companyId: string;
  key: string;
  code: string;
  subject: Json<unknown>;
  params: Json<Readonly<Record<string, unknown>>>;
  openedAt: number;
  seenAt: number;
  closedAt: number | null;
}

export interface AuditTable {
  auditId: ColumnType<number, never, never>;
  companyId: string;
  at: number;
  who: string;
  what: string;
  detail: Json<Readonly<Record<string, unknown>>>;
}

export interface ConnectorsTable {
  companyId: string;
  connector: string;
  version: string;
  product: string | null;
  firstSeenAt: number;
  lastSeenAt: number;
}

export interface ReportsTable {
  companyId: string;
  reportId: string;
  askedBy: string;
  state: 'reading' | 'made';
  nextAfter: string | null;
  report: Json<unknown> | null;
  startedAt: number;
  madeAt: number | null;
}

export interface ReportBillsTable {
  companyId: string;
  reportId: string;
  txnId: string;
  bill: Json<OpenBill>;
}

export interface ReportEntriesTable {
  companyId: string;
  reportId: string;
  entryKey: string;
  entry: Json<ReportEntry>;
}

export interface FirstDaysTable {
  companyId: string;
  lastRestore: string;
  matchedAt: number;
  undecided: number;
  summary: Json<unknown>;
}

export interface FirstDayMatchesTable {
  companyId: string;
  entity: string;
  ledgerId: string;
  mtId: string;
  same: boolean;
  matchedBy: string;
  at: number;
}

export interface Schema {
  companies: CompaniesTable;
  pulls: PullsTable;
  snapshots: SnapshotsTable;
  pendingKeys: PendingKeysTable;
  links: LinksTable;
  createIntents: CreateIntentsTable;
  payablesEdits: PayablesEditsTable;
  payablesReplicas: PayablesReplicasTable;
  settlements: SettlementsTable;
  openBalances: OpenBalancesTable;
  balanceReads: BalanceReadsTable;
  postings: PostingsTable;
  problems: ProblemsTable;
  audit: AuditTable;
  connectors: ConnectorsTable;
  reports: ReportsTable;
  reportBills: ReportBillsTable;
  reportEntries: ReportEntriesTable;
  firstDays: FirstDaysTable;
  firstDayMatches: FirstDayMatchesTable;
  tandemMeta: { key: string; value: string };
}
