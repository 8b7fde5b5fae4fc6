/** The keys that payloads and task tokens are sealed with, and the master key over them. */
import assert from 'node:assert/strict';
import {
  changeSignIn,
  companyKeyById,
  createConnectorKey,
  createStoredKeyring,
  currentCompanyKey,
  enrol,
  exportCompany,
  findCredential,
  importCompany,
  listAudit,
  payablesLogin,
  removeCompany,
  revokeInstallation,
  rotateCompanyKey,
  rotateMasterKey,
  rotateSealKey,
  type Store,
  StoreError,
  sealKeys,
  secretHash,
  statusToken,
} from '../../src/store/index.ts';
import { addTestCompany, newDatabase, openTestStore } from './postgres.ts';

const BY = { by: 'Ann', at: 1_000 };
const NEW_KEY = Buffer.alloc(32, 9);

const code = (wanted: string) => (error: unknown) => error instanceof StoreError && error.code === wanted;

describe('keys in the store', function () {
  this.timeout(60_000);
  let databaseUrl: string;
  let store: Store;
  let acme: string;

  beforeEach(async () => {
    databaseUrl = await newDatabase();
    ({ store } = await openTestStore(databaseUrl));
    acme = await addTestCompany(store, 'Acme');
  });

  it('a company gets its key when it is first asked for, the same whoever asks at the same time', async () => {
    const { store: other } = await openTestStore(databaseUrl);
    const asked = await Promise.all([store, other, store, other].map((one) => currentCompanyKey(one, acme)));
    assert.equal(new Set(asked.map(({ keyId }) => keyId)).size, 1);
    const [first] = asked;
    assert.match(first?.keyId ?? '', /^[0-9a-f]{16}$/);
    assert.equal(first?.key.length, 32);
    assert.deepEqual(asked[1], first);
    const baker = await currentCompanyKey(store, await addTestCompany(store, 'Baker'));
    assert.notDeepEqual(baker.key, first?.key);
    await assert.rejects(currentCompanyKey(store, 'no-such-company'), code('companyUnknown'));
  });

  it('a rotated key is kept for reading', async () => {
    const before = await currentCompanyKey(store, acme);
    const keyId = await rotateCompanyKey(store, acme, { by: 'Ann', at: 7_000 });
    assert.equal((await currentCompanyKey(store, acme)).keyId, keyId);
    assert.deepEqual(await companyKeyById(store, before.keyId), {
      companyId: acme,
      key: before.key,
      retiredAt: 7_000,
    });
    assert.equal(await companyKeyById(store, '0'.repeat(16)), undefined);
    const [entry] = await listAudit(store.db, acme);
    assert.deepEqual(entry, {
      at: 7_000,
      who: 'Ann',
      what: 'rotated company key',
      detail: { keyId, retired: before.keyId },
    });
  });

  it('a key in the row of another company does not open', async () => {
    const baker = await addTestCompany(store, 'Baker');
    const { keyId } = await currentCompanyKey(store, acme);
    await store.db.updateTable('companyKeys').set({ companyId: baker }).where('keyId', '=', keyId).execute();
    await assert.rejects(companyKeyById(store, keyId), code('sealBroken'));
  });

  it('a removed company gives its key to nobody; what runs in the cloud ends under the last one', async () => {
    const [baker, last] = [await addTestCompany(store, 'Baker'), await currentCompanyKey(store, acme)];
    await removeCompany(store, acme, BY);
    await removeCompany(store, baker, BY);
    await assert.rejects(currentCompanyKey(store, acme), code('companyRemoved'));
    const keyring = createStoredKeyring(store);
    assert.deepEqual(await keyring.current(acme), last);
    assert.deepEqual(await keyring.byId(acme, last.keyId), last.key);
    const { keyId, key } = await keyring.current(baker);
    assert.deepEqual(await keyring.byId(baker, keyId), key, 'one that never had a key');
  });

  it('the keyring follows a rotation within its time, and gives a key to its own company only', async () => {
    let now = 0;
    const keyring = createStoredKeyring(store, { refreshMs: 5_000, clock: () => now });
    const before = await keyring.current(acme);
    const keyId = await rotateCompanyKey(store, acme, BY);
    assert.equal((await keyring.current(acme)).keyId, before.keyId);
    now = 5_000;
    assert.equal((await keyring.current(acme)).keyId, keyId);
    assert.deepEqual(await keyring.byId(acme, before.keyId), before.key);
    assert.equal(await keyring.byId('another-company', before.keyId), undefined);
    assert.equal(await keyring.byId(acme, 'no key ID'), undefined);
    await assert.rejects(keyring.current('no-such-company'), code('companyUnknown'));
    await assert.rejects(keyring.current('no-such-company'), code('companyUnknown'));
  });

  it('a key that the keyring does not find is looked for again later', async () => {
    let now = 0;
    const keyring = createStoredKeyring(store, { refreshMs: 5_000, clock: () => now });
    const { keyId, key } = await currentCompanyKey(store, acme);
    const sealed = await store.db
      .selectFrom('companyKeys')
      .selectAll()
      .where('keyId', '=', keyId)
      .executeTakeFirstOrThrow();
    await store.db.deleteFrom('companyKeys').execute();
    assert.equal(await keyring.byId(acme, keyId), undefined);
    await store.db.insertInto('companyKeys').values(sealed).execute();
    assert.equal(await keyring.byId(acme, keyId), undefined);
    now = 5_000;
    assert.deepEqual(await keyring.byId(acme, keyId), key);
  });

  it('all gateways share the seal key; of older ones the last is still known', async () => {
    const { store: other } = await openTestStore(databaseUrl);
    const [one, two] = await Promise.all([sealKeys(store), sealKeys(other)]);
    assert.deepEqual(one, two);
    assert.equal(one.previous, undefined);
    await rotateSealKey(store, { by: 'Ann', at: Date.now() + 1 });
    const second = await sealKeys(other);
    assert.deepEqual(second.previous, one.current);
    await rotateSealKey(store, { by: 'Ann', at: Date.now() + 2 });
    assert.deepEqual((await sealKeys(store)).previous, second.current);
    assert.equal((await store.db.selectFrom('sealKeys').selectAll().execute()).length, 2);
    assert.equal((await listAudit(store.db, undefined))[0]?.what, 'rotated seal key');
  });

  it('bringing a company back to an earlier hour brings no connector back and loses no key', async () => {
    const first = await currentCompanyKey(store, acme);
    const key = await createConnectorKey(store, acme, BY);
    const { installationId, secret = '' } = await enrol(store, {
      key,
      address: '203.0.113.7',
      name: 'Desk',
      at: 2_000,
    });
    const other = await enrol(store, {
      key: await createConnectorKey(store, acme, BY),
      address: '203.0.113.7',
      name: 'Stays',
      at: 2_000,
    });
    const token = await statusToken(store, acme, BY);
    const backup = await exportCompany(store, acme);
    await revokeInstallation(store, installationId, BY);
    const current = await currentCompanyKey(store, acme);

    await importCompany(store, JSON.parse(JSON.stringify(backup)));
    assert.deepEqual(await currentCompanyKey(store, acme), current);
    assert.deepEqual((await companyKeyById(store, first.keyId))?.key, first.key);
    assert.ok((await findCredential(store.db, secretHash(secret)))?.revokedAt);
    assert.deepEqual((await findCredential(store.db, secretHash(other.secret ?? '')))?.companies, [acme]);
    assert.equal(await statusToken(store, acme, BY), token);
    const whats = (await listAudit(store.db, acme)).map(({ what }) => what);
    assert.deepEqual(whats.slice(0, 2), ['rotated company key after revocation', 'revoked connector']);
    assert.equal(whats.filter((what) => what === 'added company').length, 1);

    const { store: elsewhere } = await openTestStore();
    await importCompany(elsewhere, backup);
    assert.deepEqual((await companyKeyById(elsewhere, first.keyId))?.key, first.key, 'in another store, for reading');
    assert.notEqual((await currentCompanyKey(elsewhere, acme)).keyId, first.keyId);
  });

  it('under a new master key everything opens that opened before', async () => {
    const removed = await addTestCompany(store, 'Removed');
    const [before, gone] = [await currentCompanyKey(store, acme), await currentCompanyKey(store, removed)];
    const [seals, token] = [await sealKeys(store), await statusToken(store, acme, BY)];
    await removeCompany(store, removed, BY);
    const { keyId, ...numbers } = await rotateMasterKey(store, NEW_KEY, BY);
    assert.deepEqual(numbers, { passwords: 2, companyKeys: 2, sealKeys: 1, statusTokens: 1 });
    const { store: anew } = await openTestStore(databaseUrl, NEW_KEY);
    assert.equal(anew.vault.keyId, keyId);
    assert.deepEqual(await currentCompanyKey(anew, acme), before);
    assert.deepEqual((await companyKeyById(anew, gone.keyId))?.key, gone.key);
    assert.deepEqual(await sealKeys(anew), seals);
    assert.equal(await statusToken(anew, acme, BY), token);
    assert.equal((await payablesLogin(anew.db, anew.vault, acme)).password, 'a password');
    await assert.rejects(openTestStore(databaseUrl), code('masterKeyWrong'));
    const [entry] = await listAudit(anew.db, undefined);
    assert.deepEqual([entry?.what, entry?.detail?.before], ['rotated master key', store.vault.keyId]);
  });

  it('whoever still has the old master key is told so at the next use, and writes nothing', async () => {
    const baker = await addTestCompany(store, 'Baker');
    await currentCompanyKey(store, acme);
    await sealKeys(store);
    await rotateMasterKey(store, NEW_KEY, BY);
    const uses: readonly (readonly [what: string, use: () => Promise<unknown>])[] = [
      ['reading a key', () => currentCompanyKey(store, acme)],
      ['making a key', () => currentCompanyKey(store, baker)],
      ['rotating a key', () => rotateCompanyKey(store, acme, BY)],
      ['reading seal keys', () => sealKeys(store)],
      ['rotating the seal key', () => rotateSealKey(store, BY)],
      ['reading a password', () => payablesLogin(store.db, store.vault, acme)],
      ['changing a password', () => changeSignIn(store, acme, 'another', BY)],
      ['adding a company', () => addTestCompany(store, 'Carter')],
      ['making a status address', () => statusToken(store, acme, BY)],
      ['removing a company', () => removeCompany(store, baker, BY)],
      ['rotating the master key', () => rotateMasterKey(store, Buffer.alloc(32, 10), BY)],
    ];
    for (const [what, use] of uses)
      await assert.rejects(
        use(),
        (error: Error) => code('masterKeyWrong')(error) && /start again with the new key file/.test(error.message),
        what,
      );
    const { store: anew } = await openTestStore(databaseUrl, NEW_KEY);
    assert.equal((await payablesLogin(anew.db, anew.vault, acme)).password, 'a password');
    assert.equal((await anew.db.selectFrom('companies').selectAll().execute()).length, 2);
  });

  it('what is sealed while the master key is being changed is sealed under the new one, or refused', async () => {
    const others = await Promise.all(['B', 'C', 'D', 'E'].map((name) => addTestCompany(store, name)));
    const { store: second } = await openTestStore(databaseUrl);
    const ends = await Promise.allSettled([
      ...others.map((companyId) => changeSignIn(second, companyId, 'while it changes', BY)),
      rotateMasterKey(store, NEW_KEY, BY),
      ...others.map((companyId) => currentCompanyKey(second, companyId)),
    ]);
    const wrong = ends.flatMap((end) =>
      end.status === 'rejected' && !code('masterKeyWrong')(end.reason) ? [end.reason] : [],
    );
    assert.deepEqual(wrong, []);
    const { store: anew } = await openTestStore(databaseUrl, NEW_KEY);
    for (const companyId of others) {
      assert.match((await payablesLogin(anew.db, anew.vault, companyId)).password, /^(a password|while it changes)$/);
      await currentCompanyKey(anew, companyId);
    }
  });

  it('a master key that is the same, or that something sealed does not open under, changes nothing', async () => {
    await currentCompanyKey(store, acme);
    await assert.rejects(rotateMasterKey(store, Buffer.alloc(32, 7), BY), code('inputWrong'));
    await store.db
      .updateTable('companyKeys')
      .set({ sealed: Buffer.alloc(60) })
      .execute();
    await assert.rejects(rotateMasterKey(store, NEW_KEY, BY), code('sealBroken'));
    assert.equal((await payablesLogin(store.db, store.vault, acme)).password, 'a password');
  });
});
