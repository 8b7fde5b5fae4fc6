/** Payments of MineralTree being planned, for the tests of this folder. */
import assert from 'node:assert/strict';
import type { LedgerBill } from '../../src/domain/ledger.ts';
import type { Payment } from '../../src/domain/payables.ts';
import {
  describeProblem,
  type LedgerEntry,
  type PaidBill,
  type PaymentContext,
  planPayments,
} from '../../src/sync/index.ts';
import { bill, invoice, lookupOf, uuid } from './acme.ts';
import { BANK, CARD, payment } from './money.ts';

export const OTHER_AP = { id: '80000B01-ap', name: 'A/P West' } as const;
const ACCOUNTS: Readonly<Record<string, LedgerEntry>> = {
  [BANK.id]: { ...BANK, active: true, type: 'Bank' },
  [CARD.id]: { ...CARD, active: true, type: 'CreditCard' },
  closed: { id: 'closed', name: 'Old bank', active: false, type: 'Bank' },
  rent: { id: 'rent', name: 'Rent', active: true, type: 'Expense' },
};
/** The bill of acme.ts is open in full; others by invoice ID. */
export const paymentContext = (
  change: Partial<PaymentContext> = {},
  bills: Readonly<Record<string, PaidBill>> = {},
): PaymentContext => {
  const known: Readonly<Record<string, PaidBill>> = { [invoice().id]: { bill: bill(), openCents: 17500 }, ...bills };
  return {
    lookup: lookupOf(),
    paymentAccount: ({ externalId = '' }) => ACCOUNTS[externalId],
    paidBill: (id) => known[id],
    preferences: {},
    ...change,
  };
};
export const plan = (change: Partial<Payment> = {}, ctx = paymentContext()) => {
  const planned = planPayments(payment(change), ctx);
  assert.ok('plans' in planned, JSON.stringify(planned));
  return planned;
};
export const onePlan = (...args: Parameters<typeof plan>) => {
  const [only, ...others] = plan(...args).plans;
  assert.ok(only !== undefined && others.length === 0);
  return only;
};
export const problems = (change: Partial<Payment>, ctx = paymentContext()) => {
  const planned = planPayments(payment(change), ctx);
  assert.ok('problems' in planned, 'was planned');
  return planned.problems;
};
export const codes = (...args: Parameters<typeof problems>) => problems(...args).map(({ code }) => code);
export const sentences = (...args: Parameters<typeof problems>) =>
  problems(...args).map(({ code, params }) => describeProblem(code, params).sentence);
export const second = (change: Partial<LedgerBill> = {}): LedgerBill =>
  bill({ id: 'B-2', refNumber: 'A-101', amountDueCents: 2500, ...change });
export const payingInvoice = (invoiceId: string, appliedCents: number): Payment['applied'][number] => ({
  invoice: { id: invoiceId },
  appliedCents,
});
export const INVOICE_2 = uuid('invoice', 2);
