/** The night of a company: an hour of the day in UTC, from which the sweep and the report of that night are due. */
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** The last night that has begun, Unix milliseconds. */
export const lastNight = (now: number, hourUtc: number): number =>
  Math.floor((now - hourUtc * HOUR_MS) / DAY_MS) * DAY_MS + hourUtc * HOUR_MS;

/** The next night that begins. */
export const nextNight = (now: number, hourUtc: number): number => lastNight(now, hourUtc) + DAY_MS;
