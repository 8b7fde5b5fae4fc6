/**
 * How a person comes in for the first time, or after a lost password: by a one-time link.
 *
 * 1. A link is good once, for a day; a newer link for the same person replaces it.
 * 2. Of a link only the hash is kept.
 */
import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { addAudit, type By } from './audit.ts';
import { getCompany } from './companies.ts';
import { secretHash } from './credentials.ts';
import { StoreError } from './errors.ts';
import { passwordHash } from './passwords.ts';
import { findPerson, type Person } from './people.ts';
import type { Role } from './schema.ts';
import { endSessionsOf, insertSession, type SignedIn } from './sessions.ts';
import type { Db, Store, Tx } from './store.ts';

export interface NewInvitation extends By {
  /** 1 to 60 characters. */
  readonly name: string;
  readonly role: Role;
  /** Of an accountant. */
  readonly companies?: readonly string[];
}

const GOOD_FOR_MS = 86_400_000;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/**
 * A one-time token for a new person, or for one of that name who lost their password: role and companies become as given.
 * @throws StoreError `inputWrong`, `companyUnknown`, `companyRemoved`
 */
export async function createInvitation(
  store: Store,
  { name, role, companies = [], by, at }: NewInvitation,
): Promise<string> {
  const called = name.trim();
  if (!/^\P{Cc}{1,60}$/u.test(called))
    throw new StoreError('inputWrong', `a person's name has 1 to 60 characters; this one has ${called.length}`);
  if ((role === 'operator') !== (companies.length === 0))
    throw new StoreError('inputWrong', 'an accountant is given companies, and an operator may read all');
  const token = randomBytes(32).toString('base64url');
  await store.db.transaction().execute(async (tx) => {
    for (const companyId of companies) await getCompany(tx, companyId);
    const personId = await putPerson(tx, called, role, at);
    await tx.deleteFrom('personCompanies').where('personId', '=', personId).execute();
    if (companies.length > 0)
      await tx
        .insertInto('personCompanies')
        .values([...new Set(companies)].map((companyId) => ({ personId, companyId })))
        .execute();
    await tx.deleteFrom('invitations').where('personId', '=', personId).where('usedAt', 'is', null).execute();
    await tx
      .insertInto('invitations')
      .values({ tokenHash: secretHash(token), personId, madeAt: at, expiresAt: at + GOOD_FOR_MS, usedAt: null })
      .execute();
    const entry = { who: by, what: 'invited person', detail: { name: called, role, companies } };
    for (const companyId of [undefined, ...companies]) await addAudit(tx, companyId, entry, at);
  });
  return token;
}

/** Whom an open invitation is for, without using it. */
export async function findInvitation(db: Db, token: string, at: number): Promise<Person | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const row = await db
    .selectFrom('invitations')
    .select('personId')
    .where('tokenHash', '=', secretHash(token))
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', at)
    .executeTakeFirst();
  return row && findPerson(db, row.personId);
}

/**
 * Lets somebody in by their one-time token. A password that is given becomes theirs, and ends their other sessions.
 * @throws StoreError `invitationRefused` for a token that is unknown, used or too old; `inputWrong` for the password
 */
export async function redeemInvitation(
  store: Store,
  token: string,
  password: string | undefined,
  at: number,
): Promise<SignedIn> {
  const refused = new StoreError('invitationRefused', 'this link was used or is too old: ask for a new one');
  if ((await findInvitation(store.db, token, at)) === undefined) throw refused;
  const kept = password === undefined ? undefined : await passwordHash(password);
  return store.db.transaction().execute(async (tx) => {
    const taken = await tx
      .updateTable('invitations')
      .set({ usedAt: at })
      .where('tokenHash', '=', secretHash(token))
      .where('usedAt', 'is', null)
      .where('expiresAt', '>', at)
      .returning('personId')
      .executeTakeFirst();
    const person = taken && (await findPerson(tx, taken.personId));
    if (person === undefined) throw refused;
    if (kept !== undefined) {
      await tx.updateTable('people').set({ password: kept }).where('personId', '=', person.personId).execute();
      await endSessionsOf(tx, person.personId);
    }
    await addAudit(
      tx,
      undefined,
      { who: person.name, what: 'came in by link', detail: { password: kept === undefined ? 'none' : 'set' } },
      at,
    );
    return { session: await insertSession(tx, person.personId, at), person };
  });
}

async function putPerson(tx: Tx, name: string, role: Role, at: number): Promise<string> {
  const { rows } = await sql<{ personId: string }>`
    insert into people (person_id, name, role, added_at) values (${randomBytes(8).toString('hex')}, ${name}, ${role}, ${at})
    on conflict (lower(name)) where removed_at is null do update set role = excluded.role
    returning person_id`.execute(tx);
  const [person] = rows;
  if (person === undefined) throw new Error('an upsert returns its row');
  return person.personId;
}
