import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  type Cents,
  type Decimal,
  formatCents,
  formatDecimal,
  parseCents,
  parseDecimal,
  productCents,
  sameDecimal,
  trimDecimal,
} from '../../src/domain/money.ts';

const MAX_AMOUNT = 10 ** 15 - 1;
const cents = fc.integer({ min: -MAX_AMOUNT, max: MAX_AMOUNT });
const decimal = fc.record(
  {
    units: fc.integer({ min: -(10 ** 9), max: 10 ** 9 }),
    scale: fc.integer({ min: 0, max: 5 }),
  },
  { noNullPrototype: true },
);

describe('amounts of money', () => {
  const read: readonly (readonly [text: string, cents: Cents | undefined])[] = [
    ['12', 1200],
    ['12.30', 1230],
    ['-12.30', -1230],
    ['+0.05', 5],
    ['0.00', 0],
    ['-0.00', 0],
    ['0000000000012', 1200],
    ['12.3', undefined],
    ['12.345', undefined],
    ['1,200.00', undefined],
    ['', undefined],
    [' 12.00', undefined],
    ['1e3', undefined],
    ['12.00 ', undefined],
    ['.50', undefined],
    ['$5.00', undefined],
    ['12345678901234', undefined],
    ['9999999999999.99', 999999999999999],
  ];
  for (const [text, expected] of read)
    it(`"${text}" is ${expected === undefined ? 'not an amount' : `${expected} cents`}`, () => {
      const found = parseCents(text);
      assert.equal(found, expected);
      assert.ok(!Object.is(found, -0));
    });

  const written: readonly (readonly [cents: Cents, text: string])[] = [
    [0, '0.00'],
    [5, '0.05'],
    [-5, '-0.05'],
    [100, '1.00'],
    [-123450, '-1234.50'],
  ];
  for (const [amount, text] of written)
    it(`${amount} cents are written ${text}`, () => assert.equal(formatCents(amount), text));

  it('an amount with a part of a cent is refused, never rounded', () => {
    for (const amount of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53])
      assert.throws(() => formatCents(amount), RangeError);
  });

  it('every amount that QuickBooks can hold reads as it was written', () => {
    fc.assert(fc.property(cents, (amount) => parseCents(formatCents(amount)) === amount));
  });
});

describe('costs, quantities and percentages', () => {
  const read: readonly (readonly [text: string, decimal: Decimal | undefined])[] = [
    ['3', { units: 3, scale: 0 }],
    ['1.25', { units: 125, scale: 2 }],
    ['-0.5', { units: -5, scale: 1 }],
    ['1.50', { units: 150, scale: 2 }],
    ['0.00001', { units: 1, scale: 5 }],
    ['-0', { units: 0, scale: 0 }],
    ['1.000000', undefined],
    ['12345678901', undefined],
    ['1.', undefined],
    ['', undefined],
    ['1,5', undefined],
  ];
  for (const [text, expected] of read)
    it(`"${text}" is ${expected === undefined ? 'refused' : `${expected.units} with ${expected.scale} decimals`}`, () =>
      assert.deepEqual(parseDecimal(text), expected));

  it('are written with the decimals they carry', () => {
    const table: readonly (readonly [Decimal, string])[] = [
      [{ units: 125, scale: 2 }, '1.25'],
      [{ units: -5, scale: 3 }, '-0.005'],
      [{ units: 0, scale: 2 }, '0.00'],
      [{ units: 7, scale: 0 }, '7'],
    ];
    for (const [value, text] of table) assert.equal(formatDecimal(value), text);
  });

  it('more than five decimals, or a part of a unit, cannot be written', () => {
    for (const value of [
      { units: 1, scale: 6 },
      { units: 1, scale: -1 },
      { units: 1, scale: 1.5 },
      { units: 0.5, scale: 1 },
    ])
      assert.throws(() => formatDecimal(value), RangeError);
  });

  it('1.500 and 1.5 are the same number, 1.5 and 15 are not', () => {
    assert.deepEqual(trimDecimal({ units: 1500, scale: 3 }), { units: 15, scale: 1 });
    assert.ok(sameDecimal({ units: 1500, scale: 3 }, { units: 15, scale: 1 }));
    assert.ok(!sameDecimal({ units: 15, scale: 1 }, { units: 15, scale: 0 }));
    assert.deepEqual(trimDecimal({ units: 0, scale: 4 }), { units: 0, scale: 0 });
  });

  it('read as they were written', () => {
    fc.assert(fc.property(decimal, (value) => assert.deepEqual(parseDecimal(formatDecimal(value)), value)));
  });
});

describe('quantity times cost', () => {
  const table: readonly (readonly [what: string, quantity: string, cost: string, cents: Cents])[] = [
    ['whole numbers', '3', '25.00', 7500],
    ['a cost with five decimals', '1000', '0.12345', 12345],
    ['half a cent goes up', '0.5', '0.01', 1],
    ['just under half a cent goes down', '0.49999', '0.01', 0],
    ['half a cent of a negative goes away from zero', '-0.5', '0.01', -1],
    ['1.005 is 1.01 (floating point says 1.00)', '1', '1.005', 101],
    ['three thirds', '3', '33.33333', 10000],
    ['nothing', '0', '99.99', 0],
    ['two negatives', '-2', '-1.25', 250],
  ];
  for (const [what, quantity, cost, expected] of table)
    it(`${what}: ${quantity} at ${cost} is ${formatCents(expected)}`, () => {
      const [q, c] = [parseDecimal(quantity), parseDecimal(cost)];
      assert.ok(q !== undefined && c !== undefined);
      const product = productCents(q, c);
      assert.equal(product, expected);
      assert.ok(!Object.is(product, -0));
    });

  it('too large for an exact number is said, not approximated', () => {
    assert.equal(productCents({ units: Number.MAX_SAFE_INTEGER, scale: 0 }, { units: 2, scale: 0 }), undefined);
  });

  it('is within half a cent of the exact product, and the same both ways round', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const product = productCents(a, b);
        assert.equal(product, productCents(b, a));
        if (product === undefined) return;
        const divisor = 10n ** BigInt(a.scale + b.scale);
        const off = BigInt(a.units) * BigInt(b.units) * 100n - BigInt(product) * divisor;
        assert.ok((off < 0n ? -off : off) * 2n <= divisor);
      }),
    );
  });

  it('changes its sign with either of the two', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const product = productCents(a, b) ?? 0;
        assert.equal((productCents({ ...a, units: -a.units }, b) ?? 0) + product, 0);
      }),
    );
  });
});
