/** The payload codec: what leaves is sealed for its company, and nothing unreadable reaches a workflow. */
import assert from 'node:assert/strict';
import { createCipheriv } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import {
  type ActivitySerializationContext,
  defaultPayloadConverter,
  type Payload,
  type SerializationContext,
  type WorkflowSerializationContext,
} from '@temporalio/common';
import proto from '@temporalio/proto';
import fc from 'fast-check';
import { workflowIdOf } from '../../../src/contract/index.ts';
import { createPayloadCodec, isUnreadable, keyIdOf } from '../../../src/workers/codec/index.ts';
import { fixedKey, fixedKeyring } from './fixedKeyring.ts';

const ACME = 'acme-company-1';
const OTHER = 'other-company-1';
const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

const workflowOf = (companyId: string): WorkflowSerializationContext => ({
  type: 'workflow',
  namespace: 'default',
  workflowId: workflowIdOf(companyId),
});
const activityOf = (companyId: string): ActivitySerializationContext => ({
  type: 'activity',
  namespace: 'default',
  workflowId: workflowIdOf(companyId),
  activityId: '1',
  isLocal: false,
});

const codec = createPayloadCodec(fixedKeyring());
const bytes = (text: string) => new TextEncoder().encode(text);
const payload = (encoding: string, data: Uint8Array, more: Record<string, string> = {}): Payload => ({
  metadata: Object.fromEntries(Object.entries({ encoding, ...more }).map(([name, text]) => [name, bytes(text)])),
  data,
});
const json = (value: unknown): Payload => defaultPayloadConverter.toPayload(value);

async function sealed(value: unknown, context: SerializationContext = activityOf(ACME), by = codec): Promise<Payload> {
  const [one] = await by.encode([json(value)], context);
  assert.ok(one);
  return one;
}
async function read(given: Payload, context: SerializationContext | undefined = activityOf(ACME), by = codec) {
  const [one] = await by.decode([given], context);
  assert.ok(one);
  return defaultPayloadConverter.fromPayload<unknown>(one);
}
const whyUnreadable = async (given: Payload, context?: SerializationContext): Promise<string> => {
  const value = await read(given, context);
  assert.ok(isUnreadable(value), JSON.stringify(value));
  return value.unreadable;
};

