/**
 * How each kind of record is asked for and read: one row per kind.
 *
 * QuickBooks has iterators for vendors, customers, items and transactions; accounts, classes and terms always come whole.
 */
import type { Key, Unreadable } from '../contract/index.ts';
import type { CalendarDate } from '../domain/dates.ts';
import type { LedgerKind, LedgerRecords } from '../domain/ledger.ts';
import {
  type RecordName,
  type RecordOf,
  type RequestMessage,
  type ResponseMessage,
  recordsOf,
} from '../qbxml/index.ts';
import { readBill } from './records/bill.ts';
import { readCredit } from './records/credit.ts';
import {
  ITEM_RECORDS,
  readAccount,
  readClass,
  readCustomer,
  readDateDrivenTerms,
  readItem,
  readStandardTerms,
} from './records/lists.ts';
import { readCardPayment, readCheckPayment } from './records/payment.ts';
import { bearable, UnusableRecord } from './records/reading.ts';
import { readVendor } from './records/vendor.ts';
import { type Asking, attributes, ofList, ofTransactions, type Selection } from './selection.ts';

export type { Asking, Selection } from './selection.ts';

/** What an answer held: the records, and those that could not be read. */
export interface Read<T> {
  readonly records: readonly T[];
  readonly unreadable: readonly Unreadable[];
}

export interface KindRow<K extends LedgerKind> {
  readonly iterates: boolean;
  readonly request: (selection: Selection, asking: Asking) => RequestMessage;
  readonly read: (response: ResponseMessage) => Read<LedgerRecords[K]>;
  readonly keys: (response: ResponseMessage) => Read<DatedKey>;
}

/** A key, for transactions with their date. */
export interface DatedKey {
  readonly key: Key;
  readonly date?: CalendarDate;
}

export const KINDS: { readonly [K in LedgerKind]: KindRow<K> } = {
  account: {
    iterates: false,
    request: (selection, asking) => ({ type: 'AccountQuery', ...attributes(asking), body: ofList(selection, asking) }),
    read: (response) => readAll('account', response, 'AccountRet', readAccount),
    keys: (response) => listKeys('account', response, ['AccountRet']),
  },
  class: {
    iterates: false,
    request: (selection, asking) => ({ type: 'ClassQuery', ...attributes(asking), body: ofList(selection, asking) }),
    read: (response) => readAll('class', response, 'ClassRet', readClass),
    keys: (response) => listKeys('class', response, ['ClassRet']),
  },
  customer: {
    iterates: true,
    request: (selection, asking) => ({ type: 'CustomerQuery', ...attributes(asking), body: ofList(selection, asking) }),
    read: (response) => readAll('customer', response, 'CustomerRet', readCustomer),
    keys: (response) => listKeys('customer', response, ['CustomerRet']),
  },
  item: {
    iterates: true,
    request: (selection, asking) => ({ type: 'ItemQuery', ...attributes(asking), body: ofList(selection, asking) }),
    read: (response) =>
      joined(ITEM_RECORDS.map((element) => readAll('item', response, element, (ret) => readItem(element, ret)))),
    keys: (response) => listKeys('item', response, ITEM_RECORDS),
  },
  terms: {
    iterates: false,
    request: (selection, asking) => ({ type: 'TermsQuery', ...attributes(asking), body: ofList(selection, asking) }),
    read: (response) =>
      joined([
        readAll('terms', response, 'StandardTermsRet', readStandardTerms),
        readAll('terms', response, 'DateDrivenTermsRet', readDateDrivenTerms),
      ]),
    keys: (response) => listKeys('terms', response, ['StandardTermsRet', 'DateDrivenTermsRet']),
  },
  vendor: {
    iterates: true,
    request: (selection, asking) => ({ type: 'VendorQuery', ...attributes(asking), body: ofList(selection, asking) }),
    read: (response) => readAll('vendor', response, 'VendorRet', readVendor),
    keys: (response) => listKeys('vendor', response, ['VendorRet']),
  },
  bill: {
    iterates: true,
    request: (selection, asking) => ({
      type: 'BillQuery',
      ...attributes(asking),
      body: ofTransactions(selection, asking, { lines: true, links: true, paid: true }),
    }),
    read: (response) => readAll('bill', response, 'BillRet', readBill),
    keys: (response) => txnKeys('bill', response, 'BillRet'),
  },
  credit: {
    iterates: true,
    request: (selection, asking) => ({
      type: 'VendorCreditQuery',
      ...attributes(asking),
      body: ofTransactions(selection, asking, { lines: false, links: true, paid: false }),
    }),
    read: (response) => readAll('credit', response, 'VendorCreditRet', readCredit),
    keys: (response) => txnKeys('credit', response, 'VendorCreditRet'),
  },
  checkPayment: {
    iterates: true,
    request: (selection, asking) => ({
      type: 'BillPaymentCheckQuery',
      ...attributes(asking),
      body: ofTransactions(selection, asking, { lines: true, links: false, paid: false }),
    }),
    read: (response) => readAll('checkPayment', response, 'BillPaymentCheckRet', readCheckPayment),
    keys: (response) => txnKeys('checkPayment', response, 'BillPaymentCheckRet'),
  },
  cardPayment: {
    iterates: true,
    request: (selection, asking) => ({
      type: 'BillPaymentCreditCardQuery',
      ...attributes(asking),
      body: ofTransactions(selection, asking, { lines: true, links: false, paid: false }),
    }),
    read: (response) => readAll('cardPayment', response, 'BillPaymentCreditCardRet', readCardPayment),
    keys: (response) => txnKeys('cardPayment', response, 'BillPaymentCreditCardRet'),
  },
};

