/**
 * What a person may say to the sandbox: the bodies of the moves, and how a move is refused.
 *
 * Those about payments, credits and periods are in `paymentMoves.ts`. Amounts, costs and quantities are texts (`"100.00"`), records are named as MineralTree's pages name them.
 */
import { z } from 'zod';
import { parseCents, parseDecimal } from '../../domain/money.ts';
import type { Quantity, UnitCost } from './field.ts';
import { PAYMENT_MOVES } from './paymentMoves.ts';

/** A move that is not made. `fields` names what is missing or wrong on an invoice, header and line. */
export class MoveRefused extends Error {
  override readonly name = 'MoveRefused';
  readonly status: 400 | 404 | 422;
  readonly fields: readonly string[];

  constructor(status: 400 | 404 | 422, message: string, fields: readonly string[] = []) {
    super(message);
    this.status = status;
    this.fields = fields;
  }
}

/** A text turned into what it means; `form` says what it has to look like. */
const meaning = <T>(read: (text: string) => T | undefined, form: string) =>
  z.string().transform((text, context) => {
    const value = read(text);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `"${text}" is not ${form}` });
    return z.NEVER;
  });

const cents = meaning(parseCents, 'an amount such as "100.00"');
const unitCost = meaning((text): UnitCost | undefined => {
  const found = parseDecimal(text);
  return found && { amount: found.units, precision: found.scale };
}, 'a cost such as "10.50", with up to five decimals');
const quantity = meaning((text): Quantity | undefined => {
  const found = parseDecimal(text);
  return found && { value: found.units, precision: found.scale };
}, 'a quantity such as "2", with up to five decimals');
const day = z.iso.date('a date such as "2026-03-01"');
const name = z.string().min(1);
const company = z.string().min(1);
const bill = z.string().min(1);

const line = {
  classification: name.optional(),
  project: name.optional(),
  memo: z.string().optional(),
  billable: z.boolean().optional(),
  amount: cents.optional(),
};
const Expense = z.strictObject({ ...line, glAccount: name.optional() });
const Item = z.strictObject({
  ...line,
  item: name.optional(),
  quantity: quantity.optional(),
  cost: unitCost.optional(),
});
export type ExpenseTyped = z.infer<typeof Expense>;
export type ItemTyped = z.infer<typeof Item>;

const invoice = {
  invoiceNumber: z.string().nullish(),
  transactionDate: day.optional(),
  dueDate: day.nullish(),
  term: name.nullish(),
  apAccount: name.nullish(),
  memo: z.string().nullish(),
  amount: cents.nullish(),
  expenses: z.array(Expense).max(10_000).optional(),
  items: z.array(Item).max(10_000).optional(),
};

const Address = z.strictObject({
  name: z.string().optional(),
  lines: z.array(z.string()).max(5).default([]),
  town: z.string().optional(),
  region: z.string().optional(),
  postalCode: z.string().optional(),
  country: z
    .string()
    .regex(/^[A-Z]{3}$/, 'three letters, as USA')
    .optional(),
});
export type AddressTyped = z.infer<typeof Address>;

export const MOVES = {
  'new-company': z.strictObject({
    name,
    user: z.string().regex(/^[^:]+$/, 'a name without ":"'),
    password: z.string().min(1),
  }),
  'enter-invoice': z.strictObject({
    company,
    vendor: name,
    ...invoice,
    transactionDate: day,
    currency: z
      .string()
      .regex(/^[A-Z]{3}$/, 'three letters, as USD')
      .default('USD'),
  }),
  submit: z.strictObject({ company, bill }),
  approve: z.strictObject({ company, bill }),
  post: z.strictObject({ company, bill }),
  'edit-invoice': z.strictObject({ company, bill, vendor: name.optional(), ...invoice }),
  'delete-invoice': z.strictObject({ company, bill }),
  'edit-vendor': z.strictObject({
    company,
    vendor: name,
    legalName: z.string().nullish(),
    address: Address.nullish(),
    phone: z.string().nullish(),
    fax: z.string().nullish(),
    email: z.string().nullish(),
    memo: z.string().nullish(),
    customerAccount: z.string().nullish(),
    grouping: z.boolean().optional(),
    discounts: z.enum(['default', 'always', 'never']).optional(),
  }),
  'add-term': z.strictObject({
    company,
    name,
    dueDays: z.number().int().min(0),
    discountDays: z.number().int().min(0).optional(),
    discountPercent: z.number().min(0).max(100).optional(),
  }),
  ...PAYMENT_MOVES,
  'set-knob': z.strictObject({ name, value: z.union([z.boolean(), z.number(), z.string()]) }),
} as const;

export type MoveName = keyof typeof MOVES;
export type Move<M extends MoveName> = z.infer<(typeof MOVES)[M]>;
