/**
 * The company of a file: names, addresses, accountant's copy, private fields. There is no GUID of a company: a file is
 * known by its path, its names and EIN, or by a private field written into it.
 */
import { element, expected, optional, repeated, required } from '../declare.ts';
import { query } from '../message.ts';
import { bool, date, knownValues, text } from '../scalars.ts';
import { address, addressBlock, dataExtRet, includeRetElement, ownerID } from './references.ts';

const month = knownValues(
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
);

const taxForm = knownValues(
  'Form1040',
  'Form1065',
  'Form1120',
  'Form1120S',
  'Form990',
  'Form990PF',
  'Form990T',
  'FormT1',
  'FormT2',
  'Form1044',
  'Form3010',
  'OtherOrNone',
);

const service = element([
  expected('Name', text(50)),
  expected('Domain', text(50)),
  expected('ServiceStatus', knownValues('Active', 'Expired', 'Never', 'Pending', 'Suspended', 'Terminated', 'Trial')),
]);

/** While an accountant's copy is out, nothing dated on or before the dividing date may be changed. */
const accountantCopy = element([required('AccountantCopyExists', bool), optional('DividingDate', date)]);

const companyRet = element([
  optional('IsSampleCompany', bool),
  optional('CompanyName', text(59)),
  optional('LegalCompanyName', text(59)),
  optional('Address', address),
  optional('AddressBlock', addressBlock),
  optional('LegalAddress', address),
  optional('CompanyAddressForCustomer', address),
  optional('CompanyAddressBlockForCustomer', addressBlock),
  optional('Phone', text(51)),
  optional('Fax', text(51)),
  optional('Email', text(1023)),
  optional('CompanyEmailForCustomer', text()),
  optional('CompanyWebSite', text(128)),
  optional('FirstMonthFiscalYear', month),
  optional('FirstMonthIncomeTaxYear', month),
  optional('CompanyType', text(255)),
  optional('EIN', text(20)),
  optional('SSN', text(11)),
  optional('TaxForm', taxForm),
  optional('SubscribedServices', element([repeated('Service', service)])),
  optional('AccountantCopy', accountantCopy),
  repeated('DataExtRet', dataExtRet),
]);

export const companyMessages = {
  CompanyQuery: query('CompanyQuery', [includeRetElement, ownerID], { CompanyRet: companyRet }, 'plain'),
};
