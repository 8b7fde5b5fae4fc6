import assert from 'node:assert/strict';
import fc from 'fast-check';
import { canonicalJson, digestOf, sameJson } from '../../src/sync/index.ts';

/** The same data with the keys of every object in the reverse order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, held]) => [key, reversed(held)]),
  );
}

describe('the digest of a record', () => {
  const alike: readonly (readonly [what: string, a: unknown, b: unknown])[] = [
    ['the order of keys', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
    ['a field that is undefined', { a: 1, b: undefined }, { a: 1 }],
  ];
  for (const [what, a, b] of alike)
    it(`does not depend on ${what}`, () => {
      assert.equal(digestOf(a), digestOf(b));
      assert.ok(sameJson(a, b));
    });

  const different: readonly (readonly [what: string, a: unknown, b: unknown])[] = [
    ['the order of lines', [1, 2], [2, 1]],
    ['null and absent', { a: null }, {}],
    ['a number and its text', { a: 1 }, { a: '1' }],
    ['another value', { a: 'x' }, { a: 'y' }],
    ['where a value stands', { a: { b: 1 } }, { b: { a: 1 } }],
  ];
  for (const [what, a, b] of different)
    it(`tells apart ${what}`, () => {
      assert.notEqual(digestOf(a), digestOf(b));
      assert.ok(!sameJson(a, b));
    });

  it('is stable under the order of keys, for any data', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        assert.equal(canonicalJson(reversed(value)), canonicalJson(value));
        assert.match(digestOf(value), /^[0-9a-f]{32}$/);
      }),
    );
  });

  it('loses nothing: the canonical JSON reads as the same data', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => sameJson(JSON.parse(canonicalJson(value)), value)));
  });

  /** Two values that are often the same, or nearly. */
  const twins = fc
    .jsonValue()
    .chain((value) => fc.tuple(fc.constant(value), fc.oneof(fc.constant(reversed(value)), fc.jsonValue())));
  it('two values are the same data exactly when their canonical JSON is the same text', () => {
    fc.assert(fc.property(twins, ([a, b]) => assert.equal(sameJson(a, b), canonicalJson(a) === canonicalJson(b))));
    const odd = [undefined, null, Number.NaN, 0, -0, '', {}, [], [undefined], [null], { a: undefined }, { a: null }];
    for (const a of odd) for (const b of odd) assert.equal(sameJson(a, b), canonicalJson(a) === canonicalJson(b));
  });

  it('stays what it was in the releases before, for it is kept', () => {
    const record = { b: [{ z: 'Zoë "x"', a: -1.5, gone: undefined }, null, true], a: {}, A: '\u2028' };
    assert.equal(canonicalJson(record), '{"A":"\u2028","a":{},"b":[{"a":-1.5,"z":"Zoë \\"x\\""},null,true]}');
    assert.equal(digestOf(record), '172f8854834f7eb94df30c0a4845d485');
  });

  it('a key called __proto__ is a key like any other', () => {
    assert.notEqual(digestOf(JSON.parse('{"__proto__": {"a": 1}}')), digestOf({}));
  });
});
