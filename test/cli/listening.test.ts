/** Where the doors of a cloud listen. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Fault } from '../../src/cli/fault.ts';
import { keepPort, listeningOf, openAt } from '../../src/cli/listening.ts';

describe('where a door listens', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-listening-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const asked = (given: string) => listeningOf(given, 'TANDEM_GATEWAY', 'gateway', folder);

  for (const [given, host, port] of [
    ['0.0.0.0:443', '0.0.0.0', 443],
    ['8443', '127.0.0.1', 8_443],
    ['[::1]:443', '::1', 443],
    ['gateway.example:7443', 'gateway.example', 7_443],
  ] as const)
    it(`is ${host}, port ${port}, for "${given}"`, () =>
      assert.deepEqual(asked(given), { host, port, movable: false }));

  for (const given of ['here', '0.0.0.0:', '0.0.0.0:70000', 'http://a:1', '::1:443', '0'])
    it(`refuses "${given}" in words`, () =>
      assert.throws(
        () => asked(given),
        (error) =>
          error instanceof Fault && error.message.includes(`"${given}"`) && error.message.includes('TANDEM_GATEWAY'),
      ));

  it('is the port of the last time, and another one when that is taken', async () => {
    const free = (): Promise<ReturnType<typeof createServer>> =>
      openAt(asked(''), async (host, port) => {
        const server = createServer();
        await new Promise<void>((resolve, reject) => {
          server.once('error', reject);
          server.listen(port, host, resolve);
        });
        return server;
      });
    const portOf = (server: Awaited<ReturnType<typeof free>>): number => {
      const bound = server.address();
      assert.ok(bound !== null && typeof bound === 'object');
      return bound.port;
    };
    const first = await free();
    keepPort(folder, 'gateway', portOf(first));
    const beside = await free();
    keepPort(folder, 'gateway', portOf(beside));
    assert.notEqual(portOf(beside), portOf(first));
    const port = portOf(first);
    await Promise.all([first, beside].map((server) => new Promise((resolve) => server.close(resolve))));
    const again = await free();
    assert.equal(portOf(again), port);
    await new Promise((resolve) => again.close(resolve));
  });
});
