/**
 * Deletions: QuickBooks' logs of deleted transactions and list entries (the last 90 days or so, recalled and unverified),
 * and the requests that void or delete a transaction. Tandem voids only where a site allows it and never deletes; TxnDel
 * is declared so that it can be named in a refusal.
 */
import { element, optional, required, several } from '../declare.ts';
import { query, writeInline } from '../message.ts';
import { dateTime, id, knownValues, oneOfValues, text } from '../scalars.ts';
import { includeRetElement } from './references.ts';
import { deletedDates } from './selectors.ts';

/** Kinds of transactions that can be voided. */
const voidable = [
  'ARRefundCreditCard',
  'Bill',
  'BillPaymentCheck',
  'BillPaymentCreditCard',
  'Charge',
  'Check',
  'CreditCardCharge',
  'CreditCardCredit',
  'CreditMemo',
  'Deposit',
  'InventoryAdjustment',
  'Invoice',
  'ItemReceipt',
  'JournalEntry',
  'SalesReceipt',
  'VendorCredit',
] as const;

/** Kinds of transactions that can be deleted: those, and these. */
const deletable = [
  ...voidable,
  'BuildAssembly',
  'Estimate',
  'PayrollLiabilityAdjustment',
  'PayrollPriorPayment',
  'PayrollYearToDateAdjustment',
  'PurchaseOrder',
  'ReceivePayment',
  'SalesOrder',
  'SalesTaxPaymentCheck',
  'TimeTracking',
  'TransferInventory',
  'VehicleMileage',
] as const;

/** Kinds of list entries that can be deleted. */
const deletableEntries = [
  'Account',
  'BillingRate',
  'Class',
  'Currency',
  'Customer',
  'CustomerMsg',
  'CustomerType',
  'DateDrivenTerms',
  'Employee',
  'InventorySite',
  'ItemDiscount',
  'ItemFixedAsset',
  'ItemGroup',
  'ItemInventory',
  'ItemInventoryAssembly',
  'ItemNonInventory',
  'ItemOtherCharge',
  'ItemPayment',
  'ItemSalesTax',
  'ItemSalesTaxGroup',
  'ItemService',
  'ItemSubtotal',
  'JobType',
  'OtherName',
  'PaymentMethod',
  'PayrollItemNonWage',
  'PayrollItemWage',
  'PriceLevel',
  'SalesRep',
  'SalesTaxCode',
  'ShipMethod',
  'StandardTerms',
  'ToDo',
  'UnitOfMeasureSet',
  'Vehicle',
  'Vendor',
  'VendorType',
  'WorkersCompCode',
] as const;

const txnDeletedRet = element([
  optional('TxnDelType', knownValues(...deletable)),
  required('TxnID', id),
  optional('TimeCreated', dateTime),
  optional('TimeDeleted', dateTime),
  optional('RefNumber', text()),
]);
const listDeletedRet = element([
  optional('ListDelType', knownValues(...deletableEntries)),
  required('ListID', id),
  optional('TimeCreated', dateTime),
  optional('TimeDeleted', dateTime),
  optional('FullName', text()),
]);

export const deletedMessages = {
  TxnDeletedQuery: query(
    'TxnDeletedQuery',
    [several('TxnDelType', oneOfValues(...deletable)), deletedDates, includeRetElement],
    { TxnDeletedRet: txnDeletedRet },
    'metaData',
  ),
  ListDeletedQuery: query(
    'ListDeletedQuery',
    [several('ListDelType', oneOfValues(...deletableEntries)), deletedDates, includeRetElement],
    { ListDeletedRet: listDeletedRet },
    'metaData',
  ),
  TxnVoid: writeInline(
    'TxnVoid',
    [required('TxnVoidType', oneOfValues(...voidable)), required('TxnID', id)],
    element([
      optional('TxnVoidType', knownValues(...voidable)),
      optional('TxnID', id),
      optional('TimeCreated', dateTime),
      optional('TimeModified', dateTime),
      optional('RefNumber', text()),
    ]),
  ),
  TxnDel: writeInline(
    'TxnDel',
    [required('TxnDelType', oneOfValues(...deletable)), required('TxnID', id)],
    element([
      optional('TxnDelType', knownValues(...deletable)),
      optional('TxnID', id),
      optional('TimeDeleted', dateTime),
      optional('RefNumber', text()),
    ]),
  ),
};
