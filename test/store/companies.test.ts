import assert from 'node:assert/strict';
import pg from 'pg';
import {
  acceptFile,
  changeCompany,
  createMasterKey,
  exportCompany,
  FenceLost,
  getCompany,
  importCompany,
  listAudit,
  listCompanies,
  listProblems,
  openProblems,
  openStore,
  parseMasterKey,
  payablesLogin,
  putLinks,
  readMasterKey,
  removeCompany,
  resolveCompany,
  StoreError,
} from '../../src/store/index.ts';
import { addTestCompany, log, newDatabase, openTestStore } from './postgres.ts';

const code = (wanted: string) => (error: unknown) => error instanceof StoreError && error.code === wanted;

describe('the store', function () {
  this.timeout(60_000);

  it('brings an empty database to its form once, however many replicas start at the same time', async () => {
    const databaseUrl = await newDatabase();
    const masterKey = Buffer.alloc(32, 7);
    const stores = await Promise.all([1, 2, 3].map(() => openStore({ databaseUrl, masterKey, log, connections: 2 })));
    const rows = await stores[0]?.db.selectFrom('companies').selectAll().execute();
    assert.deepEqual(rows, []);
    await Promise.all(stores.map((store) => store.close()));
  });

  it('is not touched by an older release', async () => {
    const { databaseUrl } = await openTestStore();
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    await client.query(`insert into tandem_migrations (number, name) values (999, 'of a newer release')`);
    await client.end();
    await assert.rejects(openTestStore(databaseUrl), code('schemaTooNew'));
  });

  it('opens under the master key that it was made with, and says so when another is given', async () => {
    const { databaseUrl } = await openTestStore();
    await assert.rejects(openTestStore(databaseUrl, Buffer.alloc(32, 8)), code('masterKeyWrong'));
    await openTestStore(databaseUrl);
  });

  for (const [given, wanted] of [
    ['a key of 31 bytes', Buffer.alloc(31).toString('base64')],
    ['a word', 'secret'],
    ['nothing', ''],
  ] as const)
    it(`refuses ${given} as a master key without repeating it`, () => {
      assert.throws(
        () => parseMasterKey(wanted),
        (error: Error) => code('masterKeyUnreadable')(error) && (wanted === '' || !error.message.includes(wanted)),
      );
    });

  it('takes a master key in base64 or hex, and names a file that is not there', async () => {
    assert.equal(parseMasterKey(createMasterKey()).length, 32);
    assert.deepEqual(parseMasterKey(`${'0f'.repeat(32)}\n`), Buffer.alloc(32, 15));
    await assert.rejects(readMasterKey('/nowhere/master.key'), code('masterKeyMissing'));
  });

  it('never holds a MineralTree password plain, and opens it only for its own company', async () => {
    const { store } = await openTestStore();
    const [one, two] = [await addTestCompany(store, 'One', 'tr0ub4dor&3'), await addTestCompany(store, 'Two')];
    for (const table of ['companies', 'audit'] as const) {
      const rows = await store.db.selectFrom(table).selectAll().execute();
      const dump = rows.map((row) =>
        Object.values(row)
          .map((value) => (Buffer.isBuffer(value) ? value.toString('latin1') : JSON.stringify(value)))
          .join('\n'),
      );
      assert.ok(!dump.join('\n').includes('tr0ub4dor&3'));
    }
    assert.ok(!JSON.stringify(await exportCompany(store, one)).includes('tr0ub4dor&3'));
    assert.equal((await payablesLogin(store.db, store.vault, one)).password, 'tr0ub4dor&3');
    const { mtPassword } = await store.db
      .selectFrom('companies')
      .select('mtPassword')
      .where('companyId', '=', one)
      .executeTakeFirstOrThrow();
    await store.db.updateTable('companies').set({ mtPassword }).where('companyId', '=', two).execute();
    await assert.rejects(payablesLogin(store.db, store.vault, two), code('sealBroken'));
  });

  it('lets one of two runs that start together write, and stops the other whole', async () => {
    const { store } = await openTestStore();
    const companyId = await addTestCompany(store, 'Acme');
    const { epoch } = await getCompany(store.db, companyId);
    const older = await store.takeFence(companyId, epoch);
    await assert.rejects(store.takeFence(companyId, epoch), FenceLost);
    await older.check();
    const newer = await store.takeFence(companyId, older.epoch);
    await assert.rejects(older.check(), FenceLost);
    await assert.rejects(Promise.all([older.check(), older.check(), older.check()]), FenceLost);
    await assert.rejects(
      older.write((tx) => changeCompany(tx, companyId, { name: 'written by the older run' })),
      FenceLost,
    );
    await newer.write((tx) => changeCompany(tx, companyId, { name: 'written by the newer run' }));
    assert.equal((await getCompany(store.db, companyId)).name, 'written by the newer run');
  });

  it('writes nothing of a transaction whose work fails half way', async () => {
    const { store } = await openTestStore();
    const companyId = await addTestCompany(store, 'Acme');
    const fence = await store.takeFence(companyId, 0);
    await assert.rejects(
      fence.write(async (tx) => {
        await changeCompany(tx, companyId, { name: 'half' });
        throw new Error('the power fails');
      }),
      /the power fails/,
    );
    assert.equal((await getCompany(store.db, companyId)).name, 'Acme');
  });

  it('removes a company so that nothing of it runs any more, and keeps its links', async () => {
    const { store } = await openTestStore();
    const companyId = await addTestCompany(store, 'Acme', 'remembered no more');
    const fence = await store.takeFence(companyId, 0);
    const link = { kind: 'vendor', entity: 'vendor', ledgerId: 'V1', mtId: 'm1', bornIn: 'quickbooks' } as const;
    await fence.write((tx) => putLinks(tx, companyId, [link], 1));
    await removeCompany(store, companyId, { by: 'Ann', at: 5 });
    await assert.rejects(fence.check(), FenceLost);
    await assert.rejects(getCompany(store.db, companyId), code('companyRemoved'));
    assert.deepEqual(await listCompanies(store.db), []);
    const kept = await store.db.selectFrom('links').select('mtId').where('companyId', '=', companyId).execute();
    assert.deepEqual(kept, [{ mtId: 'm1' }]);
    assert.equal((await listAudit(store.db, companyId))[0]?.what, 'removed company');
  });

  it('finds a company by its ID or by a name that only it has', async () => {
    const { store } = await openTestStore();
    const companyId = await addTestCompany(store, 'Acme');
    assert.equal((await resolveCompany(store, 'ACME')).companyId, companyId);
    assert.equal((await resolveCompany(store, companyId)).companyId, companyId);
    await assert.rejects(resolveCompany(store, 'Nobody'), code('companyUnknown'));
    await assert.rejects(addTestCompany(store, 'Acme'), code('inputWrong'));
  });

  it('accepts a file that a person says is right, and reads everything anew', async () => {
    const { store } = await openTestStore();
    const companyId = await addTestCompany(store, 'Acme');
    const block = { code: 'anotherFile', detail: { found: 'other mark' }, whatToDo: 'open the right one' } as const;
    await changeCompany(store.db, companyId, { block, watermarks: { bill: 1_700_000_000 }, firstLoadDoneAt: 3 });
    assert.deepEqual(await acceptFile(store, companyId, { by: 'Ann', at: 5 }), block);
    const company = await getCompany(store.db, companyId);
    assert.deepEqual(company.file.alsoAccepts, ['', 'other mark']);
    assert.deepEqual(company.watermarks, {});
    assert.equal(company.block, undefined);
    assert.equal(company.firstLoadDoneAt, undefined);
  });

  it('brings one company back to an earlier hour and leaves the others alone', async () => {
    const { store } = await openTestStore();
    const [acme, other] = [await addTestCompany(store, 'Acme'), await addTestCompany(store, 'Other')];
    const problem = { key: 'k', code: 'waitsFor', subject: { kind: 'bill', id: 'B1' }, params: { name: 'x' } };
    await openProblems(store.db, acme, [problem], 10);
    const backup = await exportCompany(store, acme);
    const fence = await store.takeFence(acme, 0);
    await fence.write((tx) => openProblems(tx, acme, [{ ...problem, key: 'later' }], 20));
    await openProblems(store.db, other, [problem], 20);

    await importCompany(store, JSON.parse(JSON.stringify(backup)));
    assert.deepEqual(
      (await listProblems(store.db, acme)).map(({ key }) => key),
      ['k'],
    );
    assert.equal((await listProblems(store.db, other)).length, 1);
    await assert.rejects(fence.check(), FenceLost, 'a run of before writes nothing more');
    assert.equal((await payablesLogin(store.db, store.vault, acme)).password, 'a password');
    const rows = backup.tables.problems?.map((row) => ({ ...row, company_id: other })) ?? [];
    await assert.rejects(
      importCompany(store, { ...backup, tables: { ...backup.tables, problems: rows } }),
      code('inputWrong'),
    );
  });
});