describe('the payload codec', () => {
  it('gives back what went in, to workflows and activities of the company', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 5 }), fc.boolean(), async (value, toWorkflow) => {
        const context = toWorkflow ? workflowOf(ACME) : activityOf(ACME);
        assert.deepEqual(await read(await sealed(value, context), context), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('gives back nothing, and raw bytes', async () => {
    assert.equal(await read(await sealed(undefined)), undefined);
    assert.deepEqual(await read(await sealed(Uint8Array.of(1, 2, 3))), Uint8Array.of(1, 2, 3));
  });

  it('seals all there is, however small: neither the value nor its encoding is in sight', async () => {
    for (const value of ['Ada', { vendor: 'Cascade Supply' }, undefined]) {
      const one = await sealed(value);
      const whole = Buffer.from(PayloadMessage.encode(one).finish()).toString('latin1');
      assert.doesNotMatch(whole, /Ada|vendor|Cascade|json|null/);
      assert.equal(keyIdOf(one), fixedKey(ACME).keyId);
      assert.deepEqual(Object.keys(one.metadata ?? {}).sort(), ['encoding', 'tandem-key']);
    }
  });

  it('never makes the same twice of the same', async () => {
    assert.notDeepEqual((await sealed('Ada')).data, (await sealed('Ada')).data);
  });

  it('makes a page of records a fifth of its size', async () => {
    const page = Array.from({ length: 100 }, (_, i) => ({
      id: `${(4096 + i).toString(16)}-1700000000`,
      vendor: 'Cascade Supply',
      amountCents: 12_345 + i,
    }));
    assert.ok(((await sealed(page)).data?.length ?? Infinity) * 5 < (json(page).data?.length ?? 0));
  });

  it('refuses to send what belongs to no company', async () => {
    const contexts = [
      undefined,
      { ...workflowOf(ACME), workflowId: 'nightly-report' },
      { ...activityOf(ACME), workflowId: '' },
    ];
    for (const context of contexts) await assert.rejects(codec.encode([json('Ada')], context), /no company/);
  });

  it('reads what was sealed with a key that was rotated since', async () => {
    const before = await sealed('Ada');
    const later = createPayloadCodec(fixedKeyring({ rotated: 1 }));
    assert.equal(await read(before, activityOf(ACME), later), 'Ada');
    assert.notEqual(keyIdOf(await sealed('Ada', activityOf(ACME), later)), keyIdOf(before));
    assert.ok(
      isUnreadable(await read(await sealed('Ada', activityOf(ACME), later))),
      'the new one, by who has the old key',
    );
  });
});

describe('a payload that was tampered with', () => {
  const key = fixedKey(ACME);
  /** What somebody makes who has the company’s key and bends the rules. */
  function bent(plain: Uint8Array, { companyId = ACME, keyId = key.keyId } = {}): Payload {
    const nonce = Buffer.alloc(12, 7);
    const cipher = createCipheriv('aes-256-gcm', key.key, nonce, { authTagLength: 16 });
    cipher.setAAD(Buffer.from(`${companyId}\0${keyId}`));
    const data = Buffer.concat([cipher.update(plain), cipher.final()]);
    return payload('binary/tandem-sealed', Buffer.concat([nonce, cipher.getAuthTag(), data]), { 'tandem-key': keyId });
  }
  const asItIs = (given: Payload, companyId = ACME) =>
    bent(Buffer.concat([Buffer.of(0), PayloadMessage.encode(given).finish()]), { companyId });
  const bomb = PayloadMessage.encode(payload('json/plain', new Uint8Array(32 * 1024 * 1024).fill(32))).finish();
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const changed = (given: Payload, change: (data: Buffer) => Buffer | undefined): Payload => {
    const data = Buffer.from(given.data ?? []);
    return { ...given, data: change(data) ?? data };
  };
  const flipped = (at: number) => async () =>
    changed(await sealed('Ada'), (data) => {
      data.writeUInt8((data.at(at) ?? 0) ^ 1, at < 0 ? data.length + at : at);
      return data;
    });

  const cases: readonly (readonly [string, () => Promise<Payload> | Payload])[] = [
    ['with another nonce', flipped(0)],
    ['with another tag', flipped(12)],
    ['altered at its first byte', flipped(28)],
    ['altered at its last byte', flipped(-1)],
    ['cut short', async () => changed(await sealed('Ada'), (data) => data.subarray(0, -1))],
    ['made longer', async () => changed(await sealed('Ada'), (data) => Buffer.concat([data, Buffer.of(0)]))],
    ['with a tag of four bytes', async () => changed(await sealed('Ada'), (data) => data.subarray(0, 16))],
    ['of one byte', async () => changed(await sealed('Ada'), (data) => data.subarray(0, 1))],
    ['without data', () => payload('binary/tandem-sealed', new Uint8Array(), { 'tandem-key': key.keyId })],
    ['sealed for another company', () => sealed('Ada', activityOf(OTHER))],
    [
      'sealed for another company, under the name of this one’s key',
      async () => ({ ...(await sealed('Ada', activityOf(OTHER))), metadata: (await sealed('Ada')).metadata ?? null }),
    ],
    ['bound to another company under this one’s key', () => asItIs(json('Ada'), OTHER)],
    ['under a key that nobody knows', async () => ({ ...(await sealed('Ada')), ...renamed('0123456789abcdef') })],
    ['under a key with a strange name', async () => ({ ...(await sealed('Ada')), ...renamed('../../etc/passwd') })],
    [
      'without the name of a key',
      async () => ({ ...(await sealed('Ada')), metadata: { encoding: bytes('binary/tandem-sealed') } }),
    ],
    ['that holds nothing', () => bent(new Uint8Array())],
    ['of a later release', () => bent(Buffer.of(9, 1, 2, 3))],
    ['that inflates to 32 MB', () => bent(Buffer.concat([Buffer.of(1), deflateRawSync(bomb)]))],
    ['that says it is deflated and is not', () => bent(Buffer.from('\x01not deflated'))],
    ['that is no payload inside', () => bent(Buffer.from('\x00\xff\xff\xff\xff', 'latin1'))],
    ['sealed within the seal', async () => asItIs(await sealed('Ada'))],
    ['whose JSON is none', () => asItIs(payload('json/plain', bytes('{"by": Ada}')))],
    ['whose JSON is empty', () => asItIs(payload('json/plain', new Uint8Array()))],
    ['whose JSON is no UTF-8', () => asItIs(payload('json/plain', Uint8Array.of(0x22, 0xff, 0xfe, 0x22)))],
    ['whose JSON is nested a hundred thousand deep', () => asItIs(payload('json/plain', bytes(deep)))],
    ['whose inner encoding is unknown', () => asItIs(payload('json/protobuf', bytes('{}')))],
    ['without an inner encoding', () => asItIs({ data: bytes('{}') })],
  ];
  function renamed(keyId: string): Payload {
    return { metadata: { encoding: bytes('binary/tandem-sealed'), 'tandem-key': bytes(keyId) } };
  }

  for (const [what, make] of cases)
    it(`${what} becomes a value that says it cannot be read, for activities and workflows`, async () => {
      const given = await make();
      assert.deepEqual(await whyUnreadable(given, activityOf(ACME)), await whyUnreadable(given, workflowOf(ACME)));
    });

  it('is answered with the same words, whichever of its company, key or content is wrong', async () => {
    const words = new Set<string>();
    for (const [, make] of cases.slice(0, 16)) words.add(await whyUnreadable(await make()));
    assert.equal(words.size, 1, [...words].join(' | '));
  });

  it('is never quoted', async () => {
    for (const given of [asItIs(payload('json/plain', bytes('{"secret-4711'))), payload('secret-4711', bytes('{}'))])
      for (const context of [activityOf(ACME), workflowOf(ACME)])
        assert.doesNotMatch(await whyUnreadable(given, context), /secret|4711/);
  });

  it('makes nobody throw, whatever it is', async () => {
    const anyBytes = fc.uint8Array({ maxLength: 80 });
    const encodings = fc.constantFrom('json/plain', 'binary/null', 'binary/plain', 'binary/tandem-sealed', 'x/y', '');
    await fc.assert(
      fc.asyncProperty(encodings, anyBytes, fc.boolean(), fc.boolean(), async (encoding, data, inside, toWorkflow) => {
        const given = payload(encoding, data, { 'tandem-key': key.keyId });
        await read(inside ? asItIs(given) : given, toWorkflow ? workflowOf(ACME) : activityOf(ACME));
      }),
      { numRuns: 500 },
    );
  });
});

describe('a payload that is not sealed', () => {
  const typed = payload('json/plain', bytes('{"by":"Ada"}'));

  it('is taken as typed by a person where it is for a workflow', async () => {
    assert.deepEqual(await read(typed, workflowOf(ACME)), { by: 'Ada' });
    assert.equal(await read(payload('binary/null', new Uint8Array()), workflowOf(ACME)), undefined);
  });

  it('is refused where it is of an activity', async () => {
    for (const given of [typed, payload('binary/null', new Uint8Array()), payload('binary/plain', bytes('Ada'))])
      assert.equal(await whyUnreadable(given, activityOf(ACME)), 'it is not sealed');
  });

  const forWorkflow: readonly (readonly [string, Payload])[] = [
    ['of raw bytes', payload('binary/plain', bytes('Ada'))],
    ['of an encoding nobody knows', payload('binary/encrypted', bytes('x'))],
    ['without metadata', { data: bytes('{}') }],
    ['that is nothing at all', {}],
    ['deflated', payload('binary/tandem-deflate', deflateRawSync(PayloadMessage.encode(typed).finish()))],
    ['that says JSON and is none', payload('json/plain', bytes('{"by": Ada}'))],
  ];
  for (const [what, given] of forWorkflow)
    it(`${what} is refused for a workflow too`, () => whyUnreadable(given, workflowOf(ACME)));

  it('is refused where it belongs to no company', async () => {
    for (const context of [undefined, { ...workflowOf(ACME), workflowId: 'nightly-report' }]) {
      const [one] = await codec.decode([typed], context);
      assert.ok(one && isUnreadable(defaultPayloadConverter.fromPayload(one)));
    }
  });

  it('is read in old histories, deflated or plain, by who asks for it', async () => {
    const replaying = createPayloadCodec(fixedKeyring(), { readUnsealed: true });
    const deflated = payload('binary/tandem-deflate', deflateRawSync(PayloadMessage.encode(typed).finish()));
    for (const given of [typed, deflated, await sealed({ by: 'Ada' })])
      for (const context of [activityOf(ACME), workflowOf(ACME)])
        if (given === typed || given === deflated || context.type === 'activity')
          assert.deepEqual(await read(given, context, replaying), { by: 'Ada' });
    assert.ok(isUnreadable(await read(payload('binary/tandem-deflate', bytes('none')), activityOf(ACME), replaying)));
  });
});

describe('while the keys cannot be had', () => {
  const away = createPayloadCodec({
    current: async () => Promise.reject(new Error('the store is away')),
    byId: async () => Promise.reject(new Error('the store is away')),
  });

  it('a task is to be tried again: what will be readable later is not called unreadable now', async () => {
    await assert.rejects(away.decode([await sealed('Ada')], activityOf(ACME)), /the store is away/);
    await assert.rejects(away.encode([json('Ada')], activityOf(ACME)), /the store is away/);
  });

  it('what is not sealed is judged all the same', async () => {
    assert.equal(await read(json('Ada'), workflowOf(ACME), away), 'Ada');
    assert.ok(isUnreadable(await read(json('Ada'), activityOf(ACME), away)));
  });
});
