/**
 * A company's first day: how far matching has come, which records were found to be the same, and which to be different.
 * The push reads it when it meets a record for the first time; the cut-over dates are among the company's rules.
 */
import { sql } from 'kysely';
import type { LedgerKind, LedgerRecords } from '../domain/ledger.ts';
import type { Db } from './store.ts';

export interface FirstDay {
  /** A date, or `none`: when a backup of the company file was restored last, as the accountant says. */
  readonly lastRestore: string;
  /** Unix milliseconds. */
  readonly matchedAt: number;
  /** Proposals that nobody has decided. */
  readonly undecided: number;
  /** Counts by kind, for people. */
  readonly summary: unknown;
}

/** What is known of a pair: the same, or different. */
export interface FirstDayMatch {
  readonly entity: string;
  readonly ledgerId: string;
  readonly mtId: string;
  readonly same: boolean;
  /** What it was matched by, or the person who said so. */
  readonly matchedBy: string;
}

export async function findFirstDay(db: Db, companyId: string): Promise<FirstDay | undefined> {
  return db
    .selectFrom('firstDays')
    .select(['lastRestore', 'matchedAt', 'undecided', 'summary'])
    .where('companyId', '=', companyId)
    .executeTakeFirst();
}

export async function putFirstDay(db: Db, companyId: string, firstDay: FirstDay): Promise<void> {
  const row = { ...firstDay, summary: JSON.stringify(firstDay.summary) };
  await db
    .insertInto('firstDays')
    .values({ companyId, ...row })
    .onConflict((conflict) => conflict.column('companyId').doUpdateSet(row))
    .execute();
}

const MATCH = ['entity', 'ledgerId', 'mtId', 'same', 'matchedBy'] as const;

/** What is known of pairs, of all of a company's or of some ledger records of an entity. */
export async function matchesOf(
  db: Db,
  companyId: string,
  of?: { readonly entity: string; readonly ledgerIds?: readonly string[] },
): Promise<readonly FirstDayMatch[]> {
  if (of?.ledgerIds?.length === 0) return [];
  let query = db.selectFrom('firstDayMatches').select(MATCH).where('companyId', '=', companyId);
  if (of !== undefined) query = query.where('entity', '=', of.entity);
  if (of?.ledgerIds !== undefined) query = query.where('ledgerId', 'in', [...new Set(of.ledgerIds)]);
  return query.execute();
}

/** Puts these in the place of all that was known before. */
export async function replaceMatches(
  db: Db,
  companyId: string,
  matches: readonly FirstDayMatch[],
  at: number,
): Promise<void> {
  await db.deleteFrom('firstDayMatches').where('companyId', '=', companyId).execute();
  const rows = matches.map(({ entity, ledgerId, mtId, same, matchedBy }) => ({
    entity,
    ledger_id: ledgerId,
    mt_id: mtId,
    same,
    matched_by: matchedBy,
  }));
  await sql`
    insert into first_day_matches (company_id, entity, ledger_id, mt_id, same, matched_by, at)
    select ${companyId}, r.entity, r.ledger_id, r.mt_id, r.same, r.matched_by, ${at}::bigint
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as r(entity text, ledger_id text, mt_id text, same boolean, matched_by text)`.execute(db);
}

/** All records of a kind that are not gone, without an order; read in pieces, so that the whole company is never in memory twice. */
export async function* everyRecord<K extends LedgerKind>(
  db: Db,
  companyId: string,
  kind: K,
): AsyncGenerator<LedgerRecords[K]> {
  for (let after = ''; ; ) {
    const { rows } = await sql<{ ledgerId: string; record: LedgerRecords[K] }>`
      select ledger_id, record from snapshots
      where company_id = ${companyId} and kind = ${kind} and not gone and ledger_id > ${after}
      order by ledger_id limit ${PIECE}`.execute(db);
    for (const { record } of rows) yield record;
    const last = rows.at(-1);
    if (last === undefined || rows.length < PIECE) return;
    after = last.ledgerId;
  }
}

const PIECE = 500;
