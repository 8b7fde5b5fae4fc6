import assert from 'node:assert/strict';
import { BANK, scene } from './payablesScene.ts';
import { post } from './world.ts';

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

  it(
    'a credit of which less is applied is taken back and applied over what is left',
    scene(async ({ then, bill, credit, inMineralTree, payments, problems }) => {
      const txnId = await bill();
      const creditId = await credit('50.00');
      await then('set-credits', { bill: txnId, credits: [{ txnId: creditId, amount: '50.00' }] });
      await then('un-apply', { bill: txnId, credit: creditId, amount: '20.00' });
      assert.equal((await inMineralTree(txnId)).balanceCents, 7_000);
      const standing = (await payments()).filter(({ status }) => status === 1010);
      assert.deepEqual(
        standing.map(({ fundMethod, amountCents }) => [fundMethod, amountCents]),
        [['CREDIT', 3_000]],
      );
      assert.deepEqual(await problems(), []);
    }),
  );

  it(
    'a credit that was moved to another bill is taken back there and stands on the other',
    scene(async ({ quietly, then, bill, credit, inMineralTree, problems }) => {
      const [one, two] = [await bill(), await bill('80.00')];
      const creditId = await credit('30.00');
      await then('set-credits', { bill: one, credits: [{ txnId: creditId, amount: '30.00' }] });
      await quietly('un-apply', { bill: one, credit: creditId });
      await then('set-credits', { bill: two, credits: [{ txnId: creditId, amount: '30.00' }] });
      assert.deepEqual(
        [(await inMineralTree(one)).balanceCents, (await inMineralTree(two)).balanceCents],
        [10_000, 5_000],
      );
      assert.deepEqual(await problems(), []);
    }),
  );

  it(
    'a credit that was entered and used up between two cycles is made and applied, and closes the bill',
    scene(async ({ quietly, then, vendor, bill, inMineralTree, payments, problems }) => {
      const txnId = await bill();
      const { id } = await quietly('enter-credit', {
        vendor,
        refNumber: 'CM-9',
        txnDate: '2026-03-12',
        expenseLines: [{ account: 'Rent', amount: '100.00' }],
      });
      await then('set-credits', { bill: txnId, credits: [{ txnId: id, amount: '100.00' }] });
      const closed = await inMineralTree(txnId);
      assert.deepEqual([closed.balanceCents, ['Settled', 'ClosedByCredit'].includes(closed.state)], [0, true]);
      assert.equal((await payments()).length, 1);
      assert.deepEqual(await problems(), []);
    }),
  );

  it(
    'a bill that is new and partly paid comes with what is left of it, and with its payment',
    scene(async ({ quietly, then, vendor, inMineralTree, payments, problems }) => {
      const { id: txnId } = await quietly('enter-bill', {
        vendor,
        refNumber: 'NEW-1',
        txnDate: '2026-03-10',
        expenseLines: [{ account: 'Rent', amount: '100.00' }],
      });
      await then('pay-bills', {
        bills: [{ txnId, amount: '40.00' }],
        account: BANK,
        method: 'check',
        refNumber: '1050',
        date: '2026-03-20',
      });
      assert.equal((await inMineralTree(String(txnId))).balanceCents, 6_000);
      assert.deepEqual(
        (await payments()).map(({ amountCents }) => amountCents),
        [4_000],
      );
      assert.deepEqual(await problems(), []);
    }),
  );

  it(
    'one check for two bills is one external payment',
    scene(async ({ then, bill, inMineralTree, payments, problems }) => {
      const [one, two] = [await bill(), await bill('50.00')];
      await then('pay-bills', {
        bills: [{ txnId: one }, { txnId: two }],
        account: BANK,
        method: 'check',
        refNumber: '1051',
        date: '2026-03-20',
      });
      for (const txnId of [one, two]) assert.equal((await inMineralTree(txnId)).state, 'Settled');
      assert.deepEqual(
        (await payments()).map(({ amountCents }) => amountCents),
        [15_000],
      );
      assert.deepEqual(await problems(), []);
    }),
  );

  for (const move of ['void-payment', 'delete-payment'])
    it(
      `a payment of QuickBooks that is taken back there (${move}) opens the bill again, and people are told`,
      scene(async ({ then, bill, inMineralTree, payments, problems }) => {
        const txnId = await bill();
        const { payments: made } = await then('pay-bills', {
          bills: [{ txnId }],
          account: BANK,
          method: 'check',
          refNumber: '1052',
          date: '2026-03-20',
        });
        assert.equal((await inMineralTree(txnId)).balanceCents, 0);
        await then(move, { txnId: (made as [{ id: string }])[0].id });
        const opened = await inMineralTree(txnId);
        assert.deepEqual([opened.balanceCents, opened.state], [10_000, 'Open']);
        const told = move === 'void-payment' ? 'paymentVoidedInQuickBooks' : 'paymentDeletedInQuickBooks';
        assert.deepEqual(await problems(), [told]);
        assert.equal((await payments()).length, 1);
      }),
    );

  for (const point of ['before', 'committed'])
    for (const path of ['/billcredit', '/payment'])
      it(
        `the answer to a POST of ${path} is lost (${point} its effect): it stands once`,
        scene(async ({ world, settle, settleOrFail, quietly, bill, credit, inMineralTree, payments, problems }) => {
          const txnId = await bill();
          const creditId = await credit('30.00');
          await world.fault({
            point,
            match: { company: world.mtCompany, method: 'POST', path: `^${path}/` },
            action: 'drop',
          });
          await quietly('set-credits', { bill: txnId, credits: [{ txnId: creditId, amount: '30.00' }] });
          await quietly('pay-bills', {
            bills: [{ txnId, amount: '20.00' }],
            account: BANK,
            method: 'check',
            refNumber: '1053',
            date: '2026-03-20',
          });
          await settleOrFail();
          await world.clearFaults();
          await settle();
          world.ahead += 3_600_000;
          await settle();
          assert.equal((await inMineralTree(txnId)).balanceCents, 5_000);
          assert.deepEqual(
            (await payments()).map(({ fundMethod, amountCents }) => `${fundMethod} ${amountCents}`).sort(),
            ['CHECK 2000', 'CREDIT 3000'],
          );
          assert.deepEqual(await problems(), []);
        }),
      );

  it(
    'one bill that MineralTree refuses does not keep the others, and goes when it can',
    scene(async ({ world, settle, quietly, bill, credit, inMineralTree, problems }) => {
      const [one, two] = [await bill(), await bill()];
      const creditId = await credit('30.00');
      const { id: refused } = await inMineralTree(one);
      await world.fault({
        point: 'before',
        match: { company: world.mtCompany, method: 'POST', path: '^/billcredit/', contains: refused },
        action: 'error',
        status: 400,
        body: { error: 'not today' },
        times: 5,
      });
      for (const txnId of [one, two])
        await quietly('set-credits', { bill: txnId, credits: [{ txnId: creditId, amount: '10.00' }] });
      await settle();
      assert.deepEqual(
        [(await inMineralTree(one)).balanceCents, (await inMineralTree(two)).balanceCents],
        [9_000, 9_000],
      );
      assert.deepEqual(await problems(), ['refusedByMineralTree']);
      await world.clearFaults();
      world.ahead += 3_600_000;
      await settle();
      assert.deepEqual(await problems(), []);
    }),
  );

  it(
    'a bill that MineralTree has queued is settled in QuickBooks: written at once, and raised as "may be paid twice"',
    scene(async ({ world, settle, then, bill, pay, inMineralTree, problems }) => {
      const txnId = await bill();
      const payment = await pay([txnId], { until: 'queued' });
      await then('pay-bills', {
        bills: [{ txnId }],
        account: BANK,
        method: 'check',
        refNumber: '1054',
        date: '2026-03-20',
      });
      assert.ok((await problems()).includes('mayBePaidTwice'));
      await world.person('reject', { payment });
      world.ahead += 3_600_000;
      await settle();
      assert.deepEqual(await problems(), []);
      assert.equal((await inMineralTree(txnId)).balanceCents, 0);
    }),
  );

  it(
    'a journal entry applied to a bill is a credit of its own, and a check to the A/P account an external payment',
    scene(async ({ quietly, then, settle, vendor, bill, inMineralTree, payments, problems }) => {
      const txnId = await bill();
      const { id: journal } = await quietly('enter-journal', {
        date: '2026-03-12',
        refNumber: 'JE-5',
        lines: [
          { account: 'Accounts Payable', debit: '15.00', vendor },
          { account: 'Rent', credit: '15.00' },
        ],
      });
      const { id: check } = await quietly('enter-check', {
        account: BANK,
        date: '2026-03-13',
        refNumber: '900',
        vendor,
        lines: [{ account: 'Accounts Payable', amount: '25.00', vendor }],
      });
      await then('set-credits', {
        bill: txnId,
        credits: [
          { txnId: journal, amount: '15.00' },
          { txnId: check, amount: '25.00' },
        ],
      });
      await settle();
      assert.equal((await inMineralTree(txnId)).balanceCents, 6_000);
      assert.deepEqual((await payments()).map(({ fundMethod, amountCents }) => `${fundMethod} ${amountCents}`).sort(), [
        'CHECK 2500',
        'CREDIT 1500',
      ]);
      await then('un-apply', { bill: txnId, credit: journal });
      assert.equal((await inMineralTree(txnId)).balanceCents, 7_500);
      assert.deepEqual(await problems(), []);
    }),
  );

  for (const path of ['/billcredit', '/payment'])
    it(
      `the cloud dies after a POST of ${path} took effect: the next one finds it instead of making a second`,
      scene(async ({ world, run, settle, quietly, bill, credit, inMineralTree, payments, problems }) => {
        const txnId = await bill();
        const creditId = await credit('30.00');
        await quietly('set-credits', { bill: txnId, credits: [{ txnId: creditId, amount: '30.00' }] });
        await quietly('pay-bills', {
          bills: [{ txnId, amount: '20.00' }],
          account: BANK,
          method: 'check',
          refNumber: '1055',
          date: '2026-03-20',
        });
        const fault = await post<{ id: string }>(world.url, '/faults', {
          point: 'committed',
          match: { company: world.mtCompany, method: 'POST', path: `^${path}/` },
          action: 'hold',
        });
        const dying = settle();
        await fetch(`${world.url}/faults/${fault.id}?wait=20000`);
        world.newCloud();
        await run.settle();
        await world.clearFaults();
        await assert.rejects(dying, /another run has taken over/);
        await settle();
        assert.equal((await inMineralTree(txnId)).balanceCents, 5_000);
        assert.deepEqual(
          (await payments()).map(({ fundMethod, amountCents }) => `${fundMethod} ${amountCents}`).sort(),
          ['CHECK 2000', 'CREDIT 3000'],
        );
        assert.deepEqual(await problems(), []);
      }),
    );
});
