/** The certificate of a gateway that was given none. */
import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { connect, createServer } from 'node:tls';
import { machineCertificate } from '../../src/local/certificate.ts';

const NOW = Date.now();
const DAY_MS = 86_400_000;

describe("this machine's own certificate", () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'tandem-certificate-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const certificateIn = (file: string): X509Certificate =>
    new X509Certificate(/-----BEGIN CERTIFICATE[\s\S]+/.exec(readFileSync(file, 'utf8'))?.[0] ?? '');

  it('is trusted by who trusts its authority, by name and by address', async () => {
    const { caFile, certFile } = await machineCertificate(folder, ['gateway.example'], NOW);
    const server = createServer({ cert: readFileSync(certFile), key: readFileSync(certFile) }, (socket) =>
      socket.end(),
    );
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const bound = server.address();
    assert.ok(bound !== null && typeof bound === 'object');
    try {
      for (const servername of ['gateway.example', 'localhost']) {
        const trusted = await new Promise<boolean>((resolve, reject) => {
          const socket = connect({ port: bound.port, host: '127.0.0.1', servername, ca: readFileSync(caFile) }, () => {
            resolve(socket.authorized);
            socket.end();
          });
          socket.on('error', reject);
        });
        assert.equal(trusted, true, servername);
      }
      assert.ok(certificateIn(certFile).checkIP('127.0.0.1'));
    } finally {
      server.close();
    }
  });

  it('is made anew before it ends, or for another host, by the same authority', async () => {
    const first = await machineCertificate(folder, ['gateway.example'], NOW);
    const { serialNumber } = certificateIn(first.certFile);
    const authority = readFileSync(first.caFile, 'utf8');
    const same = await machineCertificate(folder, ['gateway.example'], NOW + 300 * DAY_MS);
    assert.equal(certificateIn(same.certFile).serialNumber, serialNumber);
    const renewed = await machineCertificate(folder, ['gateway.example'], NOW + 340 * DAY_MS);
    assert.notEqual(certificateIn(renewed.certFile).serialNumber, serialNumber);
    const other = await machineCertificate(folder, ['other.example'], NOW);
    assert.ok(certificateIn(other.certFile).checkHost('other.example'));
    assert.equal(readFileSync(other.caFile, 'utf8'), authority);
    assert.ok(certificateIn(other.certFile).checkIssued(certificateIn(other.caFile)));
  });

  it('is one authority for all who ask at once, and its keys are private', async () => {
    const asked = path.join(folder, 'at-once');
    const all = await Promise.all(Array.from({ length: 4 }, () => machineCertificate(asked, [], NOW)));
    assert.equal(new Set(all.map(({ caFile }) => readFileSync(caFile, 'utf8'))).size, 1);
    for (const name of ['authority.json', 'gateway.pem'])
      assert.equal(statSync(path.join(asked, name)).mode & 0o077, 0, name);
  });
});
