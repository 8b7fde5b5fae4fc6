/**
 * The key that all gateways seal task tokens with, sealed under the master key. One is current, the one before it is still
 * accepted; older ones are deleted.
 */
import { randomBytes } from 'node:crypto';
import { addAudit, type By } from './audit.ts';
import { openFrom, sealInto } from './sealed.ts';
import type { Store, Tx } from './store.ts';

export interface SealKeys {
  /** 32 bytes. */
  readonly current: Buffer;
  readonly previous?: Buffer;
}

export const sealKeyPlace = (sealKeyId: string): string => `gateway seal key ${sealKeyId}`;

/** The keys in use; the first is made when it is first asked for. @throws StoreError `masterKeyWrong` */
export async function sealKeys(store: Store, at: number = Date.now()): Promise<SealKeys> {
  const rows = await store.db
    .selectFrom('sealKeys')
    .select(['sealKeyId', 'sealed', 'retiredAt'])
    .orderBy('madeAt', 'desc')
    .execute();
  const current = rows.find(({ retiredAt }) => retiredAt === null);
  if (current === undefined) {
    await store.db.transaction().execute((tx) => insertSealKey(tx, store, at));
    return sealKeys(store, at);
  }
  const previous = rows.find(({ retiredAt }) => retiredAt !== null);
  const open = async ({ sealKeyId, sealed }: { sealKeyId: string; sealed: Buffer }): Promise<Buffer> =>
    Buffer.from(await openFrom(store.db, store.vault, sealed, sealKeyPlace(sealKeyId)), 'base64');
  return { current: await open(current), ...(previous && { previous: await open(previous) }) };
}

/** Makes a new current key; tokens under the one of before stay good until the next rotation. @throws StoreError `masterKeyWrong` */
export async function rotateSealKey(store: Store, { by, at }: By): Promise<void> {
  await store.db.transaction().execute(async (tx) => {
    await tx.deleteFrom('sealKeys').where('retiredAt', 'is not', null).execute();
    await tx.updateTable('sealKeys').set({ retiredAt: at }).where('retiredAt', 'is', null).execute();
    await insertSealKey(tx, store, at);
    await addAudit(tx, undefined, { who: by, what: 'rotated seal key' }, at);
  });
}

async function insertSealKey(tx: Tx, store: Store, at: number): Promise<void> {
  const sealKeyId = randomBytes(8).toString('hex');
  const sealed = await sealInto(tx, store.vault, randomBytes(32).toString('base64'), sealKeyPlace(sealKeyId));
  await tx
    .insertInto('sealKeys')
    .values({ sealKeyId, sealed, madeAt: at, retiredAt: null })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
