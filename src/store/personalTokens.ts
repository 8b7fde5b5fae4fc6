/**
 * Tokens of people for tools that have no browser (`temporal --codec-endpoint`): `ttp_<43 base64url>`, shown once, kept as a
 * hash, good for 90 days, with the rights that the person has when it is used.
 */
import { randomBytes } from 'node:crypto';
import { addAudit, type By } from './audit.ts';
import { secretHash } from './credentials.ts';
import { StoreError } from './errors.ts';
import { findPerson, type Person } from './people.ts';
import type { Db, Store } from './store.ts';

export interface PersonalToken {
  readonly tokenId: string;
  readonly name: string;
  readonly madeAt: number;
  readonly expiresAt: number;
  readonly usedAt?: number;
}

const GOOD_FOR_MS = 90 * 86_400_000;
const USED_EVERY_MS = 60_000;
const TOKEN = /^ttp_[A-Za-z0-9_-]{43}$/;

/** A token for a person, shown once; `name` says what for, in 1 to 60 characters. @throws StoreError `personUnknown`, `inputWrong` */
export async function createPersonalToken(
  store: Store,
  personId: string,
  { name, by, at }: By & { readonly name: string },
): Promise<string> {
  const called = name.trim();
  if (!/^\P{Cc}{1,60}$/u.test(called))
    throw new StoreError('inputWrong', `a token's name has 1 to 60 characters; this one has ${called.length}`);
  const token = `ttp_${randomBytes(32).toString('base64url')}`;
  await store.db.transaction().execute(async (tx) => {
    const person = await findPerson(tx, personId);
    if (person === undefined) throw new StoreError('personUnknown', 'no such person');
    const tokenId = randomBytes(8).toString('hex');
    await tx
      .insertInto('personalTokens')
      .values({
        tokenHash: secretHash(token),
        tokenId,
        personId,
        name: called,
        madeAt: at,
        expiresAt: at + GOOD_FOR_MS,
        usedAt: null,
      })
      .execute();
    await addAudit(
      tx,
      undefined,
      { who: by, what: 'made personal token', detail: { person: person.name, tokenId, name: called } },
      at,
    );
  });
  return token;
}

/** Whose token this is, as they are now; undefined for one that is unknown or too old. */
export async function findPersonalToken(store: Store, token: string, at: number): Promise<Person | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const tokenHash = secretHash(token);
  const row = await store.db
    .selectFrom('personalTokens')
    .select(['personId', 'usedAt'])
    .where('tokenHash', '=', tokenHash)
    .where('expiresAt', '>', at)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (row.usedAt === null || at - row.usedAt >= USED_EVERY_MS)
    await store.db.updateTable('personalTokens').set({ usedAt: at }).where('tokenHash', '=', tokenHash).execute();
  return findPerson(store.db, row.personId);
}

/** The tokens of a person that are still good, the newest first. */
export async function listPersonalTokens(db: Db, personId: string, at: number): Promise<readonly PersonalToken[]> {
  const rows = await db
    .selectFrom('personalTokens')
    .select(['tokenId', 'name', 'madeAt', 'expiresAt', 'usedAt'])
    .where('personId', '=', personId)
    .where('expiresAt', '>', at)
    .orderBy('madeAt', 'desc')
    .execute();
  return rows.map(({ usedAt, ...token }) => ({ ...token, ...(usedAt !== null && { usedAt }) }));
}

/** Ends a token of a person. @returns whether there was such a one */
export async function revokePersonalToken(
  store: Store,
  personId: string,
  tokenId: string,
  { by, at }: By,
): Promise<boolean> {
  return store.db.transaction().execute(async (tx) => {
    const ended = await tx
      .deleteFrom('personalTokens')
      .where('personId', '=', personId)
      .where('tokenId', '=', tokenId)
      .returning('name')
      .executeTakeFirst();
    if (ended === undefined) return false;
    await addAudit(tx, undefined, { who: by, what: 'ended personal token', detail: { tokenId, name: ended.name } }, at);
    return true;
  });
}
