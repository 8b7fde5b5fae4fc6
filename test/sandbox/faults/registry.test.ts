import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import {
  type ApiCall,
  apiFaults,
  createFaultRegistry,
  faultRoutes,
  type ProcessorCall,
  processorFaults,
  replacedAnswer,
} from '../../../src/sandbox/faults/index.ts';

const call = (over: Partial<ProcessorCall> = {}): ProcessorCall => ({
  member: 'ProcessRequest',
  file: 'C:\\Books\\Acme.qbw',
  inputRequest: '<BillAddRq>N-17</BillAddRq>',
  requests: ['BillAdd'],
  write: true,
  ...over,
});
const api = (over: Partial<ApiCall> = {}): ApiCall => ({
  method: 'PUT',
  path: '/bill',
  company: 'c1',
  body: '{"n":17}',
  ...over,
});

describe('faults: what they catch', () => {
  const quickBooks: readonly [match: object, over: Partial<ProcessorCall>, caught: boolean][] = [
    [{}, {}, true],
    [{}, { member: 'BeginSession' }, false],
    [{ member: 'BeginSession' }, { member: 'BeginSession' }, true],
    [{ file: 'c:\\books\\ACME.qbw' }, {}, true],
    [{ file: 'C:\\other.qbw' }, {}, false],
    [{ write: true }, {}, true],
    [{ write: true }, { write: false }, false],
    [{ request: 'BillAdd' }, {}, true],
    [{ request: 'BillMod' }, {}, false],
    [{ contains: 'N-17' }, {}, true],
    [{ contains: 'N-18' }, {}, false],
    [{ write: true, request: 'BillAdd', contains: 'N-18' }, {}, false],
  ];
  for (const [match, over, caught] of quickBooks)
    it(`of QuickBooks: ${JSON.stringify(match)} ${caught ? 'catches' : 'lets go'} ${JSON.stringify(over)}`, async () => {
      const faults = createFaultRegistry(processorFaults);
      faults.add({ point: 'before', match, action: 'drop' });
      assert.equal((await faults.reach('before', call(over), 'p')).kind, caught ? 'drop' : 'proceed');
    });

  const mineralTree: readonly [match: object, over: Partial<ApiCall>, caught: boolean][] = [
    [{}, {}, true],
    [{ method: 'put' }, {}, true],
    [{ method: 'GET' }, {}, false],
    [{ path: '^/bill$' }, {}, true],
    [{ path: '^/bill$' }, { path: '/bill/search' }, false],
    [{ company: 'c2' }, {}, false],
    [{ contains: '"n":17' }, {}, true],
    [{ contains: 'x' }, { method: 'GET' }, false],
  ];
  for (const [match, over, caught] of mineralTree)
    it(`of MineralTree: ${JSON.stringify(match)} ${caught ? 'catches' : 'lets go'} ${JSON.stringify(over)}`, async () => {
      const faults = createFaultRegistry(apiFaults);
      faults.add({ point: 'committed', match, action: 'error', status: 503, retryAfter: 2 });
      const what = await faults.reach('committed', api(over), 'session');
      assert.deepEqual(what, caught ? { kind: 'error', fail: { status: 503, retryAfter: 2 } } : { kind: 'proceed' });
    });
});

