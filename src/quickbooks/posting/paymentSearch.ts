/**
 * Looking for payments that may be the one to post, or that somebody else entered for the same check.
 *
 * By number whoever was paid, for a check exists once in its account; by vendor and date where there is no number, and,
 * thorough, in both ways. Account and GUID are compared here: QuickBooks' filters do not tell them apart.
 */
import { addDays, type CalendarDate } from '../../domain/dates.ts';
import type { Cents } from '../../domain/money.ts';
import { type BodyOf, type RequestMessage, type ResponseMessage, recordsOf } from '../../qbxml/index.ts';
import { present } from '../records/reading.ts';
import { SiteTrouble } from '../trouble.ts';
import type { PaymentPosting } from './recordKind.ts';

/** A payment in QuickBooks, as far as it is needed to recognise it. */
export interface FoundPayment {
  readonly txnId: string;
  readonly vendorId: string;
  /** The bank or credit-card account. */
  readonly accountId: string;
  readonly apAccountId?: string;
  readonly guid?: string;
  readonly refNumber?: string;
  readonly txnDate: CalendarDate;
  readonly amountCents: Cents;
}

/** Payments of a vendor within so many days are looked at where there is no number to go by. */
const WINDOW_DAYS = 7;

const RECOGNISED_BY = ['TxnID', 'PayeeEntityRef', 'APAccountRef', 'TxnDate', 'Amount', 'RefNumber', 'ExternalGUID'];

export function paymentSearches(
  { kind, match }: PaymentPosting,
  thorough: boolean,
): readonly (readonly [search: string, request: RequestMessage])[] {
  const { vendor, refNumber = '', txnDate } = match;
  const asked = (body: BodyOf<'BillPaymentCheckQuery'>): RequestMessage =>
    kind === 'BillPaymentCheckAdd'
      ? {
          type: 'BillPaymentCheckQuery',
          body: { ...body, IncludeRetElement: [...RECOGNISED_BY, 'BankAccountRef'] },
        }
      : {
          type: 'BillPaymentCreditCardQuery',
          body: { ...body, IncludeRetElement: [...RECOGNISED_BY, 'CreditCardAccountRef'] },
        };
  const near = asked({
    TxnDateRangeFilter: { FromTxnDate: addDays(txnDate, -WINDOW_DAYS), ToTxnDate: addDays(txnDate, WINDOW_DAYS) },
    EntityFilter: { ListID: [vendor.id] },
  });
  if (refNumber.trim() === '') return [['near', near]];
  const numbered = asked({ RefNumber: [refNumber] });
  return thorough
    ? [
        ['number', numbered],
        ['near', near],
      ]
    : [['number', numbered]];
}

export function foundPayments(response: ResponseMessage): FoundPayment[] {
  if (response.problems.length > 0)
    throw new SiteTrouble(
      'retry',
      `a payment that may be the one to post cannot be read: ${response.problems[0]?.path}`,
    );
  return [
    ...recordsOf(response, 'BillPaymentCheckRet').flatMap((ret) => found(ret, ret.BankAccountRef)),
    ...recordsOf(response, 'BillPaymentCreditCardRet').flatMap((ret) => found(ret, ret.CreditCardAccountRef)),
  ];
}

interface Ref {
  readonly ListID?: string;
}

/** Without a TxnID it is no transaction. */
function found(
  ret: {
    readonly TxnID?: string;
    readonly PayeeEntityRef?: Ref;
    readonly APAccountRef?: Ref;
    readonly TxnDate?: CalendarDate;
    readonly Amount?: Cents;
    readonly RefNumber?: string;
    readonly ExternalGUID?: string;
  },
  account: Ref | undefined,
): readonly FoundPayment[] {
  if (ret.TxnID === undefined) return [];
  return [
    {
      txnId: ret.TxnID,
      vendorId: ret.PayeeEntityRef?.ListID ?? '',
      accountId: account?.ListID ?? '',
      txnDate: ret.TxnDate ?? '',
      amountCents: ret.Amount ?? 0,
      ...present({ apAccountId: ret.APAccountRef?.ListID, guid: ret.ExternalGUID, refNumber: ret.RefNumber }),
    },
  ];
}
