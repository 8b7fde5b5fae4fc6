/** The books of a company as the MineralTree sandbox shows them, as far as the judge looks. Amounts in cents. */

/** Another record as a record refers to it. */
export interface Named {
  readonly id: string;
  readonly externalId?: string;
  readonly name?: string;
}

interface Stored {
  readonly id: string;
  readonly externalId?: string;
  readonly created: string;
  readonly createdBy: 'person' | 'api';
}

interface InvoiceLine {
  readonly amountCents: number;
  readonly classification?: Named;
}

/** A movement of what is owed, or of what is left of a credit. */
export interface Entry {
  readonly kind: 'invoice' | 'edit' | 'payment' | 'credit' | 'discount' | 'application' | 'settlement' | 'void';
  readonly cents: number;
  readonly ref?: string;
}

export interface MineralTreeBill extends Stored {
  readonly vendor: Named;
  readonly term?: Named;
  readonly invoiceNumber?: string;
  readonly transactionDate: string;
  readonly dueDate?: string;
  readonly memo?: string;
  readonly amountCents: number;
  readonly balanceCents: number;
  readonly state: string;
  readonly expenses: readonly (InvoiceLine & { readonly glAccount?: Named })[];
  readonly items: readonly (InvoiceLine & { readonly item?: Named })[];
  readonly entries: readonly Entry[];
}

export interface MineralTreePayment extends Stored {
  readonly origin: 'external' | 'person' | 'credit';
  readonly manual?: string;
  readonly status: number;
  readonly words: string;
  /** Waiting, made, or not made any more. */
  readonly effect: 'pending' | 'applied' | 'none';
  readonly vendor?: Named;
  readonly paymentMethod?: Named;
  readonly fundMethod: string;
  readonly amountCents: number;
  readonly transactionDate?: string;
  readonly checkNumber?: number;
  readonly sequenceText?: string;
  readonly applied: readonly {
    readonly invoice: Named;
    readonly appliedCents: number;
    readonly discountCents?: number;
  }[];
}

export interface MineralTreeCredit extends Stored {
  readonly vendor?: Named;
  readonly creditNumber?: string;
  readonly transactionDate: string;
  readonly amountCents: number;
  readonly appliedCents: number;
  readonly remainingCents: number;
  readonly status: 'Open' | 'Settled' | 'Voided';
  readonly entries: readonly Entry[];
}

export interface MineralTreeBillCredit extends Stored {
  readonly invoice: Named;
  readonly credit?: Named;
  readonly appliedCents: number;
  readonly voided: boolean;
  readonly payment?: string;
}

export interface Remittance {
  readonly payment: string;
  readonly lines: readonly {
    readonly kind: 'invoice' | 'credit';
    readonly bill?: string;
    readonly billCredit?: string;
    readonly cents: number;
  }[];
  readonly totalCents: number;
}

export interface MineralTreeVendor extends Stored {
  readonly name: string;
  readonly active: boolean;
  readonly legalName?: string;
  readonly phone?: string;
  readonly fax?: string;
  readonly email?: string;
  readonly address?: {
    readonly lines: readonly string[];
    readonly town?: string;
    readonly region?: string;
    readonly postalCode?: string;
  };
}

export interface MineralTreeTerm extends Stored {
  readonly name: string;
  readonly active: boolean;
  readonly dueDays?: number;
  readonly discountDays?: number;
  readonly discountPercent?: { readonly units: number; readonly scale: number };
}

export interface AccountingPeriod extends Stored {
  readonly name: string;
  readonly started: string;
  readonly ended: string;
  readonly active?: boolean;
  readonly closed?: boolean;
  readonly locked?: boolean;
}

export interface MineralTreeBooks {
  readonly id: string;
  readonly name: string;
  readonly vendors: readonly MineralTreeVendor[];
  readonly classifications: readonly { readonly id: string; readonly name: string }[];
  readonly terms: readonly MineralTreeTerm[];
  readonly accountingPeriods: readonly AccountingPeriod[];
  readonly bills: readonly MineralTreeBill[];
  /** Those that people deleted. */
  readonly deletedBills?: readonly MineralTreeBill[];
  readonly payments: readonly MineralTreePayment[];
  readonly credits: readonly MineralTreeCredit[];
  readonly billCredits: readonly MineralTreeBillCredit[];
  readonly remittances: readonly Remittance[];
}
