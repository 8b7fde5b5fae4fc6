/**
 * HostQuery, CompanyQuery, PreferencesQuery, and the private fields that an application keeps on the company.
 *
 * Preferences show the closing date, and never whether a password guards it; the company shows whether an accountant has a
 * copy, and its dividing date.
 * A field's definition must come in an earlier message set than its first value. Only fields of the company are kept.
 */
import { type RecordOf, sendable } from '../../../qbxml/index.ts';
import { type Answer, answered, NOTHING_FOUND, OK, onlyElements } from '../answer.ts';
import type { CompanyFile } from '../companyFile.ts';
import type { PrivateField, PrivateValue } from '../records.ts';
import { nameInUse, notFound, Refused, tooLong } from '../refusal.ts';
import { SUPPORTED_VERSIONS } from '../versions.ts';
import { given, type Handler, optionalRef, record } from './context.ts';
import { currencyRef } from './currency.ts';

const MAX_PRIVATE_BYTES = 4096;
/** Names of the company reach 59 characters on the wire. */
const MAX_COMPANY_NAME = 59;

export const hostQuery: Handler<'HostQuery'> = ({ singleUser }, { body }) => {
  const host: RecordOf<'HostRet'> = {
    ProductName: 'QuickBooks Sandbox',
    MajorVersion: '24',
    MinorVersion: '0',
    Country: 'US',
    SupportedQBXMLVersion: [...SUPPORTED_VERSIONS],
    IsAutomaticLogin: false,
    QBFileMode: singleUser ? 'SingleUser' : 'MultiUser',
    ...given('ListMetaData', body.IncludeListMetaData === undefined ? undefined : capacities()),
  };
  return one(record('HostRet', onlyElements(host, body.IncludeRetElement)));
};

function capacities(): NonNullable<RecordOf<'HostRet'>['ListMetaData']> {
  const entities = { MaxCapacity: 14_500 };
  const others = { MaxCapacity: 10_000 };
  return {
    AccountMetaData: others,
    BillingRateMetaData: others,
    ClassMetaData: others,
    CustomerMsgMetaData: others,
    CustomerTypeMetaData: others,
    EntityMetaData: entities,
    ItemMetaData: entities,
    JobTypeMetaData: others,
    PaymentMethodMetaData: others,
    PayrollItemMetaData: others,
    PriceLevelMetaData: others,
    SalesRepMetaData: others,
    SalesTaxCodeMetaData: others,
    ShipMethodMetaData: others,
    TemplateMetaData: others,
    TermsMetaData: others,
    ToDoMetaData: others,
    VehicleMetaData: others,
    VendorTypeMetaData: others,
  };
}

export const companyQuery: Handler<'CompanyQuery'> = ({ company }, { body }) => {
  const name = sendable(company.head.name).slice(0, MAX_COMPANY_NAME);
  const owners = new Set((body.OwnerID ?? []).map((owner) => owner.toLowerCase()));
  const values = [...company.tables.privateValue.all()].filter(({ ownerId }) => owners.has(ownerId.toLowerCase()));
  const ret: RecordOf<'CompanyRet'> = {
    IsSampleCompany: false,
    CompanyName: name,
    LegalCompanyName: name,
    FirstMonthFiscalYear: 'January',
    FirstMonthIncomeTaxYear: 'January',
    TaxForm: 'OtherOrNone',
    AccountantCopy: {
      AccountantCopyExists: company.head.dividingDate !== undefined,
      ...given('DividingDate', company.head.dividingDate),
    },
  };
  const shown = onlyElements(ret, body.IncludeRetElement);
  return one(
    record(
      'CompanyRet',
      values.length === 0 ? shown : { ...shown, DataExtRet: values.map((value) => valueRet(company, value)) },
    ),
  );
};

export const preferencesQuery: Handler<'PreferencesQuery'> = ({ company }, { body }) => {
  const ret: RecordOf<'PreferencesRet'> = {
    AccountingPreferences: {
      IsUsingAccountNumbers: true,
      IsRequiringAccounts: true,
      IsUsingClassTracking: true,
      IsUsingAuditTrail: true,
      IsAssigningJournalEntryNumbers: true,
      ...given('ClosingDate', company.head.closingDate),
    },
    FinanceChargePreferences: {
      GracePeriod: 0,
      IsAssessingForOverdueCharges: false,
      CalculateChargesFrom: 'DueDate',
      IsMarkedToBePrinted: false,
    },
    JobsAndEstimatesPreferences: {
      IsUsingEstimates: false,
      IsUsingProgressInvoicing: false,
      IsPrintingItemsWithZeroAmounts: false,
    },
    MultiCurrencyPreferences: {
      IsMultiCurrencyOn: company.head.homeCurrencyId !== undefined,
      ...given('HomeCurrencyRef', currencyRef(company, undefined).CurrencyRef),
    },
    MultiLocationInventoryPreferences: {
      IsMultiLocationInventoryAvailable: false,
      IsMultiLocationInventoryEnabled: false,
    },
    PurchasesAndVendorsPreferences: {
      IsUsingInventory: true,
      DaysBillsAreDue: 10,
      IsAutomaticallyUsingDiscounts: false,
      ...optionalRef('DefaultDiscountAccountRef', company, 'account', company.head.discountAccountId),
    },
    ReportsPreferences: { AgingReportBasis: 'AgeFromDueDate', SummaryReportBasis: 'Accrual' },
    SalesAndCustomersPreferences: { IsTrackingReimbursedExpensesAsIncome: false, IsAutoApplyingPayments: true },
    TimeTrackingPreferences: { FirstDayOfWeek: 'Monday' },
    CurrentAppAccessRights: { IsAutomaticLoginAllowed: false, IsPersonalDataAccessAllowed: false },
  };
  return one(record('PreferencesRet', onlyElements(ret, body.IncludeRetElement)));
};

