import assert from 'node:assert/strict';
import { BANK, scene } from './payablesScene.ts';

/** Where it is doubtful how QuickBooks behaves, MineralTree has the right balance whichever way it does. */
const ROWS: readonly Readonly<Record<string, string | boolean>>[] = [
  {},
  { linkIncludesDiscount: true },
  { creditBumpsTimeModified: false },
  { creditBumpsCredit: false },
  { creditBumpsTimeModified: false, creditBumpsCredit: false },
  { creditBumpsTimeModified: false, creditBumpsCredit: false, linkIncludesDiscount: true },
  { openAmount: 'missing' },
  { openAmount: 'vendorTotal' },
  { paymentFreesCredits: false },
];

describe('settlements, with a switch of QuickBooks either way', function () {
  this.timeout(180_000);

  for (const switches of ROWS)
    it(
      JSON.stringify(switches),
      scene(async ({ stage, settle, then, bill, credit, inMineralTree, openInQuickBooks, problems }) => {
        for (const [name, value] of Object.entries(switches)) await stage.person('set-switch', { name, value });
        const [one, two] = [await bill('100.00'), await bill('60.00')];
        const creditId = await credit('40.00');
        const agree = async (step: string, expected: readonly [number, number]): Promise<void> => {
          await settle();
          const there = [(await inMineralTree(one)).balanceCents, (await inMineralTree(two)).balanceCents];
          const here = [await openInQuickBooks(one), await openInQuickBooks(two)];
          assert.deepEqual([here, there], [expected, expected], step);
        };
        await then('set-credits', { bill: one, credits: [{ txnId: creditId, amount: '25.00' }] });
        await agree('part of a credit applied', [7_500, 6_000]);
        const { payments } = await then('pay-bills', {
          bills: [{ txnId: one, amount: '40.00', discount: '2.00', discountAccount: 'Rent' }],
          account: BANK,
          method: 'check',
          refNumber: '2001',
          date: '2026-03-20',
        });
        await agree('paid in part, with a discount', [3_300, 6_000]);
        await then('un-apply', { bill: one, credit: creditId, amount: '5.00' });
        await agree('some of the credit taken off again', [3_800, 6_000]);
        await then('set-credits', { bill: two, credits: [{ txnId: creditId, amount: '20.00' }] });
        await agree('the rest of the credit used up on another bill', [3_800, 4_000]);
        await then('un-apply', { bill: two, credit: creditId });
        await agree('taken off again there', [3_800, 6_000]);
        assert.deepEqual(await problems(), []);
        await then('void-payment', { txnId: (payments as [{ id: string }])[0].id });
        await agree('the payment voided', [8_000, 6_000]);
        assert.deepEqual(await problems(), ['paymentVoidedInQuickBooks']);
      }),
    );
});
