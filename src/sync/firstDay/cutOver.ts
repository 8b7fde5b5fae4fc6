/**
 * What the cut-over of a company's first day leaves behind: of QuickBooks whatever is older and has nothing open any more,
 * of MineralTree whatever is older.
 */
import type { CalendarDate } from '../../domain/dates.ts';
import type { LedgerBill, LedgerCredit, LedgerKind, LedgerPayment } from '../../domain/ledger.ts';

/** The first days that are kept in step. */
export interface CutOverDates {
  readonly bills: CalendarDate;
  readonly payments: CalendarDate;
  readonly credits: CalendarDate;
}

/** Whether a record of QuickBooks is not brought to MineralTree, where it has no counterpart there. */
export function staysBehind(
  kind: LedgerKind,
  record: LedgerBill | LedgerCredit | LedgerPayment,
  cutOver: CutOverDates,
): boolean {
  if (kind === 'bill') return record.txnDate < cutOver.bills && 'isPaid' in record && record.isPaid === true;
  if (kind === 'credit') return record.txnDate < cutOver.credits && 'links' in record && isUsedUp(record);
  return record.txnDate < cutOver.payments;
}

/** Whether an invoice of MineralTree is never posted. */
export const isBeforeCutOver = (invoice: { readonly transactionDate: CalendarDate }, cutOver: CutOverDates): boolean =>
  invoice.transactionDate < cutOver.bills;

function isUsedUp(record: LedgerBill | LedgerCredit): boolean {
  if (!('creditAmountCents' in record)) return false;
  const used = record.links.filter(({ linkType }) => linkType !== 'QUANTYPE');
  return used.reduce((sum, { amountCents }) => sum + Math.abs(amountCents), 0) >= record.creditAmountCents;
}
