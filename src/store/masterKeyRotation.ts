/**
 * Changing the master key: everything that is sealed is opened with the old one and sealed anew under the new one, and the
 * store is under the new one from then on, in one transaction.
 *
 * 1. Whoever seals holds the key's row meanwhile (sealed.ts), so nothing is sealed under the old key afterwards.
 * 2. A process that has the old key goes on until it next opens or seals something, and is told then.
 */
import { addAudit, type By } from './audit.ts';
import { passwordPlace } from './companies.ts';
import { companyKeyPlace } from './companyKeys.ts';
import { statusTokenPlace } from './companyStatus.ts';
import { StoreError } from './errors.ts';
import { createVault } from './masterKey.ts';
import { checkMasterKey } from './sealed.ts';
import { sealKeyPlace } from './sealKeys.ts';
import type { Store, Tx } from './store.ts';

/** What was sealed anew, in numbers, and the new master key's ID. */
export interface MasterKeyRotation {
  readonly keyId: string;
  readonly passwords: number;
  readonly companyKeys: number;
  readonly sealKeys: number;
  readonly statusTokens: number;
}

type Reseal = (sealed: Buffer, place: string) => Buffer;

/**
 * Puts the store under another master key of 32 bytes. The store given here is of no use afterwards: open it anew.
 * @throws StoreError `masterKeyUnreadable`, `masterKeyWrong`, `inputWrong`, `sealBroken` (then nothing has changed)
 */
export async function rotateMasterKey(store: Store, newKey: Buffer, { by, at }: By): Promise<MasterKeyRotation> {
  const next = createVault(newKey);
  if (next.keyId === store.vault.keyId)
    throw new StoreError('inputWrong', `the store is under this master key (${next.keyId}) already: give a new one`);
  const reseal: Reseal = (sealed, place) => next.seal(store.vault.open(sealed, place), place);
  return store.db.transaction().execute(async (tx) => {
    // Companies before the key's row: whoever holds a company and seals takes them in this order too.
    await tx.selectFrom('companies').select('companyId').orderBy('companyId').forNoKeyUpdate().execute();
    await tx.selectFrom('tandemMeta').select('value').where('key', '=', 'masterKeyId').forUpdate().execute();
    await checkMasterKey(tx, store.vault);
    const rotation = {
      keyId: next.keyId,
      passwords: await resealPasswords(tx, reseal, next.keyId),
      companyKeys: await resealCompanyKeys(tx, reseal),
      sealKeys: await resealSealKeys(tx, reseal),
      statusTokens: await resealStatusTokens(tx, reseal),
    };
    await tx.updateTable('tandemMeta').set({ value: next.keyId }).where('key', '=', 'masterKeyId').execute();
    const detail = { ...rotation, before: store.vault.keyId };
    await addAudit(tx, undefined, { who: by, what: 'rotated master key', detail }, at);
    return rotation;
  });
}

async function resealPasswords(tx: Tx, reseal: Reseal, mtKeyId: string): Promise<number> {
  const rows = await tx.selectFrom('companies').select(['companyId', 'mtPassword']).execute();
  for (const { companyId, mtPassword } of rows)
    await tx
      .updateTable('companies')
      .set({ mtPassword: reseal(mtPassword, passwordPlace(companyId)), mtKeyId })
      .where('companyId', '=', companyId)
      .execute();
  return rows.length;
}

async function resealCompanyKeys(tx: Tx, reseal: Reseal): Promise<number> {
  const rows = await tx.selectFrom('companyKeys').select(['keyId', 'companyId', 'sealed']).execute();
  for (const { keyId, companyId, sealed } of rows)
    await tx
      .updateTable('companyKeys')
      .set({ sealed: reseal(sealed, companyKeyPlace(companyId, keyId)) })
      .where('keyId', '=', keyId)
      .execute();
  return rows.length;
}

async function resealSealKeys(tx: Tx, reseal: Reseal): Promise<number> {
  const rows = await tx.selectFrom('sealKeys').select(['sealKeyId', 'sealed']).execute();
  for (const { sealKeyId, sealed } of rows)
    await tx
      .updateTable('sealKeys')
      .set({ sealed: reseal(sealed, sealKeyPlace(sealKeyId)) })
      .where('sealKeyId', '=', sealKeyId)
      .execute();
  return rows.length;
}

async function resealStatusTokens(tx: Tx, reseal: Reseal): Promise<number> {
  const rows = await tx.selectFrom('statusTokens').select(['companyId', 'sealed']).execute();
  for (const { companyId, sealed } of rows)
    await tx
      .updateTable('statusTokens')
      .set({ sealed: reseal(sealed, statusTokenPlace(companyId)) })
      .where('companyId', '=', companyId)
      .execute();
  return rows.length;
}
