import assert from 'node:assert/strict';
import { ERROR_MEANINGS, MineralTreeError } from '../../src/mineraltree/index.ts';
import { failsWith, listed, type Stage, staged, withPeer } from './sandbox.ts';

const LEE = { name: 'Lee', externalId: '1', active: true };

/** Sets a fault on creating or updating vendors. */
const onVendors = ({ post }: Stage, fault: object) => post('/faults', { match: { path: '^/vendor/' }, ...fault });
const onLogin = ({ post }: Stage, fault: object) => post('/faults', { match: { path: 'security/login' }, ...fault });
const reached = async ({ get }: Stage, { id }: Record<string, unknown>) => (await get(`/faults/${id}`)).reached;
/** How many vendors the books have, whatever the index knows. */
const vendorsOf = async ({ get, companyId }: Stage): Promise<number> =>
  ((await get(`/books/company?id=${companyId}`)).vendors as unknown[]).length;

describe('the session with MineralTree', () => {
  it(
    'ten calls at once log in once',
    staged(async (stage) => {
      const login = await onLogin(stage, { point: 'before', action: 'delay', ms: 1, times: 100 });
      await Promise.all(Array.from({ length: 10 }, () => stage.client.user()));
      await stage.client.user();
      assert.equal(await reached(stage, login), 1);
    }),
  );

  it(
    'a session that ends in the middle of a run is renewed, and no write is lost or doubled',
    staged(async (stage) => {
      await stage.acme.vendors.create(LEE);
      await onVendors(stage, { point: 'before', action: 'error', status: 401 });
      const login = await onLogin(stage, { point: 'before', action: 'delay', ms: 1, times: 100 });
      await stage.acme.vendors.create({ ...LEE, name: 'Moe', externalId: '2' });
      assert.deepEqual([await reached(stage, login), await vendorsOf(stage)], [1, 2]);
    }),
  );

  it(
    'a session that is over for MineralTree is renewed once, then the call fails',
    staged(async (stage) => {
      await stage.client.user();
      await stage.knob('sessionLifetimeMs', 0);
      const login = await onLogin(stage, { point: 'before', action: 'delay', ms: 1, times: 100 });
      await failsWith(stage.acme.vendors.create(LEE), 'unauthorized', 'notApplied');
      assert.equal(await reached(stage, login), 1);
      await stage.knob('sessionLifetimeMs', 60_000);
      await stage.acme.vendors.create(LEE);
    }),
  );

  it(
    'a 403 is a missing right on a young session, and an end of the session on an old one that had answered',
    staged(async (stage) => {
      await stage.client.user();
      await onVendors(stage, { point: 'before', action: 'error', status: 403 });
      await failsWith(stage.acme.vendors.create(LEE), 'forbidden', 'notApplied');
      stage.clock += 60_000;
      await onVendors(stage, { point: 'before', action: 'error', status: 403 });
      await stage.acme.vendors.create(LEE);
      await onVendors(stage, { point: 'before', action: 'error', status: 403, times: 2 });
      stage.clock += 60_000;
      await failsWith(stage.acme.vendors.create(LEE), 'forbidden', 'notApplied');
    }),
  );

  it(
    'a wrong password is named, and the right one is asked for at the next login',
    staged(async (stage) => {
      let password = 'wrong';
      const client = stage.another({ password: async () => password });
      const error = await failsWith(client.user(), 'unauthorized', 'notSent', /login: answered with status 403/);
      assert.equal(error.disposition, 'person');
      password = 'right:horse';
      await client.user();
    }),
  );

  it(
    'a password that cannot be had, or cannot be sent, is not sent',
    staged(async (stage) => {
      await failsWith(stage.another({ password: 'a\r\nX-Evil: 1' }).user(), 'misconfigured', 'notSent');
      await failsWith(stage.another({ password: '' }).user(), 'misconfigured', 'notSent');
      await failsWith(stage.another({ user: 'a:b' }).user(), 'misconfigured', 'notSent');
      const locked = stage.another({ password: () => Promise.reject(new Error('the safe is locked')) });
      await assert.rejects(locked.user(), /the safe is locked/);
    }),
  );

  it(
    'a login that is answered with rubbish fails every call that waited for it, and the next call tries anew',
    staged(async (stage) => {
      await onLogin(stage, { point: 'before', action: 'error', status: 503, retryAfter: 900 });
      const calls = [stage.client.user(), stage.acme.vendors.create(LEE)];
      for (const call of calls) {
        const error = await failsWith(call, 'unavailable', 'notSent');
        assert.equal(error.retryAfterMs, 900_000);
      }
      await onLogin(stage, { point: 'before', action: 'drop' });
      await failsWith(stage.client.user(), 'connection', 'notSent');
      await stage.client.user();
    }),
  );
});

