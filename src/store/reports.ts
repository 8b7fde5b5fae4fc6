/** Reports whether the ledgers agree: the pages of open bills as they come, then what was made of them. */
import { sql } from 'kysely';
import type { OpenBill } from '../contract/ledgers.ts';
import type { Db } from './store.ts';

export interface StoredReport {
  readonly reportId: string;
  readonly askedBy: string;
  readonly state: 'reading' | 'made';
  /** Where the next page begins; absent for the first. */
  readonly nextAfter?: string;
  readonly report?: unknown;
  readonly startedAt: number;
  readonly madeAt?: number;
}

/** How many reports of a company are kept. */
const KEPT = 30;

/** Begins a report; one that was being read is given up. */
export async function startReport(
  db: Db,
  companyId: string,
  report: { readonly reportId: string; readonly askedBy: string },
  at: number,
): Promise<void> {
  await db.deleteFrom('reports').where('companyId', '=', companyId).where('state', '=', 'reading').execute();
  await db
    .insertInto('reports')
    .values({
      companyId,
      reportId: report.reportId,
      askedBy: report.askedBy,
      state: 'reading',
      nextAfter: null,
      report: null,
      startedAt: at,
      madeAt: null,
    })
    .execute();
}

/** Stores a page of open bills; a page that comes again changes nothing. */
export async function addReportPage(
  db: Db,
  companyId: string,
  reportId: string,
  bills: readonly OpenBill[],
  nextAfter: string | undefined,
): Promise<void> {
  const rows = bills.map((bill) => ({ txn_id: bill.txnId, bill }));
  await sql`
    insert into report_bills (company_id, report_id, txn_id, bill)
    select distinct on (r.txn_id) ${companyId}, ${reportId}, r.txn_id, r.bill
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(txn_id text, bill jsonb)
    on conflict (company_id, report_id, txn_id) do update set bill = excluded.bill`.execute(db);
  await db
    .updateTable('reports')
    .set({ nextAfter: nextAfter ?? null })
    .where('companyId', '=', companyId)
    .where('reportId', '=', reportId)
    .execute();
}

export async function reportBills(db: Db, companyId: string, reportId: string): Promise<readonly OpenBill[]> {
  const rows = await db
    .selectFrom('reportBills')
    .select('bill')
    .where('companyId', '=', companyId)
    .where('reportId', '=', reportId)
    .orderBy('txnId')
    .execute();
  return rows.map(({ bill }) => bill);
}

/** Keeps the finished report, drops its pages, and forgets the oldest reports. */
export async function finishReport(
  db: Db,
  companyId: string,
  reportId: string,
  report: unknown,
  at: number,
): Promise<void> {
  await db
    .updateTable('reports')
    .set({ state: 'made', report: JSON.stringify(report), madeAt: at, nextAfter: null })
    .where('companyId', '=', companyId)
    .where('reportId', '=', reportId)
    .execute();
  await db.deleteFrom('reportBills').where('companyId', '=', companyId).where('reportId', '=', reportId).execute();
  await sql`
    delete from reports where company_id = ${companyId} and report_id in (
      select report_id from reports where company_id = ${companyId} order by started_at desc offset ${KEPT})`.execute(
    db,
  );
}

export async function findReport(db: Db, companyId: string, reportId: string): Promise<StoredReport | undefined> {
  const row = await db
    .selectFrom('reports')
    .select(['reportId', 'askedBy', 'state', 'nextAfter', 'report', 'startedAt', 'madeAt'])
    .where('companyId', '=', companyId)
    .where('reportId', '=', reportId)
    .executeTakeFirst();
  return row && reportOf(row);
}

/** The newest report that was finished. */
export async function newestReport(db: Db, companyId: string): Promise<StoredReport | undefined> {
  const row = await db
    .selectFrom('reports')
    .select(['reportId', 'askedBy', 'state', 'nextAfter', 'report', 'startedAt', 'madeAt'])
    .where('companyId', '=', companyId)
    .where('state', '=', 'made')
    .orderBy('madeAt', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row && reportOf(row);
}

function reportOf(row: {
  readonly reportId: string;
  readonly askedBy: string;
  readonly state: 'reading' | 'made';
  readonly nextAfter: string | null;
  readonly report: unknown;
  readonly startedAt: number;
  readonly madeAt: number | null;
}): StoredReport {
  return {
    reportId: row.reportId,
    askedBy: row.askedBy,
    state: row.state,
    startedAt: row.startedAt,
    ...(row.nextAfter !== null && { nextAfter: row.nextAfter }),
    ...(row.report !== null && { report: row.report }),
    ...(row.madeAt !== null && { madeAt: row.madeAt }),
  };
}
