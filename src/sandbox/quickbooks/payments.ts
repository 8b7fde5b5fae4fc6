/**
 * Bill payments by check and by credit card: entering, changing, voiding, deleting; for applications and people alike.
 *
 * 1. A payment is of one vendor and one A/P account, and pays at most what is open of each bill: cash, discount and
 *    credits together. Each bill gets at least one of the three.
 * 2. Without cash and discount there is no transaction: the credits are set, and nothing else is there afterwards.
 * 3. A change lists what is paid anew; credits set before stay. A void or a deletion makes its bills open again.
 * 4. Nothing is put before everything is checked.
 */
import type { Cents, Decimal } from '../../domain/money.ts';
import { apDocument } from './apDocuments.ts';
import {
  applyCredit,
  type CreditDraft,
  checkCredits,
  endCreditsOf,
  openOwed,
  otherPayableAccount,
  touch,
} from './applications.ts';
import type { CompanyFile } from './companyFile.ts';
import { checkSequence, withoutUndefined } from './lists.ts';
import { payableAccount, rateOf } from './payableAccounts.ts';
import { APPLICATION, type Author, checkPeriod } from './periods.ts';
import type { BillPayment, DeletedTransaction, PaymentApplication, PaymentMethod, TxnType } from './records.ts';
import { isEmptyRef, type Ref, resolveActive } from './references.ts';
import { invalidAmount, invalidReference, missing, moreThanDue, notFound, notSaved } from './refusal.ts';
import { logDeletion, voidMemo } from './removal.ts';

/** What shall be paid of one bill. */
export interface PaidBillDraft {
  readonly billId: string;
  /** Cash. */
  readonly cents?: Cents;
  readonly discountCents?: Cents;
  /** The file's account for discounts when none is named. */
  readonly discountAccount?: Ref;
  readonly discountClass?: Ref;
  readonly credits?: readonly CreditDraft[];
}

export interface PaymentDraft {
  readonly method: PaymentMethod;
  readonly vendor: Ref;
  readonly apAccount?: Ref;
  /** The bank or credit-card account. */
  readonly account: Ref;
  readonly txnDate?: string;
  readonly refNumber?: string;
  readonly toBePrinted?: boolean;
  readonly memo?: string;
  readonly exchangeRate?: Decimal;
  readonly guid?: string;
  readonly bills: readonly PaidBillDraft[];
}

/** What a change mentions; an empty text clears. `bills` is all that is paid afterwards. */
export interface PaymentChange {
  readonly account?: Ref;
  readonly txnDate?: string;
  readonly refNumber?: string;
  readonly toBePrinted?: boolean;
  readonly memo?: string;
  readonly exchangeRate?: Decimal;
  readonly bills?: readonly PaidBillDraft[];
}

const PAYMENT_FIELD = 'AppliedToTxnAdd payment amount';
const DISCOUNT_FIELD = 'AppliedToTxnAdd discount amount';

export const paymentType = (method: PaymentMethod): TxnType =>
  method === 'check' ? 'BillPaymentCheck' : 'BillPaymentCreditCard';

/**
 * Enters a payment; undefined when only credits were set, which makes no transaction.
 * Throws `Refused`: 3120 a bill that is not open or not the vendor's, 3140 bad reference or another A/P account, 3150 no
 * account for a discount, 3171 closed, 3180 nothing paid, 3210 more than is open.
 */
