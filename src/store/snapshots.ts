/**
 * The last version of each ledger record that a pull brought, and whether MineralTree has yet to hear of it.
 *
 * 1. An older version never replaces a newer one: the edit sequence, a Unix second, decides; at the same second the
 *    later pull does, for two edits within a second share one.
 * 2. `push_due` says from when on a record waits for MineralTree; null: nothing to bring.
 * 3. A record that is gone keeps its last version.
 */
import { sql } from 'kysely';
import { type Canary, type Key, MAX_SEEN } from '../contract/pull.ts';
import { LEDGER_KINDS, type LedgerKind, type LedgerRecords } from '../domain/ledger.ts';
import type { Db } from './store.ts';

export interface Snapshot<K extends LedgerKind = LedgerKind> {
  readonly kind: K;
  readonly ledgerId: string;
  readonly editSequence: string;
  readonly record: LedgerRecords[K];
  readonly gone: boolean;
  readonly pushTries: number;
}

/** A kind with its record, so that the one tells the type of the other. */
export type AnySnapshot = { readonly [K in LedgerKind]: Snapshot<K> }[LedgerKind];

const COLUMNS = sql.raw('kind, ledger_id, edit_sequence, record, gone, push_tries');

/** The number by which versions are compared: 0 for an edit sequence that is not a number. */
export const editNumber = (editSequence: string): number =>
  /^\d{1,15}$/.test(editSequence) ? Number(editSequence) : 0;

/**
 * Stores records of one kind. Those that are new, newer or different fall due for MineralTree at `at`, unless `due` is
 * false (what we wrote ourselves). Returns the IDs of those stored; an older version is passed over.
 */
export async function putSnapshots<K extends LedgerKind>(
  db: Db,
  companyId: string,
  kind: K,
  records: readonly LedgerRecords[K][],
  at: number,
  due = true,
): Promise<readonly string[]> {
  if (records.length === 0) return [];
  const rows = records.map((record) => ({
    ledger_id: record.id,
    edit_sequence: record.editSequence,
    edit_number: editNumber(record.editSequence),
    record,
  }));
  const stored = await sql<{ ledgerId: string }>`
    insert into snapshots as s
      (company_id, kind, ledger_id, edit_sequence, edit_number, record, gone, push_due, read_at)
    select distinct on (r.ledger_id) ${companyId}, ${kind}, r.ledger_id, r.edit_sequence, r.edit_number, r.record,
      false, ${due ? at : null}::bigint, ${at}::bigint
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(ledger_id text, edit_sequence text, edit_number bigint, record jsonb)
    order by r.ledger_id, r.edit_number desc
    on conflict (company_id, kind, ledger_id) do update set
      push_due = case when ${due} and (s.gone or s.record is distinct from excluded.record)
        then excluded.push_due else s.push_due end,
      push_tries = case when s.record is distinct from excluded.record then 0 else s.push_tries end,
      edit_sequence = excluded.edit_sequence, edit_number = excluded.edit_number, record = excluded.record,
      gone = false, gone_reason = null, read_at = excluded.read_at
    where s.edit_number <= excluded.edit_number
    returning ledger_id`.execute(db);
  return stored.rows.map(({ ledgerId }) => ledgerId);
}

/** Marks records as gone, and returns those that were not before, with their last version. */
export async function markGone(
  db: Db,
  companyId: string,
  kind: LedgerKind,
  ids: readonly string[],
  reason: 'deleted' | 'missing',
): Promise<readonly AnySnapshot[]> {
  if (ids.length === 0) return [];
  const { rows } = await sql<AnySnapshot>`
    update snapshots set gone = true, gone_reason = ${reason}, push_due = null
    where company_id = ${companyId} and kind = ${kind} and ledger_id = any(${[...ids]}) and not gone
    returning ${COLUMNS}`.execute(db);
  return rows;
}

