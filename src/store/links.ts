/**
 * Which ledger record is which MineralTree record, and what is kept of both from when they were last in step.
 *
 * 1. A ledger record has one link for each MineralTree entity (a bank account is a G/L account and a payment method);
 *    a MineralTree record has one link.
 * 2. Before a record is created in MineralTree an intent is written; it goes when the link comes. An intent that is
 *    found later means: it may have been created, look before creating.
 * 3. Each way of looking for a link has one index that fits, and no other that begins with the same columns: Postgres'
 *    planner, which knows nothing of a company that has just come, would go through all its links by the wrong one. Where
 *    it joins, `offset 0` keeps it to the loop.
 *
 * Leaves to others: the meaning of `kept` and `extras` (src/sync).
 */
import { sql } from 'kysely';
import type { LedgerKind } from '../domain/ledger.ts';
import type { Db } from './store.ts';

export interface LinkKey {
  readonly entity: string;
  readonly ledgerId: string;
}

export interface Link extends LinkKey {
  readonly kind: LedgerKind;
  readonly mtId: string;
  readonly bornIn: 'quickbooks' | 'mineraltree';
  /** What stood on each side when they were last in step; absent when it is not known (a link that was found again). */
  readonly kept?: unknown;
  /** What MineralTree cannot carry back. */
  readonly extras?: unknown;
}

export interface CreateIntent extends LinkKey {
  readonly tries: number;
  readonly begunAt: number;
}

const COLUMNS = ['kind', 'ledgerId', 'entity', 'mtId', 'bornIn', 'kept', 'extras'] as const;

