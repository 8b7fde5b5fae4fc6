/**
 * VendorQuery, VendorAdd, VendorMod.
 *
 * A Mod changes what it mentions: an empty element clears the field, one left out stays. An address is changed line by
 * line in the same way (unverified against a live file).
 */
import type { RecordOf, RequestMessage } from '../../../qbxml/index.ts';
import { answered, onlyElements } from '../answer.ts';
import { vendorBalance } from '../balance.ts';
import type { CompanyFile } from '../companyFile.ts';
import { addEntry, modifyVendor, withoutUndefined } from '../lists.ts';
import { answerPage } from '../paging.ts';
import type { PostalAddress, Vendor } from '../records.ts';
import { isEmptyRef, type Ref, resolveActive } from '../references.ts';
import { notFound } from '../refusal.ts';
import { currencyTest, selectEntries } from '../selection.ts';
import { given, type Handler, listIdentity, optionalRef, record } from './context.ts';
import { currencyRef } from './currency.ts';

type Wire = Omit<RequestMessage<'VendorMod'>['body']['VendorMod'], 'ListID' | 'EditSequence'>;

/** Fields of plain text: the sandbox's name, and qbXML's. */
const TEXTS = [
  ['companyName', 'CompanyName'],
  ['salutation', 'Salutation'],
  ['firstName', 'FirstName'],
  ['middleName', 'MiddleName'],
  ['lastName', 'LastName'],
  ['jobTitle', 'JobTitle'],
  ['phone', 'Phone'],
  ['altPhone', 'AltPhone'],
  ['fax', 'Fax'],
  ['email', 'Email'],
  ['cc', 'Cc'],
  ['contact', 'Contact'],
  ['altContact', 'AltContact'],
  ['nameOnCheck', 'NameOnCheck'],
  ['accountNumber', 'AccountNumber'],
  ['notes', 'Notes'],
  ['taxIdent', 'VendorTaxIdent'],
] as const satisfies readonly (readonly [keyof Vendor, keyof Wire])[];

const ADDRESS_LINES = [
  ['addr1', 'Addr1'],
  ['addr2', 'Addr2'],
  ['addr3', 'Addr3'],
  ['addr4', 'Addr4'],
  ['addr5', 'Addr5'],
  ['city', 'City'],
  ['state', 'State'],
  ['postalCode', 'PostalCode'],
  ['country', 'Country'],
  ['note', 'Note'],
] as const satisfies readonly (readonly [keyof PostalAddress, string])[];

type WireAddress = { readonly [K in (typeof ADDRESS_LINES)[number][1]]?: string };

/** An address changed by what is mentioned; undefined when nothing of it is left. */
export function changedAddress(before: PostalAddress | undefined, wire: WireAddress): PostalAddress | undefined {
  const lines: { -readonly [K in keyof PostalAddress]: string } = { ...before };
  for (const [field, element] of ADDRESS_LINES) {
    const text = wire[element];
    if (text === '') delete lines[field];
    else if (text !== undefined) lines[field] = text;
  }
  return Object.keys(lines).length === 0 ? undefined : lines;
}

/** An address as an answer carries it. */
export function writtenAddress(address: PostalAddress): WireAddress {
  const wire: { -readonly [K in keyof WireAddress]: string } = {};
  for (const [field, element] of ADDRESS_LINES) {
    const text = address[field];
    if (text !== undefined) wire[element] = text;
  }
  return wire;
}

/** An address as it is printed: the lines, then town, region and code. */
export function addressBlock(address: PostalAddress) {
  const town = [address.city, [address.state, address.postalCode].filter(Boolean).join(' ')].filter(Boolean).join(', ');
  const lines = [address.addr1, address.addr2, address.addr3, address.addr4, address.addr5, town, address.country]
    .filter((line) => line !== undefined && line !== '')
    .slice(0, 5);
  const [Addr1, Addr2, Addr3, Addr4, Addr5] = lines;
  return withoutUndefined({ Addr1, Addr2, Addr3, Addr4, Addr5 });
}

