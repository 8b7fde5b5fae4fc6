import assert from 'node:assert/strict';
import fc from 'fast-check';
import { addDays, dateFromTimestamp, isCalendarDate } from '../../src/domain/dates.ts';

const calendarDate = fc
  .integer({ min: Date.UTC(1900, 0, 1) / 86_400_000, max: Date.UTC(2100, 0, 1) / 86_400_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));

describe('calendar dates', () => {
  const table: readonly (readonly [text: string, exists: boolean])[] = [
    ['2026-11-24', true],
    ['2024-02-29', true],
    ['2000-02-29', true],
    ['2026-02-29', false],
    ['1900-02-29', false],
    ['2026-02-30', false],
    ['2026-04-31', false],
    ['2026-00-10', false],
    ['2026-13-01', false],
    ['2026-1-1', false],
    ['26-01-01', false],
    ['2026-11-24T00:00:00', false],
    ['11/24/2026', false],
    ['', false],
  ];
  for (const [text, exists] of table)
    it(`"${text}" ${exists ? 'is a date' : 'is none'}`, () => assert.equal(isCalendarDate(text), exists));

  it('the years before 100 are not taken for 1900 and later', () => assert.ok(isCalendarDate('0050-03-01')));
});

describe('a date in a field of MineralTree', () => {
  const table: readonly (readonly [text: string, date: string | undefined])[] = [
    ['2026-11-24', '2026-11-24'],
    ['2026-11-24T00:00:00Z', '2026-11-24'],
    ['2026-11-24T00:00:00', '2026-11-24'],
    ['2026-11-24T00:00:00.000Z', '2026-11-24'],
    ['2026-11-24T05:00:00Z', undefined],
    ['2026-11-24T00:00:00+05:00', undefined],
    ['2026-11-24 00:00:00', undefined],
    ['2026-02-30T00:00:00Z', undefined],
    ['2026-11-2', undefined],
    ['soon', undefined],
    ['', undefined],
  ];
  for (const [text, date] of table)
    it(`"${text}" is ${date ?? 'refused: the day would depend on a zone'}`, () =>
      assert.equal(dateFromTimestamp(text), date));
});

describe('days later', () => {
  const table: readonly (readonly [date: string, days: number, later: string])[] = [
    ['2026-11-24', 30, '2026-12-24'],
    ['2026-12-31', 1, '2027-01-01'],
    ['2024-02-28', 1, '2024-02-29'],
    ['2026-03-01', -1, '2026-02-28'],
    ['2026-11-24', 0, '2026-11-24'],
    // Daylight saving time begins and ends: a day is a day.
    ['2026-03-08', 1, '2026-03-09'],
    ['2026-11-01', 1, '2026-11-02'],
  ];
  for (const [date, days, later] of table)
    it(`${days} days from ${date} is ${later}`, () => assert.equal(addDays(date, days), later));

  it('beyond the year 9999 are refused', () => assert.throws(() => addDays('9999-12-31', 1), RangeError));

  it('from a date that does not exist are refused', () => assert.throws(() => addDays('2026-02-30', 1), RangeError));

  it('there and back is the same day, and later days compare as later', () => {
    fc.assert(
      fc.property(calendarDate, fc.integer({ min: 1, max: 10_000 }), (date, days) => {
        const later = addDays(date, days);
        assert.ok(isCalendarDate(later) && date < later);
        assert.equal(addDays(later, -days), date);
      }),
    );
  });
});
