/**
 * An invoice with its expense and item lines; the API calls it a bill.
 *
 * The account payable, the discounts taken, and a line's project and whether it is billable, stand in answers only: the form
 * for writing does not list them (API guide). They are read where they are given and never sent.
 */
import { z } from 'zod';
import { type BillFieldName, type BillLevel, billFields } from '../../domain/billFields.ts';
import type { Invoice, InvoiceExpense, InvoiceItem, InvoiceState } from '../../domain/payables.ts';
import { entity, entriesOf, type FieldsOf, recordSchema, writeFields } from './entity.ts';
import {
  amountIfAny,
  choice,
  date,
  type Field,
  lineNumber,
  money,
  optionalDate,
  optionalFlag,
  quantity,
  readOnly,
  reference,
  requiredReference,
  text,
  unitCost,
} from './field.ts';

const MAX_LINES = 10_000;

/** Each state with its number in the search (API guide, state codes); Voided has none. */
export const STATE_NUMBERS: { readonly [state in Exclude<InvoiceState, 'Voided'>]: number } = {
  Open: 1,
  Settled: 2,
  PendingSettled: 3,
  Draft: 4,
  ClosedByCredit: 6,
  AwaitingApproval: 8,
};

const STATES: readonly InvoiceState[] = [
  'Draft',
  'AwaitingApproval',
  'Open',
  'PendingSettled',
  'Settled',
  'ClosedByCredit',
  'Voided',
];

/** The texts that are carried as they stand. */
function billTexts<L extends BillLevel>(level: L) {
  const fields = billFields(level).map(([name, { wire }]) => [name, text(wire)]);
  return Object.fromEntries(fields) as { readonly [F in BillFieldName<L>]: Field<string> };
}

const line = {
  lineNumber: lineNumber('lineNumber'),
  amountCents: money('amountDue'),
  classification: reference('classification'),
  project: readOnly(reference('project')),
  billable: readOnly(optionalFlag('billable')),
};

const expense: FieldsOf<InvoiceExpense> = {
  ...line,
  ...billTexts('expenseLine'),
  glAccount: reference('glAccount'),
};

const item: FieldsOf<InvoiceItem> = {
  ...line,
  ...billTexts('itemLine'),
  item: reference('companyItem'),
  quantity: quantity('quantity'),
  cost: unitCost('cost'),
};

function lines<L extends object>(wire: string, fields: FieldsOf<L>): Field<readonly L[]> {
  const list = entriesOf(fields);
  return {
    wire,
    schema: z
      .array(recordSchema<L>(fields))
      .max(MAX_LINES, `more than ${MAX_LINES} lines`)
      .nullish()
      .transform((found) => found ?? []),
    write: (values) => (values ?? []).map((value) => writeFields(list, value)),
  };
}

export const bills = entity<Invoice>({
  resource: 'bill',
  wrapper: 'bill',
  updatePath: 'withId',
  search: { view: 'BILL', externalIdField: 'bill_externalId' },
  externalIdIsFixed: false,
  fields: {
    externalId: text('externalId'),
    vendor: requiredReference('vendor'),
    term: reference('term'),
    apAccount: readOnly(reference('apAccount')),
    transactionDate: date('transactionDate'),
    dueDate: optionalDate('dueDate'),
    invoiceNumber: text('invoiceNumber'),
    amountCents: money('amount'),
    balanceCents: money('balance'),
    appliedDiscountCents: amountIfAny('appliedDiscountAmount'),
    ...billTexts('header'),
    state: choice('state', STATES),
    expenses: lines('expenses', expense),
    items: lines('items', item),
  },
});
