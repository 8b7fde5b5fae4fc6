/**
 * qbXML status codes: one table, and the rows where the text decides.
 *
 * 1. Every code that is documented or was seen has one row; a code without a row is judged by its range, and a write
 *    that was answered with one counts as of unknown outcome unless the range says that it was refused.
 * 2. Several codes are catch-alls: then the text that comes with them decides (`closing date`, `could not be locked`).
 *
 * Sources: Intuit's list of status codes, texts of recorded answers; each row says how sure it is.
 */
import { type Meaning, outcomeUnknown } from './disposition.ts';
import { messageSetMeanings } from './messageSetRows.ts';
import { recordMeanings } from './recordRows.ts';
import { requestMeanings } from './requestRows.ts';

export const statusCodes: readonly Meaning[] = [...requestMeanings, ...recordMeanings, ...messageSetMeanings];

/** A status as it is to be understood: a row, and what the text made of it. */
export interface StatusReading extends Meaning {
  /** Whether a write that was answered so may have been carried out. */
  readonly outcomeUnknown: boolean;
}

type Refined = Pick<Meaning, 'name' | 'disposition' | 'job' | 'meaning' | 'says' | 'toDo'>;

const CLOSED_PERIOD: Refined = {
  name: 'CLOSED_PERIOD',
  disposition: 'person',
  job: 'accountant',
  meaning: 'refused by the closing date (which code an Add gets is unverified against a live QuickBooks)',
  says: 'The books are closed for the date of this transaction.',
  toDo: 'Change the date to an open period, or move the closing date in QuickBooks.',
};
const LOCKED: Refined = {
  name: 'LOCKED',
  disposition: 'wait',
  job: 'customer',
  meaning: 'the record, or one that belongs to it, is open in a window of a user',
  says: 'Someone has this record, or one that belongs to it, open in QuickBooks.',
  toDo: 'Close the window in QuickBooks; it is tried again by itself.',
};
const LIST_CHANGED: Refined = {
  name: 'LIST_CHANGED',
  disposition: 'retry',
  job: 'nobody',
  meaning: 'a list was modified by another user at the same time',
  says: 'Someone changed the same list in QuickBooks at that moment.',
  toDo: 'Nothing to do: it is sent again.',
};
const OVERPAID: Refined = {
  name: 'OVERPAID',
  disposition: 'person',
  job: 'accountant',
  meaning: 'a payment exceeds what is open on the bill',
  says: 'Less is open on the bill in QuickBooks than is to be paid.',
  toDo: 'Compare the bill and its payments in both systems before anything else is paid.',
};
const EMPTY_TRANSACTION: Refined = {
  name: 'EMPTY_TRANSACTION',
  disposition: 'person',
  job: 'accountant',
  meaning: 'a transaction without amounts',
  says: 'QuickBooks does not save a transaction that has no lines.',
  toDo: 'Give the record at least one line with an amount.',
};

/** The rows where the text decides, in the order in which they are tried. */
const REFINEMENTS: readonly { readonly codes: readonly number[]; readonly text?: RegExp; readonly as: Refined }[] = [
  { codes: [3161, 3171], as: CLOSED_PERIOD },
  { codes: [3170, 3180, 3185, 3160, 3210, 3220], text: /closing date/i, as: CLOSED_PERIOD },
  { codes: [3175, 3176], as: LOCKED },
  { codes: [3160, 3170, 3180, 3185], text: /could not be locked|acquire the lock|in use by another user/i, as: LOCKED },
  { codes: [3170, 3180], text: /modified by another user/i, as: LIST_CHANGED },
  { codes: [3210], text: /cannot pay more than the amount due/i, as: OVERPAID },
  { codes: [3170, 3180], text: /empty transaction|transaction is empty/i, as: EMPTY_TRANSACTION },
];

const BY_CODE: ReadonlyMap<number, Meaning> = new Map(statusCodes.map((row) => [row.code, row]));

/** What a status means, its text included. Never fails: a code without a row is judged by its range. */
export function readStatus(status: { readonly code: number; readonly message?: string }): StatusReading {
  const row = BY_CODE.get(status.code) ?? byRange(status.code);
  const text = status.message ?? '';
  const refined = REFINEMENTS.find(
    ({ codes, text: wanted }) => codes.includes(status.code) && (wanted?.test(text) ?? true),
  );
  const meaning = { ...row, ...refined?.as };
  return { ...meaning, outcomeUnknown: outcomeUnknown(meaning) };
}

/** Ranges of codes, as documented, for the codes that have no row. */
function byRange(code: number): Meaning {
  const unlisted = (severity: Meaning['severity'], disposition: Meaning['disposition'], meaning: string): Meaning => ({
    code,
    name: 'UNLISTED',
    severity,
    disposition,
    job: disposition === 'done' ? 'nobody' : 'us',
    source: 'documented',
    meaning,
    says: `QuickBooks answered with status ${code}, which is not known here.`,
    toDo: 'Send the diagnostics to support.',
  });
  if (code >= 0 && code <= 499) return unlisted('Info', 'done', 'information');
  if (code >= 500 && code <= 999) return unlisted('Warn', 'partial', 'warning');
  if (code >= 1000 && code <= 1999) return unlisted('Error', 'settle', 'general error');
  if (code >= 2000 && code <= 2999) return unlisted('Error', 'person', 'not supported');
  if (code >= 3000 && code <= 3099) return unlisted('Error', 'person', 'error of form');
  if (code >= 3100 && code <= 9099) return unlisted('Error', 'person', 'other error');
  if (code >= 9100 && code <= 9199) return unlisted('Error', 'bug', 'error of a macro');
  return unlisted('Error', 'settle', 'no status code, or none that could be read');
}
