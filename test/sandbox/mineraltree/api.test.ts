import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { cents, PASSWORD, pick, type Running, rows, startSandbox, USER, withLists } from './sandbox.ts';

const SERVICES = '/mtapi/base/services';

describe('MineralTree API: sessions', () => {
  let nowMs = Date.parse('2026-03-01T10:00:00Z');
  let mt: Running;
  before(async () => {
    mt = await startSandbox({ clock: () => nowMs });
  });
  after(() => mt.stop());

  it('a login answers the session as ETag, and so does every later call', async () => {
    const login = await mt.login();
    const session = login.headers.get('etag') ?? '';
    assert.equal(login.status, 200);
    assert.match(session, /^[0-9a-f]{64}$/);
    const answer = await mt.request('GET', `${SERVICES}/user`, undefined, { 'if-match': session });
    assert.equal(answer.headers.get('etag'), session);
    assert.deepEqual(pick(answer.json, 'userName', 'apiUser'), { userName: USER, apiUser: true });
  });

  const badLogins: readonly [name: string, authorization: string | undefined][] = [
    ['a wrong password', `MT ${USER}:wrong`],
    ['a user that is not there', `MT nobody:${PASSWORD}`],
    ['another scheme', `Basic ${USER}:${PASSWORD}`],
    ['no header', undefined],
  ];
  for (const [name, authorization] of badLogins)
    it(`a login with ${name} is forbidden`, async () => {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const answer = await mt.request('POST', '/mtapi/base/security/login', undefined, headers);
      assert.deepEqual([answer.status, answer.headers.get('etag')], [403, null]);
      assert.equal(answer.json.error, 'Forbidden');
    });

  it('a call without a session, or with an invented one, is 401', async () => {
    for (const headers of [{}, { 'if-match': 'ab'.repeat(32) }] as Record<string, string>[])
      assert.equal((await mt.request('GET', `${SERVICES}/user`, undefined, headers)).status, 401);
  });

  it('a session is over when it was not used for its lifetime, and lives on when it was', async () => {
    await mt.knob('sessionLifetimeMs', 60_000);
    const headers = { 'if-match': (await mt.login()).headers.get('etag') ?? '' };
    for (const [seconds, status] of [
      [59, 200],
      [59, 200],
      [60, 401],
      [0, 401],
    ] as const) {
      nowMs += seconds * 1000;
      assert.equal((await mt.request('GET', `${SERVICES}/user`, undefined, headers)).status, status);
    }
    await mt.knob('sessionLifetimeMs', 1_800_000);
  });

  it('a session does not outlive the server', async () => {
    const headers = { 'if-match': (await mt.login()).headers.get('etag') ?? '' };
    await mt.restart();
    assert.equal((await mt.request('GET', `${SERVICES}/user`, undefined, headers)).status, 401);
    assert.equal((await mt.api('GET', '/user')).status, 200);
  });

  it('a user sees the companies that are theirs, and no others', async () => {
    const mine = await mt.person('new-company', {
      company: undefined,
      name: 'Acme West',
      user: USER,
      password: PASSWORD,
    });
    const foreign = await mt.person('new-company', { company: undefined, name: 'Globex', user: 'g', password: 'g' });
    const { json } = await mt.api('GET', '/user/companies');
    assert.deepEqual(
      rows(json.companies).map(({ name }) => name),
      ['Acme', 'Acme West'],
    );
    assert.equal((await mt.api('POST', `/vendor/${mine.id}`, { vendor: { name: 'X' } })).status, 200);
    for (const [method, path] of [
      ['POST', `/vendor/${foreign.id}`],
      ['POST', `/search/${foreign.id}/objects`],
      ['POST', '/vendor/00000000-0000-4000-8000-000000000000'],
    ] as const)
      assert.equal((await mt.api(method, path, { vendor: { name: 'X' }, view: 'BILL' })).status, 403);
  });

  it('a record of another company is neither read nor written', async () => {
    const session = (await mt.login('g', 'g')).headers.get('etag') ?? '';
    const { json: vendor } = await mt.api('POST', `/vendor/${mt.company}`, { vendor: { name: 'Secret' } });
    const headers = { 'if-match': session };
    assert.equal((await mt.request('GET', `${SERVICES}/vendor/${vendor.id}`, undefined, headers)).status, 403);
    const body = { vendor: { id: vendor.id, name: 'Mine' } };
    assert.equal((await mt.request('PUT', `${SERVICES}/vendor`, body, headers)).status, 403);
    assert.equal((await mt.api('GET', `/vendor/${vendor.id}`)).json.name, 'Secret');
  });
});

