import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type Desk, type Json, only, openDesk, rows, rowWith } from './desk.ts';

describe('QuickBooks sandbox: vendors in another currency', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
    await desk.move('set-home-currency', { name: 'US Dollar', code: 'USD' });
    await desk.move('add-currency', { name: 'Euro', code: 'EUR', exchangeRate: '1.25' });
    await desk.move('add-account', { name: 'Payables EUR', type: 'AccountsPayable', currency: 'Euro' });
    await desk.move('add-account', { name: 'Bank EUR', type: 'Bank', currency: 'Euro' });
    await desk.move('add-vendor', { name: 'Rhein Teile', currency: 'Euro' });
  });
  afterEach(() => desk.stop());

  const bill = (more: object = {}): Promise<Json> =>
    desk.move('enter-bill', {
      vendor: 'Rhein Teile',
      txnDate: '2026-03-01',
      expenseLines: [{ account: 'Freight', amount: '100.00' }],
      ...more,
    });
  const entries = async (txnId: unknown): Promise<unknown> => {
    const { journal, accounts } = await desk.books();
    return rows(rowWith(journal, { txnId }).entries).map(({ accountId, cents, foreignCents }) => [
      rowWith(accounts, { id: accountId }).fullName,
      cents,
      foreignCents,
    ]);
  };
  const balance = async (fullName: string): Promise<unknown> =>
    rowWith((await desk.books()).accounts, { fullName }).balanceCents;
  const refused = async (move: string, body: object, statusCode: number, words: RegExp): Promise<void> => {
    const { status, json } = await desk.page('POST', `/people/${move}`, { file: 'C:\\Books\\Sample.qbw', ...body });
    assert.deepEqual([status, json.statusCode], [422, statusCode], JSON.stringify(json));
    assert.match(String(json.error), words);
  };

  it('a bill stands in the A/P account of its currency, in that currency, and in dollars in the journal', async () => {
    const entered = await bill();
    assert.deepEqual(only(entered, 'apAccount', 'amountCents', 'currency', 'exchangeRate'), {
      apAccount: 'Payables EUR',
      amountCents: 10_000,
      currency: 'Euro',
      exchangeRate: '1.25',
    });
    assert.deepEqual(await entries(entered.id), [
      ['Payables EUR', -12_500, -10_000],
      ['Freight', 12_500, undefined],
    ]);
    assert.equal(await balance('Payables EUR'), 10_000);
    assert.deepEqual(
      only(
        rowWith((await desk.books()).payables, { account: 'Payables EUR' }),
        'currency',
        'balanceCents',
        'owedCents',
      ),
      { currency: 'Euro', balanceCents: 10_000, owedCents: 10_000 },
    );
  });

  it('a bill has the rate that it names', async () => {
    const entered = await bill({ exchangeRate: '1.1' });
    assert.deepEqual(await entries(entered.id), [
      ['Payables EUR', -11_000, -10_000],
      ['Freight', 11_000, undefined],
    ]);
  });

  for (const [account, bank] of [
    ['Checking', undefined],
    ['Bank EUR', -10_000],
  ] as const)
    it(`it is paid from ${account}, with dollars in the journal on both sides`, async () => {
      const { id } = await bill();
      const answer = await desk.move('pay-bills', {
        account,
        method: 'check',
        date: '2026-03-05',
        exchangeRate: '1.2',
        bills: [{ txnId: id }],
      });
      assert.deepEqual(await entries(rows(answer.payments)[0]?.id), [
        ['Payables EUR', 12_000, 10_000],
        [account, -12_000, bank],
      ]);
      assert.equal(await balance('Payables EUR'), 0);
      assert.equal(rowWith((await desk.books()).bills, { id }).isPaid, true);
    });

  it('vendor, A/P account and bank must be of one currency', async () => {
    const { id } = await bill();
    const lines = { expenseLines: [{ account: 'Freight', amount: '1.00' }] };
    await refused(
      'enter-bill',
      { vendor: 'Rhein Teile', apAccount: 'Accounts Payable', ...lines },
      3140,
      /another currency/,
    );
    await refused(
      'enter-bill',
      { vendor: 'Acorn Tools', apAccount: 'Payables EUR', ...lines },
      3140,
      /another currency/,
    );
    await refused('edit-bill', { txnId: id, apAccount: 'Accounts Payable' }, 3140, /another currency/);
    await refused('enter-bill', { vendor: 'Rhein Teile', exchangeRate: '0', ...lines }, 3180, /more than zero/);
    const { id: home } = await desk.move('enter-bill', { vendor: 'Acorn Tools', ...lines });
    await refused(
      'pay-bills',
      { account: 'Bank EUR', method: 'check', bills: [{ txnId: home }] },
      3140,
      /another currency/,
    );
  });

  it('a bill moved to a vendor in dollars moves to their A/P account', async () => {
    const { id } = await bill();
    const moved = await desk.move('edit-bill', { txnId: id, vendor: 'Acorn Tools' });
    assert.deepEqual(only(moved, 'apAccount', 'currency', 'exchangeRate'), {
      apAccount: 'Accounts Payable',
      currency: undefined,
      exchangeRate: undefined,
    });
    assert.equal(await balance('Payables EUR'), 0);
  });

  it('multi-currency is turned on once; a currency is there once', async () => {
    await refused('set-home-currency', { name: 'Euro', code: 'EUR' }, 3180, /cannot be changed/);
    await refused('add-currency', { name: 'euro', code: 'XEU', exchangeRate: '1' }, 3100, /already in use/);
    await refused('add-vendor', { name: 'Thames', currency: 'Pound' }, 3140, /Currency "Pound"/);
    await desk.page('POST', '/people/new-company', { file: 'C:\\b.qbw', name: 'B' });
    const { status } = await desk.page('POST', '/people/add-currency', {
      file: 'C:\\b.qbw',
      name: 'Euro',
      code: 'EUR',
      exchangeRate: '1',
    });
    assert.equal(status, 422);
  });
});
