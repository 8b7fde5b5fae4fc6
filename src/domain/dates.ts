/**
 * Calendar dates: `YYYY-MM-DD`, without time of day or zone, compared as text.
 *
 * A bill is due on a day, not at an instant: neither ledger keeps an hour, and turning a date into an instant and back
 * is how products in this field move bills by a day.
 */

/** A date of the calendar as `YYYY-MM-DD`. Two dates compare by `<` and `===`. */
export type CalendarDate = string;

const FORM = /^\d{4}-\d{2}-\d{2}$/;
const MIDNIGHT = /^T00:00:00(?:\.0+)?Z?$/;
const DAY_MS = 86_400_000;

/** Whether the text is a date that exists: `2026-02-30` is not. */
export function isCalendarDate(text: string): boolean {
  if (!FORM.test(text)) return false;
  // A day that a month does not have is read as one of the next month, and then written otherwise.
  const instant = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(instant) && new Date(instant).toISOString().startsWith(text);
}

/**
 * The date in a MineralTree date field: its first ten characters, and only if nothing or a midnight follows.
 * Undefined for any other time of day, for then the day depends on a zone that the field does not name.
 */
export function dateFromTimestamp(text: string): CalendarDate | undefined {
  const [date, rest] = [text.slice(0, 10), text.slice(10)];
  return isCalendarDate(date) && (rest === '' || MIDNIGHT.test(rest)) ? date : undefined;
}

/**
 * The date a number of days later (earlier when negative).
 * @throws RangeError for what is no calendar date, or would be none of the years 0000 to 9999.
 */
export function addDays(date: CalendarDate, days: number): CalendarDate {
  if (!isCalendarDate(date)) throw new RangeError(`not a calendar date: ${date}`);
  const later = new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
  if (!isCalendarDate(later)) throw new RangeError(`${days} days from ${date} is out of the calendar`);
  return later;
}
