/**
 * Bills: entering, changing, voiding, deleting; for applications and people alike.
 *
 * 1. A bill is checked and made whole before anything of it is put; `CompanyFile.putTransaction` posts it.
 * 2. A change keeps what it does not mention; lines follow `lineChanges.ts`.
 * 3. A bill on which something was paid or set keeps its vendor and A/P account, and at least that total; it is neither
 *    voided nor deleted before that is taken back (unverified in what words QuickBooks refuses it).
 * 4. A void keeps the record: amounts zero, memo beginning `VOID:`. A deletion leaves a line in the log of deletions.
 */
import type { Decimal } from '../../domain/money.ts';
import { daysLater, nextDayOfMonth } from './calendar.ts';
import type { CompanyFile } from './companyFile.ts';
import { billTotal } from './journal.ts';
import {
  changedLines,
  enteredLines,
  type LinesChange,
  type LinesDraft,
  numberedLines,
  totalOf,
  zeroLines,
} from './lineChanges.ts';
import { checkSequence, withoutUndefined } from './lists.ts';
import { linkableOrders, releaseOrders, takeOver } from './orders.ts';
import { payableAccount, rateOf } from './payableAccounts.ts';
import { APPLICATION, type Author, checkPeriod } from './periods.ts';
import type { Bill, DeletedTransaction, PostalAddress, Terms } from './records.ts';
import { isEmptyRef, type Ref, resolveActive } from './references.ts';
import { notDeletable, notSaved, notVoidable } from './refusal.ts';
import { logDeletion, voidMemo } from './removal.ts';

export interface BillDraft extends LinesDraft {
  readonly vendor: Ref;
  readonly address?: PostalAddress;
  readonly apAccount?: Ref;
  readonly txnDate?: string;
  readonly dueDate?: string;
  readonly refNumber?: string;
  readonly terms?: Ref;
  readonly memo?: string;
  readonly exchangeRate?: Decimal;
  readonly guid?: string;
  /** TxnIDs of the purchase orders and item receipts that it bills. */
  readonly orderIds?: readonly string[];
}

/** What a change mentions; an empty text, an empty reference or null clears the field. Lines left out stay as they are. */
export interface BillChange extends LinesChange {
  readonly vendor?: Ref;
  readonly address?: PostalAddress;
  readonly apAccount?: Ref;
  readonly txnDate?: string;
  readonly dueDate?: string | null;
  readonly refNumber?: string;
  readonly terms?: Ref;
  readonly memo?: string;
  readonly exchangeRate?: Decimal;
}

/** Enters a bill. Throws `Refused`: 3140, 3171, 3177, 3180, 3270, as `billLines.ts` and `periods.ts` say. */
export function enterBill(company: CompanyFile, draft: BillDraft, author: Author): Bill {
  const vendor = resolveActive(company, 'vendor', draft.vendor, 'Bill');
  const apAccount = payableAccount(company, draft.apAccount, vendor, 'Bill');
  const exchangeRate = rateOf(company, vendor, draft.exchangeRate, 'Bill');
  const terms =
    draft.terms === undefined || isEmptyRef(draft.terms)
      ? undefined
      : resolveActive(company, 'terms', draft.terms, 'Bill');
  const termsId = terms?.id ?? vendor.termsId;
  const orders = linkableOrders(company, vendor.id, draft.orderIds ?? []);
  const lines = enteredLines(company, draft, 'Bill');
  const txnDate = draft.txnDate ?? company.head.lastTxnDate ?? company.clock.today();
  checkPeriod(company, author, { write: 'add', type: 'Bill', dates: [txnDate] });
  const now = company.clock.now();
  const bill: Bill = {
    id: company.nextTxnId(),
    createdAt: now,
    modifiedAt: now,
    txnNumber: company.nextTxnNumber(),
    vendorId: vendor.id,
    apAccountId: apAccount.id,
    txnDate,
    ...withoutUndefined({
      address: draft.address ?? vendor.address,
      dueDate: draft.dueDate ?? dueDate(company, txnDate, termsId),
      refNumber: draft.refNumber || undefined,
      termsId,
      memo: draft.memo || undefined,
      exchangeRate,
      guid: draft.guid,
      orderIds: orders.length === 0 ? undefined : orders.map(({ id }) => id),
    }),
    createdBy: author.createdBy,
    voided: false,
    ...numberedLines(company, lines),
  };
  takeOver(company, bill.id, orders);
  return save(company, bill);
}

