/** `tandem connector enroll` on a real gateway: a new installation, one more company, and every refusal in words. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { findCredential, readCredential, writeCredential } from '../../src/cli/connectorCredential.ts';
import { type EnrolOptions, enrol } from '../../src/cli/connectorEnrol.ts';
import { startCommand } from '../../src/cli/demo/process.ts';
import { Fault } from '../../src/cli/fault.ts';
import { PROTOCOL } from '../../src/contract/index.ts';
import type { Gateway } from '../../src/gateway/index.ts';
import { findCredential as findInStore, revokeInstallation, secretHash } from '../../src/store/index.ts';
import { type CloudSide, cloudSide } from '../workers/connector/cloudSide.ts';
import { runTandem } from './tandemCommand.ts';

const TANDEM = fileURLToPath(new URL('../../bin/tandem.js', import.meta.url));
const WRONG_KEY = (companyId: string): string => `tck_${companyId}_${'x'.repeat(32)}`;

describe('tandem connector enroll', function () {
  this.timeout(90_000);
  let cloud: CloudSide;
  let gateway: Gateway;
  let acme: string;
  let globex: string;
  let folder: string;
  let file: string;

  before(async () => {
    cloud = await cloudSide();
    [acme, globex] = [await cloud.addCompany('Acme'), await cloud.addCompany('Globex')];
    gateway = await cloud.gateway();
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(cloud.folder, 'site-'));
    file = path.join(folder, 'credential.json');
  });
  after(() => cloud?.close());

  const enrolling = async (key: string, more: Partial<EnrolOptions> = {}): Promise<string> =>
    enrol({ gateway: `https://${gateway.address}`, ca: cloud.caFile, credential: file, key, name: 'desk', ...more });
  const refused = (exitCode: number, words: RegExp, work: Promise<unknown>): Promise<void> =>
    assert.rejects(work, (error: unknown) => {
      assert.ok(error instanceof Fault, String(error));
      assert.match(error.message, words);
      assert.equal(error.exitCode, exitCode, error.message);
      return true;
    });

  it('makes the credential of a new installation', async () => {
    const said = await enrolling(await cloud.key(acme));
    assert.match(said, new RegExp(`^enrolled ${acme} at 127`));
    const { secret, ca, ...credential } = readCredential(file);
    assert.equal(ca?.trim(), readFileSync(cloud.caFile, 'utf8').trim());
    assert.deepEqual(credential, {
      gateway: gateway.address,
      namespace: cloud.temporal.namespace,
      installationId: secret.split('_')[1],
      companies: [acme],
    });
    assert.deepEqual((await findInStore(cloud.store.db, secretHash(secret)))?.companies, [acme]);
    assert.ok(!said.includes(secret));
  });

  it('adds one more company to the installation, wherever its gateway is', async () => {
    await enrolling(await cloud.key(acme));
    const before = readCredential(file);
    const said = await enrol({ credential: file, key: await cloud.key(globex) });
    assert.match(said, new RegExp(`^added ${globex} at`));
    const companies = [acme, globex].sort();
    assert.deepEqual(readCredential(file), { ...before, companies });
    assert.deepEqual((await findInStore(cloud.store.db, secretHash(before.secret)))?.companies, companies);
  });

  const nothing = () => assert.deepEqual(readdirSync(folder), [], 'nothing was left behind');

  it('a key that was used, or never was one: refused, exit code 3', async () => {
    const used = await cloud.key(acme);
    await enrolling(used, { credential: path.join(cloud.folder, 'another.json') });
    const words = /does not allow this \(this key is not good.*, in --key; ask for a new key/;
    await refused(3, words, enrolling(used));
    await refused(3, words, enrolling(WRONG_KEY(acme)));
    nothing();
  });

  it('something else than a key: the command line is wrong, nobody is asked', async () => {
    await refused(2, /this is no connector key/, enrolling('tck_acme', { gateway: 'https://127.0.0.1:1' }));
    nothing();
  });

  it('a gateway that is not there, not trusted, or no gateway', async () => {
    const key = await cloud.key(acme);
    await refused(1, /does not answer \(connect ECONNREFUSED/, enrolling(key, { gateway: '127.0.0.1:1' }));
    const { ca, ...untrusting } = { ca: cloud.caFile, gateway: gateway.address, key, credential: file };
    await refused(1, /is not trusted .*in --ca; name the authority/, enrol(untrusting));
    await refused(1, /does not speak TLS/, enrolling(key, { gateway: cloud.temporal.address }));
    await refused(2, /is no address of a gateway/, enrolling(key, { gateway: 'http://gateway.example' }));
    await refused(2, /the gateway is not named/, enrol({ key, credential: file }));
    await refused(2, /cannot be read/, enrolling(key, { ca: path.join(folder, 'nowhere.pem') }));
    nothing();
    await enrolling(key);
    assert.ok(ca);
  });

  it('a gateway that needs a newer connector: exit code 3', async () => {
    const next = await cloud.gateway({ minimumProtocol: PROTOCOL + 1 });
    const enrolment = enrolling(await cloud.key(acme), { gateway: next.address });
    await refused(3, /install a newer version .*update Tandem on this machine/, enrolment);
    await next.stop();
    nothing();
  });

  it('a credential that was revoked adds nothing, and stays as it is', async () => {
    await enrolling(await cloud.key(acme));
    const before = readFileSync(file, 'utf8');
    await revokeInstallation(cloud.store, readCredential(file).installationId, { by: 'test', at: Date.now() });
    await refused(3, /refuses the credential .*move the file away and enrol anew/, enrolling(await cloud.key(globex)));
    assert.equal(readFileSync(file, 'utf8'), before);
  });

  it('a credential of another gateway is left alone', async () => {
    writeCredential(file, {
      gateway: 'gateway.example:443',
      namespace: 'tandem',
      installationId: '0123456789abcdef',
      secret: `tci_0123456789abcdef_${'s'.repeat(43)}`,
      companies: [acme],
    });
    await refused(1, /belongs to the gateway at gateway\.example:443, not to/, enrolling(await cloud.key(globex)));
    assert.deepEqual(findCredential(file)?.companies, [acme]);
  });

  it('a place where nothing can be written costs no key', async () => {
    const key = await cloud.key(acme);
    await refused(
      1,
      /nothing was asked of the gateway/,
      enrolling(key, { credential: path.join(folder, 'no', 'file') }),
    );
    await enrolling(key);
  });

  it('that is interrupted leaves what was there', async () => {
    await enrolling(await cloud.key(acme));
    const before = readFileSync(file, 'utf8');
    // Takes the connection and never answers.
    const silent = net.createServer((socket) => socket.on('error', () => socket.destroy()));
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    const bound = silent.address();
    if (bound === null || typeof bound === 'string') throw new Error('no port');
    try {
      writeCredential(file, { ...readCredential(file), gateway: `127.0.0.1:${bound.port}` });
      const asked = new Promise((resolve) => silent.once('connection', resolve));
      const args = ['connector', 'enroll', '--credential', file, '--key', await cloud.key(globex)];
      const child = spawn(process.execPath, [TANDEM, ...args], { stdio: 'ignore' });
      const ended = new Promise((resolve) => child.once('close', resolve));
      await asked;
      child.kill('SIGKILL');
      await ended;
    } finally {
      silent.close();
    }
    writeCredential(file, { ...readCredential(file), gateway: gateway.address });
    assert.equal(readFileSync(file, 'utf8'), before);
    assert.deepEqual(readdirSync(folder), ['credential.json']);
  });

  it('as a command: exit codes, a key from standard input, and a connector that serves with it', async () => {
    const args = ['connector', 'enroll', '--gateway', gateway.address, '--ca', cloud.caFile, '--credential', file];
    const wrong = await runTandem(process.env, [...args, '--key', WRONG_KEY(acme)]);
    assert.deepEqual([wrong.code, wrong.out], [3, '']);
    assert.match(wrong.err, /^error: the gateway at .* does not allow this/);
    const none = await runTandem(process.env, args);
    assert.equal(none.code, 2);
    assert.match(none.err, /--key/);
    const good = await runTandem(process.env, [...args, '--key', '-'], `${await cloud.key(acme)}\n`);
    assert.deepEqual([good.code, good.err], [0, '']);
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);

    const config = path.join(folder, 'connector.json');
    const processor = { kind: 'sandbox', url: 'http://127.0.0.1:9' };
    const companies = [{ id: acme, file: 'C:\\Books\\Acme.qbw' }];
    writeFileSync(config, JSON.stringify({ name: 'desk', processor, companies, limits: { stopGraceMs: 500 } }));
    const connector = await startCommand({ args: ['connector', '--config', config], env: process.env });
    try {
      assert.match(connector.firstLine, /^tandem connector desk polls for 1 company through the gateway at 127/);
      await revokeInstallation(cloud.store, readCredential(file).installationId, { by: 'test', at: Date.now() });
      assert.equal(await connector.exited, 3);
      const said = connector.lastLines().filter((line) => line.startsWith('error: '));
      assert.equal(said.length, 1);
      assert.match(said[0] ?? '', /refuses the credential of this connector .*enrol anew/);
    } finally {
      await connector.kill();
    }
    const again = await runTandem(process.env, ['connector', '--config', config]);
    assert.equal(again.code, 3);
    assert.match(again.err, /refuses the credential/);
  });

  it('without which a connector does not start, and says how', async () => {
    const config = path.join(folder, 'connector.json');
    const processor = { kind: 'sandbox', url: 'http://127.0.0.1:9' };
    writeFileSync(config, JSON.stringify({ name: 'desk', processor, companies: [{ id: acme, file: 'A.qbw' }] }));
    const { code, err } = await runTandem(process.env, ['connector', '--config', config]);
    assert.equal(code, 1);
    assert.match(
      err,
      /^error: there is no credential: this connector is not enrolled, in .*enrol it: tandem connector/,
    );
    const without = await runTandem(process.env, ['connector']);
    assert.equal(without.code, 2);
    assert.match(without.err, /--config/);
  });
});
