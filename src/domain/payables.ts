/**
 * What MineralTree keeps, as plain data: the records of its API with money as integer cents, dates as calendar dates
 * and references as IDs. `src/mineraltree` turns them into the API's JSON and back and refuses what does not fit
 * (another precision, another currency, a time of day in a date).
 *
 * Source: the API guide of record (edition 5.28), entities and value types. `id` is MineralTree's UUID, `externalId`
 * QuickBooks' ListID or TxnID, empty until known.
 */
import type { BillTexts } from './billFields.ts';
import type { CalendarDate } from './dates.ts';
import type { Cents, Decimal } from './money.ts';

interface Stamped {
  readonly id: string;
  /** Absent where MineralTree has none, or an empty one. */
  readonly externalId?: string;
  /** MineralTree's own time of the last change, ISO 8601 in UTC, to the second. */
  readonly modified: string;
}

interface Named extends Stamped {
  readonly name: string;
  readonly active: boolean;
}

/** A reference on an invoice: MineralTree's ID of the record, and the ledger's where the answer carried it. */
export interface PayablesRef {
  readonly id: string;
  readonly externalId?: string;
}

export interface GlAccount extends Named {
  readonly ledgerType: 'AP_ACCOUNT' | 'EXPENSE_ACCOUNT' | 'ACCOUNT';
  readonly accountNumber?: string;
}

/** A payment account (`pm`): a bank account or a credit card. */
export interface PaymentMethod extends Stamped {
  readonly name: string;
  readonly type: 'ACH' | 'CREDITCARD' | 'UNKNOWN';
  readonly status: 'Active' | 'Locked';
  readonly availableBalanceCents?: Cents;
}

export type Classification = Named;
/** MineralTree has no customer or job: a project carries them. */
export type Project = Named;

export interface CompanyItem extends Named {
  readonly type: string;
  readonly cost?: Decimal;
}

/** Payment terms counted in days. */
export interface Term extends Named {
  readonly dueDays: number;
  readonly discountDays?: number;
  readonly discountPercent?: Decimal;
}

export interface PayablesAddress {
  readonly lines: readonly string[];
  readonly town?: string;
  readonly region?: string;
  readonly postalCode?: string;
  /** Three letters (ISO 3166). */
  readonly country?: string;
}

export interface PayablesVendor extends Named {
  /** The name printed on checks. */
  readonly legalName?: string;
  readonly address?: PayablesAddress;
  readonly phone?: string;
  readonly fax?: string;
  readonly email?: string;
  /** Our account number with the vendor. */
  readonly customerAccount?: string;
}

export interface InvoiceLine {
  /** From 0, over both kinds of lines. */
  readonly lineNumber: number;
  readonly amountCents: Cents;
  readonly classification?: PayablesRef;
  readonly project?: PayablesRef;
  readonly billable?: boolean;
}
export interface InvoiceExpense extends InvoiceLine, BillTexts<'expenseLine'> {
  readonly glAccount?: PayablesRef;
}
export interface InvoiceItem extends InvoiceLine, BillTexts<'itemLine'> {
  readonly item?: PayablesRef;
  readonly quantity?: Decimal;
  readonly cost?: Decimal;
}

/**
 * JSON states of the API guide, and two that only its search knows by number (4 Draft, 8 AwaitingApproval) and that the
 * sandbox writes by name. Unverified against a live MineralTree.
 */
export type InvoiceState =
  | 'Draft'
  | 'AwaitingApproval'
  | 'Open'
  | 'PendingSettled'
  | 'Settled'
  | 'ClosedByCredit'
  | 'Voided';

/**
 * An invoice, which MineralTree's API calls a bill. `Open` with an empty externalId means: approved, to be posted. Its
 * plain texts, and those of its lines, are declared in `billFields.ts`.
 */
export interface Invoice extends Stamped, BillTexts<'header'> {
  readonly vendor: PayablesRef;
  readonly term?: PayablesRef;
  readonly apAccount?: PayablesRef;
  readonly transactionDate: CalendarDate;
  readonly dueDate?: CalendarDate;
  readonly invoiceNumber?: string;
  readonly amountCents: Cents;
  readonly balanceCents: Cents;
  /** Discounts that MineralTree itself took with payments; absent where there are none. It is never written. */
  readonly appliedDiscountCents?: Cents;
  readonly state: InvoiceState;
  readonly expenses: readonly InvoiceExpense[];
  readonly items: readonly InvoiceItem[];
}

/** How money went, by the payment's fundMethod (API guide). `CREDIT` is a credit that was applied, no money. */
export type FundMethod =
  | 'CHECK'
  | 'CREDITCARD'
  | 'DEBITCARD'
  | 'VCARD'
  | 'ACH'
  | 'ECHECK'
  | 'BILLPAY'
  | 'WIRE'
  | 'CREDIT'
  | 'UNKNOWN';

/** What a payment pays of one invoice. */
export interface AppliedPayment {
  readonly invoice: PayablesRef;
  readonly appliedCents: Cents;
}

/** A payment, made in MineralTree or recorded there as external (made in the ledger). */
export interface Payment extends Stamped {
  readonly paymentMethod?: PayablesRef;
  readonly fundMethod: FundMethod;
  readonly vendor?: PayablesRef;
  readonly applied: readonly AppliedPayment[];
  readonly amountCents: Cents;
  readonly transactionDate: CalendarDate;
  readonly checkNumber?: number;
  /** Check number or ACH trace, as the channel has it. */
  readonly sequenceText?: string;
  /** The API guide's number of the status: what each means to the ledger is decided in one table. */
  readonly status: number;
}

/** A credit of a vendor. Made in the ledger only, for QuickBooks Desktop. */
export interface Credit extends Stamped {
  readonly vendor: PayablesRef;
  readonly creditNumber?: string;
  readonly transactionDate: CalendarDate;
  readonly amountCents: Cents;
  readonly memo?: string;
  readonly status: 'Open' | 'Settled' | 'Voided';
}

/** A credit applied to an invoice. It cannot be changed, only voided. */
export interface BillCredit extends Stamped {
  readonly invoice: PayablesRef;
  readonly credit: PayablesRef;
  readonly transactionDate: CalendarDate;
  readonly appliedCents: Cents;
}

/** A period of the books: closed means that MineralTree takes no posting dated in it. */
export interface AccountingPeriod extends Stamped {
  readonly name: string;
  readonly started: CalendarDate;
  readonly ended: CalendarDate;
  readonly closed: boolean;
}

/** What is written of a record: everything but what MineralTree itself gives. */
export type Draft<T extends Stamped> = Omit<T, 'id' | 'modified'>;
