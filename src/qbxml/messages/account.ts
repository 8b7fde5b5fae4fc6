/** Accounts. No iterator: a query answers the whole list; it is cut by type of account or range of names. */
import { element, expected, optional, repeated } from '../declare.ts';
import { query } from '../message.ts';
import { amount, bool, int, knownValues, oneOfValues, text } from '../scalars.ts';
import { anyRef, currencyRef, dataExtRet, listIdentity, salesTaxCodeRef } from './references.ts';
import { currencyOnly, listQueryWithOwner } from './selectors.ts';

export const accountTypes = [
  'AccountsPayable',
  'AccountsReceivable',
  'Bank',
  'CostOfGoodsSold',
  'CreditCard',
  'Equity',
  'Expense',
  'FixedAsset',
  'Income',
  'LongTermLiability',
  'NonPosting',
  'OtherAsset',
  'OtherCurrentAsset',
  'OtherCurrentLiability',
  'OtherExpense',
  'OtherIncome',
] as const;

/** Accounts that QuickBooks itself uses for a purpose. */
const specialAccountType = knownValues(
  'AccountsPayable',
  'AccountsReceivable',
  'CondenseItemAdjustmentExpenses',
  'CostOfGoodsSold',
  'DirectDepositLiabilities',
  'Estimates',
  'ExchangeGainLoss',
  'InventoryAssets',
  'ItemReceiptAccount',
  'OpeningBalanceEquity',
  'PayrollExpenses',
  'PayrollLiabilities',
  'PettyCash',
  'PurchaseOrders',
  'ReconciliationDifferences',
  'RetainedEarnings',
  'SalesOrders',
  'SalesTaxPayable',
  'UncategorizedExpenses',
  'UncategorizedIncome',
  'UndepositedFunds',
);

const accountRet = element([
  ...listIdentity,
  optional('Name', text(31)),
  optional('FullName', text(159)),
  optional('IsActive', bool),
  optional('ParentRef', anyRef),
  optional('Sublevel', int()),
  optional('AccountType', oneOfValues(...accountTypes)),
  optional('SpecialAccountType', specialAccountType),
  optional('IsTaxAccount', bool),
  optional('AccountNumber', text(7)),
  optional('BankNumber', text(25)),
  optional('LastCheckNumber', text()),
  optional('Desc', text(200)),
  optional('Balance', amount),
  optional('TotalBalance', amount),
  optional('SalesTaxCodeRef', salesTaxCodeRef),
  optional('TaxLineInfoRet', element([expected('TaxLineID', int()), optional('TaxLineName', text(256))])),
  optional('CashFlowClassification', knownValues('None', 'Operating', 'Investing', 'Financing', 'NotApplicable')),
  optional('CurrencyRef', currencyRef),
  repeated('DataExtRet', dataExtRet),
]);

export const accountMessages = {
  AccountQuery: query(
    'AccountQuery',
    listQueryWithOwner([repeated('AccountType', oneOfValues(...accountTypes)), ...currencyOnly]),
    { AccountRet: accountRet },
    'metaData',
  ),
};
