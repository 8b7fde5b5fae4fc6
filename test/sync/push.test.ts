import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Draft, GlAccount, Invoice, Term } from '../../src/domain/payables.ts';
import { changedFields, decidePush, digestOf, naturalKeyOf } from '../../src/sync/index.ts';
import { ACME, invoice, mt, uuid, without } from './acme.ts';

const rent: Draft<GlAccount> = { externalId: '80000001-1', name: 'Rent', active: true, ledgerType: 'EXPENSE_ACCOUNT' };
const stamp = { id: uuid('glAccount', 1), modified: '2026-11-24T09:00:00Z' };
const inStep = { payablesId: stamp.id, pushedDigest: digestOf(rent), readBack: rent };
const push = (input: Omit<Parameters<typeof decidePush<Draft<GlAccount>>>[0], 'kind' | 'desired'>, desired = rent) =>
  decidePush({ kind: 'glAccount', desired, ...input });

describe('an account that is new in QuickBooks', () => {
  it('is created', () => assert.deepEqual(push({}), { kind: 'create', draft: rent }));

  it('is adopted where MineralTree names it already, and brought up to date', () =>
    assert.deepEqual(push({ found: [{ ...stamp, ...rent, name: 'RENT', accountNumber: '6100' }] }), {
      kind: 'adopt',
      payablesId: stamp.id,
      draft: rent,
      changes: { name: 'Rent', accountNumber: null },
    }));

  it('is adopted without a write where nothing differs', () => {
    const decision = push({ found: [{ ...stamp, ...rent }] });
    assert.ok(decision.kind === 'adopt');
    assert.deepEqual(decision.changes, {});
  });

  it('is a problem, and never a second account, where MineralTree has one of that name from before', () => {
    const decision = push({ found: [{ ...stamp, ...without(rent, 'externalId'), name: ' rent ' }] });
    assert.ok(decision.kind === 'problem');
    assert.deepEqual(decision.problems, [
      { code: 'unmatchedOnFirstDay', params: { what: 'the account', name: 'Rent', ledgerId: '80000001-1' } },
    ]);
  });

  it('is created beside one of that name that is another account of QuickBooks', () =>
    assert.equal(push({ found: [{ ...stamp, ...rent, externalId: '80000002-1' }] }).kind, 'create'));

  it('is a problem where two records name it', () => {
    const decision = push({
      found: [
        { ...stamp, ...rent },
        { ...stamp, id: uuid('glAccount', 2), ...rent },
      ],
    });
    assert.ok(decision.kind === 'problem');
    assert.equal(decision.problems[0]?.code, 'ambiguousInMineralTree');
    assert.equal(decision.problems[0]?.params.count, '2');
  });
});

describe('terms that are new in QuickBooks', () => {
  const net30: Draft<Term> = { externalId: '80000009-1', name: 'Net 30', active: true, dueDays: 30 };
  const from = (found: Partial<Draft<Term>>) =>
    decidePush<Draft<Term>>({
      kind: 'term',
      desired: net30,
      found: [{ ...stamp, ...without(net30, 'externalId'), ...found }],
    });

  it('are those of MineralTree of the same name and days: a person made them there, or the store is older than the ledgers', () =>
    assert.deepEqual(from({}), { kind: 'adopt', payablesId: stamp.id, draft: net30, changes: {} }));

  it('are a problem where MineralTree has other days under that name', () =>
    assert.equal(from({ dueDays: 31 }).kind, 'problem'));
});

describe('an account that MineralTree has', () => {
  it('is left alone when QuickBooks has nothing new to say', () =>
    assert.deepEqual(push({ link: inStep }), { kind: 'nothing' }));

  it('is left alone where MineralTree made something else of what we wrote', () =>
    assert.deepEqual(push({ link: { ...inStep, readBack: { ...rent, name: 'RENT' } } }), { kind: 'nothing' }));

  it('gets the changed fields alone', () =>
    assert.deepEqual(push({ link: inStep }, { ...rent, active: false }), {
      kind: 'update',
      payablesId: stamp.id,
      draft: { ...rent, active: false },
      changes: { active: false },
    }));

  it('has a field emptied that QuickBooks has no more', () => {
    const before = { ...rent, accountNumber: '6100' };
    const decision = push({ link: { ...inStep, pushedDigest: digestOf(before), readBack: before } });
    assert.ok(decision.kind === 'update');
    assert.deepEqual(decision.changes, { accountNumber: null });
  });

  it('is left alone when it came to be as desired by another way', () => {
    const desired = { ...rent, name: 'Rent 2' };
    assert.deepEqual(push({ link: { ...inStep, readBack: desired } }, desired), { kind: 'nothing' });
  });
});

