import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import {
  type Answer,
  cents,
  type Json,
  type Payables,
  pick,
  type Running,
  rows,
  startSandbox,
  withPayables,
} from './sandbox.ts';

describe('MineralTree API: payments that the ledger made', () => {
  let mt: Running;
  let books: Payables;
  before(async () => {
    mt = await startSandbox();
    books = await withPayables(mt);
  });
  after(() => mt.stop());

  const post = (bills: readonly (readonly [bill: string, amount: number])[], members: object = {}): Promise<Answer> =>
    mt.api('POST', `/payment/${mt.company}`, {
      payment: {
        paymentMethod: { id: books.checking },
        fundMethod: { type: 'CHECK' },
        bills: bills.map(([id, amount]) => ({ id, appliedPaymentAmount: cents(amount) })),
        transactionDate: '2026-03-10',
        ...members,
      },
    });
  const put = (payment: string | Json, members: object) =>
    mt.api('PUT', '/payment', { payment: { id: payment, ...members } });
  const inBooks = async (id: Json | string | undefined) =>
    rows((await mt.books()).payments).find((payment) => payment.id === id);

  it('a check over two bills lowers both and is paid at once, with the vendor of its bills', async () => {
    const [first, second] = [await books.bill(10000), await books.bill(5000)];
    const { json } = await post(
      [
        [first, 4000],
        [second, 5000],
      ],
      { externalId: 'BP-1', checkNumber: 1205 },
    );
    assert.deepEqual(pick(json, 'externalId', 'status', 'amount', 'checkNumber', 'transactionDate'), {
      externalId: 'BP-1',
      status: 1010,
      amount: cents(9000),
      checkNumber: 1205,
      transactionDate: '2026-03-10T00:00:00Z',
    });
    assert.deepEqual(
      [json.vendor?.externalId, json.paymentMethod?.externalId, json.fundMethod?.type],
      ['V-1', 'B-1', 'CHECK'],
    );
    assert.match(String(rows(json.bills)[0]?.externalId), /^TX-\d+$/);
    assert.deepEqual(
      [await books.standing(first), await books.standing(second)],
      [
        [6000, 'Open'],
        [0, 'Settled'],
      ],
    );
    const { json: bill } = await mt.api('GET', `/bill/${first}`);
    assert.deepEqual(bill.appliedPaymentAmount, cents(4000));
    assert.deepEqual(pick(await inBooks(json.id), 'origin', 'createdBy', 'effect'), {
      origin: 'external',
      createdBy: 'api',
      effect: 'applied',
    });
  });

  it('a payment of more than MineralTree knows has the rest to itself', async () => {
    const bill = await books.bill(1000);
    const { json } = await post([[bill, 1000]], { amount: cents(2500) });
    assert.deepEqual(json.amount, cents(2500));
    assert.deepEqual(await books.standing(bill), [0, 'Settled']);
  });

  it('corrected in the ledger: other amounts and other bills, and the balances follow', async () => {
    const [first, second] = [await books.bill(10000), await books.bill(5000)];
    const { json } = await post([[first, 4000]]);
    const corrected = await put(json.id ?? '', {
      amount: cents(3000),
      bills: [
        { id: first, appliedPaymentAmount: cents(1000) },
        { id: second, appliedPaymentAmount: cents(2000) },
      ],
    });
    assert.equal(corrected.status, 200);
    assert.deepEqual(
      [await books.standing(first), await books.standing(second)],
      [
        [9000, 'Open'],
        [3000, 'Open'],
      ],
    );
    const whole = await put(json.id ?? '', {
      amount: cents(10000),
      bills: [{ id: first, appliedPaymentAmount: cents(10000) }],
    });
    assert.equal(whole.status, 200, 'what the payment itself paid counts as open');
    assert.deepEqual(
      [await books.standing(first), await books.standing(second)],
      [
        [0, 'Settled'],
        [5000, 'Open'],
      ],
    );
  });

  it('sent again after a lost answer: the same payment, the bill lowered once', async () => {
    const bill = await books.bill(10000);
    const first = await post([[bill, 4000]], { externalId: 'BP-AGAIN' });
    const again = await post([[bill, 4000]], { externalId: 'BP-AGAIN' });
    assert.equal(again.json.id, first.json.id);
    assert.deepEqual(await books.standing(bill), [6000, 'Open']);
  });

  it('a 503 before the write leaves nothing, one after it the whole payment', async () => {
    const bill = await books.bill(10000);
    const fault = (point: string) =>
      mt.request('POST', '/faults', {
        point,
        match: { method: 'POST', path: '^/payment/' },
        action: 'error',
        status: 503,
      });
    await fault('before');
    assert.equal((await post([[bill, 4000]], { externalId: 'BP-503' })).status, 503);
    assert.deepEqual(await books.standing(bill), [10000, 'Open']);
    await fault('committed');
    assert.equal((await post([[bill, 4000]], { externalId: 'BP-503' })).status, 503);
    assert.deepEqual(await books.standing(bill), [6000, 'Open']);
  });

  it('a discount taken in QuickBooks is the difference to the balance that the ledger writes', async () => {
    const bill = await books.bill(10000);
    await post([[bill, 9800]]);
    await mt.api('PUT', `/bill/${bill}`, { bill: { id: bill, balance: cents(0) } });
    const found = rows((await mt.books()).bills).find(({ id }) => String(id) === bill);
    assert.deepEqual(pick(found, 'balanceCents', 'state', 'paymentsCents', 'adjustmentCents', 'overpaidCents'), {
      balanceCents: 0,
      state: 'Settled',
      paymentsCents: 9800,
      adjustmentCents: -200,
      overpaidCents: undefined,
    });
  });

  it('a person voids an external payment: it is owed again, and the ledger may still say what is open', async () => {
    const bill = await books.bill(10000);
    const { json } = await post([[bill, 10000]], { externalId: 'BP-VOID' });
    await mt.api('PUT', `/bill/${bill}`, { bill: { id: bill, balance: cents(10000) } });
    const voided = await mt.person('void-payment', { payment: json.id });
    assert.deepEqual(pick(voided, 'status', 'words'), { status: 2000, words: 'Voided' });
    assert.deepEqual(await books.standing(bill), [10000, 'Open'], 'never above the amount');
    assert.equal((await put(json.id ?? '', { checkNumber: 5 })).status, 400);
    assert.equal((await put(json.id ?? '', { externalId: 'BP-VOID' })).status, 200);
  });

  it('an invoice of a closed period is paid all the same', async () => {
    await mt.person('close-period', { ended: '2026-03-15' });
    const bill = await books.bill(700);
    assert.equal((await post([[bill, 700]])).status, 200);
    await mt.person('open-period', {});
  });

  it('what the API cannot write stays unwritten: status, vendor, discounts', async () => {
    const bill = await books.bill(10000);
    const { json } = await post([[bill, 100]], { status: 2000, vendor: { id: 'nobody' } });
    assert.deepEqual([json.status, json.vendor?.externalId], [1010, 'V-1']);
    const again = await put(json.id ?? '', { status: 1100 });
    assert.deepEqual([again.status, again.json.status], [200, 1010]);
    const written = await mt.api('PUT', `/bill/${bill}`, {
      bill: { id: bill, discountAmount: cents(5), appliedDiscountAmount: cents(5), appliedPaymentAmount: cents(5) },
    });
    assert.deepEqual(pick(written.json, 'discountAmount', 'appliedDiscountAmount', 'appliedPaymentAmount'), {
      discountAmount: null,
      appliedDiscountAmount: null,
      appliedPaymentAmount: cents(100),
    });
  });

  it('found by the views: key, status, check number', async () => {
    const bill = await books.bill(100);
    const { json } = await post([[bill, 100]], { externalId: 'BP-FIND', checkNumber: 987 });
    const found = async (query: string) =>
      rows((await mt.api('POST', `/search/${mt.company}/ids`, { view: 'PAYMENT', query })).json.entities);
    for (const query of [
      'payment_externalId==BP-FIND',
      'payment_checkNum==987',
      'payment_externalId==BP-*;payment_checkNum=gt=900;payment_checkNum=lt=1000;payment_status=in=(1010,1070)',
    ])
      assert.deepEqual(await found(query), [json.id], query);
    assert.deepEqual(await found('payment_externalId==BP-FIND;payment_status==2000'), []);
    await mt.knob('indexLagMs', 5000);
    await put(json.id ?? '', { checkNumber: 988 });
    assert.deepEqual(await found('payment_checkNum==988'), [], 'search lags');
    await mt.knob('indexLagMs', 0);
    assert.deepEqual(await found('payment_checkNum==988'), [json.id]);
  });

  const refusals: readonly [name: string, body: () => Promise<Answer>, words: RegExp][] = [
    [
      'more than is open',
      async () => post([[await books.bill(100), 101]]),
      /101 is more than is open of the bill, 100/,
    ],
    [
      'a bill of another vendor beside it',
      async () => {
        const { json } = await mt.api('POST', `/vendor/${mt.company}`, {
          vendor: { externalId: 'V-2', name: 'Contoso' },
        });
        return post([
          [await books.bill(100), 10],
          [await books.bill(100, { vendor: { id: json.id } }), 10],
        ]);
      },
      /bills\[1\]\.id: is of another vendor/,
    ],
    [
      'a voided bill',
      async () => post([[await books.bill(100, { state: 'Voided' }), 10]]),
      /bills\[0\]\.id: the bill is voided/,
    ],
    [
      'an invoice that is not posted',
      async () => {
        const { id } = await mt.person('enter-invoice', {
          vendor: 'Northwind',
          transactionDate: '2026-03-01',
          amount: '5.00',
        });
        return post([[String(id), 10]]);
      },
      /the invoice is not posted/,
    ],
    ['a bill that is not there', () => post([['no-such', 10]]), /there is no bill no-such/],
    [
      'the same bill twice',
      async () => {
        const bill = await books.bill(100);
        return post([
          [bill, 10],
          [bill, 10],
        ]);
      },
      /bills\[1\]\.id: is there twice/,
    ],
    ['no bills', () => post([]), /payment\.bills: is missing/],
    ['nothing paid', async () => post([[await books.bill(100), 0]]), /appliedPaymentAmount: has to be more than 0/],
    [
      'less than its bills',
      async () => post([[await books.bill(100), 50]], { amount: cents(49) }),
      /49 is less than what is paid/,
    ],
    [
      'a check number that is a text',
      async () => post([[await books.bill(100), 5]], { checkNumber: 'A1' }),
      /checkNumber: has to be an integer/,
    ],
    [
      'an amount with decimals',
      async () => post([[await books.bill(100), 0.5]]),
      /has to be an integer, without decimals/,
    ],
    [
      'another currency',
      async () => post([[await books.bill(100), 5]], { amount: { amount: 5, precision: 2, currency: 'EUR' } }),
      /currency: has to be USD/,
    ],
    [
      'the fund method CREDIT',
      async () => post([[await books.bill(100), 5]], { fundMethod: { type: 'CREDIT' } }),
      /stands for a bill credit/,
    ],
    [
      'a fund method that is none',
      async () => post([[await books.bill(100), 5]], { fundMethod: { type: 'GOLD' } }),
      /fundMethod\.type: has to be one of CREDITCARD/,
    ],
  ];
  for (const [name, body, words] of refusals)
    it(`refuses ${name}`, async () => {
      const answer = await body();
      assert.equal(answer.status, 400, answer.text);
      assert.match(answer.text, words);
    });

  it('with the knob off, more than is open is recorded and the bill is overpaid', async () => {
    await mt.knob('refuseMoreThanOpen', false);
    const bill = await books.bill(100);
    await post([[bill, 80]]);
    const { json } = await post([[bill, 50]]);
    await mt.knob('refuseMoreThanOpen', true);
    const found = async () => rows((await mt.books()).bills).find(({ id }) => String(id) === bill);
    assert.deepEqual(pick(await found(), 'balanceCents', 'overpaidCents'), { balanceCents: 0, overpaidCents: 30 });
    assert.equal(
      (await mt.api('PUT', `/bill/${bill}`, { bill: { id: bill, memo: 'paid twice', balance: cents(0) } })).status,
      200,
    );
    assert.equal((await found())?.overpaidCents, 30, 'a balance that is known says nothing new');
    await mt.person('void-payment', { payment: json.id });
    assert.deepEqual(await books.standing(bill), [20, 'Open']);
  });
});
