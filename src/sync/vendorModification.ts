/** A modification of a QuickBooks vendor from an edit made in MineralTree. */
import type { LedgerVendor } from '../domain/ledger.ts';
import type { Planned } from './finding.ts';
import type { VendorModPlan } from './plans.ts';
import type { Changes } from './push.ts';
import type { ContactOfLedger } from './vendorMapping.ts';

export function planVendorMod(_vendor: LedgerVendor, _changes: Changes<ContactOfLedger>): Planned<VendorModPlan> {
  throw new Error('being written');
}
