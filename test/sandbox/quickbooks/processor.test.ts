import assert from 'node:assert/strict';
import { connect } from 'node:net';
import { after, before, describe, it } from 'mocha';
import { type Desk, document, FILE, type Json, only, openDesk, until } from './desk.ts';

describe('QuickBooks sandbox: the request processor', () => {
  let desk: Desk;
  let last = 0;
  before(async () => {
    desk = await openDesk();
  });
  after(() => desk.stop());

  /** Makes calls one after the other on a processor of their own; `T` stands for the ticket. */
  const calls = async (...steps: readonly (readonly [name: string, args?: object])[]): Promise<Json[]> => {
    last += 1;
    const headers = { 'x-processor': `p${last}` };
    let ticket = 'none';
    const answers: Json[] = [];
    for (const [name, args = {}] of steps) {
      const filled = JSON.parse(JSON.stringify(args).replaceAll('"T"', JSON.stringify(ticket)));
      const answer = await desk.member(name, filled, headers);
      if (name === 'BeginSession' && typeof answer.result === 'string') ticket = answer.result;
      answers.push(answer);
    }
    await desk.member('EndSession', { ticket }, headers);
    return answers;
  };
  const open = ['OpenConnection2', { appID: '', appName: 'Tandem', connPref: 1 }] as const;
  const begin = ['BeginSession', { qbFileName: FILE, QBFileMode: 2 }] as const;
  const ask = ['ProcessRequest', { ticket: 'T', inputRequest: document('<HostQueryRq/>') }] as const;

  it('connection, session, request, end of session, end of connection', async () => {
    const [opened, begun, answered, name, ended, closed] = await calls(
      open,
      begin,
      ask,
      ['GetCurrentCompanyFileName', { ticket: 'T' }],
      ['EndSession', { ticket: 'T' }],
      ['CloseConnection'],
    );
    assert.deepEqual([opened, ended, closed], [{ result: null }, { result: null }, { result: null }]);
    assert.match(String(begun?.result), /^[0-9a-f-]{36}$/);
    assert.match(String(answered?.result), /<ProductName>/);
    assert.deepEqual(name, { result: FILE });
  });

  const mistakes: readonly [what: string, hresult: string, ...steps: (readonly [string, object?])[]][] = [
    ['a session without a connection', '0x8004040F', begin],
    ['the end of a connection that was never opened', '0x8004040F', ['CloseConnection']],
    ['a request without a connection', '0x8004040F', ask],
    ['a connection without a name', '0x80040415', ['OpenConnection', { appID: '', appName: ' ' }]],
    ['a second connection', '0x80040412', open, open],
    [
      'a connection of a kind that does not exist',
      '0x80040425',
      ['OpenConnection2', { appID: '', appName: 'T', connPref: 7 }],
    ],
    ['a request without a session', '0x8004040C', open, ask],
    ['a second session', '0x80040411', open, begin, begin],
    ['the end of a connection that has a session', '0x80040411', open, begin, ['CloseConnection']],
    ['a ticket that is none', '0x8004040D', open, begin, ['EndSession', { ticket: 'another' }]],
    ['a ticket that has ended', '0x8004040C', open, begin, ['EndSession', { ticket: 'T' }], ask],
    ['a file that is not there', '0x80040403', open, ['BeginSession', { qbFileName: 'C:\\none.qbw', QBFileMode: 2 }]],
    [
      'no file name, with no QuickBooks running',
      '0x80040416',
      open,
      ['BeginSession', { qbFileName: '', QBFileMode: 2 }],
    ],
    ['a mode that does not exist', '0x80040425', open, ['BeginSession', { qbFileName: FILE, QBFileMode: 9 }]],
    ['preferences inside a session', '0x8004042E', open, begin, ['AuthPreferences/PutIsReadOnly', { value: true }]],
    ['subscriptions', '0x8004042B', ['ProcessSubscription', { xml: '<x/>' }]],
  ];
  for (const [what, hresult, ...steps] of mistakes)
    it(`${what}: ${hresult}`, async () => {
      const answers = await calls(...steps, ['GetQBLastError']);
      const [failed, error] = answers.slice(-2);
      assert.equal(failed?.hresult, hresult);
      assert.equal(error?.result, failed?.text);
    });

  it('single-user mode shuts others out, and is refused while others are in', async () => {
    const single = { qbFileName: FILE, QBFileMode: 0 };
    const first = await desk.session({ processor: 'multi' });
    assert.equal((await calls(open, ['BeginSession', single]))[1]?.hresult, '0x80040422');
    await first.end();
    const headers = { 'x-processor': 'single' };
    await desk.member(...open, headers);
    const { result: ticket } = await desk.member('BeginSession', single, headers);
    assert.equal((await calls(open, begin))[1]?.hresult, '0x80040410');
    await desk.member('EndSession', { ticket }, headers);
  });

  it('versions: of the session, of the processor, and of connections', async () => {
    const answers = await calls(
      ['ConnectionType'],
      open,
      ['ConnectionType'],
      begin,
      ['QBXMLVersionsForSession', { ticket: 'T' }],
      ['MajorVersion'],
      ['MinorVersion'],
      ['ReleaseLevel'],
      ['ReleaseNumber'],
      ['AuthPreferences/WasAuthPreferencesObeyed', { ticket: 'T' }],
    );
    assert.deepEqual([answers[0]?.result, answers[2]?.result], [0, 1]);
    assert.ok(Array.isArray(answers[4]?.result) && answers[4].result.includes('13.0'));
    assert.deepEqual(
      answers.slice(5).map(({ result }) => result),
      [13, 0, 3, 4000, true],
    );
  });

  it('preferences are kept between connection and session', async () => {
    const answers = await calls(
      open,
      ['AuthPreferences/PutUnattendedModePref', { value: 1 }],
      ['AuthPreferences/PutPersonalDataPref', { value: 2 }],
      ['AuthPreferences/PutIsReadOnly', { value: true }],
      ['AuthPreferences/PutAuthFlags', { value: 8 }],
      ['AuthPreferences/GetUnattendedModePref'],
      ['AuthPreferences/GetPersonalDataPref'],
      ['AuthPreferences/GetIsReadOnly'],
    );
    assert.deepEqual(
      answers.slice(5).map(({ result }) => result),
      [1, 2, true],
    );
  });

  const calledWrongly: readonly [what: string, status: number, name: string, body: string, says: RegExp][] = [
    ['an unknown member', 404, 'Explode', '{}', /no member Explode; it has ProcessRequest, OpenConnection/],
    ['a missing argument', 400, 'BeginSession', '{"qbFileName":"x"}', /arguments of BeginSession: .*QBFileMode/],
    ['an argument too many', 400, 'MajorVersion', '{"x":1}', /arguments of MajorVersion: .*x/],
    ['a body that is no JSON', 400, 'MajorVersion', 'hello', /body: not JSON/],
    ['a body that is no object', 400, 'MajorVersion', '[1]', /body: a JSON object/],
  ];
  for (const [what, status, name, body, says] of calledWrongly)
    it(`${what} is ${status} and says what is wanted`, async () => {
      const answer = await desk.page('POST', `/processor/${name}`, body);
      assert.equal(answer.status, status);
      assert.match(String(answer.json.error), says);
    });

  it('a processor that lives by its connection is released when that closes; what it did stays', async () => {
    const { port, hostname } = new URL(desk.url);
    const socket = connect(Number(port), hostname);
    const call = (path: string, body: object): Promise<Json> => {
      const text = JSON.stringify(body);
      socket.write(
        `POST /processor/${path} HTTP/1.1\r\nhost: x\r\nx-processor: mortal\r\nx-processor-lifetime: connection\r\ncontent-length: ${Buffer.byteLength(text)}\r\n\r\n${text}`,
      );
      return new Promise((resolve) => {
        socket.once('data', (data) => resolve(JSON.parse(String(data).split('\r\n\r\n')[1] ?? '{}')));
      });
    };
    await call('OpenConnection', { appID: '', appName: 'Tandem' });
    const { result: ticket } = await call('BeginSession', { qbFileName: FILE, QBFileMode: 2 });
    const add = document('<VendorAddRq><VendorAdd><Name>Left behind</Name></VendorAdd></VendorAddRq>');
    assert.match(String((await call('ProcessRequest', { ticket, inputRequest: add })).result), /statusCode="0"/);
    socket.destroy();
    const headers = { 'x-processor': 'mortal' };
    await until('the processor is released', async () => {
      const { hresult } = await desk.member('ProcessRequest', { ticket, inputRequest: add }, headers);
      return hresult === '0x8004040F';
    });
    const vendors = (await desk.books()).vendors as Json[];
    assert.deepEqual(only(vendors.at(-1), 'name', 'active'), { name: 'Left behind', active: true });
  });
});
