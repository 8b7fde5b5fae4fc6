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
import type { CalendarDate } from '../domain/dates.ts';
import type { LedgerBill, LedgerPayment, ListRef } from '../domain/ledger.ts';
import { type Cents, formatCents } from '../domain/money.ts';
import type { Invoice, PayablesRef, Payment } from '../domain/payables.ts';
import { isVoided, numberOf } from './billMapping.ts';
import { closedDate } from './closedPeriod.ts';
import type { Finding } from './finding.ts';
import { guidOfPayment, isUuid } from './identity.ts';
import { listRef } from './invoiceLines.ts';
import { ledgerText, refusedText } from './ledgerText.ts';
import type { LedgerEntry, Lookup } from './lookup.ts';
import { paymentNames, paymentNumber } from './paymentNumber.ts';
import { paymentDisposition, paymentStatus } from './paymentStatus.ts';
import type { PaymentAddPlan } from './plans.ts';
import { linkKind, partInWords } from './settlement.ts';
import { isForeign } from './vendorMapping.ts';

/** A bill of QuickBooks that a payment pays. */
export interface PaidBill {
  readonly bill: LedgerBill;
  /** What is open on it, less what postings that are not settled yet will take; absent where it is not known. */
  readonly openCents?: Cents;
  /** Deleted in QuickBooks. */
  readonly gone?: boolean;
  /** The discount that MineralTree took on it with this payment: `discountToPost`. */
  readonly discountCents?: Cents;
}

export interface PaymentContext {
  /** Vendors are looked up in it, and names. */
  readonly lookup: Lookup;
  /** The account of QuickBooks that a payment account of MineralTree is: by its externalId, else by its link. */
  readonly paymentAccount: (ref: PayablesRef) => LedgerEntry | undefined;
  /** The linked bill of an invoice; undefined where it has none. */
  readonly paidBill: (invoiceId: string) => PaidBill | undefined;
  /** How MineralTree numbers an invoice, for sentences about one that has no bill. */
  readonly invoiceNumber?: (invoiceId: string) => string | undefined;
  readonly preferences: { readonly closingDate?: CalendarDate };
  /** The company's account for discounts of payments; absent, discounts are not posted. */
  readonly discountAccount?: ListRef;
  /** GUIDs of parts that are in QuickBooks already: they are left out, and their bills are not looked at. */
  readonly posted?: ReadonlySet<string>;
}

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

/**
 * The discount of a bill that goes with the payment to be posted now: what MineralTree took in all, without what went to
 * QuickBooks with its payments before.
 * @param posted the payments of MineralTree on this bill, as QuickBooks has them
 */
export const discountToPost = (
  invoice: Pick<Invoice, 'appliedDiscountCents'>,
  billId: string,
  posted: readonly LedgerPayment[],
): Cents => {
  const gone = posted.flatMap(({ applications }) => applications.filter(({ txnId }) => txnId === billId));
  return Math.max(0, (invoice.appliedDiscountCents ?? 0) - sum(gone.map(({ discountCents }) => discountCents)));
};

/** A paid bill with what is paid of it. */
interface Share extends PaidBill {
  readonly invoiceId: string;
  readonly cents: Cents;
  readonly discount: Cents;
}

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

type Report = (code: Finding['code'], params?: Readonly<Record<string, string>>, part?: string) => void;
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

/** What is paid of each bill, each bill once; those that have no bill are reported. */
function sharesOf(payment: Payment, context: PaymentContext, report: Report): readonly Share[] {
  const shares = new Map<string, Share>();
  for (const { invoice, appliedCents } of payment.applied) {
    if (appliedCents === 0) continue;
    const paid = context.paidBill(invoice.id);
    const number = invoiceInWords(invoice.id, context);
    if (paid === undefined) {
      report('paymentWaitsForInvoice', { number }, invoice.id);
      continue;
    }
    const { bill } = paid;
    if (isForeign(bill.currency))
      report('paymentInOtherCurrency', { number, currency: bill.currency?.name ?? '' }, bill.id);
    if (bill.apAccount === undefined) report('paymentApAccountUnknown', { number }, bill.id);
    const cents = (shares.get(bill.id)?.cents ?? 0) + appliedCents;
    const discount = context.discountAccount === undefined ? 0 : (paid.discountCents ?? 0);
    shares.set(bill.id, { ...paid, invoiceId: invoice.id, cents, discount });
  }
  return [...shares.values()];
}

/** QuickBooks pays bills of one vendor with one payment; MineralTree must mean the same one. */
function checkVendor({ vendor }: Payment, shares: readonly Share[], { lookup }: PaymentContext, report: Report): void {
  const meant = vendor === undefined ? shares[0]?.bill.vendor.id : lookup.ledger('vendor', vendor.id)?.id;
  for (const { bill } of shares)
    if (bill.vendor.id !== meant)
      report('paymentVendorDiffers', { number: numberOf(bill.refNumber), billVendor: bill.vendor.name }, bill.id);
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

/** Whether what was paid is open, and why it is not. */
function checkOpen(share: Share, report: Report): void {
  const { bill, cents, discount, openCents, gone } = share;
  const open = gone === true || isVoided(bill) ? 0 : openCents;
  if (open === undefined || open >= cents + discount) return;
  const reason =
    gone === true ? 'the bill was deleted there' : isVoided(bill) ? 'the bill was voided there' : settledBy(bill);
  report(
    'moneyMovedBillNotOpen',
    {
      paid: formatCents(cents + discount),
      number: numberOf(bill.refNumber),
      open: formatCents(open),
      ...(reason === '' ? {} : { reason }),
    },
    bill.id,
  );
}

/** What the bill was settled by in QuickBooks, in words; empty where nothing is known. */
const settledBy = (bill: LedgerBill): string =>
  bill.links
    .filter((link) => linkKind(link) !== 'order' && link.amountCents !== 0)
    .map((link) => partInWords({ ...link, cents: Math.abs(link.amountCents) }))
    .join(', ');

const discountNotPosted = ({ bill, discountCents = 0 }: Share, names: ReturnType<typeof paymentNames>): Finding[] =>
  discountCents === 0
    ? []
    : [
        {
          code: 'discountNotPosted',
          part: bill.id,
          params: {
            payment: names.payment,
            vendor: names.vendor,
            number: numberOf(bill.refNumber),
            discount: formatCents(discountCents),
          },
        },
      ];

const invoiceInWords = (invoiceId: string, context: PaymentContext): string => {
  const bill = context.paidBill(invoiceId)?.bill;
  return numberOf(ledgerText(bill?.refNumber ?? context.invoiceNumber?.(invoiceId)));
};

const recordInWords = ({ payment, vendor }: { readonly payment: string; readonly vendor: string }): string =>
  `the payment ${payment} to ${vendor}`;

const sum = (amounts: readonly Cents[]): Cents => amounts.reduce((total, cents) => total + cents, 0);
