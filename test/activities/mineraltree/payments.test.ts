import assert from 'node:assert/strict';
import { changeCompany, exportCompany, importCompany } from '../../../src/store/index.ts';
import { FILE } from '../../quickbooks/stage.ts';
import { BANK, scene } from './payablesScene.ts';

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

  it(
    'one payment of bills of two A/P accounts is one payment for each in QuickBooks, and acknowledged when both are there',
    scene(async ({ settle, stage, quietly, bill, pay, payments, ledgerPayments, problems }) => {
      await quietly('add-account', { name: 'Retainage Payable', type: 'AccountsPayable' });
      const [one, two] = [await bill('100.00'), await bill('50.00', { apAccount: 'Retainage Payable' })];
      await pay([one, two], { more: { checkNumber: 1300 } });
      await settle();
      const made = (await ledgerPayments()).filter(({ createdBy }) => createdBy === 'application');
      assert.deepEqual(made.map(({ amountCents }) => amountCents).sort(), [10_000, 5_000].sort());
      assert.equal(new Set(made.map(({ guid }) => guid)).size, 2);
      const [paid, ...others] = await payments();
      assert.deepEqual(others, []);
      assert.ok(made.some(({ id }) => id === paid?.externalId));
      assert.deepEqual(await problems(), []);
      assert.equal((await stage.books()).bills.filter(({ openCents }) => openCents === 0).length >= 2, true);
    }),
  );

  for (const posted of [true, false])
    it(
      `a discount that MineralTree took is ${posted ? 'booked to the account chosen for it' : 'shown, where no account is chosen for it'}`,
      scene(async ({ world, stage, settle, quietly, then, bill, pay, ledgerPayments, openInQuickBooks, problems }) => {
        await quietly('add-terms', { name: '2% 10', dueDays: 30, discountDays: 10, discountPercent: '2' });
        await world.person('company-settings', { automaticDiscounts: true });
        const account = (await stage.books()).accounts.find(({ fullName }) => fullName === 'Rent');
        assert.ok(account);
        const discountAccount = { id: account.id, name: account.fullName };
        if (posted)
          await changeCompany(world.store.db, world.companyId, {
            rules: { ...(await world.company()).rules, discountAccount },
          });
        const txnId = await bill('100.00', { terms: '2% 10' });
        await pay([txnId], { date: '2026-03-15', more: { checkNumber: 1310 } });
        await settle();
        const [made] = await ledgerPayments();
        assert.deepEqual([made?.amountCents, await openInQuickBooks(txnId)], [9_800, posted ? 0 : 200]);
        assert.deepEqual(await problems(), posted ? [] : ['discountNotPosted']);
        if (posted) return;
        await then('pay-bills', {
          bills: [{ txnId, amount: '0.00', discount: '2.00', discountAccount: 'Rent' }],
          account: BANK,
          method: 'check',
          date: '2026-03-16',
        });
        assert.deepEqual([await openInQuickBooks(txnId), await problems()], [0, []]);
      }),
    );

  it(
    'money has moved and the bill is not open: nothing is posted, people are told, and it goes when the bill is open again',
    scene(async ({ settle, quietly, then, bill, pay, payments, ledgerPayments, problems }) => {
      const txnId = await bill();
      await pay([txnId], { more: { checkNumber: 1301 } });
      const { payments: other } = await quietly('pay-bills', {
        bills: [{ txnId }],
        account: BANK,
        method: 'check',
        refNumber: '77',
        date: '2026-04-14',
      });
      await settle();
      assert.ok((await problems()).includes('moneyMovedBillNotOpen'));
      assert.equal((await ledgerPayments()).filter(({ createdBy }) => createdBy === 'application').length, 0);
      await then('void-payment', { txnId: (other as [{ id: string }])[0].id });
      await settle();
      const [mine] = (await ledgerPayments()).filter(({ createdBy }) => createdBy === 'application');
      assert.equal(mine?.amountCents, 10_000);
      assert.ok((await payments()).some(({ externalId }) => externalId === mine?.id));
      assert.ok(!(await problems()).includes('moneyMovedBillNotOpen'));
    }),
  );

  it(
    'a payment that is voided in MineralTree before it was posted leaves no trace in QuickBooks',
    scene(async ({ world, settle, bill, pay, ledgerPayments, inMineralTree, problems }) => {
      const txnId = await bill();
      const payment = await pay([txnId]);
      await world.person('void-payment', { payment });
      await settle();
      assert.deepEqual(await ledgerPayments(), []);
      assert.equal((await inMineralTree(txnId)).balanceCents, 10_000);
      assert.deepEqual(await problems(), []);
    }),
  );

  it(
    'voided in MineralTree after it was posted: people are told at once, and it is over when they void it in QuickBooks',
    scene(async ({ world, settle, then, bill, pay, ledgerPayments, inMineralTree, openInQuickBooks, problems }) => {
      const txnId = await bill();
      const payment = await pay([txnId], { more: { checkNumber: 1302 } });
      await settle();
      await world.person('void-payment', { payment });
      await settle();
      assert.ok((await problems()).includes('paymentReversedAfterPosting'));
      const [made] = await ledgerPayments();
      assert.equal(made?.voided, false);
      await then('void-payment', { txnId: made?.id });
      world.ahead += 3_700_000;
      await settle();
      await settle();
      assert.deepEqual(await problems(), []);
      assert.deepEqual([(await inMineralTree(txnId)).balanceCents, await openInQuickBooks(txnId)], [10_000, 10_000]);
    }),
  );

  it(
    'a company that wants it so: voided in MineralTree, it is voided in QuickBooks, once',
    scene(
      async ({ world, settle, bill, pay, ledgerPayments, inMineralTree, openInQuickBooks, problems }) => {
        const txnId = await bill();
        const payment = await pay([txnId], { more: { checkNumber: 1303 } });
        await settle();
        await world.person('void-payment', { payment });
        await settle();
        await settle();
        const made = await ledgerPayments();
        assert.deepEqual(
          made.map(({ voided, amountCents }) => [voided, amountCents]),
          [[true, 0]],
        );
        assert.deepEqual([(await inMineralTree(txnId)).balanceCents, await openInQuickBooks(txnId)], [10_000, 10_000]);
        assert.deepEqual(await problems(), []);
      },
      { voidPayments: true },
    ),
  );

  it(
    'the store is brought back to before a payment was posted: it is found again by its GUID, never posted or recorded twice',
    scene(async ({ world, settle, bill, pay, payments, ledgerPayments, problems }) => {
      const txnId = await bill();
      const backup = await exportCompany(world.store, world.companyId);
      await pay([txnId], { more: { checkNumber: 1304 } });
      await settle();
      await importCompany(world.store, backup);
      await settle();
      await settle();
      assert.equal((await ledgerPayments()).length, 1);
      assert.equal((await payments()).length, 1);
      assert.deepEqual(await problems(), []);
    }),
  );

  it(
    'a person changed the payment before its answer was known: held, and told to MineralTree once it is right',
    scene(async ({ stage, settle, then, quietly, bill, pay, payments, ledgerPayments, problems }) => {
      await stage.person('set-switch', { name: 'recovery', value: 'absent' });
      const txnId = await bill();
      await pay([txnId], { more: { checkNumber: 1306 } });
      await stage.fault({ point: 'committed', match: { file: FILE, request: 'BillPaymentCheckAdd' }, action: 'drop' });
      await assert.rejects(settle());
      const [made] = await ledgerPayments();
      const edit = (amount: string) => ({ txnId: made?.id, bills: [{ txnId, amount }] });
      await quietly('edit-payment', edit('90.00'));
      await settle();
      assert.deepEqual(await problems(), ['paymentDiffers', 'postedPaymentChanged']);
      assert.deepEqual(
        (await payments()).map(({ externalId }) => externalId),
        [undefined],
      );
      await then('edit-payment', edit('100.00'));
      assert.deepEqual(
        (await payments()).map(({ externalId }) => externalId),
        [made?.id],
      );
      assert.equal((await ledgerPayments()).length, 1);
      assert.deepEqual(await problems(), []);
    }),
  );

  for (const point of ['before', 'committed'])
    it(
      `the acknowledgement of a payment is lost (${point} its effect): it is posted once and acknowledged`,
      scene(async ({ world, settle, settleOrFail, bill, pay, payments, ledgerPayments, problems }) => {
        const txnId = await bill();
        await pay([txnId], { more: { checkNumber: 1305 } });
        await world.fault({
          point,
          match: { company: world.mtCompany, method: 'PUT', path: '^/payment' },
          action: 'drop',
        });
        await settleOrFail();
        await world.clearFaults();
        await settle();
        const [made, ...others] = await ledgerPayments();
        assert.deepEqual(others, []);
        assert.deepEqual(
          (await payments()).map(({ externalId }) => externalId),
          [made?.id],
        );
        assert.deepEqual(await problems(), []);
      }),
    );
});

