/** Pulls of changes from the real sandbox, through a real host process. */
import assert from 'node:assert/strict';
import { nowSeconds, staged, watermarksAt } from './stage.ts';

describe('pulling what changed', () => {
  it(
    'a quiet cycle asks QuickBooks once',
    staged(async (stage) => {
      const { vendors } = await stage.books();
      const pull = await stage.pull({
        watermarks: watermarksAt(nowSeconds()),
        creditVendors: vendors.slice(0, 3).map(({ id }) => id),
        canaries: vendors.slice(0, 1).map(({ id, editSequence }) => ({ kind: 'vendor', id, editSequence })),
      });
      assert.equal(stage.calls(), 1);
      assert.deepEqual(pull.records, {});
      assert.deepEqual(pull.unreadable, []);
      assert.equal(pull.balances.length, 3);
      assert.equal(pull.watermarks.bill, pull.clock);
      assert.equal(pull.watermarks.deletedTransactions, pull.clock);
      assert.equal(pull.companyName, 'Acme');
      assert.match(pull.product ?? '', /QuickBooks/);
    }),
  );
});
