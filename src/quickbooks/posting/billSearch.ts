/** Looking for bills that may be the one to post, or that somebody else entered under the same number. */
import type { BillAddMatch } from '../../contract/index.ts';
import { addDays, type CalendarDate } from '../../domain/dates.ts';
import type { Cents } from '../../domain/money.ts';
import { type BodyOf, type RequestMessage, type ResponseMessage, recordsOf } from '../../qbxml/index.ts';
import { SiteTrouble } from '../trouble.ts';

/** A bill in QuickBooks, as far as it is needed to recognise it. */
export interface FoundBill {
  readonly txnId: string;
  readonly vendorId: string;
  readonly guid?: string;
  readonly refNumber?: string;
  readonly txnDate: CalendarDate;
  readonly amountCents: Cents;
  readonly voided: boolean;
}

/** Bills of a vendor within so many days are looked at where there is no number to go by. */
const WINDOW_DAYS = 7;

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
export function billSearches(
  match: BillAddMatch,
  thorough: boolean,
): readonly (readonly [search: string, request: RequestMessage<'BillQuery'>])[] {
  const { vendor, refNumber = '', txnDate } = match;
  const ofVendor = { EntityFilter: { ListID: [vendor.id] } };
  const number = refNumber.trim();
  const near = asked({
    TxnDateRangeFilter: { FromTxnDate: addDays(txnDate, -WINDOW_DAYS), ToTxnDate: addDays(txnDate, WINDOW_DAYS) },
    ...ofVendor,
  });
  if (number === '') return [['near', near]];
  const numbered = asked({ ...ofVendor, RefNumberFilter: { MatchCriterion: 'Contains', RefNumber: number } });
  return thorough
    ? [
        ['number', numbered],
        ['anyone', asked({ RefNumber: [refNumber] })],
        ['near', near],
      ]
    : [['number', numbered]];
}

const asked = (body: BodyOf<'BillQuery'>): RequestMessage<'BillQuery'> => ({
  type: 'BillQuery',
  body: { ...body, IncludeRetElement: RECOGNISED_BY },
});

export function foundBills(response: ResponseMessage): FoundBill[] {
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
