/**
 * Vendors: query, add, modify. Order and limits: qbXML 13.0.
 *
 * Vendors are a flat list without FullName. They share one name space with customers, employees and other names; a
 * clash is status 3100. The tax fields are of editions other than the American one.
 */
import { element, optional, repeated, required } from '../declare.ts';
import { query, write } from '../message.ts';
import {
  amount,
  bool,
  clearable,
  date,
  editSequence,
  entryName,
  guid,
  id,
  int,
  oneOfValues,
  text,
} from '../scalars.ts';
import {
  additionalContacts,
  additionalNotesRet,
  communication,
  contact,
  contactsMod,
  contactsRet,
  note,
  personName,
} from './people.ts';
import {
  accountRef,
  address,
  addressBlock,
  anyRef,
  classRef,
  currencyRef,
  dataExtRet,
  includeRetElement,
  listIdentity,
  salesTaxCodeRef,
  simpleRef,
  termsRef,
} from './references.ts';
import { entityFilter, listQueryWithOwner } from './selectors.ts';

const names = [
  optional('IsActive', bool),
  optional('ClassRef', classRef),
  optional('CompanyName', text(41)),
  ...personName,
  optional('JobTitle', text(41)),
] as const;

const accounting = [
  optional('NameOnCheck', text(41)),
  optional('AccountNumber', text(99)),
  optional('Notes', text(4095)),
] as const;

const terms = [optional('VendorTypeRef', accountRef), optional('TermsRef', termsRef)] as const;
const taxIdentity = [optional('VendorTaxIdent', text(15)), optional('IsVendorEligibleFor1099', bool)] as const;

const taxes = [
  optional('SalesTaxCodeRef', salesTaxCodeRef),
  optional('SalesTaxCountry', oneOfValues('Australia', 'Canada', 'UK', 'US')),
  optional('IsSalesTaxAgency', bool),
  optional('SalesTaxReturnRef', anyRef),
  optional('TaxRegistrationNumber', text(30)),
  optional('ReportingPeriod', oneOfValues('Monthly', 'Quarterly')),
  optional('IsTaxTrackedOnPurchases', bool),
  optional('TaxOnPurchasesAccountRef', accountRef),
  optional('IsTaxTrackedOnSales', bool),
  optional('TaxOnSalesAccountRef', accountRef),
  optional('IsTaxOnTax', bool),
  repeated('PrefillAccountRef', accountRef, { max: 3 }),
  optional('CurrencyRef', currencyRef),
] as const;

const addresses = [optional('VendorAddress', address), optional('ShipAddress', address)] as const;

export const vendorAdd = element([
  required('Name', entryName(41)),
  ...names,
  ...addresses,
  ...communication,
  additionalContacts,
  repeated('Contacts', element(contact)),
  ...accounting,
  repeated('AdditionalNotes', element([note])),
  ...terms,
  optional('CreditLimit', amount),
  ...taxIdentity,
  optional('OpenBalance', amount),
  optional('OpenBalanceDate', date),
  optional('BillingRateRef', simpleRef),
  optional('ExternalGUID', guid),
  ...taxes,
]);

export const vendorMod = element([
  required('ListID', id),
  required('EditSequence', editSequence),
  optional('Name', entryName(41)),
  ...names,
  ...addresses,
  ...communication,
  additionalContacts,
  repeated('ContactsMod', contactsMod),
  ...accounting,
  repeated('AdditionalNotesMod', element([required('NoteID', int()), note])),
  ...terms,
  optional('CreditLimit', clearable(amount)),
  ...taxIdentity,
  optional('BillingRateRef', simpleRef),
  ...taxes,
]);

export const vendorRet = element([
  ...listIdentity,
  optional('Name', text(41)),
  optional('IsActive', bool),
  optional('ClassRef', classRef),
  optional('IsTaxAgency', bool),
  optional('CompanyName', text(41)),
  ...personName,
  optional('JobTitle', text(41)),
  optional('VendorAddress', address),
  optional('VendorAddressBlock', addressBlock),
  optional('ShipAddress', address),
  ...communication,
  additionalContacts,
  repeated('ContactsRet', contactsRet),
  ...accounting,
  repeated('AdditionalNotesRet', additionalNotesRet),
  ...terms,
  optional('CreditLimit', amount),
  ...taxIdentity,
  optional('Balance', amount),
  optional('BillingRateRef', simpleRef),
  optional('ExternalGUID', guid),
  ...taxes,
  repeated('DataExtRet', dataExtRet),
]);

const records = { VendorRet: vendorRet };

export const vendorMessages = {
  VendorQuery: query('VendorQuery', listQueryWithOwner(entityFilter), records, 'iterator'),
  VendorAdd: write('VendorAdd', [required('VendorAdd', vendorAdd), includeRetElement], records),
  VendorMod: write('VendorMod', [required('VendorMod', vendorMod), includeRetElement], records),
};
