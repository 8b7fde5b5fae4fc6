import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { cents, type Json, pick, type Running, rows, startSandbox, withLists } from './sandbox.ts';

describe('MineralTree API: bills and externalIds', () => {
  let mt: Running;
  let ids: Awaited<ReturnType<typeof withLists>>;
  let number = 0;
  before(async () => {
    mt = await startSandbox();
    ids = await withLists(mt);
  });
  after(() => mt.stop());

  const bill = (members: object = {}) => ({
    bill: {
      vendor: { id: ids.vendor },
      transactionDate: '2026-03-01',
      dueDate: '2026-03-31',
      amount: cents(10000),
      expenses: [
        { glAccount: { id: ids.rent }, amountDue: cents(10000), classification: { id: ids.east }, memo: 'March' },
      ],
      ...members,
    },
  });
  const create = (members?: object) => mt.api('POST', `/bill/${mt.company}`, bill(members));
  const put = (id: string | Json, members: object) => mt.api('PUT', `/bill/${id}`, { bill: { id, ...members } });
  const posted = async (): Promise<Json> => {
    number += 1;
    const entered = await mt.person('enter-invoice', {
      vendor: 'Northwind',
      invoiceNumber: `P-${number}`,
      transactionDate: '2026-03-01',
      dueDate: '2026-03-31',
      amount: '100.00',
      expenses: [{ glAccount: 'Rent', amount: '100.00', project: undefined, billable: true }],
    });
    return mt.person('post', { bill: entered.id });
  };

  it('a bill of the ledger is Open with what is owed, and answers references with their externalId', async () => {
    const { json } = await create({
      externalId: 'TX-1',
      invoiceNumber: 'N-1',
      term: { id: ids.net30 },
      balance: cents(2500),
    });
    assert.deepEqual(
      pick(json, 'externalId', 'state', 'status', 'amount', 'balance', 'transactionDate', 'dataSource'),
      {
        externalId: 'TX-1',
        state: 'Open',
        status: 'Open',
        amount: cents(10000),
        balance: cents(2500),
        transactionDate: '2026-03-01T00:00:00Z',
        dataSource: 'ERP',
      },
    );
    assert.deepEqual(pick(json.vendor, 'id', 'externalId', 'name'), { id: ids.vendor, externalId: 'V-1', name: null });
    assert.deepEqual(pick(json.term, 'id', 'externalId'), { id: ids.net30, externalId: 'T-30' });
    const [line] = rows(json.expenses);
    assert.deepEqual(pick(line, 'amountDue', 'lineNumber', 'memo', 'billable', 'project'), {
      amountDue: cents(10000),
      lineNumber: 0,
      memo: 'March',
      billable: false,
      project: null,
    });
    assert.equal(line?.glAccount?.externalId, 'A-RENT');
  });

  it('item lines carry quantity and cost with their decimals, and are numbered after the expenses', async () => {
    const { json } = await create({
      items: [
        {
          companyItem: { id: ids.bolt },
          quantity: { value: 15, precision: 1 },
          cost: { amount: 12345, precision: 5 },
          amountDue: cents(19),
          description: 'bolts',
        },
      ],
    });
    const [line] = rows(json.items);
    assert.deepEqual(pick(line, 'lineNumber', 'quantity', 'cost', 'description'), {
      lineNumber: 1,
      quantity: { value: 15, precision: 1, fieldOfMeasure: null },
      cost: { amount: 12345, precision: 5, currency: 'USD' },
      description: 'bolts',
    });
  });

  it('a quantity keeps its unit; null and an empty one are none', async () => {
    const units = ['box', null, ''];
    const { json } = await create({
      items: units.map((fieldOfMeasure) => ({
        companyItem: { id: ids.bolt },
        quantity: { value: 1, precision: 0, fieldOfMeasure },
        amountDue: cents(19),
      })),
    });
    assert.deepEqual(
      rows(json.items).map(({ quantity }) => quantity),
      ['box', null, null].map((fieldOfMeasure) => ({ value: 1, precision: 0, fieldOfMeasure })),
    );
  });

  it('the form of dates in answers is a knob', async () => {
    await mt.knob('dateForm', 'date');
    assert.equal((await create()).json.dueDate, '2026-03-31');
    await mt.knob('dateForm', 'timestamp');
  });

  it('what the API cannot write stays unwritten: A/P account, project, billable', async () => {
    const forged = {
      apAccount: { id: ids.ap },
      expenses: [{ amountDue: cents(10000), billable: true, project: { id: 'x' } }],
    };
    const { json } = await create(forged);
    assert.equal(json.apAccount, null);
    assert.deepEqual(pick(rows(json.expenses)[0], 'billable', 'project'), { billable: false, project: null });
  });

  it('lines are written as a whole; what the API cannot write stays with the line of that number', async () => {
    const invoice = await posted();
    const expenses = [
      { lineNumber: 0, glAccount: { id: ids.rent }, amountDue: cents(4000), billable: false },
      { lineNumber: 1, glAccount: { id: ids.rent }, amountDue: cents(6000) },
    ];
    const { json } = await put(String(invoice.id), { expenses });
    assert.deepEqual(
      rows(json.expenses).map((line) => [line.amountDue?.amount, line.billable]),
      [
        [4000, true],
        [6000, false],
      ],
    );
    assert.equal(json.apAccount?.id, ids.ap);
  });

  it('filling the empty externalId acknowledges a posted invoice, and leaves all else', async () => {
    const invoice = await posted();
    assert.deepEqual(pick(invoice, 'state', 'status', 'externalId'), {
      state: 'Open',
      status: 'Awaiting Sync',
      externalId: undefined,
    });
    const { json } = await put(String(invoice.id), { externalId: 'TX-ACK' });
    assert.deepEqual(pick(json, 'state', 'externalId', 'amount', 'invoiceNumber'), {
      state: 'Open',
      externalId: 'TX-ACK',
      amount: cents(10000),
      invoiceNumber: invoice.invoiceNumber,
    });
    assert.equal((await put(String(invoice.id), { externalId: 'TX-ACK' })).status, 200, 'the same again');
    const shown = rows((await mt.books()).bills).find(({ id }) => id === invoice.id);
    assert.deepEqual(
      rows(shown?.history).map(({ by, action }) => `${by} ${action}`),
      ['person entered', 'person posted', 'api acknowledged', 'api written'],
    );
    assert.equal(shown?.status, 'Unpaid');
  });

  it('an invoice that is not posted cannot be acknowledged', async () => {
    const draft = await mt.person('enter-invoice', { vendor: 'Northwind', transactionDate: '2026-03-01' });
    const answer = await put(String(draft.id), { externalId: 'TX-D' });
    assert.match(answer.text, /the invoice is not posted/);
    assert.equal((await mt.api('GET', `/bill/${draft.id}`)).json.externalId, null);
  });

  it('an externalId of a bill is never changed and never taken from another', async () => {
    const first = (await create({ externalId: 'TX-2' })).json;
    const other = (await create()).json;
    assert.match((await put(String(first.id), { externalId: 'TX-3' })).text, /cannot be updated \(it is \\"TX-2\\"\)/);
    assert.match((await put(String(other.id), { externalId: 'TX-2' })).text, /TX-2 belongs to .* already/);
    assert.equal((await put(String(first.id), { externalId: '' })).json.externalId, 'TX-2');
    await mt.knob('refuseChangedExternalId', false);
    assert.equal((await put(String(first.id), { externalId: 'TX-3' })).json.externalId, 'TX-2');
    await mt.knob('refuseChangedExternalId', true);
  });

  const lists: readonly [path: string, wrapper: string, body: object][] = [
    ['glaccount', 'glAccount', { name: 'L', ledgerType: 'ACCOUNT' }],
    ['pm', 'paymentMethod', { type: 'UNKNOWN', account: { name: 'L' } }],
    ['classification', 'classification', { name: 'L' }],
    ['project', 'project', { name: 'L' }],
    ['item', 'item', { name: 'L' }],
    ['term', 'term', { name: 'L', dueDays: 1 }],
    ['accountingperiod', 'accountingPeriod', { name: 'L', started: '2026-01-01', ended: '2026-01-31' }],
  ];
  for (const [path, wrapper, body] of lists)
    it(`${path}: a blank externalId on PUT is ignored, another one refused, an empty one filled once`, async () => {
      const write = (id: string | Json | undefined, externalId: string | null) =>
        mt.api('PUT', `/${path}`, { [wrapper]: { id, externalId } });
      const known = (await mt.api('POST', `/${path}/${mt.company}`, { [wrapper]: { ...body, externalId: 'L-1' } }))
        .json;
      for (const blank of ['', null]) assert.equal((await write(known.id, blank)).json.externalId, 'L-1');
      assert.equal((await write(known.id, 'L-1')).status, 200);
      assert.equal((await write(known.id, 'L-2')).status, 400);
      const empty = (await mt.api('POST', `/${path}/${mt.company}`, { [wrapper]: body })).json;
      await mt.knob('fillListExternalId', false);
      assert.equal((await write(empty.id, 'L-3')).status, 400);
      await mt.knob('fillListExternalId', true);
      assert.equal((await write(empty.id, 'L-3')).json.externalId, 'L-3');
      assert.equal((await write(empty.id, 'L-4')).status, 400);
    });

  it('a POST with a known externalId updates that record; with the knob off it makes a second one', async () => {
    const first = (await create({ externalId: 'TX-U', invoiceNumber: 'U' })).json;
    const again = (await create({ externalId: 'TX-U', memo: 'again', expenses: undefined })).json;
    assert.deepEqual(pick(again, 'id', 'invoiceNumber', 'memo'), { id: first.id, invoiceNumber: 'U', memo: 'again' });
    await mt.knob('upsertByExternalId', false);
    assert.notEqual((await create({ externalId: 'TX-U' })).json.id, first.id);
    await mt.knob('upsertByExternalId', true);
    const same = rows((await mt.books()).bills).filter(({ externalId }) => String(externalId) === 'TX-U');
    assert.equal(same.length, 2);
  });

  it('eight writers of the same externalId at once make one record', async () => {
    const answers = await Promise.all(Array.from({ length: 8 }, () => create({ externalId: 'TX-8' })));
    assert.equal(new Set(answers.map(({ json }) => json.id)).size, 1);
  });

  const mistakes: readonly [name: string, members: () => object, words: string][] = [
    [
      'an amount with decimals',
      () => ({ amount: { amount: 10.5, precision: 2 } }),
      'bill.amount.amount: has to be an integer, without decimals',
    ],
    [
      'an amount as text',
      () => ({ amount: { amount: '1050', precision: 2 } }),
      'bill.amount.amount: has to be an integer, without decimals',
    ],
    [
      'thousandths that are no cents',
      () => ({ amount: { amount: 10505, precision: 3 } }),
      'bill.amount: is not a whole number of cents',
    ],
    ['another currency', () => ({ amount: { ...cents(1), currency: 'EUR' } }), 'bill.amount.currency: has to be USD'],
    ['a missing vendor', () => ({ vendor: null }), 'bill.vendor: is missing'],
    ['a missing date', () => ({ transactionDate: '' }), 'bill.transactionDate: is missing'],
    [
      'a vendor that is a term',
      () => ({ vendor: { id: ids.net30 } }),
      'bill.vendor.id: there is no vendor $net30 in this company',
    ],
    [
      'a quantity with six decimals',
      () => ({ items: [{ quantity: { value: 1, precision: 6 } }] }),
      'bill.items[0].quantity.precision: has to be from 0 to 5',
    ],
    ['lines that are no list', () => ({ expenses: {} }), 'bill.expenses: has to be a list'],
    [
      'an unknown account on a line',
      () => ({ expenses: [{ glAccount: { id: 'nil' } }] }),
      'bill.expenses[0].glAccount.id: there is no glAccount nil in this company',
    ],
    [
      'a state that does not exist',
      () => ({ state: 'Paid' }),
      'bill.state: has to be one of Open, Settled, PendingSettled, ClosedByCredit, Voided',
    ],
    [
      'a balance above the amount',
      () => ({ balance: cents(10001) }),
      'bill.balance: 10001 is not between 0 and the amount 10000',
    ],
  ];
  for (const [name, members, words] of mistakes)
    it(`refuses ${name}`, async () => {
      const before = rows((await mt.books()).bills).length;
      const answer = await create(members());
      assert.deepEqual([answer.status, answer.json.error_message], [400, words.replace('$net30', ids.net30)]);
      assert.equal(rows((await mt.books()).bills).length, before);
    });

  it('the balance is the absolute one that the ledger writes; state and entries follow', async () => {
    const { id } = (await create({ externalId: 'TX-B' })).json;
    const states: unknown[] = [];
    for (const members of [
      { balance: cents(4000) },
      { balance: cents(0) },
      { balance: cents(10000), state: 'Open' },
      { state: 'Voided' },
    ]) {
      const { json } = await put(String(id), members);
      states.push([json.state, json.balance?.amount]);
    }
    assert.deepEqual(states, [
      ['Open', 4000],
      ['Settled', 0],
      ['Open', 10000],
      ['Voided', 0],
    ]);
    const shown = rows((await mt.books()).bills).find((row) => row.id === id);
    assert.deepEqual(
      rows(shown?.entries).map(({ kind, cents: moved }) => `${kind} ${moved}`),
      ['invoice 10000', 'settlement -6000', 'settlement -4000', 'settlement 10000', 'void -10000'],
    );
  });
});
