/** The connectors on their machines: who they are, which companies they serve, when they were last seen, their end. */
import { sql } from 'kysely';
import type { ConnectorMode } from '../contract/connectorService.ts';
import { addAudit, type By } from './audit.ts';
import { replaceCompanyKey } from './companyKeys.ts';
import { companiesOf, holdInstallation } from './credentials.ts';
import { StoreError } from './errors.ts';
import type { Db, Store } from './store.ts';

/** What a connector tells of itself. */
export interface Presence {
  readonly mode: ConnectorMode;
  readonly version: string;
  readonly protocol: number;
  /** Name of the machine. */
  readonly host: string;
  /** Why QuickBooks cannot be reached at the moment, in words. */
  readonly reason?: string;
}

export interface Installation {
  readonly installationId: string;
  readonly name: string;
  readonly companies: readonly string[];
  readonly enrolledAt: number;
  readonly revokedAt?: number;
  /** Absent until it was first seen. */
  readonly presence?: Presence & { readonly lastSeenAt: number };
}

/** A connector tells of itself every 30 seconds: after three that did not come it is taken for gone. */
export const PRESENT_FOR_MS = 90_000;

/** All installations, or those of a company: the one enrolled last comes first, revoked ones come last. */
export async function listInstallations(db: Db, companyId?: string): Promise<readonly Installation[]> {
  const { rows } = await sql<InstallationRow>`
    select i.installation_id, i.name, i.enrolled_at, i.revoked_at, p.mode, p.version, p.protocol, p.host, p.reason, p.seen_at,
      coalesce((select array_agg(c.company_id order by c.company_id)
        from installation_companies s join companies c using (company_id)
        where s.installation_id = i.installation_id and c.removed_at is null), '{}') as companies
    from installations i left join presences p using (installation_id)
    where ${companyId ?? null}::text is null or exists (
      select from installation_companies s where s.installation_id = i.installation_id and s.company_id = ${companyId ?? null})
    order by i.revoked_at is not null, i.enrolled_at desc, i.installation_id`.execute(db);
  return rows.map(({ installationId, name, companies, enrolledAt, revokedAt, mode, seenAt, ...seen }) => ({
    installationId,
    name,
    companies,
    enrolledAt,
    ...(revokedAt !== null && { revokedAt }),
    ...(mode !== null &&
      seenAt !== null && {
        presence: {
          mode,
          version: seen.version ?? '',
          protocol: seen.protocol ?? 0,
          host: seen.host ?? '',
          ...(seen.reason !== null && { reason: seen.reason }),
          lastSeenAt: seenAt,
        },
      }),
  }));
}

/** Whether an installation is there now, serving: it was seen lately and has not said that it is stopping. */
export const isPresent = ({ presence, revokedAt }: Installation, at: number): boolean =>
  revokedAt === undefined &&
  presence !== undefined &&
  presence.mode !== 'stopping' &&
  at - presence.lastSeenAt < PRESENT_FOR_MS;

/** Replaces what was known of an installation. */
export async function recordPresence(db: Db, installationId: string, presence: Presence, at: number): Promise<void> {
  const { mode, version, protocol, host, reason } = presence;
  const seen = { mode, version, protocol, host, reason: reason ?? null, seenAt: at };
  await db
    .insertInto('presences')
    .values({ installationId, ...seen })
    .onConflict((conflict) => conflict.column('installationId').doUpdateSet(seen))
    .execute();
}

/**
 * Ends an installation: its secret is refused from now on, and the companies that it served get new keys. Returns those.
 * An installation that was revoked before stays as it is.
 * @throws StoreError `installationUnknown`, `masterKeyWrong`
 */
export async function revokeInstallation(
  store: Store,
  installationId: string,
  { by, at }: By,
): Promise<readonly string[]> {
  return store.db.transaction().execute(async (tx) => {
    const found = await holdInstallation(tx, installationId);
    if (found === undefined) throw new StoreError('installationUnknown', `no installation ${installationId}`);
    const served = await companiesOf(tx, installationId);
    const active = served.filter(({ removedAt }) => removedAt === null).map(({ companyId }) => companyId);
    if (found.revokedAt !== null) return active;
    await tx.updateTable('installations').set({ revokedAt: at }).where('installationId', '=', installationId).execute();
    const revoked = { who: by, what: 'revoked connector', detail: { installationId, name: found.name } };
    for (const { companyId } of served) await addAudit(tx, companyId, revoked, at);
    if (served.length === 0) await addAudit(tx, undefined, revoked, at);
    for (const companyId of active)
      await replaceCompanyKey(tx, store, companyId, { by, at }, 'rotated company key after revocation');
    return active;
  });
}

interface InstallationRow {
  readonly installationId: string;
  readonly name: string;
  readonly companies: readonly string[];
  readonly enrolledAt: number;
  readonly revokedAt: number | null;
  readonly mode: ConnectorMode | null;
  readonly version: string | null;
  readonly protocol: number | null;
  readonly host: string | null;
  readonly reason: string | null;
  readonly seenAt: number | null;
}
