/** Bills of QuickBooks as MineralTree's invoices. */
import type { LedgerBill } from '../domain/ledger.ts';
import type { Cents } from '../domain/money.ts';
import type { Draft, Invoice } from '../domain/payables.ts';
import type { Mapped } from './finding.ts';
import type { Lookup } from './lookup.ts';

export function mapBill(
  _bill: LedgerBill,
  _known: { readonly lookup: Lookup; readonly openCents?: Cents },
): Mapped<Draft<Invoice>> {
  throw new Error('being written');
}
export function billDigest(_bill: LedgerBill): string {
  throw new Error('being written');
}
export function isVoided(_bill: LedgerBill): boolean {
  throw new Error('being written');
}
