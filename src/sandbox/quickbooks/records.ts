/**
 * What a company file of the sandbox keeps: its own records, in its own terms, apart from the product's.
 *
 * 1. Records are plain and replaced as a whole, never changed in place.
 * 2. `modifiedAt` is the Unix second of the last change; its text is the EditSequence, so two changes within one second
 *    have the same one, as in QuickBooks.
 * 3. Amounts are integer cents, unit costs and quantities decimals with the places they were given.
 *
 * Leaves to others: what may be entered (`lists.ts`, `bills.ts`), what it means in the books (`journal.ts`).
 */
import type { Cents, Decimal } from '../../domain/money.ts';
import type { UnixSecond } from './machineClock.ts';

export interface Stamped {
  /** ListID or TxnID. */
  readonly id: string;
  readonly createdAt: UnixSecond;
  readonly modifiedAt: UnixSecond;
}

export interface ListEntry extends Stamped {
  readonly name: string;
  /** With colons between levels; the name itself on a flat list. */
  readonly fullName: string;
  readonly active: boolean;
  readonly parentId?: string;
  /** 0 at the top. */
  readonly sublevel: number;
}

export const ACCOUNT_TYPES = [
  'AccountsPayable',
  'AccountsReceivable',
  'Bank',
  'CostOfGoodsSold',
  'CreditCard',
  'Equity',
  'Expense',
  'FixedAsset',
  'Income',
  'LongTermLiability',
  'NonPosting',
  'OtherAsset',
  'OtherCurrentAsset',
  'OtherCurrentLiability',
  'OtherExpense',
  'OtherIncome',
] as const;
export type AccountType = (typeof ACCOUNT_TYPES)[number];

export interface Account extends ListEntry {
  readonly type: AccountType;
  readonly number?: string;
  readonly description?: string;
}

export interface PostalAddress {
  readonly addr1?: string;
  readonly addr2?: string;
  readonly addr3?: string;
  readonly addr4?: string;
  readonly addr5?: string;
  readonly city?: string;
  readonly state?: string;
  readonly postalCode?: string;
  readonly country?: string;
  readonly note?: string;
}

export interface Vendor extends ListEntry {
  readonly companyName?: string;
  readonly salutation?: string;
  readonly firstName?: string;
  readonly middleName?: string;
  readonly lastName?: string;
  readonly jobTitle?: string;
  readonly address?: PostalAddress;
  readonly shipAddress?: PostalAddress;
  readonly phone?: string;
  readonly altPhone?: string;
  readonly fax?: string;
  readonly email?: string;
  readonly cc?: string;
  readonly contact?: string;
  readonly altContact?: string;
  readonly nameOnCheck?: string;
  readonly accountNumber?: string;
  readonly notes?: string;
  readonly termsId?: string;
  readonly creditLimitCents?: Cents;
  readonly taxIdent?: string;
  readonly eligibleFor1099?: boolean;
  readonly guid?: string;
}

export type ClassEntry = ListEntry;

/** A customer, or a job of one. */
export type Customer = ListEntry;

export interface Terms extends ListEntry {
  readonly kind: 'standard' | 'dateDriven';
  readonly dueDays?: number;
  readonly discountDays?: number;
  readonly discountPercent?: Decimal;
  readonly dayOfMonthDue?: number;
  readonly dueNextMonthDays?: number;
  readonly discountDayOfMonth?: number;
}

export const ITEM_TYPES = ['Service', 'NonInventory', 'OtherCharge', 'Inventory', 'Group'] as const;
export type ItemType = (typeof ITEM_TYPES)[number];

export interface Item extends ListEntry {
  readonly type: ItemType;
  readonly description?: string;
  readonly purchaseCost?: Decimal;
  /** Where a purchase is posted: expense, cost of goods sold, or the asset for `Inventory`. */
  readonly purchaseAccountId?: string;
  readonly incomeAccountId?: string;
  readonly cogsAccountId?: string;
  /** For `Group`: what it stands for, each with the quantity in one group. */
  readonly members?: readonly { readonly itemId: string; readonly quantity: Decimal }[];
}

