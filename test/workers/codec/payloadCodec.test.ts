/** The payload codec: smaller on the wire, and nothing unreadable reaches a workflow. */
import assert from 'node:assert/strict';
import { deflateRawSync } from 'node:zlib';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import fc from 'fast-check';
import { createPayloadCodec, isUnreadable } from '../../../src/workers/codec/index.ts';

const codec = createPayloadCodec();
const bytes = (text: string) => new TextEncoder().encode(text);
const payload = (encoding: string, data: Uint8Array): Payload => ({ metadata: { encoding: bytes(encoding) }, data });
const decoded = async (given: Payload): Promise<unknown> => {
  const [one] = await codec.decode([given]);
  assert.ok(one);
  return defaultPayloadConverter.fromPayload(one);
};

describe('the payload codec', () => {
  it('gives back what went in', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 3 }), async (value) => {
        const [sent] = await codec.encode([defaultPayloadConverter.toPayload(value)]);
        assert.ok(sent);
        assert.deepEqual(await decoded(sent), JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  it('makes a page of records a fifth of its size', async () => {
    const page = Array.from({ length: 100 }, (_, i) => ({
      id: `${(4096 + i).toString(16)}-1700000000`,
      vendor: 'Cascade Supply',
      amountCents: 12_345 + i,
    }));
    const plain = defaultPayloadConverter.toPayload(page);
    const [sent] = await codec.encode([plain]);
    assert.ok((sent?.data?.length ?? Infinity) * 5 < (plain.data?.length ?? 0));
  });

  it('leaves a small payload as it is', async () => {
    const plain = defaultPayloadConverter.toPayload({ by: 'Ada' });
    assert.deepEqual(await codec.encode([plain]), [plain]);
  });

  const bomb = proto.temporal.api.common.v1.Payload.encode(
    payload('json/plain', new Uint8Array(32 * 1024 * 1024).fill(32)),
  ).finish();
  const broken: readonly (readonly [string, Payload])[] = [
    ['of an encoding nobody knows', payload('binary/encrypted', bytes('x'))],
    ['without metadata', { data: bytes('{}') }],
    ['that says JSON and is none', payload('json/plain', bytes('{"by": Ada}'))],
    ['that is no deflate stream', payload('binary/tandem-deflate', bytes('not deflated at all'))],
    ['that is cut short', payload('binary/tandem-deflate', deflateRawSync(bomb).subarray(0, 100))],
    ['that inflates to 32 MB', payload('binary/tandem-deflate', deflateRawSync(bomb))],
    ['that inflates to something else', payload('binary/tandem-deflate', deflateRawSync(bytes('\xff\xff\xff\xff')))],
  ];
  for (const [what, given] of broken)
    it(`turns a payload ${what} into a value that says so`, async () => assert.ok(isUnreadable(await decoded(given))));

  it('takes what a person typed as JSON, and nothing at all', async () => {
    assert.deepEqual(await decoded(payload('json/plain', bytes('{"by":"Ada"}'))), { by: 'Ada' });
    assert.equal(await decoded(payload('binary/null', new Uint8Array())), undefined);
  });
});
