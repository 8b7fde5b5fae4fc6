/**
 * Which line in QuickBooks is which line of an invoice.
 *
 * QuickBooks keeps expense lines before item lines and each kind in the order in which it was sent, so lines of one kind
 * correspond in order. Where the numbers of lines differ (somebody edited the bill before it was read), nothing is known.
 */
import type { LedgerBill } from '../domain/ledger.ts';
import type { Draft, Invoice, InvoiceExpense, InvoiceItem, InvoiceLine } from '../domain/payables.ts';
import { canonicalJson } from './digest.ts';
import type { LineMap } from './links.ts';
import { comparable } from './push.ts';

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

/**
 * What a line says, whatever its number: two lines with the same content are the same to QuickBooks. MineralTree answers
 * "not billable" of a line of which nothing was said.
 */
export function lineContent({ lineNumber: _number, billable, ...content }: InvoiceLine): string {
  return canonicalJson(comparable(billable === true ? { ...content, billable } : content));
}

/** The contents of lines in order: equal for two versions whose lines differ in their numbers alone. */
export const contentsOf = (lines: readonly InvoiceLine[]): readonly string[] => inOrder(lines).map(lineContent);

/**
 * Finds for each line of an edited invoice the line that it was: the same content first (at the same number, then
 * anywhere), then the most alike of those left. A line that resembles none is new: better new than with what belonged to
 * another line in QuickBooks.
 */
export function matchLines<L extends InvoiceExpense | InvoiceItem, Old extends { readonly line: L }>(
  edited: readonly L[],
  before: readonly Old[],
): readonly { readonly line: L; readonly was?: Old }[] {
  const left = new Set(before);
  const found = new Map<L, Old>();
  const take = (wanted: (line: L, old: L) => boolean): void => {
    for (const line of edited) {
      if (found.has(line)) continue;
      const match = [...left].find((old) => wanted(line, old.line));
      if (match === undefined) continue;
      found.set(line, match);
      left.delete(match);
    }
  };
  take((line, old) => line.lineNumber === old.lineNumber && lineContent(line) === lineContent(old));
  take((line, old) => lineContent(line) === lineContent(old));
  for (const least of [4, 3, 2]) take((line, old) => likeness(line, old) >= least);
  return edited.map((line) => {
    const was = found.get(line);
    return was === undefined ? { line } : { line, was };
  });
}

/** From 0 to 4: what it is for counts twice, amount and words once; the same number decides between equals. */
function likeness(a: InvoiceExpense | InvoiceItem, b: InvoiceExpense | InvoiceItem): number {
  const same = targetOf(a) !== undefined && targetOf(a) === targetOf(b) ? 2 : 0;
  const amount = a.amountCents === b.amountCents ? 1 : 0;
  const words = a.memo === b.memo && (a.memo !== undefined || a.lineNumber === b.lineNumber) ? 1 : 0;
  return same + amount + words;
}

/** MineralTree's ID of the account or item of a line. */
function targetOf(line: InvoiceExpense | InvoiceItem): string | undefined {
  if ('glAccount' in line) return line.glAccount?.id;
  return 'item' in line ? line.item?.id : undefined;
}

const entry = (kind: 'expense' | 'item', lineNumber: number, line: { readonly lineId: string } | undefined): LineMap =>
  line === undefined ? [] : [{ kind, lineNumber, lineId: line.lineId }];
