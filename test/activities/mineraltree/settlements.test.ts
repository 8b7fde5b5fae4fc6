import assert from 'node:assert/strict';
import { BANK, scene } from './payablesScene.ts';

describe('settlements of bills', function () {
  this.timeout(180_000);

  it(
    'a credit applied in QuickBooks stands on the bill in MineralTree and lowers it; taken off again, it is open again',
    scene(async ({ then, bill, credit, inMineralTree, payments, problems }) => {
      const txnId = await bill();
      const creditId = await credit('30.00');
      await then('set-credits', { bill: txnId, credits: [{ txnId: creditId, amount: '30.00' }] });
      const applied = await inMineralTree(txnId);
      assert.deepEqual([applied.balanceCents, applied.state], [7_000, 'Open']);
      assert.deepEqual(
        (await payments()).map(({ fundMethod, amountCents }) => [fundMethod, amountCents]),
        [['CREDIT', 3_000]],
      );
      await then('un-apply', { bill: txnId, credit: creditId });
      assert.equal((await inMineralTree(txnId)).balanceCents, 10_000);
      assert.deepEqual(await problems(), []);
    }),
  );

  it(
    'a bill paid in QuickBooks becomes an external payment, once, with its discount only in what is left',
    scene(async ({ settle, then, bill, inMineralTree, payments, problems }) => {
      const txnId = await bill();
      await then('pay-bills', {
        bills: [{ txnId, amount: '60.00', discount: '2.00', discountAccount: 'Rent' }],
        account: BANK,
        method: 'check',
        refNumber: '1044',
        date: '2026-03-20',
      });
      assert.equal((await inMineralTree(txnId)).balanceCents, 3_800);
      const [paid, ...others] = await payments();
      assert.deepEqual(others, []);
      assert.deepEqual([paid?.fundMethod, paid?.amountCents], ['CHECK', 6_000]);
      await settle();
      assert.equal((await payments()).length, 1);
      assert.deepEqual(await problems(), []);
    }),
  );
});
