import assert from 'node:assert/strict';
import { staged } from '../../quickbooks/stage.ts';
import { Both } from './bothLedgers.ts';
import { type PayablesBooks, World } from './world.ts';

describe('a first load of a file with credits and payments', function () {
  this.timeout(180_000);

  it(
    'open bills come with what is left of them and with what settled them in part; what was paid before is history',
    staged(async (stage) => {
      const file = 'C:\\\\Books\\\\Payables.qbw';
      await stage.person('new-company', { file, name: 'Payables', seed: 'payables' });
      const world = await World.create();
      const run = new Both(world, { ...stage, file });
      await run.settle();
      await run.settle();
      const ledger = (await stage.books(file)) as object as {
        bills: readonly { id: string; openCents: number; amountCents: number }[];
        credits: readonly { id: string; openCents: number }[];
      };
      const tree = (await world.books()) as PayablesBooks & {
        payments: readonly { applied: readonly { invoice: { externalId?: string } }[] }[];
        credits: readonly { externalId?: string; remainingCents: number }[];
      };
      assert.ok(tree.bills.some(({ balanceCents, amountCents }) => balanceCents > 0 && balanceCents < amountCents));
      for (const { externalId, balanceCents, invoiceNumber } of tree.bills)
        assert.equal(balanceCents, ledger.bills.find(({ id }) => id === externalId)?.openCents, invoiceNumber);
      const open = ledger.credits.filter(({ openCents }) => openCents > 0);
      assert.ok(open.length > 0);
      assert.deepEqual(
        // One that is used up, on a bill that is not paid, is there as well.
        tree.credits
          .filter((one) => one.remainingCents > 0)
          .map(({ externalId, remainingCents }) => `${externalId} ${remainingCents}`)
          .sort(),
        open.map(({ id, openCents }) => `${id} ${openCents}`).sort(),
      );
      // What has paid bills that are paid, and was credited to them, is not told one by one.
      const partly = ledger.bills.filter(({ openCents, amountCents }) => openCents > 0 && openCents < amountCents);
      const told = tree.payments.flatMap(({ applied }) => applied.map(({ invoice }) => invoice.externalId));
      assert.ok(told.length > 0 && told.every((id) => partly.some((bill) => bill.id === id)));
      assert.deepEqual(await world.problems(), ['dateDrivenTerms']);
    }),
  );
});
