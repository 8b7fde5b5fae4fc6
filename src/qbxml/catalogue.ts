/**
 * All messages that Tandem speaks, by name, and the types that follow from them.
 *
 * A message that is not here is not sent, and its answer is kept aside unread (`undeclared.ts` shows it to people).
 */
import type { ElementType, FieldsValue, ValueOf } from './declare.ts';
import type { Message } from './message.ts';
import { accountMessages } from './messages/account.ts';
import { billMessages } from './messages/bill.ts';
import { billPaymentMessages } from './messages/billPayment.ts';
import { billToPayMessages } from './messages/billToPay.ts';
import { checkMessages } from './messages/check.ts';
import { classMessages } from './messages/class.ts';
import { companyMessages } from './messages/company.ts';
import { creditCardMessages } from './messages/creditCard.ts';
import { currencyMessages } from './messages/currency.ts';
import { customerMessages } from './messages/customer.ts';
import { dataExtMessages } from './messages/dataExt.ts';
import { deletedMessages } from './messages/deleted.ts';
import { depositMessages } from './messages/deposit.ts';
import { hostMessages } from './messages/host.ts';
import { itemMessages } from './messages/item.ts';
import { itemReceiptMessages } from './messages/itemReceipt.ts';
import { journalEntryMessages } from './messages/journalEntry.ts';
import { preferencesMessages } from './messages/preferences.ts';
import { termsMessages } from './messages/terms.ts';
import { vendorMessages } from './messages/vendor.ts';
import { vendorCreditMessages } from './messages/vendorCredit.ts';

export const messages = {
  ...hostMessages,
  ...companyMessages,
  ...preferencesMessages,
  ...currencyMessages,
  ...accountMessages,
  ...classMessages,
  ...customerMessages,
  ...itemMessages,
  ...termsMessages,
  ...vendorMessages,
  ...billMessages,
  ...billToPayMessages,
  ...vendorCreditMessages,
  ...billPaymentMessages,
  ...checkMessages,
  ...depositMessages,
  ...journalEntryMessages,
  ...creditCardMessages,
  ...itemReceiptMessages,
  ...deletedMessages,
  ...dataExtMessages,
} as const;

type Messages = typeof messages;

/** The name of a request without its `Rq`: `BillQuery`, `VendorMod`. */
export type RequestName = keyof Messages;

/** What a request carries: for an Add or Mod `{ BillAdd, IncludeRetElement? }`, for a query its selector. */
export type BodyOf<N extends RequestName> = { [K in RequestName]: FieldsValue<Messages[K]['body']['fields']> }[N];

type RecordTypes = UnionToIntersection<Messages[RequestName]['records']>;
type UnionToIntersection<U> = (U extends unknown ? (of: U) => void : never) extends (of: infer I) => void ? I : never;

/** The name of an element that an answer carries as a record: `BillRet`. For TxnDel and TxnVoid it is `TxnDelRs`, `TxnVoidRs`. */
export type RecordName = keyof RecordTypes & string;
/** A record's value, keyed by the names of its elements. */
export type RecordOf<E extends RecordName> = { [K in RecordName]: ValueOf<RecordTypes[K]> }[E];
/** A record with the name of its element. */
export type AnyRecord = { [E in RecordName]: { readonly element: E; readonly value: RecordOf<E> } }[RecordName];

const byName: ReadonlyMap<string, Message> = new Map(Object.entries(messages));

/** The declaration of a message by its name, without `Rq` or `Rs`; undefined for one that is not declared. */
export const messageNamed = (name: string): Message | undefined => byName.get(name);

export const isRequestName = (name: string): name is RequestName => byName.has(name);

/** The declarations of all records, by element name. */
export const recordElements: ReadonlyMap<string, ElementType> = new Map(
  [...byName.values()].flatMap((message) => Object.entries(message.records)),
);
