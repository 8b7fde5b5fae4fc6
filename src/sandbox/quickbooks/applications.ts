/**
 * Credits set against what is owed, with a payment or without: a row for each pair, no transaction, nothing in the
 * journal.
 *
 * 1. Credit and bill are of one vendor and one A/P account; never more is set than is open on either side.
 * 2. A row remembers how much of it came together with which payment, which QuickBooks does not show to anybody: whether
 *    a payment's end takes it back is the switch `paymentFreesCredits`.
 * 3. Whatever changes what is open of a document may move its TimeModified: the switches `creditBumpsTimeModified` and
 *    `creditBumpsCredit`.
 */
import type { Cents } from '../../domain/money.ts';
import { type ApDocument, apDocument } from './apDocuments.ts';
import type { CompanyFile } from './companyFile.ts';
import type { CreditApplication } from './records.ts';
import { invalidAmount, invalidReference, moreThanDue, notFound } from './refusal.ts';

/** So much of a credit for one bill. */
export interface CreditDraft {
  readonly creditId: string;
  readonly cents: Cents;
}

const CREDIT_FIELD = 'SetCredit applied amount';

/**
 * Sets credits against a bill without a payment. Throws `Refused`: 3120 not open, or of another vendor; 3140 another A/P
 * account; 3210 more than is open of bill or credit.
 */
export function setCredits(company: CompanyFile, billId: string, credits: readonly CreditDraft[]): void {
  const bill = openOwed(company, billId);
  checkCredits(company, bill, credits, bill.openCents);
  for (const credit of credits) applyCredit(company, billId, credit);
  touch(company, [billId, ...credits.map(({ creditId }) => creditId)]);
}

/**
 * Takes a credit off a bill again, all of it or a part; what came with payments goes last. Throws `Refused`: 3120 never
 * set, 3210 more than was set.
 */
export function unapplyCredit(company: CompanyFile, billId: string, creditId: string, cents?: Cents): void {
  const row = company.tables.creditApplication.get(rowId(creditId, billId));
  if (row === undefined) throw notFound(creditId);
  const taken = cents ?? row.cents;
  if (taken <= 0 || taken > row.cents)
    throw invalidAmount(CREDIT_FIELD, taken, 'Not so much of the credit is applied.');
  const left = row.cents - taken;
  let over = Math.max(0, sumOf(row.byPayment) - left);
  const byPayment = row.byPayment.map((part) => {
    const less = Math.min(over, part.cents);
    over -= less;
    return { ...part, cents: part.cents - less };
  });
  putRow(company, { ...row, cents: left, byPayment });
  touch(company, [billId, creditId]);
}

/** Takes a document's credits off again, all of them: it is about to be voided or deleted. */
export function unapplyAll(company: CompanyFile, txnId: string): void {
  const { creditApplication: rows } = company.tables;
  for (const row of [...rows.find('credit', txnId), ...rows.find('bill', txnId)]) {
    company.remove('creditApplication', row.id);
    touch(
      company,
      [row.billTxnId, row.creditTxnId].filter((id) => id !== txnId),
    );
  }
}

/** What is owed and still open. Throws `Refused` 3120. */
export function openOwed(company: CompanyFile, billId: string): ApDocument {
  const bill = apDocument(company, billId);
  if (bill === undefined || bill.side !== 'owed' || bill.openCents === 0) throw notFound(billId);
  return bill;
}

/**
 * Checks that credits can be set against a bill of which so much is open; `taken` says what earlier bills of the same
 * request have taken of each credit, and is carried on. Throws `Refused`: 3120, 3140, 3210.
 */
export function checkCredits(
  company: CompanyFile,
  bill: ApDocument,
  credits: readonly CreditDraft[],
  openCents: Cents,
  taken: Map<string, Cents> = new Map(),
): void {
  let left = openCents;
  for (const { creditId, cents } of credits) {
    const credit = apDocument(company, creditId);
    if (credit === undefined || credit.side !== 'credit' || credit.vendorId !== bill.vendorId) throw notFound(creditId);
    if (credit.apAccountId !== bill.apAccountId) throw otherPayableAccount(company, credit.apAccountId);
    const before = taken.get(creditId) ?? 0;
    if (cents <= 0) throw invalidAmount(CREDIT_FIELD, cents, 'The amount must be more than zero.');
    if (cents > credit.openCents - before)
      throw invalidAmount(CREDIT_FIELD, cents, 'You cannot apply more than what is left of the credit.');
    if (cents > left) throw moreThanDue(CREDIT_FIELD, cents);
    taken.set(creditId, before + cents);
    left -= cents;
  }
}

