import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { cents, type Json, type Payables, pick, type Running, rows, startSandbox, withPayables } from './sandbox.ts';

describe('what a vendor is told of a payment, and discounts', () => {
  let mt: Running;
  let books: Payables;
  let term: string;
  before(async () => {
    mt = await startSandbox();
    books = await withPayables(mt);
    const body = {
      term: { externalId: 'T-210', name: '2% 10 Net 30', dueDays: 30, discountDays: 10, discountPercent: 2 },
    };
    term = String((await mt.api('POST', `/term/${mt.company}`, body)).json.id);
  });
  after(() => mt.stop());

  const remittance = async (payment: Json | undefined) => {
    const answer = await mt.request('GET', `/books/remittance?payment=${payment?.id}`);
    return answer.status === 200 ? answer.json : undefined;
  };
  const lines = async (payment: Json | undefined) =>
    rows((await remittance(payment))?.lines).map(({ kind, invoiceNumber, creditNumber, cents: amount }) => [
      kind,
      invoiceNumber ?? creditNumber,
      amount,
    ]);
  const numberOf = async (bill: string) => (await mt.api('GET', `/bill/${bill}`)).json.invoiceNumber;
  const discounted = (amount: number, members: object = {}) => books.bill(amount, { term: { id: term }, ...members });

  it('invoices before credits, a line below zero for each applied credit, the payment in the end', async () => {
    const [first, second] = [await books.bill(10000), await books.bill(5000)];
    await books.apply(first, await books.credit(1000, { creditNumber: 'CM-A' }), 1000);
    await books.apply(first, await books.credit(2000, { creditNumber: 'CM-B' }), 500);
    const payment = await books.pay([first, second]);
    assert.deepEqual(await lines(payment), [
      ['invoice', await numberOf(first), 10000],
      ['credit', 'CM-A', -1000],
      ['credit', 'CM-B', -500],
      ['invoice', await numberOf(second), 5000],
    ]);
    const sheet = await remittance(payment);
    assert.deepEqual(pick(sheet, 'totalCents', 'fundMethod', 'checkNumber', 'transactionDate', 'to'), {
      totalCents: 13500,
      fundMethod: 'CHECK',
      checkNumber: payment.checkNumber,
      transactionDate: '2026-03-20',
      to: [],
    });
    assert.deepEqual([sheet?.vendor?.name, sheet?.paymentMethod?.name], ['Northwind', 'Checking']);
    assert.ok(rows((await mt.books()).remittances).some((listed) => listed.payment === payment.id));
  });

  it('a credit is shown once: by the first payment after it, and by the next when that one is void', async () => {
    const bill = await books.bill(10000);
    await books.apply(bill, await books.credit(1000, { creditNumber: 'CM-1' }), 1000);
    const first = await books.pay([{ bill, amount: '50.00' }]);
    const second = await books.pay([{ bill, amount: '10.00' }]);
    assert.deepEqual(await lines(first), [
      ['invoice', await numberOf(bill), 6000],
      ['credit', 'CM-1', -1000],
    ]);
    assert.deepEqual(await lines(second), [['invoice', await numberOf(bill), 1000]]);
    await mt.person('void-payment', { payment: first.id });
    const third = await books.queue([{ bill, amount: '20.00' }]);
    assert.deepEqual((await lines(third))[1], ['credit', 'CM-1', -1000]);
  });

  it('stands as it was when the payment was authorized; before that a credit that is taken back is off it', async () => {
    const bill = await books.bill(10000);
    const applied = await books.apply(bill, await books.credit(1000), 1000);
    const early = await books.queue([{ bill, amount: '10.00' }]);
    assert.equal((await lines(early)).length, 2);
    await mt.api('GET', `/billcredit/void/${applied}`);
    assert.equal((await lines(early)).length, 1);
    const again = await books.apply(bill, await books.credit(1000), 1000);
    const sent = await books.pay([{ bill, amount: '10.00' }]);
    await mt.api('GET', `/billcredit/void/${again}`);
    assert.equal((await lines(sent)).length, 2);
    assert.equal((await remittance(sent))?.totalCents, 1000);
  });

  it('goes to the addresses of the vendor where remittances are on', async () => {
    const { json } = await mt.api('POST', `/vendor/${mt.company}`, {
      vendor: { externalId: 'V-R', name: 'Contoso', remittanceEnabled: true, remittanceEmails: ['ar@contoso.example'] },
    });
    const payment = await books.pay([await books.bill(100, { vendor: { id: json.id } })]);
    assert.deepEqual((await remittance(payment))?.to, ['ar@contoso.example']);
  });

  it('there is none for a manual payment, for one of the ledger, and for one that was given up', async () => {
    const manual = await books.queue([await books.bill(100)]);
    await mt.person('manual-check', { payment: manual.id, checkNumber: 1 });
    const recalled = await books.queue([await books.bill(100)]);
    await mt.person('recall', { payment: recalled.id });
    const external = await mt.api('POST', `/payment/${mt.company}`, {
      payment: {
        transactionDate: '2026-03-01',
        bills: [{ id: await books.bill(100), appliedPaymentAmount: cents(100) }],
      },
    });
    for (const payment of [manual, recalled, external.json]) assert.equal(await remittance(payment), undefined);
    assert.equal((await mt.request('GET', '/books/remittance?payment=nobody')).status, 404);
  });

  it('the terms offer a discount; unless the switch is on it is only shown', async () => {
    const bill = await discounted(10000);
    const payment = await books.queue([bill], { date: '2026-03-05' });
    assert.equal(payment.amountCents, 10000);
    const { json } = await mt.api('GET', `/bill/${bill}`);
    assert.deepEqual([json.discountAmount, json.appliedDiscountAmount], [cents(200), null]);
  });

  it('with the switch on it is taken on queueing: a lower payment, no line, and the whole invoice settled', async () => {
    await mt.person('company-settings', { automaticDiscounts: true });
    const bill = await discounted(10000);
    await books.apply(bill, await books.credit(3000, { creditNumber: 'CM-D' }), 3000);
    const payment = await books.pay([bill], { date: '2026-03-11' });
    assert.deepEqual([payment.amountCents, rows(payment.applied)[0]?.discountCents], [6800, 200]);
    assert.deepEqual(await lines(payment), [
      ['invoice', await numberOf(bill), 9800],
      ['credit', 'CM-D', -3000],
    ]);
    assert.deepEqual(await books.standing(bill), [0, 'Settled']);
    const { json } = await mt.api('GET', `/bill/${bill}`);
    assert.deepEqual([json.appliedDiscountAmount, json.appliedPaymentAmount], [cents(200), cents(6800)]);
    await mt.person('void-payment', { payment: payment.id });
    assert.deepEqual(await books.standing(bill), [7000, 'Open']);
    assert.equal((await mt.api('GET', `/bill/${bill}`)).json.appliedDiscountAmount, null);
  });

  const takings: readonly [name: string, amount: number, queue: object, paid: number][] = [
    ['on the last day', 10000, { date: '2026-03-11' }, 9800],
    ['a day late', 10000, { date: '2026-03-12' }, 10000],
    ['half a cent rounded up', 10025, { date: '2026-03-02' }, 9824],
    ['less than half a cent rounded down', 10024, { date: '2026-03-02' }, 9824],
    ['an amount too small for a cent of it', 20, { date: '2026-03-02' }, 20],
  ];
  for (const [name, amount, queue, paid] of takings)
    it(`a discount of 2%: ${name}`, async () => {
      assert.equal((await books.queue([await discounted(amount)], queue)).amountCents, paid);
    });

  it('a part of an invoice has no discount, and no invoice has it twice', async () => {
    const bill = await discounted(10000);
    assert.equal((await books.queue([{ bill, amount: '10.00' }], { date: '2026-03-02' })).amountCents, 1000);
    assert.equal((await books.queue([bill], { date: '2026-03-02' })).amountCents, 8800);
    const other = await discounted(10000);
    await books.pay([other], { date: '2026-03-02' });
    await mt.api('PUT', `/bill/${other}`, { bill: { id: other, amount: cents(20000) } });
    assert.equal((await books.queue([other], { date: '2026-03-02' })).amountCents, 10000);
  });

  it('a vendor may have it always, or never', async () => {
    const queued = async () => (await books.queue([await discounted(10000)], { date: '2026-03-02' })).amountCents;
    await mt.person('edit-vendor', { vendor: 'Northwind', discounts: 'never' });
    assert.equal(await queued(), 10000);
    await mt.person('company-settings', { automaticDiscounts: false });
    await mt.person('edit-vendor', { vendor: 'Northwind', discounts: 'always' });
    assert.equal(await queued(), 9800);
  });

  it('dated past the last day afterwards it is warned of, and taken off by hand', async () => {
    const bill = await discounted(10000);
    const payment = await books.queue([bill], { date: '2026-03-02' });
    const late = await mt.person('schedule', { payment: payment.id, date: '2026-03-15' });
    assert.match(String(rows(late.warnings)[0]), /the discount of invoice N-\d+ ended on 2026-03-11/);
    const whole = await mt.person('unapply-discount', { payment: payment.id, bill });
    assert.deepEqual(pick(whole, 'amountCents', 'warnings'), { amountCents: 10000, warnings: undefined });
  });
});
