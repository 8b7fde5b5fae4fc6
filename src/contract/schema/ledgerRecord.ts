/** The records of QuickBooks as a connector may send them, kind by kind: shape and size of `src/domain/ledger.ts`. */
import { z } from 'zod';
import { type BillFieldName, type BillLevel, billFields, mostCharacters } from '../../domain/billFields.ts';
import type { LedgerKind, LedgerRecords } from '../../domain/ledger.ts';
import { calendarDate, cents, decimal, editSequence, ledgerId, listRef, text } from './scalar.ts';

const fullName = text(1_000).min(1);
const entry = { id: ledgerId, editSequence, active: z.boolean() };
const list = { ...entry, fullName };
const short = z.exactOptional(text(300));
const ref = z.exactOptional(listRef);

const account = z.object({
  ...list,
  type: text(40),
  number: short,
  balanceCents: z.exactOptional(cents),
});

const terms = z.object({
  ...entry,
  name: fullName,
  form: z.discriminatedUnion('kind', [
    z.object({
      kind: z.literal('standard'),
      dueDays: z.int().min(-9_999).max(99_999),
      discountDays: z.exactOptional(z.int().min(-9_999).max(99_999)),
      discountPercent: z.exactOptional(decimal),
    }),
    z.object({
      kind: z.literal('dateDriven'),
      dayOfMonthDue: z.int().min(0).max(31),
      dueNextMonthDays: z.exactOptional(z.int().min(-9_999).max(99_999)),
    }),
  ]),
});

const vendor = z.object({
  ...entry,
  name: fullName,
  companyName: short,
  address: z.exactOptional(
    z.object({
      lines: z.array(text(300)).max(10),
      city: short,
      state: short,
      postalCode: short,
      country: short,
      note: short,
    }),
  ),
  phone: short,
  fax: short,
  email: z.exactOptional(text(1_100)),
  nameOnCheck: short,
  accountNumber: short,
  terms: ref,
  currency: ref,
});

/** The plain texts of a bill on one level. */
function billTexts<L extends BillLevel>(level: L) {
  const shape = billFields(level).map(([name, { limit }]) => [
    name,
    z.exactOptional(text(mostCharacters(name) ?? limit)),
  ]);
  return Object.fromEntries(shape) as { readonly [F in BillFieldName<L>]: z.ZodExactOptional<z.ZodString> };
}

const line = {
  lineId: ledgerId,
  amountCents: cents,
  customer: ref,
  class: ref,
  billable: z.exactOptional(z.enum(['Billable', 'NotBillable', 'HasBeenBilled'])),
};

/** QuickBooks itself holds a transaction to far fewer lines than this. */
const MAX_LINES = 20_000;

const links = z
  .array(
    z.object({
      txnId: ledgerId,
      txnType: text(60),
      txnDate: calendarDate,
      refNumber: z.exactOptional(text(40)),
      linkType: z.exactOptional(z.enum(['AMTTYPE', 'QUANTYPE'])),
      amountCents: cents,
    }),
  )
  .max(MAX_LINES);

export const bill = z.object({
  id: ledgerId,
  editSequence,
  vendor: listRef,
  apAccount: ref,
  txnDate: calendarDate,
  dueDate: z.exactOptional(calendarDate),
  amountDueCents: cents,
  currency: ref,
  refNumber: z.exactOptional(text(40)),
  terms: ref,
  ...billTexts('header'),
  isPaid: z.exactOptional(z.boolean()),
  guid: z.exactOptional(text(60)),
  links,
  expenseLines: z.array(z.object({ ...line, ...billTexts('expenseLine'), account: ref })).max(MAX_LINES),
  itemLines: z
    .array(
      z.object({
        ...line,
        ...billTexts('itemLine'),
        item: ref,
        quantity: z.exactOptional(decimal),
        cost: z.exactOptional(decimal),
      }),
    )
    .max(MAX_LINES),
  groupLines: z.int().min(0).max(MAX_LINES),
});

const credit = z.object({
  id: ledgerId,
  editSequence,
  vendor: listRef,
  apAccount: ref,
  txnDate: calendarDate,
  creditAmountCents: cents,
  currency: ref,
  refNumber: z.exactOptional(text(40)),
  memo: z.exactOptional(text(5_000)),
  links,
});

const payment = z.object({
  id: ledgerId,
  editSequence,
  method: z.enum(['check', 'creditCard']),
  vendor: listRef,
  apAccount: ref,
  account: listRef,
  txnDate: calendarDate,
  amountCents: cents,
  currency: ref,
  refNumber: z.exactOptional(text(40)),
  memo: z.exactOptional(text(5_000)),
  guid: z.exactOptional(text(60)),
  applications: z
    .array(
      z.object({
        txnId: ledgerId,
        txnType: text(60),
        amountCents: cents,
        discountCents: cents,
        discountAccount: ref,
      }),
    )
    .max(MAX_LINES),
});

export { payment, terms, vendor };

export const ledgerRecord = {
  account,
  class: z.object(list),
  customer: z.object(list),
  item: z.object({ ...list, type: text(40), purchaseCost: z.exactOptional(decimal) }),
  terms,
  vendor,
  bill,
  credit,
  checkPayment: payment,
  cardPayment: payment,
} satisfies { readonly [K in LedgerKind]: z.ZodType<LedgerRecords[K]> };
