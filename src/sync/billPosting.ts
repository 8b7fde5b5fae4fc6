/** A new bill for QuickBooks from an invoice approved in MineralTree. */
import type { LedgerPreferences } from '../contract/pull.ts';
import type { Invoice } from '../domain/payables.ts';
import type { Planned } from './finding.ts';
import type { Lookup } from './lookup.ts';
import type { BillAddPlan } from './plans.ts';
import type { PostingSettings } from './settings.ts';

/** What planning needs to know beside the invoice. */
export interface PlanningContext {
  readonly lookup: Lookup;
  readonly preferences: LedgerPreferences;
  readonly settings: PostingSettings;
}
export function wantsPosting(_invoice: Invoice): boolean {
  throw new Error('being written');
}
export function waitedBeforeFirstDay(_invoice: Invoice, _company: { readonly addedAt: number }): boolean {
  throw new Error('being written');
}
export function planBillAdd(_invoice: Invoice, _context: PlanningContext): Planned<BillAddPlan> {
  throw new Error('being written');
}