export function enterPayment(company: CompanyFile, draft: PaymentDraft, author: Author): BillPayment | undefined {
  const type = paymentType(draft.method);
  const vendor = resolveActive(company, 'vendor', draft.vendor, type);
  const apAccount = payableAccount(company, draft.apAccount, vendor, type);
  const account = payingAccount(company, draft.account, draft.method, vendor.currencyId);
  const exchangeRate = rateOf(company, vendor, draft.exchangeRate, type);
  const applications = checkedBills(company, draft.bills, { vendorId: vendor.id, apAccountId: apAccount.id, type });
  const txnDate = draft.txnDate ?? company.head.lastTxnDate ?? company.clock.today();
  const moved = applications.filter(({ cents, discountCents }) => cents !== 0 || discountCents !== 0);
  const touched = draft.bills.map(({ billId }) => billId);
  if (moved.length === 0) {
    applyCredits(company, draft.bills);
    touch(company, [...touched, ...creditIds(draft.bills)]);
    return undefined;
  }
  checkPeriod(company, author, { write: 'add', type, dates: [txnDate] });
  const now = company.clock.now();
  const payment: BillPayment = {
    id: company.nextTxnId(),
    createdAt: now,
    modifiedAt: now,
    txnNumber: company.nextTxnNumber(),
    method: draft.method,
    vendorId: vendor.id,
    apAccountId: apAccount.id,
    accountId: account.id,
    txnDate,
    ...withoutUndefined({
      refNumber: draft.refNumber || undefined,
      toBePrinted: draft.refNumber || draft.method === 'creditCard' ? undefined : draft.toBePrinted,
      memo: draft.memo || undefined,
      exchangeRate,
      guid: draft.guid,
    }),
    createdBy: author.createdBy,
    voided: false,
    applications: moved,
  };
  save(company, payment);
  applyCredits(company, draft.bills, payment.id);
  touch(company, [...touched, ...creditIds(draft.bills)]);
  return payment;
}

/** Changes a payment. Throws `Refused`: 3200 stale edit sequence, and as `enterPayment`. */
export function modifyPayment(
  company: CompanyFile,
  payment: BillPayment,
  change: PaymentChange,
  editSequence?: string,
  author: Author = APPLICATION,
): BillPayment {
  if (editSequence !== undefined) checkSequence(payment, editSequence);
  const type = paymentType(payment.method);
  if (payment.voided && change.bills !== undefined) throw notSaved(type, 'The payment is void.');
  const vendor = company.tables.vendor.get(payment.vendorId);
  const accountId =
    change.account === undefined
      ? payment.accountId
      : payingAccount(company, change.account, payment.method, vendor?.currencyId).id;
  const { vendorId, apAccountId } = payment;
  const applications =
    change.bills === undefined
      ? payment.applications
      : checkedBills(company, change.bills, { vendorId, apAccountId, type }, payment).filter(
          ({ cents, discountCents }) => cents !== 0 || discountCents !== 0,
        );
  if (applications.length === 0 && !payment.voided) throw notSaved(type, 'The transaction is empty.');
  const txnDate = change.txnDate ?? payment.txnDate;
  checkPeriod(company, author, { write: 'modify', type, dates: [payment.txnDate, txnDate] });
  const { refNumber: _r, toBePrinted: _p, memo: _m, exchangeRate: _e, ...kept } = payment;
  const refNumber = change.toBePrinted === true ? undefined : (change.refNumber ?? payment.refNumber) || undefined;
  const changed: BillPayment = {
    ...kept,
    modifiedAt: company.clock.now(),
    accountId,
    txnDate,
    ...withoutUndefined({
      refNumber,
      toBePrinted: refNumber === undefined ? (change.toBePrinted ?? payment.toBePrinted) : undefined,
      memo: (change.memo ?? payment.memo) || undefined,
      exchangeRate:
        vendor === undefined ? undefined : rateOf(company, vendor, change.exchangeRate ?? payment.exchangeRate, type),
    }),
    applications,
  };
  save(company, changed);
  if (change.bills === undefined) return changed;
  applyCredits(company, change.bills, payment.id);
  touch(company, [...billIds(payment), ...change.bills.map(({ billId }) => billId), ...creditIds(change.bills)]);
  return changed;
}

/** Voids a payment: the record stays and pays nothing. Voiding twice changes nothing. Throws `Refused` 3171. */
export function voidPayment(company: CompanyFile, payment: BillPayment, author: Author = APPLICATION): BillPayment {
  if (payment.voided) return payment;
  checkPeriod(company, author, { write: 'void', type: paymentType(payment.method), dates: [payment.txnDate] });
  const voided: BillPayment = {
    ...payment,
    modifiedAt: company.clock.now(),
    memo: voidMemo(payment.memo),
    voided: true,
    applications: [],
  };
  endCreditsOf(company, payment.id);
  save(company, voided);
  touch(company, billIds(payment));
  return voided;
}

/** Deletes a payment; the log of deletions keeps its ID and number. Throws `Refused` 3161. */
export function deletePayment(
  company: CompanyFile,
  payment: BillPayment,
  author: Author = APPLICATION,
): DeletedTransaction {
  const { id, txnDate } = payment;
  const type = paymentType(payment.method);
  checkPeriod(company, author, { write: 'delete', type, dates: [txnDate], id });
  endCreditsOf(company, id);
  company.removeTransaction('payment', id);
  touch(company, billIds(payment));
  return logDeletion(company, type, payment);
}

