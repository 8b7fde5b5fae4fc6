/**
 * The documents of A/P in one form: what is owed, and what can be set against it.
 *
 * | side | documents |
 * | --- | --- |
 * | owed | Bill; JournalEntry, Deposit, CreditCardCredit with a credited A/P line |
 * | credit | VendorCredit; JournalEntry, Check, CreditCardCharge with a debited A/P line |
 *
 * 1. `totalCents` is positive on both sides; open is the total less what was settled of it (`settlements.ts`).
 * 2. Item receipts stand in A/P but cannot be paid before they are billed: they are no document here.
 * 3. An A/P account's balance is what is open on the side owed, less what is open of credits, plus receipts not billed.
 */
import type { Cents } from '../../domain/money.ts';
import type { CompanyFile } from './companyFile.ts';
import { billTotal } from './journal.ts';
import type { Bill, GeneralTransaction, TxnType, VendorCredit } from './records.ts';

export interface ApDocument {
  readonly id: string;
  readonly type: TxnType;
  readonly side: 'owed' | 'credit';
  readonly vendorId: string;
  readonly apAccountId: string;
  readonly txnDate: string;
  readonly dueDate?: string;
  readonly refNumber?: string;
  readonly totalCents: Cents;
  readonly openCents: Cents;
  readonly txnNumber: number;
}

/** The document of that TxnID; undefined for one that is neither owed nor a credit, such as a void one. */
export function apDocument(company: CompanyFile, txnId: string): ApDocument | undefined {
  const { bill: bills, vendorCredit: credits, general } = company.tables;
  const bill = bills.get(txnId);
  if (bill !== undefined) return bill.voided ? undefined : billDocument(company, bill);
  const credit = credits.get(txnId);
  if (credit !== undefined) return credit.voided ? undefined : creditDocument(company, credit);
  const other = general.get(txnId);
  return other === undefined ? undefined : generalDocument(company, other);
}

/** What is open with a vendor on either side, in one A/P account or in all, oldest first. */
export function openDocuments(company: CompanyFile, vendorId: string, apAccountId?: string): readonly ApDocument[] {
  const { bill, vendorCredit, general } = company.tables;
  const found: ApDocument[] = [];
  const add = (document: ApDocument | undefined): void => {
    if (document === undefined || document.openCents === 0) return;
    if (apAccountId === undefined || document.apAccountId === apAccountId) found.push(document);
  };
  for (const each of bill.find('vendor', vendorId)) if (!each.voided) add(billDocument(company, each));
  for (const each of vendorCredit.find('vendor', vendorId)) if (!each.voided) add(creditDocument(company, each));
  for (const each of general.find('vendor', vendorId)) add(generalDocument(company, each));
  return found.sort((a, b) => (a.txnDate === b.txnDate ? a.txnNumber - b.txnNumber : a.txnDate < b.txnDate ? -1 : 1));
}

function billDocument(company: CompanyFile, bill: Bill): ApDocument {
  return {
    ...headOf(bill),
    type: 'Bill',
    side: 'owed',
    ...(bill.dueDate === undefined ? {} : { dueDate: bill.dueDate }),
    ...amounts(company, bill.id, billTotal(bill)),
  };
}

function creditDocument(company: CompanyFile, credit: VendorCredit): ApDocument {
  return { ...headOf(credit), type: 'VendorCredit', side: 'credit', ...amounts(company, credit.id, billTotal(credit)) };
}

function generalDocument(company: CompanyFile, other: GeneralTransaction): ApDocument | undefined {
  const { vendorId, apAccountId, type } = other;
  if (type === 'ItemReceipt' || type === 'PurchaseOrder') return undefined;
  if (vendorId === undefined || apAccountId === undefined) return undefined;
  const cents = payableLine(other);
  if (cents === 0) return undefined;
  return {
    ...headOf({ ...other, vendorId, apAccountId }),
    type,
    side: cents < 0 ? 'owed' : 'credit',
    ...amounts(company, other.id, Math.abs(cents)),
  };
}

/** What the line of the A/P account posts: debits positive. */
export const payableLine = ({ lines, apAccountId }: GeneralTransaction): Cents =>
  lines.find(({ accountId }) => accountId === apAccountId)?.cents ?? 0;

const headOf = (record: {
  readonly id: string;
  readonly vendorId: string;
  readonly apAccountId: string;
  readonly txnDate: string;
  readonly txnNumber: number;
  readonly refNumber?: string;
}) => ({
  id: record.id,
  vendorId: record.vendorId,
  apAccountId: record.apAccountId,
  txnDate: record.txnDate,
  txnNumber: record.txnNumber,
  ...(record.refNumber === undefined ? {} : { refNumber: record.refNumber }),
});

const amounts = (company: CompanyFile, id: string, totalCents: Cents) => ({
  totalCents,
  openCents: totalCents - company.settlements.sumOf(id),
});
