/**
 * What is open on bills and credits by QuickBooks' own account (BillToPay), the last that was read.
 *
 * 1. A row is something open. A vendor is read whole: what its answer does not name is not open, and has no row.
 * 2. A balance is worth what its time says: read before the bill was, it says nothing about the bill.
 */
import { sql } from 'kysely';
import type { VendorBalance } from '../contract/pull.ts';
import type { Cents } from '../domain/money.ts';
import type { Db } from './store.ts';

/** IDs of bills and credits that are more or less open than was known. */
export interface BalanceNews {
  readonly bills: readonly string[];
  readonly credits: readonly string[];
}

/**
 * Stores what BillToPay said of vendors, each whole, and returns what it says differently than before. Where nothing was
 * said before, what was carried to MineralTree counts, then the record and its links.
 */
export async function putBalances(
  db: Db,
  companyId: string,
  vendors: readonly VendorBalance[],
  at: number,
): Promise<BalanceNews> {
  if (vendors.length === 0) return { bills: [], credits: [] };
  const ids = vendors.map(({ vendorId }) => vendorId);
  const given = vendors.flatMap(({ vendorId, open }) =>
    open.map(({ kind, txnId, openCents }) => ({ kind, ledger_id: txnId, vendor_id: vendorId, open_cents: openCents })),
  );
  const distinct = [...new Map(given.map((row) => [`${row.kind} ${row.ledger_id}`, row])).values()];
  const rows = sql`jsonb_to_recordset(${JSON.stringify(distinct)}::jsonb)
    as r(kind text, ledger_id text, vendor_id text, open_cents bigint)`;
  const { rows: gone } = await sql<{ kind: 'bill' | 'credit'; ledgerId: string }>`
    delete from open_balances o
    where o.company_id = ${companyId} and o.vendor_id = any(${ids})
      and not exists (select from ${rows} where r.kind = o.kind and r.ledger_id = o.ledger_id)
    returning kind, ledger_id`.execute(db);
  const { rows: changed } = await sql<{ kind: 'bill' | 'credit'; ledgerId: string }>`
    select r.kind, r.ledger_id from ${rows}
    left join open_balances o on o.company_id = ${companyId} and o.kind = r.kind and o.ledger_id = r.ledger_id
    left join settlements t on t.company_id = ${companyId} and r.kind = 'bill' and t.bill_id = r.ledger_id
    left join snapshots s on s.company_id = ${companyId} and s.kind = r.kind and s.ledger_id = r.ledger_id
    where r.open_cents is distinct from coalesce(o.open_cents, (t.carried->>'openCents')::bigint,
      coalesce(s.record->>'amountDueCents', s.record->>'creditAmountCents')::bigint - coalesce((
        select sum(abs((l->>'amountCents')::bigint)) from jsonb_array_elements(s.record->'links') l
        where l->>'linkType' is distinct from 'QUANTYPE'), 0))`.execute(db);
  await sql`
    insert into open_balances (company_id, kind, ledger_id, vendor_id, open_cents, read_at)
    select ${companyId}, r.kind, r.ledger_id, r.vendor_id, r.open_cents, ${at}::bigint from ${rows}
    on conflict (company_id, kind, ledger_id) do update set vendor_id = excluded.vendor_id,
      open_cents = excluded.open_cents, read_at = excluded.read_at`.execute(db);
  await sql`
    insert into balance_reads (company_id, vendor_id, read_at)
    select ${companyId}, v, ${at}::bigint from unnest(${[...new Set(ids)]}::text[]) as v
    on conflict (company_id, vendor_id) do update set read_at = excluded.read_at`.execute(db);
  const news = [...gone, ...changed];
  const of = (kind: 'bill' | 'credit') => news.filter((one) => one.kind === kind).map(({ ledgerId }) => ledgerId);
  return { bills: of('bill'), credits: of('credit') };
}

/** What credits themselves say is left of them, until BillToPay says it. Nothing left: no row. */
export async function noteCredits(
  db: Db,
  companyId: string,
  credits: readonly { readonly id: string; readonly vendorId: string; readonly openCents: Cents }[],
  at: number,
): Promise<void> {
  if (credits.length === 0) return;
  const used = credits.filter(({ openCents }) => openCents <= 0).map(({ id }) => id);
  await sql`
    delete from open_balances where company_id = ${companyId} and kind = 'credit' and ledger_id = any(${used})`.execute(
    db,
  );
  const open = credits
    .filter(({ openCents }) => openCents > 0)
    .map(({ id, vendorId, openCents }) => ({ ledger_id: id, vendor_id: vendorId, open_cents: openCents }));
  await sql`
    insert into open_balances (company_id, kind, ledger_id, vendor_id, open_cents, read_at)
    select ${companyId}, 'credit', r.ledger_id, r.vendor_id, r.open_cents, ${at}::bigint
    from jsonb_to_recordset(${JSON.stringify(open)}::jsonb) as r(ledger_id text, vendor_id text, open_cents bigint)
    on conflict (company_id, kind, ledger_id) do update set vendor_id = excluded.vendor_id,
      open_cents = excluded.open_cents, read_at = excluded.read_at`.execute(db);
}

/**
 * What BillToPay says is left of bills: `notListed` where their vendor was asked and the bill not named. A bill that was
 * read later than its vendor's balances has none here.
 */
export async function openOfBills(
  db: Db,
  companyId: string,
  billIds: readonly string[],
): Promise<ReadonlyMap<string, Cents | 'notListed'>> {
  if (billIds.length === 0) return new Map();
  const { rows } = await sql<{ ledgerId: string; openCents: number | null }>`
    select s.ledger_id, o.open_cents from snapshots s
    join balance_reads v on v.company_id = s.company_id and v.vendor_id = s.record->'vendor'->>'id'
      and v.read_at >= s.read_at
    left join open_balances o on o.company_id = s.company_id and o.kind = 'bill' and o.ledger_id = s.ledger_id
    where s.company_id = ${companyId} and s.kind = 'bill' and s.ledger_id = any(${[...new Set(billIds)]})`.execute(db);
  return new Map(rows.map(({ ledgerId, openCents }) => [ledgerId, openCents ?? 'notListed']));
}

/** What is left of credits that are open. */
export async function openOfCredits(
  db: Db,
  companyId: string,
  creditIds: readonly string[],
): Promise<ReadonlyMap<string, Cents>> {
  if (creditIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('openBalances')
    .select(['ledgerId', 'openCents'])
    .where('companyId', '=', companyId)
    .where('kind', '=', 'credit')
    .where('ledgerId', 'in', [...new Set(creditIds)])
    .execute();
  return new Map(rows.map(({ ledgerId, openCents }) => [ledgerId, openCents]));
}

/** Vendors whose credits may be applied, or taken off again: with open credits, or with some on a bill that is not paid. */
export async function vendorsWithCredits(db: Db, companyId: string): Promise<readonly string[]> {
  const { rows } = await sql<{ vendorId: string }>`
    select vendor_id from open_balances where company_id = ${companyId} and kind = 'credit'
    union
    select s.record->'vendor'->>'id' from settlements t
    join snapshots s on s.company_id = t.company_id and s.kind = 'bill' and s.ledger_id = t.bill_id
    where t.company_id = ${companyId} and jsonb_array_length(t.carried->'credits') > 0
      and not s.gone and not coalesce((s.record->>'isPaid')::boolean, false)`.execute(db);
  return rows.map(({ vendorId }) => vendorId);
}