/** 3140: bill, credit and payment must be of one A/P account; the reason is unverified. */
export const otherPayableAccount = (company: CompanyFile, accountId: string) =>
  invalidReference(
    'Account',
    company.tables.account.get(accountId)?.fullName ?? accountId,
    'BillPayment',
    'The accounts-payable accounts of the transactions are not the same.',
  );

/** Puts the row of a credit that was checked. */
export function applyCredit(
  company: CompanyFile,
  billId: string,
  { creditId, cents }: CreditDraft,
  paymentId?: string,
): void {
  const id = rowId(creditId, billId);
  const before = company.tables.creditApplication.get(id);
  const now = company.clock.now();
  putRow(company, {
    id,
    createdAt: before?.createdAt ?? now,
    modifiedAt: now,
    creditTxnId: creditId,
    billTxnId: billId,
    cents: (before?.cents ?? 0) + cents,
    byPayment: [...(before?.byPayment ?? []), ...(paymentId === undefined ? [] : [{ paymentId, cents }])],
  });
}

/** The credits that were set together with a payment against these of its bills. */
export const creditsSetWith = (company: CompanyFile, paymentId: string, billIds: readonly string[]) =>
  billIds.flatMap((billId) =>
    company.tables.creditApplication.find('bill', billId).flatMap(({ creditTxnId: creditId, byPayment }) => {
      const cents = sumOf(byPayment.filter((part) => part.paymentId === paymentId));
      return cents > 0 ? [{ billId, creditId, cents }] : [];
    }),
  );

/** A payment ends: the credits that were set with it are taken off, or stay without it. */
export function endCreditsOf(company: CompanyFile, paymentId: string): void {
  const { paymentFreesCredits } = company.switches();
  for (const row of company.tables.creditApplication.find('payment', paymentId)) {
    const set = sumOf(row.byPayment.filter((part) => part.paymentId === paymentId));
    const byPayment = row.byPayment.filter((part) => part.paymentId !== paymentId);
    putRow(company, { ...row, byPayment, cents: paymentFreesCredits ? row.cents - set : row.cents });
    if (paymentFreesCredits) touch(company, [row.billTxnId, row.creditTxnId]);
  }
}

/** Moves the time of change of documents of which more or less is open now, as the switches say. */
export function touch(company: CompanyFile, txnIds: Iterable<string>): void {
  const { creditBumpsTimeModified, creditBumpsCredit } = company.switches();
  const { bill: bills, vendorCredit: credits, general } = company.tables;
  const modifiedAt = company.clock.now();
  for (const id of new Set(txnIds)) {
    const [bill, credit, other] = [bills.get(id), credits.get(id), general.get(id)];
    if (bill !== undefined && creditBumpsTimeModified) company.put('bill', { ...bill, modifiedAt });
    if (credit !== undefined && creditBumpsCredit) company.put('vendorCredit', { ...credit, modifiedAt });
    if (
      other !== undefined &&
      (apDocument(company, id)?.side === 'credit' ? creditBumpsCredit : creditBumpsTimeModified)
    )
      company.put('general', { ...other, modifiedAt });
  }
}

const rowId = (creditId: string, billId: string): string => `${creditId}/${billId}`;
const sumOf = (parts: readonly { readonly cents: Cents }[]): Cents => parts.reduce((sum, { cents }) => sum + cents, 0);

function putRow(company: CompanyFile, row: CreditApplication): void {
  if (row.cents === 0) company.remove('creditApplication', row.id);
  else
    company.put('creditApplication', {
      ...row,
      modifiedAt: company.clock.now(),
      byPayment: row.byPayment.filter(({ cents }) => cents > 0),
    });
}
