/**
 * Sealing into the store and opening from it, with the master key that the store is under now.
 *
 * 1. Nothing is sealed under a key that the store is not under: the key's ID is read, and held until the transaction ends.
 * 2. What does not open because the master key was rotated meanwhile is told as such, not as damage.
 */
import { StoreError } from './errors.ts';
import type { Vault } from './masterKey.ts';
import type { Db } from './store.ts';

/** Seals a text for its place (company and purpose); to be called in the transaction that writes it. @throws StoreError `masterKeyWrong` */
export async function sealInto(db: Db, vault: Vault, text: string, place: string): Promise<Buffer> {
  await holdMasterKey(db, vault);
  return vault.seal(text, place);
}

/** Opens what `sealInto` made for the same place. @throws StoreError `masterKeyWrong`, `sealBroken` */
export async function openFrom(db: Db, vault: Vault, sealed: Buffer, place: string): Promise<string> {
  try {
    return vault.open(sealed, place);
  } catch (error) {
    await checkMasterKey(db, vault);
    throw error;
  }
}

/** @throws StoreError `masterKeyWrong` when the store is under another key than the vault */
export async function checkMasterKey(db: Db, vault: Vault): Promise<void> {
  const { value } = await masterKeyRow(db).executeTakeFirstOrThrow();
  if (value !== vault.keyId) throw wrongKey(value, vault.keyId);
}

/** Within a transaction: the store stays under the vault's key until it ends. @throws StoreError `masterKeyWrong` */
export async function holdMasterKey(db: Db, vault: Vault): Promise<void> {
  const { value } = await masterKeyRow(db).forShare().executeTakeFirstOrThrow();
  if (value !== vault.keyId) throw wrongKey(value, vault.keyId);
}

const masterKeyRow = (db: Db) => db.selectFrom('tandemMeta').select('value').where('key', '=', 'masterKeyId');

const wrongKey = (stored: string, given: string): StoreError =>
  new StoreError(
    'masterKeyWrong',
    `the store is under the master key ${stored}, and ${given} was given: if the master key was rotated, start again with the new key file`,
  );