describe('faults: what they do', () => {
  it('a fault catches as many calls as it was told, and then none', async () => {
    const faults = createFaultRegistry(processorFaults);
    const id = faults.add({ point: 'before', match: {}, action: 'drop', times: 2 });
    const kinds: string[] = [];
    for (const _ of [1, 2, 3]) kinds.push((await faults.reach('before', call(), 'p')).kind);
    assert.deepEqual(kinds, ['drop', 'drop', 'proceed']);
    assert.equal((await faults.state(id))?.reached, 2);
  });

  it('of two that match, the older one catches first', async () => {
    const faults = createFaultRegistry(processorFaults);
    faults.add({ point: 'before', match: {}, action: 'garbage' });
    faults.add({ point: 'before', match: {}, action: 'truncate' });
    const kinds: string[] = [];
    for (const _ of [1, 2, 3]) kinds.push((await faults.reach('before', call(), 'p')).kind);
    assert.deepEqual(kinds, ['garbage', 'truncate', 'proceed']);
  });

  it('a held call goes on when it is released, and whoever waits hears that it was caught', async () => {
    const faults = createFaultRegistry(processorFaults);
    const id = faults.add({ point: 'committed', match: {}, action: 'hold' });
    const heard = faults.state(id, 60_000);
    let over = false;
    const held = faults.reach('committed', call(), 'p').then((caught) => {
      over = true;
      return caught;
    });
    assert.deepEqual([(await heard)?.reached, (await heard)?.released, over], [1, false, false]);
    assert.equal(faults.release(id), true);
    assert.deepEqual([await held, over], [{ kind: 'proceed' }, true]);
    assert.equal((await faults.state(id))?.released, true);
    assert.equal((await faults.reach('committed', call(), 'p')).kind, 'proceed');
  });

  it('a held call whose caller is gone is abandoned', async () => {
    const faults = createFaultRegistry(processorFaults);
    faults.add({ point: 'before', match: {}, action: 'hold' });
    const caller = new AbortController();
    const held = faults.reach('before', call(), 'p', caller.signal);
    caller.abort();
    assert.deepEqual(await held, { kind: 'abandoned' });
  });

  it('removing or clearing lets held calls go on', async () => {
    const faults = createFaultRegistry(processorFaults);
    const ids = [1, 2].map(() => faults.add({ point: 'before', match: {}, action: 'hold' }));
    const held = ids.map(() => faults.reach('before', call(), 'p'));
    assert.equal(faults.remove(ids[0] ?? ''), true);
    faults.clear();
    assert.deepEqual(await Promise.all(held), [{ kind: 'proceed' }, { kind: 'proceed' }]);
    assert.deepEqual(faults.list(), []);
    assert.equal(faults.remove('1'), false);
  });

  it('a delay ends by itself', async () => {
    const faults = createFaultRegistry(processorFaults);
    faults.add({ point: 'before', match: {}, action: 'delay', ms: 30 });
    const began = performance.now();
    assert.deepEqual(await faults.reach('before', call(), 'p'), { kind: 'proceed' });
    assert.ok(performance.now() - began > 25);
  });

  it('nobody waits longer than asked for a call that never comes', async () => {
    const faults = createFaultRegistry(processorFaults);
    const id = faults.add({ point: 'before', match: {}, action: 'hold' });
    assert.equal((await faults.state(id, 10))?.reached, 0);
    assert.equal(await faults.state('99', 10), undefined);
  });

  it('"answered" catches the next call of the same caller, whatever it is', async () => {
    const faults = createFaultRegistry(processorFaults);
    const id = faults.add({ point: 'answered', match: { write: true }, action: 'drop' });
    faults.delivered(call({ write: false }), 'a');
    assert.equal((await faults.reach('before', call(), 'a')).kind, 'proceed');
    faults.delivered(call(), 'a');
    assert.equal((await faults.state(id))?.reached, 0);
    assert.equal((await faults.reach('before', call({ member: 'EndSession' }), 'b')).kind, 'proceed');
    assert.equal((await faults.reach('before', call({ member: 'EndSession' }), 'a')).kind, 'drop');
    assert.equal((await faults.reach('before', call(), 'a')).kind, 'proceed');
  });

  it('answers are cut, spoiled, or made huge', () => {
    assert.equal(replacedAnswer({ kind: 'truncate' }, '123456'), '123');
    assert.match(replacedAnswer({ kind: 'garbage' }, '123456') ?? '', /not an answer/);
    assert.equal(replacedAnswer({ kind: 'huge', bytes: 1000 }, '123456')?.length, 1000);
    assert.equal(replacedAnswer({ kind: 'drop' }, '123456'), undefined);
  });
});

