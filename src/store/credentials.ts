/**
 * The secrets of installations: `tci_<installation>_<43 base64url>`, of which only the SHA-256 is kept.
 *
 * 1. An installation has one secret, and two while it rotates: the older one is good until the newer one is used, and a
 *    moment longer for calls under way; at most a week, for an answer may be lost and a machine be off.
 * 2. A rotation whose answer was lost is done again: the newer one that was never used is replaced.
 */
import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { addAudit, type By } from './audit.ts';
import { StoreError } from './errors.ts';
import type { Db, Store, Tx } from './store.ts';

export interface Credential {
  readonly installationId: string;
  readonly name: string;
  /** The companies that it may serve; removed ones are not among them. */
  readonly companies: readonly string[];
  readonly revokedAt?: number;
}

/** A credential by the secret that was presented. */
export interface PresentedCredential extends Credential {
  /** The secret was never used before: to be told by `secretUsed`. */
  readonly firstUse: boolean;
  /** The secret is older than 30 days, or a rotation was asked for. */
  readonly rotationDue: boolean;
}

const ROTATE_AFTER_MS = 30 * 86_400_000;
const OLDER_GOOD_MS = 7 * 86_400_000;
/** Calls that were sent before the newer secret was used may arrive after it. */
const UNDER_WAY_MS = 10_000;

/** SHA-256 of a whole secret, in hex: what the store keeps. */
export const secretHash = (secret: string): string => createHash('sha256').update(secret, 'utf8').digest('hex');

/** The credential of a secret, revoked ones too; undefined for a secret that is unknown or replaced. `at` in Unix milliseconds. */
export async function findCredential(
  db: Db,
  hash: string,
  at: number = Date.now(),
): Promise<PresentedCredential | undefined> {
  const secret = await db
    .selectFrom('installationSecrets')
    .innerJoin('installations', 'installations.installationId', 'installationSecrets.installationId')
    .select(['installationSecrets.installationId', 'madeAt', 'usedAt', 'expiresAt', 'rotationAskedAt'])
    .where('secretHash', '=', hash)
    .executeTakeFirst();
  if (secret === undefined || (secret.expiresAt !== null && secret.expiresAt <= at)) return undefined;
  const [credential] = await findCredentials(db, [secret.installationId]);
  const { madeAt, usedAt, rotationAskedAt } = secret;
  return (
    credential && {
      ...credential,
      firstUse: usedAt === null,
      rotationDue: at - madeAt > ROTATE_AFTER_MS || (rotationAskedAt !== null && madeAt < rotationAskedAt),
    }
  );
}

/** The credentials of installations, revoked ones too, for checking calls under way. */
export async function findCredentials(db: Db, installationIds: readonly string[]): Promise<readonly Credential[]> {
  if (installationIds.length === 0) return [];
  const { rows } = await sql<{ installationId: string; name: string; companies: string[]; revokedAt: number | null }>`
    select i.installation_id, i.name, i.revoked_at,
      coalesce(array_agg(c.company_id order by c.company_id) filter (where c.removed_at is null and c.company_id is not null), '{}') as companies
    from installations i
      left join installation_companies s on s.installation_id = i.installation_id
      left join companies c on c.company_id = s.company_id
    where i.installation_id = any(${[...new Set(installationIds)]})
    group by i.installation_id`.execute(db);
  return rows.map(({ revokedAt, ...credential }) => ({ ...credential, ...(revokedAt !== null && { revokedAt }) }));
}

/** A secret was used: from now on it is the installation's only one. */
export async function secretUsed(db: Db, hash: string, at: number = Date.now()): Promise<void> {
  await sql`
    with used as (
      update installation_secrets set used_at = ${at} where secret_hash = ${hash} and used_at is null
      returning installation_id, made_at
    )
    update installation_secrets s set expires_at = least(s.expires_at, ${at + UNDER_WAY_MS})
    from used where s.installation_id = used.installation_id and s.secret_hash <> ${hash}`.execute(db);
}

/**
 * A new secret for an installation, shown once.
 * @throws StoreError `installationUnknown` for one that is unknown or revoked
 */
export async function rotateSecret(store: Store, installationId: string, at: number): Promise<string> {
  return store.db.transaction().execute(async (tx) => {
    const found = await holdInstallation(tx, installationId);
    if (found === undefined || found.revokedAt !== null)
      throw new StoreError('installationUnknown', `no installation ${installationId} that may come in`);
    await tx
      .deleteFrom('installationSecrets')
      .where('installationId', '=', installationId)
      .where((eb) => eb.or([eb('usedAt', 'is', null), eb('expiresAt', '<=', at)]))
      .execute();
    await tx
      .updateTable('installationSecrets')
      .set({ expiresAt: at + OLDER_GOOD_MS })
      .where('installationId', '=', installationId)
      .execute();
    const secret = await insertSecret(tx, installationId, at);
    for (const { companyId } of await companiesOf(tx, installationId))
      await addAudit(
        tx,
        companyId,
        { who: `connector ${installationId}`, what: 'rotated secret', detail: { installationId } },
        at,
      );
    return secret;
  });
}

/** Asks an installation to rotate its secret at its next presence. @throws StoreError `installationUnknown` */
export async function askRotation(store: Store, installationId: string, { by, at }: By): Promise<void> {
  await store.db.transaction().execute(async (tx) => {
    if ((await holdInstallation(tx, installationId)) === undefined)
      throw new StoreError('installationUnknown', `no installation ${installationId}`);
    await tx
      .updateTable('installations')
      .set({ rotationAskedAt: at })
      .where('installationId', '=', installationId)
      .execute();
    for (const { companyId } of await companiesOf(tx, installationId))
      await addAudit(tx, companyId, { who: by, what: 'asked to rotate secret', detail: { installationId } }, at);
  });
}

/** Within a transaction: a new secret of an installation. */
export async function insertSecret(tx: Tx, installationId: string, at: number): Promise<string> {
  const secret = `tci_${installationId}_${randomBytes(32).toString('base64url')}`;
  await tx
    .insertInto('installationSecrets')
    .values({ secretHash: secretHash(secret), installationId, madeAt: at, usedAt: null, expiresAt: null })
    .execute();
  return secret;
}

/** The installation's row, locked. */
export const holdInstallation = (
  tx: Tx,
  installationId: string,
): Promise<{ readonly name: string; readonly revokedAt: number | null } | undefined> =>
  tx
    .selectFrom('installations')
    .select(['name', 'revokedAt'])
    .where('installationId', '=', installationId)
    .forNoKeyUpdate()
    .executeTakeFirst();

/** The companies of an installation, removed ones too. */
export const companiesOf = (
  db: Db,
  installationId: string,
): Promise<readonly { readonly companyId: string; readonly removedAt: number | null }[]> =>
  db
    .selectFrom('installationCompanies')
    .innerJoin('companies', 'companies.companyId', 'installationCompanies.companyId')
    .select(['companies.companyId', 'removedAt'])
    .where('installationId', '=', installationId)
    .orderBy('companies.companyId')
    .execute();
