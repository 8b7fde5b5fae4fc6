import assert from 'node:assert/strict';
import { scene } from './payablesScene.ts';

describe('payments made in MineralTree', function () {
  this.timeout(180_000);

  it(
    'a check, an ACH payment and a card become payments in QuickBooks, from their accounts, once each',
    scene(async ({ settle, stage, bill, pay, payments, ledgerPayments, openInQuickBooks, inMineralTree, problems }) => {
      const card = (await stage.books()).accounts.find(({ type }) => type === 'CreditCard')?.fullName ?? '';
      const [one, two, three] = [await bill('100.00'), await bill('50.00'), await bill('20.00')];
      await pay([one], { more: { checkNumber: 1206 } });
      await pay([two], { fundMethod: 'ACH', more: { sequenceText: '021000021-0004417' } });
      await pay([three], { fundMethod: 'CREDITCARD', paymentMethod: card });
      await settle();
      await settle();
      const made = (await ledgerPayments()).filter(({ createdBy }) => createdBy === 'application');
      assert.deepEqual(
        made.map(({ method, refNumber, amountCents }) => [method, refNumber, amountCents]).sort(),
        [
          ['check', '1206', 10_000],
          ['check', '021-0004417', 5_000],
          ['creditCard', made.find(({ method }) => method === 'creditCard')?.refNumber, 2_000],
        ].sort(),
      );
      for (const txnId of [one, two, three]) {
        assert.equal(await openInQuickBooks(txnId), 0);
        assert.equal((await inMineralTree(txnId)).state, 'Settled');
      }
      assert.deepEqual((await payments()).map(({ externalId }) => externalId).sort(), made.map(({ id }) => id).sort());
      assert.deepEqual(await problems(), []);
    }),
  );
});
