import assert from 'node:assert/strict';
import { testDatabase } from './servers.ts';

describe('embedded Postgres', () => {
  it('serves a database of its own to each test file', async () => {
    const [one, two] = await Promise.all([testDatabase(), testDatabase()]);
    assert.notEqual(one.url, two.url);
    await Promise.all([one.stop(), two.stop()]);
  });
});