export type Billable = 'Billable' | 'NotBillable' | 'HasBeenBilled';

interface BillLine {
  readonly lineId: string;
  readonly amountCents: Cents;
  readonly customerId?: string;
  readonly classId?: string;
  readonly billable?: Billable;
}

export interface ExpenseLine extends BillLine {
  readonly accountId: string;
  readonly memo?: string;
}

export interface ItemLine extends BillLine {
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

export interface Bill extends Stamped {
  readonly txnNumber: number;
  readonly vendorId: string;
  readonly address?: PostalAddress;
  readonly apAccountId: string;
  readonly txnDate: string;
  readonly dueDate?: string;
  readonly refNumber?: string;
  readonly termsId?: string;
  readonly memo?: string;
  readonly guid?: string;
  readonly createdBy: 'person' | 'application';
  readonly voided: boolean;
  readonly expenseLines: readonly ExpenseLine[];
  readonly itemLines: readonly ItemLine[];
  readonly groupLines: readonly GroupLine[];
}

/** One transaction in the journal: debits positive, credits negative, the sum zero. `id` is the TxnID. */
export interface JournalTransaction extends Stamped {
  readonly date: string;
  readonly entries: readonly { readonly accountId: string; readonly cents: Cents }[];
}

export interface DeletedTransaction extends Stamped {
  readonly type: 'Bill';
  readonly refNumber?: string;
}

export interface DeletedEntry extends Stamped {
  /** qbXML's ListDelType: `Vendor`, `Account`, `ItemService`, ... */
  readonly type: string;
  readonly fullName: string;
}

/** A field that an application defined for its own use; `id` is owner and name. */
export interface PrivateField extends Stamped {
  readonly ownerId: string;
  readonly name: string;
  readonly type: string;
  readonly assignTo: readonly string[];
}

/** What an application wrote into its field of the company; `id` is owner and name. */
export interface PrivateValue extends Stamped {
  readonly ownerId: string;
  readonly name: string;
  readonly value: string;
}

/** The stored result of one message set of one application; `id` is the application's name and the message-set ID. */
export interface RecoveryRecord extends Stamped {
  readonly application: string;
  readonly messageSetId: string;
  readonly checksum: string;
  /** The answers, as JSON text of the codec's own values. */
  readonly answers: string;
}

export interface TableRecords {
  readonly account: Account;
  readonly vendor: Vendor;
  readonly class: ClassEntry;
  readonly customer: Customer;
  readonly item: Item;
  readonly terms: Terms;
  readonly bill: Bill;
  readonly journal: JournalTransaction;
  readonly deletedTransaction: DeletedTransaction;
  readonly deletedEntry: DeletedEntry;
  readonly privateField: PrivateField;
  readonly privateValue: PrivateValue;
  readonly recovery: RecoveryRecord;
}
export type TableName = keyof TableRecords;
export const TABLE_NAMES = [
  'account',
  'vendor',
  'class',
  'customer',
  'item',
  'terms',
  'bill',
  'journal',
  'deletedTransaction',
  'deletedEntry',
  'privateField',
  'privateValue',
  'recovery',
] as const satisfies readonly TableName[];

export type ListName = 'account' | 'vendor' | 'class' | 'customer' | 'item' | 'terms';

/** What a file keeps once. */
export interface FileHead {
  /** The path by which applications open it: `C:\Books\Acme.qbw`. */
  readonly file: string;
  readonly name: string;
  readonly closingDate?: string;
  /** The date of the last transaction that was saved: what QuickBooks takes when a request leaves the date out. */
  readonly lastTxnDate?: string;
  readonly listCounter: number;
  readonly txnCounter: number;
  readonly txnNumber: number;
}
