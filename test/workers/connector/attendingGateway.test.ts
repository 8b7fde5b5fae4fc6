/** A connector and its gateway: presence, secrets, companies and keys that change, a gateway that goes and comes. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { credentialFile, readCredential, writeCredential } from '../../../src/cli/connectorCredential.ts';
import { until } from '../../../src/cli/until.ts';
import { PROTOCOL, type PullResult } from '../../../src/contract/index.ts';
import type { Gateway } from '../../../src/gateway/index.ts';
import { machineCertificate } from '../../../src/local/certificate.ts';
import {
  askRotation,
  enrol,
  findCredential,
  listInstallations,
  removeCompany,
  revokeInstallation,
  rotateCompanyKey,
  secretHash,
} from '../../../src/store/index.ts';
import { GatewayError, type GatewayErrorKind } from '../../../src/workers/connection/index.ts';
import {
  type Connector,
  type ConnectorOptions,
  DEFAULT_LIMITS,
  startConnector,
} from '../../../src/workers/connector/index.ts';
import { pullRequest } from '../../quickbooks/stage.ts';
import { type CloudSide, cloudSide, type Enrolled } from './cloudSide.ts';

const BY = { by: 'test', at: 1_000 };
const SOON = { presenceMs: 300, checkMs: 150, retryMs: 100 };
const portOf = ({ address }: Gateway): number => Number(address.split(':').at(-1));

describe('a connector and its gateway', function () {
  this.timeout(90_000);
  let cloud: CloudSide;
  let gateway: Gateway;
  let acme: string;
  let globex: string;
  const closing: (() => Promise<unknown> | unknown)[] = [];
  let told: string[] = [];
  const log = pino(
    { level: 'debug', base: null },
    { write: (line: string) => void told.push((JSON.parse(line) as { msg: string }).msg) },
  );

  before(async () => {
    cloud = await cloudSide();
    [acme, globex] = [await cloud.addCompany('Acme'), await cloud.addCompany('Globex')];
    gateway = await cloud.gateway();
  });
  beforeEach(() => {
    told = [];
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  after(() => cloud?.close());

  const starting = async (
    file: string,
    companies: readonly string[] = [acme],
    options: Partial<ConnectorOptions> = {},
  ): Promise<Connector> => {
    const connector = await startConnector({
      settings: {
        name: 'desk',
        processor: { kind: 'sandbox', url: 'http://127.0.0.1:9' },
        companies: companies.map((id) => ({ id, file: `C:\\Books\\${id}.qbw` })),
        limits: { ...DEFAULT_LIMITS, stopGraceMs: 500 },
      },
      keeper: credentialFile(file),
      version: '1.2.0',
      log,
      times: SOON,
      ...options,
    });
    closing.push(() => connector.stop());
    return connector;
  };
  /** A task that needs no QuickBooks: what it asks for is newer than this connector. */
  const served = async (companyId: string): Promise<void> => {
    const request = pullRequest({ companyId, protocol: PROTOCOL + 1 });
    const result: PullResult = await (await cloud.task(companyId, 'pullQuickBooks', request)).result();
    assert.equal(result.kind, 'blocked');
  };
  const presenceOf = async ({ installationId }: Enrolled) =>
    (await listInstallations(cloud.store.db)).find((one) => one.installationId === installationId)?.presence;
  const times = (words: RegExp): number => told.filter((line) => words.test(line)).length;
  const failing = async (kind: GatewayErrorKind, words: RegExp, work: Promise<unknown>): Promise<void> =>
    assert.rejects(work, (error: unknown) => {
      assert.ok(error instanceof GatewayError, String(error));
      assert.equal(error.kind, kind, error.message);
      assert.match(error.message, words);
      return true;
    });

  describe('presence', () => {
    it('says who is there and in which mode, and that it stops', async () => {
      const desk = await cloud.enrolled(gateway, [acme]);
      const connector = await starting(desk.file);
      const { mode, version, host, reason } = (await presenceOf(desk)) ?? {};
      assert.deepEqual([mode, version, host, reason], ['offline', '1.2.0', os.hostname(), undefined]);
      await connector.stop();
      assert.equal((await presenceOf(desk))?.mode, 'stopping');
    });

    it('says why QuickBooks cannot be reached, at once', async () => {
      const desk = await cloud.enrolled(gateway, [acme]);
      await starting(desk.file, [acme], { times: { ...SOON, presenceMs: 60_000 } });
      const handle = await cloud.task(acme, 'pullQuickBooks', pullRequest({ companyId: acme }));
      await until('the reason is known', async () => (await presenceOf(desk))?.reason !== undefined);
      assert.match((await presenceOf(desk))?.reason ?? '', /QuickBooks|sandbox|answer/i);
      await handle.terminate();
    });
  });

  describe('the secret', () => {
    it('is changed on demand without a pause: kept first, used then, and the old one is refused', async () => {
      const desk = await cloud.enrolled(gateway, [acme]);
      const refusedBefore = gateway.stats().refused.credentialRefused ?? 0;
      await starting(desk.file);
      await askRotation(cloud.store, desk.installationId, { by: 'test', at: Date.now() });
      await until('there is a new secret', async () => readCredential(desk.file).secret !== desk.secret);
      for (let task = 0; task < 5; task += 1) await served(acme);
      await until(
        'the old one is refused',
        async () => (await findCredential(cloud.store.db, secretHash(desk.secret))) === undefined,
        { withinMs: 20_000 },
      );
      await served(acme);
      assert.equal(gateway.stats().refused.credentialRefused ?? 0, refusedBefore);
      assert.equal(times(/secret of this installation was changed/), 1);
    });

    it('is not changed while the file cannot be written, and is once it can', async () => {
      const desk = await cloud.enrolled(gateway, [acme]);
      const file = credentialFile(desk.file);
      let full = true;
      const keeper: typeof file = {
        ...file,
        change: (change) => (full ? Promise.reject(new Error('no space left on the disk')) : file.change(change)),
      };
      await starting(desk.file, [acme], { keeper });
      await askRotation(cloud.store, desk.installationId, { by: 'test', at: Date.now() });
      await until('that was told', async () => times(/presence failed/) > 1);
      assert.ok(await findCredential(cloud.store.db, secretHash(desk.secret)));
      full = false;
      await until('there is a new secret', async () => readCredential(desk.file).secret !== desk.secret);
      await served(acme);
    });

    it('that was changed by another process is taken from the file when the old one is refused', async () => {
      const desk = await cloud.enrolled(gateway, [acme]);
      const first = await starting(desk.file);
      await starting(desk.file);
      await askRotation(cloud.store, desk.installationId, { by: 'test', at: Date.now() });
      await until('one of them changed it', async () => readCredential(desk.file).secret !== desk.secret);
      await until('the other took it', async () => times(/changed by another process/) > 0, { withinMs: 30_000 });
      await first.stop();
      await served(acme);
    });

    it('that is refused is told within seconds, and the connector stops by itself', async () => {
      const desk = await cloud.enrolled(gateway, [acme]);
      const connector = await starting(desk.file, [acme], { times: {} });
      await served(acme);
      const since = Date.now();
      await revokeInstallation(cloud.store, desk.installationId, BY);
      const error = await connector.refused;
      assert.ok(Date.now() - since < 13_000, `${Date.now() - since} ms`);
      assert.equal(error.kind, 'refused');
      assert.match(error.message, /refuses the credential of this connector/);
      assert.equal(times(/refuses the credential/), 1);
      await connector.stop();
      assert.equal(connector.companies(), 0);
      await failing('refused', /refuses the credential/, starting(desk.file));
    });
  });

  describe('companies', () => {
    it('that the gateway does not allow are not polled for, and are once they are enrolled', async () => {
      const desk = await cloud.enrolled(gateway, [acme]);
      const connector = await starting(desk.file, [acme, globex]);
      assert.equal(connector.companies(), 1);
      assert.equal(times(/does not allow this connector to serve the company/), 1);
      await enrol(cloud.store, {
        key: await cloud.key(globex),
        address: '127.0.0.1',
        name: 'desk',
        installation: desk,
        at: Date.now(),
      });
      await served(globex);
      assert.equal(connector.companies(), 2);
      assert.equal(times(/may be served again/), 1);
      assert.deepEqual([...readCredential(desk.file).companies].sort(), [acme, globex].sort());
    });

    it('that are removed are polled for no more; the others go on', async () => {
      const gone = await cloud.addCompany('Gone');
      const desk = await cloud.enrolled(gateway, [acme, gone]);
      const connector = await starting(desk.file, [acme, gone]);
      assert.equal(connector.companies(), 2);
      await removeCompany(cloud.store, gone, BY);
      await until('it is polled for no more', async () => connector.companies() === 1);
      await served(acme);
    });

    it('whose key was changed are served on', async () => {
      const desk = await cloud.enrolled(gateway, [acme]);
      await starting(desk.file);
      await served(acme);
      await rotateCompanyKey(cloud.store, acme, BY);
      await served(acme);
    });
  });

  describe('a gateway', () => {
    it('that goes away is told once, and once when it is back; work goes on', async () => {
      const first = await cloud.gateway();
      const desk = await cloud.enrolled(first, [acme]);
      await starting(desk.file);
      await served(acme);
      await first.stop();
      await until('that is told', async () => times(/does not answer/) > 0);
      const handle = await cloud.task(acme, 'pullQuickBooks', pullRequest({ companyId: acme, protocol: PROTOCOL + 1 }));
      await cloud.gateway({ port: portOf(first) });
      await until('that is told too', async () => times(/the gateway answers again/) === 1);
      assert.equal(((await handle.result()) as PullResult).kind, 'blocked');
      assert.equal(times(/does not answer/), 1);
    });

    it('that is not there yet is waited for', async () => {
      const first = await cloud.gateway();
      const desk = await cloud.enrolled(first, [acme]);
      await first.stop();
      const connecting = starting(desk.file);
      await until('that is told', async () => times(/does not answer/) === 1);
      await cloud.gateway({ port: portOf(first) });
      await connecting;
      await served(acme);
    });

    it('that is not there yet is waited for no longer than the connector runs', async () => {
      const first = await cloud.gateway();
      const desk = await cloud.enrolled(first, [acme]);
      await first.stop();
      const stopping = new AbortController();
      const connecting = starting(desk.file, [acme], { signal: stopping.signal });
      await until('that is told', async () => times(/does not answer/) === 1);
      stopping.abort();
      await assert.rejects(connecting, { name: 'AbortError' });
    });

    it('that needs a newer connector says so, at the start and while it runs', async () => {
      const first = await cloud.gateway();
      const desk = await cloud.enrolled(first, [acme]);
      const connector = await starting(desk.file);
      await first.stop();
      await cloud.gateway({ port: portOf(first), minimumProtocol: PROTOCOL + 1 });
      const words = /refuses this version of the connector .*install a newer version/;
      assert.match((await connector.refused).message, words);
      await failing('tooOld', words, starting(desk.file));
    });

    it('whose certificate another authority signed is not trusted', async () => {
      const desk = await cloud.enrolled(gateway, [acme]);
      const other = await machineCertificate(join(cloud.folder, 'other-tls'), [], Date.now());
      writeCredential(desk.file, { ...readCredential(desk.file), ca: await readFile(other.caFile, 'utf8') });
      await failing('notTrusted', /certificate of the gateway at .* is not trusted/, starting(desk.file));
    });
  });

  describe('a proxy of the network', () => {
    const startProxy = async (allowed: (authorization: string | undefined) => boolean) => {
      const asked: string[] = [];
      const server = http.createServer();
      const open = new Set<net.Socket>();
      server.on('connect', ({ url = '', headers }: http.IncomingMessage, socket: net.Socket) => {
        open.add(socket.on('error', () => socket.destroy()));
        if (!allowed(headers['proxy-authorization'])) {
          socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
          return;
        }
        asked.push(url);
        const onward = net.connect(Number(url.split(':').at(-1)), '127.0.0.1', () => {
          socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
          socket.pipe(onward).pipe(socket);
        });
        open.add(onward.on('error', () => socket.destroy()));
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      closing.push(() => {
        for (const socket of open) socket.destroy();
        server.close();
      });
      const bound = server.address();
      if (bound === null || typeof bound === 'string') throw new Error('no port');
      return { asked, address: `127.0.0.1:${bound.port}` };
    };

    it('carries all that the connector says', async () => {
      const desk = await cloud.enrolled(gateway, [acme]);
      const expected = `Basic ${Buffer.from('desk:pass word').toString('base64')}`;
      const { asked, address } = await startProxy((authorization) => authorization === expected);
      const proxy = { address, user: 'desk', password: 'pass word' };
      await starting(desk.file, [acme], { proxy });
      await served(acme);
      assert.ok(asked.length >= 2, `${asked.length} connections`);
      assert.ok(asked.every((target) => target === gateway.address));
    });

    it('that lets nobody through is named', async () => {
      const desk = await cloud.enrolled(gateway, [acme]);
      const { address } = await startProxy(() => false);
      const stopping = new AbortController();
      const connecting = starting(desk.file, [acme], { proxy: { address }, signal: stopping.signal });
      await until('that is told', async () => times(/does not answer through the proxy 127/) === 1);
      stopping.abort();
      await assert.rejects(connecting, { name: 'AbortError' });
    });
  });
});
