import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { daysLater, isDate, nextDayOfMonth } from '../../../src/sandbox/quickbooks/calendar.ts';

describe('QuickBooks sandbox: due dates', () => {
  it('days are counted over months, years and leap days', () => {
    assert.equal(daysLater('2026-01-31', 30), '2026-03-02');
    assert.equal(daysLater('2024-02-28', 1), '2024-02-29');
    assert.equal(daysLater('2026-12-31', 1), '2027-01-01');
  });

  const due: readonly [date: string, day: number, nextMonthDays: number, due: string][] = [
    ['2026-03-01', 15, 5, '2026-03-15'],
    ['2026-03-12', 15, 5, '2026-04-15'],
    ['2026-03-15', 15, 0, '2026-03-15'],
    ['2026-03-16', 15, 0, '2026-04-15'],
    ['2026-01-31', 31, 0, '2026-01-31'],
    ['2026-02-01', 31, 0, '2026-02-28'],
    ['2026-12-20', 15, 0, '2027-01-15'],
  ];
  for (const [date, day, nextMonthDays, expected] of due)
    it(`a bill of ${date}, due on the ${day}th, the next month within ${nextMonthDays} days: ${expected}`, () => {
      assert.equal(nextDayOfMonth(date, day, nextMonthDays), expected);
    });

  it('a date that does not exist is none', () => {
    assert.deepEqual(['2026-02-28', '2026-02-30', '2026-2-3', '', '2026-13-01'].map(isDate), [
      true,
      false,
      false,
      false,
      false,
    ]);
  });
});
