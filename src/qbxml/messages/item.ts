/**
 * Items of all kinds. One query answers them all, in the order of kinds listed at the end.
 *
 * Services, non-inventory items and other charges are either sold or bought (`SalesOrPurchase`), or both
 * (`SalesAndPurchase`). Fixed assets, subtotals, payments, sales taxes and groups have no full name and no parent.
 */
import { atMostOneOf, element, expected, optional, repeated, required } from '../declare.ts';
import { query } from '../message.ts';
import { amount, bool, date, guid, int, knownValues, percent, price, quantity, text } from '../scalars.ts';
import {
  accountRef,
  anyRef,
  classRef,
  dataExtRet,
  itemRef,
  listIdentity,
  salesTaxCodeRef,
  simpleRef,
  vendorRef,
} from './references.ts';
import { listQueryWithOwner } from './selectors.ts';

const name = optional('Name', text(31));
const barCode = optional('BarCodeValue', text(50));
const active = optional('IsActive', bool);
const itsClass = optional('ClassRef', classRef);
const units = optional('UnitOfMeasureSetRef', simpleRef);
const partNumber = optional('ManufacturerPartNumber', text(31));
const itemDesc = optional('ItemDesc', text(4095));
const end = [optional('ExternalGUID', guid), repeated('DataExtRet', dataExtRet)] as const;
const special = optional(
  'SpecialItemType',
  knownValues('FinanceCharge', 'ReimbursableExpenseGroup', 'ReimbursableExpenseSubtotal'),
);

const inHierarchy = [
  ...listIdentity,
  name,
  optional('FullName', text(159)),
  barCode,
  active,
  itsClass,
  optional('ParentRef', anyRef),
  optional('Sublevel', int()),
] as const;
const flat = [...listIdentity, name, barCode, active] as const;

const tax = [optional('IsTaxIncluded', bool), optional('SalesTaxCodeRef', salesTaxCodeRef)] as const;

const sale = [
  optional('SalesDesc', text(4095)),
  optional('SalesPrice', price),
  optional('IncomeAccountRef', accountRef),
] as const;
const purchase = [
  optional('PurchaseDesc', text(4095)),
  optional('PurchaseCost', price),
  optional('PurchaseTaxCodeRef', salesTaxCodeRef),
] as const;

const salesOrPurchase = element([
  optional('Desc', text(4095)),
  atMostOneOf([required('Price', price)], [required('PricePercent', percent)]),
  optional('AccountRef', accountRef),
]);
const salesAndPurchase = element([
  ...sale,
  ...purchase,
  optional('ExpenseAccountRef', accountRef),
  optional('PrefVendorRef', vendorRef),
]);
const trade = atMostOneOf(
  [required('SalesOrPurchase', salesOrPurchase)],
  [required('SalesAndPurchase', salesAndPurchase)],
);

const stockAccounts = [
  ...sale,
  ...purchase,
  optional('COGSAccountRef', accountRef),
  optional('PrefVendorRef', vendorRef),
  optional('AssetAccountRef', accountRef),
] as const;
const stock = [
  optional('Max', quantity),
  optional('QuantityOnHand', quantity),
  optional('AverageCost', price),
  optional('QuantityOnOrder', quantity),
  optional('QuantityOnSalesOrder', quantity),
  optional('ExternalGUID', guid),
] as const;

const fixedAssetSales = element([
  expected('SalesDesc', text(50)),
  expected('SalesDate', date),
  optional('SalesPrice', price),
  optional('SalesExpense', price),
]);

const records = {
  ItemServiceRet: element([...inHierarchy, units, ...tax, trade, ...end]),
  ItemNonInventoryRet: element([...inHierarchy, partNumber, units, ...tax, trade, ...end]),
  ItemOtherChargeRet: element([...inHierarchy, ...tax, trade, special, ...end]),
  ItemInventoryRet: element([
    ...inHierarchy,
    partNumber,
    units,
    ...tax,
    ...stockAccounts,
    optional('ReorderPoint', quantity),
    ...stock,
    repeated('DataExtRet', dataExtRet),
  ]),
  ItemInventoryAssemblyRet: element([
    ...inHierarchy,
    partNumber,
    units,
    ...tax,
    ...stockAccounts,
    optional('BuildPoint', quantity),
    ...stock,
    repeated(
      'ItemInventoryAssemblyLine',
      element([expected('ItemInventoryRef', accountRef), optional('Quantity', quantity)]),
    ),
    repeated('DataExtRet', dataExtRet),
  ]),
  ItemFixedAssetRet: element([
    ...flat,
    itsClass,
    optional('AcquiredAs', knownValues('New', 'Old')),
    optional('PurchaseDesc', text(50)),
    optional('PurchaseDate', date),
    optional('PurchaseCost', price),
    optional('VendorOrPayeeName', text(50)),
    optional('AssetAccountRef', accountRef),
    optional('FixedAssetSalesInfo', fixedAssetSales),
    optional('AssetDesc', text(50)),
    optional('Location', text(50)),
    optional('PONumber', text(30)),
    optional('SerialNumber', text(30)),
    optional('WarrantyExpDate', date),
    optional('Notes', text(4095)),
    optional('AssetNumber', text(10)),
    optional('CostBasis', amount),
    optional('YearEndAccumulatedDepreciation', amount),
    optional('YearEndBookValue', amount),
    ...end,
  ]),
  ItemSubtotalRet: element([...flat, optional('ItemDesc', text()), special, ...end]),
  ItemDiscountRet: element([
    ...inHierarchy,
    itemDesc,
    optional('SalesTaxCodeRef', salesTaxCodeRef),
    atMostOneOf([required('DiscountRate', price)], [required('DiscountRatePercent', percent)]),
    optional('AccountRef', accountRef),
    ...end,
  ]),
  ItemPaymentRet: element([
    ...flat,
    itsClass,
    itemDesc,
    optional('DepositToAccountRef', accountRef),
    optional('PaymentMethodRef', simpleRef),
    ...end,
  ]),
  ItemSalesTaxRet: element([
    ...flat,
    itsClass,
    itemDesc,
    optional('TaxRate', percent),
    optional('TaxVendorRef', vendorRef),
    optional('SalesTaxReturnLineRef', anyRef),
    ...end,
  ]),
  ItemSalesTaxGroupRet: element([
    ...flat,
    itemDesc,
    optional('ExternalGUID', guid),
    repeated('ItemSalesTaxRef', simpleRef),
    repeated('DataExtRet', dataExtRet),
  ]),
  ItemGroupRet: element([
    ...flat,
    itemDesc,
    units,
    optional('IsPrintItemsInGroup', bool),
    special,
    optional('ExternalGUID', guid),
    repeated(
      'ItemGroupLine',
      element([optional('ItemRef', itemRef), optional('Quantity', quantity), optional('UnitOfMeasure', text(31))]),
    ),
    repeated('DataExtRet', dataExtRet),
  ]),
};

export const itemMessages = {
  ItemQuery: query('ItemQuery', listQueryWithOwner([]), records, 'iterator'),
};
