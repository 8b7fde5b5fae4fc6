import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { type Answer, cents, type Payables, pick, type Running, rows, startSandbox, withPayables } from './sandbox.ts';

describe('MineralTree API: credits and their application', () => {
  let mt: Running;
  let books: Payables;
  before(async () => {
    mt = await startSandbox();
    books = await withPayables(mt);
  });
  after(() => mt.stop());

  const apply = (bill: string, credit: string, amount: number, members: object = {}): Promise<Answer> =>
    mt.api('POST', `/billcredit/${mt.company}`, {
      billCredit: {
        transactionDate: '2026-03-05',
        bill: { id: bill },
        credit: { id: credit },
        amountApplied: cents(amount),
        ...members,
      },
    });
  const put = (credit: string, members: object) => mt.api('PUT', '/credit', { credit: { id: credit, ...members } });
  const status = async (credit: string) => (await mt.api('GET', `/credit/${credit}`)).json.status;
  const left = async (credit: string) =>
    rows((await mt.books()).credits).find(({ id }) => String(id) === credit)?.remainingCents;
  const voided = (billCredit: unknown) => mt.api('GET', `/billcredit/void/${billCredit}`);

  it('an application lowers bill and credit and becomes a CREDIT payment with status 1010', async () => {
    const [bill, credit] = [await books.bill(10000), await books.credit(3000)];
    const { json } = await apply(bill, credit, 2500);
    assert.deepEqual(pick(json, 'amountApplied', 'transactionDate', 'active'), {
      amountApplied: cents(2500),
      transactionDate: '2026-03-05T00:00:00Z',
      active: true,
    });
    assert.deepEqual(
      [await books.standing(bill), await left(credit), await status(credit)],
      [[7500, 'Open'], 500, 'Open'],
    );
    const [shown] = rows((await mt.api('GET', `/bill/${bill}`)).json.billCredits);
    assert.deepEqual([shown?.id, shown?.credit?.id, shown?.amountApplied], [json.id, credit, cents(2500)]);
    const payment = rows((await mt.books()).payments).find(({ origin }) => String(origin) === 'credit');
    assert.deepEqual(pick(payment, 'fundMethod', 'status', 'amountCents', 'externalId', 'paymentMethod'), {
      fundMethod: 'CREDIT',
      status: 1010,
      amountCents: 2500,
      externalId: undefined,
      paymentMethod: undefined,
    });
  });

  it('a bill that credits alone covered is ClosedByCredit, and open again when one is voided', async () => {
    const [bill, first, second] = [await books.bill(1000), await books.credit(600), await books.credit(400)];
    await apply(bill, first, 600);
    const { json } = await apply(bill, second, 400);
    assert.deepEqual([await books.standing(bill), await status(second)], [[0, 'ClosedByCredit'], 'Settled']);
    assert.equal((await voided(json.id)).json.active, false);
    assert.deepEqual([await books.standing(bill), await status(second)], [[400, 'Open'], 'Open']);
  });

  it('a bill that a credit and a check covered is Settled', async () => {
    const [bill, credit] = [await books.bill(1000), await books.credit(400)];
    await books.pay([{ bill, amount: '6.00' }]);
    await apply(bill, credit, 400);
    assert.deepEqual(await books.standing(bill), [0, 'Settled']);
  });

  it('voided by GET: bill and credit have it back, its payment is void, a second time is refused', async () => {
    const [bill, credit] = [await books.bill(1000), await books.credit(1000)];
    const { json } = await apply(bill, credit, 700);
    const before = (await mt.api('GET', `/bill/${bill}`)).json.modified;
    assert.equal((await voided(json.id)).status, 200);
    assert.deepEqual([await books.standing(bill), await left(credit)], [[1000, 'Open'], 1000]);
    const { billCredits, payments } = await mt.books();
    const record = rows(billCredits).find(({ id }) => id === json.id);
    assert.equal(rows(payments).find(({ id }) => id === record?.payment)?.status, 2000);
    assert.deepEqual(pick(record, 'voided', 'createdBy'), { voided: true, createdBy: 'api' });
    assert.ok(String((await mt.api('GET', `/bill/${bill}`)).json.modified) > String(before), 'modified moves');
    assert.deepEqual(rows((await mt.api('GET', `/bill/${bill}`)).json.billCredits), []);
    assert.match((await voided(json.id)).text, /is voided already/);
    assert.equal((await mt.api('POST', `/billcredit/void/${json.id}`)).status, 405);
  });

  it('the answer to a void that was lost: the GET had its effect', async () => {
    const [bill, credit] = [await books.bill(1000), await books.credit(1000)];
    const { json } = await apply(bill, credit, 700);
    const match = { method: 'GET', path: '^/billcredit/void/', company: mt.company };
    await mt.request('POST', '/faults', { point: 'committed', match, action: 'error', status: 503 });
    assert.equal((await voided(json.id)).status, 503);
    assert.deepEqual(await books.standing(bill), [1000, 'Open']);
    assert.equal((await mt.api('GET', `/billcredit/${json.id}`)).json.active, false);
  });

  it('sent again under its key: the same bill credit; otherwise filled: refused; after a void: a new one', async () => {
    const [bill, credit] = [await books.bill(1000), await books.credit(1000)];
    const key = { externalId: 'VC/TX' };
    const first = await apply(bill, credit, 300, key);
    assert.equal((await apply(bill, credit, 300, key)).json.id, first.json.id);
    assert.deepEqual(await books.standing(bill), [700, 'Open']);
    assert.match((await apply(bill, credit, 200, key)).text, /a bill credit cannot be updated/);
    await voided(first.json.id);
    const second = await apply(bill, credit, 200, key);
    assert.equal(second.status, 200);
    assert.notEqual(second.json.id, first.json.id);
    assert.equal((await apply(bill, credit, 200, key)).json.id, second.json.id);
    assert.deepEqual(await books.standing(bill), [800, 'Open']);
  });

  it('the ledger restored the balance before the credit was taken back: never above the amount', async () => {
    const [bill, credit] = [await books.bill(1000), await books.credit(1000)];
    const { json } = await apply(bill, credit, 300);
    await mt.api('PUT', `/bill/${bill}`, { bill: { id: bill, balance: cents(1000) } });
    await voided(json.id);
    assert.deepEqual(await books.standing(bill), [1000, 'Open']);
    await books.pay([{ bill, amount: '1.00' }]);
    assert.deepEqual(await books.standing(bill), [900, 'Open'], 'later moves count from there');
  });

  const refusals: readonly [name: string, body: () => Promise<Answer>, words: RegExp][] = [
    [
      'more than is open of the bill',
      async () => apply(await books.bill(100), await books.credit(500), 101),
      /101 is more than is open of the bill, 100/,
    ],
    [
      'more than is left of the credit',
      async () => apply(await books.bill(500), await books.credit(100), 101),
      /101 is more than is left of the credit, 100/,
    ],
    ['nothing', async () => apply(await books.bill(500), await books.credit(100), 0), /has to be more than 0/],
    [
      'a voided bill',
      async () => apply(await books.bill(500, { state: 'Voided' }), await books.credit(100), 10),
      /the bill is voided/,
    ],
    [
      'a voided credit',
      async () => apply(await books.bill(500), await books.credit(100, { status: 'Voided' }), 10),
      /the credit is voided/,
    ],
    [
      'a credit that the ledger used up',
      async () => apply(await books.bill(500), await books.credit(100, { status: 'Settled' }), 10),
      /10 is more than is left of the credit, 0/,
    ],
    [
      'the credit of another vendor',
      async () => {
        const { json } = await mt.api('POST', `/vendor/${mt.company}`, {
          vendor: { externalId: 'V-9', name: 'Fabrikam' },
        });
        return apply(await books.bill(500), await books.credit(100, { vendor: { id: json.id } }), 10);
      },
      /the credit is of another vendor than the bill's/,
    ],
    [
      'no date',
      async () => apply(await books.bill(500), await books.credit(100), 10, { transactionDate: null }),
      /transactionDate: is missing/,
    ],
  ];
  for (const [name, body, words] of refusals)
    it(`refuses to apply ${name}`, async () => {
      const answer = await body();
      assert.equal(answer.status, 400, answer.text);
      assert.match(answer.text, words);
    });

  it('a bill credit is not updated', async () => {
    const id = await books.apply(await books.bill(100), await books.credit(100), 10);
    const answer = await mt.api('PUT', '/billcredit', { billCredit: { id, amountApplied: cents(20) } });
    assert.deepEqual(
      [answer.status, answer.json.error_message],
      [405, 'PUT is not supported of a bill credit: void it and make another'],
    );
  });

  it('only an unapplied credit is voided, by the ledger or by a person, or given to another vendor', async () => {
    const [bill, credit] = [await books.bill(100), await books.credit(100)];
    const id = await books.apply(bill, credit, 10);
    assert.match((await put(credit, { status: 'Voided' })).text, /an applied credit cannot be voided/);
    const byPerson = await mt.request('POST', '/people/void-credit', { company: mt.company, credit });
    assert.deepEqual(
      [byPerson.status, /is applied, so the ledger alone takes it back/.test(byPerson.text)],
      [422, true],
    );
    const { json: other } = await mt.api('POST', `/vendor/${mt.company}`, {
      vendor: { externalId: 'V-8', name: 'Tailspin' },
    });
    assert.match(
      (await put(credit, { vendor: { id: other.id } })).text,
      /cannot be changed while the credit is applied/,
    );
    await voided(id);
    assert.equal((await mt.person('void-credit', { credit })).status, 'Voided');
    assert.equal(await left(credit), 0);
    assert.equal((await put(credit, { status: 'Open' })).json.status, 'Open');
    assert.equal(await left(credit), 100);
  });

  it('used in the ledger on what MineralTree does not know: written Settled, and Open again', async () => {
    const credit = await books.credit(1000);
    await books.apply(await books.bill(300), credit, 300);
    assert.equal((await put(credit, { status: 'Settled' })).json.status, 'Settled');
    assert.equal(await left(credit), 0);
    assert.equal((await put(credit, { status: 'Open' })).json.status, 'Open');
    assert.equal(await left(credit), 700);
  });

  it('settled in the ledger and then made smaller and open: no more is left than its amount', async () => {
    const credit = await books.credit(200, { status: 'Settled' });
    await put(credit, { status: 'Open', amount: cents(1) });
    assert.equal(await left(credit), 1);
  });

  it('corrected in the ledger: what is left follows the amount, never below what is applied', async () => {
    const credit = await books.credit(1000);
    await books.apply(await books.bill(300), credit, 300);
    assert.match((await put(credit, { amount: cents(299) })).text, /299 is less than what is applied, 300/);
    await put(credit, { amount: cents(400), memo: 'corrected' });
    assert.equal(await left(credit), 100);
    await put(credit, { amount: cents(300) });
    assert.equal(await status(credit), 'Settled');
  });

  it('found by key, vendor and status; a vendor by its available credit', async () => {
    const { json: vendor } = await mt.api('POST', `/vendor/${mt.company}`, {
      vendor: { externalId: 'V-7', name: 'Adatum' },
    });
    const credit = await books.credit(1000, { externalId: 'VC-FIND', vendor: { id: vendor.id } });
    await books.apply(await books.bill(300, { vendor: { id: vendor.id } }), credit, 300);
    const found = async (view: string, query: string) =>
      rows((await mt.api('POST', `/search/${mt.company}/ids`, { view, query })).json.entities);
    for (const query of [
      'credit_externalId==VC-FIND',
      `billOrCredit_vendorId==${vendor.id};billOrCredit_status==1`,
      'billOrCredit_vendorExternalId==V-7;modified>2020-01-01',
    ])
      assert.deepEqual(await found('CREDIT', query), [credit], query);
    assert.deepEqual(await found('CREDIT', 'credit_externalId==VC-FIND;billOrCredit_status=in=(2,5)'), []);
    assert.deepEqual(await found('VENDOR', 'vendor_availableCredit==700'), [vendor.id]);
  });

  it('nothing that a payment or credit stands against goes to another vendor or is deleted', async () => {
    const [bill, credit] = [await books.bill(1000), await books.credit(1000)];
    const id = await books.apply(bill, credit, 300);
    const { json: other } = await mt.api('POST', `/vendor/${mt.company}`, {
      vendor: { externalId: 'V-6', name: 'Lucerne' },
    });
    const moved = () => mt.api('PUT', `/bill/${bill}`, { bill: { id: bill, vendor: { id: other.id } } });
    assert.match((await moved()).text, /cannot be changed while a payment or credit is attached/);
    await mt.api('PUT', `/bill/${bill}`, { bill: { id: bill, balance: cents(1000) } });
    const deleted = () => mt.request('POST', '/people/delete-invoice', { company: mt.company, bill });
    assert.equal((await deleted()).status, 422);
    await voided(id);
    assert.equal((await moved()).status, 200);
    assert.equal((await deleted()).status, 200);
  });
});
