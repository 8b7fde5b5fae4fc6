/** What the status of a query means: records, none, something that this company does not have, or trouble. */
import { type ResponseMessage, UNREADABLE_STATUS } from '../qbxml/index.ts';
import { SiteBlock, SiteTrouble } from './trouble.ts';

/** Everything below is information or a warning: 1 is "nothing found", 500 "some of the IDs asked for are not there". */
const FIRST_ERROR = 1000;
/** The feature is not switched on in this company, or not in this edition: it has no records of that kind. */
const NOT_AVAILABLE = 3250;
/** The user may not, or the application may only read. */
const NOT_PERMITTED: ReadonlySet<number> = new Set([3260, 3261, 3263]);
/** An ID that is none, or is not there: what a query by one ID answers when it does not answer 500. */
const NO_SUCH_ID: ReadonlySet<number> = new Set([3000, 3120]);

/** Passes an answer whose records may be read. Throws `SiteTrouble` (`retry`) or `SiteBlock` for any other. */
export function checkQuery({ type, status }: ResponseMessage): void {
  if ((status.code >= 0 && status.code < FIRST_ERROR) || status.code === NOT_AVAILABLE) return;
  if (NOT_PERMITTED.has(status.code))
    throw new SiteBlock('notAuthorized', { quickBooks: `${type}: ${status.code} ${status.message}` });
  if (status.code === UNREADABLE_STATUS) throw new SiteTrouble('retry', `${type}: QuickBooks gives no status`);
  throw new SiteTrouble('retry', `${type}: ${status.code} ${status.message}`);
}

/** Whether a query by IDs stumbled over one of them, and so answered for none. */
export const stumbledOverId = ({ status }: ResponseMessage): boolean => NO_SUCH_ID.has(status.code);