function vendorRet(company: CompanyFile, vendor: Vendor): RecordOf<'VendorRet'> {
  const texts: { [K in (typeof TEXTS)[number][1]]?: string } = {};
  for (const [field, element] of TEXTS) {
    const text = vendor[field];
    if (text !== undefined) texts[element] = text;
  }
  return {
    ...listIdentity(company, vendor),
    Name: vendor.name,
    IsActive: vendor.active,
    ...texts,
    ...(vendor.address === undefined
      ? {}
      : { VendorAddress: writtenAddress(vendor.address), VendorAddressBlock: addressBlock(vendor.address) }),
    ...given('ShipAddress', vendor.shipAddress === undefined ? undefined : writtenAddress(vendor.shipAddress)),
    ...optionalRef('TermsRef', company, 'terms', vendor.termsId),
    ...given('CreditLimit', vendor.creditLimitCents),
    IsVendorEligibleFor1099: vendor.eligibleFor1099 ?? false,
    Balance: vendorBalance(company, vendor.id),
    ...given('ExternalGUID', vendor.guid),
    ...currencyRef(company, vendor.currencyId),
  };
}

/** What a request mentions of a vendor, in the sandbox's own terms; undefined where a field is cleared. */
function mentioned(company: CompanyFile, before: Vendor | undefined, wire: Wire) {
  const change: { -readonly [F in keyof Vendor]?: Vendor[F] | undefined } = {};
  for (const [field, element] of TEXTS) {
    const text = wire[element];
    if (text !== undefined) change[field] = text === '' ? undefined : text;
  }
  if (wire.Name !== undefined) change.name = wire.Name;
  if (wire.IsActive !== undefined) change.active = wire.IsActive;
  if (wire.VendorAddress !== undefined) change.address = changedAddress(before?.address, wire.VendorAddress);
  if (wire.ShipAddress !== undefined) change.shipAddress = changedAddress(before?.shipAddress, wire.ShipAddress);
  if (wire.TermsRef !== undefined) change.termsId = termsId(company, wire.TermsRef);
  if (wire.CreditLimit !== undefined) change.creditLimitCents = wire.CreditLimit ?? undefined;
  if (wire.IsVendorEligibleFor1099 !== undefined) change.eligibleFor1099 = wire.IsVendorEligibleFor1099;
  return change;
}

const termsId = (company: CompanyFile, ref: Ref): string | undefined =>
  isEmptyRef(ref) ? undefined : resolveActive(company, 'terms', ref, 'Vendor').id;

export const vendorQuery: Handler<'VendorQuery'> = ({ company, iterators }, { body, ...attributes }) => {
  const inCurrency = currencyTest(company, body.CurrencyFilter);
  return answerPage({
    query: 'VendorQuery',
    attributes,
    maxReturned: body.MaxReturned,
    iterators,
    select: () => selectEntries(company, 'vendor', body, ({ currencyId }) => inCurrency(currencyId)),
    get: (id) => company.tables.vendor.get(id),
    write: (vendor) => record('VendorRet', onlyElements(vendorRet(company, vendor), body.IncludeRetElement)),
  });
};

export const vendorAdd: Handler<'VendorAdd'> = ({ company }, { body }) => {
  const { VendorAdd: wire } = body;
  const { OpenBalance: _b, OpenBalanceDate: _d, ...rest } = wire;
  const details = withoutUndefined({ ...mentioned(company, undefined, rest as Wire), guid: wire.ExternalGUID });
  const vendor = addEntry(company, 'vendor', wire.Name, (entry) => ({ ...entry, ...details, name: entry.name }));
  return written(company, vendor, body.IncludeRetElement);
};

export const vendorMod: Handler<'VendorMod'> = ({ company }, { body }) => {
  const { ListID, EditSequence, ...wire } = body.VendorMod;
  const before = company.tables.vendor.get(ListID);
  if (before === undefined) throw notFound(ListID);
  const vendor = modifyVendor(company, before, mentioned(company, before, wire), EditSequence);
  return written(company, vendor, body.IncludeRetElement);
};

function written(company: CompanyFile, vendor: Vendor, wanted: readonly string[] | undefined) {
  const value = onlyElements(vendorRet(company, vendor), wanted);
  return answered(record('VendorRet', value), { ListID: vendor.id, EditSequence: String(vendor.modifiedAt) });
}
