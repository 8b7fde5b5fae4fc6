/**
 * Which way each plain text of a bill goes (the fields of `src/domain/billFields.ts`): one row for each.
 *
 * 1. `bothWays`: MineralTree has what QuickBooks has; what is entered or edited in MineralTree is posted.
 * 2. `toMineralTree`: MineralTree has what QuickBooks has, and nothing is ever written to QuickBooks. On a bill born in
 *    QuickBooks a field that is empty there is emptied in MineralTree; on one born in MineralTree it stays as entered, and
 *    editing it alone is no edit of the bill. That QuickBooks keeps it through a BillMod that leaves it out is unverified
 *    against a real QuickBooks.
 */
import type { BillFieldName, BillLevel } from '../domain/billFields.ts';

export interface BillFieldRow {
  readonly way: 'bothWays' | 'toMineralTree';
  /** How sentences call it. */
  readonly words: string;
  /** How MineralTree calls it, where it has another word. */
  readonly wordsThere?: string;
}

export const BILL_FIELD_ROWS: { readonly [L in BillLevel]: { readonly [F in BillFieldName<L>]: BillFieldRow } } = {
  header: {
    memo: { way: 'bothWays', words: 'memo', wordsThere: 'description' },
  },
  expenseLine: {
    memo: { way: 'bothWays', words: 'memo' },
  },
  itemLine: {
    memo: { way: 'bothWays', words: 'memo' },
    // QuickBooks takes a unit only where the company uses units of measure.
    unitOfMeasure: { way: 'toMineralTree', words: 'unit of measure' },
  },
};
