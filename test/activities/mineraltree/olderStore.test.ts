/** The store is brought back to an earlier hour, after QuickBooks took what it does not know of any more. */
import assert from 'node:assert/strict';
import { exportCompany, importCompany } from '../../../src/store/index.ts';
import { scene } from './payablesScene.ts';

describe('a store that is older than QuickBooks', function () {
  this.timeout(180_000);

  it(
    'does not know the payment that QuickBooks has, and MineralTree has not heard of it: it is found by its GUID and acknowledged',
    scene(async ({ world, settle, settleOrFail, bill, pay, payments, ledgerPayments, inMineralTree, problems }) => {
      const txnId = await bill();
      const backup = await exportCompany(world.store, world.companyId);
      await pay([txnId], { more: { checkNumber: 1306 } });
      await world.fault({
        point: 'before',
        match: { company: world.mtCompany, method: 'PUT', path: '^/payment' },
        action: 'drop',
      });
      await settleOrFail();
      await world.clearFaults();
      await importCompany(world.store, backup);
      await settle();
      await settle();
      const [made, ...others] = await ledgerPayments();
      assert.deepEqual(others, []);
      assert.deepEqual(
        (await payments()).map(({ externalId }) => externalId),
        [made?.id],
      );
      assert.equal((await inMineralTree(txnId)).balanceCents, 0);
      assert.deepEqual(await problems(), []);
    }),
  );

  it(
    'does not know the edit that went to QuickBooks: both sides are alike, and nobody is told of an edit in both',
    scene(async ({ world, settle, vendor, inMineralTree, problems, stage }) => {
      const lines = (amount: string) => ({ amount, expenses: [{ glAccount: 'Rent', amount }] });
      const { id } = await world.person<{ id: string }>('enter-invoice', {
        vendor,
        invoiceNumber: 'E-1',
        transactionDate: '2026-03-05',
        dueDate: '2026-04-04',
        apAccount: 'Accounts Payable',
        ...lines('120.00'),
      });
      await world.person('post', { bill: id });
      await settle();
      await settle();
      const backup = await exportCompany(world.store, world.companyId);
      await world.person('edit-invoice', { bill: id, memo: 'as agreed', ...lines('130.00') });
      await settle();
      await settle();
      await importCompany(world.store, backup);
      await settle();
      await settle();
      const [bill, ...others] = (await stage.books()).bills.filter(({ refNumber }) => refNumber === 'E-1');
      assert.ok(bill !== undefined);
      assert.deepEqual([others, bill.amountCents], [[], 13_000]);
      assert.equal((await inMineralTree(bill.id)).amountCents, 13_000);
      assert.deepEqual(await problems(), []);
    }),
  );

  it(
    'does not know that a payment was voided on both sides: its bill is open on both',
    scene(
      async ({ world, settle, bill, pay, ledgerPayments, inMineralTree, openInQuickBooks, problems }) => {
        const txnId = await bill();
        const payment = await pay([txnId], { more: { checkNumber: 1307 } });
        await settle();
        await settle();
        const backup = await exportCompany(world.store, world.companyId);
        await world.person('void-payment', { payment });
        await settle();
        await settle();
        assert.deepEqual(
          (await ledgerPayments()).map(({ voided }) => voided),
          [true],
        );
        await importCompany(world.store, backup);
        await settle();
        await settle();
        assert.deepEqual([(await inMineralTree(txnId)).balanceCents, await openInQuickBooks(txnId)], [10_000, 10_000]);
        assert.deepEqual(await problems(), []);
      },
      { voidPayments: true },
    ),
  );

  it(
    'does not know what was written of a bill before its payment was voided on both sides: it is open on both',
    scene(
      async ({ run, world, stage, settle, bill, pay, inMineralTree, openInQuickBooks, problems }) => {
        const txnId = await bill();
        const payment = await pay([txnId], { more: { checkNumber: 1308 } });
        world.ahead += 2_000;
        stage.later();
        await run.cycle();
        const backup = await exportCompany(world.store, world.companyId);
        await world.person('void-payment', { payment });
        await settle();
        await importCompany(world.store, backup);
        await settle();
        await settle();
        assert.deepEqual([(await inMineralTree(txnId)).balanceCents, await openInQuickBooks(txnId)], [10_000, 10_000]);
        assert.deepEqual(await problems(), []);
      },
      { voidPayments: true },
    ),
  );
});
