/**
 * Queries of transactions of any kind: the selector, the switches of the request, and paging, in one place.
 *
 * What a record shows depends on the switches: lines only with IncludeLineItems, links only with IncludeLinkedTxns.
 */
import type { AnyRecord, RequestAttributes } from '../../../qbxml/index.ts';
import type { Answer } from '../answer.ts';
import { answerPage } from '../paging.ts';
import { type Selectable, selectTransactions, type TransactionKind, type TxnSelector } from '../selection.ts';
import type { RequestContext } from './context.ts';

/** What an answer shows beside the head of a transaction. */
export interface Shown {
  readonly lines: boolean;
  readonly links: boolean;
}

/** An Add or Mod answers the lines unasked, and no links. */
export const AS_WRITTEN: Shown = { lines: true, links: false };

interface TransactionBody extends TxnSelector {
  readonly MaxReturned?: number;
  readonly IncludeLineItems?: boolean;
  readonly IncludeLinkedTxns?: boolean;
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
  const shown = { lines: body.IncludeLineItems === true, links: body.IncludeLinkedTxns === true };
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
