/**
 * Posting: what the cloud wants written to QuickBooks, and what became of it.
 *
 * 1. A posting has one identity, its message-set ID: made from company, MineralTree record, kind and revision, at most
 *    20 characters, never from content.
 * 2. Its request is encoded once, in the cloud, and sent byte for byte by whichever connector.
 * 3. Each posting of a batch comes back with exactly one outcome. Nothing is said to be `refused` or `notBegun` unless it
 *    is known not to be in QuickBooks; `uncertain` is everything else.
 */
import type { BillTextChanges } from '../domain/billFields.ts';
import type { CalendarDate } from '../domain/dates.ts';
import type { LedgerBill, LedgerPayment, LedgerTerms, LedgerVendor, ListRef } from '../domain/ledger.ts';
import type { Cents, Decimal } from '../domain/money.ts';
import type { Block, FileMark, Visit } from './site.ts';

export const MAX_MESSAGE_SET_ID = 20;
/** Postings in one batch, so that a batch is one visit of bearable length. */
export const MAX_BATCH = 20;

interface PostingBase {
  readonly messageSetId: string;
  /** The whole qbXML document, ASCII, with `newMessageSetID` and, where one is to be cleared, `oldMessageSetID`. */
  readonly xml: string;
  /** Dates of the transaction before and after: none may lie in a closed period. Empty for lists. */
  readonly dates: readonly CalendarDate[];
}

/** What a new bill is known by, if it is there already: our GUID; else somebody else's vendor and number. */
export interface BillAddMatch {
  readonly guid: string;
  readonly vendor: ListRef;
  readonly refNumber?: string;
  readonly txnDate: CalendarDate;
  readonly amountCents: Cents;
}

/**
 * A line as it should stand after a modification, in order. References by ListID. A text that is absent is not compared;
 * null means empty.
 */
export interface ExpectedLine extends BillTextChanges<'expenseLine'>, BillTextChanges<'itemLine'> {
  readonly accountId?: string;
  readonly itemId?: string;
  readonly amountCents: Cents;
  readonly quantity?: Decimal;
  readonly classId?: string;
  readonly customerId?: string;
}

/** What a bill reads as once its modification is applied. A field that is absent is not compared; null means empty. */
export interface BillModMatch {
  readonly txnId: string;
  /** The edit sequence that the modification was made for. */
  readonly editSequence: string;
  readonly target: BillTextChanges<'header'> & {
    readonly vendorId?: string;
    readonly txnDate?: CalendarDate;
    readonly dueDate?: CalendarDate;
    readonly refNumber?: string | null;
    readonly termsId?: string | null;
    readonly amountCents: Cents;
    readonly expenseLines?: readonly ExpectedLine[];
    readonly itemLines?: readonly ExpectedLine[];
  };
}

export interface VendorModMatch {
  readonly listId: string;
  readonly editSequence: string;
  readonly target: {
    readonly phone?: string | null;
    readonly fax?: string | null;
    readonly email?: string | null;
    readonly nameOnCheck?: string | null;
    /** The whole block: lines, then town and country. */
    readonly address?: LedgerVendor['address'] | null;
  };
}

/** What a new payment is known by, if it is there already: our GUID; else account, number, date and amount. */
export interface PaymentAddMatch {
  readonly guid: string;
  readonly vendor: ListRef;
  /** The bank or credit-card account. */
  readonly account: ListRef;
  readonly apAccountId?: string;
  readonly refNumber?: string;
  readonly txnDate: CalendarDate;
  readonly amountCents: Cents;
  /**
   * What it pays, and what was open on each bill when it was planned. It is sent only where what is open then, by
   * BillToPay, covers cash and discount of every bill.
   */
  readonly applications: readonly {
    readonly txnId: string;
    readonly amountCents: Cents;
    readonly discountCents: Cents;
    readonly openCents: Cents;
  }[];
}

/** New terms are known by their name, and are the same only when days and percent agree. */
export interface TermsAddMatch {
  readonly name: string;
  readonly dueDays: number;
  readonly discountDays?: number;
  readonly discountPercent?: Decimal;
}

