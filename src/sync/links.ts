/**
 * Links: what Tandem keeps of two records that are one, from the last time both sides were in step.
 *
 * A side has changed when it differs from what *it* held then. Comparing each side with itself, and not with the other,
 * keeps what one of them normalises (a phone number, a country) from looking like an edit.
 */
import type { Cents } from '../domain/money.ts';
import type { Draft, Invoice } from '../domain/payables.ts';
import type { ContactOfLedger, ContactOfPayables } from './vendorMapping.ts';

/** A list entry that only QuickBooks changes. */
export interface PushLink<D> {
  readonly payablesId: string;
  /** `digestOf` the draft that was last written. */
  readonly pushedDigest: string;
  /** What MineralTree read back after our last write. */
  readonly readBack: D;
}

/** Which TxnLineID a line of an invoice has in QuickBooks. */
export type LineMap = readonly {
  readonly kind: 'expense' | 'item';
  readonly lineNumber: number;
  readonly lineId: string;
}[];

export interface BillLink {
  /** TxnID. */
  readonly ledgerId: string;
  readonly payablesId: string;
  /** Where the bill was first entered. */
  readonly bornIn: 'quickbooks' | 'mineraltree';
  /** `billDigest` of the QuickBooks bill when both sides were last in step. */
  readonly ledgerDigest: string;
  /** `digestOf` the draft that was last written to MineralTree; absent while nothing was (a bill born there). */
  readonly pushedDigest?: string;
  /** What QuickBooks had open then; absent where it was not noted, and then MineralTree's balance is never raised for it. */
  readonly ledgerOpenCents?: Cents;
  /** The invoice as MineralTree had it then. */
  readonly readBack: Draft<Invoice>;
  /** Kept since acknowledgement for bills born in MineralTree; empty where it is not known. */
  readonly lines: LineMap;
}

/** Each side's contact fields of a vendor when both were last in step, field by field. */
export interface VendorBase {
  readonly ledger: ContactOfLedger;
  readonly payables: ContactOfPayables;
}
