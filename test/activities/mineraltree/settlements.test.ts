import assert from 'node:assert/strict';
import { FILE, type Stage, staged } from '../../quickbooks/stage.ts';
import { Both } from './bothLedgers.ts';
import { World } from './world.ts';

interface Scene {
  readonly run: Both;
  readonly world: World;
  readonly stage: Stage;
  /** A bill of the vendor over 100.00 (or as given) is on both sides; its TxnID. */
  bill(amount?: string, refNumber?: string): Promise<string>;
  credit(amount: string): Promise<string>;
  /** A person in QuickBooks, then cycles until there is no more to do at once. */
  then(move: string, body: object): Promise<Record<string, unknown>>;
  inMineralTree(txnId: string): Promise<{ readonly id: string; readonly balanceCents: number; readonly state: string }>;
  payments(): Promise<readonly BookPayment[]>;
}

interface BookPayment {
  readonly id: string;
  readonly externalId?: string;
  readonly fundMethod: string;
  readonly amountCents: number;
  readonly status: number;
  readonly voided?: boolean;
}

const VENDOR = 'Harwood Lumber';

const scene = (story: (scene: Scene) => Promise<void>) =>
  staged(async (stage) => {
    const world = await World.create();
    const run = new Both(world, { ...stage, file: FILE });
    await run.settle();
    const { name } = (await stage.books()).vendors[0] ?? { name: VENDOR };
    let count = 0;
    const then: Scene['then'] = async (move, body) => {
      stage.later();
      const answer = await stage.person(move, body);
      stage.later();
      await run.settle();
      return answer;
    };
    await story({
      run,
      world,
      stage,
      then,
      async bill(amount = '100.00', refNumber) {
        count += 1;
        const made = await then('enter-bill', {
          vendor: name,
          refNumber: refNumber ?? `S-${count}`,
          txnDate: '2026-03-10',
          dueDate: '2026-04-09',
          expenseLines: [{ account: 'Rent', amount }],
        });
        return String(made.id);
      },
      async credit(amount) {
        const made = await then('enter-credit', {
          vendor: name,
          refNumber: 'CM-7',
          txnDate: '2026-03-12',
          expenseLines: [{ account: 'Rent', amount }],
        });
        return String(made.id);
      },
      async inMineralTree(txnId) {
        const found = (await world.books()).bills.find(({ externalId }) => externalId === txnId);
        assert.ok(found);
        return found;
      },
      payments: async () => ((await world.books()) as unknown as { payments: readonly BookPayment[] }).payments,
    });
  });

describe('settlements of bills', function () {
  this.timeout(180_000);

  it(
    'a credit applied in QuickBooks stands on the bill in MineralTree and lowers it; taken off again, it is open again',
    scene(async ({ world, then, bill, credit, inMineralTree, payments }) => {
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
      assert.deepEqual(await world.problems(), ['dateDrivenTerms']);
    }),
  );

  it(
    'a bill paid in QuickBooks becomes an external payment, once, with its discount only in what is left',
    scene(async ({ run, world, stage, then, bill, inMineralTree, payments }) => {
      const txnId = await bill();
      const bank = (await stage.books()).accounts.find(({ type }) => type === 'Bank')?.fullName;
      await then('pay-bills', {
        bills: [{ txnId, amount: '60.00', discount: '2.00', discountAccount: 'Rent' }],
        account: bank,
        method: 'check',
        refNumber: '1044',
        date: '2026-03-20',
      });
      assert.equal((await inMineralTree(txnId)).balanceCents, 3_800);
      const [paid, ...others] = await payments();
      assert.deepEqual(others, []);
      assert.deepEqual([paid?.fundMethod, paid?.amountCents], ['CHECK', 6_000]);
      await run.settle();
      assert.equal((await payments()).length, 1);
      assert.deepEqual(await world.problems(), ['dateDrivenTerms']);
    }),
  );
});
