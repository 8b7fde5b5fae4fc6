/**
 * Payments made in MineralTree as bill payments for QuickBooks: one for each A/P account of the bills that are paid.
 *
 * 1. The money has moved. A payment is posted whole or not at all, never dropped, never re-dated; whatever stands in the way
 *    is named, all of it at once.
 * 2. What is paid of a bill must be open on it. Otherwise nothing of the payment is posted: `moneyMovedBillNotOpen`.
 * 3. The parts sum to the payment, each part to its applications, to the cent.
 * 4. The number is the check number, else the last characters of the channel's text; the full text stands in the memo.
 * 5. A discount is posted only where the company has a discount account; else the cash alone, and a warning.
 *
 * Leaves to others: whether a payment of the same number is there already (the site looks before it sends).
 */
import type { ListRef } from '../domain/ledger.ts';
import { type Cents, formatCents } from '../domain/money.ts';
import type { Payment } from '../domain/payables.ts';
import { closedDate } from './closedPeriod.ts';
import type { Finding } from './finding.ts';
import { guidOfPayment, isUuid } from './identity.ts';
import { listRef } from './invoiceLines.ts';
import { refusedText } from './ledgerText.ts';
import type { LedgerEntry, Lookup } from './lookup.ts';
import { paymentNames, paymentNumber } from './paymentNumber.ts';
import {
  checkOpen,
  checkVendor,
  discountNotPosted,
  invoiceInWords,
  type PaymentContext,
  type Report,
  type Share,
  sharesOf,
} from './paymentShares.ts';
import { paymentDisposition, paymentStatus } from './paymentStatus.ts';
import type { PaymentAddPlan } from './plans.ts';

export { discountToPost, type PaidBill, type PaymentContext } from './paymentShares.ts';

export type PlannedPayment =
  | { readonly plans: readonly PaymentAddPlan[]; readonly warnings: readonly Finding[] }
  | { readonly problems: readonly Finding[] };

/** Whether MineralTree wants a payment in the ledger: paid, no credit, and not known to be there. */
export const wantsPaymentPosting = (payment: Pick<Payment, 'status' | 'fundMethod' | 'externalId'>): boolean =>
  payment.externalId === undefined && paymentDisposition(payment.status, payment.fundMethod) === 'toPost';

/** The problem of a payment that was waiting before the company was added: held, as such invoices are. */
export const paymentFromBefore = (payment: Payment, lookup: Lookup): Finding => ({
  code: 'paymentFromBeforeFirstDay',
  params: paymentNames(payment, lookup),
});

/** The problem of a payment whose status is not documented; undefined for any other. */
export const unknownStatus = (payment: Payment, lookup: Lookup): Finding | undefined =>
  paymentStatus(payment.status) === undefined
    ? { code: 'paymentStatusUnknown', params: { ...paymentNames(payment, lookup), status: String(payment.status) } }
    : undefined;

/** The plans of a payment, one for each A/P account, or everything that stands in their way. */
export function planPayments(payment: Payment, context: PaymentContext): PlannedPayment {
  const problems: Finding[] = [];
  const names = paymentNames(payment, context.lookup);
  const report: Report = (code, params = {}, part = '') => {
    problems.push({ code, params: { ...names, ...params }, ...(part === '' ? {} : { part }) });
  };
  if (!isUuid(payment.id)) report('unreadableInMineralTree', { reason: 'its ID is not a UUID' });
  checkAmounts(payment, context, report);
  const account = accountOf(payment, context, report);
  const { closingDate } = context.preferences;
  if (closingDate !== undefined && closedDate([payment.transactionDate], closingDate) !== undefined)
    report('paymentInClosedPeriod', { date: payment.transactionDate, closingDate });
  const number = paymentNumber(payment);
  problems.push(
    ...refusedText(number.text, MAX_MEMO, { what: 'The number', record: recordInWords(names), part: 'number' }),
  );
  const shares = sharesOf(payment, context, report);
  checkVendor(payment, shares, context, report);
  const parts = partsOf(payment, shares, context);
  for (const { shares: open } of parts) for (const share of open) checkOpen(share, report);
  const [first] = shares;
  if (problems.length > 0 || account === undefined || first === undefined) return { problems };
  const common: Common = {
    kind: account.type === 'CreditCard' ? 'BillPaymentCreditCardAdd' : 'BillPaymentCheckAdd',
    vendor: listRef(first.bill.vendor),
    account: listRef(account),
    txnDate: payment.transactionDate,
    ...(number.refNumber === undefined ? {} : { refNumber: number.refNumber }),
    memo: number.memo,
  };
  const warnings =
    context.discountAccount !== undefined ? [] : shares.flatMap((share) => discountNotPosted(share, names));
  return { plans: parts.map((part) => planOf(common, part, context)), warnings };
}