describe('MineralTree API: records', () => {
  let mt: Running;
  let ids: Awaited<ReturnType<typeof withLists>>;
  before(async () => {
    mt = await startSandbox();
    ids = await withLists(mt);
  });
  after(() => mt.stop());
  const write = async (path: string, body: object) => mt.api('POST', `/${path}/${mt.company}`, body);

  it('writes are wrapped, answers are not', async () => {
    const answer = await write('vendor', { vendor: { name: 'Wrapped', externalId: 'V-W' } });
    assert.deepEqual(pick(answer.json, 'name', 'externalId', 'active'), {
      name: 'Wrapped',
      externalId: 'V-W',
      active: true,
    });
    assert.match(String(answer.json.modified), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
    const bare = await write('vendor', { name: 'Bare' });
    assert.deepEqual([bare.status, bare.json.error_message], [400, 'body: has to be {"vendor": {...}}']);
  });

  const kinds: readonly [path: string, wrapper: string, body: object, shown: object][] = [
    [
      'glaccount',
      'glAccount',
      { name: 'Fuel', ledgerType: 'ACCOUNT', accountNumber: '6010', classRequired: true },
      {
        name: 'Fuel',
        ledgerType: 'ACCOUNT',
        accountNumber: '6010',
        classRequired: true,
        active: true,
        itemRequired: false,
      },
    ],
    [
      'pm',
      'paymentMethod',
      {
        type: 'ACH',
        bankAccount: {
          name: 'Checking',
          accountNumber: '12345',
          accountBalance: { availableBalance: { amount: 150, precision: 2 } },
        },
      },
      {
        type: 'ACH',
        status: 'Active',
        card: null,
        bankAccount: { name: 'Checking', accountNumber: '12345', accountBalance: { availableBalance: cents(150) } },
      },
    ],
    [
      'pm',
      'paymentMethod',
      { type: 'CREDITCARD', card: { name: 'Visa' } },
      { type: 'CREDITCARD', card: { name: 'Visa' } },
    ],
    ['classification', 'classification', { name: 'A:B', active: false }, { name: 'A:B', active: false }],
    ['project', 'project', { name: 'Kern:Job 1' }, { name: 'Kern:Job 1', active: true }],
    [
      'item',
      'item',
      { name: 'Nut', type: 'SERVICE', cost: { amount: 12345, precision: 5 } },
      { name: 'Nut', type: 'SERVICE', cost: { amount: 12345, precision: 5, currency: 'USD' } },
    ],
    [
      'term',
      'term',
      { name: '2% 10', dueDays: 30, discountDays: 10, discountPercent: 2.5 },
      { name: '2% 10', dueDays: 30, discountDays: 10, discountPercent: 2.5, active: true },
    ],
    [
      'accountingperiod',
      'accountingPeriod',
      { name: 'Books closed', started: '2000-01-01', ended: '2025-12-31 00:00:00', closed: true },
      {
        name: 'Books closed',
        started: '2000-01-01T00:00:00Z',
        ended: '2025-12-31T00:00:00Z',
        closed: true,
        locked: false,
      },
    ],
    [
      'vendor',
      'vendor',
      {
        name: 'Full',
        legalName: 'Full Inc',
        address: { address1: '1 Main St', town: 'Salem', ctrySubDivision: 'MA', postalCode: '01970', country: 'USA' },
        phones: [
          { number: '555-1', isFax: false },
          { number: '555-2', isFax: true },
          { number: '', isFax: true },
        ],
        emails: ['ap@full.example'],
        customerAccount: '77',
      },
      {
        phones: [
          { number: '555-1', isFax: false },
          { number: '555-2', isFax: true },
        ],
        emails: ['ap@full.example'],
        customerAccount: '77',
        legalName: 'Full Inc',
      },
    ],
  ];
  for (const [path, wrapper, body, shown] of kinds)
    it(`${path} ${JSON.stringify(body).slice(0, 40)}... is created, read and kept over a restart`, async () => {
      const made = await write(path, { [wrapper]: body });
      assert.equal(made.status, 200, made.text);
      assert.deepEqual(pick(made.json, ...Object.keys(shown)), shown);
      await mt.restart();
      assert.deepEqual((await mt.api('GET', `/${path}/${made.json.id}`)).json, made.json);
    });

  it('companies are listed with their payment methods, which no search finds', async () => {
    const { json } = await mt.api('GET', '/user/companies');
    const methods = rows(rows(json.companies)[0]?.paymentMethods).map(({ type }) => type);
    assert.deepEqual(methods, ['ACH', 'CREDITCARD']);
    const view = await mt.api('POST', `/search/${mt.company}/objects`, { view: 'PAYMENTMETHOD' });
    assert.equal(view.status, 400);
  });

  it('a company is renamed by PUT /user/company', async () => {
    const renamed = await mt.api('PUT', '/user/company', {
      company: { id: mt.company, name: 'Acme Inc', externalId: 'C' },
    });
    assert.deepEqual(pick(renamed.json, 'name', 'externalId'), { name: 'Acme Inc', externalId: 'C' });
  });

  it('once known, the number of a bank account has to be left out; the rest of the account is merged', async () => {
    const pm = (
      await write('pm', {
        paymentMethod: { type: 'ACH', externalId: 'B1', bankAccount: { name: 'B', accountNumber: '9' } },
      })
    ).json;
    const put = (bankAccount: object) => mt.api('PUT', `/pm/${pm.id}`, { paymentMethod: { id: pm.id, bankAccount } });
    assert.match((await put({ accountNumber: '9' })).text, /accountNumber: is known already/);
    const balance = await put({ accountBalance: { availableBalance: cents(-500) } });
    assert.deepEqual(balance.json.bankAccount, {
      name: 'B',
      accountNumber: '9',
      accountBalance: { availableBalance: cents(-500) },
    });
  });

  const mistakes: readonly [name: string, path: string, body: object, words: string][] = [
    ['a missing name', 'vendor', { vendor: {} }, 'vendor.name: is missing'],
    ['a name that is a number', 'vendor', { vendor: { name: 7 } }, 'vendor.name: has to be a text'],
    [
      'two phones',
      'vendor',
      { vendor: { name: 'X', phones: [{ number: '1' }, { number: '2' }] } },
      'vendor.phones: may hold one phone number',
    ],
    [
      'two e-mails',
      'vendor',
      { vendor: { name: 'X', emails: ['a', 'b'] } },
      'vendor.emails: may hold one e-mail address',
    ],
    [
      'a country of two letters',
      'vendor',
      { vendor: { name: 'X', address: { country: 'US' } } },
      'vendor.address.country: has to be a country of three letters, as USA',
    ],
    [
      'an unknown ledger type',
      'glaccount',
      { glAccount: { name: 'X', ledgerType: 'BANK' } },
      'glAccount.ledgerType: has to be one of AP_ACCOUNT, EXPENSE_ACCOUNT, ACCOUNT',
    ],
    [
      'days that are not whole',
      'term',
      { term: { name: 'X', dueDays: 1.5 } },
      'term.dueDays: has to be an integer, without decimals',
    ],
    [
      'a period that ends first',
      'accountingperiod',
      { accountingPeriod: { name: 'X', started: '2026-02-01', ended: '2026-01-01' } },
      'accountingPeriod.ended: lies before started',
    ],
    [
      'a date that does not exist',
      'accountingperiod',
      { accountingPeriod: { name: 'X', started: '2026-02-30', ended: '2026-03-01' } },
      'accountingPeriod.started: has to be a date: yyyy-MM-dd or yyyy-MM-dd HH:mm:ss',
    ],
    ['a list in place of the record', 'vendor', { vendor: [] }, 'vendor: has to be an object'],
  ];
  for (const [name, path, body, words] of mistakes)
    it(`refuses ${name}, in words, and changes nothing`, async () => {
      const before = (await mt.books())[path === 'vendor' ? 'vendors' : path === 'term' ? 'terms' : 'glAccounts'];
      const answer = await write(path, body);
      assert.deepEqual([answer.status, answer.json], [400, { error: 'Bad Request', error_message: words }]);
      assert.deepEqual(
        (await mt.books())[path === 'vendor' ? 'vendors' : path === 'term' ? 'terms' : 'glAccounts'],
        before,
      );
    });

  it('refuses what is not JSON, what is not there, and what cannot be done', async () => {
    const path = `/vendor/${mt.company}`;
    assert.match((await mt.api('POST', path, '{"vendor"')).text, /body: not JSON/);
    assert.match((await mt.api('POST', path, '[]')).text, /body: has to be an object/);
    assert.equal((await mt.api('DELETE', `/vendor/${ids.vendor}`)).status, 405);
    assert.equal((await mt.api('PATCH', `/vendor/${ids.vendor}`, {})).status, 405);
    assert.equal((await mt.api('GET', '/vendor/nothing')).status, 404);
    assert.equal((await mt.api('GET', `/bill/${ids.vendor}`)).status, 404);
    assert.equal((await mt.api('GET', '/payment/1')).status, 404);
    assert.equal((await mt.request('GET', '/mtapi/base/other')).status, 401);
  });

  it('a PUT changes what it names, clears by null or an empty text, and ignores what it does not know', async () => {
    const made = (
      await write('vendor', { vendor: { name: 'Partly', memo: 'm', legalName: 'L', taxId: 't', emails: ['e'] } })
    ).json;
    const put = await mt.api('PUT', '/vendor', {
      vendor: { id: made.id, memo: null, taxId: '', emails: [], shoeSize: 44 },
    });
    assert.deepEqual(pick(put.json, 'name', 'memo', 'legalName', 'taxId', 'emails', 'shoeSize'), {
      name: 'Partly',
      memo: null,
      legalName: 'L',
      taxId: null,
      emails: [],
      shoeSize: undefined,
    });
    const required = await mt.api('PUT', '/vendor', { vendor: { id: made.id, name: '' } });
    assert.equal(required.json.error_message, 'vendor.name: is missing');
  });

  it('modified moves on every write, also on two in the same second and on one that changes nothing', async () => {
    const made = (await write('vendor', { vendor: { name: 'Moving' } })).json;
    const times = [String(made.modified)];
    for (let turn = 0; turn < 3; turn += 1)
      times.push(String((await mt.api('PUT', '/vendor', { vendor: { id: made.id, name: 'Moving' } })).json.modified));
    assert.deepEqual([...new Set(times)].sort(), times);
  });

  it("PUT is taken with the ID in the path, in the body, or in both, and only in the guide's form when that is strict", async () => {
    const put = async (path: string, body: object) => (await mt.api('PUT', path, body)).status;
    const vendor = { vendor: { id: ids.vendor, memo: 'x' } };
    const term = { term: { id: ids.net30, name: 'Net 30' } };
    const forms = async () => [
      await put('/vendor', vendor),
      await put(`/vendor/${ids.vendor}`, vendor),
      await put(`/vendor/${ids.vendor}`, { vendor: { memo: 'y' } }),
      await put('/term', term),
      await put(`/term/${ids.net30}`, term),
    ];
    assert.deepEqual(await forms(), [200, 200, 200, 200, 200]);
    assert.equal(await put(`/vendor/${ids.rent}`, vendor), 400);
    assert.equal(await put('/vendor', { vendor: { memo: 'z' } }), 400);
    await mt.knob('strictPutPath', true);
    assert.deepEqual(await forms(), [404, 200, 200, 200, 404]);
    await mt.knob('strictPutPath', false);
  });
});
