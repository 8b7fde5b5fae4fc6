/**
 * A bill as the API writes it: its fields, and its balance and state as entries.
 *
 * What is not posted may lack anything, has no balance or state to write, and cannot be in the ledger. What the API cannot
 * write stays with the bill and its lines.
 */

import { billStandingFields } from './billFields.ts';
import { isAttached, posted, restated } from './billLedger.ts';
import type { ValuesOf } from './entities.ts';
import { type JsonObject, readFields, type Scope } from './field.ts';
import type { StoredBill } from './record.ts';
import { invalid } from './refusal.ts';
import { type Base, changedValues, externalIdOf, laidOver, newValues } from './values.ts';

/** A bill that the ledger sends. Throws `Refusal`. */
export function newBill(base: Base, body: JsonObject, scope: Scope): StoredBill {
  const values = numbered(newValues('bill', body, scope));
  const amount = values.amount ?? 0;
  const bill: StoredBill = {
    ...base,
    kind: 'bill',
    values,
    currency: scope.currency,
    stage: 'Posted',
    approved: true,
    ...posted(amount, base.modified, base.createdBy),
  };
  return { ...bill, ...restated(bill, { amount, ...standing(body, scope) }, base.modified, 'api') };
}

/** The bill after a write. Throws `Refusal`. */
export function changedBill(bill: StoredBill, body: JsonObject, scope: Scope, at: string): StoredBill {
  if (bill.stage !== 'Posted') {
    if (externalIdOf('bill', body) !== undefined)
      throw invalid('bill.externalId', 'the invoice is not posted, so the ledger cannot have it');
    return { ...bill, values: withUnwritten(bill.values, numbered(laidOver(bill, body, scope))) };
  }
  const values = withUnwritten(bill.values, numbered(changedValues(bill, body, scope)));
  if (values.vendor !== bill.values.vendor && isAttached(bill))
    throw invalid('bill.vendor', 'cannot be changed while a payment or credit is attached');
  const { closing: _, ...rest } = bill;
  return { ...rest, values, ...restated(bill, { amount: values.amount ?? 0, ...standing(body, scope) }, at, 'api') };
}

function standing(body: JsonObject, scope: Scope) {
  const { balance, state } = readFields(billStandingFields, body, 'bill', scope);
  return { balance: balance ?? undefined, state: state ?? undefined };
}

/** Gives lines without a number their place: expenses from 0, items after them. */
function numbered(values: ValuesOf<'bill'>): ValuesOf<'bill'> {
  const { expenses, items } = values;
  return {
    ...values,
    ...(expenses && { expenses: expenses.map((line, index) => ({ ...line, lineNumber: line.lineNumber ?? index })) }),
    ...(items && {
      items: items.map((line, index) => ({ ...line, lineNumber: line.lineNumber ?? (expenses?.length ?? 0) + index })),
    }),
  };
}

/** Lines are written as a whole, but what the API cannot write stays with the line of that number. */
function withUnwritten(before: ValuesOf<'bill'>, after: ValuesOf<'bill'>): ValuesOf<'bill'> {
  const merged = <L extends { readonly lineNumber?: number; readonly project?: string; readonly billable?: boolean }>(
    old: readonly L[] = [],
    lines: readonly L[],
  ): readonly L[] =>
    lines.map((line) => {
      const { project, billable } = old.find(({ lineNumber }) => lineNumber === line.lineNumber) ?? {};
      return { ...line, ...(project !== undefined && { project }), ...(billable !== undefined && { billable }) };
    });
  return {
    ...after,
    ...(after.expenses && { expenses: merged(before.expenses, after.expenses) }),
    ...(after.items && { items: merged(before.items, after.items) }),
  };
}
