/**
 * What is still open of a bill, and what a vendor is owed: by the sandbox's own arithmetic.
 *
 * Payments and vendor credits come with a later release; until then a bill is open with all of its total.
 */
import type { Cents } from '../../domain/money.ts';
import type { CompanyFile } from './companyFile.ts';
import { billTotal } from './journal.ts';
import type { Bill } from './records.ts';

/** What is left to pay of a bill. */
export const openCents = (bill: Bill): Cents => billTotal(bill);

/** A bill with nothing left to pay, such as one of 0.00 or a voided one. */
export const isPaid = (bill: Bill): boolean => openCents(bill) === 0;

/** What a vendor is owed. */
export function vendorBalance(company: CompanyFile, vendorId: string): Cents {
  let sum = 0;
  for (const bill of company.tables.bill.find('vendor', vendorId)) sum += openCents(bill);
  return sum;
}
