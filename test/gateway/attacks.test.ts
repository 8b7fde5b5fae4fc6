/**
 * Attacks on the gateway by somebody who has the credential of a connector, or none, while another company is at work.
 * Each is refused in words that say nothing of others, told in the log with who and why, and counted.
 */
import assert from 'node:assert/strict';
import { connect as connectTcp, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import { gzipSync } from 'node:zlib';
import { until } from '../../src/cli/until.ts';
import { methodPath } from '../../src/contract/index.ts';
import { type Gateway, type GatewayLimits, REFUSAL_REASONS, type RefusalReason } from '../../src/gateway/index.ts';
import { createConnectorKey, rotateSecret } from '../../src/store/index.ts';
import {
  completionOf,
  framed,
  pollFor,
  pollOf,
  type RawCaller,
  rawCaller,
  rawSession,
  rawStream,
  said,
  tokenIn,
  v1,
  WORKFLOW_SERVICE,
} from './rawCaller.ts';
import { type Enrolled, type Stage, stage } from './stage.ts';

const LET_THROUGH = [
  'GetSystemInfo',
  'DescribeNamespace',
  'PollActivityTaskQueue',
  'RespondActivityTaskCompleted',
  'RespondActivityTaskFailed',
  'RespondActivityTaskCanceled',
  'RecordActivityTaskHeartbeat',
  'RecordWorkerHeartbeat',
  'ShutdownWorker',
];
const FORBIDDEN = 'PERMISSION_DENIED: this call is not allowed';
const UNAUTHENTICATED = 'UNAUTHENTICATED: the credential is not accepted';
const QUEUE = 'PERMISSION_DENIED: the task queue is not yours';
const NAMESPACE = 'PERMISSION_DENIED: the namespace is not yours';
const TOKEN = 'PERMISSION_DENIED: the task token is not yours';
const MALFORMED = 'INVALID_ARGUMENT: the request cannot be read';

const methodsOf = (service: object): readonly string[] =>
  'methods' in service && typeof service.methods === 'object' && service.methods !== null
    ? Object.keys(service.methods)
    : [];

describe('an attack on the gateway', function () {
  this.timeout(120_000);
  let on: Stage;
  let gateway: Gateway;
  let acme: string;
  let globex: string;
  let thief: Enrolled;
  let honest: Enrolled;
  let caller: RawCaller;
  const closing: (() => Promise<void> | void)[] = [];
  let stopWork: () => Promise<number>;

  before(async () => {
    on = await stage();
    [acme, globex] = [await on.addCompany('Acme'), await on.addCompany('Globex')];
    [thief, honest] = [await on.enrol(acme), await on.enrol(globex)];
    gateway = await on.gateway();
    caller = rawCaller(gateway, on.ca);
    stopWork = await globexAtWork();
  });
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });
  after(async () => {
    caller?.close();
    await on?.close();
  });

  /** Globex's tasks, one after the other, until stopped: each must come back right. Returns how many there were. */
  async function globexAtWork(): Promise<() => Promise<number>> {
    const connection = await on.connect(gateway, honest.secret);
    const worker = await on.worker(connection, globex);
    let working = true;
    const work = (async () => {
      let done = 0;
      for (; working; done++) assert.equal(await (await on.task(globex, 'echo', done)).result(), done);
      return done;
    })();
    // Seen when it is waited for, at the end.
    work.catch(() => {
      working = false;
    });
    return async () => {
      working = false;
      const done = await work;
      await worker.stop();
      await connection.close();
      return done;
    };
  }

  const opened = async (limits: Partial<GatewayLimits>): Promise<Gateway> => {
    const another = await on.gateway({ limits });
    closing.push(() => another.stop());
    return another;
  };
  const calling = (to: Gateway, options?: { readonly gzip: boolean }): RawCaller => {
    const raw = rawCaller(to, on.ca, options);
    closing.push(() => raw.close());
    return raw;
  };
  const namespace = (): string => on.temporal.namespace;

  /** What happens in `attack` is refused for `reason` as often as it says, told as often, and by whom. */
  async function refused(
    reason: RefusalReason,
    times: number,
    attack: () => Promise<void>,
    { at = gateway, by = thief }: { readonly at?: Gateway; readonly by?: Enrolled | 'nobody' } = {},
  ): Promise<void> {
    const counted = () => at.stats().refused[reason] ?? 0;
    const before = counted();
    on.told.length = 0;
    await attack();
    await until(`${times} refusals`, () => counted() >= before + times, { withinMs: 10_000, everyMs: 20 });
    assert.equal(counted() - before, times, reason);
    const told = on.told.filter((line) => line.reason === reason);
    assert.equal(told.length, times, 'told');
    for (const { address, installationId } of told) {
      assert.equal(address, '127.0.0.1');
      assert.equal(installationId, by === 'nobody' ? undefined : by.installationId);
    }
  }
  const eachSays = async (
    words: string,
    calls: readonly (() => Promise<Parameters<typeof said>[0]>)[],
  ): Promise<void> => {
    for (const [index, call] of calls.entries()) assert.equal(said(await call()), words, `call ${index + 1}`);
  };

  describe('with the credential of a connector', () => {
    const others = methodsOf(v1.WorkflowService).filter((method) => !LET_THROUGH.includes(method));

    it('knows all calls of the Temporal that it is built against', () => {
      assert.equal(others.length, 114);
    });
    for (const method of others)
      it(`${method} is not let through`, async () => {
        await refused('methodForbidden', 1, async () => {
          const body = Buffer.concat([Buffer.from([0x0a, namespace().length]), Buffer.from(namespace())]);
          assert.equal(said(await caller.worker(method, body, thief)), FORBIDDEN);
        });
        assert.equal(on.told[0]?.method, `/${WORKFLOW_SERVICE}/${method}`);
      });

    for (const path of [
      ...['ListSearchAttributes', 'AddSearchAttributes', 'DeleteNamespace', 'ListClusters', 'CreateNexusEndpoint'].map(
        (method) => `/temporal.api.operatorservice.v1.OperatorService/${method}`,
      ),
      '/temporal.api.cloud.cloudservice.v1.CloudService/GetUsers',
      '/temporal.server.api.adminservice.v1.AdminService/DescribeHistoryHost',
      '/temporal.server.api.historyservice.v1.HistoryService/StartWorkflowExecution',
      '/temporal.server.api.matchingservice.v1.MatchingService/PollActivityTaskQueue',
      '/temporal.api.testservice.v1.TestService/LockTimeSkipping',
      '/grpc.health.v1.Health/Check',
      '/grpc.health.v1.Health/Watch',
      '/grpc.reflection.v1.ServerReflection/ServerReflectionInfo',
      '/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo',
      '/grpc.channelz.v1.Channelz/GetServers',
      '/tandem.connector.v1.ConnectorService/Revoke',
      `/${WORKFLOW_SERVICE}/pollactivitytaskqueue`,
      `/${WORKFLOW_SERVICE}/PollActivityTaskQueue/`,
      `//${WORKFLOW_SERVICE}/PollActivityTaskQueue`,
      `/${WORKFLOW_SERVICE}/__proto__`,
      '/constructor',
      '/',
    ])
      it(`${path} is not let through`, () =>
        refused('methodForbidden', 1, async () => {
          assert.equal(said(await caller.call(path, Buffer.alloc(0), thief)), FORBIDDEN);
        }));

    it("polls of others' queues and of Temporal's own are refused, whether there is such a company or not", () => {
      const queues = [
        `qb-${globex}`,
        'qb-company-that-never-was',
        `QB-${acme}`,
        `qb-${acme} `,
        `qb-${acme}/../${globex}`,
        'qb-',
        '',
        'tandem-cloud',
        `/_sys/qb-${globex}/1`,
        `/_sys/qb-${acme}/1`,
        '/_sys/tandem-cloud/0',
        'temporal-sys-per-ns-tq',
        'desk:00000000-0000-4000-8000-000000000000',
      ];
      return refused('queueForeign', queues.length + 1, () =>
        eachSays(QUEUE, [
          ...queues.map((queue) => () => caller.worker('PollActivityTaskQueue', pollOf(namespace(), queue), thief)),
          () =>
            caller.worker(
              'ShutdownWorker',
              Buffer.from(
                v1.ShutdownWorkerRequest.encode({ namespace: namespace(), taskQueue: `qb-${globex}` }).finish(),
              ),
              thief,
            ),
        ]),
      );
    });

    it("a worker's account of itself is taken for its own queues alone", () =>
      refused('queueForeign', 1, async () => {
        const body = v1.RecordWorkerHeartbeatRequest.encode({
          namespace: namespace(),
          workerHeartbeat: [{ taskQueue: `qb-${acme}` }, { taskQueue: `qb-${globex}` }],
        }).finish();
        assert.equal(said(await caller.worker('RecordWorkerHeartbeat', Buffer.from(body), thief)), QUEUE);
      }));

    it('other namespaces are refused, whatever is asked of them', () => {
      const token = Buffer.alloc(60, 1);
      const asked = ['temporal-system', 'default2', ''];
      return refused('namespaceForeign', asked.length * 4, () =>
        eachSays(
          NAMESPACE,
          asked.flatMap((name) => [
            () => caller.worker('PollActivityTaskQueue', pollFor(name, acme), thief),
            () => caller.worker('RespondActivityTaskCompleted', completionOf(name, token), thief),
            () => caller.worker('RecordActivityTaskHeartbeat', completionOf(name, token), thief),
            () =>
              caller.worker(
                'DescribeNamespace',
                Buffer.from(v1.DescribeNamespaceRequest.encode({ namespace: name }).finish()),
                thief,
              ),
          ]),
        ),
      );
    });

    it("another company's key and presence are not to be had", () =>
      refused('companyForeign', 3, () =>
        eachSays(
          'PERMISSION_DENIED: the company is not yours',
          [globex, 'company-that-never-was', '__proto__'].map(
            (companyId) => () => caller.connector('CompanyKey', { companyId }, thief),
          ),
        ),
      ));

    it('task tokens that are not sealed, altered, of others, or none are refused for every answer', async () => {
      const mine = await on.task(acme, 'echo', 'right');
      const token = tokenIn(await caller.worker('PollActivityTaskQueue', pollFor(namespace(), acme), thief));
      const idle = await on.addCompany('Idle');
      const other = await on.enrol(idle);
      const theirs = await on.task(idle, 'echo', 'theirs');
      const foreign = tokenIn(await caller.worker('PollActivityTaskQueue', pollFor(namespace(), idle), other));
      const altered = (at: number): Buffer => {
        const copy = Buffer.from(token);
        copy.writeUInt8(copy.readUInt8(at) ^ 1, at);
        return copy;
      };
      const bare = token.subarray(1 + 32 + 1 + acme.length);
      const tokens = [
        bare,
        Buffer.concat([Buffer.alloc(33), token.subarray(33)]),
        ...[0, 1, 20, 33, 34, 40, token.length - 1].map(altered),
        token.subarray(0, token.length - 1),
        Buffer.concat([token, Buffer.from([0])]),
        foreign,
        Buffer.concat([token.subarray(0, 33), foreign.subarray(33)]),
        Buffer.alloc(0),
        Buffer.alloc(1, 1),
        Buffer.alloc(100_000, 1),
      ];
      const methods = [
        'RespondActivityTaskCompleted',
        'RespondActivityTaskFailed',
        'RespondActivityTaskCanceled',
        'RecordActivityTaskHeartbeat',
      ];
      await refused('tokenForeign', tokens.length * methods.length, () =>
        eachSays(
          TOKEN,
          methods.flatMap((method) =>
            tokens.map((each) => () => caller.worker(method, completionOf(namespace(), each), thief)),
          ),
        ),
      );
      // Which of two tokens counts is nobody's guess.
      await refused('malformed', 1, () =>
        eachSays(MALFORMED, [
          () =>
            caller.worker(
              'RespondActivityTaskCompleted',
              Buffer.concat([completionOf(namespace(), token), completionOf(namespace(), foreign)]),
              thief,
            ),
        ]),
      );
      const answer = completionOf(namespace(), token, 'right');
      assert.equal(said(await caller.worker('RespondActivityTaskCompleted', answer, thief)), 'OK');
      assert.equal(await mine.result(), 'right');
      const replayed = said(await caller.worker('RespondActivityTaskCompleted', answer, thief));
      assert.match(replayed, /^NOT_FOUND/);
      assert.ok(!replayed.includes(globex) && !replayed.includes(idle));
      const finish = completionOf(namespace(), foreign, 'theirs');
      assert.equal(said(await caller.worker('RespondActivityTaskCompleted', finish, other)), 'OK');
      assert.equal(await theirs.result(), 'theirs');
    });

    it('bodies of garbage are refused', async () => {
      const bodies = [
        Buffer.from('ffffffffffffffffffff', 'hex'),
        Buffer.from('0affffffff0f', 'hex'),
        Buffer.from('0a', 'hex'),
        Buffer.from('0b0c', 'hex'),
        Buffer.from('00', 'hex'),
        Buffer.from('0800', 'hex'),
        Buffer.from('0a80808080808080808080', 'hex'),
        Buffer.from('0a0578', 'hex'),
        Buffer.concat(Array.from({ length: 10_001 }, () => Buffer.from('7800', 'hex'))),
      ];
      const methods = ['PollActivityTaskQueue', 'RespondActivityTaskFailed', 'RecordWorkerHeartbeat', 'ShutdownWorker'];
      const sent = methods.flatMap((method) => bodies.map((body) => () => caller.worker(method, body, thief)));
      // Some are read as a message without a namespace.
      const counted = (): number => {
        const { malformed = 0, namespaceForeign = 0 } = gateway.stats().refused;
        return malformed + namespaceForeign;
      };
      const before = counted();
      for (const [index, call] of sent.entries())
        assert.ok([MALFORMED, NAMESPACE].includes(said(await call())), `call ${index}`);
      assert.equal(counted() - before, sent.length);
    });

    it('JSON that is none, or lies about its kinds, is refused', () => {
      const bodies = [
        '',
        '{',
        'null',
        '[]',
        '"x"',
        '{"companyId":7}',
        '{"companyId":{"__proto__":null}}',
        `{"companyId":"${'x'.repeat(5_000)}"}`,
        `${'['.repeat(8_000)}${']'.repeat(8_000)}`,
        '\u0000\u0001',
      ];
      return refused('malformed', bodies.length, () =>
        eachSays(
          MALFORMED,
          bodies.map((body) => () => caller.call(methodPath('CompanyKey'), Buffer.from(body), thief)),
        ),
      );
    });

    it('bodies that are too large are refused by what they say of themselves, or by what they inflate to', async () => {
      const large = completionOf(namespace(), Buffer.alloc(40, 1), 'x'.repeat(5_000_000));
      const bomb = completionOf(namespace(), Buffer.alloc(40, 1), '0'.repeat(100_000_000));
      const zipped = calling(gateway, { gzip: true });
      const words = 'RESOURCE_EXHAUSTED: the request is too large';
      await refused('tooLarge', 4, () =>
        eachSays(words, [
          () => caller.worker('RespondActivityTaskCompleted', large, thief),
          () => zipped.worker('RespondActivityTaskCompleted', bomb, thief),
          () => caller.worker('PollActivityTaskQueue', Buffer.alloc(300_000), thief),
          () => caller.connector('CompanyKey', { companyId: 'x'.repeat(20_000) }, thief),
        ]),
      );
    });

    it('frames that are no gRPC message are refused', async () => {
      const session = await rawSession(gateway, on.ca);
      closing.push(() => session.destroy());
      const sent = (body: Buffer): Promise<string> =>
        new Promise((resolve) => {
          const stream = rawStream(session, `/${WORKFLOW_SERVICE}/GetSystemInfo`, thief.secret);
          stream.once('response', (headers) => resolve(`${headers['grpc-status']}: ${headers['grpc-message']}`));
          stream.end(body);
        });
      const bodies = [
        Buffer.alloc(0),
        Buffer.alloc(3),
        framed(Buffer.from('0a', 'hex'), { length: 2 }),
        framed(Buffer.from('0a00', 'hex'), { length: 1 }),
        Buffer.concat([framed(Buffer.alloc(0)), framed(Buffer.alloc(0))]),
        framed(Buffer.from('not gzip'), { compressed: true }),
        framed(gzipSync(Buffer.alloc(10)).subarray(0, 12), { compressed: true }),
      ];
      await refused('malformed', bodies.length, async () => {
        for (const body of bodies) assert.equal(await sent(body), '3: the request cannot be read');
      });
    });

    it('a body that trickles in is ended, and holds no more than it may', async () => {
      const strict = await opened({ bodyMs: 300 });
      const session = await rawSession(strict, on.ca);
      closing.push(() => session.destroy());
      const path = `/${WORKFLOW_SERVICE}/RespondActivityTaskCompleted`;
      const ended = (stream: ReturnType<typeof rawStream>): Promise<string> =>
        new Promise((resolve) => stream.once('response', (headers) => resolve(String(headers['grpc-message']))));
      await refused(
        'bodyTooSlow',
        2,
        async () => {
          const [silent, started] = [rawStream(session, path, thief.secret), rawStream(session, path, thief.secret)];
          started.write(framed(Buffer.alloc(10), { length: 1_000_000 }));
          for (const stream of [silent, started])
            assert.equal(await ended(stream), 'the request did not arrive in time');
        },
        { at: strict },
      );
      await refused(
        'tooMuchHeld',
        2,
        async () => {
          const streams = Array.from({ length: 6 }, () => rawStream(session, path, thief.secret));
          const words = streams.map(ended);
          for (const stream of streams) stream.write(framed(Buffer.alloc(10), { length: 4_000_000 }));
          const said = await Promise.all(words);
          assert.equal(said.filter((each) => each === 'too much is being sent at once').length, 2);
        },
        { at: strict },
      );
    });

    it('whoever does not read its answers loses the connection', async () => {
      const strict = await opened({ answerMs: 300 });
      const session = await rawSession(strict, on.ca);
      closing.push(() => session.destroy());
      const closed = new Promise<void>((resolve) => session.once('close', () => resolve()));
      session.on('error', () => session.destroy());
      const handle = await on.task(acme, 'echo', 'x'.repeat(500_000));
      await refused(
        'readerTooSlow',
        1,
        async () => {
          const stream = rawStream(session, `/${WORKFLOW_SERVICE}/PollActivityTaskQueue`, thief.secret);
          stream.end(framed(pollFor(namespace(), acme)));
          stream.pause();
          await closed;
        },
        { at: strict },
      );
      await handle.terminate();
    });

    it('no more than two polls of a queue, and no more calls than its share', async () => {
      const strict = await opened({ callsPerCredential: 2, pollMs: 3_000 });
      const raw = calling(strict);
      const poll = () => raw.worker('PollActivityTaskQueue', pollFor(namespace(), acme), thief);
      await refused(
        'tooManyPolls',
        1,
        async () => {
          const held = [poll(), poll()];
          await until('two polls', () => strict.stats().polls === 2, { everyMs: 20 });
          assert.equal(said(await poll()), 'RESOURCE_EXHAUSTED: too many polls of this queue');
          await Promise.all(held);
        },
        { at: strict },
      );
      assert.equal(strict.stats().polls, 0);
      const narrow = await opened({ callsPerCredential: 0 });
      const many = calling(narrow);
      await refused(
        'tooManyCalls',
        1,
        async () => {
          const held = [0, 1].map(() =>
            many.worker('PollActivityTaskQueue', pollFor(namespace(), acme), { ...thief, withinMs: 3_000 }),
          );
          await until('two polls', () => narrow.stats().polls === 2, { everyMs: 20 });
          assert.equal(
            said(await many.worker('GetSystemInfo', Buffer.alloc(0), thief)),
            'RESOURCE_EXHAUSTED: too many calls at once',
          );
          await Promise.all(held);
        },
        { at: narrow },
      );
    });

    it('calls beyond its rate are refused, and it may go on a moment later', async () => {
      const strict = await opened({ calls: { perSecond: 50, burst: 10 } });
      const raw = calling(strict);
      const outcomes = await Promise.all(
        Array.from({ length: 60 }, () => raw.worker('GetSystemInfo', Buffer.alloc(0), thief)),
      );
      const words = new Set(outcomes.map(said));
      assert.deepEqual([...words].sort(), ['OK', 'RESOURCE_EXHAUSTED: too many calls']);
      assert.ok((strict.stats().refused.tooOften ?? 0) >= 10);
      await until('it may go on', async () => said(await raw.worker('GetSystemInfo', Buffer.alloc(0), thief)) === 'OK');
    });

    it('more connections than its share are of no use', async () => {
      const strict = await opened({ connectionsPerCredential: 2, firstCallMs: 500 });
      const raws = [calling(strict), calling(strict), calling(strict)];
      await refused(
        'tooManyConnections',
        1,
        async () => {
          const outcomes = [];
          for (const raw of raws) outcomes.push(said(await raw.worker('GetSystemInfo', Buffer.alloc(0), thief)));
          assert.deepEqual(outcomes, ['OK', 'OK', 'RESOURCE_EXHAUSTED: too many connections']);
        },
        { at: strict },
      );
      await until('it is closed', () => strict.stats().connections === 2, { everyMs: 20 });
    });

    it('a secret that was replaced is of no use', async () => {
      const desk = await on.enrol(acme);
      const first = await rotateSecret(on.store, desk.installationId, Date.now());
      const second = await rotateSecret(on.store, desk.installationId, Date.now());
      await refused(
        'credentialRefused',
        1,
        async () => {
          assert.equal(said(await caller.worker('GetSystemInfo', Buffer.alloc(0), { secret: first })), UNAUTHENTICATED);
        },
        { by: 'nobody' },
      );
      assert.equal(said(await caller.worker('GetSystemInfo', Buffer.alloc(0), { secret: second })), 'OK');
    });
  });

  describe('without a credential', () => {
    it('nothing is learned, whatever is called: all words are the same', async () => {
      const free = await opened({ refusedCalls: { perSecond: 1, burst: 1_000 } });
      const raw = calling(free);
      const paths = [
        ...methodsOf(v1.WorkflowService).map((method) => `/${WORKFLOW_SERVICE}/${method}`),
        ...(['Presence', 'Rotate', 'CompanyKey'] as const).map(methodPath),
        '/grpc.health.v1.Health/Check',
        '/temporal.api.operatorservice.v1.OperatorService/ListClusters',
        '/nothing',
      ];
      await refused(
        'credentialRefused',
        paths.length,
        () =>
          eachSays(
            UNAUTHENTICATED,
            paths.map((path) => () => raw.call(path, Buffer.from('garbage'), {})),
          ),
        { at: free, by: 'nobody' },
      );
      const [head, tail] = [thief.secret.slice(0, -1), thief.secret.slice(-1)];
      const secrets = [
        '',
        'nope',
        `${head}${tail === 'A' ? 'B' : 'A'}`,
        head,
        `${thief.secret}A`,
        thief.secret.toUpperCase(),
        `tci_${honest.installationId}_${'A'.repeat(43)}`,
        `tci_${'0'.repeat(16)}_${'A'.repeat(43)}`,
        'x'.repeat(8_000),
      ];
      await refused(
        'credentialRefused',
        secrets.length,
        () =>
          eachSays(
            UNAUTHENTICATED,
            secrets.map((secret) => () => raw.worker('GetSystemInfo', Buffer.alloc(0), { secret })),
          ),
        { at: free, by: 'nobody' },
      );
    });

    it('a large body is refused before it is read', async () => {
      const session = await rawSession(gateway, on.ca);
      closing.push(() => session.destroy());
      await refused(
        'credentialRefused',
        1,
        async () => {
          const stream = rawStream(session, `/${WORKFLOW_SERVICE}/RespondActivityTaskCompleted`, undefined);
          const answered = new Promise<string>((resolve) =>
            stream.once('response', (headers) => resolve(String(headers['grpc-status']))),
          );
          stream.write(framed(Buffer.alloc(0), { length: 4_000_000 }));
          assert.equal(await answered, '16');
        },
        { by: 'nobody' },
      );
    });

    it('guesses are stopped by address, and a connector that was good before is not shut out with them', async () => {
      const strict = await opened({ refusedCalls: { perSecond: 0.001, burst: 5 } });
      const good = calling(strict);
      assert.equal(said(await good.worker('GetSystemInfo', Buffer.alloc(0), thief)), 'OK');
      const secret = `tci_${'0'.repeat(16)}_${'A'.repeat(43)}`;
      const words = new Set<string>();
      for (let guess = 0; guess < 12; guess++) {
        const raw = rawCaller(strict, on.ca);
        words.add(said(await raw.worker('GetSystemInfo', Buffer.alloc(0), { secret })));
        raw.close();
      }
      assert.ok(words.has(UNAUTHENTICATED));
      assert.ok((strict.stats().refused.credentialRefused ?? 0) <= 6);
      assert.ok((strict.stats().refused.refusedTooOften ?? 0) >= 6);
      assert.equal(said(await good.worker('GetSystemInfo', Buffer.alloc(0), thief)), 'OK');
    });

    it('connector keys cannot be guessed: after ten wrong ones the address is refused, a good key with it', async () => {
      const raw = calling(await opened({}));
      const key = await createConnectorKey(on.store, acme, { by: 'test', at: Date.now() });
      const wrong = [
        `${key.slice(0, -4)}AAAA`,
        `tck_company-that-never-was_${'A'.repeat(32)}`,
        'nonsense',
        '__proto__',
      ];
      const words: string[] = [];
      for (let guess = 0; guess < 12; guess++)
        words.push(said(await raw.connector('Enrol', { key: wrong[guess % wrong.length] ?? '', name: 'thief' })));
      assert.equal(new Set(words.slice(0, 10)).size, 1, 'one refusal for all reasons');
      assert.match(words[0] ?? '', /^PERMISSION_DENIED: /);
      assert.match(words[11] ?? '', /^RESOURCE_EXHAUSTED: /);
      assert.match(said(await raw.connector('Enrol', { key, name: 'thief' })), /^RESOURCE_EXHAUSTED: /);
      for (const word of words) assert.ok(!word.includes(acme) && !word.includes('never-was'));
    });

    it('connections that say nothing, speak something else, or are too many are ended', async () => {
      const strict = await opened({ firstCallMs: 300, handshakeMs: 300, connectionsPerAddress: 3 });
      const port = Number(strict.address.split(':').at(-1));
      const over = (socket: Socket): Promise<void> => {
        socket.on('error', () => socket.destroy());
        socket.resume();
        return new Promise((resolve) => socket.once('close', () => resolve()));
      };
      const tls = (ALPNProtocols: string[]): TLSSocket => {
        const socket = connectTls({ port, host: '127.0.0.1', ca: on.ca, servername: 'localhost', ALPNProtocols });
        closing.push(() => void socket.destroy());
        return socket;
      };
      const alone = { at: strict, by: 'nobody' as const };
      await refused(
        'connectionUnused',
        1,
        async () => {
          const session = await rawSession(strict, on.ca);
          session.on('error', () => session.destroy());
          await new Promise<void>((resolve) => session.once('close', () => resolve()));
        },
        alone,
      );
      await refused('handshakeFailed', 1, () => over(connectTcp(port, '127.0.0.1')), alone);
      await refused(
        'handshakeFailed',
        1,
        async () => {
          const plain = connectTcp(port, '127.0.0.1');
          plain.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
          await over(plain);
        },
        alone,
      );
      await refused('handshakeFailed', 1, () => over(tls(['http/1.1'])), alone);
      await until('all are gone', () => strict.stats().connections === 0, { everyMs: 20 });
      await refused(
        'tooManyConnections',
        2,
        async () => {
          const sockets = Array.from({ length: 5 }, () => connectTcp(port, '127.0.0.1'));
          closing.push(() => {
            for (const socket of sockets) socket.destroy();
          });
          await Promise.all(sockets.map(over));
        },
        alone,
      );
    });

    it('a call that is no gRPC is refused', async () => {
      const session = await rawSession(gateway, on.ca);
      closing.push(() => session.destroy());
      await refused(
        'notGrpc',
        2,
        async () => {
          for (const headers of [
            { ':method': 'GET', ':path': '/' },
            { ':method': 'POST', ':path': `/${WORKFLOW_SERVICE}/GetSystemInfo`, 'content-type': 'application/json' },
          ]) {
            const stream = session.request(headers);
            const answered = new Promise<number>((resolve) =>
              stream.once('response', (answer) => resolve(Number(answer[':status']))),
            );
            assert.equal(await answered, 415);
          }
        },
        { by: 'nobody' },
      );
    });
  });

  describe('meanwhile', () => {
    it("the other company's tasks were done, each once and right", async () => {
      const done = await stopWork();
      assert.ok(done > 20, `${done} tasks`);
    });
    it('every reason that came up is one of the list', () => {
      for (const reason of Object.keys(gateway.stats().refused))
        assert.ok(REFUSAL_REASONS.some((known) => known === reason));
    });
  });
});
