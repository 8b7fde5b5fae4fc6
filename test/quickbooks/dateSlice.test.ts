/** Slices of bills by date, and the lowest keys of a list: tables and a property. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  byDateAndId,
  closeSlice,
  isAfter,
  narrower,
  readCursor,
  type SliceKey,
  writeCursor,
} from '../../src/quickbooks/pull/dateSlice.ts';
import { byText, lowest } from '../../src/quickbooks/pull/lowest.ts';

describe('where a page of bills begins', () => {
  for (const text of ['2026-01-31', '2026-01-31/1F-1700000000'])
    it(`${text} is read as it was written`, () => {
      const cursor = readCursor(text);
      assert.ok(cursor !== undefined);
      assert.equal(writeCursor(cursor), text);
    });
  for (const text of ['', '2026-02-30', '2026-01-31/', '2026-01-31x', '1F-1700000000'])
    it(`"${text}" is none`, () => assert.equal(readCursor(text), undefined));

  it('within a day, bills up to the ID are known', () => {
    const cursor = { date: '2026-01-31', afterId: 'B' };
    assert.deepEqual(
      [
        isAfter(cursor, '2026-01-31', 'A'),
        isAfter(cursor, '2026-01-31', 'B'),
        isAfter(cursor, '2026-01-31', 'C'),
        isAfter(cursor, '2026-02-01', 'A'),
      ],
      [false, false, true, true],
    );
  });
});

describe('how far a slice reaches', () => {
  const most = 100;
  it('answered oldest first, the sample tells the pace', () => {
    const sample = ['2026-01-01', '2026-01-05', '2026-01-10'];
    const to = narrower({ sample, total: 3_000, most });
    assert.ok(to !== undefined && to > '2026-01-01' && to < '2027-01-01', to);
  });
  it('a slice that holds too much is made smaller, until it is one day', () => {
    let to: string | undefined = '2026-12-31';
    let guesses = 0;
    for (let next: string | undefined = to; next !== undefined; guesses += 1) {
      to = next;
      next = narrower({ from: '2026-01-01', to, sample: ['2026-01-01'], total: 300, most });
      assert.ok(next === undefined || next < to);
    }
    assert.equal(to, '2026-01-01');
    assert.ok(guesses < 12, `${guesses} guesses`);
  });
});

describe('pages of bills', () => {
  it('bring each bill once, whatever the order and however many fall on one day', () => {
    const day = fc.integer({ min: 0, max: 5 }).map((n) => `2026-01-0${n + 1}`);
    const bills = fc.uniqueArray(fc.record({ id: fc.stringMatching(/^[A-F0-9]{1,4}$/), date: day }), {
      selector: ({ id }) => id,
      maxLength: 60,
    });
    fc.assert(
      fc.property(bills, fc.integer({ min: 1, max: 7 }), (all, most) => {
        const read: string[] = [];
        let after: string | undefined;
        for (let pages = 0; ; pages += 1) {
          assert.ok(pages <= all.length + 1, 'it comes to an end');
          const cursor = after === undefined ? undefined : readCursor(after);
          const kept = lowest<SliceKey>(most, byDateAndId);
          for (const bill of all)
            if ((cursor === undefined || bill.date >= cursor.date) && isAfter(cursor, bill.date, bill.id))
              kept.add(bill);
          const { kept: page, next } = closeSlice(kept.taken(), kept.cut, undefined);
          assert.ok(page.length <= most);
          read.push(...page.map(({ id }) => id));
          if (next === undefined) break;
          after = writeCursor(next);
        }
        assert.deepEqual([...read].sort(byText), all.map(({ id }) => id).sort(byText));
      }),
    );
  });

  it('a slice that is whole goes on the day after its end', () => {
    assert.deepEqual(closeSlice([], false, '2026-12-31').next, { date: '2027-01-01' });
    assert.equal(closeSlice([], false, undefined).next, undefined);
  });
});
