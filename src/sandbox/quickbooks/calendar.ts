/** Due dates of the sandbox's own: calendar dates as `YYYY-MM-DD`, counted without zones. */

const DAY_MS = 86_400_000;

/** Whether the text is a date that exists. */
export function isDate(text: string): boolean {
  const at = Date.parse(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at) && new Date(at).toISOString().slice(0, 10) === text;
}

/** The date a number of days later. */
export function daysLater(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/**
 * The next day of the month after the date; the month after that when it is no more than `nextMonthDays` away. A month
 * that is too short gives its last day.
 */
export function nextDayOfMonth(date: string, day: number, nextMonthDays: number): string {
  const [year, month] = [Number(date.slice(0, 4)), Number(date.slice(5, 7))];
  for (let ahead = 0; ; ahead += 1) {
    const lastDay = new Date(Date.UTC(year, month + ahead, 0)).getUTCDate();
    const due = new Date(Date.UTC(year, month - 1 + ahead, Math.min(day, lastDay))).toISOString().slice(0, 10);
    if (due >= date && daysLater(date, nextMonthDays) < due) return due;
    if (due >= date && nextMonthDays === 0) return due;
  }
}
