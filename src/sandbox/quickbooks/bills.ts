/**
 * Bills: entering, changing, voiding, deleting; for applications and people alike.
 *
 * 1. A bill is checked and made whole before anything of it is put; `CompanyFile.putBill` posts it.
 * 2. A change keeps what it does not mention. Of a kind of line of which it lists any, the unlisted ones are deleted.
 * 3. A void keeps the record: amounts zero, memo beginning `VOID:`. A deletion leaves a line in the log of deletions.
 *
 * Leaves to others: the closing date, which nothing enforces yet.
 */

import {
  type ExpenseLineDraft,
  expenseLine,
  type GroupLineDraft,
  groupLine,
  type ItemLineDraft,
  itemLine,
  type Unnumbered,
  type UnnumberedGroup,
} from './billLines.ts';
import { daysLater, nextDayOfMonth } from './calendar.ts';
import type { CompanyFile } from './companyFile.ts';
import { billTotal } from './journal.ts';
import { checkSequence, withoutUndefined } from './lists.ts';
import type {
  Account,
  Bill,
  DeletedTransaction,
  ExpenseLine,
  GroupLine,
  ItemLine,
  PostalAddress,
  Terms,
} from './records.ts';
import { isEmptyRef, type Ref, resolveActive } from './references.ts';
import { invalidReference, lineNotFound, missing, notSaved } from './refusal.ts';

export interface BillDraft {
  readonly vendor: Ref;
  readonly address?: PostalAddress;
  readonly apAccount?: Ref;
  readonly txnDate?: string;
  readonly dueDate?: string;
  readonly refNumber?: string;
  readonly terms?: Ref;
  readonly memo?: string;
  readonly guid?: string;
  readonly expenseLines: readonly ExpenseLineDraft[];
  readonly itemLines: readonly ItemLineDraft[];
  readonly groupLines?: readonly GroupLineDraft[];
}

/** `-1` as `lineId` is a new line. */
type Named<D> = D & { readonly lineId: string };

/** What a change mentions; an empty text, an empty reference or null clears the field. Lines left out stay as they are. */
export interface BillChange {
  readonly vendor?: Ref;
  readonly address?: PostalAddress;
  readonly apAccount?: Ref;
  readonly txnDate?: string;
  readonly dueDate?: string | null;
  readonly refNumber?: string;
  readonly terms?: Ref;
  readonly memo?: string;
  readonly clearExpenseLines?: boolean;
  readonly expenseLines?: readonly Named<ExpenseLineDraft>[];
  readonly clearItemLines?: boolean;
  readonly itemLines?: readonly Named<ItemLineDraft>[];
  readonly groupLines?: readonly Named<Partial<GroupLineDraft>>[];
}

const NEW_LINE = '-1';

/** Enters a bill. Throws `Refused`: 3140, 3180, 3270, as `billLines.ts` says. */
export function enterBill(company: CompanyFile, draft: BillDraft, createdBy: Bill['createdBy']): Bill {
  const vendor = resolveActive(company, 'vendor', draft.vendor, 'Bill');
  const apAccount = draft.apAccount === undefined ? defaultApAccount(company) : payable(company, draft.apAccount);
  const terms =
    draft.terms === undefined || isEmptyRef(draft.terms)
      ? undefined
      : resolveActive(company, 'terms', draft.terms, 'Bill');
  const termsId = terms?.id ?? vendor.termsId;
  const lines = {
    expenseLines: draft.expenseLines.map((line) => expenseLine(company, line)),
    itemLines: draft.itemLines.map((line) => itemLine(company, line)),
    groupLines: (draft.groupLines ?? []).map((line) => groupLine(company, line)),
  };
  checkTotal(lines);
  const txnDate = draft.txnDate ?? company.head.lastTxnDate ?? company.clock.today();
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
      guid: draft.guid,
    }),
    createdBy,
    voided: false,
    expenseLines: lines.expenseLines.map((line) => numbered(company, line)),
    itemLines: lines.itemLines.map((line) => numbered(company, line)),
    groupLines: lines.groupLines.map((line) => numberedGroup(company, line)),
  };
  return save(company, bill);
}