/** A payment to be voided: it reads as 0.00 once it is. */
export interface TxnVoidMatch {
  readonly txnType: 'BillPaymentCheck' | 'BillPaymentCreditCard';
  readonly txnId: string;
  readonly amountCents: Cents;
}

export type Posting =
  | (PostingBase & { readonly kind: 'BillAdd'; readonly match: BillAddMatch })
  | (PostingBase & { readonly kind: 'BillMod'; readonly match: BillModMatch })
  | (PostingBase & { readonly kind: 'VendorMod'; readonly match: VendorModMatch })
  | (PostingBase & { readonly kind: 'StandardTermsAdd'; readonly match: TermsAddMatch })
  | (PostingBase & { readonly kind: PaymentAddKind; readonly match: PaymentAddMatch })
  | (PostingBase & { readonly kind: 'TxnVoid'; readonly match: TxnVoidMatch });
export type PaymentAddKind = 'BillPaymentCheckAdd' | 'BillPaymentCreditCardAdd';
export type PostingKind = Posting['kind'];

export interface PostRequest {
  readonly protocol: number;
  readonly companyId: string;
  readonly batchId: string;
  /** Which activity of the site carries it out. @default postBills */
  readonly activity?: 'postBills' | 'postPayments';
  /**
   * In order: terms, vendor edits, bills, edits of bills; or payments, then voids of payments. Never of both kinds in
   * one batch, for the second kind moves money that the first makes due.
   */
  readonly postings: readonly Posting[];
  /** True when any of these may have been sent before, whatever the number of this attempt: then settle before sending. */
  readonly mayHaveBeenSent: boolean;
  readonly file: FileMark;
}

export type Outcome =
  | {
      readonly kind: 'posted';
      readonly messageSetId: string;
      /** How it is known: answered now, answered again from QuickBooks' own record, found by GUID, found by reading. */
      readonly how: 'sent' | 'storedAnswer' | 'foundByGuid' | 'foundByReading';
      /** The record as QuickBooks has it now, with its line IDs. */
      readonly bill?: LedgerBill;
      readonly vendor?: LedgerVendor;
      readonly terms?: LedgerTerms;
      /** Of a void: what is left of the payment, an amount of 0.00; absent where it is gone. */
      readonly payment?: LedgerPayment;
    }
  | {
      readonly kind: 'refused';
      readonly messageSetId: string;
      readonly code: RefusalCode;
      /** QuickBooks' status code and text, where it was QuickBooks that refused. */
      readonly statusCode?: number;
      readonly text: string;
      /** For `duplicateNumber`: the other bill, or the other payment. */
      readonly otherTxnId?: string;
    }
  | { readonly kind: 'uncertain'; readonly messageSetId: string; readonly text: string }
  | { readonly kind: 'notBegun'; readonly messageSetId: string; readonly text: string };

export type RefusalCode =
  /** QuickBooks answered with an error; `statusCode` and `text` say which. */
  | 'refusedByQuickBooks'
  | 'closedPeriod'
  /** Another bill of the same vendor has the same number; another payment the same account, number, date and amount. */
  | 'duplicateNumber'
  /** Terms of the same name have other days or another discount. */
  | 'termsTaken'
  /** What is open on a bill by BillToPay is not what the payment was made for; `text` has both amounts. */
  | 'balanceDiffers'
  /** The record changed in QuickBooks since the modification, or the void, was made. */
  | 'changedInQuickBooks'
  /** The connector does not send this kind of request. */
  | 'notAllowed';

export interface PostResult {
  readonly protocol: number;
  readonly companyId: string;
  readonly batchId: string;
  readonly connector: string;
  /** One for each posting, in the same order. */
  readonly outcomes: readonly Outcome[];
  /** Present when a person must act before anything more is written; the outcomes say how far it went. */
  readonly block?: Block;
  /** True when asked to stop (a pause) before the end. */
  readonly stopped: boolean;
  /** The marker as it stands in the file now. */
  readonly marker?: string;
  /** Warnings that stopped nothing: a bill without a number that resembles another. */
  readonly warnings: readonly { readonly messageSetId: string; readonly text: string; readonly otherTxnId: string }[];
  readonly visit: Visit;
}
