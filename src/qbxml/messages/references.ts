/**
 * What many records share: references to list entries, addresses, and the identity that QuickBooks gives to an entry or
 * a transaction. Names, order and limits: qbXML 13.0.
 */
import { element, expected, optional, repeated, required } from '../declare.ts';
import { dateTime, editSequence, guid, id, int, knownValues, text } from '../scalars.ts';

/** A reference by ListID or full name; with both, the ListID decides. Empty, it clears the field in a Mod. */
export const listRef = (limits: { fullName?: number } = {}) =>
  element([optional('ListID', id), optional('FullName', text(limits.fullName))]);

export const vendorRef = listRef({ fullName: 41 });
export const accountRef = listRef({ fullName: 159 });
export const classRef = listRef({ fullName: 159 });
export const customerRef = listRef({ fullName: 209 });
/** A vendor, customer, employee or other name: their names share one space. */
export const entityRef = customerRef;
/** An item's name has no stated limit where it is referred to. */
export const itemRef = listRef();
export const simpleRef = listRef({ fullName: 31 });
export const termsRef = simpleRef;
export const currencyRef = listRef({ fullName: 64 });
export const salesRepRef = listRef({ fullName: 5 });
export const salesTaxCodeRef = listRef({ fullName: 3 });
export const anyRef = listRef();

const lineNames = ['Addr1', 'Addr2', 'Addr3', 'Addr4', 'Addr5'] as const;
const addressLine = text(41);
const addressLines = [
  optional(lineNames[0], addressLine),
  optional(lineNames[1], addressLine),
  optional(lineNames[2], addressLine),
  optional(lineNames[3], addressLine),
  optional(lineNames[4], addressLine),
] as const;

export const addressFields = [
  ...addressLines,
  optional('City', text(31)),
  optional('State', text(21)),
  optional('PostalCode', text(13)),
  optional('Country', text(31)),
  optional('Note', text(41)),
] as const;

export const address = element(addressFields);
/** An address as QuickBooks prints it: lines only. */
export const addressBlock = element(addressLines);

/** What identifies a list entry. Only the ID is sure to be there: a query may ask for fewer fields. */
export const listIdentity = [
  required('ListID', id),
  optional('TimeCreated', dateTime),
  optional('TimeModified', dateTime),
  optional('EditSequence', editSequence),
] as const;

/** What identifies a transaction. Only the ID is sure to be there: a query may ask for fewer fields. */
export const txnIdentity = [
  required('TxnID', id),
  optional('TimeCreated', dateTime),
  optional('TimeModified', dateTime),
  optional('EditSequence', editSequence),
  optional('TxnNumber', int()),
] as const;

export const dataExtTypes = [
  'AMTTYPE',
  'DATETIMETYPE',
  'INTTYPE',
  'PERCENTTYPE',
  'PRICETYPE',
  'QUANTYPE',
  'STR1024TYPE',
  'STR255TYPE',
] as const;

/** A private or custom field, as an answer carries it. */
export const dataExtRet = element([
  optional('OwnerID', guid),
  required('DataExtName', text(31)),
  expected('DataExtType', knownValues(...dataExtTypes)),
  required('DataExtValue', text()),
]);

/** A custom field set while a line is added. */
export const dataExt = element([
  required('OwnerID', guid),
  required('DataExtName', text(31)),
  required('DataExtValue', text()),
]);

/** The end of nearly every request: which children of the record are wanted. */
export const includeRetElement = repeated('IncludeRetElement', text(50));
/** Whose private fields are wanted; `0` means the public custom fields. */
export const ownerID = repeated('OwnerID', guid);
