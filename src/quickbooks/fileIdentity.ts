/**
 * Whether the open file is the company's: told by the marker in it and by records that must be there.
 *
 * 1. Nothing is written to a file that is not.
 * 2. A marker shows another company; a canary shows an older copy of the right one, which has the right marker.
 */

import { type Block, type Canary, type FileMark, MARKER_NAME, MARKER_OWNER } from '../contract/index.ts';
import type { CalendarDate } from '../domain/dates.ts';
import { type BodyOf, type RequestMessage, type ResponseMessage, recordsOf } from '../qbxml/index.ts';
import { SiteTrouble } from './trouble.ts';

/** What the company record of a file says about it. */
export interface FoundFile {
  readonly companyName?: string;
  /** The marker's value; absent where the file has none. */
  readonly marker?: string;
  /** An accountant works on a copy: what is dated up to here may not be changed. */
  readonly dividingDate?: CalendarDate;
}

/** Canary by ID, as found: the edit sequence, or absent where the record is not there. */
export interface FoundCanary {
  readonly canary: Canary;
  readonly editSequence?: string;
  /** A record of its deletion was found. */
  readonly deleted: boolean;
}

/** Asks for the company record with the marker. */
export const companyQuery = (requestID: string): RequestMessage<'CompanyQuery'> => ({
  type: 'CompanyQuery',
  requestID,
  body: { OwnerID: [MARKER_OWNER] } satisfies BodyOf<'CompanyQuery'>,
});

/** Reads the answer to `companyQuery`. Throws `SiteTrouble` where there is no company record. */
export function readCompany(response: ResponseMessage): FoundFile {
  const [company] = recordsOf(response, 'CompanyRet');
  if (company === undefined)
    throw new SiteTrouble('retry', `QuickBooks gives no company record (status ${response.status.code})`);
  const marker = company.DataExtRet?.find(
    ({ OwnerID, DataExtName }) => OwnerID?.toLowerCase() === MARKER_OWNER && DataExtName === MARKER_NAME,
  )?.DataExtValue;
  const copy = company.AccountantCopy;
  const dividingDate = copy?.AccountantCopyExists === true ? copy.DividingDate : undefined;
  return {
    ...(company.CompanyName === undefined ? {} : { companyName: company.CompanyName }),
    ...(marker === undefined || marker === '' ? {} : { marker }),
    ...(dividingDate === undefined ? {} : { dividingDate }),
  };
}

/** Extensions of the files that an accountant works in; the client's own file keeps `.qbw`. */
const ACCOUNTANT_FILE = /\.(?:qba|qbx|qby)$/i;

/** Whether the marker and the file's name allow going on; the block to return where they do not. */
export function judgeFile(mark: FileMark, found: FoundFile, fileName: string): Block | undefined {
  if (ACCOUNTANT_FILE.test(fileName)) return { code: 'accountantCopy', detail: { file: fileName } };
  const marker = found.marker ?? '';
  if (marker === mark.expected || mark.alsoAccepts.includes(marker)) return undefined;
  return {
    code: 'anotherFile',
    detail: { file: fileName, expected: mark.expected, found: marker === '' ? 'no marker' : marker },
  };
}

/** Whether the canaries are as new as they were: a missing one without a deletion, or an older one, shows an older copy. */
export function judgeCanaries(canaries: readonly FoundCanary[]): Block | undefined {
  for (const { canary, editSequence, deleted } of canaries) {
    const { kind, id } = canary;
    if (deleted) continue;
    if (editSequence === undefined) return { code: 'olderCopy', detail: { kind, id, found: 'missing' } };
    if (isOlder(editSequence, canary.editSequence))
      return {
        code: 'olderCopy',
        detail: { kind, id, expected: canary.editSequence, found: editSequence },
      };
  }
  return undefined;
}

/** Edit sequences are Unix seconds; where one is something else, nothing is said about age. */
function isOlder(found: string, known: string): boolean {
  const [a, b] = [seconds(found), seconds(known)];
  return a !== undefined && b !== undefined && a < b;
}

const seconds = (editSequence: string): number | undefined =>
  /^\d{1,12}$/.test(editSequence) ? Number(editSequence) : undefined;
