/**
 * How an installation comes to serve a company: with a key of that company, shown once, good once, for a day.
 *
 * 1. Every refusal says the same, whether the key is unknown, used, expired or of a company that is not there.
 * 2. After ten wrong guesses within an hour a network is refused altogether.
 * 3. Only the SHA-256 of a key is kept.
 */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { COMPANY_ID } from '../contract/names.ts';
import { addAudit, type By } from './audit.ts';
import { getCompany } from './companies.ts';
import { holdInstallation, insertSecret, secretHash } from './credentials.ts';
import { StoreError } from './errors.ts';
import { countGuess, networkOf, wrongGuesses } from './guesses.ts';
import type { Store, Tx } from './store.ts';

export interface Enrolment {
  /** As it was given to the person at the site. */
  readonly key: string;
  /** IP address that the connector speaks from. */
  readonly address: string;
  /** What people call the installation. */
  readonly name: string;
  /** The installation that the company is added to, by its credential; without it, a new one. */
  readonly installation?: { readonly installationId: string };
  readonly at: number;
}

export interface Enrolled {
  readonly installationId: string;
  /** Of a new installation; never shown again. */
  readonly secret?: string;
  /** All companies that the installation serves now. */
  readonly companies: readonly string[];
}

const KEY = /^tck_([a-z0-9-]{8,40})_[A-Za-z0-9_-]{32}$/;
const GOOD_FOR_MS = 86_400_000;
const GUESSES = 10;

/** A key that one connector may enrol with, once, within a day. @throws StoreError `companyUnknown`, `companyRemoved` */
export async function createConnectorKey(store: Store, companyId: string, { by, at }: By): Promise<string> {
  await getCompany(store.db, companyId);
  const key = `tck_${companyId}_${randomBytes(24).toString('base64url')}`;
  await store.db.transaction().execute(async (tx) => {
    await tx
      .insertInto('connectorKeys')
      .values({
        keyHash: secretHash(key),
        companyId,
        madeAt: at,
        madeBy: by,
        expiresAt: at + GOOD_FOR_MS,
        usedAt: null,
        usedBy: null,
      })
      .execute();
    await addAudit(tx, companyId, { who: by, what: 'made connector key' }, at);
  });
  return key;
}

/**
 * Enrols a new installation, or adds the key's company to one that is.
 * @throws StoreError `enrolmentRefused`, `enrolmentTooOften`
 */
export async function enrol(store: Store, enrolment: Enrolment): Promise<Enrolled> {
  const source = `enrolment from ${networkOf(enrolment.address)}`;
  const enrolled = await store.db.transaction().execute(async (tx) => {
    if ((await wrongGuesses(tx, source, enrolment.at)) >= GUESSES)
      throw new StoreError('enrolmentTooOften', 'too many wrong keys came from this address: try again in an hour');
    const companyId = await takeKey(tx, enrolment);
    const done = companyId === undefined ? undefined : await admit(tx, companyId, enrolment);
    if (done === undefined) await countGuess(tx, source, enrolment.at);
    return done;
  });
  if (enrolled === undefined)
    throw new StoreError(
      'enrolmentRefused',
      'this key is not good: it may be mistyped, used or older than a day; ask for a new one',
    );
  return enrolled;
}

/** The company of an open key, locked. Every open key of the company is compared in full. */
async function takeKey(tx: Tx, { key, at }: Enrolment): Promise<string | undefined> {
  const companyId = KEY.exec(key)?.[1] ?? '';
  const given = Buffer.from(secretHash(key), 'hex');
  const open = COMPANY_ID.test(companyId)
    ? await tx
        .selectFrom('connectorKeys')
        .innerJoin('companies', 'companies.companyId', 'connectorKeys.companyId')
        .select('keyHash')
        .where('connectorKeys.companyId', '=', companyId)
        .where('usedAt', 'is', null)
        .where('expiresAt', '>', at)
        .where('removedAt', 'is', null)
        .execute()
    : [];
  const same = open.map(({ keyHash }) => timingSafeEqual(Buffer.from(keyHash, 'hex'), given));
  return same.includes(true) ? companyId : undefined;
}

async function admit(
  tx: Tx,
  companyId: string,
  { key, name, installation, at }: Enrolment,
): Promise<Enrolled | undefined> {
  const installationId = installation?.installationId ?? randomBytes(8).toString('hex');
  const known = installation === undefined ? undefined : await holdInstallation(tx, installationId);
  if (installation !== undefined && (known === undefined || known.revokedAt !== null)) return undefined;
  const taken = await tx
    .updateTable('connectorKeys')
    .set({ usedAt: at, usedBy: installationId })
    .where('keyHash', '=', secretHash(key))
    .where('usedAt', 'is', null)
    .returning('keyHash')
    .executeTakeFirst();
  if (taken === undefined) return undefined;
  if (known === undefined)
    await tx
      .insertInto('installations')
      .values({ installationId, name, enrolledAt: at, revokedAt: null, rotationAskedAt: null })
      .execute();
  await tx
    .insertInto('installationCompanies')
    .values({ installationId, companyId, enrolledAt: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await addAudit(
    tx,
    companyId,
    { who: `connector ${installationId}`, what: 'enrolled connector', detail: { installationId, name } },
    at,
  );
  const served = await tx
    .selectFrom('installationCompanies')
    .innerJoin('companies', 'companies.companyId', 'installationCompanies.companyId')
    .select('companies.companyId')
    .where('installationId', '=', installationId)
    .where('removedAt', 'is', null)
    .orderBy('companies.companyId')
    .execute();
  return {
    installationId,
    ...(known === undefined && { secret: await insertSecret(tx, installationId, at) }),
    companies: served.map((row) => row.companyId),
  };
}
