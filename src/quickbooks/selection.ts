/** Which records of a kind a query means, and the body of the query that says so: one form for lists, one for transactions. */
import type { CalendarDate } from '../domain/dates.ts';
import type { BodyOf, RequestAttributes } from '../qbxml/index.ts';

export type Selection =
  /** Changed since a local wall time, active or not. */
  | { readonly by: 'change'; readonly from: string }
  | { readonly by: 'id'; readonly ids: readonly string[] }
  /** IDs and edit sequences of these. */
  | { readonly by: 'version'; readonly ids: readonly string[] }
  /** IDs and edit sequences of all, or of the open ones; of transactions also their date, within dates. */
  | {
      readonly by: 'key';
      readonly openOnly: boolean;
      readonly fromDate?: CalendarDate;
      readonly toDate?: CalendarDate;
    };

/** The attributes of a request, and for one with an iterator how many records an answer has at most. */
export interface Asking extends RequestAttributes {
  readonly requestID: string;
  readonly maxReturned?: number;
}

/** Only these fields: what a page of keys needs. */
const LIST_KEY = ['ListID', 'EditSequence'];
const TXN_KEY = ['TxnID', 'EditSequence', 'TxnDate'];

export const attributes = ({ maxReturned: _, ...rest }: Asking): RequestAttributes => rest;
const limit = ({ maxReturned }: Asking) => (maxReturned === undefined ? {} : { MaxReturned: maxReturned });

export function ofList(selection: Selection, asking: Asking): BodyOf<'ClassQuery'> {
  switch (selection.by) {
    case 'id':
      return { ListID: selection.ids };
    case 'version':
      return { ListID: selection.ids, IncludeRetElement: LIST_KEY };
    case 'change':
      return { ...limit(asking), ActiveStatus: 'All', FromModifiedDate: selection.from };
    case 'key':
      return {
        ...limit(asking),
        ActiveStatus: selection.openOnly ? 'ActiveOnly' : 'All',
        IncludeRetElement: LIST_KEY,
      };
  }
}

/** What a kind of transaction has beside what all have: what a whole record needs, and how unpaid ones are told. */
interface Switches {
  /** Lines; of a payment, what it pays. */
  readonly lines: boolean;
  /** Links, which payments have not. */
  readonly links: boolean;
  /** Only bills are told apart by whether they are paid. */
  readonly paid: boolean;
}

/** A body for the query of any kind of transaction, as far as its switches are set. */
export function ofTransactions(selection: Selection, asking: Asking, switches: Switches): BodyOf<'BillQuery'> {
  const whole = {
    ...(switches.lines ? { IncludeLineItems: true } : {}),
    ...(switches.links ? { IncludeLinkedTxns: true } : {}),
  };
  switch (selection.by) {
    case 'id':
      return { TxnID: selection.ids, ...whole };
    case 'version':
      return { TxnID: selection.ids, IncludeRetElement: TXN_KEY };
    case 'change':
      return { ...limit(asking), ModifiedDateRangeFilter: { FromModifiedDate: selection.from }, ...whole };
    case 'key': {
      const { fromDate, toDate, openOnly } = selection;
      const dates = {
        ...(fromDate === undefined ? {} : { FromTxnDate: fromDate }),
        ...(toDate === undefined ? {} : { ToTxnDate: toDate }),
      };
      return {
        ...limit(asking),
        ...(fromDate === undefined && toDate === undefined ? {} : { TxnDateRangeFilter: dates }),
        ...(openOnly && switches.paid ? { PaidStatus: 'NotPaidOnly' } : {}),
        IncludeRetElement: TXN_KEY,
      };
    }
  }
}
