/** A vendor's profile at a person's hands: what the ledger shares, and what MineralTree alone keeps (how it is paid). */
import type { Books } from './books.ts';
import type { ValuesOf } from './entities.ts';
import { namedRecord } from './invoices.ts';
import type { AddressTyped, Move } from './moves.ts';
import { differences, nextStamp, recorded, type StoredVendor } from './record.ts';
import type { Address } from './vendorFields.ts';

/** What is not typed stays; null or an empty text clears. The address is written as a whole. */
export function editVendor(books: Books, { company, vendor: name, ...typed }: Move<'edit-vendor'>): StoredVendor {
  const vendor = namedRecord(books, company, 'vendor', name, 'vendor');
  const { phone, fax, email, address, grouping, discounts, ...texts } = typed;
  const next: Record<string, unknown> = { ...vendor.values };
  const set = (field: keyof ValuesOf<'vendor'>, value: unknown): void => {
    if (value === undefined) return;
    if (value === null || value === '') delete next[field];
    else next[field] = value;
  };
  for (const [field, value] of Object.entries(texts)) set(field as keyof ValuesOf<'vendor'>, value);
  set('address', address && addressValues(address));
  if (address === null) delete next.address;
  set('emails', email && [email]);
  if (email === null || email === '') delete next.emails;
  const number = (known: boolean, written: string | null | undefined) =>
    written === undefined ? vendor.values.phones?.find(({ isFax = false }) => isFax === known)?.number : written;
  const phones = [
    { number: number(false, phone), isFax: false },
    { number: number(true, fax), isFax: true },
  ].filter((entry) => entry.number);
  set('phones', phones.length > 0 ? phones : null);
  const values = next as ValuesOf<'vendor'>;
  const modified = nextStamp(books.nowMs(), vendor.modified);
  const preferences = {
    ...vendor.preferences,
    ...(grouping !== undefined && { grouping }),
    ...(discounts !== undefined && { discounts }),
  };
  const changes = [...differences(vendor.values, values), ...differences(vendor.preferences ?? {}, preferences)];
  const written = {
    ...vendor,
    values,
    ...(Object.keys(preferences).length > 0 && { preferences }),
    modified,
    history: recorded(vendor.history, { at: modified, by: 'person', action: 'edited', changes }),
  };
  books.put(written);
  return written;
}

/** The whole block: what is not typed is empty afterwards. */
function addressValues({ name, lines, town, region, postalCode, country }: AddressTyped): Address {
  const [address1, address2, address3, address4, address5] = lines;
  const values = {
    name,
    address1,
    address2,
    address3,
    address4,
    address5,
    town,
    ctrySubDivision: region,
    postalCode,
    country,
  };
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value)) as Address;
}