/** What MineralTree has yet to hear of, in the order of its dependencies; at most `limit`. */
export async function dueSnapshots(
  db: Db,
  companyId: string,
  at: number,
  limit: number,
): Promise<readonly AnySnapshot[]> {
  const { rows } = await sql<AnySnapshot>`
    select ${COLUMNS} from snapshots
    where company_id = ${companyId} and push_due <= ${at}
    order by array_position(${[...LEDGER_KINDS]}::text[], kind), ledger_id
    limit ${limit}`.execute(db);
  return rows;
}

/** Sets when records are due again: null for done, a time for those that were refused. */
export async function setDue(
  db: Db,
  companyId: string,
  rows: readonly {
    readonly kind: LedgerKind;
    readonly ledgerId: string;
    readonly editSequence: string;
    readonly due: number | null;
  }[],
): Promise<void> {
  if (rows.length === 0) return;
  const given = rows.map(({ kind, ledgerId, editSequence, due }) => ({
    kind,
    ledger_id: ledgerId,
    edit_sequence: editSequence,
    due,
  }));
  await sql`
    update snapshots as s
    set push_due = r.due, push_tries = case when r.due is null then 0 else s.push_tries + 1 end
    from jsonb_to_recordset(${JSON.stringify(given)}::jsonb)
      as r(kind text, ledger_id text, edit_sequence text, due bigint)
    where s.company_id = ${companyId} and s.kind = r.kind and s.ledger_id = r.ledger_id
      and s.edit_sequence = r.edit_sequence`.execute(db);
}

/** Everything refused so far falls due: something that it may have waited for has come. */
export async function hastenDue(db: Db, companyId: string, at: number): Promise<void> {
  await db
    .updateTable('snapshots')
    .set({ pushDue: at })
    .where('companyId', '=', companyId)
    .where('pushDue', '>', at)
    .execute();
}

/** Snapshots of one kind by ID, those that are gone included. */
export async function getSnapshots<K extends LedgerKind>(
  db: Db,
  companyId: string,
  kind: K,
  ids: readonly string[],
): Promise<ReadonlyMap<string, Snapshot<K>>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Snapshot<K>>`
    select ${COLUMNS} from snapshots
    where company_id = ${companyId} and kind = ${kind} and ledger_id = any(${[...new Set(ids)]})`.execute(db);
  return new Map(rows.map((row) => [row.ledgerId, row]));
}

/** Which of these records are known, and not gone. */
export async function knownIds(
  db: Db,
  companyId: string,
  kind: LedgerKind,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('snapshots')
    .select('ledgerId')
    .where('companyId', '=', companyId)
    .where('kind', '=', kind)
    .where('ledgerId', 'in', [...new Set(ids)])
    .where('gone', '=', false)
    .execute();
  return new Set(rows.map(({ ledgerId }) => ledgerId));
}

/**
 * Versions that a `changes` page would bring again, newest first and at most `MAX_SEEN` in all: those not older than
 * each kind's watermark less `overlapSeconds`.
 */
export async function seenKeys(
  db: Db,
  companyId: string,
  watermarks: Readonly<Partial<Record<LedgerKind, number>>>,
  overlapSeconds: number,
): Promise<Partial<Record<LedgerKind, readonly Key[]>>> {
  const since = LEDGER_KINDS.flatMap((kind) => {
    const watermark = watermarks[kind];
    return watermark === undefined ? [] : [{ kind, since: watermark - overlapSeconds }];
  });
  if (since.length === 0) return {};
  const { rows } = await sql<{ kind: LedgerKind; ledgerId: string; editSequence: string }>`
    select s.kind, s.ledger_id, s.edit_sequence
    from snapshots s
    join jsonb_to_recordset(${JSON.stringify(since)}::jsonb) as w(kind text, since bigint) on w.kind = s.kind
    where s.company_id = ${companyId} and not s.gone and s.edit_number >= w.since
    order by s.edit_number desc, s.ledger_id
    limit ${MAX_SEEN}`.execute(db);
  const seen: Partial<Record<LedgerKind, Key[]>> = {};
  for (const { kind, ledgerId, editSequence } of rows) {
    const keys = seen[kind] ?? [];
    keys.push([ledgerId, editSequence]);
    seen[kind] = keys;
  }
  return seen;
}

