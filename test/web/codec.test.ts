/** The codec server: who may read which payloads, what they see, and what is written down about it. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { Client, Connection } from '@temporalio/client';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import { until } from '../../src/cli/until.ts';
import { CLOUD_QUEUE, workflowIdOf } from '../../src/contract/index.ts';
import {
  createPersonalToken,
  createStoredKeyring,
  currentCompanyKey,
  listAudit,
  listPeople,
  removePerson,
  rotateCompanyKey,
} from '../../src/store/index.ts';
import { createDecodeAudit } from '../../src/web/decodeAudit.ts';
import { createDataConverter } from '../../src/workers/codec/index.ts';
import { seal } from '../../src/workers/codec/sealing.ts';
import { temporalCli, testTemporal } from '../local/servers.ts';
import { log } from '../store/postgres.ts';
import { openTestWeb, type TestBrowser, type TestWeb } from './openWeb.ts';

interface Wire {
  readonly metadata?: Record<string, string>;
  readonly data?: string;
}

const JSON_BODY = { 'content-type': 'application/json', 'x-namespace': 'default' };
const BILL = { vendor: 'Acorn Supply', cents: 120_000 };

describe('the codec server', function () {
  this.timeout(60_000);
  let opened: TestWeb;
  let operator: TestBrowser;
  let accountant: TestBrowser;

  before(async () => {
    opened = await openTestWeb();
    operator = await opened.comeIn('Olga', 'operator');
    accountant = await opened.comeIn('Ada', 'accountant', [opened.acme]);
  });
  after(() => opened.stop());

  const plain = (value: unknown): Payload => {
    const payload = defaultPayloadConverter.toPayload(value);
    if (payload === undefined) throw new TypeError('no payload');
    return payload;
  };
  const sealedFor = async (companyId: string, value: unknown = BILL): Promise<Payload> =>
    seal(plain(value), companyId, await currentCompanyKey(opened.store, companyId));
  const decode = async (reader: TestBrowser, payloads: readonly Wire[]): Promise<readonly Wire[]> => {
    const answer = await reader.post('/codec/decode', JSON.stringify({ payloads }), JSON_BODY);
    assert.equal(answer.status, 200);
    return ((await answer.json()) as { payloads: Wire[] }).payloads;
  };
  const shown = (wire: Wire | undefined): unknown => JSON.parse(Buffer.from(wire?.data ?? '', 'base64').toString());

  it('shows an operator what was sealed for any company, in the order that was asked', async () => {
    const { acme, birch } = opened;
    const asked = await Promise.all([sealedFor(birch, 'birch'), sealedFor(acme), sealedFor(birch, [1, 2])]);
    const answered = await decode(operator, asked.map(wireOf));
    assert.deepEqual(answered.map(shown), ['birch', BILL, [1, 2]]);
    assert.equal(Buffer.from(answered[0]?.metadata?.encoding ?? '', 'base64').toString(), 'json/plain');
  });

  it('reads what was sealed before the company’s key was changed', async () => {
    const old = wireOf(await sealedFor(opened.acme));
    await rotateCompanyKey(opened.store, opened.acme, { by: 'test', at: opened.now });
    const fresh = wireOf(await sealedFor(opened.acme, 'fresh'));
    assert.deepEqual((await decode(operator, [old, fresh])).map(shown), [BILL, 'fresh']);
  });

  it('shows an accountant their company, and of another one no more than of a key that does not exist', async () => {
    const { acme, birch } = opened;
    const unknown = await seal(plain(BILL), birch, { keyId: '0123456789abcdef', key: Buffer.alloc(32, 1) });
    const [own, foreign, made] = await decode(
      accountant,
      [await sealedFor(acme), await sealedFor(birch), unknown].map(wireOf),
    );
    assert.deepEqual(shown(own), BILL);
    assert.deepEqual(foreign, made, 'word for word the same');
    assert.match(String((shown(foreign) as { unreadable: string }).unreadable), /not known, or belongs to a company/);
  });

  const notes: [what: string, wire: () => Promise<Wire>, note: RegExp][] = [
    ['damaged', async () => damaged(await sealedFor(opened.acme)), /damaged, or was sealed for another company/],
    ['empty', async () => ({ ...wireOf(await sealedFor(opened.acme)), data: '' }), /damaged/],
    [
      'sealed for one company under the key of another',
      async () => wireOf(await seal(plain(BILL), opened.birch, await currentCompanyKey(opened.store, opened.acme))),
      /damaged, or was sealed for another company/,
    ],
    ['a bomb once it is inflated', async () => wireOf(await bomb()), /damaged/],
    ['without a key', async () => ({ metadata: { encoding: b64('binary/tandem-sealed') }, data: '' }), /not known/],
    [
      'of an encoding of ours that is not in use',
      async () => ({ metadata: { encoding: b64('binary/tandem-next') }, data: b64('x') }),
      /encoding is not in use/,
    ],
  ];
  for (const [what, wire, note] of notes)
    it(`a payload that is ${what} comes back as a note, beside others that are read`, async () => {
      const [said, read] = await decode(operator, [await wire(), wireOf(await sealedFor(opened.acme))]);
      assert.match(String((shown(said) as { unreadable: string }).unreadable), note);
      assert.deepEqual(shown(read), BILL);
    });

  it('what was never sealed comes back as it was, whatever else is in it', async () => {
    const asked = [
      wireOf(plain({ by: 'Olga' })),
      { metadata: { encoding: b64('json/protobuf'), messageType: b64('x.Y') }, data: b64('{}') },
      { metadata: {}, data: '' },
      { metadata: { encoding: b64('binary/null') } },
      { metadata: { encoding: b64('json/plain') }, data: b64('not JSON'), externalPayloads: [{ sizeBytes: '5' }] },
      {},
    ];
    assert.deepEqual(await decode(operator, asked), asked);
  });

  describe('refuses', () => {
    const token = async (name: string): Promise<string> => {
      const person = (await listPeople(opened.store.db)).find((one) => one.name === name);
      return createPersonalToken(opened.store, person?.personId ?? '', { name: 'test', by: 'test', at: opened.now });
    };
    const body = async (): Promise<string> => JSON.stringify({ payloads: [wireOf(await sealedFor(opened.acme))] });
    const asked: [what: string, status: number, ask: () => Promise<Response>][] = [
      ['somebody who is not signed in', 401, async () => opened.browser().post('/codec/decode', await body())],
      [
        'a page of another site, whatever the cookie',
        403,
        async () => operator.post('/codec/decode', await body(), { origin: 'https://evil.example' }),
      ],
      [
        'a program that carries the cookie and says not from where',
        403,
        async () => operator.ask('/codec/decode', { method: 'POST', body: await body() }),
      ],
      ['a token that was made up', 401, async () => bearer(`ttp_${'x'.repeat(43)}`, await body())],
      ['a token that is none', 401, async () => bearer('', await body())],
      [
        'a password in the token’s place',
        401,
        async () =>
          opened.browser().ask('/codec/decode', {
            method: 'POST',
            body: await body(),
            headers: { authorization: `Basic ${b64('Olga:correct horse battery')}` },
          }),
      ],
      [
        'a token of somebody who was removed',
        401,
        async () => {
          await opened.comeIn('Leaver', 'operator');
          const theirs = await token('Leaver');
          assert.equal((await bearer(theirs, await body())).status, 200);
          const person = (await listPeople(opened.store.db)).find((one) => one.name === 'Leaver');
          await removePerson(opened.store, person?.personId ?? '', { by: 'test', at: opened.now });
          return bearer(theirs, await body());
        },
      ],
      [
        'a wrong token even beside a good cookie',
        401,
        async () => operator.post('/codec/decode', await body(), { authorization: 'Bearer wrong-wrong-wrong-wrong' }),
      ],
      ['what is not JSON', 400, () => operator.post('/codec/decode', 'not JSON')],
      ['a list without a name', 400, () => operator.post('/codec/decode', '[]')],
      ['data that are not base64', 400, () => operator.post('/codec/decode', '{"payloads":[{"data":"<>"}]}')],
      [
        'more payloads than it takes at a time',
        400,
        () => operator.post('/codec/decode', JSON.stringify({ payloads: Array(2_001).fill({}) })),
      ],
      [
        'a body that is too large',
        413,
        () => operator.post('/codec/decode', `{"payloads":[{"data":"${'A'.repeat(17 * 1024 * 1024)}"}]}`),
      ],
      ['to encode anything', 403, async () => operator.post('/codec/encode', await body())],
      ['to answer a plain look', 404, () => operator.get('/codec/decode')],
    ];
    for (const [what, status, ask] of asked)
      it(what, async () => {
        const answer = await ask();
        assert.equal(answer.status, status);
        assert.doesNotMatch(await answer.text(), /Acorn|cents/);
        assert.equal(answer.headers.get('access-control-allow-origin'), null);
      });
  });

  it('the `temporal` command shows a sealed input by a personal token, and not without one', async () => {
    const temporal = await testTemporal();
    const connection = await Connection.connect({ address: temporal.address });
    try {
      const { store, acme } = opened;
      const dataConverter = createDataConverter(createStoredKeyring(store));
      const workflowId = workflowIdOf(acme);
      await new Client({ connection, namespace: temporal.namespace, dataConverter }).workflow.start('nobodyRunsThis', {
        workflowId,
        taskQueue: CLOUD_QUEUE,
        args: [BILL],
      });
      const person = (await listPeople(store.db)).find(({ name }) => name === 'Ada');
      const mine = await createPersonalToken(store, person?.personId ?? '', { name: 'cli', by: 'Ada', at: opened.now });
      const show = async (...more: string[]): Promise<string> => {
        const args = ['workflow', 'show', '--workflow-id', workflowId, '--namespace', temporal.namespace];
        args.push('--address', temporal.address, '--output', 'json', '--disable-config-file', ...more);
        const { stdout } = await promisify(execFile)(await temporalCli(), args);
        return stdout;
      };
      const readable = b64(JSON.stringify(BILL));
      const codec = ['--codec-endpoint', `${opened.web.url}/codec`, '--codec-auth', `Bearer ${mine}`];
      assert.ok((await show(...codec)).includes(readable));
      assert.ok(!(await show()).includes(readable));
    } finally {
      await connection.close();
      await temporal.stop();
    }
  });

  describe('writes into the company’s audit', () => {
    it('who read, how much, before it is answered; and what was read in the minute after as one more line', async () => {
      const { store, birch } = opened;
      const audit = createDecodeAudit({ store, log, clock: () => opened.now, apartMs: 300 });
      const lines = async (): Promise<readonly unknown[]> =>
        (await listAudit(store.db, birch))
          .filter(({ who, what }) => who === 'Rita' && what === 'read payloads')
          .map(({ detail }) => detail);
      await audit.note('Rita', new Map([[birch, 3]]));
      assert.deepEqual(await lines(), [{ payloads: 3 }]);
      await Promise.all([2, 4, 1].map((read) => audit.note('Rita', new Map([[birch, read]]))));
      assert.deepEqual(await lines(), [{ payloads: 3 }]);
      await until('the line of the minute', async () => (await lines()).length === 2);
      assert.deepEqual(await lines(), [{ payloads: 7 }, { payloads: 3 }]);
      await audit.note('Rita', new Map([[birch, 5]]));
      await audit.stop();
      assert.deepEqual((await lines()).at(0), { payloads: 5 }, 'what was counted is written when the server stops');
    });

    it('nothing when nothing was opened', async () => {
      const before = (await listAudit(opened.store.db, opened.birch, 1_000)).length;
      await decode(accountant, [wireOf(await sealedFor(opened.birch))]);
      assert.equal((await listAudit(opened.store.db, opened.birch, 1_000)).length, before);
    });

    it('and when it cannot be written, what was to be read is not shown', async () => {
      const audit = createDecodeAudit({ store: opened.store, log, clock: () => opened.now });
      const unwritable = new Map([['no-such-company', 1]]);
      await assert.rejects(audit.note('Rita', unwritable));
      await assert.rejects(audit.note('Rita', unwritable), 'the next one is not counted as if it were written');
      await audit.stop();
    });
  });

  async function bearer(token: string, body: string): Promise<Response> {
    return opened.browser().ask('/codec/decode', {
      method: 'POST',
      body,
      headers: { ...JSON_BODY, authorization: `Bearer ${token}` },
    });
  }
  /** Twenty megabytes of blanks, sealed as a connector could that means harm. */
  const bomb = (): Promise<Payload> => sealedFor(opened.acme, ' '.repeat(20 * 1024 * 1024));
});

const b64 = (text: string): string => Buffer.from(text).toString('base64');

const wireOf = ({ metadata, data }: Payload): Wire => ({
  metadata: Object.fromEntries(
    Object.entries(metadata ?? {}).map(([name, value]) => [name, Buffer.from(value).toString('base64')]),
  ),
  data: Buffer.from(data ?? []).toString('base64'),
});

function damaged(payload: Payload): Wire {
  const data = Buffer.from(payload.data ?? []);
  data[data.length - 1] = (data.at(-1) ?? 0) ^ 1;
  return wireOf({ ...payload, data });
}
