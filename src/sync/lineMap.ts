/**
 * Which line in QuickBooks is which line of an invoice.
 *
 * QuickBooks keeps expense lines before item lines and each kind in the order in which it was sent, so lines of one kind
 * correspond in order. Where the numbers of lines differ (somebody edited the bill before it was read), nothing is known.
 */
import type { LedgerBill } from '../domain/ledger.ts';
import type { Draft, Invoice, InvoiceLine } from '../domain/payables.ts';
import type { LineMap } from './links.ts';

/** The lines of one kind in the order of their numbers: how they are sent. */
export const inOrder = <L extends InvoiceLine>(lines: readonly L[]): readonly L[] =>
  [...lines].sort((a, b) => a.lineNumber - b.lineNumber);

/** The map of lines from a bill as QuickBooks has it; empty when the lines do not correspond. */
export function lineMapOf(invoice: Draft<Invoice>, bill: LedgerBill): LineMap {
  const [expenses, items] = [inOrder(invoice.expenses), inOrder(invoice.items)];
  if (expenses.length !== bill.expenseLines.length || items.length !== bill.itemLines.length) return [];
  return [
    ...expenses.flatMap(({ lineNumber }, index) => entry('expense', lineNumber, bill.expenseLines[index])),
    ...items.flatMap(({ lineNumber }, index) => entry('item', lineNumber, bill.itemLines[index])),
  ];
}

const entry = (kind: 'expense' | 'item', lineNumber: number, line: { readonly lineId: string } | undefined): LineMap =>
  line === undefined ? [] : [{ kind, lineNumber, lineId: line.lineId }];
