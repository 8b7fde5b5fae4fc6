/** The records of both sides: what was read of each, which belong together, what is yet to be looked at. */
import type { Generated } from 'kysely';
import type { PullRequest } from '../../contract/pull.ts';
import type { LedgerKind, LedgerRecords } from '../../domain/ledger.ts';
import type { Json } from './json.ts';

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
