/** What a story says of a company, and what people type in it; the rest is usual. */
import type { Company } from './company.ts';
import type { Place } from './oneProcess.ts';
import type { Altered } from './wire.ts';

export interface CompanyOptions {
  /** Switches of the QuickBooks sandbox, for this file. */
  readonly switches?: Readonly<Record<string, string | number | boolean>>;
  /** Payments voided in MineralTree are voided in QuickBooks. */
  readonly voidPayments?: boolean;
  /** Discounts that MineralTree takes go to this account of QuickBooks. */
  readonly discountAccount?: string;
  /** Whether the connector sends voids, whatever the cloud says; as `voidPayments` unless said. */
  readonly allowVoids?: boolean;
  /** The path of the company file. */
  readonly file?: string;
  /** What stands in both books before Tandem reads them for the first time. */
  readonly before?: (company: Company) => Promise<void>;
  /** Alters what QuickBooks answers, or MineralTree. */
  readonly hears?: Altered;
  readonly reads?: Altered;
  /** Another place than the one of the test file. */
  readonly place?: Place;
}

/** What a person types for a bill or credit; the rest is usual. */
export interface Typed {
  readonly vendor?: string;
  readonly amount?: string;
  readonly refNumber?: string | undefined;
  readonly txnDate?: string;
  readonly [field: string]: unknown;
}

export interface Paying {
  /** Bills in QuickBooks by TxnID, invoices in MineralTree by ID; with the amount or all that is open. */
  readonly amount?: string;
  readonly date?: string;
  readonly number?: number;
  readonly account?: string;
  readonly fundMethod?: string;
}
