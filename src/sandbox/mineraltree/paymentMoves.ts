/**
 * What a person may say about payments, credits and periods: the bodies of those moves. Amounts are texts, payments, credits
 * and invoices named by ID, accounts and vendors by name.
 */
import { z } from 'zod';
import { parseCents } from '../../domain/money.ts';
import { PAYMENT_STATUSES } from './paymentStatus.ts';

const id = z.string().min(1);
const day = z.iso.date('a date such as "2026-03-01"');
const amount = z.string().transform((text, context) => {
  const cents = parseCents(text);
  if (cents !== undefined && cents > 0) return cents;
  context.addIssue({ code: 'custom', message: `"${text}" is not an amount above zero such as "100.00"` });
  return z.NEVER;
});
const checkNumber = z.number().int().min(1).max(999_999_999_999);
const ofPayment = { company: id, payment: id };

export const PAYMENT_MOVES = {
  'queue-payment': z.strictObject({
    company: id,
    bills: z
      .array(z.strictObject({ bill: id, amount: amount.optional() }))
      .min(1)
      .max(500, 'at most 500 invoices are queued at once'),
    paymentMethod: z.string().min(1),
    fundMethod: z.enum(['CHECK', 'CREDITCARD', 'DEBITCARD', 'VCARD', 'ACH', 'ECHECK', 'BILLPAY', 'WIRE']),
    date: day.optional(),
    submit: z.boolean().default(true),
  }),
  'submit-payment': z.strictObject(ofPayment),
  'approve-payment': z.strictObject(ofPayment),
  schedule: z.strictObject({ ...ofPayment, date: day }),
  process: z.strictObject({
    ...ofPayment,
    step: z.enum(['issued', 'printed', 'mailed', 'paid']).default('paid'),
    checkNumber: checkNumber.optional(),
    sequenceText: z.string().min(1).optional(),
    date: day.optional(),
  }),
  hold: z.strictObject(ofPayment),
  release: z.strictObject(ofPayment),
  reject: z.strictObject(ofPayment),
  fail: z.strictObject(ofPayment),
  recall: z.strictObject(ofPayment),
  'void-payment': z.strictObject(ofPayment),
  'cancel-check': z.strictObject(ofPayment),
  'ach-return': z.strictObject(ofPayment),
  'manual-check': z.strictObject({ ...ofPayment, checkNumber: checkNumber.optional() }),
  'manual-card': z.strictObject(ofPayment),
  'biller-portal': z.strictObject(ofPayment),
  'mark-as-paid': z.strictObject({ ...ofPayment, date: day.optional() }),
  'unapply-discount': z.strictObject({ ...ofPayment, bill: id }),
  'set-status': z.strictObject({
    ...ofPayment,
    status: z
      .number()
      .refine((status) => PAYMENT_STATUSES.has(status), `has to be one of ${[...PAYMENT_STATUSES.keys()].join(', ')}`),
  }),
  'void-credit': z.strictObject({ company: id, credit: id }),
  'close-period': z.strictObject({
    company: id,
    name: z.string().min(1).default('Books closed'),
    started: day.default('1900-01-01'),
    ended: day,
  }),
  'open-period': z.strictObject({ company: id, name: z.string().min(1).default('Books closed') }),
  'company-settings': z.strictObject({
    company: id,
    automaticDiscounts: z.boolean().optional(),
    paymentApprovals: z.union([z.literal(1), z.literal(2)]).optional(),
  }),
} as const;

export type PaymentMoveName = keyof typeof PAYMENT_MOVES;
export type PaymentMove<M extends PaymentMoveName> = z.infer<(typeof PAYMENT_MOVES)[M]>;
