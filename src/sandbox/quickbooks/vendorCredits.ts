/**
 * Vendor credits: entering, changing, voiding, deleting; for applications and people alike.
 *
 * 1. A credit has lines as a bill has; they credit the accounts that a bill's would debit.
 * 2. A credit that was applied keeps its vendor and A/P account, and at least what was applied of it.
 * 3. A void or a deletion takes it off its bills first, which are open again (unverified; QuickBooks warns a person).
 */
import type { Decimal } from '../../domain/money.ts';
import { unapplyAll } from './applications.ts';
import type { CompanyFile } from './companyFile.ts';
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
import { payableAccount, rateOf } from './payableAccounts.ts';
import { APPLICATION, type Author, checkPeriod } from './periods.ts';
import type { DeletedTransaction, VendorCredit } from './records.ts';
import { type Ref, resolveActive } from './references.ts';
import { notSaved } from './refusal.ts';
import { logDeletion, voidMemo } from './removal.ts';

export interface CreditEntry extends LinesDraft {
  readonly vendor: Ref;
  readonly apAccount?: Ref;
  readonly txnDate?: string;
  readonly refNumber?: string;
  readonly memo?: string;
  readonly exchangeRate?: Decimal;
  readonly guid?: string;
}

/** What a change mentions; an empty text clears the field. Lines left out stay as they are. */
export interface CreditChange extends LinesChange {
  readonly vendor?: Ref;
  readonly apAccount?: Ref;
  readonly txnDate?: string;
  readonly refNumber?: string;
  readonly memo?: string;
  readonly exchangeRate?: Decimal;
}

/** Enters a vendor credit. Throws `Refused`: 3140, 3171, 3180, 3270, as `enterBill`. */
export function enterCredit(company: CompanyFile, draft: CreditEntry, author: Author): VendorCredit {
  const vendor = resolveActive(company, 'vendor', draft.vendor, 'VendorCredit');
  const apAccount = payableAccount(company, draft.apAccount, vendor, 'VendorCredit');
  const exchangeRate = rateOf(company, vendor, draft.exchangeRate, 'VendorCredit');
  const lines = enteredLines(company, draft, 'VendorCredit');
  const txnDate = draft.txnDate ?? company.head.lastTxnDate ?? company.clock.today();
  checkPeriod(company, author, { write: 'add', type: 'VendorCredit', dates: [txnDate] });
  const now = company.clock.now();
  return save(company, {
    id: company.nextTxnId(),
    createdAt: now,
    modifiedAt: now,
    txnNumber: company.nextTxnNumber(),
    vendorId: vendor.id,
    apAccountId: apAccount.id,
    txnDate,
    ...withoutUndefined({
      refNumber: draft.refNumber || undefined,
      memo: draft.memo || undefined,
      exchangeRate,
      guid: draft.guid,
    }),
    createdBy: author.createdBy,
    voided: false,
    ...numberedLines(company, lines),
  });
}

/** Changes a credit. Throws `Refused`: 3200 stale edit sequence, 3121 unknown line, and as `enterCredit`. */
export function modifyCredit(
  company: CompanyFile,
  credit: VendorCredit,
  change: CreditChange,
  editSequence?: string,
  author: Author = APPLICATION,
): VendorCredit {
  if (editSequence !== undefined) checkSequence(credit, editSequence);
  const former = company.tables.vendor.get(credit.vendorId);
  const vendor = change.vendor === undefined ? former : resolveActive(company, 'vendor', change.vendor, 'VendorCredit');
  const apAccountId =
    vendor === undefined || (change.apAccount === undefined && vendor.currencyId === former?.currencyId)
      ? credit.apAccountId
      : payableAccount(company, change.apAccount, vendor, 'VendorCredit').id;
  const lines = changedLines(company, credit, change, 'VendorCredit');
  const moved = (vendor?.id ?? credit.vendorId) !== credit.vendorId || apAccountId !== credit.apAccountId;
  if (credit.voided && totalOf(lines) !== 0) throw notSaved('VendorCredit', 'The credit is void.');
  if (totalOf(lines) < company.settlements.sumOf(credit.id))
    throw notSaved('VendorCredit', 'The total of a credit cannot be less than what was applied of it.');
  if (moved && company.settlements.of(credit.id).length > 0)
    throw notSaved(
      'VendorCredit',
      'The vendor and the accounts-payable account of an applied credit cannot be changed.',
    );
  const txnDate = change.txnDate ?? credit.txnDate;
  checkPeriod(company, author, { write: 'modify', type: 'VendorCredit', dates: [credit.txnDate, txnDate] });
  const { refNumber: _r, memo: _m, exchangeRate: _e, ...kept } = credit;
  return save(company, {
    ...kept,
    modifiedAt: company.clock.now(),
    vendorId: vendor?.id ?? credit.vendorId,
    apAccountId,
    txnDate,
    ...withoutUndefined({
      refNumber: (change.refNumber ?? credit.refNumber) || undefined,
      memo: (change.memo ?? credit.memo) || undefined,
      exchangeRate:
        vendor === undefined
          ? credit.exchangeRate
          : rateOf(company, vendor, change.exchangeRate ?? credit.exchangeRate, 'VendorCredit'),
    }),
    ...numberedLines(company, lines),
  });
}

/** Voids a credit: the record stays, with zero amounts. Voiding twice changes nothing. Throws `Refused` 3171. */
export function voidCredit(company: CompanyFile, credit: VendorCredit, author: Author = APPLICATION): VendorCredit {
  if (credit.voided) return credit;
  checkPeriod(company, author, { write: 'void', type: 'VendorCredit', dates: [credit.txnDate] });
  unapplyAll(company, credit.id);
  return save(company, {
    ...credit,
    modifiedAt: company.clock.now(),
    memo: voidMemo(credit.memo),
    voided: true,
    ...zeroLines(credit),
  });
}

/** Deletes a credit; the log of deletions keeps its ID and number. Throws `Refused` 3161. */
export function deleteCredit(
  company: CompanyFile,
  credit: VendorCredit,
  author: Author = APPLICATION,
): DeletedTransaction {
  const { id, txnDate } = credit;
  checkPeriod(company, author, { write: 'delete', type: 'VendorCredit', dates: [txnDate], id });
  unapplyAll(company, id);
  company.removeTransaction('vendorCredit', id);
  return logDeletion(company, 'VendorCredit', credit);
}

function save(company: CompanyFile, credit: VendorCredit): VendorCredit {
  company.putTransaction('vendorCredit', credit);
  company.setHead({ lastTxnDate: credit.txnDate });
  return credit;
}
