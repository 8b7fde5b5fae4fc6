/** Vendors: from VendorRet to the ledger's record. */
import type { LedgerAddress, LedgerVendor } from '../../domain/ledger.ts';
import type { RecordOf } from '../../qbxml/index.ts';
import { entryOf } from './lists.ts';
import { needed, present, refOrNone, textOrNone } from './reading.ts';

export const readVendor = (ret: RecordOf<'VendorRet'>): LedgerVendor => ({
  ...entryOf(ret, 'VendorRet'),
  name: needed(textOrNone(ret.Name), 'VendorRet/Name'),
  ...present({
    companyName: textOrNone(ret.CompanyName),
    address: readAddress(ret.VendorAddress),
    phone: textOrNone(ret.Phone),
    fax: textOrNone(ret.Fax),
    email: textOrNone(ret.Email),
    nameOnCheck: textOrNone(ret.NameOnCheck),
    accountNumber: textOrNone(ret.AccountNumber),
    terms: refOrNone(ret.TermsRef),
    currency: refOrNone(ret.CurrencyRef),
  }),
});

/** An address, or undefined where nothing of it is filled in. Lines keep their order; empty ones are left out. */
export function readAddress(ret: RecordOf<'VendorRet'>['VendorAddress']): LedgerAddress | undefined {
  if (ret === undefined) return undefined;
  const lines = [ret.Addr1, ret.Addr2, ret.Addr3, ret.Addr4, ret.Addr5].filter(
    (line): line is string => line !== undefined && line !== '',
  );
  const rest = present({
    city: textOrNone(ret.City),
    state: textOrNone(ret.State),
    postalCode: textOrNone(ret.PostalCode),
    country: textOrNone(ret.Country),
    note: textOrNone(ret.Note),
  });
  return lines.length === 0 && Object.keys(rest).length === 0 ? undefined : { lines, ...rest };
}
