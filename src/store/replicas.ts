/** What MineralTree held when a first load began, by externalId and by what a person would tell it by. */
import { sql } from 'kysely';
import type { Db } from './store.ts';

export interface Replica {
  readonly mtId: string;
  readonly externalId?: string;
  readonly naturalKey: string;
  readonly record: unknown;
}

export async function putReplicas(
  db: Db,
  companyId: string,
  entity: string,
  replicas: readonly Replica[],
): Promise<void> {
  if (replicas.length === 0) return;
  const rows = replicas.map(({ mtId, externalId, naturalKey, record }) => ({
    mt_id: mtId,
    external_id: externalId,
    natural_key: naturalKey,
    record,
  }));
  await sql`
    insert into payables_replicas (company_id, entity, mt_id, external_id, natural_key, record)
    select distinct on (r.mt_id) ${companyId}, ${entity}, r.mt_id, r.external_id, r.natural_key, r.record
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(mt_id text, external_id text, natural_key text, record jsonb)
    on conflict (company_id, entity, mt_id) do update
      set external_id = excluded.external_id, natural_key = excluded.natural_key, record = excluded.record`.execute(db);
}

/** The replicas with one of the externalIds or natural keys. */
export async function findReplicas(
  db: Db,
  companyId: string,
  entity: string,
  wanted: { readonly externalIds: readonly string[]; readonly naturalKeys: readonly string[] },
): Promise<readonly Replica[]> {
  const { rows } = await sql<{ mtId: string; externalId: string | null; naturalKey: string; record: unknown }>`
    select mt_id, external_id, natural_key, record from payables_replicas
    where company_id = ${companyId} and entity = ${entity} and external_id = any(${[...wanted.externalIds]}::text[])
    union
    select mt_id, external_id, natural_key, record from payables_replicas
    where company_id = ${companyId} and entity = ${entity} and natural_key = any(${[...wanted.naturalKeys]}::text[])
      and mt_id <> ${MARK}`.execute(db);
  return rows.map(({ externalId, ...row }) => ({ ...row, ...(externalId !== null && { externalId }) }));
}

/** A row that is no record: the entity was read to its end. */
const MARK = '';

/** The entity was read to its end, whether or not MineralTree has any of it. */
export async function markReplicated(db: Db, companyId: string, entity: string): Promise<void> {
  await putReplicas(db, companyId, entity, [{ mtId: MARK, naturalKey: '', record: {} }]);
}

export async function isReplicated(db: Db, companyId: string, entity: string): Promise<boolean> {
  const mark = await db
    .selectFrom('payablesReplicas')
    .select('mtId')
    .where('companyId', '=', companyId)
    .where('entity', '=', entity)
    .where('mtId', '=', MARK)
    .executeTakeFirst();
  return mark !== undefined;
}

export async function clearReplicas(db: Db, companyId: string, entity?: string): Promise<void> {
  await db
    .deleteFrom('payablesReplicas')
    .where('companyId', '=', companyId)
    .$if(entity !== undefined, (query) => query.where('entity', '=', entity ?? ''))
    .execute();
}
