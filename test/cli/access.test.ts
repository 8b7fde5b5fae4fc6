/** The commands about connectors and keys as an operator types them, on a store without a cloud. */
import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import {
  companyStatus,
  currentCompanyKey,
  enrol,
  findCredential,
  openStore,
  readMasterKey,
  recordPresence,
  type Store,
  secretHash,
} from '../../src/store/index.ts';
import { type TestDatabase, testDatabase } from '../local/servers.ts';
import { addTestCompany } from '../store/testCompany.ts';
import { type Ended, runTandem } from './tandemCommand.ts';

const PRESENCE = { mode: 'online', version: '1.0.0', protocol: 1, host: 'DESK\u001b[31m' } as const;

describe('the commands about connectors and keys', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let folder: string;
  let store: Store;
  let acme: string;
  let baker: string;

  const tandem = (...args: string[]): Promise<Ended> =>
    runTandem({ PATH: process.env.PATH, TANDEM_DATA: folder, DATABASE_URL: database.url }, args);
  const done = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await tandem(...args);
    assert.deepEqual([code, err], [0, ''], out);
    return out;
  };
  const open = async (): Promise<Store> =>
    openStore({
      databaseUrl: database.url,
      masterKey: await readMasterKey(path.join(folder, 'master.key')),
      log: pino({ level: 'silent' }),
      connections: 2,
    });
  const add = (name: string): Promise<string> => addTestCompany(store, name);
  const enrolled = async (company: string, name: string) => {
    const { out } = await tandem('company', 'connector-key', company);
    const { installationId, secret = '' } = await enrol(store, {
      key: out.trim(),
      address: '203.0.113.7',
      name,
      at: Date.now(),
    });
    return { installationId, hash: secretHash(secret) };
  };

  before(async () => {
    database = await testDatabase();
    folder = await mkdtemp(path.join(os.tmpdir(), 'tandem-access-'));
    assert.equal((await tandem('connectors')).code, 0);
    store = await open();
    [acme, baker] = [await add('Acme'), await add('Baker')];
  });
  after(async () => {
    await store?.close();
    await database?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('without a connector the list says how to get one', async () => {
    const { out, err } = await tandem('connectors');
    assert.deepEqual([out, err], ['', 'no connector yet: tandem company connector-key --help\n']);
  });

  it('a connector key is printed alone, and what to do with it is told beside it', async () => {
    const { code, out, err } = await tandem('company', 'connector-key', 'Acme');
    assert.equal(code, 0);
    assert.match(out, new RegExp(`^tck_${acme}_[A-Za-z0-9_-]{32}\n$`));
    assert.match(err, /^for one connector of Acme, once, within a day, .*: tandem connector enroll --gateway /);
    assert.match((await tandem('company', 'connector-key', 'Nobody')).err, /^error: no company "Nobody"/);
  });

  it('the token of the status address is the same each time', async () => {
    const [one, two] = [await tandem('company', 'status-token', 'Acme'), await tandem('company', 'status-token', acme)];
    assert.match(one.out, /^[A-Za-z0-9_-]{43}\n$/);
    assert.deepEqual(two, { code: 0, out: one.out, err: one.err });
    assert.deepEqual(await companyStatus(store.db, one.out.trim(), Date.now()), { connected: false });
  });

  it('the list tells who is there, and nothing that a connector says of itself steers the terminal', async () => {
    const { installationId } = await enrolled('Acme', 'Front desk');
    assert.match(
      await done('connectors'),
      new RegExp(`^Front desk \\(${installationId}\\): never seen\n  serves Acme \\(${acme}\\)\n$`),
    );
    await recordPresence(store.db, installationId, { ...PRESENCE, reason: 'no file is open' }, Date.now());
    const told = await done('connectors', '--company', 'acme');
    assert.match(told, /: connected, QuickBooks is open\n/);
    assert.match(told, /\n {2}DESK[^\n]*, version 1\.0\.0, protocol 1, last seen \d{4}-\S+Z\n/);
    assert.match(told, /\n {2}QuickBooks cannot be reached: no file is open\n$/);
    assert.ok(!told.includes('\u001b'));
    await recordPresence(store.db, installationId, PRESENCE, Date.now() - 90_000);
    assert.match(await done('connectors'), /: not there\n/);
    const [one] = JSON.parse(await done('connectors', '--json')) as readonly Record<string, unknown>[];
    assert.deepEqual(
      [one?.installationId, one?.connected, one?.companies],
      [installationId, false, [{ companyId: acme, name: 'Acme' }]],
    );
    assert.equal((await tandem('connectors', '--company', 'Baker')).out, '');
  });

  it('a connector is revoked by its name or its ID, and its companies have new keys', async () => {
    const { installationId, hash } = await enrolled('Baker', 'Back office');
    const { keyId } = await currentCompanyKey(store, baker);
    assert.equal(
      await done('connectors', 'revoke', 'back office'),
      `Back office (${installationId}) is revoked\n  Baker (${baker}) has a new key\n`,
    );
    assert.ok((await findCredential(store.db, hash))?.revokedAt);
    assert.notEqual((await currentCompanyKey(store, baker)).keyId, keyId);
    assert.match(await done('connectors', 'revoke', installationId), /was revoked \d{4}-/);
    assert.match(await done('connectors'), /Back office \(.*\): revoked \d{4}-/);
    const ended = await tandem('connectors', 'revoke', 'Back office');
    assert.deepEqual(
      [ended.code, ended.err],
      [1, 'error: no connector "Back office", in the command line; tandem connectors lists them\n'],
    );
  });

  it('a connector is asked to change its secret', async () => {
    const { installationId, hash } = await enrolled('Acme', 'Laptop');
    assert.equal((await findCredential(store.db, hash))?.rotationDue, false);
    assert.match(await done('connectors', 'rotate', installationId), /^Laptop \(.*\) is asked to change its secret\n$/);
    assert.equal((await findCredential(store.db, hash))?.rotationDue, true);
  });

  it('the key of a company and that of the gateways are changed on demand', async () => {
    const { keyId } = await currentCompanyKey(store, acme);
    assert.match(await done('keys', 'rotate', '--company', 'Acme'), new RegExp(`^Acme \\(${acme}\\) has the new key `));
    assert.notEqual((await currentCompanyKey(store, acme)).keyId, keyId);
    assert.match(await done('keys', 'rotate', '--seal-key'), /^the gateways have a new seal key/);
    for (const args of [[], ['--seal-key', '--company', 'Acme']]) {
      const { code, err } = await tandem('keys', 'rotate', ...args);
      assert.equal(code, 2);
      assert.match(err, /^error: one key is changed at a time, in the command line; give one of --new-key-file/);
    }
  });

  it('the master key is changed, put in its place, and the clouds are to be started again', async () => {
    const before = await currentCompanyKey(store, acme);
    const old = await readFile(path.join(folder, 'master.key'), 'utf8');
    const file = path.join(folder, 'new.key');
    const told = await done('keys', 'rotate', '--new-key-file', file);
    assert.match(
      told,
      /^a new master key was made in .*new\.key\nthe store is under the master key [0-9a-f]{16} now; it was/,
    );
    assert.match(told, /\nsealed anew: MineralTree passwords 2, company keys \d, seal keys \d, status addresses 1\n/);
    assert.match(told, /\nrestart every cloud with the new key: /);
    const [kept = ''] = readdirSync(folder).filter((name) => name.startsWith('master.key.'));
    assert.equal(await readFile(path.join(folder, kept), 'utf8'), old);
    for (const name of [kept, 'master.key', 'new.key']) assert.equal(statSync(path.join(folder, name)).mode & 0o077, 0);
    await assert.rejects(currentCompanyKey(store, acme), /start again with the new key file/);
    const anew = await open();
    assert.deepEqual(await currentCompanyKey(anew, acme), before);
    await anew.close();
    assert.match(await done('connectors'), /Front desk/);
    const same = await tandem('keys', 'rotate', '--new-key-file', file);
    assert.equal(same.code, 1);
    assert.match(same.err, /is under this master key \([0-9a-f]{16}\) already: give a new one/);
  });
});
