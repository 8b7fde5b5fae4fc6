/**
 * Private and custom fields: definitions, and values on list entries, transactions or the company.
 *
 * A definition must exist before a value is set, in an earlier message set. A DataExtMod has no edit sequence. Private
 * data is capped at 4,096 bytes per object, over all applications.
 */
import { atMostOneOf, element, expected, oneOf, optional, repeated, required, several } from '../declare.ts';
import { query, write } from '../message.ts';
import { bool, guid, id, int, knownValues, oneOfValues, text } from '../scalars.ts';
import { accountRef, dataExtRet, dataExtTypes, includeRetElement } from './references.ts';

const ownTransactions = [
  'ARRefundCreditCard',
  'Bill',
  'BillPaymentCheck',
  'BillPaymentCreditCard',
  'BuildAssembly',
  'Charge',
  'Check',
  'CreditCardCharge',
  'CreditCardCredit',
  'CreditMemo',
  'Deposit',
  'Estimate',
  'InventoryAdjustment',
  'Invoice',
  'ItemReceipt',
  'JournalEntry',
  'PurchaseOrder',
  'ReceivePayment',
  'SalesOrder',
  'SalesReceipt',
  'SalesTaxPaymentCheck',
  'VendorCredit',
] as const;
const ownEntries = ['Account', 'Customer', 'Employee', 'Item', 'OtherName', 'Vendor'] as const;
const assignable = [...ownTransactions, ...ownEntries, 'Company'] as const;

const name = required('DataExtName', text(31));
const identity = [required('OwnerID', guid), name] as const;

const dataExtDefAdd = element([
  ...identity,
  required('DataExtType', oneOfValues(...dataExtTypes)),
  repeated('AssignToObject', oneOfValues(...assignable)),
  optional('DataExtListRequire', bool),
  optional('DataExtTxnRequire', bool),
  optional('DataExtFormatString', text()),
]);

const dataExtDefRet = element([
  optional('OwnerID', guid),
  expected('DataExtID', int()),
  optional('DataExtName', text(31)),
  optional('DataExtType', knownValues(...dataExtTypes)),
  repeated('AssignToObject', knownValues(...assignable)),
  expected('DataExtListRequire', bool),
  expected('DataExtTxnRequire', bool),
  expected('DataExtFormatString', text()),
]);

/** What the value is set on: a list entry, a transaction or a line of it, or the company. */
const target = oneOf(
  [required('ListDataExtType', oneOfValues(...ownEntries)), required('ListObjRef', accountRef)],
  [required('TxnDataExtType', oneOfValues(...ownTransactions)), required('TxnID', id), optional('TxnLineID', id)],
  [required('OtherDataExtType', oneOfValues('Company'))],
);
const value = [...identity, target, required('DataExtValue', text())] as const;

const definitions = { DataExtDefRet: dataExtDefRet };
const values = { DataExtRet: dataExtRet };

export const dataExtMessages = {
  DataExtDefQuery: query(
    'DataExtDefQuery',
    [
      atMostOneOf([several('OwnerID', guid)], [several('AssignToObject', oneOfValues(...assignable))]),
      includeRetElement,
    ],
    definitions,
    'metaData',
  ),
  DataExtDefAdd: write('DataExtDefAdd', [required('DataExtDefAdd', dataExtDefAdd), includeRetElement], definitions),
  DataExtAdd: write('DataExtAdd', [required('DataExtAdd', element(value))], values),
  DataExtMod: write('DataExtMod', [required('DataExtMod', element(value))], values),
};
