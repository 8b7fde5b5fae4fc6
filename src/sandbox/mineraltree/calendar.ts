/** Calendar dates of the sandbox, as `2026-03-01`. */

const DAY_MS = 86_400_000;

/** A calendar date so many days later. */
export const daysLater = (date: string, days: number): string =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** Today in UTC. */
export const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