/** Links of the given ledger records to one entity, by ledger ID. */
export async function linksOf(
  db: Db,
  companyId: string,
  entity: string,
  ledgerIds: readonly string[],
): Promise<ReadonlyMap<string, Link>> {
  if (ledgerIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('links')
    .select(COLUMNS)
    .where('companyId', '=', companyId)
    .where('entity', '=', entity)
    .where('ledgerId', 'in', [...new Set(ledgerIds)])
    .execute();
  return new Map(rows.map((row) => [row.ledgerId, linkOf(row)]));
}

/** Links of the given MineralTree records of one entity, by MineralTree's ID. */
export async function linksByMt(
  db: Db,
  companyId: string,
  entity: string,
  mtIds: readonly string[],
): Promise<ReadonlyMap<string, Link>> {
  if (mtIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('links')
    .select(COLUMNS)
    .where('companyId', '=', companyId)
    .where('entity', '=', entity)
    .where('mtId', 'in', [...new Set(mtIds)])
    .execute();
  return new Map(rows.map((row) => [row.mtId, linkOf(row)]));
}

/** A link with nothing but the two IDs: enough to turn a reference of one side into one of the other. */
export interface Pairing extends LinkKey {
  readonly kind: LedgerKind;
  readonly mtId: string;
}

/** Pairings of ledger records, named by kind and ledger ID. */
export async function pairingsOfLedger(
  db: Db,
  companyId: string,
  references: readonly { readonly kind: LedgerKind; readonly id: string }[],
): Promise<readonly Pairing[]> {
  if (references.length === 0) return [];
  const { rows } = await sql<Pairing>`
    select l.* from jsonb_to_recordset(${JSON.stringify(references)}::jsonb) as r(kind text, id text)
    cross join lateral (select entity, kind, ledger_id, mt_id from links
      where company_id = ${companyId} and kind = r.kind and ledger_id = r.id offset 0) as l`.execute(db);
  return rows;
}

/** Pairings of MineralTree records, named by kind and MineralTree's ID. */
export async function pairingsOfMt(
  db: Db,
  companyId: string,
  references: readonly { readonly kind: LedgerKind; readonly id: string }[],
): Promise<readonly Pairing[]> {
  if (references.length === 0) return [];
  const { rows } = await sql<Pairing>`
    select l.* from jsonb_to_recordset(${JSON.stringify(references)}::jsonb) as r(kind text, id text)
    cross join lateral (select entity, kind, ledger_id, mt_id from links
      where company_id = ${companyId} and kind = r.kind and mt_id = r.id offset 0) as l`.execute(db);
  return rows;
}

/** Makes or renews links and ends the intents that led to them. What a renewed link leaves out keeps its value. */
export async function putLinks(db: Db, companyId: string, links: readonly Link[], at: number): Promise<void> {
  if (links.length === 0) return;
  const rows = links.map(({ kind, ledgerId, entity, mtId, bornIn, kept, extras }) => ({
    kind,
    ledger_id: ledgerId,
    entity,
    mt_id: mtId,
    born_in: bornIn,
    kept,
    extras,
  }));
  const given = JSON.stringify(rows);
  await sql`
    insert into links as l (company_id, kind, ledger_id, entity, mt_id, born_in, kept, extras, linked_at)
    select ${companyId}, r.kind, r.ledger_id, r.entity, r.mt_id, r.born_in, r.kept, r.extras, ${at}
    from jsonb_to_recordset(${given}::jsonb) as r(kind text, ledger_id text, entity text, mt_id text, born_in text,
      kept jsonb, extras jsonb)
    on conflict (company_id, entity, ledger_id) do update set
      mt_id = excluded.mt_id, born_in = excluded.born_in,
      kept = coalesce(excluded.kept, l.kept), extras = coalesce(excluded.extras, l.extras)`.execute(db);
  await endIntents(db, companyId, given);
}

/** Notes, before they are sent, that these records may be created from now on. Repeated, it counts the tries. */
export async function journalCreates(
  db: Db,
  companyId: string,
  creates: readonly LinkKey[],
  at: number,
): Promise<void> {
  if (creates.length === 0) return;
  const rows = creates.map(({ entity, ledgerId }) => ({ entity, ledger_id: ledgerId }));
  await sql`
    insert into create_intents as i (company_id, entity, ledger_id, tries, begun_at)
    select ${companyId}, r.entity, r.ledger_id, 1, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(entity text, ledger_id text)
    on conflict (company_id, entity, ledger_id) do update
      set tries = i.tries + 1, begun_at = excluded.begun_at`.execute(db);
}

/** Known not to have been created: MineralTree refused. */
export async function dropIntents(db: Db, companyId: string, keys: readonly LinkKey[]): Promise<void> {
  if (keys.length === 0) return;
  const rows = keys.map(({ entity, ledgerId }) => ({ entity, ledger_id: ledgerId }));
  await endIntents(db, companyId, JSON.stringify(rows));
}

/** @param given a JSON list of objects with `entity` and `ledger_id` */
async function endIntents(db: Db, companyId: string, given: string): Promise<void> {
  await sql`
    delete from create_intents where ctid = any(array(
      select i.ctid from jsonb_to_recordset(${given}::jsonb) as r(entity text, ledger_id text)
      cross join lateral (select ctid from create_intents
        where company_id = ${companyId} and entity = r.entity and ledger_id = r.ledger_id offset 0) as i))`.execute(db);
}

export async function intentsOf(
  db: Db,
  companyId: string,
  entity: string,
  ledgerIds: readonly string[],
): Promise<ReadonlyMap<string, CreateIntent>> {
  if (ledgerIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('createIntents')
    .select(['entity', 'ledgerId', 'tries', 'begunAt'])
    .where('companyId', '=', companyId)
    .where('entity', '=', entity)
    .where('ledgerId', 'in', [...new Set(ledgerIds)])
    .execute();
  return new Map(rows.map((row) => [row.ledgerId, row]));
}

interface LinkRow {
  readonly kind: LedgerKind;
  readonly ledgerId: string;
  readonly entity: string;
  readonly mtId: string;
  readonly bornIn: 'quickbooks' | 'mineraltree';
  readonly kept: unknown;
  readonly extras: unknown;
}

function linkOf({ kept, extras, ...rest }: LinkRow): Link {
  return { ...rest, ...(kept !== null && { kept }), ...(extras !== null && { extras }) };
}

/** A list entry of QuickBooks that a MineralTree record is linked with. */
export interface PairedEntry extends Pairing {
  readonly name: string;
  readonly active: boolean;
  readonly type?: string;
}

/** The list entries that MineralTree records are linked with, as the last pull left them; one that is gone is inactive. */
export async function entriesOfMt(
  db: Db,
  companyId: string,
  references: readonly { readonly kind: LedgerKind; readonly id: string }[],
): Promise<readonly PairedEntry[]> {
  if (references.length === 0) return [];
  const { rows } = await sql<Pairing & { name: string | null; active: boolean; type: string | null }>`
    select l.entity, l.kind, l.ledger_id, l.mt_id,
      coalesce(s.record->>'fullName', s.record->>'name') as name,
      coalesce((s.record->>'active')::boolean, true) and not s.gone as active, s.record->>'type' as type
    from links l
    join jsonb_to_recordset(${JSON.stringify(references)}::jsonb) as r(kind text, id text)
      on l.kind = r.kind and l.mt_id = r.id
    join snapshots s on s.company_id = l.company_id and s.kind = l.kind and s.ledger_id = l.ledger_id
    where l.company_id = ${companyId}`.execute(db);
  return rows.map(({ name, type, ...row }) => ({ ...row, name: name ?? '', ...(type !== null && { type }) }));
}

/** IDs of all bills that are on both sides. */
export async function pairingsOfKind(
  db: Db,
  companyId: string,
  kind: LedgerKind,
): Promise<readonly { readonly ledgerId: string; readonly mtId: string; readonly entity: string }[]> {
  return db
    .selectFrom('links')
    .select(['ledgerId', 'mtId', 'entity'])
    .where('companyId', '=', companyId)
    .where('kind', '=', kind)
    .execute();
}
