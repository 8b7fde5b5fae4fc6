import assert from 'node:assert/strict';
import { FILE, type Stage, staged } from '../../quickbooks/stage.ts';
import { Both } from './bothLedgers.ts';
import { type BookBill, World } from './world.ts';

const both = (story: (run: Both, stage: Stage) => Promise<void>, seed: 'small' | 'medium' = 'small') =>
  staged(async (stage) => story(new Both(await World.create(), { ...stage, file: FILE }), stage), { seed });

describe('both ledgers', function () {
  this.timeout(180_000);

  it(
    'a first load, bills and edits both ways: the books agree, by the report and by the judge',
    both(async (run, stage) => {
      const { world } = run;
      await run.settle();
      assert.deepEqual(await world.problems(), ['dateDrivenTerms']);
      assert.deepEqual(await run.differences(), []);

      stage.later();
      const vendor = (await stage.books()).vendors[0]?.name;
      await stage.person('enter-bill', {
        vendor,
        refNumber: 'QB-77',
        txnDate: '2026-03-10',
        dueDate: '2026-04-09',
        expenseLines: [
          { account: 'Rent', amount: '1200.00', memo: 'March', class: 'East' },
          { account: 'Utilities:Electricity', amount: '80.25' },
        ],
      });
      await run.cycle();
      assert.deepEqual(await run.differences(), []);

      const invoice = await world.invoice({
        vendor,
        invoiceNumber: 'MT-1',
        apAccount: 'Accounts Payable',
        memo: 'from the tree',
        amount: '321.50',
        expenses: [
          { glAccount: 'Office Supplies', amount: '300.00', classification: 'West:North', memo: 'chairs' },
          { glAccount: 'Freight', amount: '21.50', project: 'Harbor Hotel:Kitchen' },
        ],
      });
      await run.cycle();
      assert.deepEqual(await world.problems(), ['dateDrivenTerms']);
      assert.deepEqual(await run.differences(), []);

      stage.later();
      await world.person('edit-invoice', { bill: invoice.id, memo: 'from the tree, corrected' });
      const edited = await run.cycle();
      assert.deepEqual(
        edited.batches.flatMap(({ postings }) => postings.map(({ kind }) => kind)),
        ['BillMod'],
      );
      assert.deepEqual(await run.differences(), []);

      stage.later();
      const txnId = (await stage.books()).bills.find(({ refNumber }) => refNumber === 'QB-77')?.id;
      await stage.person('edit-bill', { txnId, memo: 'paid by hand' });
      await stage.person('edit-vendor', { vendor, phone: '555-0177' });
      await run.cycle();
      assert.deepEqual(await run.differences(), []);
      assert.deepEqual(await world.problems(), ['dateDrivenTerms']);

      const quiet = await run.cycle();
      assert.deepEqual(quiet.batches, []);
      const report = await run.report();
      assert.deepEqual([report.agree, report.unexplained], [true, 0]);
      assert.ok(report.lines.length >= 3);
    }),
  );

  it(
    'a vendor edited in MineralTree is edited in QuickBooks, and the address goes whole',
    both(async (run, stage) => {
      const { world } = run;
      await run.settle();
      stage.later();
      const vendor = (await stage.books()).vendors[1]?.name ?? '';
      const address = {
        lines: ['1 New Street'],
        town: 'Springfield',
        region: 'IL',
        postalCode: '62701',
        country: 'USA',
      };
      await world.person('edit-vendor', { vendor, address, phone: '555-0133' });
      const pushed = await run.cycle();
      assert.deepEqual(
        pushed.batches.flatMap(({ postings }) => postings.map(({ kind }) => kind)),
        ['VendorMod'],
      );
      const after = (await stage.books()).vendors.find(({ name }) => name === vendor);
      assert.equal(after?.phone, '555-0133');
      assert.deepEqual(await run.differences(), []);
      assert.deepEqual((await run.cycle()).batches, []);
      assert.deepEqual(await world.problems(), ['dateDrivenTerms']);
    }),
  );

  it(
    'an invoice that QuickBooks would refuse is named before it is sent, corrected, and goes',
    both(async (run, stage) => {
      const { world } = run;
      await run.settle();
      const vendor = (await stage.books()).vendors[0]?.name;
      const invoice = await world.invoice({
        vendor,
        apAccount: 'Accounts Payable',
        invoiceNumber: 'A-NUMBER-THAT-IS-TOO-LONG',
        expenses: [{ glAccount: 'Rent', amount: '100.00' }],
      });
      const first = await run.cycle();
      assert.deepEqual(first.batches, []);
      assert.deepEqual(await world.problems(), ['dateDrivenTerms', 'textTooLong']);
      await world.person('edit-invoice', { bill: invoice.id, invoiceNumber: 'SHORT-1' });
      await run.cycle();
      assert.deepEqual(await world.problems(), ['dateDrivenTerms']);
      const posted = (await world.books()).bills.find(({ id }: BookBill) => id === invoice.id);
      assert.ok(posted?.externalId);
      assert.deepEqual(await run.differences(), []);
    }),
  );
});
