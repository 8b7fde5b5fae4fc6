/** Three-way merge of the contact fields of a vendor. */
import type { LedgerVendor } from '../domain/ledger.ts';
import type { PayablesVendor } from '../domain/payables.ts';
import type { Finding } from './finding.ts';
import type { VendorLink } from './links.ts';
import type { Changes } from './push.ts';
import type { ContactOfLedger, ContactOfPayables } from './vendorMapping.ts';

export interface VendorMerge {
  /** To be written to QuickBooks: give it to `planVendorMod`. Undefined when there is nothing. */
  readonly toLedger?: Changes<ContactOfLedger>;
  /** To be written to MineralTree. Undefined when there is nothing. */
  readonly toPayables?: Changes<ContactOfPayables>;
  readonly conflicts: readonly Finding[];
  /** The base once `toPayables` is written (`toLedger` moves it when it is confirmed). */
  readonly base: VendorLink['base'];
}
export function mergeVendor(_input: {
  readonly ledger: LedgerVendor;
  readonly payables: PayablesVendor;
  readonly base: VendorLink['base'];
  readonly vendorEdits: boolean;
}): VendorMerge {
  throw new Error('being written');
}
