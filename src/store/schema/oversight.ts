/** What people look at: problems, the audit, who was seen, reports. */
import type { ColumnType } from 'kysely';
import type { OpenBill } from '../../contract/ledgers.ts';
import type { ReportEntry } from '../reports.ts';
import type { Json } from './json.ts';

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
  /** Null: about the cloud as a whole. */
  companyId: string | null;
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