/** Longest memo (qbXML 13.0). */
const MAX_MEMO = 4095;

type Common = Pick<PaymentAddPlan, 'kind' | 'vendor' | 'account' | 'txnDate' | 'refNumber' | 'memo'>;
interface Part {
  readonly guid: string;
  readonly apAccount: ListRef;
  readonly shares: readonly Share[];
}

function planOf(
  common: Common,
  { guid, apAccount, shares }: Part,
  { discountAccount }: PaymentContext,
): PaymentAddPlan {
  const amountCents = sum(shares.map(({ cents }) => cents));
  const { vendor, account, txnDate, refNumber } = common;
  return {
    ...common,
    guid,
    apAccount,
    amountCents,
    applications: shares.map(({ bill, cents, discount }) => ({
      txnId: bill.id,
      amountCents: cents,
      discountCents: discount,
      ...(discount === 0 || discountAccount === undefined ? {} : { discountAccount }),
    })),
    match: {
      guid,
      vendor,
      account,
      apAccountId: apAccount.id,
      ...(refNumber === undefined ? {} : { refNumber }),
      txnDate,
      amountCents,
      applications: shares.map(({ bill, cents, discount, openCents }) => ({
        txnId: bill.id,
        amountCents: cents,
        discountCents: discount,
        openCents: openCents ?? cents + discount,
      })),
    },
    dates: [txnDate],
  };
}

/** The amount, and whether what is paid of the invoices makes it. */
function checkAmounts(payment: Payment, context: PaymentContext, report: Report): void {
  const paid = sum(payment.applied.map(({ appliedCents }) => appliedCents));
  const negative = payment.applied.find(({ appliedCents }) => appliedCents < 0);
  if (payment.amountCents <= 0 || negative !== undefined) {
    const odd = negative ?? payment.applied[0];
    report('paymentNotPositive', {
      paid: formatCents(odd?.appliedCents ?? 0),
      number: odd === undefined ? '(none)' : invoiceInWords(odd.invoice.id, context),
    });
  } else if (paid !== payment.amountCents) report('paymentDoesNotSum', { paid: formatCents(paid) });
}

/** The bank or credit-card account that the money left. */
function accountOf({ paymentMethod }: Payment, context: PaymentContext, report: Report): LedgerEntry | undefined {
  const account = paymentMethod === undefined ? undefined : context.paymentAccount(paymentMethod);
  if (account === undefined) {
    const name = paymentMethod === undefined ? undefined : context.lookup.payablesName?.('account', paymentMethod.id);
    report('paymentAccountUnknown', name === undefined ? {} : { account: name });
    return undefined;
  }
  const named = { account: account.name };
  if (account.type !== 'Bank' && account.type !== 'CreditCard')
    report('paymentAccountOfOtherKind', { ...named, type: account.type ?? 'an account of a kind that is not known' });
  else if (!account.active) report('paymentAccountInactive', named);
  return account;
}

/** The bills by A/P account, in the order in which the payment names them, without the parts that are posted. */
function partsOf(payment: Payment, shares: readonly Share[], { posted }: PaymentContext): readonly Part[] {
  const accounts = new Map(shares.flatMap(({ bill: { apAccount } }) => (apAccount ? [[apAccount.id, apAccount]] : [])));
  if (!isUuid(payment.id)) return [];
  return [...accounts.values()].flatMap((apAccount) => {
    const guid = guidOfPayment(payment.id, apAccount.id);
    if (posted?.has(guid) === true) return [];
    return [
      { guid, apAccount: listRef(apAccount), shares: shares.filter(({ bill }) => bill.apAccount?.id === apAccount.id) },
    ];
  });
}

const recordInWords = ({ payment, vendor }: { readonly payment: string; readonly vendor: string }): string =>
  `the payment ${payment} to ${vendor}`;

const sum = (amounts: readonly Cents[]): Cents => amounts.reduce((total, cents) => total + cents, 0);
