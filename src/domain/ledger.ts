/**
 * What QuickBooks Desktop keeps, as plain data: the records that Tandem reads from a company file.
 *
 * Field names follow qbXML's own in camel case; `id` is the ListID or TxnID, `editSequence` the EditSequence as text.
 * A field that QuickBooks left out is absent, never an empty string. Amounts are integer cents, costs and quantities
 * decimals, dates calendar dates (reference: qbXML 13.0, US edition).
 */
import type { BillTexts } from './billFields.ts';
import type { CalendarDate } from './dates.ts';
import type { Cents, Decimal } from './money.ts';

/** A reference to a list entry: its ListID, and its full name as QuickBooks wrote it at the time. */
export interface ListRef {
  readonly id: string;
  readonly name: string;
}

interface ListEntry {
  /** ListID. */
  readonly id: string;
  readonly editSequence: string;
  readonly active: boolean;
}

export interface LedgerAccount extends ListEntry {
  /** With colons between levels. */
  readonly fullName: string;
  /** One of qbXML's sixteen AccountType values, as text. */
  readonly type: string;
  readonly number?: string;
  readonly balanceCents?: Cents;
}

export interface LedgerClass extends ListEntry {
  readonly fullName: string;
}

/** A customer, or a job of one (then `fullName` has a colon). */
export interface LedgerCustomer extends ListEntry {
  readonly fullName: string;
}

export interface LedgerItem extends ListEntry {
  readonly fullName: string;
  /** The kind of item as qbXML names its record, without `Item` and `Ret`: `Service`, `Inventory`, `Group`, ... */
  readonly type: string;
  readonly purchaseCost?: Decimal;
}

export type LedgerTerms = ListEntry & {
  readonly name: string;
  readonly form:
    | {
        readonly kind: 'standard';
        readonly dueDays: number;
        readonly discountDays?: number;
        readonly discountPercent?: Decimal;
      }
    | { readonly kind: 'dateDriven'; readonly dayOfMonthDue: number; readonly dueNextMonthDays?: number };
};

/** A postal address as QuickBooks keeps it: up to five lines, then town and country. */
export interface LedgerAddress {
  readonly lines: readonly string[];
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country?: string;
  readonly note?: string;
}

export interface LedgerVendor extends ListEntry {
  readonly name: string;
  readonly companyName?: string;
  readonly address?: LedgerAddress;
  readonly phone?: string;
  readonly fax?: string;
  readonly email?: string;
  readonly nameOnCheck?: string;
  readonly accountNumber?: string;
  readonly terms?: ListRef;
  readonly currency?: ListRef;
}

export interface LedgerLine {
  /** TxnLineID. */
  readonly lineId: string;
  readonly amountCents: Cents;
  readonly customer?: ListRef;
  readonly class?: ListRef;
  readonly billable?: 'Billable' | 'NotBillable' | 'HasBeenBilled';
}

export interface LedgerExpenseLine extends LedgerLine, BillTexts<'expenseLine'> {
  readonly account?: ListRef;
}

export interface LedgerItemLine extends LedgerLine, BillTexts<'itemLine'> {
  readonly item?: ListRef;
  readonly quantity?: Decimal;
  readonly cost?: Decimal;
}

/** A link between transactions. `amountCents` carries the sign that QuickBooks gave it (negative on the reduced document). */
export interface LedgerLink {
  readonly txnId: string;
  readonly txnType: string;
  readonly txnDate: CalendarDate;
  readonly refNumber?: string;
  readonly linkType?: 'AMTTYPE' | 'QUANTYPE';
  readonly amountCents: Cents;
}

/** Its plain texts, and those of its lines, are declared in `billFields.ts`. */
export interface LedgerBill extends BillTexts<'header'> {
  /** TxnID. */
  readonly id: string;
  readonly editSequence: string;
  readonly vendor: ListRef;
  readonly apAccount?: ListRef;
  readonly txnDate: CalendarDate;
  readonly dueDate?: CalendarDate;
  /** The total of the lines; constant while nothing is edited, whatever was paid. */
  readonly amountDueCents: Cents;
  readonly currency?: ListRef;
  readonly refNumber?: string;
  readonly terms?: ListRef;
  readonly isPaid?: boolean;
  /** ExternalGUID: for a bill posted by Tandem, the name of the MineralTree record. */
  readonly guid?: string;
  readonly links: readonly LedgerLink[];
  readonly expenseLines: readonly LedgerExpenseLine[];
  readonly itemLines: readonly LedgerItemLine[];
  /** How many item groups the bill has. Their lines cannot be carried either way, so such a bill is never modified. */
  readonly groupLines: number;
}

/** A vendor credit. What is left of it is what BillToPay says; `links` tell the bills it was applied to. */
export interface LedgerCredit {
  /** TxnID. */
  readonly id: string;
  readonly editSequence: string;
  readonly vendor: ListRef;
  readonly apAccount?: ListRef;
  readonly txnDate: CalendarDate;
  /** The total of its lines; constant while nothing is edited, whatever was applied. */
  readonly creditAmountCents: Cents;
  readonly currency?: ListRef;
  readonly refNumber?: string;
  readonly memo?: string;
  readonly links: readonly LedgerLink[];
}

/** What a payment does to one bill: cash, and a discount taken with it. Credits set with it stand as links of the bill. */
export interface LedgerApplication {
  readonly txnId: string;
  readonly txnType: string;
  /** Cash. */
  readonly amountCents: Cents;
  readonly discountCents: Cents;
  readonly discountAccount?: ListRef;
}

/** A bill payment by check or by credit card. */
export interface LedgerPayment {
  /** TxnID. */
  readonly id: string;
  readonly editSequence: string;
  readonly method: 'check' | 'creditCard';
  readonly vendor: ListRef;
  readonly apAccount?: ListRef;
  /** The bank or credit-card account that it was paid from. */
  readonly account: ListRef;
  readonly txnDate: CalendarDate;
  readonly amountCents: Cents;
  readonly currency?: ListRef;
  readonly refNumber?: string;
  readonly memo?: string;
  /** ExternalGUID: for a payment posted by Tandem, the name of MineralTree's payment and the A/P account. */
  readonly guid?: string;
  readonly applications: readonly LedgerApplication[];
}

/** The records that a pull carries, by kind. */
export interface LedgerRecords {
  readonly account: LedgerAccount;
  readonly class: LedgerClass;
  readonly customer: LedgerCustomer;
  readonly item: LedgerItem;
  readonly terms: LedgerTerms;
  readonly vendor: LedgerVendor;
  readonly bill: LedgerBill;
  readonly credit: LedgerCredit;
  readonly checkPayment: LedgerPayment;
  readonly cardPayment: LedgerPayment;
}
export type LedgerKind = keyof LedgerRecords;

/** Kinds that are transactions: with a date and a TxnID. The others are entries of lists. */
export const TRANSACTION_KINDS = ['bill', 'credit', 'checkPayment', 'cardPayment'] as const satisfies LedgerKind[];
export type TransactionKind = (typeof TRANSACTION_KINDS)[number];
export const isTransactionKind = (kind: LedgerKind): kind is TransactionKind =>
  TRANSACTION_KINDS.some((one) => one === kind);

/** In the order in which MineralTree needs them: what a record refers to comes before it (reference: load order, 1.9). */
export const LEDGER_KINDS = [
  'account',
  'class',
  'customer',
  'item',
  'terms',
  'vendor',
  'bill',
  'credit',
  'checkPayment',
  'cardPayment',
] as const satisfies LedgerKind[];
