/**
 * What a company file of the sandbox keeps: its own records, in its own terms, apart from the product's.
 *
 * 1. Records are plain and replaced as a whole, never changed in place.
 * 2. `modifiedAt` is the Unix second of the last change; its text is the EditSequence, so two changes within one second
 *    have the same one, as in QuickBooks.
 * 3. Amounts are integer cents, unit costs and quantities decimals with the places they were given.
 *
 * Leaves to others: what may be entered (`lists.ts`, `bills.ts`, `payments.ts`, ...), what it means in the books (`journal.ts`).
 */
import type { Account, ClassEntry, Currency, Customer, Item, Terms, Vendor } from './listRecords.ts';
import type { Stamped } from './stamped.ts';
import type {
  Bill,
  BillPayment,
  CreditApplication,
  DeletedTransaction,
  GeneralTransaction,
  JournalTransaction,
  VendorCredit,
} from './transactionRecords.ts';

export * from './listRecords.ts';
export type { Stamped } from './stamped.ts';
export * from './transactionRecords.ts';

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
  readonly currency: Currency;
  readonly bill: Bill;
  readonly vendorCredit: VendorCredit;
  readonly payment: BillPayment;
  readonly creditApplication: CreditApplication;
  readonly general: GeneralTransaction;
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
  'currency',
  'bill',
  'vendorCredit',
  'payment',
  'creditApplication',
  'general',
  'journal',
  'deletedTransaction',
  'deletedEntry',
  'privateField',
  'privateValue',
  'recovery',
] as const satisfies readonly TableName[];

/** What a file keeps once. */
export interface FileHead {
  /** The path by which applications open it: `C:\Books\Acme.qbw`. */
  readonly file: string;
  readonly name: string;
  readonly closingDate?: string;
  /** Without one, the closing date warns people and stops nobody. */
  readonly closingPassword?: string;
  /** Set while an accountant has a copy: what is dated on or before it cannot be changed here. */
  readonly dividingDate?: string;
  /** Where discounts go that name no account. */
  readonly discountAccountId?: string;
  /** Set when the file is multi-currency. */
  readonly homeCurrencyId?: string;
  /** The date of the last transaction that was saved: what QuickBooks takes when a request leaves the date out. */
  readonly lastTxnDate?: string;
  readonly listCounter: number;
  readonly txnCounter: number;
  readonly txnNumber: number;
}
