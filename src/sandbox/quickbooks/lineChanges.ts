/**
 * The lines of a bill or vendor credit as a whole: entered, changed, numbered, zeroed by a void.
 *
 * 1. Of a kind of line of which a change lists any, the unlisted ones are deleted; `-1` as `lineId` is a new line.
 * 2. A document has at least one line, and its total is not negative.
 */
import {
  type ExpenseLineDraft,
  expenseLine,
  type GroupLineDraft,
  groupLine,
  type ItemLineDraft,
  itemLine,
  type Unnumbered,
  type UnnumberedGroup,
} from './billLines.ts';
import type { CompanyFile } from './companyFile.ts';
import { billTotal } from './journal.ts';
import type { ExpenseLine, GroupLine, ItemLine, TxnType } from './records.ts';
import { lineNotFound, missing, notSaved } from './refusal.ts';

export interface LinesDraft {
  readonly expenseLines: readonly ExpenseLineDraft[];
  readonly itemLines: readonly ItemLineDraft[];
  readonly groupLines?: readonly GroupLineDraft[];
}

/** `-1` as `lineId` is a new line. */
export type Named<D> = D & { readonly lineId: string };

/** Lines left out stay as they are. */
export interface LinesChange {
  readonly clearExpenseLines?: boolean;
  readonly expenseLines?: readonly Named<ExpenseLineDraft>[];
  readonly clearItemLines?: boolean;
  readonly itemLines?: readonly Named<ItemLineDraft>[];
  readonly groupLines?: readonly Named<Partial<GroupLineDraft>>[];
}

/** The lines that a document keeps. */
export interface KeptLines {
  readonly expenseLines: readonly ExpenseLine[];
  readonly itemLines: readonly ItemLine[];
  readonly groupLines: readonly GroupLine[];
}

const NEW_LINE = '-1';

/** The lines of a new document. Throws `Refused`: 3140, 3150, 3180, 3270, as `billLines.ts` says. */
export function enteredLines(company: CompanyFile, draft: LinesDraft, type: TxnType): Lines {
  return checked(
    {
      expenseLines: draft.expenseLines.map((line) => expenseLine(company, line, undefined, type)),
      itemLines: draft.itemLines.map((line) => itemLine(company, line, undefined, type)),
      groupLines: (draft.groupLines ?? []).map((line) => groupLine(company, line, type)),
    },
    type,
  );
}

/** The lines of a changed document, not yet numbered. Throws `Refused` as `enteredLines`, and 3121 unknown line. */
export function changedLines(company: CompanyFile, before: KeptLines, change: LinesChange, type: TxnType): Lines {
  return checked(linesAfter(company, before, change, type), type);
}

/** Gives each new line its ID, which is the last thing to be done before the document is put. */
export const numberedLines = (company: CompanyFile, lines: Lines): KeptLines => ({
  expenseLines: lines.expenseLines.map((line) => numbered(company, line)),
  itemLines: lines.itemLines.map((line) => numbered(company, line)),
  groupLines: lines.groupLines.map((line) => numberedGroup(company, line)),
});

/** What a void leaves: the lines, with zero amounts and quantities. */
export function zeroLines(lines: KeptLines): KeptLines {
  const zero = (line: ItemLine): ItemLine => ({
    ...line,
    amountCents: 0,
    ...(line.quantity === undefined ? {} : { quantity: { units: 0, scale: 0 } }),
  });
  return {
    expenseLines: lines.expenseLines.map((line) => ({ ...line, amountCents: 0 })),
    itemLines: lines.itemLines.map(zero),
    groupLines: lines.groupLines.map((group) => ({ ...group, lines: group.lines.map(zero) })),
  };
}

/** The total of lines that have no numbers yet. */
export function totalOf(lines: Lines): number {
  const zero = { lineId: '' };
  return billTotal({
    expenseLines: lines.expenseLines.map((line) => ({ ...line, ...zero })),
    itemLines: lines.itemLines.map((line) => ({ ...line, ...zero })),
    groupLines: lines.groupLines.map((group) => ({
      ...group,
      ...zero,
      lines: group.lines.map((line) => ({ ...line, ...zero })),
    })),
  });
}

/** Some with numbers, some new. */
export interface Lines {
  readonly expenseLines: readonly (Unnumbered<ExpenseLine> | ExpenseLine)[];
  readonly itemLines: readonly (Unnumbered<ItemLine> | ItemLine)[];
  readonly groupLines: readonly (UnnumberedGroup | GroupLine)[];
}

function linesAfter(company: CompanyFile, before: KeptLines, change: LinesChange, type: TxnType): Lines {
  const listsItems = (change.itemLines ?? []).length > 0 || (change.groupLines ?? []).length > 0;
  const { expenseLines = [], itemLines = [], groupLines = [] } = change;
  return {
    expenseLines:
      expenseLines.length > 0
        ? expenseLines.map((line) =>
            changed(before.expenseLines, line, (base) => expenseLine(company, line, base, type)),
          )
        : change.clearExpenseLines === true
          ? []
          : before.expenseLines,
    itemLines: listsItems
      ? itemLines.map((line) => changed(before.itemLines, line, (base) => itemLine(company, line, base, type)))
      : change.clearItemLines === true
        ? []
        : before.itemLines,
    groupLines: listsItems
      ? groupLines.map((line) => changed(before.groupLines, line, (base) => changedGroup(company, line, base, type)))
      : change.clearItemLines === true
        ? []
        : before.groupLines,
  };
}

/** The line made anew: with the id of the line that it names, without one when it is new. */
function changed<L extends { readonly lineId: string }, U extends object>(
  lines: readonly L[],
  named: { readonly lineId: string },
  make: (base: L | undefined) => U,
): U | (U & { readonly lineId: string }) {
  if (named.lineId === NEW_LINE) return make(undefined);
  const base = lines.find(({ lineId }) => lineId === named.lineId);
  if (base === undefined) throw lineNotFound(named.lineId);
  return { ...make(base), lineId: named.lineId };
}

function changedGroup(
  company: CompanyFile,
  line: Partial<GroupLineDraft>,
  base: GroupLine | undefined,
  type: TxnType,
): UnnumberedGroup | GroupLine {
  if (base !== undefined && line.group === undefined && line.quantity === undefined) return base;
  const group = line.group ?? (base === undefined ? undefined : { ListID: base.itemId });
  if (group === undefined) throw missing('ItemGroupRef');
  return groupLine(company, { group, ...(line.quantity === undefined ? {} : { quantity: line.quantity }) }, type);
}

function numbered<L extends object>(company: CompanyFile, line: L): L & { readonly lineId: string } {
  return 'lineId' in line && typeof line.lineId === 'string'
    ? { ...line, lineId: line.lineId }
    : { ...line, lineId: company.nextTxnId() };
}

function numberedGroup(company: CompanyFile, group: UnnumberedGroup): GroupLine {
  const { lines, ...rest } = numbered(company, group);
  return { ...rest, lines: lines.map((line) => numbered(company, line)) };
}

function checked(lines: Lines, type: TxnType): Lines {
  const count = lines.expenseLines.length + lines.itemLines.length + lines.groupLines.length;
  if (count === 0) throw notSaved(type, 'The transaction is empty.');
  const total = totalOf(lines);
  const what = type === 'VendorCredit' ? 'credit' : 'bill';
  if (total < 0) throw notSaved(type, `The total of a ${what} cannot be negative.`);
  if (!Number.isSafeInteger(total)) throw notSaved(type, `The total of the ${what} is too large.`);
  return lines;
}
