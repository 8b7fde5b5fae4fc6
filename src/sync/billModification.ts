/** A modification of a QuickBooks bill from an edit made in MineralTree. */
import type { LedgerBill } from '../domain/ledger.ts';
import type { Invoice } from '../domain/payables.ts';
import type { PlanningContext } from './billPosting.ts';
import type { Planned } from './finding.ts';
import type { BillLink } from './links.ts';
import type { BillModPlan } from './plans.ts';

export function planBillMod(
  _edit: { readonly invoice: Invoice; readonly link: BillLink; readonly bill: LedgerBill },
  _context: PlanningContext,
): Planned<BillModPlan> {
  throw new Error('being written');
}
