/**
 * What is read before anything is sent: one message set for a whole batch. The company with its marker, preferences, and
 * what stands in QuickBooks that concerns each posting.
 */
import type { Posting } from '../../contract/index.ts';
import type { CalendarDate } from '../../domain/dates.ts';
import { type ResponseMessage, recordsOf } from '../../qbxml/index.ts';
import { companyQuery, type FoundFile, readCompany } from '../fileIdentity.ts';
import { checkQuery } from '../queryStatus.ts';
import type { Session } from '../session.ts';
import { SiteTrouble } from '../trouble.ts';
import { readStanding, type Standing, standingRequests } from './standing.ts';

const COMPANY = 'company';
const PREFERENCES = 'preferences';

export interface Preflight {
  readonly file: FoundFile;
  /** The company's closing date and the dividing date of an accountant's copy: what is dated up to one is closed. */
  readonly closedUpTo: readonly CalendarDate[];
  /** By message-set ID. */
  readonly standing: ReadonlyMap<string, Standing>;
}

/** Reads it, in one message set. `thorough`: a posting may be there under another number or date than it was sent with. */
export async function readPreflight(
  session: Session,
  postings: readonly Posting[],
  thorough: boolean,
): Promise<Preflight> {
  const answers = await session.ask([
    companyQuery(COMPANY),
    { type: 'PreferencesQuery', requestID: PREFERENCES, body: {} },
    ...postings.flatMap((posting) => standingRequests(posting, thorough)),
  ]);
  const file = readCompany(answers.to(COMPANY));
  return {
    file,
    closedUpTo: [closingDate(answers.to(PREFERENCES)), file.dividingDate].filter((date) => date !== undefined),
    standing: new Map(
      postings.map((posting) => [posting.messageSetId, readStanding(posting, answers, thorough)] as const),
    ),
  };
}

function closingDate(response: ResponseMessage): CalendarDate | undefined {
  checkQuery(response);
  const [preferences] = recordsOf(response, 'PreferencesRet');
  if (preferences === undefined) throw new SiteTrouble('retry', 'QuickBooks gives no preferences');
  return preferences.AccountingPreferences?.ClosingDate;
}
