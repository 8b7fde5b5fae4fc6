import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, afterEach, before, describe, it } from 'mocha';
import { type Answered, type Desk, document, FILE, type Json, openDesk, rows, type Session, until } from './desk.ts';

describe('QuickBooks sandbox: faults', () => {
  let desk: Desk;
  let qb: Session;
  let last = 0;
  before(async () => {
    desk = await openDesk();
    qb = await desk.session();
  });
  after(() => desk.stop());
  afterEach(async () => {
    await desk.page('DELETE', '/faults');
  });

  const number = (): string => {
    last += 1;
    return `F-${last}`;
  };
  const add = (refNumber: string): string =>
    `<BillAddRq><BillAdd><VendorRef><FullName>Acorn Tools</FullName></VendorRef><RefNumber>${refNumber}</RefNumber><ExpenseLineAdd><AccountRef><FullName>Rent</FullName></AccountRef><Amount>1.00</Amount></ExpenseLineAdd></BillAdd></BillAddRq>`;
  const entered = async (refNumber: string): Promise<number> =>
    rows((await desk.books()).bills).filter((bill) => bill.refNumber === refNumber).length;
  const set = async (body: object): Promise<string> => {
    const { status, json } = await desk.page('POST', '/faults', body);
    assert.equal(status, 200, JSON.stringify(json));
    return String(json.id);
  };
  const send = (refNumber: string): Promise<Json> => qb.raw(document(add(refNumber)));

  it('drop before: the connection breaks and nothing was done; drop after the commit: the bill is there', async () => {
    for (const [point, count] of [
      ['before', 0],
      ['committed', 1],
    ] as const) {
      const refNumber = number();
      await set({ point, match: { request: 'BillAdd', contains: refNumber }, action: 'drop' });
      await assert.rejects(send(refNumber), TypeError);
      assert.equal(await entered(refNumber), count, point);
    }
  });

  it('hold before the commit: nothing is done until it is released, and others work on', async () => {
    const refNumber = number();
    const id = await set({ point: 'before', match: { write: true, file: FILE }, action: 'hold' });
    const sent = send(refNumber);
    assert.deepEqual((await desk.page('GET', `/faults/${id}?wait=5000`)).json, { id, reached: 1, released: false });
    assert.equal(await entered(refNumber), 0);
    const other = await desk.session({ processor: 'other' });
    assert.equal((await other.one('<HostQueryRq/>')).status.code, 0);
    await other.end();
    await desk.page('POST', `/faults/${id}/release`);
    assert.match(String((await sent).result), /statusCode="0"/);
    assert.equal(await entered(refNumber), 1);
  });

  it('a connector killed while its call is held: before the commit nothing was done, after it the bill is there', async () => {
    for (const [point, count] of [
      ['before', 0],
      ['committed', 1],
    ] as const) {
      const refNumber = number();
      const id = await set({ point, match: { contains: refNumber }, action: 'hold' });
      const headers = { 'x-processor': `mortal-${point}`, 'x-processor-lifetime': 'connection', connection: 'close' };
      const processor = { 'x-processor': `mortal-${point}` };
      await desk.member('OpenConnection', { appID: '', appName: 'Tandem' }, processor);
      const { result: ticket } = await desk.member('BeginSession', { qbFileName: FILE, QBFileMode: 2 }, processor);
      const call = request(`${desk.url}/processor/ProcessRequest`, { method: 'POST', headers });
      const broken = new Promise<void>((resolve) => call.once('error', () => resolve()));
      call.end(JSON.stringify({ ticket, inputRequest: document(add(refNumber)) }));
      assert.equal((await desk.page('GET', `/faults/${id}?wait=5000`)).json.reached, 1);
      call.destroy();
      await broken;
      await until('the processor is released', async () => {
        const { hresult } = await desk.member('EndSession', { ticket }, processor);
        return hresult === '0x8004040F';
      });
      await desk.page('DELETE', `/faults/${id}`);
      assert.equal(await entered(refNumber), count, point);
    }
  });

  it('answered: the answer came, the next call of the same processor is caught', async () => {
    const refNumber = number();
    const id = await set({ point: 'answered', match: { write: true }, action: 'hold' });
    assert.match(String((await send(refNumber)).result), /statusCode="0"/);
    assert.equal((await desk.page('GET', `/faults/${id}`)).json.reached, 0);
    const other = await desk.session({ processor: 'other' });
    await other.end();
    const next = desk.member('GetCurrentCompanyFileName', { ticket: qb.ticket });
    assert.equal((await desk.page('GET', `/faults/${id}?wait=5000`)).json.reached, 1);
    await desk.page('POST', `/faults/${id}/release`);
    assert.deepEqual(await next, { result: FILE });
  });

  it('error: an HRESULT in place of the answer, of any member', async () => {
    await set({
      point: 'before',
      match: { member: 'BeginSession' },
      action: 'error',
      hresult: '0x80040414',
      text: 'A dialog is open.',
    });
    await desk.member('OpenConnection', { appID: '', appName: 'T' }, { 'x-processor': 'e' });
    const begin = (): Promise<Json> =>
      desk.member('BeginSession', { qbFileName: FILE, QBFileMode: 2 }, { 'x-processor': 'e' });
    assert.deepEqual(await begin(), { hresult: '0x80040414', text: 'A dialog is open.' });
    assert.equal(typeof (await begin()).result, 'string');
    const refNumber = number();
    await set({ point: 'committed', match: { request: 'BillAdd' }, action: 'error', hresult: '0x80010105' });
    assert.equal((await send(refNumber)).hresult, '0x80010105');
    assert.equal(await entered(refNumber), 1);
  });

  const replaced: readonly [action: object, is: (result: string) => boolean][] = [
    [{ action: 'truncate' }, (result) => result.startsWith('<?xml') && !result.includes('</QBXML>')],
    [{ action: 'garbage' }, (result) => !result.startsWith('<?xml')],
    [{ action: 'huge', bytes: 3_000_000 }, (result) => result.length === 3_000_000],
  ];
  for (const [action, is] of replaced)
    it(`${JSON.stringify(action)}: the answer is replaced, the bill is there`, async () => {
      const refNumber = number();
      await set({ point: 'committed', match: { contains: refNumber }, ...action });
      assert.ok(is(String((await send(refNumber)).result)));
      assert.equal(await entered(refNumber), 1);
    });

  it('status: only the matched requests of a set are refused', async () => {
    await set({
      point: 'before',
      match: { request: 'BillAdd' },
      action: 'status',
      statusCode: 3175,
      statusMessage: 'It is in use by another user.',
    });
    const [refused, vendor] = [number(), `Vendor ${number()}`];
    const { responses } = await qb.ask(
      `<VendorAddRq><VendorAdd><Name>${vendor}</Name></VendorAdd></VendorAddRq>${add(refused)}<HostQueryRq/>`,
    );
    assert.deepEqual(
      responses.map(({ status }) => status.code),
      [0, 3175, 3231],
    );
    assert.equal(responses[1]?.status.message, 'It is in use by another user.');
    assert.equal(await entered(refused), 0);
  });

  it('delay: every call as often as told', async () => {
    await set({ point: 'before', match: {}, action: 'delay', ms: 40, times: 2 });
    const began = performance.now();
    for (const _ of [1, 2, 3]) await qb.one('<HostQueryRq/>');
    const took = performance.now() - began;
    assert.ok(took > 75 && took < 2_000, `${took} ms`);
  });

  it('a fault for another file or another request catches nothing', async () => {
    await set({ point: 'before', match: { file: 'C:\\other.qbw' }, action: 'drop' });
    await set({ point: 'before', match: { request: 'BillMod' }, action: 'drop' });
    assert.match(String((await send(number())).result), /statusCode="0"/);
  });

  it('a mistake in a fault is told', async () => {
    const answer: Answered = await desk.page('POST', '/faults', { point: 'before', action: 'explode' });
    assert.equal(answer.status, 400);
    assert.match(String(answer.json.error), /action/);
  });
});
