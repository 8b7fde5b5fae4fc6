/** The host: which QuickBooks answers, which versions of qbXML it speaks, and how full its lists may get. */
import { element, expected, optional, repeated } from '../declare.ts';
import { query } from '../message.ts';
import { bool, int, knownValues, text } from '../scalars.ts';
import { includeRetElement } from './references.ts';

const capacity = element([expected('MaxCapacity', int())]);

/** Capacity of each list; told only when asked for, always for all of them. */
const listMetaData = element([
  expected('AccountMetaData', capacity),
  expected('BillingRateMetaData', capacity),
  expected('ClassMetaData', capacity),
  expected('CustomerMsgMetaData', capacity),
  expected('CustomerTypeMetaData', capacity),
  expected('EntityMetaData', capacity),
  expected('ItemMetaData', capacity),
  expected('JobTypeMetaData', capacity),
  expected('PaymentMethodMetaData', capacity),
  expected('PayrollItemMetaData', capacity),
  expected('PriceLevelMetaData', capacity),
  expected('SalesRepMetaData', capacity),
  expected('SalesTaxCodeMetaData', capacity),
  expected('ShipMethodMetaData', capacity),
  expected('TemplateMetaData', capacity),
  expected('TermsMetaData', capacity),
  expected('ToDoMetaData', capacity),
  expected('VehicleMetaData', capacity),
  expected('VendorTypeMetaData', capacity),
]);

/** MajorVersion is the year less 1990 for Pro and Premier. SupportedQBXMLVersion lists what the session may ask for. */
const hostRet = element([
  optional('ProductName', text(255)),
  optional('MajorVersion', text(5)),
  optional('MinorVersion', text(5)),
  optional('Country', text(2)),
  repeated('SupportedQBXMLVersion', text(10)),
  optional('IsAutomaticLogin', bool),
  optional('QBFileMode', knownValues('MultiUser', 'SingleUser')),
  optional('ListMetaData', listMetaData),
]);

export const hostMessages = {
  HostQuery: query(
    'HostQuery',
    [optional('IncludeListMetaData', element([expected('IncludeMaxCapacity', bool)])), includeRetElement],
    { HostRet: hostRet },
    'plain',
  ),
};
