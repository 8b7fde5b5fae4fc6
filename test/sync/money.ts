/** Payments and credits of both sides for the tests of this folder, around the bill and invoice of acme.ts (175.00). */
import type { LedgerApplication, LedgerCredit, LedgerLink, LedgerPayment } from '../../src/domain/ledger.ts';
import type { Payment } from '../../src/domain/payables.ts';
import { ACME, bill, invoice, mt, ref, uuid } from './acme.ts';

export const BANK = { id: '80000A01-bank', name: 'Checking' } as const;
export const CARD = { id: '80000A02-card', name: 'Company card' } as const;

/** A link as it stands on a bill: money lowers the bill, so its amount is negative. */
export const link = (txnType: string, cents: number, change: Partial<LedgerLink> = {}): LedgerLink => ({
  txnId: `${txnType}-1`,
  txnType,
  txnDate: '2026-11-21',
  refNumber: '1044',
  linkType: 'AMTTYPE',
  amountCents: -cents,
  ...change,
});

export const applied = (cents: number, change: Partial<LedgerApplication> = {}): LedgerApplication => ({
  txnId: bill().id,
  txnType: 'Bill',
  amountCents: cents,
  discountCents: 0,
  ...change,
});

/** A check over 175.00 that pays the bill, entered in QuickBooks. */
export const ledgerPayment = (change: Partial<LedgerPayment> = {}): LedgerPayment => ({
  id: 'BillPaymentCheck-1',
  editSequence: '1700000100',
  method: 'check',
  vendor: ref(ACME.vendor),
  apAccount: ref(ACME.payables),
  account: BANK,
  txnDate: '2026-11-21',
  amountCents: 17500,
  refNumber: '1044',
  applications: [applied(17500)],
  ...change,
});

/** A credit over 50.00, not applied. */
export const ledgerCredit = (change: Partial<LedgerCredit> = {}): LedgerCredit => ({
  id: 'VendorCredit-1',
  editSequence: '1700000200',
  vendor: ref(ACME.vendor),
  apAccount: ref(ACME.payables),
  txnDate: '2026-11-18',
  creditAmountCents: 5000,
  refNumber: 'CM-7',
  memo: 'returned paper',
  links: [],
  ...change,
});

/** An ACH payment over 175.00 that pays the invoice, made in MineralTree. */
export const payment = (change: Partial<Payment> = {}): Payment => ({
  id: uuid('payment', 1),
  modified: '2026-11-24T10:00:00Z',
  paymentMethod: { id: uuid('pm', 1), externalId: BANK.id },
  fundMethod: 'ACH',
  vendor: mt(ACME.vendor),
  applied: [{ invoice: { id: invoice().id, externalId: bill().id }, appliedCents: 17500 }],
  amountCents: 17500,
  transactionDate: '2026-11-23',
  sequenceText: '000000000123456',
  status: 1010,
  ...change,
});

export const paymentsById = (...payments: readonly LedgerPayment[]): ReadonlyMap<string, LedgerPayment> =>
  new Map(payments.map((one) => [one.id, one]));
