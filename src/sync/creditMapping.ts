/**
 * Credits and payments of QuickBooks as MineralTree keeps them.
 *
 * 1. A credit is worth in MineralTree what can be seen there: what is left of it, and what was applied to bills that
 *    MineralTree has. So what is left is the same on both sides, also of a credit that was refunded or applied elsewhere.
 * 2. Whether it is open or settled follows, in MineralTree, from what is applied; only a credit that was used up elsewhere is
 *    written as settled.
 * 3. A journal entry that lowers a bill is known by its link alone: it becomes a credit of its own for each bill.
 * 4. A payment is recorded with its own date, number and account, for the bills of it that MineralTree has.
 */
import type { LedgerCredit, LedgerPayment } from '../domain/ledger.ts';
import { type Cents, formatCents } from '../domain/money.ts';
import type { AppliedPayment, Credit, Draft, FundMethod, PayablesRef, Payment } from '../domain/payables.ts';
import { numberOf } from './billMapping.ts';
import type { Finding, Mapped } from './finding.ts';
import type { Lookup } from './lookup.ts';
import { linkKind, partInWords, type SettlementCredit, type SettlementPayment } from './settlement.ts';
import { isForeign } from './vendorMapping.ts';

/** A payment made outside of MineralTree, as it is recorded there. */
export type ExternalPaymentDraft = Omit<Draft<Payment>, 'status' | 'vendor'> & { readonly externalId: string };

const VOID_MEMO = /^\s*void\b/i;

/** Whether a credit was voided: 0.00, and a memo that begins with VOID (unverified against a real QuickBooks). */
export const isVoidedCredit = ({ creditAmountCents, memo = '' }: LedgerCredit): boolean =>
  creditAmountCents === 0 && VOID_MEMO.test(memo);

/** Whether a bill payment was voided: 0.00, and a memo that begins with VOID (unverified against a real QuickBooks). */
export const isVoidedPayment = ({ amountCents, memo = '' }: LedgerPayment): boolean =>
  amountCents === 0 && VOID_MEMO.test(memo);

/** What a credit's own links leave of it: until BillToPay is asked, which decides. */
export const creditOpenByLinks = ({ creditAmountCents, links }: LedgerCredit): Cents =>
  links
    .filter((link) => linkKind(link) !== 'order')
    .reduce((left, { amountCents }) => left - Math.abs(amountCents), creditAmountCents);

/**
 * The credit that MineralTree is to hold, or why there can be none. A credit over 0.00 is no credit: no draft, no problem.
 * @param known.openCents what BillToPay says is left; absent, it is worked out from the links
 */
export function mapCredit(
  credit: LedgerCredit,
  known: { readonly lookup: Lookup; readonly openCents?: Cents },
): Mapped<Draft<Credit>> {
  const named = { number: numberOf(credit.refNumber), vendor: credit.vendor.name };
  const amount = formatCents(credit.creditAmountCents);
  const problem = (code: Finding['code'], params: Finding['params']): Mapped<never> => ({
    problems: [{ code, params }],
  });
  if (isForeign(credit.currency))
    return problem('creditInOtherCurrency', { ...named, currency: credit.currency?.name ?? '' });
  if (isVoidedCredit(credit)) return problem('creditVoidedInQuickBooks', named);
  if (credit.creditAmountCents <= 0) return { problems: [] };
  const { id, name } = credit.vendor;
  const vendor = known.lookup.payablesId('vendor', id);
  if (vendor === undefined)
    return {
      problems: [
        {
          code: 'creditWaits',
          params: { number: named.number, amount, name },
          waitsFor: { kind: 'vendor', id, name },
        },
      ],
    };
  const left = known.openCents ?? creditOpenByLinks(credit);
  const seen = credit.links.reduce(
    (sum, link) =>
      link.txnType === 'Bill' && known.lookup.payablesId('bill', link.txnId) !== undefined
        ? sum + Math.abs(link.amountCents)
        : sum,
    0,
  );
  const worth = left + seen;
  return {
    draft: {
      externalId: credit.id,
      vendor: { id: vendor, externalId: id },
      ...(credit.refNumber === undefined ? {} : { creditNumber: credit.refNumber }),
      transactionDate: credit.txnDate,
      amountCents: worth > 0 ? worth : credit.creditAmountCents,
      ...(credit.memo === undefined ? {} : { memo: credit.memo }),
      status: worth > 0 ? 'Open' : 'Settled',
    },
  };
}