describe('terms and closed books', function () {
  this.timeout(180_000);

  it(
    'terms entered in MineralTree come to QuickBooks before the invoice that names them, once',
    scene(async ({ world, stage, settle, vendor, problems }) => {
      await world.person('add-term', { name: '2% 7 Net 21', dueDays: 21, discountDays: 7, discountPercent: 2 });
      await world.invoice({
        vendor,
        invoiceNumber: 'T-1',
        term: '2% 7 Net 21',
        apAccount: 'Accounts Payable',
        expenses: [{ glAccount: 'Rent', amount: '100.00' }],
      });
      await settle();
      await settle();
      const { bills, terms } = (await stage.books()) as object as {
        bills: readonly { refNumber?: string; terms?: string }[];
        terms: readonly { name: string }[];
      };
      assert.equal(terms.filter(({ name }) => name === '2% 7 Net 21').length, 1);
      assert.equal(bills.find(({ refNumber }) => refNumber === 'T-1')?.terms, '2% 7 Net 21');
      assert.equal((await world.books()).terms.filter(({ name }) => name === '2% 7 Net 21').length, 1);
      assert.deepEqual(await problems(), []);
    }),
  );

  it(
    'the closing date of QuickBooks is one period in MineralTree that moves with it, and is opened with it',
    scene(async ({ world, then }) => {
      const periods = async () =>
        (
          (await world.books()) as object as {
            accountingPeriods: readonly { name: string; ended: string; closed: boolean }[];
          }
        ).accountingPeriods.map(({ name, ended, closed }) => [name, ended, closed]);
      await then('set-closing-date', { date: '2026-01-31' });
      assert.deepEqual(await periods(), [['Books closed', '2026-01-31', true]]);
      await then('set-closing-date', { date: '2026-02-28' });
      assert.deepEqual(await periods(), [['Books closed', '2026-02-28', true]]);
      await then('set-closing-date', { date: null });
      assert.deepEqual(await periods(), [['Books closed', '2026-02-28', false]]);
    }),
  );
});