describe('MineralTree is not available', () => {
  it(
    'a 503 leaves it open whether the write took effect: once it had not, once it had',
    staged(async (stage) => {
      await onVendors(stage, { point: 'before', action: 'error', status: 503 });
      const before = await failsWith(stage.acme.vendors.create(LEE), 'unavailable', 'unknown');
      assert.deepEqual([before.status, before.disposition, await vendorsOf(stage)], [503, 'wait', 0]);
      await onVendors(stage, { point: 'committed', action: 'error', status: 503 });
      await failsWith(stage.acme.vendors.create(LEE), 'unavailable', 'unknown');
      assert.equal(await vendorsOf(stage), 1);
    }),
  );

  it(
    'a write is never repeated on a 503, even when MineralTree says for how long to wait',
    staged(async (stage) => {
      const fault = await onVendors(stage, {
        point: 'committed',
        action: 'error',
        status: 503,
        retryAfter: 0,
        times: 9,
      });
      const error = await failsWith(stage.acme.vendors.create(LEE), 'unavailable', 'unknown');
      assert.deepEqual([error.retryAfterMs, await reached(stage, fault)], [0, 1]);
    }),
  );

  it(
    'a question waits out a short Retry-After and is answered',
    staged(async (stage) => {
      const made = await stage.acme.vendors.create(LEE);
      const fault = await onVendors(stage, { point: 'before', action: 'error', status: 503, retryAfter: 0, times: 3 });
      assert.deepEqual(await stage.acme.vendors.get(made.id), made);
      assert.equal(await reached(stage, fault), 3);
    }),
  );

  it(
    'a write waits out a 429, which says that nothing was done',
    staged(async (stage) => {
      await onVendors(stage, { point: 'before', action: 'error', status: 429, retryAfter: 1 });
      await stage.acme.vendors.create(LEE);
      assert.equal(await vendorsOf(stage), 1);
    }),
  );

  it(
    'a long Retry-After goes to the caller',
    staged(async (stage) => {
      await onVendors(stage, { point: 'before', action: 'error', status: 429, retryAfter: 600 });
      const error = await failsWith(stage.acme.vendors.create(LEE), 'unavailable', 'notApplied');
      assert.equal(error.retryAfterMs, 600_000);
      const hasty = stage.another({ deadlineMs: 500 }).company(stage.companyId);
      await onVendors(stage, { point: 'before', action: 'error', status: 429, retryAfter: 2 });
      await failsWith(hasty.vendors.create(LEE), 'unavailable', 'notApplied');
    }),
  );

  it('nobody listens: nothing was sent', async () => {
    await withPeer(
      (_, response) => response.end('{}'),
      {},
      async (client) => {
        await client.close();
        await failsWith(client.company('c').vendors.create(LEE), 'connection', 'notSent');
      },
    );
  });
});

describe('answers that do not come', () => {
  it(
    'a slow answer ends with the deadline; the write that was under way may have been carried out',
    staged(async (stage) => {
      const hasty = stage.another({ deadlineMs: 300 });
      await hasty.user();
      await onVendors(stage, { point: 'committed', action: 'hold', times: 2 });
      const error = await failsWith(hasty.company(stage.companyId).vendors.create(LEE), 'timeout', 'unknown', /300 ms/);
      assert.deepEqual([error.disposition, await vendorsOf(stage)], ['retry', 1]);
      const [lee] = await listed(stage.acme.vendors.byExternalId(['1']));
      assert.ok(lee !== undefined);
      await failsWith(hasty.company(stage.companyId).vendors.get(lee.id), 'timeout', 'notApplied');
    }),
  );

  it(
    'a slow login ends with the deadline of each call that waits for it, and they were not sent',
    staged(async (stage) => {
      const hasty = stage.another({ deadlineMs: 300 });
      await onLogin(stage, { point: 'before', action: 'hold' });
      await Promise.all([
        failsWith(hasty.user(), 'timeout', 'notSent'),
        failsWith(hasty.company(stage.companyId).vendors.create(LEE), 'timeout', 'notSent'),
      ]);
      await hasty.user();
    }),
  );

  it(
    'a connection that breaks before or after the write leaves it open',
    staged(async (stage) => {
      await onVendors(stage, { point: 'before', action: 'drop' });
      await failsWith(stage.acme.vendors.create(LEE), 'connection', 'unknown');
      assert.equal(await vendorsOf(stage), 0);
      await onVendors(stage, { point: 'committed', action: 'drop' });
      await failsWith(stage.acme.vendors.create(LEE), 'connection', 'unknown');
      assert.equal(await vendorsOf(stage), 1);
    }),
  );

  it(
    'no more calls are under way at once than there are connections',
    staged(async (stage) => {
      const narrow = stage.another({ connections: 2 });
      await narrow.user();
      const fault = await onVendors(stage, { point: 'before', action: 'hold', times: 9 });
      const vendors = narrow.company(stage.companyId).vendors;
      const calls = Promise.all(
        Array.from({ length: 6 }, (_, n) => vendors.create({ ...LEE, name: `V${n}`, externalId: `${n}` })),
      );
      const deadline = Date.now() + 5000;
      while (Number(await reached(stage, fault)) < 2) assert.ok(Date.now() < deadline, 'two calls arrive');
      // Whatever else was sent has arrived when a later call of somebody else is answered.
      await stage.client.user();
      assert.equal(await reached(stage, fault), 2);
      await stage.post(`/faults/${fault.id}/release`, {});
      await calls;
      assert.equal(await vendorsOf(stage), 6);
    }),
  );
});

