/**
 * The keys that payloads of companies are sealed with, each sealed under the master key.
 *
 * 1. A company has one current key; it is made when it is first asked for, whoever asks first.
 * 2. Older keys are kept for reading, in the cloud only: a connector is given the current one and no other.
 * 3. A removed company has no current key; what is under way in the cloud is still sealed with its last one.
 */
import { randomBytes } from 'node:crypto';
import { addAudit, type By } from './audit.ts';
import { findCompany, getCompany } from './companies.ts';
import { StoreError } from './errors.ts';
import { openFrom, sealInto } from './sealed.ts';
import type { Db, Store, Tx } from './store.ts';

export interface StoredCompanyKey {
  /** 16 hex digits, never used for another key. */
  readonly keyId: string;
  /** 32 bytes. */
  readonly key: Buffer;
}

const KEY_BYTES = 32;

export const companyKeyPlace = (companyId: string, keyId: string): string =>
  `company ${companyId} payload key ${keyId}`;

/**
 * The key that payloads of the company are sealed with now; made when it has none.
 * @throws StoreError `companyUnknown`, `companyRemoved`, `masterKeyWrong`
 */
export async function currentCompanyKey(
  store: Store,
  companyId: string,
  at: number = Date.now(),
): Promise<StoredCompanyKey> {
  const found = await currentRow(store.db, companyId);
  if (found !== undefined) return openKey(store, companyId, found);
  await getCompany(store.db, companyId);
  await store.db.transaction().execute(async (tx) => {
    const company = await tx
      .selectFrom('companies')
      .select('removedAt')
      .where('companyId', '=', companyId)
      .forShare()
      .executeTakeFirstOrThrow();
    if (company.removedAt === null) await insertKey(tx, store, companyId, at);
  });
  const made = await currentRow(store.db, companyId);
  if (made === undefined) throw new StoreError('companyRemoved', `company ${companyId} was removed`);
  return openKey(store, companyId, made);
}

/**
 * The key that the cloud seals payloads of the company with: the current one, and of a removed company the last one, since
 * its workflow must be able to end. Never for a connector.
 * @throws StoreError `companyUnknown`, `masterKeyWrong`
 */
export async function sealingKey(store: Store, companyId: string, at: number = Date.now()): Promise<StoredCompanyKey> {
  const company = await findCompany(store.db, companyId);
  if (company?.removedAt === undefined) return currentCompanyKey(store, companyId, at);
  const last = await lastRow(store.db, companyId);
  if (last !== undefined) return openKey(store, companyId, last);
  await store.db.transaction().execute((tx) => insertKey(tx, store, companyId, at, at));
  return sealingKey(store, companyId, at);
}

/** Any key of any company, by its ID, for reading. @throws StoreError `masterKeyWrong` */
export async function companyKeyById(
  store: Store,
  keyId: string,
): Promise<{ readonly companyId: string; readonly key: Buffer; readonly retiredAt?: number } | undefined> {
  const row = await store.db
    .selectFrom('companyKeys')
    .select(['keyId', 'companyId', 'sealed', 'retiredAt'])
    .where('keyId', '=', keyId)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { key } = await openKey(store, row.companyId, row);
  return { companyId: row.companyId, key, ...(row.retiredAt !== null && { retiredAt: row.retiredAt }) };
}

/** Gives a company a new key; the one of before is kept for reading. Returns the new key's ID. @throws StoreError `companyUnknown`, `companyRemoved`, `masterKeyWrong` */
export async function rotateCompanyKey(store: Store, companyId: string, by: By): Promise<string> {
  await getCompany(store.db, companyId);
  return store.db.transaction().execute((tx) => replaceCompanyKey(tx, store, companyId, by, 'rotated company key'));
}

/** Within a transaction: the current key is retired, a new one made, both audited as `what`. */
export async function replaceCompanyKey(
  tx: Tx,
  store: Store,
  companyId: string,
  { by, at }: By,
  what: string,
): Promise<string> {
  await tx.selectFrom('companies').select('companyId').where('companyId', '=', companyId).forNoKeyUpdate().execute();
  const retired = await retireCompanyKey(tx, companyId, at);
  const keyId = await insertKey(tx, store, companyId, at);
  await addAudit(tx, companyId, { who: by, what, detail: { keyId, ...(retired && { retired }) } }, at);
  return keyId;
}

/** Ends the use of a company's key; it stays for reading. Returns its ID, if there was one. */
export async function retireCompanyKey(tx: Tx, companyId: string, at: number): Promise<string | undefined> {
  const row = await tx
    .updateTable('companyKeys')
    .set({ retiredAt: at })
    .where('companyId', '=', companyId)
    .where('retiredAt', 'is', null)
    .returning('keyId')
    .executeTakeFirst();
  return row?.keyId;
}

interface KeyRow {
  readonly keyId: string;
  readonly sealed: Buffer;
}

const currentRow = (db: Db, companyId: string): Promise<KeyRow | undefined> =>
  db
    .selectFrom('companyKeys')
    .innerJoin('companies', 'companies.companyId', 'companyKeys.companyId')
    .select(['keyId', 'sealed'])
    .where('companyKeys.companyId', '=', companyId)
    .where('retiredAt', 'is', null)
    .where('removedAt', 'is', null)
    .executeTakeFirst();

const lastRow = (db: Db, companyId: string): Promise<KeyRow | undefined> =>
  db
    .selectFrom('companyKeys')
    .select(['keyId', 'sealed'])
    .where('companyId', '=', companyId)
    .orderBy('madeAt', 'desc')
    .orderBy('keyId')
    .limit(1)
    .executeTakeFirst();

async function openKey(store: Store, companyId: string, row: KeyRow): Promise<StoredCompanyKey> {
  const text = await openFrom(store.db, store.vault, row.sealed, companyKeyPlace(companyId, row.keyId));
  return { keyId: row.keyId, key: Buffer.from(text, 'base64') };
}

/** Makes a key, unless the company has a current one (another replica was first). */
async function insertKey(tx: Tx, store: Store, companyId: string, at: number, retiredAt?: number): Promise<string> {
  const keyId = randomBytes(8).toString('hex');
  const key = randomBytes(KEY_BYTES).toString('base64');
  const sealed = await sealInto(tx, store.vault, key, companyKeyPlace(companyId, keyId));
  await tx
    .insertInto('companyKeys')
    .values({ keyId, companyId, sealed, madeAt: at, retiredAt: retiredAt ?? null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return keyId;
}
