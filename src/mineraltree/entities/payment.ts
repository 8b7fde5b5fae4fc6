/**
 * A payment, with what it pays of each invoice.
 *
 * The API can record a payment that was made elsewhere (an external payment) and acknowledge one that MineralTree made;
 * it cannot make money move. Vendor and status stand in answers only (API guide).
 */
import { z } from 'zod';
import type { AppliedPayment, FundMethod, Payment } from '../../domain/payables.ts';
import { entity } from './entity.ts';
import {
  date,
  type Field,
  money,
  optionalWhole,
  readOnly,
  reference,
  text,
  wholeNumber,
  wireMoney,
  wireRef,
  writeMoney,
} from './field.ts';

const MAX_BILLS = 10_000;

const FUND_METHODS: readonly FundMethod[] = [
  'CHECK',
  'CREDITCARD',
  'DEBITCARD',
  'VCARD',
  'ACH',
  'ECHECK',
  'BILLPAY',
  'WIRE',
  'CREDIT',
  'UNKNOWN',
];

/** How the money went. A way that the API guide does not name is as good as unknown: what it pays counts all the same. */
const fundMethod: Field<FundMethod> = {
  wire: 'fundMethod',
  schema: z
    .object({ type: z.string().nullish() })
    .nullish()
    .transform((method): FundMethod => FUND_METHODS.find((known) => known === method?.type) ?? 'UNKNOWN'),
  write: (method) => ({ type: method ?? 'UNKNOWN' }),
};

const applied: Field<readonly AppliedPayment[]> = {
  wire: 'bills',
  schema: z
    .array(
      z
        .object({ appliedPaymentAmount: wireMoney })
        .loose()
        .transform((found, context): AppliedPayment => {
          const invoice = wireRef.safeParse(found);
          if (invoice.success && invoice.data !== undefined)
            return { invoice: invoice.data, appliedCents: found.appliedPaymentAmount };
          context.addIssue({ code: 'custom', message: 'names no bill' });
          return z.NEVER;
        }),
    )
    .max(MAX_BILLS, `more than ${MAX_BILLS} bills`)
    .nullish()
    .transform((found) => found ?? []),
  write: (values) =>
    (values ?? []).map(({ invoice, appliedCents }) => ({
      id: invoice.id,
      appliedPaymentAmount: writeMoney(appliedCents),
    })),
};

export const payments = entity<Payment>({
  resource: 'payment',
  wrapper: 'payment',
  updatePath: 'withoutId',
  search: { view: 'PAYMENT', externalIdField: 'payment_externalId' },
  externalIdIsFixed: false,
  fields: {
    externalId: text('externalId'),
    paymentMethod: reference('paymentMethod'),
    fundMethod,
    vendor: readOnly(reference('vendor')),
    applied,
    amountCents: money('amount'),
    transactionDate: date('transactionDate'),
    checkNumber: optionalWhole('checkNumber'),
    sequenceText: text('sequenceText'),
    status: readOnly(wholeNumber('status')),
  },
});
