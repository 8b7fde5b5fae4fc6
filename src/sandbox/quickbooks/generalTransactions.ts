/**
 * Transactions that touch A/P without being bills, credits or payments: journal entries, checks, card charges and
 * refunds, deposits, item receipts; and purchase orders, which touch nothing. People enter them; applications only look.
 *
 * 1. The lines sum to zero, the head's account being the first of them; at most one line is of an A/P account, and that
 *    one names a vendor.
 * 2. One that was settled is neither voided nor deleted on the side owed; on the side of credits it is taken off first.
 */
import type { Cents } from '../../domain/money.ts';
import { apDocument } from './apDocuments.ts';
import { unapplyAll } from './applications.ts';
import type { CompanyFile } from './companyFile.ts';
import { withoutUndefined } from './lists.ts';
import { APPLICATION, type Author, checkPeriod } from './periods.ts';
import type { AccountType, DeletedTransaction, GeneralLine, GeneralTransaction, GeneralType } from './records.ts';
import { type Ref, resolveActive } from './references.ts';
import { invalidReference, notDeletable, notSaved, notVoidable } from './refusal.ts';
import { logDeletion, voidMemo } from './removal.ts';

export interface GeneralLineDraft {
  readonly account: Ref;
  /** Debits positive. */
  readonly cents: Cents;
  readonly vendor?: Ref;
  readonly memo?: string;
}

export interface GeneralDraft {
  readonly type: GeneralType;
  /** The payee, or whom order and receipt are from. */
  readonly vendor?: Ref;
  /** The account of the head; none for a journal entry. */
  readonly account?: Ref;
  readonly txnDate?: string;
  readonly refNumber?: string;
  readonly memo?: string;
  /** Without the line of the head's account, which takes what the others leave. */
  readonly lines: readonly GeneralLineDraft[];
}

const HEADS: Readonly<Partial<Record<GeneralType, AccountType>>> = {
  Check: 'Bank',
  CreditCardCharge: 'CreditCard',
  CreditCardCredit: 'CreditCard',
  Deposit: 'Bank',
  ItemReceipt: 'AccountsPayable',
};

/** Enters one. Throws `Refused`: 3140 bad reference or wrong kind of account, 3171 closed, 3180 lines that cannot stand. */
export function enterGeneral(company: CompanyFile, draft: GeneralDraft, author: Author): GeneralTransaction {
  const { type } = draft;
  const vendor = draft.vendor === undefined ? undefined : resolveActive(company, 'vendor', draft.vendor, type);
  const head = headAccount(company, draft);
  const lines = draft.lines.map((line) => ({
    accountId: resolveActive(company, 'account', line.account, type).id,
    cents: line.cents,
    ...withoutUndefined({
      vendorId: line.vendor === undefined ? undefined : resolveActive(company, 'vendor', line.vendor, type).id,
      memo: line.memo || undefined,
    }),
  }));
  const sum = lines.reduce((total, { cents }) => total + cents, 0);
  if (lines.length === 0) throw notSaved(type, 'The transaction is empty.');
  if (head === undefined && sum !== 0 && type !== 'PurchaseOrder')
    throw notSaved(type, 'The transaction is not in balance.');
  const all = head === undefined ? lines : [{ accountId: head.id, cents: 0 - sum }, ...lines];
  const payable = payableOf(company, type, all, vendor?.id);
  const txnDate = draft.txnDate ?? company.head.lastTxnDate ?? company.clock.today();
  checkPeriod(company, author, { write: 'add', type, dates: [txnDate] });
  const now = company.clock.now();
  const entered: GeneralTransaction = {
    id: company.nextTxnId(),
    createdAt: now,
    modifiedAt: now,
    type,
    txnNumber: company.nextTxnNumber(),
    txnDate,
    ...withoutUndefined({
      refNumber: draft.refNumber || undefined,
      memo: draft.memo || undefined,
      vendorId: payable?.vendorId ?? vendor?.id,
      apAccountId: payable?.accountId,
      accountId: head?.id,
    }),
    createdBy: author.createdBy,
    voided: false,
    lines: all.map((line) => ({ ...line, lineId: company.nextTxnId() })),
  };
  company.putTransaction('general', entered);
  company.setHead({ lastTxnDate: txnDate });
  return entered;
}

/** Voids one: its lines become zero. Throws `Refused` 3171, 3185. */
export function voidGeneral(
  company: CompanyFile,
  transaction: GeneralTransaction,
  author: Author = APPLICATION,
): GeneralTransaction {
  const { id, type, txnDate } = transaction;
  if (transaction.voided) return transaction;
  if (isHeld(company, transaction)) throw notVoidable(id, HELD);
  checkPeriod(company, author, { write: 'void', type, dates: [txnDate] });
  unapplyAll(company, id);
  const voided = {
    ...transaction,
    modifiedAt: company.clock.now(),
    memo: voidMemo(transaction.memo),
    voided: true,
    lines: transaction.lines.map((line) => ({ ...line, cents: 0 })),
  };
  company.putTransaction('general', voided);
  return voided;
}

/** Deletes one and notes it in the log of deletions. Throws `Refused` 3160, 3161. */
export function deleteGeneral(
  company: CompanyFile,
  transaction: GeneralTransaction,
  author: Author = APPLICATION,
): DeletedTransaction {
  const { id, type, txnDate } = transaction;
  if (isHeld(company, transaction)) throw notDeletable(id, HELD);
  checkPeriod(company, author, { write: 'delete', type, dates: [txnDate], id });
  unapplyAll(company, id);
  company.removeTransaction('general', id);
  return logDeletion(company, type, transaction);
}

const HELD = 'Payments or credits have been applied to the transaction, or it has been billed.';

function isHeld(company: CompanyFile, { id, billedBy }: GeneralTransaction): boolean {
  if (billedBy !== undefined) return true;
  return apDocument(company, id)?.side === 'owed' && company.settlements.of(id).length > 0;
}

function headAccount(company: CompanyFile, { type, account: ref }: GeneralDraft) {
  const wanted = HEADS[type];
  if (wanted === undefined) return undefined;
  const account = resolveActive(company, 'account', ref ?? {}, type);
  if (account.type !== wanted)
    throw invalidReference('Account', account.fullName, type, `The account is not of the type ${wanted}.`);
  return account;
}

/** The A/P line, which names its vendor, or takes the payee. */
function payableOf(
  company: CompanyFile,
  type: GeneralType,
  lines: readonly Omit<GeneralLine, 'lineId'>[],
  payeeId: string | undefined,
): { readonly accountId: string; readonly vendorId: string } | undefined {
  const payable = lines.filter(({ accountId }) => company.tables.account.get(accountId)?.type === 'AccountsPayable');
  const [line] = payable;
  if (line === undefined) return undefined;
  if (payable.length > 1) throw notSaved(type, 'Only one line can be of an accounts-payable account.');
  const vendorId = line.vendorId ?? payeeId;
  if (vendorId === undefined) throw notSaved(type, 'You must enter a vendor for an accounts-payable line.');
  const account = company.tables.account.get(line.accountId);
  if (account?.currencyId !== undefined || company.tables.vendor.get(vendorId)?.currencyId !== undefined)
    throw notSaved(type, 'The sandbox takes such a transaction in the home currency only.');
  return { accountId: line.accountId, vendorId };
}
