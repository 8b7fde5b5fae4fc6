/**
 * Problems: what a person should know or do, one open row for each key. A problem found again is the same problem; when
 * it is gone it is closed, and one that comes back later opens anew.
 *
 * Leaves to others: codes, sentences and what to do (the catalogue in src/sync).
 */
import { sql } from 'kysely';
import type { Db } from './store.ts';

/** The record that a problem is about. */
export interface Subject {
  readonly kind: string;
  readonly id: string;
  /** As people know it: vendor and number, or a full name. */
  readonly name?: string;
}

export interface NewProblem {
  /** Tells this problem from every other of the company: code and subject, usually. */
  readonly key: string;
  readonly code: string;
  readonly subject: Subject;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Problem extends NewProblem {
  readonly problemId: number;
  readonly openedAt: number;
  readonly seenAt: number;
  readonly closedAt?: number;
}

/** Keys of what is only to be seen begin so: a person closes it, and it explains no difference. */
export const TO_BE_SEEN = 'seen:';

/** Closes something that was to be seen; false when the company has no such problem open. */
export async function closeSeen(db: Db, companyId: string, problemId: number, at: number): Promise<boolean> {
  const closed = await db
    .updateTable('problems')
    .set({ closedAt: at })
    .where('companyId', '=', companyId)
    .where('problemId', '=', problemId)
    .where('closedAt', 'is', null)
    .where('key', 'like', `${TO_BE_SEEN}%`)
    .returning('problemId')
    .executeTakeFirst();
  return closed !== undefined;
}

/** Opens problems, or notes that they were seen again. */
export async function openProblems(
  db: Db,
  companyId: string,
  problems: readonly NewProblem[],
  at: number,
): Promise<void> {
  if (problems.length === 0) return;
  const distinct = [...new Map(problems.map((problem) => [problem.key, problem])).values()];
  await sql`
    insert into problems as p (company_id, key, code, subject, params, opened_at, seen_at)
    select ${companyId}, r.key, r.code, r.subject, r.params, ${at}, ${at}
    from jsonb_to_recordset(${JSON.stringify(distinct)}::jsonb)
      as r(key text, code text, subject jsonb, params jsonb)
    on conflict (company_id, key) where closed_at is null do update
      set code = excluded.code, subject = excluded.subject, params = excluded.params,
        seen_at = excluded.seen_at`.execute(db);
}

/** Closes the open problems with these keys. */
export async function closeProblems(db: Db, companyId: string, keys: readonly string[], at: number): Promise<void> {
  if (keys.length === 0) return;
  await db
    .updateTable('problems')
    .set({ closedAt: at })
    .where('companyId', '=', companyId)
    .where('closedAt', 'is', null)
    .where('key', 'in', [...new Set(keys)])
    .execute();
}

/**
 * Closes every open problem whose key begins with one of the prefixes and is not among `except`: a record was looked at
 * and these are all the problems it has.
 */
export async function closeProblemsUnder(
  db: Db,
  companyId: string,
  prefixes: readonly string[],
  except: readonly string[],
  at: number,
): Promise<void> {
  if (prefixes.length === 0) return;
  await sql`
    update problems p set closed_at = ${at}
    where p.company_id = ${companyId} and p.closed_at is null
      and exists (select from unnest(${[...new Set(prefixes)]}::text[]) as u(prefix) where starts_with(p.key, u.prefix))
      and not (p.key = any(${[...except]}::text[]))`.execute(db);
}

export async function countOpenProblems(db: Db, companyId: string): Promise<number> {
  const { count } = await db
    .selectFrom('problems')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('companyId', '=', companyId)
    .where('closedAt', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** Problems of a company for people to read, the newest first; only the open ones unless asked otherwise. */
export async function listProblems(
  db: Db,
  companyId: string,
  options: { readonly closed?: boolean; readonly limit?: number } = {},
): Promise<readonly Problem[]> {
  const rows = await problemsOf(db, companyId)
    .$if(options.closed !== true, (query) => query.where('closedAt', 'is', null))
    .limit(options.limit ?? 1_000)
    .execute();
  return rows.map(problemIn);
}

/** All open problems, the newest first; of some codes alone, or of keys that begin so: what a decision hangs on has no limit. */
export async function findProblems(
  db: Db,
  companyId: string,
  { codes, prefix }: { readonly codes?: Iterable<string>; readonly prefix?: string } = {},
): Promise<readonly Problem[]> {
  const rows = await problemsOf(db, companyId)
    .where('closedAt', 'is', null)
    .$if(codes !== undefined, (query) => query.where('code', 'in', [...(codes ?? [])]))
    .$if(prefix !== undefined, (query) => query.where(sql<boolean>`starts_with(key, ${prefix ?? ''})`))
    .execute();
  return rows.map(problemIn);
}

const problemsOf = (db: Db, companyId: string) =>
  db
    .selectFrom('problems')
    .select(['problemId', 'key', 'code', 'subject', 'params', 'openedAt', 'seenAt', 'closedAt'])
    .where('companyId', '=', companyId)
    .orderBy('problemId', 'desc');

type ProblemRow = Awaited<ReturnType<ReturnType<typeof problemsOf>['execute']>>[number];

const problemIn = ({ subject, closedAt, ...row }: ProblemRow): Problem => ({
  ...row,
  subject: subject as Subject,
  ...(closedAt !== null && { closedAt }),
});

/**
 * Closes open problems of a kind of key whose record is not among those that were looked at: it does not want anything
 * any more. Kept are records that are linked, or have a posting that is not settled (of a payment, one for each A/P
 * account: `payment/account`).
 */
export async function closeProblemsOfOthers(
  db: Db,
  companyId: string,
  prefix: string,
  lookedAt: readonly string[],
  at: number,
): Promise<void> {
  await sql`
    update problems p set closed_at = ${at}
    where p.company_id = ${companyId} and p.closed_at is null and starts_with(p.key, ${prefix})
      and not (p.subject->>'id' = any(${[...lookedAt]}::text[]))
      and not exists (select from links l where l.company_id = p.company_id and l.mt_id = p.subject->>'id')
      and not exists (select from postings s where s.company_id = p.company_id
        and split_part(s.mt_id, '/', 1) = p.subject->>'id'
        and s.state in ('planned', 'sentMaybe', 'uncertain', 'posted'))`.execute(db);
}
