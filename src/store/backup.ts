/**
 * One company's rows as a value, and back: to move a company to another store, and to bring one back to an earlier hour.
 *
 * 1. Everything of the company and nothing of another is in it; the MineralTree password stays sealed, so it opens only
 *    under the same master key.
 * 2. Bringing it back replaces the company's rows in one transaction, and raises the epoch above every one seen, so that
 *    a run of before writes nothing more.
 * 3. Who may come in is a matter of now, not of the hour of the backup: connectors, their keys and the status address stay
 *    as they are. Keys of payloads are added where they are missing, for reading, and none is taken away. What was audited
 *    since the backup stays audited.
 */
import { sql } from 'kysely';
import { type AuditEntry, addAudit } from './audit.ts';
import { StoreError } from './errors.ts';
import { holdMasterKey } from './sealed.ts';
import type { Store, Tx } from './store.ts';

/** Parents before children: in this order they are brought back. */
const TABLES = [
  'companies',
  'pulls',
  'snapshots',
  'pending_keys',
  'links',
  'create_intents',
  'payables_edits',
  'payables_replicas',
  'settlements',
  'open_balances',
  'balance_reads',
  'postings',
  'problems',
  'audit',
  'connectors',
  'reports',
  'report_bills',
  'report_entries',
  'first_days',
  'first_day_matches',
] as const;
/** Sealed keys of payloads: added, never replaced. */
const KEYS = 'company_keys';
const GENERATED: Readonly<Record<string, string>> = {
  postings: 'position',
  problems: 'problem_id',
  audit: 'audit_id',
};

export interface CompanyBackup {
  readonly tandem: 'company backup';
  readonly companyId: string;
  readonly keyId: string;
  readonly tables: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>;
}

export async function exportCompany(store: Store, companyId: string): Promise<CompanyBackup> {
  return store.db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const tables: Record<string, readonly Readonly<Record<string, unknown>>[]> = {};
      for (const table of [...TABLES, KEYS]) {
        const generated = GENERATED[table];
        const order = generated === undefined ? sql`` : sql`order by ${sql.ref(generated)}`;
        const { rows } = await sql<{ row: Record<string, unknown> }>`
          select to_jsonb(t) as row from ${sql.table(table)} t where company_id = ${companyId} ${order}`.execute(tx);
        tables[table] = rows.map(({ row }) => row);
      }
      if (tables.companies?.length !== 1) throw new StoreError('companyUnknown', `no company ${companyId}`);
      return { tandem: 'company backup', companyId, keyId: store.vault.keyId, tables };
    });
}

/** Replaces the company's rows with those of a backup. @throws StoreError `inputWrong`, `masterKeyWrong` */
export async function importCompany(store: Store, backup: CompanyBackup): Promise<void> {
  const { companyId, tables } = backup;
  if (backup.tandem !== 'company backup' || tables.companies?.length !== 1)
    throw new StoreError('inputWrong', 'not a backup of one company');
  if (backup.keyId !== store.vault.keyId)
    throw new StoreError('masterKeyWrong', `the backup was made under the master key ${backup.keyId}`);
  for (const [table, rows] of Object.entries(tables)) {
    if (table !== KEYS && !TABLES.some((known) => known === table))
      throw new StoreError('inputWrong', `the backup holds an unknown table "${table}"`);
    if (rows.some((row) => row.company_id !== companyId))
      throw new StoreError('inputWrong', `the backup holds rows of another company in "${table}"`);
  }
  await store.db.transaction().execute(async (tx) => {
    await holdMasterKey(tx, store.vault);
    const before = await tx
      .selectFrom('companies')
      .select('epoch')
      .where('companyId', '=', companyId)
      .forUpdate()
      .executeTakeFirst();
    const auditedSince = await auditedBesides(tx, companyId, tables.audit ?? []);
    await tx.deleteFrom('companies').where('companyId', '=', companyId).execute();
    for (const table of TABLES) {
      const rows = tables[table] ?? [];
      if (rows.length === 0) continue;
      const generated = GENERATED[table];
      const columns = Object.keys(rows[0] ?? {}).filter((column) => column !== generated);
      const list = sql.join(columns.map((column) => sql.ref(column)));
      const order = generated === undefined ? sql`` : sql`order by ${sql.ref(generated)}`;
      await sql`insert into ${sql.table(table)} (${list})
        select ${list} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)
        ${order}`.execute(tx);
    }
    for (const { at, ...entry } of auditedSince) await addAudit(tx, companyId, entry, at);
    await sql`insert into company_keys (key_id, company_id, sealed, made_at, retired_at)
      select key_id, company_id, sealed, made_at, coalesce(retired_at, made_at)
      from jsonb_populate_recordset(null::company_keys, ${JSON.stringify(tables[KEYS] ?? [])}::jsonb)
      on conflict (key_id) do nothing`.execute(tx);
    await sql`update companies set epoch = greatest(epoch, ${before?.epoch ?? 0}::bigint) + 1
      where company_id = ${companyId}`.execute(tx);
  });
}

/** What the audit of a company holds beside these rows, in its order. */
async function auditedBesides(
  tx: Tx,
  companyId: string,
  rows: readonly Readonly<Record<string, unknown>>[],
): Promise<readonly (AuditEntry & { readonly at: number })[]> {
  const besides = await sql<AuditEntry & { readonly at: number }>`
    select at, who, what, detail from audit a
    where company_id = ${companyId} and not exists (
      select from jsonb_populate_recordset(null::audit, ${JSON.stringify(rows)}::jsonb) b
      where (b.at, b.who, b.what, b.detail) = (a.at, a.who, a.what, a.detail))
    order by audit_id`.execute(tx);
  return besides.rows;
}
