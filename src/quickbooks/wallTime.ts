/**
 * Times as QuickBooks on this machine understands them: wall time of the machine, without an offset, since QuickBooks
 * itself writes a wrong one while daylight saving lasts (qbXML 13.0, seen in recorded answers).
 */

/** How far before a watermark a page of changes begins: clocks of machines differ, daylight saving repeats an hour. */
export const LOOK_BACK_SECONDS = 7_200;
/** The latest time that QuickBooks takes: 2038-01-19T03:14:07, less a day for any zone. */
const LATEST = 2_147_397_247;

/** Where a page begins for a watermark in Unix seconds: local wall time, two hours before it, `YYYY-MM-DDThh:mm:ss`. */
export function changedFrom(watermark: number): string {
  return wallTimeOf(watermark - LOOK_BACK_SECONDS);
}

/** Unix seconds as local wall time; held within the years that QuickBooks takes. */
export function wallTimeOf(unixSeconds: number): string {
  const date = new Date(Math.min(Math.max(unixSeconds, 0), LATEST) * 1000);
  // West of Greenwich the first second of 1970 is still 1969.
  if (date.getFullYear() < 1970) return '1970-01-01T00:00:00';
  const two = (value: number): string => String(value).padStart(2, '0');
  return (
    `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}` +
    `T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`
  );
}

/** The reverse: a time as QuickBooks writes it, read as wall time of this machine, its offset left aside. */
export function unixSecondsOf(wallTime: string): number | undefined {
  const found = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})/.exec(wallTime)?.[1];
  const milliseconds = found === undefined ? Number.NaN : Date.parse(found);
  return Number.isNaN(milliseconds) ? undefined : Math.floor(milliseconds / 1000);
}
