/**
 * Preferences of the company file. They can be read and never written.
 *
 * ClosingDate is absent when none is set; whether a password guards it cannot be read. CurrentAppAccessRights tells what
 * this application may do unattended.
 */
import { element, expected, optional } from '../declare.ts';
import { query } from '../message.ts';
import { amount, bool, date, int, knownValues, percent, text } from '../scalars.ts';
import { accountRef, currencyRef, includeRetElement, listRef, salesTaxCodeRef, simpleRef } from './references.ts';

const accounting = element([
  expected('IsUsingAccountNumbers', bool),
  expected('IsRequiringAccounts', bool),
  expected('IsUsingClassTracking', bool),
  optional('AssignClassesTo', knownValues('None', 'Accounts', 'Items', 'Names'), { since: '12.0' }),
  expected('IsUsingAuditTrail', bool),
  expected('IsAssigningJournalEntryNumbers', bool),
  optional('ClosingDate', date),
]);

const financeCharge = element([
  optional('AnnualInterestRate', percent),
  optional('MinFinanceCharge', amount),
  expected('GracePeriod', int()),
  optional('FinanceChargeAccountRef', accountRef),
  expected('IsAssessingForOverdueCharges', bool),
  expected('CalculateChargesFrom', knownValues('DueDate', 'InvoiceOrBilledDate')),
  expected('IsMarkedToBePrinted', bool),
]);

const jobsAndEstimates = element([
  expected('IsUsingEstimates', bool),
  expected('IsUsingProgressInvoicing', bool),
  expected('IsPrintingItemsWithZeroAmounts', bool),
]);

const multiCurrency = element([optional('IsMultiCurrencyOn', bool), optional('HomeCurrencyRef', currencyRef)]);

const multiLocation = element([
  optional('IsMultiLocationInventoryAvailable', bool),
  optional('IsMultiLocationInventoryEnabled', bool),
]);

const purchasesAndVendors = element([
  expected('IsUsingInventory', bool),
  expected('DaysBillsAreDue', int()),
  expected('IsAutomaticallyUsingDiscounts', bool),
  optional('DefaultDiscountAccountRef', accountRef),
]);

const reports = element([
  expected('AgingReportBasis', knownValues('AgeFromDueDate', 'AgeFromTransactionDate')),
  expected('SummaryReportBasis', knownValues('Accrual', 'Cash')),
]);

const salesAndCustomers = element([
  optional('DefaultShipMethodRef', listRef({ fullName: 15 })),
  optional('DefaultFOB', text(13)),
  optional('DefaultMarkup', percent),
  expected('IsTrackingReimbursedExpensesAsIncome', bool),
  expected('IsAutoApplyingPayments', bool),
  optional('PriceLevels', element([expected('IsUsingPriceLevels', bool), optional('IsRoundingSalesPriceUp', bool)])),
]);

const salesTax = element([
  expected('DefaultItemSalesTaxRef', simpleRef),
  expected('PaySalesTax', knownValues('Monthly', 'Quarterly', 'Annually')),
  expected('DefaultTaxableSalesTaxCodeRef', salesTaxCodeRef),
  expected('DefaultNonTaxableSalesTaxCodeRef', salesTaxCodeRef),
  optional('IsUsingVendorTaxCode', bool),
  optional('IsUsingCustomerTaxCode', bool),
  optional('IsUsingAmountsIncludeTax', bool),
]);

const timeTracking = element([
  expected('FirstDayOfWeek', knownValues('Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday')),
]);

const accessRights = element([
  expected('IsAutomaticLoginAllowed', bool),
  optional('AutomaticLoginUserName', text(29)),
  expected('IsPersonalDataAccessAllowed', bool),
]);

/** Four of the names begin with a small letter on the wire. */
const itemsAndInventory = element([
  optional('EnhancedInventoryReceivingEnabled', bool),
  optional('IsTrackingSerialOrLotNumber', knownValues('None', 'SerialNumber', 'LotNumber')),
  optional('isTrackingOnSalesTransactionsEnabled', bool),
  optional('isTrackingOnPurchaseTransactionsEnabled', bool),
  optional('isTrackingOnInventoryAdjustmentEnabled', bool),
  optional('isTrackingOnBuildAssemblyEnabled', bool),
  optional('FIFOEnabled', bool),
  optional('FIFOEffectiveDate', date),
  optional('IsRSBEnabled', bool),
  optional('IsBarcodeEnabled', bool),
  optional('IsInventoryExpirationDateEnabled', bool, { since: '16.0' }),
]);

const preferencesRet = element([
  optional('AccountingPreferences', accounting),
  optional('FinanceChargePreferences', financeCharge),
  optional('JobsAndEstimatesPreferences', jobsAndEstimates),
  optional('MultiCurrencyPreferences', multiCurrency),
  optional('MultiLocationInventoryPreferences', multiLocation),
  optional('PurchasesAndVendorsPreferences', purchasesAndVendors),
  optional('ReportsPreferences', reports),
  optional('SalesAndCustomersPreferences', salesAndCustomers),
  optional('SalesTaxPreferences', salesTax),
  optional('TimeTrackingPreferences', timeTracking),
  optional('CurrentAppAccessRights', accessRights),
  optional('ItemsAndInventoryPreferences', itemsAndInventory, { since: '11.0' }),
]);

export const preferencesMessages = {
  PreferencesQuery: query('PreferencesQuery', [includeRetElement], { PreferencesRet: preferencesRet }, 'plain'),
};
