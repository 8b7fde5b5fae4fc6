/**
 * Which ledger record is which MineralTree record, and what stood in MineralTree after our last write to it.
 *
 * 1. A ledger record has one link, a MineralTree record has one link.
 * 2. Before a record is created in MineralTree an intent is written; it goes when the link comes. An intent that is
 *    found later means: it may have been created, look before creating.
 *
 * Leaves to others: the meaning of `readBack`, `lineMap` and `extras` (src/sync).
 */
import { sql } from 'kysely';
import type { LedgerKind } from '../domain/ledger.ts';
import type { Db } from './store.ts';

export interface Link {
  readonly kind: LedgerKind;
  readonly ledgerId: string;
  /** The MineralTree entity: an account is a `glAccount` or a `paymentMethod`. */
  readonly entity: string;
  readonly mtId: string;
  readonly bornIn: 'quickbooks' | 'mineraltree';
  /** Digest of what was last written to MineralTree for it. */
  readonly pushedDigest?: string;
  readonly pushedEditSequence?: string;
  readonly readBack?: unknown;
  readonly lineMap?: unknown;
  readonly extras?: unknown;
}

export interface CreateIntent {
  readonly kind: LedgerKind;
  readonly ledgerId: string;
  readonly entity: string;
  readonly tries: number;
  readonly begunAt: number;
}

const COLUMNS = [
  'kind',
  'ledgerId',
  'entity',
  'mtId',
  'bornIn',
  'pushedDigest',
  'pushedEditSequence',
  'readBack',
  'lineMap',
  'extras',
] as const;

/** Links of the given ledger records of one kind. */
export async function linksOf(
  db: Db,
  companyId: string,
  kind: LedgerKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Link>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('links')
    .select(COLUMNS)
    .where('companyId', '=', companyId)
    .where('kind', '=', kind)
    .where('ledgerId', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.ledgerId, linkOf(row)]));
}

/** Links of the given MineralTree records of one entity. */
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

/** All links of one kind, without what was read back. */
export async function linksOfKind(
  db: Db,
  companyId: string,
  kind: LedgerKind,
): Promise<readonly Pick<Link, 'kind' | 'ledgerId' | 'entity' | 'mtId' | 'bornIn'>[]> {
  return db
    .selectFrom('links')
    .select(['kind', 'ledgerId', 'entity', 'mtId', 'bornIn'])
    .where('companyId', '=', companyId)
    .where('kind', '=', kind)
    .execute();
}

/** Makes or renews links and ends the intents that led to them. A field left out of a renewed link keeps its value. */
export async function putLinks(db: Db, companyId: string, links: readonly Link[], at: number): Promise<void> {
  if (links.length === 0) return;
  const rows = links.map((link) => ({
    kind: link.kind,
    ledger_id: link.ledgerId,
    entity: link.entity,
    mt_id: link.mtId,
    born_in: link.bornIn,
    pushed_digest: link.pushedDigest,
    pushed_edit_sequence: link.pushedEditSequence,
    read_back: link.readBack,
    line_map: link.lineMap,
    extras: link.extras,
  }));
  const given = JSON.stringify(rows);
  await sql`
    insert into links as l (company_id, kind, ledger_id, entity, mt_id, born_in, pushed_digest, pushed_edit_sequence,
      read_back, line_map, extras, linked_at)
    select ${companyId}, r.kind, r.ledger_id, r.entity, r.mt_id, r.born_in, r.pushed_digest, r.pushed_edit_sequence,
      r.read_back, r.line_map, r.extras, ${at}
    from jsonb_to_recordset(${given}::jsonb) as r(kind text, ledger_id text, entity text, mt_id text, born_in text,
      pushed_digest text, pushed_edit_sequence text, read_back jsonb, line_map jsonb, extras jsonb)
    on conflict (company_id, kind, ledger_id) do update set
      entity = excluded.entity, mt_id = excluded.mt_id, born_in = excluded.born_in,
      pushed_digest = coalesce(excluded.pushed_digest, l.pushed_digest),
      pushed_edit_sequence = coalesce(excluded.pushed_edit_sequence, l.pushed_edit_sequence),
      read_back = coalesce(excluded.read_back, l.read_back),
      line_map = coalesce(excluded.line_map, l.line_map),
      extras = coalesce(excluded.extras, l.extras)`.execute(db);
  await sql`
    delete from create_intents i
    using jsonb_to_recordset(${given}::jsonb) as r(kind text, ledger_id text)
    where i.company_id = ${companyId} and i.kind = r.kind and i.ledger_id = r.ledger_id`.execute(db);
}

/** Changes what stood in MineralTree after a write or a reading. */
export async function setReadBack(
  db: Db,
  companyId: string,
  entity: string,
  mtId: string,
  readBack: unknown,
): Promise<void> {
  await db
    .updateTable('links')
    .set({ readBack: JSON.stringify(readBack) })
    .where('companyId', '=', companyId)
    .where('entity', '=', entity)
    .where('mtId', '=', mtId)
    .execute();
}

/** Notes, before they are sent, that these records may be created from now on. Repeated, it counts the tries. */
export async function journalCreates(
  db: Db,
  companyId: string,
  creates: readonly { readonly kind: LedgerKind; readonly ledgerId: string; readonly entity: string }[],
  at: number,
): Promise<void> {
  if (creates.length === 0) return;
  const rows = creates.map(({ kind, ledgerId, entity }) => ({ kind, ledger_id: ledgerId, entity }));
  await sql`
    insert into create_intents as i (company_id, kind, ledger_id, entity, tries, begun_at)
    select ${companyId}, r.kind, r.ledger_id, r.entity, 1, ${at}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(kind text, ledger_id text, entity text)
    on conflict (company_id, kind, ledger_id) do update
      set tries = i.tries + 1, begun_at = excluded.begun_at, entity = excluded.entity`.execute(db);
}

/** Known not to have been created: MineralTree refused. */
export async function dropIntents(db: Db, companyId: string, kind: LedgerKind, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await db
    .deleteFrom('createIntents')
    .where('companyId', '=', companyId)
    .where('kind', '=', kind)
    .where('ledgerId', 'in', [...ids])
    .execute();
}

export async function intentsOf(
  db: Db,
  companyId: string,
  kind: LedgerKind,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CreateIntent>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('createIntents')
    .select(['kind', 'ledgerId', 'entity', 'tries', 'begunAt'])
    .where('companyId', '=', companyId)
    .where('kind', '=', kind)
    .where('ledgerId', 'in', [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.ledgerId, row]));
}

interface LinkRow {
  readonly kind: LedgerKind;
  readonly ledgerId: string;
  readonly entity: string;
  readonly mtId: string;
  readonly bornIn: 'quickbooks' | 'mineraltree';
  readonly pushedDigest: string | null;
  readonly pushedEditSequence: string | null;
  readonly readBack: unknown;
  readonly lineMap: unknown;
  readonly extras: unknown;
}

function linkOf(row: LinkRow): Link {
  return {
    kind: row.kind,
    ledgerId: row.ledgerId,
    entity: row.entity,
    mtId: row.mtId,
    bornIn: row.bornIn,
    ...(row.pushedDigest !== null && { pushedDigest: row.pushedDigest }),
    ...(row.pushedEditSequence !== null && { pushedEditSequence: row.pushedEditSequence }),
    ...(row.readBack !== null && { readBack: row.readBack }),
    ...(row.lineMap !== null && { lineMap: row.lineMap }),
    ...(row.extras !== null && { extras: row.extras }),
  };
}
