import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type Desk, openDesk } from './desk.ts';

const DAY_S = 86_400;

describe('QuickBooks sandbox: how long a deletion is remembered', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
  });
  afterEach(() => desk.stop());

  for (const [value, days, known] of [
    ['ninetyDays', 89, true],
    ['ninetyDays', 91, false],
    ['whole', 300, true],
  ] as const)
    it(`after ${days} days the logs ${known ? 'know' : 'do not know'} of it (${value})`, async () => {
      await desk.move('set-switch', { name: 'deletionLog', value });
      const { id } = await desk.move('enter-credit', {
        vendor: 'Acorn Tools',
        expenseLines: [{ account: 'Freight', amount: '1.00' }],
      });
      await desk.move('add-vendor', { name: 'Gone' });
      await desk.move('delete-vendor', { vendor: 'Gone' });
      await desk.move('delete-credit', { txnId: id });
      await desk.page('POST', '/people/move-clock', { seconds: days * DAY_S });
      const qb = await desk.session();
      for (const request of [
        '<TxnDeletedQueryRq><TxnDelType>VendorCredit</TxnDelType></TxnDeletedQueryRq>',
        '<ListDeletedQueryRq><ListDelType>Vendor</ListDelType></ListDeletedQueryRq>',
      ])
        assert.equal((await qb.one(request)).status.code, known ? 0 : 1, request);
    });
});