/** The newest known bill, payment and vendor: gone from the file, or older there, means an older copy. */
export async function newestCanaries(db: Db, companyId: string): Promise<readonly Canary[]> {
  const newest = (kinds: readonly Canary['kind'][]) =>
    db
      .selectFrom('snapshots')
      .select(['kind', 'ledgerId', 'editSequence'])
      .where('companyId', '=', companyId)
      .where('kind', 'in', kinds)
      .where('gone', '=', false)
      .where('editNumber', '>', 0)
      .orderBy('editNumber', 'desc')
      .limit(1)
      .execute();
  const found = [
    ...(await newest(['bill'])),
    ...(await newest(['checkPayment', 'cardPayment'])),
    ...(await newest(['vendor'])),
  ];
  return found.map(({ kind, ledgerId, editSequence }) => ({
    kind: kind as Canary['kind'],
    id: ledgerId,
    editSequence,
  }));
}

/** All that is known to exist of a list kind: lists are small enough to be held whole. */
export async function allSnapshots<K extends LedgerKind>(
  db: Db,
  companyId: string,
  kind: K,
): Promise<readonly Snapshot<K>[]> {
  const { rows } = await sql<Snapshot<K>>`
    select ${COLUMNS} from snapshots
    where company_id = ${companyId} and kind = ${kind} order by ledger_id`.execute(db);
  return rows;
}

/** Forgets which version is newest, keeping the records: an older copy of the file was accepted by a person. */
export async function forgetVersions(db: Db, companyId: string): Promise<void> {
  await db
    .updateTable('snapshots')
    .set({ editNumber: 0, editSequence: '0' })
    .where('companyId', '=', companyId)
    .execute();
}

/** How many records are known of each kind, those that are gone left out. */
export async function countSnapshots(db: Db, companyId: string): Promise<Partial<Record<LedgerKind, number>>> {
  const rows = await db
    .selectFrom('snapshots')
    .select((eb) => ['kind', eb.fn.countAll<number>().as('count')])
    .where('companyId', '=', companyId)
    .where('gone', '=', false)
    .groupBy('kind')
    .execute();
  return Object.fromEntries(rows.map(({ kind, count }) => [kind, count]));
}

/** IDs of records of a kind that wait for MineralTree and are not put off. */
export async function dueIds(db: Db, companyId: string, kind: LedgerKind, at: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('snapshots')
    .select('ledgerId')
    .where('companyId', '=', companyId)
    .where('kind', '=', kind)
    .where('pushDue', '<=', at)
    .execute();
  return rows.map(({ ledgerId }) => ledgerId);
}

/** Names of linked vendors, by MineralTree's ID. */
export async function vendorNames(db: Db, companyId: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await sql<{ mtId: string; name: string }>`
    select l.mt_id, s.record->>'name' as name from links l
    join snapshots s on s.company_id = l.company_id and s.kind = l.kind and s.ledger_id = l.ledger_id
    where l.company_id = ${companyId} and l.entity = 'vendor'`.execute(db);
  return new Map(rows.map(({ mtId, name }) => [mtId, name]));
}

/** Names of ledger records, for people: full names of list entries, numbers of transactions. */
export async function ledgerNames(
  db: Db,
  companyId: string,
  ledgerIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ledgerIds.length === 0) return new Map();
  const { rows } = await sql<{ ledgerId: string; name: string | null }>`
    select ledger_id, coalesce(record ->> 'fullName', record ->> 'name', record ->> 'refNumber') as name from snapshots
    where company_id = ${companyId} and ledger_id = any(${[...ledgerIds]}::text[])`.execute(db);
  return new Map(rows.flatMap(({ ledgerId, name }) => (name === null ? [] : [[ledgerId, name] as const])));
}
