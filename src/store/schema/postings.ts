/** What is to be written to either side, and what is settled and open. */
import type { ColumnType, Generated } from 'kysely';
import type { Outcome, Posting, PostingKind } from '../../contract/posting.ts';
import type { Carried } from '../settlements.ts';
import type { Json } from './json.ts';

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
