/** The lists of a company file: accounts, vendors, classes, customers, terms, items, currencies. */
import type { Cents, Decimal } from '../../domain/money.ts';
import type { Stamped } from './stamped.ts';

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
  /** Of multi-currency files, when it is not the home currency. */
  readonly currencyId?: string;
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
  /** Of multi-currency files, when it is not the home currency. */
  readonly currencyId?: string;
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

/** A currency, by its name; multi-currency files have at least the home currency. */
export interface Currency extends ListEntry {
  /** `USD`. */
  readonly code: string;
  /** What one unit is worth in the home currency, for transactions that name no rate. */
  readonly exchangeRate: Decimal;
}

export type ListName = 'account' | 'vendor' | 'class' | 'customer' | 'item' | 'terms';