/**
 * What shall be paid, checked bill by bill. Of a payment that changes, what it has paid so far is open again.
 */
function checkedBills(
  company: CompanyFile,
  drafts: readonly PaidBillDraft[],
  { vendorId, apAccountId, type }: { readonly vendorId: string; readonly apAccountId: string; readonly type: TxnType },
  before?: BillPayment,
): readonly PaymentApplication[] {
  const paidBefore = new Map(
    (before?.applications ?? []).map(({ billId, cents, discountCents }) => [billId, cents + discountCents]),
  );
  const taken = new Map<string, Cents>();
  const seen = new Set<string>();
  return drafts.map((draft) => {
    const again = paidBefore.get(draft.billId) ?? 0;
    const bill = again > 0 ? apDocument(company, draft.billId) : openOwed(company, draft.billId);
    if (bill === undefined || bill.vendorId !== vendorId || seen.has(draft.billId)) throw notFound(draft.billId);
    seen.add(draft.billId);
    if (bill.apAccountId !== apAccountId) throw otherPayableAccount(company, bill.apAccountId);
    const { cents = 0, discountCents = 0, credits = [] } = draft;
    if (cents === 0 && discountCents === 0 && credits.length === 0) throw notSaved(type, 'The transaction is empty.');
    if (cents < 0) throw invalidAmount(PAYMENT_FIELD, cents, 'The amount cannot be negative.');
    if (discountCents < 0) throw invalidAmount(DISCOUNT_FIELD, discountCents, 'The amount cannot be negative.');
    const open = bill.openCents + again;
    if (cents > open) throw moreThanDue(PAYMENT_FIELD, cents);
    if (discountCents > open - cents) throw moreThanDue(DISCOUNT_FIELD, discountCents);
    checkCredits(company, bill, credits, open - cents - discountCents, taken);
    return { billId: draft.billId, cents, discountCents, ...discountFields(company, draft, discountCents, type) };
  });
}

function discountFields(
  company: CompanyFile,
  { discountAccount, discountClass }: PaidBillDraft,
  discountCents: Cents,
  type: TxnType,
): { discountAccountId?: string; discountClassId?: string } {
  if (discountCents === 0) return {};
  const discountAccountId =
    discountAccount === undefined || isEmptyRef(discountAccount)
      ? company.head.discountAccountId
      : resolveActive(company, 'account', discountAccount, type).id;
  if (discountAccountId === undefined) throw missing('DiscountAccountRef');
  const discountClassId =
    discountClass === undefined || isEmptyRef(discountClass)
      ? undefined
      : resolveActive(company, 'class', discountClass, type).id;
  return withoutUndefined({ discountAccountId, discountClassId });
}

/** A check is drawn on a bank account, a card payment on a credit card; in the home currency or the vendor's own. */
function payingAccount(company: CompanyFile, ref: Ref, method: PaymentMethod, currencyId: string | undefined) {
  const account = resolveActive(company, 'account', ref, paymentType(method));
  const [type, words] = method === 'check' ? ['Bank', 'a bank account'] : ['CreditCard', 'a credit-card account'];
  if (account.type !== type)
    throw invalidReference('Account', account.fullName, paymentType(method), `The account is not ${words}.`);
  if (account.currencyId !== undefined && account.currencyId !== currencyId)
    throw invalidReference('Account', account.fullName, paymentType(method), 'The account is in another currency.');
  return account;
}

function applyCredits(company: CompanyFile, bills: readonly PaidBillDraft[], paymentId?: string): void {
  for (const { billId, credits = [] } of bills)
    for (const credit of credits) applyCredit(company, billId, credit, paymentId);
}

const billIds = ({ applications }: BillPayment): string[] => applications.map(({ billId }) => billId);
const creditIds = (bills: readonly PaidBillDraft[]): string[] =>
  bills.flatMap(({ credits = [] }) => credits.map(({ creditId }) => creditId));

function save(company: CompanyFile, payment: BillPayment): void {
  company.putTransaction('payment', payment);
  company.setHead({ lastTxnDate: payment.txnDate });
}
