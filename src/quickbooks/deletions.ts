/** The logs of deleted transactions and list entries, for the kinds that Tandem carries. */
import type { Deleted } from '../contract/index.ts';
import type { LedgerKind } from '../domain/ledger.ts';
import { type RequestMessage, type ResponseMessage, recordsOf } from '../qbxml/index.ts';
import { byText } from './pull/lowest.ts';
import { checkQuery } from './queryStatus.ts';
import { unixSecondsOf } from './wallTime.ts';

/** Which of QuickBooks' names of deletable entries are of which kind. */
const ENTRY_KINDS = {
  Account: 'account',
  Class: 'class',
  Customer: 'customer',
  ItemService: 'item',
  ItemNonInventory: 'item',
  ItemOtherCharge: 'item',
  ItemInventory: 'item',
  ItemInventoryAssembly: 'item',
  ItemFixedAsset: 'item',
  ItemSubtotal: 'item',
  ItemDiscount: 'item',
  ItemPayment: 'item',
  ItemSalesTax: 'item',
  ItemSalesTaxGroup: 'item',
  ItemGroup: 'item',
  StandardTerms: 'terms',
  DateDrivenTerms: 'terms',
  Vendor: 'vendor',
} as const satisfies Readonly<Record<string, LedgerKind>>;
/** The same of transactions. */
const TRANSACTION_KINDS = {
  Bill: 'bill',
  VendorCredit: 'credit',
  BillPaymentCheck: 'checkPayment',
  BillPaymentCreditCard: 'cardPayment',
} as const satisfies Readonly<Record<string, LedgerKind>>;
type TransactionType = keyof typeof TRANSACTION_KINDS;

const isTransactionType = (type: string): type is TransactionType => Object.hasOwn(TRANSACTION_KINDS, type);
const TRANSACTION_TYPES = Object.keys(TRANSACTION_KINDS).filter(isTransactionType);

type EntryType = keyof typeof ENTRY_KINDS;

const isEntryType = (type: string): type is EntryType => Object.hasOwn(ENTRY_KINDS, type);
const ENTRY_TYPES = Object.keys(ENTRY_KINDS).filter(isEntryType);

const since = (from: string | undefined) =>
  from === undefined ? {} : { DeletedDateRangeFilter: { FromDeletedDate: from } };

/** Deleted bills, credits and payments, since a local wall time or as far back as the log goes. */
export const deletedTransactionsQuery = (requestID: string, from?: string): RequestMessage => ({
  type: 'TxnDeletedQuery',
  requestID,
  body: { TxnDelType: TRANSACTION_TYPES, ...since(from) },
});

export const deletedEntriesQuery = (requestID: string, from?: string): RequestMessage => ({
  type: 'ListDeletedQuery',
  requestID,
  body: { ListDelType: ENTRY_TYPES, ...since(from) },
});

/** More than this does not travel in one pull. */
export const MAX_DELETIONS = 2_500;

/**
 * What of a log goes into one pull, oldest first, and up to when it was read: `clock`, or where it is cut the time of the
 * last deletion that goes. Unix seconds.
 */
export function upTo(
  deleted: readonly Deleted[],
  clock: number,
): { readonly kept: readonly Deleted[]; readonly at: number } {
  if (deleted.length <= MAX_DELETIONS) return { kept: deleted, at: clock };
  const kept = [...deleted].sort((a, b) => byText(a.deletedAt, b.deletedAt)).slice(0, MAX_DELETIONS);
  return { kept, at: Math.min(clock, unixSecondsOf(kept.at(-1)?.deletedAt ?? '') ?? clock) };
}

export function deletedTransactions(response: ResponseMessage): Deleted[] {
  checkQuery(response);
  return recordsOf(response, 'TxnDeletedRet').flatMap(({ TxnDelType = '', TxnID, TimeDeleted, RefNumber }) =>
    isTransactionType(TxnDelType) ? [deletion(TRANSACTION_KINDS[TxnDelType], TxnID, TimeDeleted, RefNumber)] : [],
  );
}

export function deletedEntries(response: ResponseMessage): Deleted[] {
  checkQuery(response);
  return recordsOf(response, 'ListDeletedRet').flatMap(({ ListDelType = '', ListID, TimeDeleted, FullName }) =>
    isEntryType(ListDelType) ? [deletion(ENTRY_KINDS[ListDelType], ListID, TimeDeleted, FullName)] : [],
  );
}

const deletion = (kind: LedgerKind, id: string, deletedAt = '', name = ''): Deleted => ({
  kind,
  id,
  deletedAt,
  ...(name === '' ? {} : { name }),
});
