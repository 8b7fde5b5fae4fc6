/** The books of a company file as the QuickBooks sandbox shows them, as far as the judge looks. Amounts in cents. */

interface Line {
  readonly amountCents: number;
  readonly class?: string;
}
export interface ExpenseLine extends Line {
  readonly accountId?: string;
  readonly account?: string;
  readonly memo?: string;
}
export interface ItemLine extends Line {
  readonly itemId?: string;
  readonly item?: string;
}

/** What bills, credits and payments have in common. */
export interface VendorTransaction {
  readonly id: string;
  readonly guid?: string;
  readonly vendorId: string;
  readonly vendor: string;
  readonly apAccountId: string;
  readonly refNumber?: string;
  readonly txnDate: string;
  readonly memo?: string;
  readonly amountCents: number;
  readonly voided: boolean;
  readonly createdBy: 'person' | 'application';
}

interface Document extends VendorTransaction {
  readonly openCents: number;
  readonly expenseLines: readonly ExpenseLine[];
  readonly itemLines: readonly ItemLine[];
  readonly groupLines?: readonly { readonly lines: readonly ItemLine[] }[];
}

export interface QuickBooksBill extends Document {
  readonly dueDate?: string;
  readonly terms?: string;
  readonly isPaid: boolean;
}

export type QuickBooksCredit = Document;

export interface QuickBooksPayment extends VendorTransaction {
  readonly method: 'check' | 'creditCard';
  readonly accountId: string;
  readonly account: string;
  readonly bills: readonly { readonly billId: string; readonly amountCents: number; readonly discountCents: number }[];
}

/** So much of a credit on what is owed; either side may be another transaction than a credit or bill. */
export interface QuickBooksApplication {
  readonly creditTxnId: string;
  readonly creditType: string;
  readonly billTxnId: string;
  readonly billType: string;
  readonly amountCents: number;
}

/** A check, deposit, charge, journal or receipt: where it touches A/P it stands on one `side` of it. */
export interface OtherTransaction {
  readonly id: string;
  readonly type: string;
  readonly refNumber?: string;
  readonly vendorId?: string;
  readonly apAccountId?: string;
  readonly side?: 'owed' | 'credit';
  readonly amountCents?: number;
  readonly openCents?: number;
  readonly billedBy?: string;
  readonly voided: boolean;
  readonly lines: readonly { readonly accountId: string; readonly cents: number }[];
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
}

export interface QuickBooksVendor {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly phone?: string;
  readonly fax?: string;
  readonly email?: string;
  readonly nameOnCheck?: string;
  readonly address?: PostalAddress;
}

export interface QuickBooksTerms {
  readonly id: string;
  readonly name: string;
  readonly active: boolean;
  readonly kind: 'standard' | 'dateDriven';
  readonly dueDays?: number;
  readonly discountDays?: number;
  /** As text, with the decimals that it has. */
  readonly discountPercent?: string;
}

export interface QuickBooksBooks {
  readonly file: string;
  readonly name: string;
  readonly closingDate: string | null;
  readonly vendors: readonly QuickBooksVendor[];
  readonly accounts: readonly {
    readonly id: string;
    readonly fullName: string;
    readonly type: string;
    readonly currency?: string;
    readonly balanceCents: number;
  }[];
  readonly items: readonly { readonly id: string; readonly fullName: string }[];
  readonly terms: readonly QuickBooksTerms[];
  readonly bills: readonly QuickBooksBill[];
  readonly credits: readonly QuickBooksCredit[];
  readonly payments: readonly QuickBooksPayment[];
  readonly applications: readonly QuickBooksApplication[];
  readonly otherTransactions: readonly OtherTransaction[];
  readonly journal: readonly {
    readonly txnId: string;
    readonly entries: readonly {
      readonly accountId: string;
      /** In the home currency. */
      readonly cents: number;
      /** In the currency of the account, where that is another. */
      readonly foreignCents?: number;
    }[];
  }[];
}