describe('a bill that MineralTree has from before', () => {
  const draft = { ...without(without(invoice(), 'id'), 'modified'), externalId: 'T1' };
  const nameOf = (desired: Draft<Invoice>): string | undefined => {
    const decision = decidePush<Draft<Invoice>>({
      kind: 'invoice',
      desired,
      found: [{ ...without(desired, 'externalId'), id: uuid('invoice', 9) }],
    });
    return decision.kind === 'problem' ? decision.problems[0]?.params.name : undefined;
  };
  it('is a problem, named by its number', () => assert.equal(nameOf(draft), 'A-100'));
  it('or by date and amount where it has none', () =>
    assert.equal(nameOf(without(draft, 'invoiceNumber')), 'of 2026-11-20 over 175.00'));
});

describe('what differs', () => {
  const draft: Draft<Invoice> = without(without(invoice(), 'id'), 'modified');

  const same: readonly (readonly [what: string, record: Draft<Invoice>])[] = [
    ['a reference that comes back with more about it', { ...draft, vendor: { ...mt(ACME.vendor), externalId: 'x' } }],
    [
      'a quantity written 3.00',
      { ...draft, items: draft.items.map((line) => ({ ...line, quantity: { units: 300, scale: 2 } })) },
    ],
    ['the ID of the ledger, which MineralTree keeps for good', { ...draft, externalId: 'other' }],
    ['a discount that MineralTree took: nobody writes it', { ...draft, appliedDiscountCents: 350 }],
  ];
  for (const [what, record] of same) it(`is not ${what}`, () => assert.deepEqual(changedFields(draft, record), {}));

  it('is each field with another value, lines as a whole, null for one that is gone', () =>
    assert.deepEqual(changedFields({ ...without(draft, 'memo'), amountCents: 1, items: [] }, draft), {
      amountCents: 1,
      items: [],
      memo: null,
    }));

  it('carried over, leaves nothing that differs', () => {
    const text = fc.option(fc.string({ maxLength: 3 }), { nil: undefined });
    const record = fc.record({ name: fc.string({ maxLength: 3 }), active: fc.boolean(), accountNumber: text });
    fc.assert(
      fc.property(record, record, (desired, had) => {
        const changes = Object.entries(changedFields(desired, had)).map(([field, value]) => [
          field,
          value ?? undefined,
        ]);
        assert.deepEqual(changedFields(desired, { ...had, ...Object.fromEntries(changes) }), {});
      }),
    );
  });
});

describe('what people take for the same', () => {
  const base = { vendor: { id: 'v' }, invoiceNumber: 'A-1', transactionDate: '2026-11-20', amountCents: 100 };
  const table: readonly (readonly [what: string, a: object, b: object, same: boolean])[] = [
    ['number in other case, with spaces', { invoiceNumber: ' a-1 ' }, {}, true],
    ['another date and amount under one number', { transactionDate: '2026-01-01', amountCents: 5 }, {}, true],
    ['another number', { invoiceNumber: 'A-2' }, {}, false],
    ['another vendor', { vendor: { id: 'w' } }, {}, false],
    ['no number, same date and amount', { invoiceNumber: '' }, { invoiceNumber: ' ' }, true],
    ['no number, another amount', { invoiceNumber: '' }, { invoiceNumber: '', amountCents: 101 }, false],
    ['a number and none', { invoiceNumber: '' }, {}, false],
  ];
  for (const [what, a, b, same] of table)
    it(`invoices: ${what}: ${same ? 'yes' : 'no'}`, () =>
      assert.equal(naturalKeyOf('invoice', { ...base, ...a }) === naturalKeyOf('invoice', { ...base, ...b }), same));
});
