import assert from 'node:assert/strict';
import { booksClosedPeriod, closedDate } from '../../src/sync/index.ts';

describe('books closed up to 2026-10-31', () => {
  const rows: readonly [story: string, dates: readonly string[], closed: string | undefined][] = [
    ['a bill of the day after', ['2026-11-01'], undefined],
    ['a bill of the closing date itself', ['2026-10-31'], '2026-10-31'],
    ['a bill moved out of the closed period: its old date counts', ['2026-10-15', '2026-11-15'], '2026-10-15'],
    ['a bill moved into it: its new date counts', ['2026-11-15', '2026-10-15'], '2026-10-15'],
    ['a list entry, which has no date', [], undefined],
  ];
  for (const [story, dates, closed] of rows) it(story, () => assert.equal(closedDate(dates, '2026-10-31'), closed));
  it('nothing is closed where there is no closing date', () =>
    assert.equal(closedDate(['1999-01-01'], undefined), undefined));
});

describe('the accounting period that MineralTree is told', () => {
  it('goes up to the closing date', () =>
    assert.deepEqual(booksClosedPeriod('2026-10-31'), {
      externalId: 'tandem-books-closed',
      name: 'Books closed',
      started: '1900-01-01',
      ended: '2026-10-31',
      closed: true,
    }));
  it('follows it, forth and back', () => {
    const written = { ended: '2026-10-31' };
    assert.equal(booksClosedPeriod('2026-11-30', written)?.ended, '2026-11-30');
    assert.equal(booksClosedPeriod('2026-09-30', written)?.ended, '2026-09-30');
  });
  it('is there but open, once the closing date was taken away', () => {
    const open = booksClosedPeriod(undefined, { ended: '2026-10-31' });
    assert.deepEqual([open?.ended, open?.closed], ['2026-10-31', false]);
  });
  it('is none where the books were never closed', () => assert.equal(booksClosedPeriod(undefined), undefined));
});
