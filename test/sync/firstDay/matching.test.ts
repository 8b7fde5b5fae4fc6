import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type Matchable, matchRecords } from '../../../src/sync/firstDay/matching.ts';

type Given = Partial<Matchable> & { readonly id: string };
const list = (...records: readonly Given[]): readonly Matchable[] =>
  records.map((record) => ({ label: record.name ?? record.id, ...record }));
const bill = (id: string, number: string, amountCents: number, date: string, more: Partial<Matchable> = {}): Given => ({
  id,
  party: 'V1',
  ...(number === '' ? {} : { number }),
  amountCents,
  date,
  ...more,
});

const pairs = (ledger: readonly Matchable[], payables: readonly Matchable[]): readonly string[] =>
  matchRecords(ledger, payables).matches.map(({ ledgerId, payablesId, by }) => `${ledgerId}=${payablesId} ${by}`);
const proposed = (ledger: readonly Matchable[], payables: readonly Matchable[]): readonly string[] =>
  matchRecords(ledger, payables).proposals.map(
    ({ payables: one, candidates, why }) => `${one.id}: ${candidates.map(({ id }) => id).join(' ')} (${why})`,
  );

describe('matching on the first day', () => {
  const matched: readonly (readonly [
    what: string,
    ledger: readonly Matchable[],
    payables: readonly Matchable[],
    expected: readonly string[],
  ])[] = [
    [
      'an externalId is adopted, whatever the names',
      list({ id: 'L1', name: 'Acme' }),
      list({ id: 'm1', externalId: 'L1', name: 'Acme Paper' }),
      ['L1=m1 externalId'],
    ],
    [
      'a full name matches, whatever its case and spaces',
      list({ id: 'L1', name: 'Office:Paper' }),
      list({ id: 'm1', name: ' office:paper ' }),
      ['L1=m1 name'],
    ],
    [
      'a bill matches by vendor, number and amount, whatever the date',
      list(bill('T1', 'A-1', 5000, '2026-01-05')),
      list(bill('m1', 'a-1', 5000, '2026-01-09')),
      ['T1=m1 number'],
    ],
    [
      'two bills with the same number and amount are told apart by date',
      list(bill('T1', 'A-1', 5000, '2026-01-05'), bill('T2', 'A-1', 5000, '2026-02-05')),
      list(bill('m2', 'A-1', 5000, '2026-02-05'), bill('m1', 'A-1', 5000, '2026-01-05')),
      ['T2=m2 number', 'T1=m1 number'],
    ],
    [
      'a bill without a number matches by vendor, amount and date',
      list(bill('T1', '', 5000, '2026-01-05')),
      list(bill('m1', '', 5000, '2026-01-05')),
      ['T1=m1 date'],
    ],
    [
      'an externalId takes its record away from a namesake',
      list({ id: 'L1', name: 'Acme' }),
      list({ id: 'm1', name: 'Acme' }, { id: 'm2', externalId: 'L1', name: 'Acme (old)' }),
      ['L1=m2 externalId'],
    ],
    [
      'another vendor is another bill',
      list(bill('T1', 'A-1', 5000, '2026-01-05')),
      list(bill('m1', 'A-1', 5000, '2026-01-05', { party: 'V2' })),
      [],
    ],
  ];
  for (const [what, ledger, payables, expected] of matched)
    it(what, () => assert.deepEqual(pairs(ledger, payables), expected));

  const asked: readonly (readonly [
    what: string,
    ledger: readonly Matchable[],
    payables: readonly Matchable[],
    expected: readonly string[],
  ])[] = [
    [
      'two vendors of one name in QuickBooks',
      list({ id: 'L1', name: 'Acme' }, { id: 'L2', name: 'ACME' }),
      list({ id: 'm1', name: 'Acme' }),
      ['m1: L1 L2 (more than one record has this name)'],
    ],
    [
      'names that differ in spelling',
      list({ id: 'L1', name: 'Birch & Sons, Inc.' }),
      list({ id: 'm1', name: 'Birch and Sons' }),
      ['m1: L1 (the names differ in spelling only)'],
    ],
    [
      'the same number over another amount',
      list(bill('T1', 'A-1', 5000, '2026-01-05')),
      list(bill('m1', 'A-1', 5500, '2026-01-05')),
      ['m1: T1 (the number is the same, the amount differs)'],
    ],
    [
      'a number typed another way, on a day near',
      list(bill('T1', 'INV0001', 5000, '2026-01-05')),
      list(bill('m1', '1', 5000, '2026-01-08')),
      ['m1: T1 (vendor and amount are the same, the numbers differ, the dates are near)'],
    ],
    [
      'the same amount on another day is nothing to ask about',
      list(bill('T1', 'INV0001', 5000, '2026-01-05')),
      list(bill('m1', '1', 5000, '2026-03-08')),
      [],
    ],
    [
      'two records that name the same one',
      list({ id: 'L1', name: 'Acme' }),
      list({ id: 'm1', externalId: 'L1', name: 'Acme' }, { id: 'm2', externalId: 'L1', name: 'Acme' }),
      [
        'm1: L1 (more than one record of MineralTree names it)',
        'm2: L1 (more than one record of MineralTree names it)',
      ],
    ],
  ];
  for (const [what, ledger, payables, expected] of asked)
    it(`asks a person about ${what}`, () => {
      assert.deepEqual(proposed(ledger, payables), expected);
      assert.deepEqual(pairs(ledger, payables), []);
    });

  it('takes what a person said before anything else, and does not ask again', () => {
    const twins = list({ id: 'L1', name: 'Acme' }, { id: 'L2', name: 'ACME' });
    const one = list({ id: 'm1', name: 'Acme' });
    const same = matchRecords(twins, one, [
      { ledgerId: 'L2', payablesId: 'm1', same: true },
      { ledgerId: 'L1', payablesId: 'm1', same: false },
    ]);
    assert.deepEqual(same.matches, [{ ledgerId: 'L2', payablesId: 'm1', by: 'person' }]);
    const different = matchRecords(
      twins,
      one,
      twins.map(({ id }) => ({ ledgerId: id, payablesId: 'm1', same: false })),
    );
    assert.deepEqual([different.matches, different.proposals], [[], []]);
    assert.deepEqual(
      different.onlyInMineralTree.map(({ id }) => id),
      ['m1'],
    );
  });

  it('tells an externalId that names nothing, and what is on one side only', () => {
    const { dangling, onlyInQuickBooks, onlyInMineralTree } = matchRecords(
      list({ id: 'L1', name: 'Acme' }),
      list({ id: 'm1', externalId: 'GONE', name: 'Birch' }, { id: 'm2', name: 'Cedar' }),
    );
    assert.deepEqual(
      [dangling, onlyInQuickBooks, onlyInMineralTree].map((records) => records.map(({ id }) => id)),
      [['m1'], ['L1'], ['m2']],
    );
  });

  it('puts every record into one place, and none into two matches', () => {
    const names = fc.constantFrom('Acme', 'acme', 'Birch & Sons', 'Birch and Sons Inc', 'Cedar');
    const side = (prefix: string) =>
      fc.array(fc.record({ name: names, named: fc.integer({ min: 0, max: 6 }) }), { maxLength: 8 }).map((found) =>
        found.map(
          ({ name, named }, index): Matchable => ({
            id: `${prefix}${index}`,
            name,
            label: name,
            ...(prefix === 'm' && named < 3 ? { externalId: `L${named}` } : {}),
          }),
        ),
      );
    fc.assert(
      fc.property(side('L'), side('m'), (ledger, payables) => {
        const found = matchRecords(ledger, payables);
        const ofPayables = [
          ...found.matches.map(({ payablesId }) => payablesId),
          ...found.proposals.map((one) => one.payables.id),
          ...[...found.dangling, ...found.onlyInMineralTree].map(({ id }) => id),
        ];
        assert.deepEqual([...ofPayables].sort(), payables.map(({ id }) => id).sort());
        const ofLedger = [
          ...found.matches.map(({ ledgerId }) => ledgerId),
          ...new Set(found.proposals.flatMap(({ candidates }) => candidates.map(({ id }) => id))),
          ...found.onlyInQuickBooks.map(({ id }) => id),
        ];
        assert.deepEqual([...ofLedger].sort(), ledger.map(({ id }) => id).sort());
      }),
    );
  });
});
