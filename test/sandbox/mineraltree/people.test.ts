import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { KNOBS } from '../../../src/sandbox/mineraltree/knobs.ts';
import { cents, type Json, PASSWORD, pick, type Running, rows, startSandbox, withLists } from './sandbox.ts';

describe('a person in MineralTree', () => {
  let mt: Running;
  let ids: Awaited<ReturnType<typeof withLists>>;
  let number = 0;
  before(async () => {
    mt = await startSandbox();
    ids = await withLists(mt);
  });
  after(() => mt.stop());

  const typed = () => {
    number += 1;
    return {
      vendor: 'Northwind',
      invoiceNumber: `I-${number}`,
      transactionDate: '2026-03-01',
      term: 'Net 30',
      amount: '121.00',
      memo: 'March',
      expenses: [
        { glAccount: 'Rent', amount: '100.00', classification: 'Region:East', memo: 'office', billable: true },
      ],
      items: [{ item: 'Bolt', quantity: '2', cost: '10.50' }],
    };
  };
  const enter = (members: object = {}): Promise<Json> => mt.person('enter-invoice', { ...typed(), ...members });
  const posted = async (members: object = {}): Promise<Json> => mt.person('post', { bill: (await enter(members)).id });
  const refusal = (move: string, body: object) =>
    mt.request('POST', `/people/${move}`, { company: mt.company, ...body });

  it('enters an invoice with expense and item lines: a Draft, due by its term, on the only A/P account', async () => {
    const draft = await enter();
    assert.deepEqual(
      pick(draft, 'state', 'status', 'dueDate', 'amountCents', 'balanceCents', 'createdBy', 'currency'),
      {
        state: 'Draft',
        status: 'Draft',
        dueDate: '2026-03-31',
        amountCents: 12100,
        balanceCents: 12100,
        createdBy: 'person',
        currency: 'USD',
      },
    );
    assert.deepEqual([draft.apAccount?.externalId, draft.vendor?.name], ['A-AP', 'Northwind']);
    assert.deepEqual(draft.expenses, [
      {
        lineNumber: 0,
        amountCents: 10000,
        classification: { id: ids.east, externalId: 'C-EAST', name: 'Region:East' },
        billable: true,
        glAccount: { id: ids.rent, externalId: 'A-RENT', name: 'Rent' },
        memo: 'office',
      },
    ]);
    assert.deepEqual(draft.items, [
      {
        lineNumber: 1,
        amountCents: 2100,
        item: { id: ids.bolt, externalId: 'I-BOLT', name: 'Bolt' },
        quantity: { units: 2, scale: 0 },
        cost: { units: 1050, scale: 2 },
      },
    ]);
    assert.deepEqual(draft.entries, []);
  });

  it('submits, approves and posts it; each step is seen on the page and in the history', async () => {
    const { id } = await enter();
    const words: unknown[] = [];
    for (const move of ['submit', 'approve', 'post']) words.push((await mt.person(move, { bill: id })).status);
    assert.deepEqual(words, ['Awaiting Approval', 'Approved', 'Awaiting Sync']);
    const { json } = await mt.api('GET', `/bill/${id}`);
    assert.deepEqual(pick(json, 'state', 'externalId', 'balance'), {
      state: 'Open',
      externalId: null,
      balance: cents(12100),
    });
    const acknowledged = await mt.api('PUT', `/bill/${id}`, { bill: { id, externalId: 'TX-1' } });
    assert.equal(acknowledged.status, 200);
    const shown = rows((await mt.books()).bills).find((bill) => bill.id === id);
    assert.equal(shown?.status, 'Unpaid');
    assert.deepEqual(
      rows(shown?.history).map(({ action }) => action),
      ['entered', 'submitted', 'approved', 'posted', 'acknowledged'],
    );
  });

  it('does not post what waits for approval, nor, when approval is required, what was not approved', async () => {
    const { id } = await enter();
    await mt.person('submit', { bill: id });
    assert.match((await refusal('post', { bill: id })).text, /Awaiting Approval\) has to be approved first/);
    await mt.knob('approvalRequired', true);
    const other = await enter();
    assert.equal((await refusal('post', { bill: other.id })).status, 422);
    await mt.person('approve', { bill: other.id });
    assert.equal((await mt.person('post', { bill: other.id })).status, 'Awaiting Sync');
    await mt.knob('approvalRequired', false);
  });

  it('does not post twice, approve what is posted or submit what is approved', async () => {
    const { id } = await posted();
    for (const move of ['post', 'approve', 'submit']) assert.equal((await refusal(move, { bill: id })).status, 422);
  });

  const missing: readonly [name: string, members: object, fields: readonly string[]][] = [
    ['a due date', { term: undefined }, ['header: Due Date']],
    ['an amount', { amount: undefined }, ['header: Invoice Amount']],
    ['lines', { expenses: [], items: [] }, ['header: at least one expense or item line']],
    [
      'an account, and an amount on the second line',
      { expenses: [{ amount: '1.00' }, { glAccount: 'Rent' }], items: [] },
      ['expense line 1: Account', 'expense line 2: Amount'],
    ],
    [
      'everything on an item line',
      { items: [{ memo: 'what is this' }] },
      ['item line 1: Item', 'item line 1: Amount', 'item line 1: Quantity', 'item line 1: Cost Per'],
    ],
    ['the cost of an item', { items: [{ item: 'Bolt', quantity: '1', amount: '5.00' }] }, ['item line 1: Cost Per']],
  ];
  for (const [name, members, fields] of missing)
    it(`does not post an invoice without ${name}, and names header and line`, async () => {
      const draft = await enter(members);
      const answer = await refusal('post', { bill: draft.id });
      assert.deepEqual([answer.status, answer.json.fields], [422, fields]);
      assert.match(String(answer.json.error), /^required fields are missing: /);
      assert.equal((await mt.api('GET', `/bill/${draft.id}`)).json.state, 'Draft');
    });

  it('with two A/P accounts, one has to be chosen', async () => {
    const { json } = await mt.api('POST', `/glaccount/${mt.company}`, {
      glAccount: { externalId: 'A-AP2', name: 'Payables West', ledgerType: 'AP_ACCOUNT' },
    });
    const draft = await enter();
    assert.deepEqual((await refusal('post', { bill: draft.id })).json.fields, ['header: AP Account']);
    const edited = await mt.person('edit-invoice', { bill: draft.id, apAccount: 'Payables West' });
    assert.equal(edited.apAccount?.name, 'Payables West');
    assert.equal((await mt.person('post', { bill: draft.id })).status, 'Awaiting Sync');
    await mt.api('PUT', '/glaccount', { glAccount: { id: json.id, active: false } });
  });

  it('does not post into a closed period, nor edit what is posted in one; an open date helps', async () => {
    const before = await posted({ transactionDate: '2025-12-31', invoiceNumber: 'OLD' });
    await mt.api('PUT', '/bill', { bill: { id: before.id, externalId: 'TX-OLD' } });
    const waiting = await posted({ transactionDate: '2025-12-31', invoiceNumber: 'WAITS' });
    await mt.api('POST', `/accountingperiod/${mt.company}`, {
      accountingPeriod: {
        externalId: 'CLOSED',
        name: 'Books closed',
        started: '1900-01-01',
        ended: '2025-12-31',
        closed: true,
      },
    });
    const draft = await enter({ transactionDate: '2025-12-31' });
    const refused = await refusal('post', { bill: draft.id });
    assert.equal(refused.json.error, 'the accounting period "Books closed" is closed: 2025-12-31 lies in it');
    assert.deepEqual(refused.json.fields, ['header: Invoice Date']);
    for (const change of [{ memo: 'x' }, { transactionDate: '2026-01-01' }])
      assert.equal((await refusal('edit-invoice', { bill: before.id, ...change })).status, 422);
    assert.equal((await refusal('edit-invoice', { bill: waiting.id, memo: 'x' })).status, 422);
    const moved = await mt.person('edit-invoice', { bill: waiting.id, transactionDate: '2026-01-01' });
    assert.equal(moved.transactionDate, '2026-01-01');
    const open = await posted();
    assert.equal((await refusal('edit-invoice', { bill: open.id, transactionDate: '2025-12-31' })).status, 422);
    await mt.person('edit-invoice', { bill: draft.id, transactionDate: '2026-01-01' });
    assert.equal((await mt.person('post', { bill: draft.id })).status, 'Awaiting Sync');
    await mt.knob('enforcePeriods', false);
    assert.equal((await mt.person('edit-invoice', { bill: before.id, memo: 'x' })).memo, 'x');
    await mt.knob('enforcePeriods', true);
    await mt.api('POST', `/accountingperiod/${mt.company}`, {
      accountingPeriod: { externalId: 'CLOSED', closed: false },
    });
    assert.equal((await mt.person('edit-invoice', { bill: before.id, memo: 'y' })).memo, 'y');
  });

  it('edits what is posted: balance, history and time of change follow', async () => {
    const invoice = await posted();
    await mt.api('PUT', '/bill', { bill: { id: invoice.id, externalId: 'TX-E', balance: cents(10000) } });
    const edited = await mt.person('edit-invoice', {
      bill: invoice.id,
      amount: '50.00',
      expenses: [{ glAccount: 'Rent', amount: '50.00' }],
      items: [],
      memo: null,
    });
    assert.deepEqual(pick(edited, 'amountCents', 'balanceCents', 'memo', 'externalId', 'items'), {
      amountCents: 5000,
      balanceCents: 2900,
      memo: undefined,
      externalId: 'TX-E',
      items: [],
    });
    assert.ok(String(edited.modified) > String(invoice.modified));
    const last = rows(edited.history).at(-1);
    assert.deepEqual(pick(last, 'by', 'action'), { by: 'person', action: 'edited' });
    const fields = rows(last?.changes).map(({ field }) => String(field));
    assert.deepEqual(fields.sort(), ['amount', 'expenses', 'items', 'memo']);
    assert.match(
      (await refusal('edit-invoice', { bill: invoice.id, amount: '10.00' })).text,
      /paid or credited already/,
    );
    assert.equal((await refusal('edit-invoice', { bill: invoice.id, amount: null })).status, 422);
  });

  it('does not edit what is paid, and does not delete what has a payment', async () => {
    const invoice = await posted();
    await mt.api('PUT', '/bill', { bill: { id: invoice.id, externalId: 'TX-P', balance: cents(0) } });
    assert.match((await refusal('edit-invoice', { bill: invoice.id, memo: 'x' })).text, /\(Paid\) cannot be edited/);
    assert.match((await refusal('delete-invoice', { bill: invoice.id })).text, /has a payment or credit/);
  });

  it('deletes an invoice: it is gone for the API and kept in the list of deleted ones, over a restart too', async () => {
    const invoice = await posted();
    await mt.person('delete-invoice', { bill: invoice.id });
    assert.equal((await mt.api('GET', `/bill/${invoice.id}`)).status, 404);
    await mt.restart();
    const books = await mt.books();
    assert.ok(!rows(books.bills).some(({ id }) => id === invoice.id));
    const deleted = rows(books.deletedBills).find(({ id }) => id === invoice.id);
    assert.deepEqual(pick(deleted, 'deletedBy', 'invoiceNumber'), {
      deletedBy: 'person',
      invoiceNumber: invoice.invoiceNumber,
    });
  });

  it('is refused an invoice number that the vendor has; the ledger is let in with it', async () => {
    const invoice = await enter();
    const again = await refusal('enter-invoice', { ...typed(), invoiceNumber: invoice.invoiceNumber });
    assert.deepEqual([again.status, again.json.fields], [422, ['header: Invoice #']]);
    const other = await enter();
    assert.equal((await refusal('edit-invoice', { bill: other.id, invoiceNumber: invoice.invoiceNumber })).status, 422);
    const fromLedger = await mt.api('POST', `/bill/${mt.company}`, {
      bill: {
        externalId: 'TX-D',
        vendor: { id: ids.vendor },
        invoiceNumber: invoice.invoiceNumber,
        transactionDate: '2026-03-01',
        amount: cents(1),
      },
    });
    assert.equal(fromLedger.status, 200);
  });

  it('enters an invoice in another currency, which every amount of it then carries', async () => {
    const { id } = await enter({ currency: 'EUR' });
    const { json } = await mt.api('GET', `/bill/${id}`);
    assert.deepEqual([json.currency, json.amount], ['EUR', { ...cents(12100), currency: 'EUR' }]);
    assert.equal(rows(json.expenses)[0]?.amountDue?.currency, 'EUR');
  });

  it('edits a vendor: the whole address block, phone and fax apart, with an audit of old and new', async () => {
    const first = await mt.person('edit-vendor', {
      vendor: 'Northwind',
      address: { lines: ['1 Main St', 'Suite 2'], town: 'Salem', region: 'MA', postalCode: '01970', country: 'USA' },
      phone: '555-1',
      fax: '555-2',
      email: 'ap@northwind.example',
    });
    assert.deepEqual(pick(first, 'phone', 'fax', 'email', 'address'), {
      phone: '555-1',
      fax: '555-2',
      email: 'ap@northwind.example',
      address: { lines: ['1 Main St', 'Suite 2'], town: 'Salem', region: 'MA', postalCode: '01970', country: 'USA' },
    });
    const second = await mt.person('edit-vendor', {
      vendor: 'Northwind',
      address: { lines: ['9 Elm St'] },
      phone: '555-9',
      email: null,
    });
    assert.deepEqual(pick(second, 'phone', 'fax', 'email', 'address', 'name', 'externalId'), {
      phone: '555-9',
      fax: '555-2',
      email: undefined,
      address: { lines: ['9 Elm St'] },
      name: 'Northwind',
      externalId: 'V-1',
    });
    assert.ok(String(second.modified) > String(first.modified));
    const changes = rows(rows(second.history).at(-1)?.changes);
    assert.deepEqual(
      changes.find(({ field }) => String(field) === 'emails'),
      {
        field: 'emails',
        from: ['ap@northwind.example'],
        to: null,
      },
    );
    const { json } = await mt.api('GET', `/vendor/${ids.vendor}`);
    assert.deepEqual(json.phones, [
      { number: '555-9', isFax: false },
      { number: '555-2', isFax: true },
    ]);
  });

  it('adds a term, which has no externalId until the ledger has it', async () => {
    const term = await mt.person('add-term', { name: 'Net 45', dueDays: 45, discountDays: 10, discountPercent: 1.5 });
    assert.deepEqual(pick(term, 'name', 'dueDays', 'discountPercent', 'externalId', 'createdBy'), {
      name: 'Net 45',
      dueDays: 45,
      discountPercent: { units: 15, scale: 1 },
      externalId: undefined,
      createdBy: 'person',
    });
    const filled = await mt.api('PUT', '/term', { term: { id: term.id, externalId: 'T-45' } });
    assert.equal(filled.json.externalId, 'T-45');
    assert.equal((await refusal('add-term', { name: 'Net 45', dueDays: 45 })).status, 422);
  });

  const mistakes: readonly [move: string, body: object, status: number, words: RegExp][] = [
    ['enter-invoice', { vendor: 'Northwind' }, 400, /transactionDate: /],
    [
      'enter-invoice',
      { vendor: 'Nobody', transactionDate: '2026-03-01' },
      400,
      /vendor: the company has no vendor \\"Nobody\\"/,
    ],
    ['enter-invoice', { vendor: 'Northwind', transactionDate: '01/02/2026' }, 400, /transactionDate: a date such as/],
    [
      'enter-invoice',
      { vendor: 'Northwind', transactionDate: '2026-03-01', amount: '1.234' },
      400,
      /amount: \\"1.234\\" is not an amount such as/,
    ],
    ['enter-invoice', { vendor: 'Northwind', transactionDate: '2026-03-01', colour: 'red' }, 400, /colour/],
    [
      'enter-invoice',
      { vendor: 'Northwind', transactionDate: '2026-03-01', expenses: [{ glAccount: 'Rnt' }] },
      400,
      /expenses\[0\]\.glAccount: the company has no glAccount \\"Rnt\\"/,
    ],
    ['post', { bill: 'nothing' }, 404, /has no invoice nothing/],
    ['post', { company: 'nothing', bill: 'x' }, 404, /there is no company nothing/],
    ['fly', {}, 404, /there is no move fly; there are new-company, enter-invoice/],
    [
      'set-knob',
      { company: undefined, name: 'gravity', value: 1 },
      400,
      /there is no knob \\"gravity\\"; there are sessionLifetimeMs/,
    ],
    [
      'set-knob',
      { company: undefined, name: 'indexLagMs', value: 10_001 },
      400,
      /value: indexLagMs has to be an integer from 0 to 10000/,
    ],
    ['set-knob', { company: undefined, name: 'fsync', value: 'yes' }, 400, /value: fsync has to be true or false/],
    [
      'set-knob',
      { company: undefined, name: 'dateForm', value: 'us' },
      400,
      /value: dateForm has to be timestamp or date/,
    ],
    [
      'new-company',
      { company: undefined, name: 'Acme', user: 'x', password: 'x' },
      400,
      /there is a company \\"Acme\\" already/,
    ],
    [
      'new-company',
      { company: undefined, name: 'B', user: 'api@acme.example', password: 'x' },
      400,
      /password: the user api@acme.example has another one/,
    ],
    ['new-company', { company: undefined, name: 'B', user: 'a:b', password: PASSWORD }, 400, /user: a name without/],
  ];
  for (const [move, body, status, words] of mistakes)
    it(`is told what is wrong with ${move} ${JSON.stringify(body)}`, async () => {
      const answer = await refusal(move, body);
      assert.equal(answer.status, status);
      assert.match(answer.text, words);
    });

  it('reads every knob with what it does, and finds them as they were set after a restart', async () => {
    await mt.knob('indexLagMs', 1);
    await mt.restart();
    const knobs = rows((await mt.request('GET', '/people/knobs')).json.knobs);
    assert.deepEqual(
      knobs.map(({ name }) => name),
      Object.keys(KNOBS),
    );
    assert.equal(knobs.find(({ name }) => String(name) === 'indexLagMs')?.value, 1);
    await mt.knob('indexLagMs', 0);
  });

  it('sees companies, vendors and invoices with their status on pages, whatever they are called', async () => {
    await mt.api('POST', `/vendor/${mt.company}`, { vendor: { name: '<script>alert(1)</script> & Sons' } });
    await enter({ vendor: '<script>alert(1)</script> & Sons', invoiceNumber: '"quoted"' });
    const home = await mt.request('GET', '/');
    assert.match(home.text, new RegExp(`<a href="/companies/${mt.company}">Acme</a>`));
    const page = await mt.request('GET', `/companies/${mt.company}`);
    assert.match(page.headers.get('content-type') ?? '', /text\/html/);
    for (const words of [
      'Draft',
      'Awaiting Approval',
      'Awaiting Sync',
      'Unpaid',
      'Paid',
      '&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons',
      '&quot;quoted&quot;',
    ])
      assert.ok(page.text.includes(`<td>${words}</td>`), words);
    assert.ok(!page.text.includes('<script>'));
    assert.equal((await mt.request('GET', '/companies/nothing')).status, 404);
    assert.equal((await mt.request('GET', '/books/company?id=nothing')).status, 404);
    assert.deepEqual(rows((await mt.request('GET', '/books')).json.companies), [{ id: mt.company, name: 'Acme' }]);
  });
});
