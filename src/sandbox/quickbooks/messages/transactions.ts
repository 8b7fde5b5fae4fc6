/**
 * Queries of transactions of any kind: the selector, the switches of the request, and paging, in one place.
 *
 * What a record shows depends on the switches: lines only with IncludeLineItems, links only with IncludeLinkedTxns.
 */
import type { AnyRecord, ErrorRecovery, RequestAttributes } from '../../../qbxml/index.ts';
import type { Answer } from '../answer.ts';
import { answerPage } from '../paging.ts';
import { type Selectable, selectTransactions, type TransactionKind, type TxnSelector } from '../selection.ts';
import { given, type RequestContext } from './context.ts';

/** What an answer shows beside the head of a transaction. */
export interface Shown {
  readonly lines: boolean;
  readonly links: boolean;
  /** The children that IncludeRetElement names; all when it names none. */
  readonly only?: readonly string[] | undefined;
}

/** An Add or Mod answers the lines unasked, and no links. */
export const asWritten = (only: readonly string[] | undefined): Shown => ({ lines: true, links: false, only });

export interface TransactionBody extends TxnSelector {
  readonly MaxReturned?: number;
  readonly IncludeLineItems?: boolean;
  readonly IncludeLinkedTxns?: boolean;
  readonly IncludeRetElement?: readonly string[];
}

export interface TransactionQuery<T extends Selectable> {
  readonly query: string;
  readonly kind: TransactionKind<T>;
  readonly body: TransactionBody;
  readonly attributes: RequestAttributes;
  readonly write: (transaction: T, shown: Shown) => AnyRecord;
}

/** Throws `Refused`: 3000, 3020, 3030, 3150, as `selection.ts` and `paging.ts` say. */
export function answerTransactions<T extends Selectable>(
  { company, iterators }: RequestContext,
  { query, kind, body, attributes, write }: TransactionQuery<T>,
): Answer {
  const shown = {
    lines: body.IncludeLineItems === true,
    links: body.IncludeLinkedTxns === true,
    only: body.IncludeRetElement,
  };
  return answerPage({
    query,
    attributes,
    maxReturned: body.MaxReturned,
    iterators,
    select: () => selectTransactions(company, kind, body),
    get: (id) => kind.table.get(id),
    write: (transaction) => write(transaction, shown),
  });
}

/** What recovery keeps of a written transaction. */
export const recoveryOf = (transaction: Selectable & { readonly guid?: string }): ErrorRecovery => ({
  TxnID: transaction.id,
  TxnNumber: transaction.txnNumber,
  EditSequence: String(transaction.modifiedAt),
  ...given('ExternalGUID', transaction.guid),
});
