/**
 * The transactions of a company file: bills, vendor credits, bill payments, and the others that touch A/P.
 *
 * Amounts are integer cents in the vendor's currency; a voided transaction keeps its record with zero amounts.
 */
import type { Cents, Decimal } from '../../domain/money.ts';
import type { PostalAddress } from './listRecords.ts';
import type { Stamped } from './stamped.ts';

export type Billable = 'Billable' | 'NotBillable' | 'HasBeenBilled';

interface DocumentLine {
  readonly lineId: string;
  readonly amountCents: Cents;
  readonly customerId?: string;
  readonly classId?: string;
  readonly billable?: Billable;
}

export interface ExpenseLine extends DocumentLine {
  readonly accountId: string;
  readonly memo?: string;
}

export interface ItemLine extends DocumentLine {
  readonly itemId: string;
  readonly description?: string;
  readonly quantity?: Decimal;
  readonly unitOfMeasure?: string;
  readonly cost?: Decimal;
  /** Posts here instead of to the item's account; never shown again by QuickBooks. */
  readonly overrideAccountId?: string;
}

export interface GroupLine {
  readonly lineId: string;
  readonly itemId: string;
  readonly description?: string;
  readonly quantity?: Decimal;
  readonly lines: readonly ItemLine[];
}

/** Who a transaction came from. */
export type CreatedBy = 'person' | 'application';

/** What every transaction of a vendor has. */
interface VendorTransaction extends Stamped {
  readonly txnNumber: number;
  readonly vendorId: string;
  readonly apAccountId: string;
  readonly txnDate: string;
  readonly refNumber?: string;
  readonly memo?: string;
  readonly guid?: string;
  readonly createdBy: CreatedBy;
  readonly voided: boolean;
  /** Of a vendor in another currency: what one unit was worth in the home currency. Amounts are in that currency. */
  readonly exchangeRate?: Decimal;
}

interface Lines {
  readonly expenseLines: readonly ExpenseLine[];
  readonly itemLines: readonly ItemLine[];
  readonly groupLines: readonly GroupLine[];
}

export interface Bill extends VendorTransaction, Lines {
  readonly address?: PostalAddress;
  readonly dueDate?: string;
  readonly termsId?: string;
  /** Purchase orders and item receipts that it bills, by TxnID: links of quantity, not of money. */
  readonly orderIds?: readonly string[];
}

/** A vendor credit: its lines credit the accounts that a bill's would debit. */
export interface VendorCredit extends VendorTransaction, Lines {}

export type PaymentMethod = 'check' | 'creditCard';

/** What a payment does to one bill (or to another transaction that is owed). Its credits are `CreditApplication`s. */
export interface PaymentApplication {
  readonly billId: string;
  /** Cash; 0 when the bill was settled by discount and credits alone. */
  readonly cents: Cents;
  readonly discountCents: Cents;
  readonly discountAccountId?: string;
  readonly discountClassId?: string;
}

/** A bill payment by check or by credit card: the sum of its applications. Voided, it has none. */
export interface BillPayment extends VendorTransaction {
  readonly method: PaymentMethod;
  /** The bank or credit-card account. */
  readonly accountId: string;
  /** Of a check without a number. */
  readonly toBePrinted?: boolean;
  readonly applications: readonly PaymentApplication[];
}

/**
 * So much of a credit set against a bill, with or without a payment: no transaction, and nothing in the journal. `id` is
 * credit and bill, which have one row, whatever the number of times that a part was set.
 */
export interface CreditApplication extends Stamped {
  readonly creditTxnId: string;
  readonly billTxnId: string;
  readonly cents: Cents;
  /** Of `cents`, what was set together with which payments. */
  readonly byPayment: readonly { readonly paymentId: string; readonly cents: Cents }[];
}

export const GENERAL_TYPES = [
  'JournalEntry',
  'Check',
  'CreditCardCharge',
  'CreditCardCredit',
  'Deposit',
  'ItemReceipt',
  'PurchaseOrder',
] as const;
export type GeneralType = (typeof GENERAL_TYPES)[number];

/** Debits positive, credits negative. */
export interface GeneralLine {
  readonly lineId: string;
  readonly accountId: string;
  readonly cents: Cents;
  /** The vendor of an A/P line. */
  readonly vendorId?: string;
  readonly memo?: string;
}

/**
 * A transaction that touches A/P without being a bill, credit or bill payment; its lines, the account of its head among
 * them, sum to zero. At most one line is of an A/P account: debited it is a credit that can be applied, credited it is
 * owed like a bill. A purchase order posts nothing; an item receipt is owed, but payable only once it is billed.
 */
export interface GeneralTransaction extends Stamped {
  readonly type: GeneralType;
  readonly txnNumber: number;
  readonly txnDate: string;
  readonly refNumber?: string;
  readonly memo?: string;
  /** The vendor of the A/P line, the payee, or whom the order or receipt is from. */
  readonly vendorId?: string;
  /** The account of the A/P line. */
  readonly apAccountId?: string;
  /** The account of its head: the bank of a check, the card of a charge, where a deposit went; the first of the lines. */
  readonly accountId?: string;
  readonly createdBy: CreatedBy;
  readonly voided: boolean;
  readonly lines: readonly GeneralLine[];
  /** The bill that took an item receipt over: the receipt posts nothing any more. */
  readonly billedBy?: string;
}

/** One transaction in the journal: debits positive, credits negative, the sum zero. `id` is the TxnID. */
export interface JournalTransaction extends Stamped {
  readonly date: string;
  readonly entries: readonly PostedEntry[];
}

/** `cents` in the home currency; `foreignCents` in the account's own where that is another. */
export interface PostedEntry {
  readonly accountId: string;
  readonly cents: Cents;
  readonly foreignCents?: Cents;
}

export type TxnType = 'Bill' | 'VendorCredit' | 'BillPaymentCheck' | 'BillPaymentCreditCard' | GeneralType;

export interface DeletedTransaction extends Stamped {
  readonly type: TxnType;
  readonly refNumber?: string;
}
