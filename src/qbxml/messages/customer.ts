/** Customers and jobs: a job is a customer with a parent, its full name has a colon. */
import { element, optional, repeated, required } from '../declare.ts';
import { query } from '../message.ts';
import { amount, bool, date, guid, int, knownValues, text } from '../scalars.ts';
import { additionalContacts, additionalNotesRet, communication, contactsRet, personName } from './people.ts';
import {
  accountRef,
  address,
  addressBlock,
  addressFields,
  anyRef,
  classRef,
  currencyRef,
  dataExtRet,
  listIdentity,
  salesRepRef,
  salesTaxCodeRef,
  simpleRef,
  termsRef,
} from './references.ts';
import { entityFilter, listQueryWithOwner } from './selectors.ts';

const shipToAddress = element([required('Name', text(41)), ...addressFields, optional('DefaultShipTo', bool)]);

const creditCardInfo = element([
  optional('CreditCardNumber', text(25)),
  optional('ExpirationMonth', int({ min: 1, max: 12 })),
  optional('ExpirationYear', int()),
  optional('NameOnCard', text(41)),
  optional('CreditCardAddress', text(41)),
  optional('CreditCardPostalCode', text(41)),
]);

const job = [
  optional('JobStatus', knownValues('Awarded', 'Closed', 'InProgress', 'None', 'NotAwarded', 'Pending')),
  optional('JobStartDate', date),
  optional('JobProjectedEndDate', date),
  optional('JobEndDate', date),
  optional('JobDesc', text(99)),
  optional('JobTypeRef', accountRef),
] as const;

const customerRet = element([
  ...listIdentity,
  optional('Name', text(41)),
  optional('FullName', text(209)),
  optional('IsActive', bool),
  optional('ClassRef', classRef),
  optional('ParentRef', anyRef),
  optional('Sublevel', int()),
  optional('CompanyName', text(41)),
  ...personName,
  optional('JobTitle', text(41)),
  optional('BillAddress', address),
  optional('BillAddressBlock', addressBlock),
  optional('ShipAddress', address),
  optional('ShipAddressBlock', addressBlock),
  repeated('ShipToAddress', shipToAddress, { max: 50 }),
  optional('PrintAs', text(41)),
  ...communication,
  additionalContacts,
  repeated('ContactsRet', contactsRet),
  optional('CustomerTypeRef', accountRef),
  optional('TermsRef', termsRef),
  optional('SalesRepRef', salesRepRef),
  optional('Balance', amount),
  optional('TotalBalance', amount),
  optional('SalesTaxCodeRef', salesTaxCodeRef),
  optional('ItemSalesTaxRef', simpleRef),
  optional('SalesTaxCountry', knownValues('Australia', 'Canada', 'UK', 'US')),
  optional('ResaleNumber', text(15)),
  optional('AccountNumber', text(99)),
  optional('CreditLimit', amount),
  optional('PreferredPaymentMethodRef', simpleRef),
  optional('CreditCardInfo', creditCardInfo),
  ...job,
  optional('Notes', text(4095)),
  repeated('AdditionalNotesRet', additionalNotesRet),
  optional('IsStatementWithParent', bool),
  optional('DeliveryMethod', knownValues('Email', 'Fax', 'Print')),
  optional('PreferredDeliveryMethod', knownValues('None', 'Email', 'Fax', 'Mail')),
  optional('PriceLevelRef', simpleRef),
  optional('ExternalGUID', guid),
  optional('TaxRegistrationNumber', text(30)),
  optional('CurrencyRef', currencyRef),
  repeated('DataExtRet', dataExtRet),
]);

export const customerMessages = {
  CustomerQuery: query('CustomerQuery', listQueryWithOwner(entityFilter), { CustomerRet: customerRet }, 'iterator'),
};
