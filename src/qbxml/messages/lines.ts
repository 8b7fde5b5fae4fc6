/**
 * Lines of bills and vendor credits, and the links between transactions. Order and limits: qbXML 13.0, US edition.
 *
 * QuickBooks keeps expense lines before item lines, whatever order a person typed. In a Mod, lines left out of a kind
 * that lists any line are deleted; TxnLineID -1 is a new line.
 */
import { atMostOneOf, element, lines, optional, repeated, required } from '../declare.ts';
import { amount, date, float, id, knownValues, oneOfValues, price, quantity, text } from '../scalars.ts';
import {
  accountRef,
  classRef,
  customerRef,
  dataExt,
  dataExtRet,
  itemRef,
  salesRepRef,
  salesTaxCodeRef,
  simpleRef,
} from './references.ts';

export const billableStatus = optional('BillableStatus', oneOfValues('Billable', 'NotBillable', 'HasBeenBilled'));
const memo = optional('Memo', text(4095));
const salesRep = optional('SalesRepRef', salesRepRef, { since: '13.0' });
const lineData = repeated('DataExt', dataExt, { since: '13.0' });
const lineDataRet = repeated('DataExtRet', dataExtRet);

/** Where, to whom and under which class a line belongs; the tax fields are of editions other than the American one. */
const attribution = [
  optional('CustomerRef', customerRef),
  optional('ClassRef', classRef),
  optional('SalesTaxCodeRef', salesTaxCodeRef),
  billableStatus,
] as const;

const expense = [
  optional('AccountRef', accountRef),
  optional('Amount', amount),
  optional('TaxAmount', amount),
  memo,
  ...attribution,
] as const;

export const expenseLineAdd = element([...expense, salesRep, lineData]);
export const expenseLineMod = element([required('TxnLineID', id), ...expense, salesRep]);
export const expenseLineRet = element([required('TxnLineID', id), ...expense, salesRep, lineDataRet]);

const itemStart = [
  optional('ItemRef', itemRef),
  optional('InventorySiteRef', simpleRef),
  optional('InventorySiteLocationRef', simpleRef),
  atMostOneOf([required('SerialNumber', text(4095))], [required('LotNumber', text(40))]),
  optional('ExpirationDateForSerialLotNumber', text(), { since: '16.0' }),
  optional('Desc', text(4095)),
  optional('Quantity', quantity),
  optional('UnitOfMeasure', text(31)),
] as const;
const itemMoney = [optional('Cost', price), optional('Amount', amount), optional('TaxAmount', amount)] as const;
const overrideUnits = optional('OverrideUOMSetRef', simpleRef);
const overrideAccount = optional('OverrideItemAccountRef', accountRef);

const itemLineAdd = element([
  ...itemStart,
  ...itemMoney,
  ...attribution,
  overrideAccount,
  optional('LinkToTxn', element([required('TxnID', id), required('TxnLineID', id)])),
  salesRep,
  lineData,
]);
const itemLineMod = element([
  required('TxnLineID', id),
  ...itemStart,
  overrideUnits,
  ...itemMoney,
  ...attribution,
  overrideAccount,
  salesRep,
]);
const itemLineRet = element([
  required('TxnLineID', id),
  ...itemStart,
  overrideUnits,
  ...itemMoney,
  ...attribution,
  salesRep,
  lineDataRet,
]);

const itemGroupLineAdd = element([
  required('ItemGroupRef', simpleRef),
  optional('Desc', text()),
  optional('Quantity', quantity),
  optional('UnitOfMeasure', text(31)),
  optional('InventorySiteRef', simpleRef),
  optional('InventorySiteLocationRef', simpleRef),
  lineData,
]);
const itemGroupLineMod = element([
  required('TxnLineID', id),
  optional('ItemGroupRef', simpleRef),
  optional('Quantity', quantity),
  optional('UnitOfMeasure', text(31)),
  overrideUnits,
  repeated('ItemLineMod', itemLineMod),
]);
const itemGroupLineRet = element([
  required('TxnLineID', id),
  required('ItemGroupRef', simpleRef),
  optional('Desc', text(4095)),
  optional('Quantity', quantity),
  optional('UnitOfMeasure', text(31)),
  overrideUnits,
  required('TotalAmount', amount),
  repeated('ItemLineRet', itemLineRet),
  repeated('DataExt', dataExt),
]);

/** Item lines and item groups, mixed, under `ItemLines`. */
export const itemLinesAdd = lines('ItemLines', { ItemLineAdd: itemLineAdd, ItemGroupLineAdd: itemGroupLineAdd });
export const itemLinesMod = lines('ItemLines', { ItemLineMod: itemLineMod, ItemGroupLineMod: itemGroupLineMod });
export const itemLinesRet = lines('ItemLines', { ItemLineRet: itemLineRet, ItemGroupLineRet: itemGroupLineRet });

/** The kinds of transactions that a link may lead to. Open, since later versions may have others. */
export const txnType = knownValues(
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
  'LiabilityAdjustment',
  'Paycheck',
  'PayrollLiabilityCheck',
  'PurchaseOrder',
  'ReceivePayment',
  'SalesOrder',
  'SalesReceipt',
  'SalesTaxPaymentCheck',
  'Transfer',
  'VendorCredit',
  'YTDAdjustment',
);

export const txnLineDetail = element([required('TxnLineID', id), required('Amount', amount)]);

/**
 * A link to another transaction. On the document that it reduces the amount is negative; QUANTYPE links (purchase orders,
 * item receipts) are no money.
 */
export const linkedTxn = element([
  required('TxnID', id),
  required('TxnType', txnType),
  required('TxnDate', date),
  optional('RefNumber', text(20)),
  optional('LinkType', oneOfValues('AMTTYPE', 'QUANTYPE')),
  required('Amount', amount),
  repeated('TxnLineDetail', txnLineDetail),
]);

export const exchangeRate = optional('ExchangeRate', float, { since: '8.0' });
