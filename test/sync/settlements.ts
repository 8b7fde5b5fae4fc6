/** Settlements of the bill of acme.ts (175.00) for the tests of this folder, and what was carried of them before. */
import {
  type CarriedSettlement,
  type PaymentStanding,
  type Settlement,
  type SettlementCredit,
  type SettlementInput,
  type SettlementPayment,
  type SettlementStep,
  settlementSteps,
} from '../../src/sync/index.ts';
import { bill, invoice, uuid } from './acme.ts';

export const credit = (cents: number, change: Partial<SettlementCredit> = {}): SettlementCredit => ({
  txnId: 'VC-1',
  txnType: 'VendorCredit',
  txnDate: '2026-11-18',
  refNumber: 'CM-7',
  cents,
  ...change,
});
export const paid = (cents: number, change: Partial<SettlementPayment> = {}): SettlementPayment => ({
  txnId: 'P-1',
  txnType: 'BillPaymentCheck',
  txnDate: '2026-11-21',
  refNumber: '1044',
  cents,
  discountCents: 0,
  accountId: 'bank',
  ...change,
});
/** The settlement of the bill over 175.00 by these; what is left follows. */
export const settlement = (
  credits: readonly SettlementCredit[],
  payments: readonly SettlementPayment[] = [],
): Settlement => ({
  billId: bill().id,
  amountCents: 17500,
  openCents:
    17500 -
    credits.reduce((sum, { cents }) => sum + cents, 0) -
    payments.reduce((sum, { cents, discountCents }) => sum + cents + discountCents, 0),
  credits,
  payments,
});
export const carried = (openCents: number, change: Partial<CarriedSettlement> = {}): CarriedSettlement => ({
  openCents,
  credits: [],
  payments: [],
  ...change,
});
export const applied = (cents: number, txnId = 'VC-1'): CarriedSettlement['credits'][number] => ({
  txnId,
  mtId: 'bc-1',
  cents,
});
export const standing =
  (known: Readonly<Record<string, PaymentStanding>>): SettlementInput['standing'] =>
  (txnId) =>
    known[txnId];

export const decide = (change: Partial<SettlementInput> & Pick<SettlementInput, 'settlement'>) =>
  settlementSteps({
    bill: bill(),
    invoice: invoice(),
    creditId: (txnId) => (txnId.startsWith('VC') ? uuid('credit', 1) : undefined),
    standing: () => undefined,
    seenOn: '2026-11-24',
    ...change,
  });
export function word(step: SettlementStep): string {
  switch (step.kind) {
    case 'voidBillCredit':
      return `void ${step.billCreditId} ${step.cents}`;
    case 'raiseBalance':
      return `raise ${step.cents}`;
    case 'makeBillCredit':
      return `apply ${step.creditTxnId} ${step.cents}`;
    case 'recordPayment':
      return `record ${step.payment.txnId} ${step.payment.cents}`;
  }
}
