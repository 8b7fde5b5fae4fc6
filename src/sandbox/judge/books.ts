/** The books of both sandboxes as their `/books` addresses show them, as far as the judge looks. Amounts in cents. */

export interface QuickBooksBill {
  readonly id: string;
  readonly guid?: string;
  readonly vendorId: string;
  readonly vendor: string;
  readonly refNumber?: string;
  readonly txnDate: string;
  readonly dueDate?: string;
  readonly memo?: string;
  readonly amountCents: number;
  readonly openCents: number;
  readonly isPaid: boolean;
  readonly voided: boolean;
  readonly createdBy: 'person' | 'application';
  readonly expenseLines: readonly {
    readonly amountCents: number;
    readonly accountId?: string;
    readonly memo?: string;
  }[];
  readonly itemLines: readonly { readonly amountCents: number; readonly itemId?: string }[];
}

export interface QuickBooksBooks {
  readonly file: string;
  readonly name: string;
  readonly vendors: readonly {
    readonly id: string;
    readonly name: string;
    readonly active: boolean;
    readonly phone?: string;
  }[];
  readonly accounts: readonly {
    readonly id: string;
    readonly fullName: string;
    readonly type: string;
    readonly balanceCents: number;
  }[];
  readonly items: readonly { readonly id: string; readonly fullName: string }[];
  readonly bills: readonly QuickBooksBill[];
  readonly journal: readonly {
    readonly txnId: string;
    readonly entries: readonly { readonly accountId: string; readonly cents: number }[];
  }[];
}

export interface MineralTreeBill {
  readonly id: string;
  readonly externalId?: string;
  readonly vendor: { readonly id: string };
  readonly invoiceNumber?: string;
  readonly transactionDate: string;
  readonly dueDate?: string;
  readonly memo?: string;
  readonly amountCents: number;
  readonly balanceCents: number;
  readonly state: string;
  readonly createdBy: 'person' | 'api';
  readonly expenses: readonly { readonly amountCents: number }[];
  readonly items: readonly { readonly amountCents: number }[];
}

export interface MineralTreeBooks {
  readonly id: string;
  readonly name: string;
  readonly vendors: readonly {
    readonly id: string;
    readonly externalId?: string;
    readonly name: string;
    readonly active: boolean;
  }[];
  readonly classifications: readonly { readonly id: string; readonly name: string }[];
  readonly bills: readonly MineralTreeBill[];
}

/** Reads the books of one company file from a running QuickBooks sandbox. */
export async function readQuickBooks(url: string, file: string): Promise<QuickBooksBooks> {
  return read(`${url}/books/file?file=${encodeURIComponent(file)}`);
}

/** Reads the books of one company from a running MineralTree sandbox. */
export async function readMineralTree(url: string, company: string): Promise<MineralTreeBooks> {
  return read(`${url}/books/company?id=${encodeURIComponent(company)}`);
}

async function read<T>(address: string): Promise<T> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${address} answered ${answer.status}: ${(await answer.text()).slice(0, 300)}`);
  return (await answer.json()) as T;
}
