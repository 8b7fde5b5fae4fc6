/**
 * What a reading by keys has listed. A listed key is `wanted` when the record is missing here or newer there; when the
 * listing is over, records that we know and that were not listed are wanted too, to learn what became of them.
 */
import { sql } from 'kysely';
import type { Key } from '../contract/pull.ts';
import type { LedgerKind } from '../domain/ledger.ts';
import type { Db } from './store.ts';

/**
 * Adds a page of keys of one kind.
 * @param unpaid the listing shows unpaid bills alone: one that we take for paid is wanted whatever its version
 */
export async function addKeys(
  db: Db,
  companyId: string,
  kind: LedgerKind,
  keys: readonly Key[],
  unpaid = false,
): Promise<void> {
  if (keys.length === 0) return;
  const rows = keys.map(([id, edit]) => ({ id, edit }));
  await sql`
    insert into pending_keys as p (company_id, kind, ledger_id, edit_sequence, wanted)
    select distinct on (k.id) ${companyId}, ${kind}, k.id, k.edit,
      s.ledger_id is null or s.gone or s.edit_sequence <> k.edit
        or (${unpaid}::boolean and coalesce((s.record->>'isPaid')::boolean, false))
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as k(id text, edit text)
    left join snapshots s on s.company_id = ${companyId} and s.kind = ${kind} and s.ledger_id = k.id
    on conflict (company_id, kind, ledger_id) do update
      set edit_sequence = excluded.edit_sequence, wanted = p.wanted or excluded.wanted`.execute(db);
}

/**
 * The listing is over: what is known here and was not listed is wanted too. Only of what the listing should have shown:
 * with `openOnly` unpaid bills and active entries, else everything that is not gone. Returns how many are wanted.
 */
export async function wantUnlisted(db: Db, companyId: string, kind: LedgerKind, openOnly: boolean): Promise<number> {
  const shown = !openOnly
    ? sql`true`
    : kind === 'bill'
      ? sql`coalesce((s.record->>'isPaid')::boolean, false) = false`
      : sql`coalesce((s.record->>'active')::boolean, true)`;
  await sql`
    insert into pending_keys (company_id, kind, ledger_id, edit_sequence, wanted)
    select s.company_id, s.kind, s.ledger_id, s.edit_sequence, true
    from snapshots s
    where s.company_id = ${companyId} and s.kind = ${kind} and not s.gone and ${shown}
      and not exists (select from pending_keys p
        where p.company_id = s.company_id and p.kind = s.kind and p.ledger_id = s.ledger_id)
    on conflict do nothing`.execute(db);
  await db
    .deleteFrom('pendingKeys')
    .where('companyId', '=', companyId)
    .where('kind', '=', kind)
    .where('wanted', '=', false)
    .execute();
  return countWanted(db, companyId, kind);
}

/** Wants these records, whether or not a listing of their kind is under way. */
export async function wantKeys(db: Db, companyId: string, kind: LedgerKind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql`
    insert into pending_keys (company_id, kind, ledger_id, edit_sequence, wanted)
    select ${companyId}, ${kind}, k, '', true from unnest(${[...new Set(ids)]}::text[]) as k
    on conflict (company_id, kind, ledger_id) do update set wanted = true`.execute(db);
}

/** Kinds of which something is wanted. */
export async function wantedKinds(db: Db, companyId: string): Promise<readonly LedgerKind[]> {
  const rows = await db
    .selectFrom('pendingKeys')
    .select('kind')
    .distinct()
    .where('companyId', '=', companyId)
    .where('wanted', '=', true)
    .execute();
  return rows.map(({ kind }) => kind);
}

export async function countWanted(db: Db, companyId: string, kind: LedgerKind): Promise<number> {
  const { count } = await db
    .selectFrom('pendingKeys')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('companyId', '=', companyId)
    .where('kind', '=', kind)
    .where('wanted', '=', true)
    .executeTakeFirstOrThrow();
  return count;
}

/** The next IDs to ask for, in an order that does not change. */
export async function nextWanted(
  db: Db,
  companyId: string,
  kind: LedgerKind,
  limit: number,
): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('pendingKeys')
    .select('ledgerId')
    .where('companyId', '=', companyId)
    .where('kind', '=', kind)
    .where('wanted', '=', true)
    .orderBy('ledgerId')
    .limit(limit)
    .execute();
  return rows.map(({ ledgerId }) => ledgerId);
}

/** These were answered: read, unreadable or gone. */
export async function dropKeys(db: Db, companyId: string, kind: LedgerKind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .deleteFrom('pendingKeys')
    .where('companyId', '=', companyId)
    .where('kind', '=', kind)
    .where('ledgerId', 'in', [...ids])
    .execute();
}

/** The reading of a kind is over, or begins anew. */
export async function clearKeys(db: Db, companyId: string, kind: LedgerKind): Promise<void> {
  await db.deleteFrom('pendingKeys').where('companyId', '=', companyId).where('kind', '=', kind).execute();
}
