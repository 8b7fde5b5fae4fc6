import assert from 'node:assert/strict';
import fc from 'fast-check';
import { MAX_CREDIT_VENDORS, MAX_SEEN, type Watermarks } from '../../src/contract/pull.ts';
import {
  advanceWatermarks,
  chooseCanaries,
  compareEditSequences,
  compareKeys,
  creditVendorsInTurn,
  olderWatermarks,
  rememberSeen,
  type Seen,
  sameWatermarks,
  seenByKind,
} from '../../src/sync/index.ts';

const watermarks = fc
  .dictionary(fc.constantFrom('account', 'vendor', 'bill', 'deletedEntries'), fc.integer({ min: 1, max: 9 }))
  .map((some): Watermarks => some);
const seen = (kind: Seen['kind'], id: string, editSequence = '1'): Seen => ({ kind, id, editSequence });

describe('watermarks', () => {
  const table: readonly (readonly [what: string, a: Watermarks, b: Watermarks, older: Watermarks])[] = [
    ['the older wins, kind by kind', { vendor: 10, bill: 20 }, { vendor: 15, bill: 5 }, { vendor: 10, bill: 5 }],
    ['a kind that one side never read was never read', { vendor: 10, bill: 20 }, { vendor: 10 }, { vendor: 10 }],
    ['nothing and something is nothing', {}, { deletedTransactions: 7 }, {}],
  ];
  for (const [what, a, b, older] of table)
    it(what, () => {
      assert.deepEqual(olderWatermarks(a, b), older);
      assert.deepEqual(olderWatermarks(b, a), older);
    });

  it('the older of two is never later than either', () => {
    fc.assert(
      fc.property(watermarks, watermarks, (a, b) => {
        const older = olderWatermarks(a, b);
        for (const [kind, at] of Object.entries(older)) {
          const [x, y] = [new Map(Object.entries(a)).get(kind), new Map(Object.entries(b)).get(kind)];
          assert.ok(x !== undefined && y !== undefined && at <= x && at <= y);
        }
        assert.ok(sameWatermarks(olderWatermarks(a, a), a));
      }),
    );
  });

  it('move for the kinds that were read to the end, and for no other', () =>
    assert.deepEqual(advanceWatermarks({ vendor: 10, bill: 20 }, { bill: 30 }), { vendor: 10, bill: 30 }));

  it('move back where a clock was ahead', () =>
    assert.deepEqual(advanceWatermarks({ vendor: 9000 }, { vendor: 5000 }), { vendor: 5000 }));

  it('are the same only when every kind is', () => {
    assert.ok(sameWatermarks({ vendor: 1 }, { vendor: 1 }));
    assert.ok(!sameWatermarks({ vendor: 1 }, { vendor: 1, bill: 1 }));
  });
});

describe('versions already seen', () => {
  it('replace the older version of the same record', () =>
    assert.deepEqual(rememberSeen([seen('bill', '1'), seen('vendor', '1')], [seen('bill', '1', '2')]), [
      seen('vendor', '1'),
      seen('bill', '1', '2'),
    ]));

  it('are two thousand at most: the oldest go first', () => {
    const many = Array.from({ length: MAX_SEEN + 3 }, (_, index) => seen('bill', String(index)));
    const kept = rememberSeen(many.slice(0, 10), many.slice(10));
    assert.equal(kept.length, MAX_SEEN);
    assert.deepEqual([kept[0]?.id, kept.at(-1)?.id], ['3', String(MAX_SEEN + 2)]);
  });

  it('go into a request by kind, none left out', () =>
    assert.deepEqual(seenByKind([seen('bill', '1'), seen('vendor', 'v'), seen('bill', '2', '9')]), {
      vendor: [['v', '1']],
      bill: [
        ['1', '1'],
        ['2', '9'],
      ],
    }));

  it('the last version of each record is kept, whatever came before', () => {
    const some = fc.array(
      fc.record({
        kind: fc.constantFrom('bill', 'vendor'),
        id: fc.constantFrom('1', '2', '3'),
        editSequence: fc.constantFrom('1', '2'),
      }),
    );
    fc.assert(
      fc.property(some, some, (before, added) => {
        const kept = rememberSeen(before, added);
        assert.equal(new Set(kept.map(({ kind, id }) => `${kind} ${id}`)).size, kept.length);
        for (const one of kept) {
          const last = [...before, ...added].findLast(({ kind, id }) => kind === one.kind && id === one.id);
          assert.deepEqual(one, last);
        }
      }),
    );
  });
});

describe('canaries', () => {
  it('are the newest bill and the newest vendor, by edit sequence as a number', () =>
    assert.deepEqual(
      chooseCanaries({
        bills: [
          ['a', '999'],
          ['b', '1700000001'],
          ['c', '1700000000'],
        ],
        vendors: [['v', '5']],
      }),
      [
        { kind: 'bill', id: 'b', editSequence: '1700000001' },
        { kind: 'vendor', id: 'v', editSequence: '5' },
      ],
    ));

  it('are none where nothing is known', () => assert.deepEqual(chooseCanaries({ bills: [], vendors: [] }), []));

  const order: readonly (readonly [a: string, b: string, sign: number])[] = [
    ['9', '10', -1],
    ['10', '10', 0],
    ['0010', '9', 1],
    ['9999999999999999', '9999999999999998', 1],
    ['nonsense', '0', -1],
    ['', 'x', 0],
  ];
  for (const [a, b, sign] of order)
    it(`edit sequence "${a}" beside "${b}"`, () => assert.equal(compareEditSequences(a, b), sign));
});

describe('vendors asked for their open credits', () => {
  const many = Array.from({ length: 45 }, (_, index) => String(index).padStart(2, '0'));

  it('come in turn, so that each is asked within so many cycles', () => {
    const asked: string[] = [];
    let last: string | undefined;
    for (let cycle = 0; cycle < 3; cycle += 1) {
      const now = creditVendorsInTurn(many, last);
      assert.ok(now.length <= MAX_CREDIT_VENDORS);
      asked.push(...now);
      last = now.at(-1);
    }
    assert.equal(new Set(asked).size, 45);
  });

  it('are all asked where they are few, though the last one asked is gone', () =>
    assert.deepEqual(creditVendorsInTurn(['b', 'a', 'b'], 'az'), ['b', 'a']));
});

describe('a comparison of keys', () => {
  it('reads what is new or newer, and misses what is not listed any more', () =>
    assert.deepEqual(
      compareKeys(
        [
          ['new', '1'],
          ['newer', '2'],
          ['same', '1'],
        ],
        [
          ['newer', '1'],
          ['same', '1'],
          ['gone', '1'],
        ],
      ),
      { needed: ['new', 'newer'], missing: ['gone'] },
    ));

  it('reads a record that came back as an older version as well', () =>
    assert.deepEqual(compareKeys([['a', '1']], [['a', '2']]).needed, ['a']));

  it('done again after everything needed was read and everything missing dropped, finds nothing', () => {
    const keys = fc.uniqueArray(fc.tuple(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('1', '2')), {
      selector: ([id]) => id,
    });
    fc.assert(
      fc.property(keys, keys, (found, known) => {
        const { needed, missing } = compareKeys(found, known);
        const after = [
          ...known.filter(([id]) => !missing.includes(id) && !needed.includes(id)),
          ...found.filter(([id]) => needed.includes(id)),
        ];
        assert.deepEqual(compareKeys(found, after), { needed: [], missing: [] });
        assert.equal(after.length, found.length);
      }),
    );
  });
});