describe('answers that are not the API', () => {
  for (const action of [{ action: 'truncate' }, { action: 'garbage' }, { action: 'huge', bytes: 9_000_000 }])
    it(
      `${action.action}: a write may have been carried out, a question was not, and the client lives on`,
      staged(async (stage) => {
        await onVendors(stage, { point: 'committed', ...action });
        await failsWith(stage.acme.vendors.create(LEE), 'malformedAnswer', 'unknown');
        const [lee] = await listed(stage.acme.vendors.byExternalId(['1']));
        assert.ok(lee !== undefined, 'it was carried out');
        await onVendors(stage, { point: 'before', ...action });
        const error = await failsWith(stage.acme.vendors.get(lee.id), 'malformedAnswer', 'notApplied');
        assert.equal(error.disposition, 'retry');
        assert.deepEqual(await stage.acme.vendors.get(lee.id), lee);
      }),
    );

  const ID = '2f436ea7-427d-4a12-9af5-73c8975c545d';
  const ROWS: readonly (readonly [string, string | Buffer, number?])[] = [
    ['nothing', ''],
    ['NaN', 'NaN'],
    ['a page of a proxy', '<html><body>Bad Gateway</body></html>'],
    ['bytes that are no text', Buffer.from([0x22, 0xff, 0xfe, 0x22])],
    ['brackets without end', '['.repeat(2_000_000)],
    ['nested as deep as it is allowed to be large', `${'[{"a":'.repeat(200_000)}1${'}]'.repeat(200_000)}`],
    ['null', 'null'],
    ['a number', '1e999'],
    ['another record than the one asked for', `{"id":"x","name":"Lee","modified":"2026-10-05T15:15:08Z"}`],
    [
      'a prototype in place of the members',
      `{"__proto__":{"id":"${ID}","name":"Lee","modified":"2026-10-05T15:15:08Z"}}`,
    ],
    ['a redirect to elsewhere', '', 302],
    ['no content', '', 204],
  ];
  for (const [what, body, status = 200] of ROWS)
    it(`${what} is an error and nothing else`, async () => {
      await withPeer(
        (_, response) => response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end(body),
        {},
        async (client) => {
          const { vendors } = client.company('c');
          const question: unknown = await vendors.get(ID).catch((error: unknown) => error);
          assert.ok(question instanceof MineralTreeError, String(question));
          assert.ok(['malformedAnswer', 'unreadable'].includes(question.code), question.code);
          assert.equal(question.outcome, 'notApplied');
          await failsWith(vendors.update(ID, { name: 'Lee' }), 'malformedAnswer', 'unknown');
          await failsWith(client.companies(), 'malformedAnswer', 'notApplied');
        },
      );
    });

  it("MineralTree's own words are cut and cleaned before anyone sees them", async () => {
    await withPeer(
      (_, response) =>
        response
          .writeHead(400)
          .end(JSON.stringify({ error: 'Bad\u001b[31m', error_message: `a\r\nb${'x'.repeat(9999)}` })),
      {},
      async (client) => {
        const error = await failsWith(client.user(), 'refused', 'notApplied', /: Bad \[31m: a bx+…$/);
        assert.ok(error.message.length < 400);
      },
    );
  });

  it('an answer that trickles in for ever ends with the deadline', async () => {
    await withPeer(
      (_, response) => {
        response.writeHead(200);
        const timer = setInterval(() => response.write(' '), 20);
        response.on('close', () => clearInterval(timer));
      },
      { deadlineMs: 300 },
      async (client) => {
        await failsWith(client.user(), 'timeout', 'notApplied');
      },
    );
  });
});

describe('errors', () => {
  it('each has words that end a sentence and say what is done about it', () => {
    for (const [code, { words }] of Object.entries(ERROR_MEANINGS)) assert.match(words, /^[A-Z].{30,}\.$/, code);
  });
});
