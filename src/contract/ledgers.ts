/**
 * Reading what is open in QuickBooks, page by page, for the report whether the two ledgers agree: first the unpaid bills,
 * then, on pages of their own, what else is in accounts payable.
 */
import type { CalendarDate } from '../domain/dates.ts';
import type { ListRef } from '../domain/ledger.ts';
import type { Cents } from '../domain/money.ts';
import type { Block, FileMark, Visit } from './site.ts';

export interface LedgerRequest {
  readonly protocol: number;
  readonly companyId: string;
  readonly reportId: string;
  /** Where the last page ended, as it said; absent for the first. */
  readonly after?: string;
  readonly file: FileMark;
}

export interface OpenBill {
  readonly txnId: string;
  readonly editSequence: string;
  readonly vendor: ListRef;
  readonly apAccount?: ListRef;
  readonly refNumber?: string;
  readonly txnDate: CalendarDate;
  readonly dueDate?: CalendarDate;
  readonly amountCents: Cents;
  /** What is left by BillToPay; absent where BillToPay does not list the bill. */
  readonly openCents?: Cents;
}

/** A vendor credit that is not used up by its links. */
export interface OpenCredit {
  readonly txnId: string;
  readonly vendor: ListRef;
  readonly apAccount?: ListRef;
  readonly refNumber?: string;
  readonly txnDate: CalendarDate;
  readonly amountCents: Cents;
  /** What is left by BillToPay; absent where BillToPay does not list the credit. */
  readonly openCents?: Cents;
}

/**
 * What another transaction (a journal entry, check, deposit, charge or credit of a card, item receipt) does to an A/P
 * account. Amounts are positive where more is owed by it, negative where less.
 */
export interface OtherPayable {
  readonly txnId: string;
  /** As qbXML calls it: `JournalEntry`, `Check`, ... */
  readonly txnType: string;
  readonly apAccount: ListRef;
  readonly vendor?: ListRef;
  readonly refNumber?: string;
  readonly txnDate: CalendarDate;
  readonly amountCents: Cents;
  /**
   * What is left of it by BillToPay, 0 where it is used up; absent for what BillToPay never lists (item receipts, lines
   * without a vendor): then the whole amount stands in the account.
   */
  readonly openCents?: Cents;
}

/** An A/P account with its balance as QuickBooks shows it: positive where something is owed. */
export interface PayableAccount {
  readonly account: ListRef;
  readonly balanceCents: Cents;
}

export type LedgerResult =
  | {
      readonly kind: 'page';
      readonly companyId: string;
      readonly reportId: string;
      readonly bills: readonly OpenBill[];
      /** On the pages after the bills, in the order of vendors. */
      readonly credits?: readonly OpenCredit[];
      readonly others?: readonly OtherPayable[];
      /** On the first page after the bills. */
      readonly accounts?: readonly PayableAccount[];
      /** Absent on the last page. */
      readonly next?: string;
      readonly visit: Visit;
    }
  | { readonly kind: 'blocked'; readonly companyId: string; readonly reportId: string; readonly block: Block }
  | { readonly kind: 'stopped' };
