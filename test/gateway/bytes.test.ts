/** The parts of the gateway that read bytes of others: fields, seals, rates. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { field, fieldsOf, single } from '../../src/gateway/protobufFields.ts';
import { createRateLimiter } from '../../src/gateway/rate.ts';
import { Refusal } from '../../src/gateway/refusal.ts';
import { createShares } from '../../src/gateway/shares.ts';
import { openToken, sealToken } from '../../src/gateway/tokenSeal.ts';

const bytes = (max = 300) => fc.uint8Array({ maxLength: max }).map((array) => Buffer.from(array));
const key = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((array) => Buffer.from(array));
const companyId = fc.stringMatching(/^[a-z0-9][a-z0-9-]{6,38}[a-z0-9]$/);

describe('protobuf by its outermost fields', () => {
  it('any bytes are read whole or refused; nothing else is thrown', () =>
    fc.assert(
      fc.property(bytes(), (message) => {
        try {
          const fields = fieldsOf(message);
          assert.deepEqual(Buffer.concat(fields.map(({ raw }) => raw)), message);
        } catch (error) {
          assert.ok(error instanceof Refusal && error.reason === 'malformed', String(error));
        }
      }),
      { numRuns: 2_000 },
    ));

  it('what is written is read again', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.integer({ min: 1, max: 5_000 }), bytes(400)), { maxLength: 20 }), (given) => {
        const fields = fieldsOf(Buffer.concat(given.map(([number, contents]) => field(number, contents))));
        assert.deepEqual(
          fields.map(({ number, contents }) => [number, contents]),
          given,
        );
      }),
    ));

  it('a field that comes twice, or is of another kind, is refused when it decides something', () => {
    const twice = Buffer.concat([field(1, 'a'), field(2, 'b'), field(1, 'c')]);
    assert.throws(() => single(fieldsOf(twice), 1), Refusal);
    assert.equal(single(fieldsOf(twice), 2)?.toString(), 'b');
    assert.equal(single(fieldsOf(twice), 3), undefined);
    assert.throws(() => single(fieldsOf(Buffer.from([0x08, 0x01])), 1), Refusal);
  });
});

describe('a sealed task token', () => {
  it('opens under the key it was sealed with, current or previous, and under no other', () =>
    fc.assert(
      fc.property(key, key, companyId, bytes(), (mine, other, company, token) => {
        fc.pre(!mine.equals(other));
        const sealed = sealToken(mine, company, token);
        const opened = { companyId: company, token };
        assert.deepEqual(openToken({ current: mine }, sealed), opened);
        assert.deepEqual(openToken({ current: other, previous: mine }, sealed), opened);
        assert.equal(openToken({ current: other }, sealed), undefined);
      }),
    ));

  it('any change of it, and any bytes that were never sealed, open under none', () =>
    fc.assert(
      fc.property(
        key,
        companyId,
        bytes(),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        (mine, company, token, at, by) => {
          const sealed = sealToken(mine, company, token);
          const changed = Buffer.from(sealed);
          changed.writeUInt8(changed.readUInt8(at % changed.length) ^ by, at % changed.length);
          assert.equal(openToken({ current: mine }, changed), undefined);
          assert.equal(openToken({ current: mine }, sealed.subarray(0, at % sealed.length)), undefined);
          assert.equal(openToken({ current: mine }, token), undefined);
        },
      ),
    ));
});

describe('a rate', () => {
  it('gives its burst at once, then so many a second, to each name apart', () => {
    let now = 0;
    const rate = createRateLimiter({ perSecond: 2, burst: 3 }, () => now);
    const taken = (name: string, times: number) =>
      Array.from({ length: times }, () => rate.take(name)).filter(Boolean).length;
    assert.equal(taken('a', 10), 3);
    assert.equal(taken('b', 2), 2);
    now += 1_000;
    rate.sweep();
    assert.ok(rate.has('a'));
    assert.equal(taken('a', 10), 2);
    assert.ok(!rate.has('a'));
    now += 60_000;
    rate.sweep();
    assert.equal(taken('a', 10), 3);
  });
});

describe('shares', () => {
  it('are given back once, whoever gives them back twice', () => {
    const shares = createShares();
    const first = shares.take('a', 2, 3);
    assert.equal(shares.take('a', 2, 3), undefined);
    assert.ok(first);
    first();
    first();
    assert.equal(shares.inUse('a'), 0);
    assert.ok(shares.take('a', 3, 3));
    assert.equal(shares.total(), 3);
  });
});
