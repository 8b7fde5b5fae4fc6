/**
 * Reports whether the ledgers agree: the pages of what is open as they come, then what was made of them. What is only of use
 * while a report is the newest (`payables`, all that the aging needs) is dropped from the older ones.
 */
import { sql } from 'kysely';
import type { OpenBill, OpenCredit, OtherPayable, PayableAccount } from '../contract/ledgers.ts';
import type { Cents } from '../domain/money.ts';
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

/** What a page brought; `accounts` and the others only on the pages after the bills. */
export interface ReportPage {
  readonly bills: readonly OpenBill[];
  readonly credits?: readonly OpenCredit[];
  readonly others?: readonly OtherPayable[];
  readonly accounts?: readonly PayableAccount[];
}

/** Something of a report that is no bill. */
export type ReportEntry =
  | { readonly kind: 'credit'; readonly of: OpenCredit }
  | { readonly kind: 'other'; readonly of: OtherPayable }
  | { readonly kind: 'account'; readonly of: PayableAccount };

/** Stores a page; one that comes again changes nothing. */
export async function addReportPage(
  db: Db,
  companyId: string,
  reportId: string,
  page: ReportPage,
  nextAfter: string | undefined,
): Promise<void> {
  const rows = page.bills.map((bill) => ({ txn_id: bill.txnId, bill }));
  await sql`
    insert into report_bills (company_id, report_id, txn_id, bill)
    select distinct on (r.txn_id) ${companyId}, ${reportId}, r.txn_id, r.bill
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(txn_id text, bill jsonb)
    on conflict (company_id, report_id, txn_id) do update set bill = excluded.bill`.execute(db);
  const entries = entriesOf(page).map((entry) => ({ entry_key: keyOf(entry), entry }));
  if (entries.length > 0)
    await sql`
      insert into report_entries (company_id, report_id, entry_key, entry)
      select distinct on (r.entry_key) ${companyId}, ${reportId}, r.entry_key, r.entry
      from jsonb_to_recordset(${JSON.stringify(entries)}::jsonb) as r(entry_key text, entry jsonb)
      on conflict (company_id, report_id, entry_key) do update set entry = excluded.entry`.execute(db);
  await db
    .updateTable('reports')
    .set({ nextAfter: nextAfter ?? null })
    .where('companyId', '=', companyId)
    .where('reportId', '=', reportId)
    .execute();
}

const entriesOf = ({ credits = [], others = [], accounts = [] }: ReportPage): readonly ReportEntry[] => [
  ...credits.map((of) => ({ kind: 'credit', of }) as const),
  ...others.map((of) => ({ kind: 'other', of }) as const),
  ...accounts.map((of) => ({ kind: 'account', of }) as const),
];

/** One transaction may be an entry of several vendors and accounts. */
function keyOf(entry: ReportEntry): string {
  switch (entry.kind) {
    case 'credit':
      return `credit ${entry.of.txnId}`;
    case 'other':
      return `other ${entry.of.txnId} ${entry.of.apAccount.id} ${entry.of.vendor?.id ?? ''}`;
    case 'account':
      return `account ${entry.of.account.id}`;
  }
}

/** Everything that the pages of a report brought. `credits`, `others` and `accounts` are absent where no page had them. */
export async function reportRead(db: Db, companyId: string, reportId: string): Promise<ReportPage> {
  const bills = await db
    .selectFrom('reportBills')
    .select('bill')
    .where('companyId', '=', companyId)
    .where('reportId', '=', reportId)
    .orderBy('txnId')
    .execute();
  const rows = await db
    .selectFrom('reportEntries')
    .select('entry')
    .where('companyId', '=', companyId)
    .where('reportId', '=', reportId)
    .orderBy('entryKey')
    .execute();
  const entries = rows.map(({ entry }) => entry);
  return {
    bills: bills.map(({ bill }) => bill),
    ...(entries.length > 0 && {
      credits: entries.flatMap((entry) => (entry.kind === 'credit' ? [entry.of] : [])),
      others: entries.flatMap((entry) => (entry.kind === 'other' ? [entry.of] : [])),
      accounts: entries.flatMap((entry) => (entry.kind === 'account' ? [entry.of] : [])),
    }),
  };
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
  await sql`
    update reports set report = report - 'payables'
    where company_id = ${companyId} and report_id <> ${reportId} and report ? 'payables'`.execute(db);
  await db.deleteFrom('reportBills').where('companyId', '=', companyId).where('reportId', '=', reportId).execute();
  await db.deleteFrom('reportEntries').where('companyId', '=', companyId).where('reportId', '=', reportId).execute();
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

/** What stands applied of each credit in MineralTree because we wrote it, by the credit's TxnID. */
export async function appliedCredits(db: Db, companyId: string): Promise<ReadonlyMap<string, Cents>> {
  const { rows } = await sql<{ txnId: string; cents: number }>`
    select c->>'txnId' as txn_id, sum((c->>'cents')::bigint)::bigint as cents
    from settlements t, jsonb_array_elements(t.carried->'credits') c
    where t.company_id = ${companyId} group by 1`.execute(db);
  return new Map(rows.map(({ txnId, cents }) => [txnId, Number(cents)]));
}
