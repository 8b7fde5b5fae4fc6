/** What the status of a query means: records, none, something that this company does not have, or trouble. */
import { type ResponseMessage, readStatus } from '../qbxml/index.ts';
import { SiteBlock, SiteTrouble } from './trouble.ts';

/** The user may not, or the application may only read. */
const NOT_PERMITTED: ReadonlySet<string> = new Set([
  'NO_PERMISSION',
  'NO_PERSONAL_DATA',
  'READ_ONLY',
  'NOT_AUTHORIZED',
]);
/** The feature is not switched on in this company, or not in this edition: it has no records of that kind. */
const NOT_THERE = 'FEATURE_OFF';
/** An ID that is none, or is not there: what a query by one ID answers when it does not answer 500. */
const NO_SUCH_ID: ReadonlySet<string> = new Set(['INVALID_ID', 'NOT_FOUND']);
/** The entry that a query names beside its own records is not there any more: deleted, or merged into another. */
const NO_SUCH_ENTRY = 'INVALID_REFERENCE';

/** Passes an answer whose records may be read. Throws `SiteTrouble` (`retry`, `wait`) or `SiteBlock` for any other. */
export function checkQuery({ type, status }: ResponseMessage): void {
  const { disposition, name } = readStatus(status);
  const words = `${type}: ${status.code} ${status.message}`;
  if (disposition === 'done' || disposition === 'empty' || disposition === 'partial' || name === NOT_THERE) return;
  if (NOT_PERMITTED.has(name)) throw new SiteBlock('notAuthorized', { quickBooks: words });
  throw new SiteTrouble(disposition === 'wait' ? 'wait' : 'retry', words);
}

/** Whether a query by IDs stumbled over one of them, and so answered for none. */
export const stumbledOverId = ({ status }: ResponseMessage): boolean => NO_SUCH_ID.has(readStatus(status).name);

/** Whether a query names a list entry that QuickBooks does not have. */
export const namesNoEntry = (response: ResponseMessage): boolean =>
  stumbledOverId(response) || readStatus(response.status).name === NO_SUCH_ENTRY;
