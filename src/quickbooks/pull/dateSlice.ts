/**
 * Slices of transactions by TxnDate for pages of keys: how far a slice reaches, and where the next one begins.
 *
 * 1. A cursor is a date, "from this day on", or a date with a TxnID, "on this day after this ID, and later days": it
 *    says all that is needed, whichever connector goes on.
 * 2. What is guessed is only the size of a slice, from the dates in one answer. A wrong guess costs requests, never transactions:
 *    a slice is read to its end and kept by date and ID.
 */
import { addDays, type CalendarDate, isCalendarDate } from '../../domain/dates.ts';
import { byText } from './lowest.ts';

const DAY_MS = 86_400_000;
/** Slices aim a little below what a page holds. */
const AIM = 0.8;

export interface Cursor {
  readonly date: CalendarDate;
  /** Transactions of that date up to this TxnID are known. */
  readonly afterId?: string;
}

/** Reads a cursor; undefined for a text that is none. */
export function readCursor(text: string): Cursor | undefined {
  const [date = '', afterId] = [text.slice(0, 10), text.slice(11)];
  if (!isCalendarDate(date)) return undefined;
  if (text.length === 10) return { date };
  return text[10] === '/' && afterId !== undefined && afterId !== '' ? { date, afterId } : undefined;
}

export const writeCursor = ({ date, afterId }: Cursor): string => (afterId === undefined ? date : `${date}/${afterId}`);

/** Whether a transaction lies after a cursor's ID. Those of other days always do. */
export const isAfter = (cursor: Cursor | undefined, date: CalendarDate, id: string): boolean =>
  cursor?.afterId === undefined || date !== cursor.date || byText(id, cursor.afterId) > 0;

/** A slice that holds more than a page. */
export interface TooLarge {
  /** First day; absent where the slice is open at its beginning. */
  readonly from?: CalendarDate;
  /** Last day; absent where it is open at its end. */
  readonly to?: CalendarDate;
  /** Dates in the first answer. */
  readonly sample: readonly CalendarDate[];
  /** How many it holds. */
  readonly total: number;
  /** How many a page holds. */
  readonly most: number;
}

/** The last day of a smaller slice with the same beginning; undefined where it cannot be made smaller. */
export function narrower({ from, to, sample, total, most }: TooLarge): CalendarDate | undefined {
  const sorted = [...sample].sort(byText);
  const [earliest, latest] = [sorted[0], sorted.at(-1)];
  if (earliest === undefined || latest === undefined) return undefined;
  const begin = from ?? earliest;
  // Answered oldest first, the sample tells how many days hold how many; in another order it spans them all.
  const span = to === undefined ? (daysBetween(begin, latest) * total) / sample.length : daysBetween(begin, to);
  const days = Math.floor((span * AIM * most) / total);
  const guess = addDays(begin, Math.max(0, days));
  return to === undefined || guess < to ? guess : undefined;
}

const daysBetween = (a: CalendarDate, b: CalendarDate): number =>
  Math.max(0, (Date.parse(`${b}T00:00:00Z`) - Date.parse(`${a}T00:00:00Z`)) / DAY_MS);

/** An entry of a slice. */
export interface SliceKey {
  readonly id: string;
  readonly date: CalendarDate;
}

export const byDateAndId = (a: SliceKey, b: SliceKey): number => byText(a.date, b.date) || byText(a.id, b.id);

/**
 * Which of a slice's lowest entries go into the page and where the next begins. `cut` says that the slice held more than
 * these. It is cut between two days, within a day only where that day alone is larger than a page.
 */
export function closeSlice<T extends SliceKey>(
  entries: readonly T[],
  cut: boolean,
  to: CalendarDate | undefined,
): { readonly kept: readonly T[]; readonly next?: Cursor } {
  if (!cut) return to === undefined ? { kept: entries } : { kept: entries, next: { date: addDays(to, 1) } };
  const last = entries.at(-1);
  if (last === undefined) return { kept: entries };
  const whole = entries.filter(({ date }) => date < last.date);
  return whole.length > 0
    ? { kept: whole, next: { date: last.date } }
    : { kept: entries, next: { date: last.date, afterId: last.id } };
}
