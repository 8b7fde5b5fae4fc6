/** How much of a log of deletions goes into one pull. */
import assert from 'node:assert/strict';
import type { Deleted } from '../../src/contract/index.ts';
import { MAX_DELETIONS, upTo } from '../../src/quickbooks/deletions.ts';
import { wallTimeOf } from '../../src/quickbooks/wallTime.ts';

const BEGIN = Math.floor(new Date(2026, 10, 1, 8, 0, 0).getTime() / 1000);
const CLOCK = BEGIN + 1_000_000;
const log = (length: number): Deleted[] =>
  Array.from({ length }, (_, at) => ({ kind: 'bill', id: `${at}-1`, deletedAt: `${wallTimeOf(BEGIN + at)}-05:00` }));

describe('a log of deletions', () => {
  it('that is short goes whole, and is read up to now', () => {
    const { kept, at } = upTo(log(3), CLOCK);
    assert.equal(kept.length, 3);
    assert.equal(at, CLOCK);
  });

  it('that is long goes from its oldest entry on, and is read up to the last that went', () => {
    const { kept, at } = upTo(log(MAX_DELETIONS + 10).reverse(), CLOCK);
    assert.equal(kept.length, MAX_DELETIONS);
    assert.equal(kept[0]?.id, '0-1');
    assert.equal(at, BEGIN + MAX_DELETIONS - 1);
  });
});