/** Changes a bill. Throws `Refused`: 3200 stale edit sequence, 3121 unknown line, and as `enterBill`. */
export function modifyBill(company: CompanyFile, bill: Bill, change: BillChange, editSequence?: string): Bill {
  if (editSequence !== undefined) checkSequence(bill, editSequence);
  const vendor = change.vendor === undefined ? undefined : resolveActive(company, 'vendor', change.vendor, 'Bill');
  const apAccount = change.apAccount === undefined ? undefined : payable(company, change.apAccount);
  const termsId =
    change.terms === undefined
      ? bill.termsId
      : isEmptyRef(change.terms)
        ? undefined
        : resolveActive(company, 'terms', change.terms, 'Bill').id;
  const lines = changedLines(company, bill, change);
  checkTotal(lines);
  const { address: _a, dueDate: _d, refNumber: _r, termsId: _t, memo: _m, ...kept } = bill;
  return save(company, {
    ...kept,
    modifiedAt: company.clock.now(),
    vendorId: vendor?.id ?? bill.vendorId,
    apAccountId: apAccount?.id ?? bill.apAccountId,
    txnDate: change.txnDate ?? bill.txnDate,
    ...withoutUndefined({
      address: change.address ?? (vendor === undefined || vendor.id === bill.vendorId ? bill.address : vendor.address),
      dueDate: (change.dueDate === undefined ? bill.dueDate : change.dueDate) ?? undefined,
      refNumber: (change.refNumber ?? bill.refNumber) || undefined,
      termsId,
      memo: (change.memo ?? bill.memo) || undefined,
    }),
    expenseLines: lines.expenseLines.map((line) => numbered(company, line)),
    itemLines: lines.itemLines.map((line) => numbered(company, line)),
    groupLines: lines.groupLines.map((line) => numberedGroup(company, line)),
  });
}

/** Voids a bill: the record stays, with zero amounts. Voiding twice changes nothing. */
export function voidBill(company: CompanyFile, bill: Bill): Bill {
  if (bill.voided) return bill;
  const none = { units: 0, scale: 0 };
  const zero = (line: ItemLine): ItemLine => ({
    ...line,
    amountCents: 0,
    ...(line.quantity === undefined ? {} : { quantity: none }),
  });
  return save(company, {
    ...bill,
    modifiedAt: company.clock.now(),
    memo: bill.memo === undefined ? 'VOID:' : `VOID: ${bill.memo}`,
    voided: true,
    expenseLines: bill.expenseLines.map((line) => ({ ...line, amountCents: 0 })),
    itemLines: bill.itemLines.map(zero),
    groupLines: bill.groupLines.map((group) => ({ ...group, lines: group.lines.map(zero) })),
  });
}

/** Deletes a bill; the log of deletions keeps its ID and number. */
export function deleteBill(company: CompanyFile, bill: Bill): DeletedTransaction {
  const log: DeletedTransaction = {
    id: bill.id,
    createdAt: bill.createdAt,
    modifiedAt: company.clock.now(),
    type: 'Bill',
    ...(bill.refNumber === undefined ? {} : { refNumber: bill.refNumber }),
  };
  company.removeBill(bill.id);
  company.put('deletedTransaction', log);
  return log;
}

function save(company: CompanyFile, bill: Bill): Bill {
  company.putBill(bill);
  company.setHead({ lastTxnDate: bill.txnDate });
  return bill;
}

interface Lines {
  readonly expenseLines: readonly (Unnumbered<ExpenseLine> | ExpenseLine)[];
  readonly itemLines: readonly (Unnumbered<ItemLine> | ItemLine)[];
  readonly groupLines: readonly (UnnumberedGroup | GroupLine)[];
}