describe('faults: the pages', () => {
  const page = async (routes: ReturnType<typeof faultRoutes>, method: string, path: string, body?: unknown) => {
    const answer = await routes.request(path, {
      method,
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    return [answer.status, (await answer.json()) as unknown] as const;
  };

  it('set, list, ask, release, remove, clear', async () => {
    const faults = createFaultRegistry(apiFaults);
    const routes = faultRoutes(faults);
    assert.deepEqual(
      await page(routes, 'POST', '/', { point: 'before', match: { path: '^/bill' }, action: 'error', status: 500 }),
      [200, { id: '1' }],
    );
    assert.deepEqual(await page(routes, 'GET', '/'), [
      200,
      [
        {
          id: '1',
          point: 'before',
          match: { path: '^/bill' },
          action: 'error',
          status: 500,
          times: 1,
          reached: 0,
          released: false,
        },
      ],
    ]);
    assert.deepEqual(await page(routes, 'GET', '/1?wait=5'), [200, { id: '1', reached: 0, released: false }]);
    assert.deepEqual(await page(routes, 'POST', '/1/release'), [200, {}]);
    assert.deepEqual(await page(routes, 'GET', '/1'), [200, { id: '1', reached: 0, released: true }]);
    assert.deepEqual(await page(routes, 'DELETE', '/1'), [200, {}]);
    assert.deepEqual(await page(routes, 'GET', '/1'), [404, { error: 'no fault 1; there is none' }]);
    await page(routes, 'POST', '/', { point: 'before', action: 'drop' });
    assert.deepEqual(await page(routes, 'DELETE', '/'), [200, {}]);
    assert.deepEqual(await page(routes, 'GET', '/'), [200, []]);
  });

  const mistakes: readonly [what: string, body: unknown, says: RegExp][] = [
    ['no JSON', 'hello', /body: not JSON/],
    ['a point that does not exist', { point: 'after', action: 'drop' }, /point: .*before.*committed.*answered/],
    ['an action that does not exist', { point: 'before', action: 'explode' }, /action: .*hold.*drop/],
    ['a match that does not exist', { point: 'before', action: 'drop', match: { path: '/x' } }, /match: .*path/],
    ['a field too many', { point: 'before', action: 'drop', ms: 5 }, /ms/],
    ['a delay without time', { point: 'before', action: 'delay' }, /ms: /],
    ['no times at all', { point: 'before', action: 'drop', times: 0 }, /times: /],
    [
      'an HRESULT of another form',
      { point: 'before', action: 'error', hresult: '80040400' },
      /hresult: an HRESULT such as 0x80040402/,
    ],
    [
      'a status after the answer',
      { point: 'answered', action: 'status', statusCode: 3180, statusMessage: 'x' },
      /its point is "before"/,
    ],
  ];
  for (const [what, body, says] of mistakes)
    it(`${what} is 400 and says what is allowed`, async () => {
      const routes = faultRoutes(createFaultRegistry(processorFaults));
      const [status, answer] = await page(routes, 'POST', '/', body);
      assert.equal(status, 400);
      assert.match((answer as { error: string }).error, says);
    });

  it('MineralTree has no point "answered", no status, and no regular expression that is none', async () => {
    const routes = faultRoutes(createFaultRegistry(apiFaults));
    for (const body of [
      { point: 'answered', action: 'drop' },
      { point: 'before', action: 'status', statusCode: 1, statusMessage: 'x' },
      { point: 'before', action: 'drop', match: { path: '(' } },
      { point: 'before', action: 'error', status: 200 },
    ])
      assert.equal((await page(routes, 'POST', '/', body))[0], 400, JSON.stringify(body));
  });

  it('a wait that is no number of milliseconds is 400', async () => {
    const routes = faultRoutes(createFaultRegistry(apiFaults));
    assert.deepEqual(await page(routes, 'GET', '/1?wait=soon'), [
      400,
      { error: 'wait: "soon" is not a number of milliseconds (0 to 120000)' },
    ]);
  });
});
