/** The keys of companies at a customer's site. */
import assert from 'node:assert/strict';
import { createConnectorKeyring } from '../../../src/workers/connector/keyring.ts';

const OLD = { keyId: 'a'.repeat(16), key: Buffer.alloc(32, 1).toString('base64') };
const NEW = { keyId: 'b'.repeat(16), key: Buffer.alloc(32, 2).toString('base64') };

describe('the keys at a site', () => {
  let now: number;
  let given: typeof OLD | undefined;
  let asked: string[];
  const keyring = () =>
    createConnectorKeyring({
      fetch: async (companyId) => {
        asked.push(companyId);
        if (given === undefined) throw new Error('the gateway does not answer');
        return given;
      },
      askAgainMs: 3_000,
      clock: () => now,
    });
  beforeEach(() => {
    [now, given, asked] = [0, OLD, []];
  });

  it('are asked for once, however many need them', async () => {
    const keys = keyring();
    const all = await Promise.all([keys.current('acme'), keys.current('acme'), keys.byId('acme', OLD.keyId)]);
    assert.deepEqual(all, [
      { keyId: OLD.keyId, key: Buffer.alloc(32, 1) },
      { keyId: OLD.keyId, key: Buffer.alloc(32, 1) },
      Buffer.alloc(32, 1),
    ]);
    now = 3_600_000;
    await keys.current('acme');
    assert.deepEqual(asked, ['acme']);
  });

  it('are asked for again when one is not known, and the older one is kept', async () => {
    const keys = keyring();
    await keys.current('acme');
    [now, given] = [10_000, NEW];
    assert.deepEqual(await keys.byId('acme', NEW.keyId), Buffer.alloc(32, 2));
    assert.equal((await keys.current('acme')).keyId, NEW.keyId);
    assert.deepEqual(await keys.byId('acme', OLD.keyId), Buffer.alloc(32, 1));
    assert.equal(asked.length, 2);
  });

  it('that nobody has are asked for once in three seconds at most', async () => {
    const keys = keyring();
    await keys.current('acme');
    for (now = 3_000; now < 9_000; now += 100) assert.equal(await keys.byId('acme', 'f'.repeat(16)), undefined);
    assert.equal(asked.length, 3);
  });

  it('of one company are no answer for another', async () => {
    const keys = keyring();
    await keys.current('acme');
    given = NEW;
    assert.equal(await keys.byId('globex', OLD.keyId), undefined);
    assert.deepEqual(asked, ['acme', 'globex']);
  });

  it('that cannot be asked for are an error, not an answer; those that are known serve on', async () => {
    const keys = keyring();
    await keys.current('acme');
    [now, given] = [10_000, undefined];
    await assert.rejects(keys.byId('acme', NEW.keyId), /does not answer/);
    await assert.rejects(keys.byId('acme', NEW.keyId), /does not answer/, 'not asked again, the same answer');
    assert.equal(asked.length, 2);
    assert.equal((await keys.current('acme')).keyId, OLD.keyId);
    [now, given] = [13_000, NEW];
    assert.deepEqual(await keys.byId('acme', NEW.keyId), Buffer.alloc(32, 2));
  });
});
