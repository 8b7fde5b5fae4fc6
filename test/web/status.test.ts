/** The public status of a company, as MineralTree's banner asks for it. */
import assert from 'node:assert/strict';
import { createConnectorKey, enrol, recordPresence, statusToken } from '../../src/store/index.ts';
import { openTestWeb, type TestWeb } from './openWeb.ts';

describe('the public status of a company', () => {
  let opened: TestWeb;
  before(async () => {
    opened = await openTestWeb();
  });
  after(() => opened.stop());

  const ask = async (token: string): Promise<{ readonly status: number; readonly body: unknown; headers: Headers }> => {
    const answer = await fetch(`${opened.web.url}/status/${token}`);
    return { status: answer.status, body: await answer.json(), headers: answer.headers };
  };

  it('says that nobody was ever there, then that a connector is, then since when it is not', async () => {
    const { store, acme } = opened;
    const token = await statusToken(store, acme);
    assert.deepEqual((await ask(token)).body, { connected: false });

    const key = await createConnectorKey(store, acme, { by: 'test', at: opened.now });
    const { installationId } = await enrol(store, { key, address: '127.0.0.1', name: 'front desk', at: opened.now });
    const presence = { mode: 'online', version: '1.0.0', protocol: 1, host: 'DESK' } as const;
    await recordPresence(store.db, installationId, presence, opened.now);
    const lastSeenAt = new Date(opened.now).toISOString();
    const here = await ask(token);
    assert.deepEqual([here.status, here.body], [200, { connected: true, lastSeenAt }]);
    assert.equal(here.headers.get('cache-control'), 'public, max-age=15');

    opened.now += 3_600_000;
    assert.deepEqual((await ask(token)).body, { connected: false, lastSeenAt });
  });

  for (const [what, token] of [
    ['made up', 'x'.repeat(43)],
    ['too short', 'x'],
    ['a company’s ID', 'acme-0123456789'],
    ['an attack', "'%20or%20true--"],
    ['far too long', 'x'.repeat(5_000)],
  ] as const)
    it(`an address that is ${what} is not found, in the same words`, async () => {
      const { status, body } = await ask(token);
      assert.deepEqual([status, body], [404, { error: 'there is no such status' }]);
    });
});
