/**
 * Bills whose settlement in QuickBooks is to be carried to MineralTree, and what of it was carried already.
 *
 * 1. A bill is due from when anything that settles it was seen to change, until what QuickBooks says stands in MineralTree.
 * 2. What was carried is kept for good: by it a credit that is taken back later is taken back in MineralTree.
 *
 * Leaves to others: what a settlement is (src/sync), who carries it (the activity applyCredits).
 */
import { sql } from 'kysely';
import type { Cents } from '../domain/money.ts';
import type { Db } from './store.ts';

/** What stands in MineralTree of a bill's settlement, because we wrote it. */
export interface Carried {
  /** What QuickBooks had open then. */
  readonly openCents: Cents;
  /** What the invoice was over then. */
  readonly invoiceCents?: Cents;
  readonly credits: readonly {
    /** TxnID of the credit. */
    readonly txnId: string;
    /** MineralTree's ID of the application. */
    readonly mtId: string;
    readonly cents: Cents;
  }[];
  /** TxnIDs of the payments that stood on the bill. */
  readonly payments: readonly string[];
}

export interface SettlementRow {
  readonly billId: string;
  readonly due: number | null;
  readonly tries: number;
  readonly carried?: Carried;
}

/**
 * The settlements of these bills fall due, where the bills are known here.
 * @param openOnly bills that are paid are left out, unless something was carried for them: their history is not MineralTree's
 */
export async function touchSettlements(
  db: Db,
  companyId: string,
  billIds: readonly string[],
  at: number,
  openOnly: boolean,
): Promise<void> {
  if (billIds.length === 0) return;
  await sql`
    insert into settlements as t (company_id, bill_id, due)
    select s.company_id, s.ledger_id, ${at}::bigint from snapshots s
    where s.company_id = ${companyId} and s.kind = 'bill' and s.ledger_id = any(${[...new Set(billIds)]})
      and not s.gone and (not ${openOnly}::boolean or not coalesce((s.record->>'isPaid')::boolean, false)
        or exists (select from settlements o where o.company_id = s.company_id and o.bill_id = s.ledger_id))
    on conflict (company_id, bill_id) do update set due = excluded.due, tries = 0`.execute(db);
}

/** MineralTree has these bills now: settlements that were seen before fall due, where nothing was carried yet. */
export async function touchLinked(db: Db, companyId: string, billIds: readonly string[], at: number): Promise<void> {
  if (billIds.length === 0) return;
  await db
    .updateTable('settlements')
    .set({ due: at })
    .where('companyId', '=', companyId)
    .where('billId', 'in', [...new Set(billIds)])
    .where('carried', 'is', null)
    .where('due', 'is', null)
    .execute();
}

/** Bills whose settlement is due, those that wait longest first. */
export async function dueSettlements(db: Db, companyId: string, at: number, limit: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('settlements')
    .select('billId')
    .where('companyId', '=', companyId)
    .where('due', '<=', at)
    .orderBy('due')
    .orderBy('billId')
    .limit(limit)
    .execute();
  return rows.map(({ billId }) => billId);
}

export async function settlementsOf(
  db: Db,
  companyId: string,
  billIds: readonly string[],
): Promise<ReadonlyMap<string, SettlementRow>> {
  if (billIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('settlements')
    .select(['billId', 'due', 'tries', 'carried'])
    .where('companyId', '=', companyId)
    .where('billId', 'in', [...new Set(billIds)])
    .execute();
  return new Map(rows.map(({ carried, ...row }) => [row.billId, { ...row, ...(carried !== null && { carried }) }]));
}

/** What became of a settlement. What is left out of `carried` keeps its value. */
export interface SettlementChange {
  readonly billId: string;
  /** Null: nothing to do until something changes; a time: looked at again then. */
  readonly due: number | null;
  readonly carried?: Carried;
}

export async function putSettlements(
  db: Db,
  companyId: string,
  changes: readonly SettlementChange[],
  at: number,
): Promise<void> {
  if (changes.length === 0) return;
  const rows = changes.map(({ billId, due, carried }) => ({ bill_id: billId, due, carried }));
  await sql`
    insert into settlements as t (company_id, bill_id, due, tries, carried, carried_at)
    select ${companyId}, r.bill_id, r.due, 0, r.carried, case when r.carried is not null then ${at}::bigint end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(bill_id text, due bigint, carried jsonb)
    on conflict (company_id, bill_id) do update set due = excluded.due,
      tries = case when excluded.due is null then 0 when excluded.due > t.due then t.tries + 1 else t.tries end,
      carried = coalesce(excluded.carried, t.carried), carried_at = coalesce(excluded.carried_at, t.carried_at)`.execute(
    db,
  );
}

/**
 * Payments stood on these bills, whatever was noted when they were carried: a store that was brought back to an earlier hour
 * may not know that their balance was written with them.
 */
export async function notePayments(
  db: Db,
  companyId: string,
  billIds: readonly string[],
  txnIds: readonly string[],
): Promise<void> {
  if (txnIds.length === 0) return;
  const rows = await settlementsOf(db, companyId, billIds);
  for (const [billId, { carried = { openCents: 0, credits: [], payments: [] } }] of rows) {
    const payments = [...new Set([...carried.payments, ...txnIds])];
    await db
      .updateTable('settlements')
      .set({ carried: JSON.stringify({ ...carried, payments }) })
      .where('companyId', '=', companyId)
      .where('billId', '=', billId)
      .execute();
  }
}

/** Everything put off falls due: something that it may have waited for has come. */
export async function hastenSettlements(db: Db, companyId: string, at: number): Promise<void> {
  await db
    .updateTable('settlements')
    .set({ due: at })
    .where('companyId', '=', companyId)
    .where('due', '>', at)
    .execute();
}
