/**
 * What is read before anything is sent: one message set for a whole batch. The company with its marker, preferences,
 * for each new bill those that may be it or resemble it, for each modification the record as it stands.
 */
import type { BillAddMatch, Posting } from '../../contract/index.ts';
import { addDays, type CalendarDate } from '../../domain/dates.ts';
import type { LedgerBill, LedgerVendor } from '../../domain/ledger.ts';
import { type BodyOf, type RequestMessage, type ResponseMessage, readStatus, recordsOf } from '../../qbxml/index.ts';
import { companyQuery, type FoundFile, readCompany } from '../fileIdentity.ts';
import { KINDS } from '../kinds.ts';
import { checkQuery } from '../queryStatus.ts';
import type { Answers, Session } from '../session.ts';
import { SiteTrouble } from '../trouble.ts';

/** Bills of a vendor within so many days are looked at where there is no number to go by. */
const WINDOW_DAYS = 7;
const COMPANY = 'company';
const PREFERENCES = 'preferences';

/** A bill in QuickBooks, as far as it is needed to recognise it. */
export interface FoundBill {
  readonly txnId: string;
  readonly vendorId: string;
  readonly guid?: string;
  readonly refNumber?: string;
  readonly txnDate: CalendarDate;
  readonly amountCents: number;
  readonly voided: boolean;
}

/** What stands in QuickBooks that concerns one posting. */
export type Standing =
  /** Every bill that may be the one to add, or resembles it. */
  | { readonly kind: 'bills'; readonly found: readonly FoundBill[] }
  | { readonly kind: 'bill'; readonly bill?: LedgerBill }
  | { readonly kind: 'vendor'; readonly vendor?: LedgerVendor }
  /** QuickBooks would not search: a vendor that it does not know, for example. */
  | { readonly kind: 'notSearched'; readonly statusCode: number; readonly text: string };

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

/** What stands in QuickBooks for one posting, read anew. */
export async function readStandingOf(session: Session, posting: Posting): Promise<Standing> {
  return readStanding(posting, await session.ask(standingRequests(posting, true)), true);
}

function closingDate(response: ResponseMessage): CalendarDate | undefined {
  checkQuery(response);
  const [preferences] = recordsOf(response, 'PreferencesRet');
  if (preferences === undefined) throw new SiteTrouble('retry', 'QuickBooks gives no preferences');
  return preferences.AccountingPreferences?.ClosingDate;
}

const idOf = ({ messageSetId }: Posting, search: string): string => `${search}-${messageSetId}`;

function standingRequests(posting: Posting, thorough: boolean): RequestMessage[] {
  switch (posting.kind) {
    case 'BillAdd':
      return searches(posting.match, thorough).map(([search, body]) => ({
        type: 'BillQuery',
        requestID: idOf(posting, search),
        body: { ...body, IncludeRetElement: RECOGNISED_BY },
      }));
    case 'BillMod':
      return [KINDS.bill.request({ by: 'id', ids: [posting.match.txnId] }, { requestID: idOf(posting, 'record') })];
    case 'VendorMod':
      return [KINDS.vendor.request({ by: 'id', ids: [posting.match.listId] }, { requestID: idOf(posting, 'record') })];
  }
}

const RECOGNISED_BY = [
  'TxnID',
  'EditSequence',
  'VendorRef',
  'TxnDate',
  'AmountDue',
  'RefNumber',
  'Memo',
  'ExternalGUID',
];

/**
 * Searches that together find the bill wherever it may be. Of the same vendor by a part of the number, since people
 * type blanks and letters of either case; thorough, also by number whatever the vendor, and by date whatever the number.
 */
function searches(match: BillAddMatch, thorough: boolean): (readonly [string, BodyOf<'BillQuery'>])[] {
  const { vendor, refNumber = '', txnDate } = match;
  const ofVendor = { EntityFilter: { ListID: [vendor.id] } };
  const number = refNumber.trim();
  const near: BodyOf<'BillQuery'> = {
    TxnDateRangeFilter: { FromTxnDate: addDays(txnDate, -WINDOW_DAYS), ToTxnDate: addDays(txnDate, WINDOW_DAYS) },
    ...ofVendor,
  };
  if (number === '') return [['near', near]];
  const numbered: BodyOf<'BillQuery'> = {
    ...ofVendor,
    RefNumberFilter: { MatchCriterion: 'Contains', RefNumber: number },
  };
  return thorough
    ? [
        ['number', numbered],
        ['anyone', { RefNumber: [refNumber] }],
        ['near', near],
      ]
    : [['number', numbered]];
}

function readStanding(posting: Posting, answers: Answers, thorough: boolean): Standing {
  const responses = standingRequests(posting, thorough).map(({ requestID = '' }) => answers.to(requestID));
  for (const response of responses) {
    const { disposition } = readStatus(response.status);
    // What QuickBooks has against the IDs asked about, it will have against the posting.
    if (disposition === 'person' || disposition === 'bug')
      return posting.kind === 'BillAdd'
        ? { kind: 'notSearched', statusCode: response.status.code, text: response.status.message }
        : nothing(posting.kind);
    checkQuery(response);
  }
  const [response] = responses;
  if (response === undefined) return nothing(posting.kind);
  switch (posting.kind) {
    case 'BillAdd':
      return { kind: 'bills', found: responses.flatMap(foundBills) };
    case 'BillMod': {
      const { records, unreadable } = KINDS.bill.read(response);
      const [unread] = unreadable;
      if (unread !== undefined) return { kind: 'notSearched', statusCode: 0, text: unread.reason };
      return records[0] === undefined ? nothing(posting.kind) : { kind: 'bill', bill: records[0] };
    }
    case 'VendorMod': {
      const { records, unreadable } = KINDS.vendor.read(response);
      const [unread] = unreadable;
      if (unread !== undefined) return { kind: 'notSearched', statusCode: 0, text: unread.reason };
      return records[0] === undefined ? nothing(posting.kind) : { kind: 'vendor', vendor: records[0] };
    }
  }
}

function nothing(kind: Posting['kind']): Standing {
  switch (kind) {
    case 'BillAdd':
      return { kind: 'bills', found: [] };
    case 'BillMod':
      return { kind: 'bill' };
    case 'VendorMod':
      return { kind: 'vendor' };
  }
}

function foundBills(response: ResponseMessage): FoundBill[] {
  if (response.problems.length > 0)
    throw new SiteTrouble('retry', `a bill that may be the one to post cannot be read: ${response.problems[0]?.path}`);
  return recordsOf(response, 'BillRet').map((ret) => {
    const { TxnID, VendorRef, TxnDate, AmountDue, RefNumber, Memo = '', ExternalGUID } = ret;
    return {
      txnId: TxnID,
      vendorId: VendorRef?.ListID ?? '',
      ...(ExternalGUID === undefined ? {} : { guid: ExternalGUID }),
      ...(RefNumber === undefined ? {} : { refNumber: RefNumber }),
      txnDate: TxnDate ?? '',
      amountCents: AmountDue ?? 0,
      // There is no flag for it: a voided bill is one of nothing, whose memo says so (reported, unverified).
      voided: AmountDue === 0 && Memo.trimStart().toUpperCase().startsWith('VOID'),
    };
  });
}
