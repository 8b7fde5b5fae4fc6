/** `tandem user ...` as an operator types it, on a store without a cloud. */
import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { findInvitation, findPersonalToken, openStore, readMasterKey, type Store } from '../../src/store/index.ts';
import { type TestDatabase, testDatabase } from '../local/servers.ts';
import { addTestCompany } from '../store/testCompany.ts';
import { type Ended, runTandem } from './tandemCommand.ts';

const URL = 'https://tandem.example';

describe('the commands about people', function () {
  this.timeout(60_000);
  let database: TestDatabase;
  let folder: string;
  let store: Store;
  let acme: string;

  const tandem = (...args: string[]): Promise<Ended> =>
    runTandem({ PATH: process.env.PATH, TANDEM_DATA: folder, DATABASE_URL: database.url }, ['user', ...args]);
  const done = async (...args: string[]): Promise<string> => {
    const { code, out, err } = await tandem(...args);
    assert.deepEqual([code, err], [0, ''], out);
    return out;
  };

  before(async () => {
    database = await testDatabase();
    folder = await mkdtemp(path.join(os.tmpdir(), 'tandem-user-'));
    const empty = await tandem('list');
    assert.deepEqual([empty.code, empty.out, empty.err], [0, '', 'nobody yet: tandem user invite --help\n']);
    store = await openStore({
      databaseUrl: database.url,
      masterKey: await readMasterKey(path.join(folder, 'master.key')),
      log: pino({ level: 'silent' }),
      connections: 2,
    });
    acme = await addTestCompany(store, 'Acme');
  });
  after(async () => {
    await store?.close();
    await database?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  const invited = async (...args: string[]) => {
    const link = (await done('invite', ...args, '--url', URL)).trim();
    const token = /^https:\/\/tandem\.example\/come-in\/([\w-]{43})$/.exec(link)?.[1] ?? '';
    return findInvitation(store.db, token, Date.now());
  };

  it('an operator is invited by a link', async () => {
    const person = await invited('Olga', '--role', 'operator');
    assert.deepEqual([person?.name, person?.role, person?.companies], ['Olga', 'operator', []]);
  });

  it('an accountant is invited for the companies named', async () => {
    const person = await invited('Ada', '--role', 'accountant', '--company', 'Acme');
    assert.deepEqual([person?.name, person?.role, person?.companies], ['Ada', 'accountant', [acme]]);
  });

  it('the list says who there is, and a removed person is gone from it', async () => {
    assert.equal(await done('list'), `Ada\taccountant\tno password\t${acme}\nOlga\toperator\tno password\n`);
    await invited('Gone', '--role', 'operator');
    assert.equal(await done('remove', 'gone'), 'Gone is removed\n');
    const names = (JSON.parse(await done('list', '--json')) as { name: string }[]).map(({ name }) => name);
    assert.deepEqual(names, ['Ada', 'Olga']);
  });

  it('a token is printed once, and is that person’s', async () => {
    const token = (await done('token', 'olga', '--for', 'my laptop')).trim();
    assert.equal((await findPersonalToken(store, token, Date.now()))?.name, 'Olga');
  });

  const wrong: [args: readonly string[], code: number, said: RegExp][] = [
    [['invite', 'Zoe', '--url', URL], 2, /required option '--role <role>'/],
    [['invite', 'Zoe', '--role', 'king', '--url', URL], 2, /Allowed choices are operator, accountant/],
    [['invite', 'Zoe', '--role', 'accountant', '--url', URL], 1, /an accountant is given companies/],
    [['invite', 'Zoe', '--role', 'operator', '--company', 'Acme', '--url', URL], 1, /an operator may read all/],
    [['invite', 'Zoe', '--role', 'accountant', '--company', 'Nowhere', '--url', URL], 1, /Nowhere/],
    [['invite', ' ', '--role', 'operator', '--url', URL], 1, /1 to 60 characters/],
    [['invite', 'Zoe', '--role', 'operator', '--url', 'tandem.example'], 2, /no address of pages, in --url/],
    [['invite', 'Zoe', '--role', 'operator'], 1, /no cloud runs on this data folder, in --url; name the address/],
    [['remove', 'Zoe'], 1, /nobody is called "Zoe"/],
    [['token', 'Zoe'], 1, /nobody is called "Zoe"/],
  ];
  for (const [args, code, said] of wrong)
    it(`tandem user ${args.join(' ')} says what is wrong`, async () => {
      const ended = await tandem(...args);
      assert.equal(ended.code, code, ended.err);
      assert.match(ended.err, said);
    });

  it('nobody was invited by a command that was refused', async () => assert.doesNotMatch(await done('list'), /Zoe/));
});
