/** The closing date: closed means dated on or before it (qbXML 13.0; design: old and new date of a bill). */
import type { CalendarDate } from '../domain/dates.ts';

/** The first of the dates that lies in the closed period; undefined when none does. */
export const closedDate = (
  dates: readonly CalendarDate[],
  closingDate: CalendarDate | undefined,
): CalendarDate | undefined => (closingDate === undefined ? undefined : dates.find((date) => date <= closingDate));
