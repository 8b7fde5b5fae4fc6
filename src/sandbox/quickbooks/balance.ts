/** What is still open of a bill or credit, and what a vendor is owed: by the sandbox's own arithmetic. */
import type { Cents } from '../../domain/money.ts';
import { openDocuments, payableLine } from './apDocuments.ts';
import type { CompanyFile } from './companyFile.ts';
import { billTotal } from './journal.ts';
import type { Bill, VendorCredit } from './records.ts';

/** What is left to pay of a bill, or left of a credit, whatever lowered it. */
export const openCents = (company: CompanyFile, document: Bill | VendorCredit): Cents =>
  billTotal(document) - company.settlements.sumOf(document.id);

/** A bill with nothing left to pay, such as one of 0.00 or a voided one. */
export const isPaid = (company: CompanyFile, bill: Bill): boolean => openCents(company, bill) === 0;

/** What a vendor is owed: open bills less open credits, with the receipts that have no bill yet. */
export function vendorBalance(company: CompanyFile, vendorId: string): Cents {
  let sum = 0;
  for (const document of openDocuments(company, vendorId))
    sum += document.side === 'owed' ? document.openCents : 0 - document.openCents;
  for (const receipt of unbilledReceipts(company, vendorId)) sum -= payableLine(receipt);
  return sum;
}

/** The item receipts that stand in A/P and have no bill yet: of one vendor, or of all. */
export function unbilledReceipts(company: CompanyFile, vendorId?: string) {
  const { general } = company.tables;
  const found = vendorId === undefined ? [...general.all()] : general.find('vendor', vendorId);
  return found.filter(({ type, billedBy }) => type === 'ItemReceipt' && billedBy === undefined);
}
