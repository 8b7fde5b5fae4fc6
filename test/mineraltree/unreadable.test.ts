import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bills } from '../../src/mineraltree/entities/bill.ts';
import { Company } from '../../src/mineraltree/entities/company.ts';
import { readWith } from '../../src/mineraltree/entities/entity.ts';
import { items, terms } from '../../src/mineraltree/entities/lists.ts';
import { paymentMethods } from '../../src/mineraltree/entities/paymentMethod.ts';
import { vendors } from '../../src/mineraltree/entities/vendor.ts';

const ID = '2f436ea7-427d-4a12-9af5-73c8975c545d';
const OTHER = '6a0d3c1e-95f1-4c8e-8b64-0f4d1f0b8a11';
const identity = { id: ID, modified: '2026-10-05T15:15:08Z' };
const usd = (amount: number, precision = 2) => ({ amount, precision, currency: 'USD' });

describe('records that cannot be read', () => {
  const bill = {
    ...identity,
    vendor: { id: OTHER },
    transactionDate: '2026-10-01',
    amount: usd(100),
    balance: usd(100),
    state: 'Open',
  };
  const line = { lineNumber: 0, amountDue: usd(100) };

  const UNREADABLE: readonly (readonly [string, object, RegExp])[] = [
    ['an amount in mills', { ...bill, amount: usd(100, 3) }, /^amount\.precision: .*not rescaled/],
    ['an amount without a precision', { ...bill, amount: { amount: 100 } }, /^amount\.precision/],
    [
      'an amount in euros',
      { ...bill, amount: { ...usd(100), currency: 'EUR' } },
      /^amount\.currency: another currency/,
    ],
    ['an amount with decimals', { ...bill, amount: usd(1.5) }, /^amount\.amount/],
    ['an amount beyond whole numbers', { ...bill, amount: usd(2 ** 53) }, /^amount\.amount/],
    ['an amount as text', { ...bill, amount: { ...usd(1), amount: '1' } }, /^amount\.amount/],
    ['an infinite amount', { ...bill, amount: usd(Number.POSITIVE_INFINITY) }, /^amount\.amount/],
    ['no amount', { ...bill, amount: null }, /^amount/],
    [
      'a line in another currency',
      { ...bill, expenses: [{ ...line, amountDue: { ...usd(1), currency: 'CAD' } }] },
      /^expenses\.0\.amountDue\.currency/,
    ],
    [
      'a quantity of six decimals',
      { ...bill, items: [{ ...line, quantity: { value: 1, precision: 6 } }] },
      /^items\.0\.quantity\.precision/,
    ],
    ['lines that are no list', { ...bill, items: { length: 1e9 } }, /^items/],
    [
      'a date with a time of day',
      { ...bill, transactionDate: '2026-10-01T23:00:00Z' },
      /^transactionDate: .*time of day/,
    ],
    ['a date that does not exist', { ...bill, dueDate: '2026-02-30' }, /^dueDate/],
    ['no vendor', { ...bill, vendor: { id: null } }, /^vendor: is not set/],
    ['a state that is not known', { ...bill, state: 'Any' }, /^state/],
    ['a memo with NUL', { ...bill, memo: 'a\0b' }, /^memo: has NUL/],
    ['a memo with half a character', { ...bill, memo: 'a\ud800' }, /^memo: has NUL or half/],
    ['an endless memo', { ...bill, memo: 'x'.repeat(10_000) }, /^memo: longer than/],
    ['no time of change', { ...bill, modified: undefined }, /^modified/],
    [
      'a time of change that does not exist',
      { ...bill, modified: '2026-13-05T15:15:08Z' },
      /^modified: not a time that/,
    ],
    ['a memo from a prototype', JSON.parse(`{"__proto__": {"state": "Open"}, "id": "${ID}"}`), /./],
  ];
  for (const [what, wire, reason] of UNREADABLE)
    it(`does not read an invoice with ${what}, and says why without the value`, () => {
      const reading = bills.read(wire);
      assert.ok('reason' in reading, JSON.stringify(reading));
      assert.equal(reading.unreadable, ID);
      assert.match(reading.reason, reason);
    });

  for (const raw of [null, undefined, 7, 'x', [], [[[]]], { id: {} }, { id: '../../etc' }])
    it(`does not read ${JSON.stringify(raw)}, whose ID is not legible either`, () => {
      const reading = bills.read(raw);
      assert.ok('reason' in reading);
      assert.equal(reading.unreadable, undefined);
    });

  it('does not let a hostile member into the record or its prototype', () => {
    const wire: unknown = JSON.parse(
      JSON.stringify(bill).replace('{', '{"__proto__":{"polluted":1},"constructor":{"x":1},'),
    );
    const reading = bills.read(wire);
    assert.ok('record' in reading);
    assert.deepEqual(
      Object.keys(reading.record).filter((key) => key === '__proto__' || key === 'constructor'),
      [],
    );
    assert.equal('polluted' in reading.record, false);
  });

  it('reads an invoice whose currency is not told, and one without lines', () => {
    const reading = bills.read({ ...bill, amount: { amount: 100, precision: 2 }, expenses: null });
    assert.ok('record' in reading);
    assert.deepEqual([reading.record.amountCents, reading.record.expenses, reading.record.items], [100, [], []]);
  });

  /** JSON of any shape, most of it under the names of members that are looked at. */
  const member = fc.oneof(
    fc.jsonValue(),
    fc.constantFrom<unknown>(ID, identity.modified, usd(1), [usd(1)], [{ number: 1 }], { id: ID }, -0, 1e308, '\0'),
  );
  const names = [
    ...Object.keys(bill),
    'name',
    'expenses',
    'items',
    'address',
    'phones',
    'emails',
    'cost',
    'discountPercent',
  ];
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(fc.constantFrom(...names, 'bankAccount', 'type', '__proto__', 'constructor'), member),
    fc
      .record({ changed: fc.constantFrom(...names), member })
      .map(({ changed, member: value }) => ({ ...bill, [changed]: value })),
  );
  for (const entity of [bills, vendors, items, terms, paymentMethods])
    it(`reads any JSON as a ${entity.wrapper} or says why not, and never throws`, () => {
      fc.assert(
        fc.property(anything, (wire) => {
          const reading = entity.read(wire);
          return 'record' in reading ? typeof reading.record.id === 'string' : reading.reason !== '';
        }),
        { numRuns: 500 },
      );
    });
});

describe('companies', () => {
  it('keeps the payment methods that can be read when one cannot', () => {
    const methods = [
      { id: OTHER, type: 'ACH', status: 'Active', bankAccount: { name: 'Checking' } },
      { id: ID, type: 'ACH', status: 'Active' },
    ];
    const reading = readWith(Company, { id: ID, name: 'Acme', paymentMethods: methods });
    assert.ok('record' in reading);
    assert.deepEqual(reading.record.paymentMethods, [
      {
        record: { id: OTHER, modified: '1970-01-01T00:00:00Z', name: 'Checking', type: 'ACH', status: 'Active' },
      },
      { unreadable: ID, reason: 'the record: has none of bankAccount, card and account' },
    ]);
  });
});