export const dataExtDefQuery: Handler<'DataExtDefQuery'> = ({ company }, { body }) => {
  const owners = body.OwnerID?.map((owner) => owner.toLowerCase());
  const objects: readonly string[] | undefined = body.AssignToObject;
  const found = [...company.tables.privateField.all()].filter(
    ({ ownerId, assignTo }) =>
      (owners === undefined || owners.includes(ownerId.toLowerCase())) &&
      (objects === undefined || assignTo.some((object) => objects.includes(object))),
  );
  const records = found.map((field) => record('DataExtDefRet', onlyElements(fieldRet(field), body.IncludeRetElement)));
  return { status: records.length === 0 ? NOTHING_FOUND : OK, records };
};

export const dataExtDefAdd: Handler<'DataExtDefAdd'> = ({ company }, { body }) => {
  const wire = body.DataExtDefAdd;
  const id = fieldKey(wire.OwnerID, wire.DataExtName);
  if (company.tables.privateField.get(id) !== undefined) throw nameInUse(wire.DataExtName);
  const now = company.clock.now();
  const field: PrivateField = {
    id,
    createdAt: now,
    modifiedAt: now,
    ownerId: wire.OwnerID,
    name: wire.DataExtName,
    type: wire.DataExtType,
    assignTo: wire.AssignToObject ?? [],
  };
  company.put('privateField', field);
  return answered(record('DataExtDefRet', onlyElements(fieldRet(field), body.IncludeRetElement)), {
    OwnerID: field.ownerId,
  });
};

interface ValueWire {
  readonly OwnerID: string;
  readonly DataExtName: string;
  readonly OtherDataExtType?: string;
  readonly DataExtValue: string;
}

export const dataExtAdd: Handler<'DataExtAdd'> = ({ company, fieldsBefore }, { body }) =>
  setValue(company, fieldsBefore, body.DataExtAdd);

export const dataExtMod: Handler<'DataExtMod'> = ({ company, fieldsBefore }, { body }) =>
  setValue(company, fieldsBefore, body.DataExtMod);

/** Sets a value, whether there was one or not (unverified that an Add over a value is taken). */
function setValue(company: CompanyFile, fieldsBefore: ReadonlySet<string>, wire: ValueWire): Answer {
  const id = fieldKey(wire.OwnerID, wire.DataExtName);
  const field = company.tables.privateField.get(id);
  if (field === undefined || !fieldsBefore.has(id)) throw notFound(wire.DataExtName);
  if (wire.OtherDataExtType !== 'Company' || !field.assignTo.includes('Company'))
    throw new Refused(1030, 'The sandbox keeps private data on the company only.');
  let bytes = Buffer.byteLength(wire.DataExtValue);
  for (const other of company.tables.privateValue.all()) if (other.id !== id) bytes += Buffer.byteLength(other.value);
  if (field.type === 'STR255TYPE' && wire.DataExtValue.length > 255) throw tooLong('DataExtValue', 255);
  if (bytes > MAX_PRIVATE_BYTES) throw tooLong('DataExtValue', MAX_PRIVATE_BYTES);
  const now = company.clock.now();
  const value: PrivateValue = {
    id,
    createdAt: company.tables.privateValue.get(id)?.createdAt ?? now,
    modifiedAt: now,
    ownerId: field.ownerId,
    name: field.name,
    value: wire.DataExtValue,
  };
  company.put('privateValue', value);
  return answered(record('DataExtRet', valueRet(company, value)), { OwnerID: field.ownerId });
}

const fieldKey = (ownerId: string, name: string): string => JSON.stringify([ownerId.toLowerCase(), name.toLowerCase()]);

const valueRet = (company: CompanyFile, value: PrivateValue): RecordOf<'DataExtRet'> => ({
  OwnerID: value.ownerId,
  DataExtName: value.name,
  DataExtType: company.tables.privateField.get(value.id)?.type ?? 'STR255TYPE',
  DataExtValue: value.value,
});

const fieldRet = (field: PrivateField): RecordOf<'DataExtDefRet'> => ({
  OwnerID: field.ownerId,
  DataExtID: 0,
  DataExtName: field.name,
  DataExtType: field.type,
  AssignToObject: field.assignTo,
  DataExtListRequire: false,
  DataExtTxnRequire: false,
  DataExtFormatString: '',
});

const one = (only: Answer['records'][number]): Answer => ({ status: OK, records: [only] });
