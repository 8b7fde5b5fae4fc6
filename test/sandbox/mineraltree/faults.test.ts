import assert from 'node:assert/strict';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { type Json, type Running, rows, startSandbox } from './sandbox.ts';

describe('the MineralTree sandbox going wrong on demand', () => {
  let mt: Running;
  beforeEach(async () => {
    mt = await startSandbox();
  });
  afterEach(() => mt.stop());

  const fault = async (body: object): Promise<string> => {
    const answer = await mt.request('POST', '/faults', body);
    assert.equal(answer.status, 200, answer.text);
    return String(answer.json.id);
  };
  const write = (name = 'Northwind') =>
    mt.api('POST', `/vendor/${mt.company}`, { vendor: { externalId: 'V-1', name } });
  const vendors = async (): Promise<unknown[]> => rows((await mt.books()).vendors).map(({ name }) => name);

  it('503 before the write took effect: nothing happened, and the next try does it', async () => {
    await fault({
      point: 'before',
      match: { method: 'POST', path: '^/vendor/' },
      action: 'error',
      status: 503,
      retryAfter: 7,
    });
    const refused = await write();
    assert.deepEqual([refused.status, refused.headers.get('retry-after')], [503, '7']);
    assert.equal(refused.json.error, 'Service Error');
    assert.deepEqual(await vendors(), []);
    assert.equal((await write()).status, 200);
  });

  it('503 after the write took effect: it happened all the same, also for the disk', async () => {
    await fault({
      point: 'committed',
      match: { contains: 'V-1' },
      action: 'error',
      status: 503,
      body: { error: 'down' },
    });
    const refused = await write();
    assert.deepEqual([refused.status, refused.json], [503, { error: 'down' }]);
    await mt.restart();
    assert.deepEqual(await vendors(), ['Northwind']);
  });

  it('a refused call has no effect to lose, so it does not reach "committed"', async () => {
    const id = await fault({ point: 'committed', match: {}, action: 'error', status: 503 });
    assert.equal((await write('')).status, 400);
    assert.equal((await mt.request('GET', `/faults/${id}`)).json.reached, 0);
  });

  it('the connection drops before or after the write', async () => {
    await fault({ point: 'before', match: { method: 'POST' }, action: 'drop' });
    await assert.rejects(write(), /fetch failed/);
    assert.deepEqual(await vendors(), []);
    await fault({ point: 'committed', match: { method: 'POST' }, action: 'drop' });
    await assert.rejects(write(), /fetch failed/);
    assert.deepEqual(await vendors(), ['Northwind']);
  });

  it('a call is held until it is released, with its effect before or after that', async () => {
    for (const [point, meanwhile] of [
      ['before', []],
      ['committed', ['Northwind']],
    ] as const) {
      const id = await fault({ point, match: { method: 'POST', company: mt.company }, action: 'hold' });
      const held = write();
      const reached = await mt.request('GET', `/faults/${id}?wait=10000`);
      assert.deepEqual([reached.json.reached, reached.json.released], [1, false]);
      assert.deepEqual(await vendors(), meanwhile);
      await mt.request('POST', `/faults/${id}/release`);
      assert.equal((await held).status, 200);
    }
  });

  it('a call whose caller is gone is abandoned, and not made when it was held before', async () => {
    const id = await fault({ point: 'before', match: { method: 'POST' }, action: 'hold' });
    const caller = new AbortController();
    const gone = fetch(`${mt.url}/mtapi/base/services/vendor/${mt.company}`, {
      method: 'POST',
      body: '{}',
      signal: caller.signal,
    });
    await mt.request('GET', `/faults/${id}?wait=10000`);
    caller.abort();
    await assert.rejects(gone, /abort/);
    await mt.request('DELETE', `/faults/${id}`);
    assert.equal((await write()).status, 200);
    assert.deepEqual(await vendors(), ['Northwind']);
  });

  it('an answer is cut, replaced by garbage, or enormous, after the write took effect', async () => {
    const texts: string[] = [];
    for (const action of [{ action: 'truncate' }, { action: 'garbage' }, { action: 'huge', bytes: 100_000 }]) {
      await fault({ point: 'committed', match: { method: 'POST' }, ...action });
      texts.push((await write()).text);
    }
    assert.throws(() => JSON.parse(texts[0] ?? ''));
    assert.throws(() => JSON.parse(texts[1] ?? ''));
    assert.equal(texts[2]?.length, 100_000);
    assert.deepEqual(await vendors(), ['Northwind']);
  });

  it('a fault is for the company, also when only the record in the body tells which', async () => {
    const { json: vendor } = await write();
    const other = await mt.person('new-company', { company: undefined, name: 'West', user: 'w', password: 'w' });
    await fault({ point: 'before', match: { company: other.id }, action: 'error', status: 503 });
    const id = await fault({
      point: 'before',
      match: { company: mt.company, method: 'PUT' },
      action: 'error',
      status: 503,
    });
    const put = (body: Json | object) => mt.api('PUT', '/vendor', body);
    assert.equal((await put({ vendor: { externalId: 'no id at all' } })).status, 400);
    assert.equal((await put({ vendor: { name: 'N', id: vendor.id } })).status, 503);
    assert.equal((await mt.request('GET', `/faults/${id}`)).json.reached, 1);
  });

  it('a login can fail as well', async () => {
    await fault({ point: 'before', match: { path: '^/security/login$' }, action: 'error', status: 503 });
    assert.equal((await mt.login()).status, 503);
    assert.equal((await mt.login()).status, 200);
  });

  it('slow answers are a knob: the write is in the books before its answer comes', async () => {
    await mt.knob('answerDelayMs', 300);
    const before = Date.now();
    const slow = write();
    const deadline = before + 5_000;
    while ((await vendors()).length === 0) assert.ok(Date.now() < deadline);
    assert.ok(Date.now() - before < 300, 'seen before the answer');
    assert.equal((await slow).status, 200);
    assert.ok(Date.now() - before >= 295);
  });

  it('closing the sandbox ends what is held', async () => {
    const id = await fault({ point: 'before', match: { method: 'POST' }, action: 'hold' });
    const held = write();
    await mt.request('GET', `/faults/${id}?wait=10000`);
    const [, closed] = await Promise.allSettled([held, mt.restart()]);
    assert.equal(closed.status, 'fulfilled');
    assert.equal((await mt.api('GET', '/user')).status, 200);
  });
});
