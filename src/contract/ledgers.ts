/** Reading what is open in QuickBooks, page by page, for the report whether the two ledgers agree. */
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
  readonly refNumber?: string;
  readonly txnDate: CalendarDate;
  readonly dueDate?: CalendarDate;
  readonly amountCents: Cents;
  /** What is left by BillToPay; absent where BillToPay does not list the bill. */
  readonly openCents?: Cents;
}

export type LedgerResult =
  | {
      readonly kind: 'page';
      readonly companyId: string;
      readonly reportId: string;
      readonly bills: readonly OpenBill[];
      /** Absent on the last page. */
      readonly next?: string;
      readonly visit: Visit;
    }
  | { readonly kind: 'blocked'; readonly companyId: string; readonly reportId: string; readonly block: Block }
  | { readonly kind: 'stopped' };