/** Reads the records of one element; one that cannot be used is told, the others stand. Includes the decoder's problems. */
export function readAll<E extends RecordName, T>(
  kind: LedgerKind,
  response: ResponseMessage,
  element: E,
  read: (ret: RecordOf<E>) => T,
): Read<T> {
  const records: T[] = [];
  const unreadable = problemsOf(kind, response, element);
  for (const ret of recordsOf(response, element)) {
    try {
      records.push(bearable(read(ret)));
    } catch (error) {
      if (!(error instanceof UnusableRecord)) throw error;
      const id = 'TxnID' in ret ? ret.TxnID : 'ListID' in ret ? ret.ListID : undefined;
      unreadable.push({ kind, ...(typeof id === 'string' ? { id } : {}), reason: error.message });
    }
  }
  return { records, unreadable };
}

const MAX_REASON_CHARACTERS = 300;

function problemsOf(kind: LedgerKind, response: ResponseMessage, element: RecordName): Unreadable[] {
  return response.problems
    .filter((problem) => problem.element === element)
    .map(({ id, path, raw, reason }) => ({
      kind,
      ...(id === undefined ? {} : { id }),
      reason: `${path}: "${raw}" ${reason}`.slice(0, MAX_REASON_CHARACTERS),
    }));
}

const joined = <T>(reads: readonly Read<T>[]): Read<T> => ({
  records: reads.flatMap(({ records }) => records),
  unreadable: reads.flatMap(({ unreadable }) => unreadable),
});

const listKeys = (kind: LedgerKind, response: ResponseMessage, elements: readonly ListRecord[]): Read<DatedKey> =>
  joined(
    elements.map((element) =>
      readAll(kind, response, element, ({ ListID, EditSequence }) => ({ key: keyOf(ListID, EditSequence) })),
    ),
  );
const txnKeys = (kind: LedgerKind, response: ResponseMessage, element: TxnRecord): Read<DatedKey> =>
  readAll(kind, response, element, ({ TxnID, EditSequence, TxnDate }) => ({
    key: keyOf(TxnID, EditSequence),
    ...(TxnDate === undefined ? {} : { date: TxnDate }),
  }));
type TxnRecord = 'BillRet' | 'VendorCreditRet' | 'BillPaymentCheckRet' | 'BillPaymentCreditCardRet';

type ListRecord =
  | 'AccountRet'
  | 'ClassRet'
  | 'CustomerRet'
  | 'VendorRet'
  | 'StandardTermsRet'
  | 'DateDrivenTermsRet'
  | (typeof ITEM_RECORDS)[number];

function keyOf(id: string | undefined, editSequence: string | undefined): Key {
  if (id === undefined) throw new UnusableRecord('TxnID is missing');
  if (editSequence === undefined) throw new UnusableRecord('EditSequence is missing');
  return [id, editSequence];
}
