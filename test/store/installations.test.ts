/** Installations as an operator knows them: enrolled with a company's key, seen, rotated, revoked. */
import assert from 'node:assert/strict';
import {
  askRotation,
  companyStatus,
  createConnectorKey,
  currentCompanyKey,
  enrol,
  findCredential,
  findCredentials,
  listAudit,
  listInstallations,
  recordPresence,
  removeCompany,
  revokeInstallation,
  rotateSecret,
  type Store,
  StoreError,
  secretHash,
  secretUsed,
  statusToken,
} from '../../src/store/index.ts';
import { addTestCompany, openTestStore } from './postgres.ts';

const BY = { by: 'Ann', at: 1_000 };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ADDRESS = '203.0.113.7';

const code = (wanted: string) => (error: unknown) => error instanceof StoreError && error.code === wanted;

describe('installations in the store', function () {
  this.timeout(60_000);
  let store: Store;
  let acme: string;
  let baker: string;

  beforeEach(async () => {
    ({ store } = await openTestStore());
    acme = await addTestCompany(store, 'Acme');
    baker = await addTestCompany(store, 'Baker');
  });

  const enrolled = async (companyId: string, name = 'Front desk') => {
    const { installationId, secret = '' } = await enrol(store, {
      key: await createConnectorKey(store, companyId, BY),
      address: ADDRESS,
      name,
      at: 2_000,
    });
    return { installationId, secret };
  };

  it('a connector enrols with the key of a company, and its secret names it', async () => {
    const key = await createConnectorKey(store, acme, BY);
    assert.match(key, new RegExp(`^tck_${acme}_[A-Za-z0-9_-]{32}$`));
    const {
      installationId,
      secret = '',
      companies,
    } = await enrol(store, { key, address: ADDRESS, name: 'Desk', at: 2_000 });
    assert.match(secret, new RegExp(`^tci_${installationId}_[A-Za-z0-9_-]{43}$`));
    assert.deepEqual(companies, [acme]);
    const found = await findCredential(store.db, secretHash(secret), 2_000);
    const credential = { installationId, name: 'Desk', companies: [acme] };
    assert.deepEqual(found, { ...credential, firstUse: true, rotationDue: false });
    assert.deepEqual(await findCredentials(store.db, [installationId, 'nobody']), [credential]);
    assert.equal(await findCredential(store.db, secretHash(`${secret}x`), 2_000), undefined);
    assert.deepEqual((await listAudit(store.db, acme)).map(({ who, what }) => [who, what]).slice(0, 2), [
      [`connector ${installationId}`, 'enrolled connector'],
      ['Ann', 'made connector key'],
    ]);
  });

  it('nothing of a key, a secret or a status token is kept as it was given out', async () => {
    const key = await createConnectorKey(store, acme, BY);
    const { secret = '' } = await enrol(store, { key, address: ADDRESS, name: 'Desk', at: 2_000 });
    const token = await statusToken(store, acme, BY);
    const { key: companyKey } = await currentCompanyKey(store, acme);
    const tables = [
      'installations',
      'installationSecrets',
      'connectorKeys',
      'companyKeys',
      'statusTokens',
      'audit',
    ] as const;
    const rows = await Promise.all(tables.map((table) => store.db.selectFrom(table).selectAll().execute()));
    const dump = JSON.stringify(rows, (_key, value: unknown) =>
      typeof value === 'object' && value !== null && 'data' in value && Array.isArray(value.data)
        ? Buffer.from(value.data).toString('latin1')
        : value,
    );
    assert.ok(dump.includes(secretHash(secret)), 'the dump sees the hash');
    for (const shown of [key, secret, token, companyKey.toString('base64'), companyKey.toString('latin1')])
      assert.ok(!dump.includes(shown.slice(-20)));
  });

  it('a key is good once, for a day, and every refusal reads the same', async () => {
    const [used, late] = [await createConnectorKey(store, acme, BY), await createConnectorKey(store, acme, BY)];
    await enrol(store, { key: used, address: ADDRESS, name: 'Desk', at: 2_000 });
    const ofRemoved = await createConnectorKey(store, baker, BY);
    await removeCompany(store, baker, BY);
    const wrong: readonly (readonly [what: string, key: string, at: number])[] = [
      ['used', used, 3_000],
      ['expired', late, BY.at + DAY],
      ['of a removed company', ofRemoved, 3_000],
      ['altered', `${late.slice(0, -1)}${late.endsWith('A') ? 'B' : 'A'}`, 3_000],
      ['of a company that is not there', late.replace(acme, 'no-such-company'), 3_000],
      ['no key at all', 'please', 3_000],
    ];
    const told = new Set<string>();
    for (const [what, key, at] of wrong)
      await assert.rejects(
        enrol(store, { key, address: ADDRESS, name: 'Desk', at }),
        (error: Error) => code('enrolmentRefused')(error) && Boolean(told.add(error.message)),
        what,
      );
    assert.equal(told.size, 1);
    assert.equal((await listInstallations(store.db)).length, 1);
  });

  it('of many that enrol with one key at the same time one succeeds', async () => {
    const key = await createConnectorKey(store, acme, BY);
    const ends = await Promise.allSettled(
      ['a', 'b', 'c', 'd'].map((name, at) => enrol(store, { key, address: `203.0.113.${at}`, name, at: 2_000 })),
    );
    assert.equal(ends.filter(({ status }) => status === 'fulfilled').length, 1);
    assert.equal((await listInstallations(store.db, acme)).length, 1);
  });

  it('after ten wrong keys an address is refused for an hour, a right key too, and others are not', async () => {
    const key = await createConnectorKey(store, acme, BY);
    const wrong = `tck_${acme}_${'A'.repeat(32)}`;
    const guess = (address: string, given: string, at: number) => enrol(store, { key: given, address, name: 'x', at });
    const ends = await Promise.allSettled(Array.from({ length: 14 }, () => guess('2001:db8::1', wrong, 5_000)));
    const codes = ends.map((end) =>
      end.status === 'rejected' && end.reason instanceof StoreError ? end.reason.code : '',
    );
    assert.equal(codes.filter((one) => one === 'enrolmentRefused').length, 10);
    assert.equal(codes.filter((one) => one === 'enrolmentTooOften').length, 4);
    await assert.rejects(guess('2001:db8::2', key, 6_000), code('enrolmentTooOften'), 'the same network');
    await assert.rejects(guess('2001:db8:0:1::1', wrong, 6_000), code('enrolmentRefused'), 'another network');
    await guess('2001:db8::1', key, 5_000 + HOUR);
  });

  it('a second company needs its own key, and the secret stays', async () => {
    const { installationId, secret } = await enrolled(acme);
    const added = await enrol(store, {
      key: await createConnectorKey(store, baker, BY),
      address: ADDRESS,
      name: 'another name',
      installation: { installationId },
      at: 3_000,
    });
    assert.deepEqual(added, { installationId, companies: [acme, baker].sort() });
    assert.deepEqual((await findCredential(store.db, secretHash(secret), 3_000))?.companies, [acme, baker].sort());
    await removeCompany(store, baker, BY);
    assert.deepEqual((await findCredential(store.db, secretHash(secret), 3_000))?.companies, [acme]);
  });

  it('a secret is rotated without a pause: the older one ends when the newer one is used', async () => {
    const { installationId, secret: first } = await enrolled(acme);
    const good = async (secret: string, at: number) =>
      (await findCredential(store.db, secretHash(secret), at)) !== undefined;
    await secretUsed(store.db, secretHash(first), 2_000);
    assert.equal((await findCredential(store.db, secretHash(first), 2_000 + 31 * DAY))?.rotationDue, true);
    await askRotation(store, installationId, { by: 'Ann', at: 2_500 });
    assert.equal((await findCredential(store.db, secretHash(first), 2_600))?.rotationDue, true);

    const lost = await rotateSecret(store, installationId, 3_000);
    const second = await rotateSecret(store, installationId, 4_000);
    assert.deepEqual(
      [await good(first, 5_000), await good(lost, 5_000), await good(second, 5_000)],
      [true, false, true],
    );
    assert.equal(await good(first, 4_000 + 7 * DAY), false, 'at most a week');
    await secretUsed(store.db, secretHash(second), 10_000);
    await secretUsed(store.db, secretHash(second), 11_000);
    assert.deepEqual([await good(first, 15_000), await good(first, 20_000)], [true, false]);
    const found = await findCredential(store.db, secretHash(second), 20_000);
    assert.deepEqual([found?.firstUse, found?.rotationDue], [false, false]);
  });

  it('a revoked one is refused, its companies get new keys, and it is told to whoever looks', async () => {
    const { installationId, secret } = await enrolled(acme);
    const before = await currentCompanyKey(store, acme);
    const untouched = await currentCompanyKey(store, baker);
    assert.deepEqual(await revokeInstallation(store, installationId, { by: 'Ann', at: 9_000 }), [acme]);
    assert.equal((await findCredential(store.db, secretHash(secret), 9_000))?.revokedAt, 9_000);
    assert.notEqual((await currentCompanyKey(store, acme)).keyId, before.keyId);
    assert.deepEqual(await currentCompanyKey(store, baker), untouched);
    await assert.rejects(rotateSecret(store, installationId, 9_500), code('installationUnknown'));
    const key = await createConnectorKey(store, baker, BY);
    await assert.rejects(
      enrol(store, { key, address: ADDRESS, name: 'x', installation: { installationId }, at: 9_500 }),
      code('enrolmentRefused'),
    );
    assert.deepEqual((await listAudit(store.db, acme)).map(({ what }) => what).slice(0, 2), [
      'rotated company key after revocation',
      'revoked connector',
    ]);
    const { keyId } = await currentCompanyKey(store, acme);
    await revokeInstallation(store, installationId, { by: 'Ann', at: 9_900 });
    assert.equal((await currentCompanyKey(store, acme)).keyId, keyId, 'once');
    await assert.rejects(revokeInstallation(store, '0'.repeat(16), BY), code('installationUnknown'));
  });

  it('is seen with what it tells of itself, and the status address says whether it is there', async () => {
    const { installationId } = await enrolled(acme);
    const token = await statusToken(store, acme, BY);
    assert.equal(await statusToken(store, acme, BY), token);
    const status = (now: number) => companyStatus(store.db, token, now);
    assert.deepEqual(await status(5_000), { connected: false });
    const presence = { mode: 'online', version: '1.0.0', protocol: 1, host: 'DESK', reason: 'no file open' } as const;
    await recordPresence(store.db, installationId, presence, 5_000);
    assert.deepEqual((await listInstallations(store.db, acme))[0]?.presence, { ...presence, lastSeenAt: 5_000 });
    assert.deepEqual(await status(6_000), { connected: true, lastSeenAt: 5_000 });
    assert.deepEqual(await status(95_000), { connected: false, lastSeenAt: 5_000 });
    const { reason: _over, ...well } = presence;
    await recordPresence(store.db, installationId, { ...well, mode: 'stopping' }, 99_000);
    assert.deepEqual(await status(99_000), { connected: false, lastSeenAt: 99_000 });
    assert.deepEqual(await listInstallations(store.db, baker), []);
    assert.equal(await companyStatus(store.db, 'A'.repeat(43), 5_000), undefined);
    await removeCompany(store, acme, BY);
    assert.equal(await status(99_000), undefined);
  });
});
