/**
 * The people who may look into the cloud by a browser: operators see all companies, accountants the ones they are given.
 *
 * 1. A name is one person's, whatever its case, as long as they are not removed.
 * 2. Whoever is removed is out at once: sessions, links and tokens end.
 */
import { sql } from 'kysely';
import { addAudit, type By } from './audit.ts';
import { StoreError } from './errors.ts';
import type { Role } from './schema.ts';
import type { Db, Store } from './store.ts';

export interface Person {
  readonly personId: string;
  readonly name: string;
  readonly role: Role;
  /** Of an accountant: whose ledgers they may read. Empty for an operator, who may read all. */
  readonly companies: readonly string[];
}

export interface ListedPerson extends Person {
  readonly hasPassword: boolean;
  readonly addedAt: number;
}

export const mayRead = ({ role, companies }: Person, companyId: string): boolean =>
  role === 'operator' || companies.includes(companyId);

/** All who are not removed, by name. */
export async function listPeople(db: Db): Promise<readonly ListedPerson[]> {
  const { rows } = await peopleWhere(sql`true`).execute(db);
  return rows.map(({ password, ...person }) => ({ ...person, hasPassword: password !== null }));
}

export async function findPerson(db: Db, personId: string): Promise<Person | undefined> {
  const { rows } = await peopleWhere(sql`p.person_id = ${personId}`).execute(db);
  return rows[0] && personOf(rows[0]);
}

/** The person of that name, with what is kept of their password. */
export async function personNamed(
  db: Db,
  name: string,
): Promise<{ readonly person: Person; readonly password?: string } | undefined> {
  const { rows } = await peopleWhere(sql`lower(p.name) = lower(${name.trim()})`).execute(db);
  const row = rows[0];
  return row && { person: personOf(row), ...(row.password !== null && { password: row.password }) };
}

/** Ends all access of a person. @throws StoreError `personUnknown` */
export async function removePerson(store: Store, personId: string, { by, at }: By): Promise<void> {
  await store.db.transaction().execute(async (tx) => {
    const removed = await tx
      .updateTable('people')
      .set({ removedAt: at, password: null })
      .where('personId', '=', personId)
      .where('removedAt', 'is', null)
      .returning('name')
      .executeTakeFirst();
    if (removed === undefined) throw new StoreError('personUnknown', 'no such person');
    await tx.deleteFrom('webSessions').where('personId', '=', personId).execute();
    await tx.deleteFrom('invitations').where('personId', '=', personId).execute();
    await tx.deleteFrom('personalTokens').where('personId', '=', personId).execute();
    await addAudit(tx, undefined, { who: by, what: 'removed person', detail: { name: removed.name } }, at);
  });
}

interface PersonRow extends Person {
  readonly password: string | null;
  readonly addedAt: number;
}

const personOf = ({ personId, name, role, companies }: PersonRow): Person => ({ personId, name, role, companies });

const peopleWhere = (condition: ReturnType<typeof sql>) => sql<PersonRow>`
  select p.person_id, p.name, p.role, p.password, p.added_at,
    coalesce((select array_agg(c.company_id order by c.company_id)
      from person_companies o join companies c using (company_id)
      where o.person_id = p.person_id and c.removed_at is null), '{}') as companies
  from people p where p.removed_at is null and ${condition} order by lower(p.name)`;
