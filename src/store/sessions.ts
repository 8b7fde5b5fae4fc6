/**
 * Who is signed in: sessions of browsers, each a random token of which only the hash is kept.
 *
 * 1. A session ends after 12 hours in which it was not used, and after 7 days in any case.
 * 2. Guesses are counted before a password is looked at, so that many at the same time are counted too: ten wrong ones an hour from
 *    one network, fifty for one name.
 */
import { randomBytes } from 'node:crypto';
import { addAudit } from './audit.ts';
import { secretHash } from './credentials.ts';
import { StoreError } from './errors.ts';
import { forgiveGuess, networkOf, takeGuess } from './guesses.ts';
import { isPassword } from './passwords.ts';
import { findPerson, type Person, personNamed } from './people.ts';
import type { Db, Store } from './store.ts';

/** Somebody who has just come in: `session` goes into their cookie and is kept as a hash. */
export interface SignedIn {
  readonly session: string;
  readonly person: Person;
}

const IDLE_MS = 12 * 3_600_000;
const LONGEST_MS = 7 * 86_400_000;
/** Being used is written down no more often. */
const SEEN_EVERY_MS = 60_000;
const FROM_NETWORK = 10;
const FOR_NAME = 50;

/** @throws StoreError `signInRefused` (the same for an unknown name), `signInTooOften` */
export async function signIn(
  store: Store,
  {
    name,
    password,
    address,
    at,
  }: { readonly name: string; readonly password: string; readonly address: string; readonly at: number },
): Promise<SignedIn> {
  const sources = [
    [`sign-in from ${networkOf(address)}`, FROM_NETWORK],
    // A name is typed: now and then it is a password that was typed there.
    [`sign-in as ${secretHash(name.trim().toLowerCase())}`, FOR_NAME],
  ] as const;
  for (const [source, limit] of sources)
    if (!(await takeGuess(store.db, source, limit, at)))
      throw new StoreError('signInTooOften', 'too many wrong passwords: try again in an hour');
  const found = await personNamed(store.db, name);
  if (!(await isPassword(password, found?.password)) || found === undefined)
    throw new StoreError('signInRefused', 'name or password is wrong');
  for (const [source] of sources) await forgiveGuess(store.db, source, at);
  const { person } = found;
  const session = await store.db.transaction().execute(async (tx) => {
    await addAudit(tx, undefined, { who: person.name, what: 'signed in' }, at);
    return insertSession(tx, person.personId, at);
  });
  return { session, person };
}

/** Whose session this is, as they are now; it is used thereby. */
export async function findSession(store: Store, session: string, at: number): Promise<Person | undefined> {
  const tokenHash = secretHash(session);
  const row = await store.db
    .selectFrom('webSessions')
    .select(['personId', 'startedAt', 'seenAt'])
    .where('tokenHash', '=', tokenHash)
    .executeTakeFirst();
  if (row === undefined || at - row.seenAt >= IDLE_MS || at - row.startedAt >= LONGEST_MS) return undefined;
  if (at - row.seenAt >= SEEN_EVERY_MS)
    await store.db.updateTable('webSessions').set({ seenAt: at }).where('tokenHash', '=', tokenHash).execute();
  return findPerson(store.db, row.personId);
}

/** Signs out. */
export async function endSession(store: Store, session: string): Promise<void> {
  await store.db.deleteFrom('webSessions').where('tokenHash', '=', secretHash(session)).execute();
}

export async function endSessionsOf(db: Db, personId: string): Promise<void> {
  await db.deleteFrom('webSessions').where('personId', '=', personId).execute();
}

/** A new session; those that are over are deleted with it. */
export async function insertSession(db: Db, personId: string, at: number): Promise<string> {
  await db
    .deleteFrom('webSessions')
    .where((eb) => eb.or([eb('seenAt', '<=', at - IDLE_MS), eb('startedAt', '<=', at - LONGEST_MS)]))
    .execute();
  const session = randomBytes(32).toString('base64url');
  await db
    .insertInto('webSessions')
    .values({ tokenHash: secretHash(session), personId, startedAt: at, seenAt: at })
    .execute();
  return session;
}
