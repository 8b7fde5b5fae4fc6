/** What the gateway does when credentials, keys, certificates and gateways change while connectors are at work. */
import assert from 'node:assert/strict';
import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type TLSSocket } from 'node:tls';
import type { NativeConnection } from '@temporalio/worker';
import { until } from '../../src/cli/until.ts';
import type { Gateway, GatewayOptions } from '../../src/gateway/index.ts';
import { machineCertificate } from '../../src/local/certificate.ts';
import {
  createConnectorKey,
  currentCompanyKey,
  listInstallations,
  revokeInstallation,
  rotateSealKey,
} from '../../src/store/index.ts';
import { completionOf, pollFor, type RawCaller, rawCaller, said, tokenIn } from './rawCaller.ts';
import { type Enrolled, endTask, type RunningWorker, type Stage, stage } from './stage.ts';

const BY = { by: 'test', at: 1_000 };
const REFUSED = 'UNAUTHENTICATED: the credential is not accepted';

describe('while connectors are at work', function () {
  this.timeout(120_000);
  let on: Stage;
  let acme: string;
  let globex: string;
  const closing: (() => Promise<void> | void)[] = [];

  before(async () => {
    on = await stage();
    acme = await on.addCompany('Acme');
    globex = await on.addCompany('Globex');
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  after(() => on?.close());

  const opened = async (options: Partial<GatewayOptions> = {}): Promise<Gateway> => {
    const gateway = await on.gateway(options);
    closing.push(() => gateway.stop());
    return gateway;
  };
  const calling = (gateway: Gateway): RawCaller => {
    const caller = rawCaller(gateway, on.ca);
    closing.push(() => caller.close());
    return caller;
  };
  const connected = async (to: Gateway, { secret }: Enrolled): Promise<NativeConnection> => {
    const connection = await on.connect(to, secret);
    closing.push(() => connection.close());
    return connection;
  };
  const working = async (to: Gateway, who: Enrolled, companyId: string): Promise<RunningWorker> => {
    const worker = await on.worker(await connected(to, who), companyId);
    closing.push(() => worker.stop());
    return worker;
  };
  const portOf = ({ address }: Gateway): number => Number(address.split(':').at(-1));
  const polling = (gateway: Gateway, polls: number) =>
    until(`${polls} polls`, () => gateway.stats().polls === polls, { withinMs: 20_000, everyMs: 20 });

  it('a gateway that is killed and started again costs a task in hand nothing', async () => {
    const first = await opened();
    await working(first, await on.enrol(acme), acme);
    const handle = await on.task(acme, 'beat', 'in hand', { heartbeatMs: 10_000, attempts: 1 });
    await until('the task has begun', async () => (await handle.describe()).raw.pendingActivities?.[0]?.state === 2);
    await first.stop();
    await opened({ port: portOf(first) });
    endTask('in hand');
    assert.deepEqual(await handle.result(), { done: true });
  });

  it('a gateway that drains answers its polls as run out, and what waits is done through the next', async () => {
    const desk = await on.enrol(acme);
    const first = await opened();
    const poll = calling(first).worker('PollActivityTaskQueue', pollFor(on.temporal.namespace, acme), desk);
    await polling(first, 1);
    const drained = first.drain();
    assert.deepEqual(await poll, { ok: true, bytes: Buffer.alloc(0) });
    await drained;

    const second = await opened();
    await working(second, desk, acme);
    await polling(second, 1);
    await second.drain();
    const third = await opened({ port: portOf(second) });
    assert.equal(await (await on.task(acme, 'echo', 'next')).result(), 'next');
    assert.deepEqual(third.stats().refused, {});
  });

  it('a revoked connector loses its poll within seconds on every gateway; others of the company go on', async () => {
    const [stolen, honest] = [await on.enrol(acme), await on.enrol(acme)];
    const gateways = [await opened(), await opened()] as const;
    const { key: before } = await currentCompanyKey(on.store, acme);
    const polls = gateways.map((gateway) =>
      calling(gateway).worker('PollActivityTaskQueue', pollFor(on.temporal.namespace, acme), stolen),
    );
    for (const gateway of gateways) await polling(gateway, 1);
    const since = Date.now();
    await revokeInstallation(on.store, stolen.installationId, BY);
    for (const poll of polls) assert.deepEqual(await poll, { ok: true, bytes: Buffer.alloc(0) });
    for (const gateway of gateways)
      assert.equal(said(await calling(gateway).worker('GetSystemInfo', Buffer.alloc(0), stolen)), REFUSED);
    assert.ok(Date.now() - since < 4_000, `took ${Date.now() - since} ms`);
    await working(gateways[0], honest, acme);
    assert.equal(await (await on.task(acme, 'echo', 1)).result(), 1);
    assert.notDeepEqual((await currentCompanyKey(on.store, acme)).key, before);
  });

  it('a connector that is revoked in mid-task cannot answer for it; the task goes to another', async () => {
    const [stolen, honest] = [await on.enrol(acme), await on.enrol(acme)];
    const gateway = await opened();
    const { worker } = calling(gateway);
    const { namespace } = on.temporal;
    const handle = await on.task(acme, 'echo', 'whole', { heartbeatMs: 2_000 });
    const token = tokenIn(await worker('PollActivityTaskQueue', pollFor(namespace, acme), stolen));
    await revokeInstallation(on.store, stolen.installationId, BY);
    await until('it is refused', async () => {
      const outcome = await worker('RecordActivityTaskHeartbeat', completionOf(namespace, token), stolen);
      return said(outcome) === REFUSED;
    });
    assert.equal(said(await worker('RespondActivityTaskCompleted', completionOf(namespace, token), stolen)), REFUSED);
    await working(gateway, honest, acme);
    assert.equal(await handle.result(), 'whole');
  });

  it('two gateways share the seal key, and a new one leaves tasks that were handed out before good', async () => {
    const desk = await on.enrol(acme);
    const [one, two] = [calling(await opened()), calling(await opened())];
    const { namespace } = on.temporal;
    const handles = [await on.task(acme, 'echo', 1), await on.task(acme, 'echo', 2)];
    const tokens = [
      tokenIn(await one.worker('PollActivityTaskQueue', pollFor(namespace, acme), desk)),
      tokenIn(await one.worker('PollActivityTaskQueue', pollFor(namespace, acme), desk)),
    ] as const;
    assert.equal(
      said(await two.worker('RespondActivityTaskCompleted', completionOf(namespace, tokens[0], 'a'), desk)),
      'OK',
    );
    await rotateSealKey(on.store, BY);
    const third = calling(await opened());
    const after = await on.task(acme, 'echo', 3);
    const sealedAnew = tokenIn(await third.worker('PollActivityTaskQueue', pollFor(namespace, acme), desk));
    assert.equal(
      said(await one.worker('RespondActivityTaskCompleted', completionOf(namespace, sealedAnew, 'c'), desk)),
      'OK',
    );
    assert.equal(
      said(await third.worker('RespondActivityTaskCompleted', completionOf(namespace, tokens[1], 'b'), desk)),
      'OK',
    );
    assert.deepEqual((await Promise.all([...handles, after].map((handle) => handle.result()))).sort(), ['a', 'b', 'c']);
  });

  it('a secret is rotated without a pause; the older one is refused soon after', async () => {
    const desk = await on.enrol(acme);
    const gateway = await opened();
    const caller = calling(gateway);
    const connection = await connected(gateway, desk);
    const worker = await on.worker(connection, acme);
    closing.push(() => worker.stop());
    const handle = await on.task(acme, 'echo', 'again', { times: 60 });
    const rotated = await caller.connector('Rotate', {}, desk);
    assert.ok(rotated.ok, said(rotated));
    const { secret } = JSON.parse(rotated.bytes.toString()) as { secret: string };
    assert.equal(said(await caller.worker('GetSystemInfo', Buffer.alloc(0), desk)), 'OK');
    await connection.setApiKey(secret);
    assert.equal(await handle.result(), 'again');
    assert.deepEqual(gateway.stats().refused, {});
    await until(
      'the older secret is refused',
      async () => said(await caller.worker('GetSystemInfo', Buffer.alloc(0), desk)) === REFUSED,
    );
    assert.equal(await (await on.task(acme, 'echo', 'with the new one')).result(), 'with the new one');
  });

  it('a company that is added is served at once, with the key of that company', async () => {
    const desk = await on.enrol(acme);
    const gateway = await opened();
    const caller = calling(gateway);
    const refused = await caller.connector('CompanyKey', { companyId: globex }, desk);
    assert.equal(said(refused), 'PERMISSION_DENIED: the company is not yours');
    const key = await createConnectorKey(on.store, globex, { by: 'test', at: Date.now() });
    const added = await caller.connector('Enrol', { key, name: 'desk' }, desk);
    assert.ok(added.ok, said(added));
    assert.deepEqual(JSON.parse(added.bytes.toString()), {
      installationId: desk.installationId,
      companies: [acme, globex].sort(),
      namespace: on.temporal.namespace,
    });
    const given = await caller.connector('CompanyKey', { companyId: globex }, desk);
    assert.ok(given.ok, said(given));
    const { keyId, key: companyKey } = await currentCompanyKey(on.store, globex);
    assert.deepEqual(JSON.parse(given.bytes.toString()), { keyId, key: companyKey.toString('base64') });
    await working(gateway, desk, globex);
    assert.equal(await (await on.task(globex, 'echo', 7)).result(), 7);
  });

  it('a new connector enrols with a one-time key, and is seen by its presence', async () => {
    const gateway = await opened();
    const caller = calling(gateway);
    const key = await createConnectorKey(on.store, globex, { by: 'test', at: Date.now() });
    const outcome = await caller.connector('Enrol', { key, name: 'till' });
    assert.ok(outcome.ok, said(outcome));
    const desk = JSON.parse(outcome.bytes.toString()) as Enrolled;
    assert.deepEqual(desk.companies, [globex]);
    const presence = { mode: 'online', version: '1.2.0', protocol: 1, host: 'OFFICE-PC' };
    const answer = await caller.connector('Presence', presence, desk);
    assert.ok(answer.ok, said(answer));
    assert.deepEqual(JSON.parse(answer.bytes.toString()), { companies: [globex], rotate: false });
    const found = (await listInstallations(on.store.db, globex)).find(
      ({ installationId }) => installationId === desk.installationId,
    );
    assert.equal(found?.presence?.host, 'OFFICE-PC');
    assert.equal(
      said(await caller.connector('Enrol', { key, name: 'thief' })).split(':')[0],
      'PERMISSION_DENIED',
      'used once',
    );
  });

  it('a connector that is too old is told which protocol is needed, whatever it calls', async () => {
    const desk = await on.enrol(acme);
    const gateway = await opened({ minimumProtocol: 3 });
    const caller = calling(gateway);
    for (const [protocol, words] of [
      ['2', 'protocol 2'],
      ['', 'no protocol that is known'],
      ['latest', 'no protocol that is known'],
    ] as const)
      assert.equal(
        said(await caller.worker('GetSystemInfo', Buffer.alloc(0), { ...desk, protocol })),
        `FAILED_PRECONDITION: this connector speaks ${words}, and at least 3 is needed: install a newer version of the connector`,
      );
    assert.equal(said(await caller.worker('GetSystemInfo', Buffer.alloc(0), { ...desk, protocol: '3' })), 'OK');
    assert.equal(gateway.stats().refused.protocolTooOld, 3);
  });

  it('a new certificate is taken by new connections; those that are open stay', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tandem-gateway-tls-'));
    closing.push(() => rm(folder, { recursive: true, force: true }));
    const first = await machineCertificate(join(folder, 'first'), [], Date.now());
    const next = await machineCertificate(join(folder, 'next'), [], Date.now());
    const certFile = join(folder, 'gateway.pem');
    await copyFile(first.certFile, certFile);
    const gateway = await opened({ tls: { certFile, keyFile: certFile }, limits: { certificateMs: 50 } });
    const shown = (): Promise<string> =>
      new Promise((resolve, reject) => {
        const socket: TLSSocket = connect(
          { port: portOf(gateway), host: '127.0.0.1', ALPNProtocols: ['h2'], rejectUnauthorized: false },
          () => {
            resolve(socket.getPeerCertificate().fingerprint256);
            socket.destroy();
          },
        );
        socket.once('error', reject);
      });
    const before = await shown();
    assert.equal(await shown(), before);
    await copyFile(next.certFile, certFile);
    await until('the new certificate is shown', async () => (await shown()) !== before);
  });
});