/** The problem of a credit that was deleted in QuickBooks, of which MineralTree was told. */
export const creditDeleted = (credit: {
  readonly refNumber?: string;
  readonly vendor?: { readonly name: string };
  readonly creditAmountCents?: Cents;
}): Finding => ({
  code: 'creditDeletedInQuickBooks',
  params: {
    number: numberOf(credit.refNumber),
    ...(credit.vendor === undefined ? {} : { vendor: credit.vendor.name }),
    ...(credit.creditAmountCents === undefined ? {} : { amount: formatCents(credit.creditAmountCents) }),
  },
});

/** The problem of a payment that was deleted or voided in QuickBooks, of which MineralTree was told. */
export const paymentUndone = (
  how: 'deleted' | 'voided',
  payment: Pick<LedgerPayment, 'method' | 'refNumber'> & {
    readonly vendor: { readonly name: string };
    /** What it was over before. */
    readonly amountCents?: Cents;
  },
): Finding => ({
  code: how === 'deleted' ? 'paymentDeletedInQuickBooks' : 'paymentVoidedInQuickBooks',
  params: {
    payment: `by ${payment.method === 'check' ? 'check' : 'card'} ${numberOf(payment.refNumber)}`,
    vendor: payment.vendor.name,
    ...(payment.amountCents === undefined ? {} : { amount: formatCents(payment.amountCents) }),
  },
});

/** What a credit that only a link of a bill tells of is known by in MineralTree. */
export const linkedCreditId = (creditTxnId: string, billTxnId: string): string => `${creditTxnId}/${billTxnId}`;

/** A journal entry that lowers a bill, as a credit over just that. */
export const linkedCredit = (
  credit: SettlementCredit,
  bill: { readonly id: string; readonly vendor: PayablesRef },
): Draft<Credit> => ({
  externalId: linkedCreditId(credit.txnId, bill.id),
  vendor: bill.vendor,
  ...(credit.refNumber === undefined ? {} : { creditNumber: credit.refNumber }),
  transactionDate: credit.txnDate,
  amountCents: credit.cents,
  memo: `QuickBooks: ${partInWords(credit)}`,
  status: 'Open',
});

const FUND_METHODS: Readonly<Record<string, FundMethod>> = {
  BillPaymentCheck: 'CHECK',
  Check: 'CHECK',
  BillPaymentCreditCard: 'CREDITCARD',
  CreditCardCharge: 'CREDITCARD',
};

/**
 * A payment made in QuickBooks as MineralTree records it, with a finding where it pays bills that MineralTree does not have.
 * @param parts what it pays of each bill that MineralTree has, all of the same payment, at least one
 * @param known.payment the payment itself, where it is a bill payment; a check or card charge is known by its links alone
 * @param known.methodId MineralTree's payment method of the account, where it is known
 */
export function externalPayment(
  parts: readonly [Paid, ...Paid[]],
  known: { readonly payment?: LedgerPayment; readonly methodId?: string },
): { readonly draft: ExternalPaymentDraft; readonly findings: readonly Finding[] } {
  const [{ part }] = parts;
  const applied: readonly AppliedPayment[] = parts.map(({ invoice, part: { cents } }) => ({
    invoice,
    appliedCents: cents,
  }));
  const told = applied.reduce((sum, { appliedCents }) => sum + appliedCents, 0);
  const { payment, methodId } = known;
  const unknown = payment === undefined ? 0 : payment.amountCents - told;
  const { refNumber } = part;
  const checkNumber = refNumber !== undefined && /^\d{1,15}$/.test(refNumber) ? Number(refNumber) : undefined;
  const draft: ExternalPaymentDraft = {
    externalId: payment?.id ?? linkedPaymentId(parts),
    ...(methodId === undefined ? {} : { paymentMethod: { id: methodId } }),
    fundMethod: (Object.hasOwn(FUND_METHODS, part.txnType) ? FUND_METHODS[part.txnType] : undefined) ?? 'UNKNOWN',
    applied,
    amountCents: told,
    transactionDate: part.txnDate,
    ...(checkNumber === undefined ? {} : { checkNumber }),
    ...(refNumber === undefined ? {} : { sequenceText: refNumber }),
  };
  if (unknown <= 0 || payment === undefined) return { draft, findings: [] };
  const params = {
    payment: partInWords({ ...part, cents: payment.amountCents }),
    vendor: payment.vendor.name,
    unknown: formatCents(unknown),
    known: formatCents(told),
  };
  return { draft, findings: [{ code: 'paymentPaysOtherBills', params }] };
}

/** What a payment pays of one invoice. */
export interface Paid {
  readonly invoice: PayablesRef;
  /** TxnID of its bill. */
  readonly billId: string;
  readonly part: SettlementPayment;
}

/** One record for each bill that a check or card charge is linked with: nothing says that they are all known at once. */
const linkedPaymentId = ([{ part, billId }]: readonly [Paid, ...Paid[]]): string => `${part.txnId}/${billId}`;
