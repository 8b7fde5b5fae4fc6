/**
 * Periods that are closed: dated on or before the closing date of QuickBooks. An accountant's copy that is out closes the
 * books up to its dividing date; the site gives the later of the two as the closing date.
 *
 * 1. Of bills and payments the old and the new date count, of a void the date of what is voided. Of a new payment the date on
 *    which the money moved counts, and it is never changed.
 * 2. MineralTree is told by one accounting period up to the closing date.
 *
 * Source: qbXML 13.0 (Preferences, Company); design: closing date.
 */
import type { CalendarDate } from '../domain/dates.ts';
import type { AccountingPeriod, Draft } from '../domain/payables.ts';

/** The first of the dates that lies in the closed period; undefined when none does. */
export const closedDate = (
  dates: readonly CalendarDate[],
  closingDate: CalendarDate | undefined,
): CalendarDate | undefined => (closingDate === undefined ? undefined : dates.find((date) => date <= closingDate));

/** What MineralTree's period is known by, for good: periods cannot be searched. */
export const BOOKS_CLOSED_ID = 'tandem-books-closed';
const BEGINNING = '1900-01-01';

/**
 * The one accounting period that tells MineralTree where the books are closed. Where they are open it is there too, as a
 * period that is not closed, once it was written; before that there is none (undefined).
 * @param written the period as it stands in MineralTree; absent while there is none
 */
export function booksClosedPeriod(
  closingDate: CalendarDate | undefined,
  written?: Pick<AccountingPeriod, 'ended'>,
): Draft<AccountingPeriod> | undefined {
  const ended = closingDate ?? written?.ended;
  if (ended === undefined) return undefined;
  return {
    externalId: BOOKS_CLOSED_ID,
    name: 'Books closed',
    started: BEGINNING,
    ended,
    closed: closingDate !== undefined,
  };
}
