/** Who edited a bill that is on both sides, and what follows. */
import type { LedgerBill } from '../domain/ledger.ts';
import type { Draft, Invoice } from '../domain/payables.ts';
import type { Finding } from './finding.ts';
import type { BillLink } from './links.ts';
import type { Changes } from './push.ts';

export type BillChange =
  | { readonly kind: 'nothing' }
  /** Write to MineralTree; with findings where an edit made there gives way. */
  | { readonly kind: 'push'; readonly changes: Changes<Draft<Invoice>>; readonly problems: readonly Finding[] }
  /** Edited in MineralTree alone: `planBillMod`. */
  | { readonly kind: 'post' }
  | { readonly kind: 'problem'; readonly problems: readonly Finding[] };

export function decideBillChange(_input: {
  readonly bill: LedgerBill;
  readonly desired: Draft<Invoice>;
  readonly link: BillLink;
  /** As MineralTree has it now; absent when it was not read. */
  readonly invoice?: Invoice;
}): BillChange {
  throw new Error('being written');
}
