/**
 * Posting plans: what is to be written to QuickBooks, as plain data, before it is encoded as qbXML.
 *
 * 1. A reference carries ListID and full name as QuickBooks has them.
 * 2. `null` empties a field, absent leaves it as it is. A plan for a new bill holds no null.
 * 3. The lines of a plan sum to its amount.
 * 4. `match` and `dates` go into the posting as they are.
 */
import type {
  BillAddMatch,
  BillModMatch,
  PaymentAddMatch,
  TermsAddMatch,
  TxnVoidMatch,
  VendorModMatch,
} from '../contract/posting.ts';
import type { BillTextChanges, BillTexts } from '../domain/billFields.ts';
import type { CalendarDate } from '../domain/dates.ts';
import type { LedgerAddress, ListRef } from '../domain/ledger.ts';
import type { Cents, Decimal } from '../domain/money.ts';

/** How an item line says its worth: quantity and cost only where their product is the amount to the cent. */
export type ItemWorth =
  | { readonly by: 'cost'; readonly quantity: Decimal; readonly cost: Decimal; readonly amountCents: Cents }
  | { readonly by: 'quantity'; readonly quantity: Decimal; readonly amountCents: Cents }
  | { readonly by: 'amount'; readonly amountCents: Cents };

interface LinePlan {
  /** Of the line in MineralTree. */
  readonly lineNumber: number;
  readonly amountCents: Cents;
  readonly customer?: ListRef | null;
  readonly class?: ListRef | null;
  readonly billable?: 'Billable' | 'NotBillable';
}
export interface ExpenseLinePlan extends LinePlan, BillTextChanges<'expenseLine'> {
  readonly account: ListRef;
}
export interface ItemLinePlan extends LinePlan, BillTextChanges<'itemLine'> {
  readonly item: ListRef;
  readonly worth: ItemWorth;
}

export interface BillAddPlan extends BillTexts<'header'> {
  readonly kind: 'BillAdd';
  readonly guid: string;
  readonly vendor: ListRef;
  readonly apAccount?: ListRef;
  readonly txnDate: CalendarDate;
  readonly dueDate: CalendarDate;
  readonly refNumber?: string;
  readonly terms?: ListRef;
  readonly amountCents: Cents;
  readonly expenseLines: readonly ExpenseLinePlan[];
  readonly itemLines: readonly ItemLinePlan[];
  readonly match: BillAddMatch;
  readonly dates: readonly CalendarDate[];
}

/** A line of a modified bill: `lineId` is its TxnLineID, or `-1` for a new line. */
export type Modified<L> = L & { readonly lineId: string };

export interface BillModPlan extends BillTextChanges<'header'> {
  readonly kind: 'BillMod';
  readonly txnId: string;
  readonly editSequence: string;
  readonly vendor?: ListRef;
  /** Both dates are always sent: omitted, QuickBooks uses the last date that a user saved. */
  readonly txnDate: CalendarDate;
  readonly dueDate: CalendarDate;
  readonly refNumber?: string | null;
  readonly terms?: ListRef | null;
  readonly amountCents: Cents;
  /** Absent when no line changed; else every line of the bill. */
  readonly lines?: {
    readonly expenseLines: readonly Modified<ExpenseLinePlan>[];
    readonly itemLines: readonly Modified<ItemLinePlan>[];
    /** The bill had such lines and has none any more: ClearExpenseLines, ClearItemLines. */
    readonly clearExpenseLines: boolean;
    readonly clearItemLines: boolean;
  };
  readonly match: BillModMatch;
  readonly dates: readonly CalendarDate[];
}

export interface VendorModPlan {
  readonly kind: 'VendorMod';
  readonly listId: string;
  readonly editSequence: string;
  readonly phone?: string | null;
  readonly fax?: string | null;
  readonly email?: string | null;
  readonly nameOnCheck?: string | null;
  /** The whole block, every element of it sent; null empties all of them. */
  readonly address?: LedgerAddress | null;
  readonly match: VendorModMatch;
  readonly dates: readonly CalendarDate[];
}

/** A payment made in MineralTree, for QuickBooks: of one vendor, from one account, against bills of one A/P account. */
export interface PaymentAddPlan {
  readonly kind: 'BillPaymentCheckAdd' | 'BillPaymentCreditCardAdd';
  readonly guid: string;
  readonly vendor: ListRef;
  readonly apAccount?: ListRef;
  readonly account: ListRef;
  readonly txnDate: CalendarDate;
  /** At most 11 characters. */
  readonly refNumber?: string;
  readonly memo?: string;
  readonly applications: readonly {
    readonly txnId: string;
    readonly amountCents: Cents;
    readonly discountCents: Cents;
    readonly discountAccount?: ListRef;
  }[];
  readonly amountCents: Cents;
  readonly match: PaymentAddMatch;
  readonly dates: readonly CalendarDate[];
}

/** Terms entered in MineralTree, for QuickBooks. */
export interface TermsAddPlan {
  readonly kind: 'StandardTermsAdd';
  readonly name: string;
  readonly dueDays: number;
  readonly discountDays?: number;
  readonly discountPercent?: Decimal;
  readonly match: TermsAddMatch;
  readonly dates: readonly CalendarDate[];
}

/** A payment voided in MineralTree, to be voided in QuickBooks, where the company has chosen so. */
export interface TxnVoidPlan {
  readonly kind: 'TxnVoid';
  readonly match: TxnVoidMatch;
  readonly dates: readonly CalendarDate[];
}

export type PostingPlan = BillAddPlan | BillModPlan | VendorModPlan | TermsAddPlan | PaymentAddPlan | TxnVoidPlan;
