/** What the rows of the plain texts of a bill mean for an invoice: what of it concerns QuickBooks, and what it keeps. */
import {
  type BillFieldName,
  type BillFieldValues,
  type BillLevel,
  type BillTexts,
  eachBillField,
  type LineLevel,
} from '../domain/billFields.ts';
import type { Draft, Invoice, InvoiceExpense, InvoiceItem } from '../domain/payables.ts';
import { BILL_FIELD_ROWS, type BillFieldRow } from './billFieldRows.ts';
import { inOrder, matchLines } from './lineMap.ts';

/** The row of a field. */
export const rowOf = <L extends BillLevel>(level: L, name: BillFieldName<L>): BillFieldRow =>
  BILL_FIELD_ROWS[level][name];

/** A value for each field of a level that is written to QuickBooks, as far as there is one. */
export const eachWritten = <L extends BillLevel, V extends string | null>(
  level: L,
  value: (name: BillFieldName<L>, limit: number, row: BillFieldRow) => V | undefined,
): BillFieldValues<L, V> =>
  eachBillField<L, V>(level, (name, { limit }) => {
    const row = rowOf(level, name);
    return row.way === 'bothWays' ? value(name, limit, row) : undefined;
  });

/** An invoice without what is never written to QuickBooks: two that are alike in this say the same to it. */
export function saidToLedger<I extends Draft<Invoice>>(invoice: I): I {
  return {
    ...withoutOneWay('header', invoice),
    expenses: invoice.expenses.map((line) => withoutOneWay('expenseLine', line)),
    items: invoice.items.map((line) => withoutOneWay('itemLine', line)),
  };
}

/**
 * What a bill born in MineralTree is to be there: what QuickBooks does not say of the fields that go to MineralTree only
 * stays as MineralTree has it, on the lines as far as they can be recognised.
 */
export function keptAsEntered(desired: Draft<Invoice>, held: Draft<Invoice>): Draft<Invoice> {
  return {
    ...oneWay('header', held),
    ...desired,
    expenses: linesAsEntered('expenseLine', desired.expenses, held.expenses),
    items: linesAsEntered('itemLine', desired.items, held.items),
  };
}

function linesAsEntered<L extends LineLevel, I extends (InvoiceExpense | InvoiceItem) & BillTexts<L>>(
  level: L,
  desired: readonly I[],
  held: readonly I[],
): readonly I[] {
  const before = inOrder(held).map((entered) => ({ entered, line: withoutOneWay(level, entered) }));
  if (before.every(({ entered, line }) => line === entered)) return desired;
  const matches = matchLines(
    desired.map((line) => withoutOneWay(level, line)),
    before,
  );
  return desired.map((line, index) => {
    const was = matches[index]?.was;
    return was === undefined ? line : { ...oneWay(level, was.entered), ...line };
  });
}

const oneWay = <L extends BillLevel>(level: L, from: BillTexts<L>): BillTexts<L> =>
  eachBillField<L, string>(level, (name) => (rowOf(level, name).way === 'bothWays' ? undefined : from[name]));

function withoutOneWay<L extends BillLevel, R extends BillTexts<L>>(level: L, record: R): R {
  const fields: ReadonlySet<string> = new Set(Object.keys(oneWay(level, record)));
  // What is left out may be absent in every record of the type.
  return fields.size === 0
    ? record
    : (Object.fromEntries(Object.entries(record).filter(([name]) => !fields.has(name))) as R);
}
