/** Any transaction by its type and TxnID: found, voided, deleted. */
import { deleteBill, voidBill } from './bills.ts';
import type { CompanyFile } from './companyFile.ts';
import { deleteGeneral, voidGeneral } from './generalTransactions.ts';
import { deletePayment, paymentType, voidPayment } from './payments.ts';
import { APPLICATION, type Author } from './periods.ts';
import type { Bill, BillPayment, DeletedTransaction, GeneralTransaction, TxnType, VendorCredit } from './records.ts';
import { notFound } from './refusal.ts';
import { deleteCredit, voidCredit } from './vendorCredits.ts';

export type AnyTransaction =
  | { readonly table: 'bill'; readonly record: Bill }
  | { readonly table: 'vendorCredit'; readonly record: VendorCredit }
  | { readonly table: 'payment'; readonly record: BillPayment }
  | { readonly table: 'general'; readonly record: GeneralTransaction };

/** The transaction of that TxnID, of whatever type. Throws `Refused` 3120. */
export function transactionOf(company: CompanyFile, txnId: string): AnyTransaction {
  const { bill: bills, vendorCredit: credits, payment: payments, general } = company.tables;
  const bill = bills.get(txnId);
  if (bill !== undefined) return { table: 'bill', record: bill };
  const credit = credits.get(txnId);
  if (credit !== undefined) return { table: 'vendorCredit', record: credit };
  const payment = payments.get(txnId);
  if (payment !== undefined) return { table: 'payment', record: payment };
  const other = general.get(txnId);
  if (other !== undefined) return { table: 'general', record: other };
  throw notFound(txnId);
}

/** What qbXML calls its type. */
export function typeOf(transaction: AnyTransaction): TxnType {
  switch (transaction.table) {
    case 'bill':
      return 'Bill';
    case 'vendorCredit':
      return 'VendorCredit';
    case 'payment':
      return paymentType(transaction.record.method);
    case 'general':
      return transaction.record.type;
  }
}

/** Voids the transaction of that type and ID. Throws `Refused`: 3120 none such, 3171 closed, 3185 something was settled of it. */
export function voidTransaction(
  company: CompanyFile,
  type: string,
  txnId: string,
  author: Author = APPLICATION,
): AnyTransaction {
  const found = ofType(company, type, txnId);
  switch (found.table) {
    case 'bill':
      return { table: 'bill', record: voidBill(company, found.record, author) };
    case 'vendorCredit':
      return { table: 'vendorCredit', record: voidCredit(company, found.record, author) };
    case 'payment':
      return { table: 'payment', record: voidPayment(company, found.record, author) };
    case 'general':
      return { table: 'general', record: voidGeneral(company, found.record, author) };
  }
}

/** Deletes the transaction of that type and ID. Throws `Refused`: 3120, 3160 something was settled of it, 3161 closed. */
export function deleteTransaction(
  company: CompanyFile,
  type: string,
  txnId: string,
  author: Author = APPLICATION,
): DeletedTransaction {
  const found = ofType(company, type, txnId);
  switch (found.table) {
    case 'bill':
      return deleteBill(company, found.record, author);
    case 'vendorCredit':
      return deleteCredit(company, found.record, author);
    case 'payment':
      return deletePayment(company, found.record, author);
    case 'general':
      return deleteGeneral(company, found.record, author);
  }
}

function ofType(company: CompanyFile, type: string, txnId: string): AnyTransaction {
  const found = transactionOf(company, txnId);
  if (typeOf(found) !== type) throw notFound(txnId);
  return found;
}
