/** A company's row: what steers it, what it decided, where reading stands. */
import type { Generated } from 'kysely';
import type { Blocked } from '../../contract/activities.ts';
import type { Pause, Settings } from '../../contract/control.ts';
import type { LedgerPreferences, Watermarks } from '../../contract/pull.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import type { ListRef } from '../../domain/ledger.ts';
import type { Json } from './json.ts';

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
