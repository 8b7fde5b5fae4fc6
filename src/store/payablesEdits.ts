/** Edits made in MineralTree that are yet to be decided: kept until they are, whatever the watermark of the search. */
import { sql } from 'kysely';
import type { Db } from './store.ts';

export interface PayablesEdit {
  readonly entity: string;
  readonly mtId: string;
}

/** Notes edits as due; one that waits already is hastened. */
export async function noteEdits(db: Db, companyId: string, edits: readonly PayablesEdit[], due: number): Promise<void> {
  if (edits.length === 0) return;
  const rows = edits.map(({ entity, mtId }) => ({ entity, mt_id: mtId }));
  await sql`
    insert into payables_edits as e (company_id, entity, mt_id, due)
    select distinct ${companyId}, r.entity, r.mt_id, ${due}::bigint
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(entity text, mt_id text)
    on conflict (company_id, entity, mt_id) do update set due = least(e.due, excluded.due)`.execute(db);
}

export async function dueEdits(db: Db, companyId: string, at: number, limit: number): Promise<readonly PayablesEdit[]> {
  return db
    .selectFrom('payablesEdits')
    .select(['entity', 'mtId'])
    .where('companyId', '=', companyId)
    .where('due', '<=', at)
    .orderBy('entity', 'desc')
    .orderBy('mtId')
    .limit(limit)
    .execute();
}

/** Puts edits off until `due`, or drops them as decided (null). */
export async function putOffEdits(
  db: Db,
  companyId: string,
  edits: readonly PayablesEdit[],
  due: number | null,
): Promise<void> {
  if (edits.length === 0) return;
  const rows = JSON.stringify(edits.map(({ entity, mtId }) => ({ entity, mt_id: mtId })));
  const given = sql`jsonb_to_recordset(${rows}::jsonb) as r(entity text, mt_id text)`;
  const same = sql`e.company_id = ${companyId} and e.entity = r.entity and e.mt_id = r.mt_id`;
  await (due === null
    ? sql`delete from payables_edits e using ${given} where ${same}`
    : sql`update payables_edits e set due = ${due} from ${given} where ${same}`
  ).execute(db);
}

/** Everything put off falls due: something that it may have waited for has changed. */
export async function hastenEdits(db: Db, companyId: string, at: number): Promise<void> {
  await db
    .updateTable('payablesEdits')
    .set({ due: at })
    .where('companyId', '=', companyId)
    .where('due', '>', at)
    .execute();
}