/** Changes a bill. Throws `Refused`: 3200 stale edit sequence, 3121 unknown line, and as `enterBill`. */
export function modifyBill(
  company: CompanyFile,
  bill: Bill,
  change: BillChange,
  editSequence?: string,
  author: Author = APPLICATION,
): Bill {
  if (editSequence !== undefined) checkSequence(bill, editSequence);
  const former = company.tables.vendor.get(bill.vendorId);
  const vendor = change.vendor === undefined ? former : resolveActive(company, 'vendor', change.vendor, 'Bill');
  const moved = vendor === undefined || vendor.id === bill.vendorId ? undefined : vendor;
  const apAccountId =
    vendor === undefined || (change.apAccount === undefined && vendor.currencyId === former?.currencyId)
      ? bill.apAccountId
      : payableAccount(company, change.apAccount, vendor, 'Bill').id;
  const termsId =
    change.terms === undefined
      ? bill.termsId
      : isEmptyRef(change.terms)
        ? undefined
        : resolveActive(company, 'terms', change.terms, 'Bill').id;
  const lines = changedLines(company, bill, change, 'Bill');
  checkSettled(company, bill, totalOf(lines), moved !== undefined || apAccountId !== bill.apAccountId);
  const txnDate = change.txnDate ?? bill.txnDate;
  checkPeriod(company, author, { write: 'modify', type: 'Bill', dates: [bill.txnDate, txnDate] });
  const { address: _a, dueDate: _d, refNumber: _r, termsId: _t, memo: _m, exchangeRate: _e, ...kept } = bill;
  return save(company, {
    ...kept,
    modifiedAt: company.clock.now(),
    vendorId: moved?.id ?? bill.vendorId,
    apAccountId,
    txnDate,
    ...withoutUndefined({
      address: change.address ?? (moved === undefined ? bill.address : moved.address),
      dueDate: (change.dueDate === undefined ? bill.dueDate : change.dueDate) ?? undefined,
      refNumber: (change.refNumber ?? bill.refNumber) || undefined,
      termsId,
      memo: (change.memo ?? bill.memo) || undefined,
      exchangeRate:
        vendor === undefined
          ? bill.exchangeRate
          : rateOf(company, vendor, change.exchangeRate ?? (moved ? undefined : bill.exchangeRate), 'Bill'),
    }),
    ...numberedLines(company, lines),
  });
}

/** Voids a bill: the record stays, with zero amounts. Voiding twice changes nothing. Throws `Refused` 3171, 3185. */
export function voidBill(company: CompanyFile, bill: Bill, author: Author = APPLICATION): Bill {
  if (bill.voided) return bill;
  if (company.settlements.of(bill.id).length > 0) throw notVoidable(bill.id, SETTLED);
  checkPeriod(company, author, { write: 'void', type: 'Bill', dates: [bill.txnDate] });
  releaseOrders(company, bill);
  const { orderIds: _, ...kept } = bill;
  return save(company, {
    ...kept,
    modifiedAt: company.clock.now(),
    memo: voidMemo(bill.memo),
    voided: true,
    ...zeroLines(bill),
  });
}

/** Deletes a bill; the log of deletions keeps its ID and number. Throws `Refused` 3160, 3161. */
export function deleteBill(company: CompanyFile, bill: Bill, author: Author = APPLICATION): DeletedTransaction {
  if (company.settlements.of(bill.id).length > 0) throw notDeletable(bill.id, SETTLED);
  checkPeriod(company, author, { write: 'delete', type: 'Bill', dates: [bill.txnDate], id: bill.id });
  releaseOrders(company, bill);
  company.removeTransaction('bill', bill.id);
  return logDeletion(company, 'Bill', bill);
}

const SETTLED = 'Payments or credits have been applied to the transaction.';

function checkSettled(company: CompanyFile, bill: Bill, total: number, moved: boolean): void {
  const settled = company.settlements.sumOf(bill.id);
  if (total < settled) throw notSaved('Bill', 'The total of a bill cannot be less than what was paid and credited.');
  if (moved && company.settlements.of(bill.id).length > 0)
    throw notSaved('Bill', 'The vendor and the accounts-payable account of a paid bill cannot be changed.');
  if (bill.voided && total !== billTotal(bill)) throw notSaved('Bill', 'The bill is void.');
}

function save(company: CompanyFile, bill: Bill): Bill {
  company.putTransaction('bill', bill);
  company.setHead({ lastTxnDate: bill.txnDate });
  return bill;
}

/** When the bill is due by its terms; without terms, ten days after its date, as a new company file has it set. */
function dueDate(company: CompanyFile, txnDate: string, termsId: string | undefined): string {
  const terms: Terms | undefined = termsId === undefined ? undefined : company.tables.terms.get(termsId);
  if (terms?.dayOfMonthDue !== undefined)
    return nextDayOfMonth(txnDate, terms.dayOfMonthDue, terms.dueNextMonthDays ?? 0);
  return daysLater(txnDate, terms?.dueDays ?? (terms === undefined ? 10 : 0));
}
