/** Who did what, when: decisions of people and what Tandem did because of them. Rows are only ever added. */
import type { Db } from './store.ts';

/** Who does it, and when (Unix milliseconds). */
export interface By {
  readonly by: string;
  readonly at: number;
}

export interface AuditEntry {
  readonly who: string;
  /** A verb and its object: `paused`, `accepted file`, `removed company`. */
  readonly what: string;
  readonly detail?: Readonly<Record<string, unknown>>;
}

/** Without a company: about the cloud as a whole. */
export async function addAudit(db: Db, companyId: string | undefined, entry: AuditEntry, at: number): Promise<void> {
  await db
    .insertInto('audit')
    .values({
      companyId: companyId ?? null,
      at,
      who: entry.who,
      what: entry.what,
      detail: JSON.stringify(entry.detail ?? {}),
    })
    .execute();
}

/** The newest first; without a company, what concerns the cloud as a whole. */
export async function listAudit(
  db: Db,
  companyId: string | undefined,
  limit = 100,
): Promise<readonly (AuditEntry & { readonly at: number })[]> {
  return db
    .selectFrom('audit')
    .select(['at', 'who', 'what', 'detail'])
    .where('companyId', companyId === undefined ? 'is' : '=', companyId ?? null)
    .orderBy('auditId', 'desc')
    .limit(limit)
    .execute();
}