function changedLines(company: CompanyFile, bill: Bill, change: BillChange): Lines {
  const listsItems = (change.itemLines ?? []).length > 0 || (change.groupLines ?? []).length > 0;
  const { expenseLines = [], itemLines = [], groupLines = [] } = change;
  return {
    expenseLines:
      expenseLines.length > 0
        ? expenseLines.map((line) => changed(bill.expenseLines, line, (base) => expenseLine(company, line, base)))
        : change.clearExpenseLines === true
          ? []
          : bill.expenseLines,
    itemLines: listsItems
      ? itemLines.map((line) => changed(bill.itemLines, line, (base) => itemLine(company, line, base)))
      : change.clearItemLines === true
        ? []
        : bill.itemLines,
    groupLines: listsItems
      ? groupLines.map((line) => changed(bill.groupLines, line, (base) => changedGroup(company, line, base)))
      : change.clearItemLines === true
        ? []
        : bill.groupLines,
  };
}

/** The line made anew: with the id of the line that it names, without one when it is new. */
function changed<L extends { readonly lineId: string }, U extends object>(
  lines: readonly L[],
  named: { readonly lineId: string },
  make: (base: L | undefined) => U,
): U | (U & { readonly lineId: string }) {
  if (named.lineId === NEW_LINE) return make(undefined);
  const base = lines.find(({ lineId }) => lineId === named.lineId);
  if (base === undefined) throw lineNotFound(named.lineId);
  return { ...make(base), lineId: named.lineId };
}

function changedGroup(
  company: CompanyFile,
  line: Partial<GroupLineDraft>,
  base: GroupLine | undefined,
): UnnumberedGroup | GroupLine {
  if (base !== undefined && line.group === undefined && line.quantity === undefined) return base;
  const group = line.group ?? (base === undefined ? undefined : { ListID: base.itemId });
  if (group === undefined) throw missing('ItemGroupRef');
  return groupLine(company, { group, ...(line.quantity === undefined ? {} : { quantity: line.quantity }) });
}

function numbered<L extends object>(company: CompanyFile, line: L): L & { readonly lineId: string } {
  return 'lineId' in line && typeof line.lineId === 'string'
    ? { ...line, lineId: line.lineId }
    : { ...line, lineId: company.nextTxnId() };
}

function numberedGroup(company: CompanyFile, group: UnnumberedGroup): GroupLine {
  const { lines, ...rest } = numbered(company, group);
  return { ...rest, lines: lines.map((line) => numbered(company, line)) };
}

function checkTotal(lines: Lines): void {
  const count = lines.expenseLines.length + lines.itemLines.length + lines.groupLines.length;
  if (count === 0) throw notSaved('Bill', 'The transaction is empty.');
  const zero = { lineId: '' };
  const total = billTotal({
    expenseLines: lines.expenseLines.map((line) => ({ ...line, ...zero })),
    itemLines: lines.itemLines.map((line) => ({ ...line, ...zero })),
    groupLines: lines.groupLines.map((group) => ({
      ...group,
      ...zero,
      lines: group.lines.map((line) => ({ ...line, ...zero })),
    })),
  });
  if (total < 0) throw notSaved('Bill', 'The total of a bill cannot be negative.');
  if (!Number.isSafeInteger(total)) throw notSaved('Bill', 'The total of the bill is too large.');
}

function payable(company: CompanyFile, ref: Ref): Account {
  const account = resolveActive(company, 'account', ref, 'Bill');
  if (account.type !== 'AccountsPayable')
    throw invalidReference('Account', account.fullName, 'Bill', 'The account is not an accounts-payable account.');
  return account;
}

function defaultApAccount(company: CompanyFile): Account {
  for (const account of company.tables.account.all())
    if (account.type === 'AccountsPayable' && account.active) return account;
  throw missing('APAccountRef');
}

/** When the bill is due by its terms; without terms, ten days after its date, as a new company file has it set. */
function dueDate(company: CompanyFile, txnDate: string, termsId: string | undefined): string {
  const terms: Terms | undefined = termsId === undefined ? undefined : company.tables.terms.get(termsId);
  if (terms?.dayOfMonthDue !== undefined)
    return nextDayOfMonth(txnDate, terms.dayOfMonthDue, terms.dueNextMonthDays ?? 0);
  return daysLater(txnDate, terms?.dueDays ?? (terms === undefined ? 10 : 0));
}
