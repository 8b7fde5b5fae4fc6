/**
 * What may be seen of a company without signing in: whether its connector is there, at an address that cannot be guessed.
 * The token is kept sealed, to be shown again, and found by its hash.
 */
import { randomBytes } from 'node:crypto';
import { addAudit, type By } from './audit.ts';
import { getCompany } from './companies.ts';
import { secretHash } from './credentials.ts';
import { StoreError } from './errors.ts';
import { isPresent, listInstallations } from './installations.ts';
import { openFrom, sealInto } from './sealed.ts';
import type { Db, Store } from './store.ts';

export interface CompanyStatus {
  readonly connected: boolean;
  readonly lastSeenAt?: number;
}

const TOKEN = /^[A-Za-z0-9_-]{43}$/;

export const statusTokenPlace = (companyId: string): string => `company ${companyId} status token`;

/** The token of a company's status address; made when it is first asked for. @throws StoreError `companyUnknown`, `companyRemoved`, `masterKeyWrong` */
export async function statusToken(
  store: Store,
  companyId: string,
  { by, at }: By = { by: 'tandem', at: Date.now() },
): Promise<string> {
  await getCompany(store.db, companyId);
  const found = await sealedToken(store, companyId);
  if (found !== undefined) return found;
  await store.db.transaction().execute(async (tx) => {
    const token = randomBytes(32).toString('base64url');
    const made = await tx
      .insertInto('statusTokens')
      .values({
        companyId,
        tokenHash: secretHash(token),
        sealed: await sealInto(tx, store.vault, token, statusTokenPlace(companyId)),
        madeAt: at,
      })
      .onConflict((conflict) => conflict.doNothing())
      .returning('companyId')
      .executeTakeFirst();
    if (made !== undefined) await addAudit(tx, companyId, { who: by, what: 'made status address' }, at);
  });
  const made = await sealedToken(store, companyId);
  if (made === undefined) throw new StoreError('companyUnknown', `no company ${companyId}`);
  return made;
}

/** Whether a connector of the token's company is there; undefined for a token of no company that is synchronized. */
export async function companyStatus(db: Db, token: string, now: number): Promise<CompanyStatus | undefined> {
  if (!TOKEN.test(token)) return undefined;
  const row = await db
    .selectFrom('statusTokens')
    .innerJoin('companies', 'companies.companyId', 'statusTokens.companyId')
    .select('companies.companyId')
    .where('tokenHash', '=', secretHash(token))
    .where('removedAt', 'is', null)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const installations = await listInstallations(db, row.companyId);
  const seen = installations.flatMap(({ revokedAt, presence }) =>
    revokedAt === undefined && presence !== undefined ? [presence.lastSeenAt] : [],
  );
  return {
    connected: installations.some((installation) => isPresent(installation, now)),
    ...(seen.length > 0 && { lastSeenAt: Math.max(...seen) }),
  };
}

async function sealedToken(store: Store, companyId: string): Promise<string | undefined> {
  const row = await store.db
    .selectFrom('statusTokens')
    .select('sealed')
    .where('companyId', '=', companyId)
    .executeTakeFirst();
  return row && openFrom(store.db, store.vault, row.sealed, statusTokenPlace(companyId));
}
