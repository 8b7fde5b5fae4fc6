import assert from 'node:assert/strict';
import { bill, ref, vendor } from './companyFile.ts';
import { World } from './world.ts';

async function forgetEverything({ store: { db }, companyId }: World): Promise<void> {
  for (const table of ['links', 'snapshots', 'pulls', 'pendingKeys', 'payablesReplicas'] as const)
    await db.deleteFrom(table).where('companyId', '=', companyId).execute();
  await db
    .updateTable('companies')
    .set({ load: null, firstLoadDoneAt: null, watermarks: '{}' })
    .where('companyId', '=', companyId)
    .execute();
}

describe('a first load', function () {
  this.timeout(120_000);

  it('brings accounts, vendors and bills to MineralTree, page by page, and then knows what is new', async () => {
    const world = await World.create();
    for (let n = 1; n <= 300; n += 1) world.file.put('bill', bill(`B${n}`));
    world.file.keysPerPage = 120;
    const first = await world.open();
    assert.deepEqual(first.nextPull.page, { kind: 'changes' });
    const begun = await world.cycle(first);
    assert.deepEqual(begun.standing.nextPull.page, { kind: 'keys', of: 'bill' });
    assert.equal(begun.standing.firstLoadDone, false);
    const pushed = await world.settle();

    assert.equal(pushed.standing.firstLoadDone, true);
    assert.deepEqual(await world.problems(), []);
    const books = await world.books();
    assert.equal(books.bills.length, 300);
    assert.deepEqual(new Set(books.bills.map(({ state }) => state)), new Set(['Open']));
    assert.deepEqual(books.glAccounts.map(({ name, ledgerType }) => [name, ledgerType]).sort(), [
      ['Account AP', 'AP_ACCOUNT'],
      ['Account BANK', 'ACCOUNT'],
      ['Account EXP', 'EXPENSE_ACCOUNT'],
    ]);
    assert.deepEqual(
      books.paymentMethods.map(({ externalId }) => externalId),
      ['BANK'],
    );
    assert.deepEqual(pushed.standing.nextPull.page, { kind: 'changes' });
    assert.equal(pushed.batches.length, 0);

    const again = await world.cycle(pushed.standing);
    assert.equal(again.more, false);
    assert.equal((await world.books()).bills.length, 300);
  });

  it('adopts what names the QuickBooks record already, and creates nothing a second time', async () => {
    const world = await World.create();
    await world.settle();
    const before = await world.books();
    // The store is lost; both ledgers are as they were.
    await forgetEverything(world);
    await world.settle();
    const after = await world.books();
    assert.deepEqual(
      after.vendors.map(({ id }) => id),
      before.vendors.map(({ id }) => id),
    );
    const links = await world.store.db
      .selectFrom('links')
      .select('ledgerId')
      .where('companyId', '=', world.companyId)
      .execute();
    assert.equal(links.length, 5, 'three accounts, one of them a payment method too, and a vendor');
  });

  it('takes what only looks the same for a problem, and never makes a second one', async () => {
    const world = await World.create();
    await world.person('add-term', { name: 'Net 30', dueDays: 31 });
    world.file.put('terms', {
      id: 'TERM1',
      editSequence: '1700000000',
      active: true,
      name: 'Net 30',
      form: { kind: 'standard', dueDays: 30 },
    });
    await world.settle();
    assert.deepEqual(await world.problems(), ['termsDiffer']);
    assert.equal((await world.books()).terms.length, 1);
  });

  it('terms of one name and the same days are one, whoever typed them', async () => {
    const world = await World.create();
    await world.person('add-term', { name: 'Net 30', dueDays: 30 });
    world.file.put('terms', {
      id: 'TERM1',
      editSequence: '1700000000',
      active: true,
      name: 'Net 30',
      form: { kind: 'standard', dueDays: 30 },
    });
    await world.settle();
    assert.deepEqual(await world.problems(), []);
    assert.equal((await world.books()).terms.length, 1);
  });

  it('a bill whose vendor cannot be moved waits with words, the others go on, and it follows when it can', async () => {
    const world = await World.create();
    world.file.put('vendor', vendor('V2', { currency: ref('EUR', 'Euro') }));
    world.file.put('bill', bill('B1'));
    world.file.put('bill', bill('B2', { vendor: ref('V2', 'Vendor V2') }));
    const pushed = await world.settle();
    assert.deepEqual(await world.problems(), ['vendorInOtherCurrency', 'waitsFor']);
    assert.equal((await world.books()).bills.length, 1);

    world.file.edit('vendor', 'V2', { currency: ref('USD', 'US Dollar') });
    await world.cycle(pushed.standing);
    assert.deepEqual(await world.problems(), []);
    assert.equal((await world.books()).bills.length, 2);
  });
});
