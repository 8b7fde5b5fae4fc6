/**
 * Whether two versions of a contact field in MineralTree say the same.
 *
 * 1. What MineralTree makes of a value by itself, at once or later (a phone number without punctuation, an address in
 *    capitals, a country as three letters), is no edit of a person and never goes back to QuickBooks.
 * 2. A person who changes nothing but that is not carried over either: QuickBooks keeps its own way of writing.
 * 3. The name on checks is taken as it stands, but for spaces: it is printed.
 */
import type { PayablesAddress } from '../domain/payables.ts';
import { countryCode } from './addresses.ts';
import { sameJson } from './digest.ts';
import type { ContactField, ContactOfPayables } from './vendorMapping.ts';

/** What MineralTree calls each field. */
export const PAYABLES_FIELD = {
  phone: 'phone',
  fax: 'fax',
  email: 'email',
  nameOnCheck: 'legalName',
  address: 'address',
} as const satisfies Record<ContactField, keyof ContactOfPayables>;

/** Whether a field says the same in two versions of a vendor in MineralTree. */
export const saysTheSame = (field: ContactField, a: ContactOfPayables, b: ContactOfPayables): boolean =>
  sameJson(meaningOf(field, a), meaningOf(field, b));

function meaningOf(field: ContactField, contact: ContactOfPayables): unknown {
  switch (field) {
    case 'phone':
    case 'fax':
      return digitsOf(contact[field]);
    case 'email':
      return tidy(contact.email)?.toLowerCase();
    case 'nameOnCheck':
      return tidy(contact.legalName);
    case 'address':
      return contact.address === undefined ? undefined : addressMeaning(contact.address);
  }
}

/** The digits of a number, without the 1 of North America; a number without digits as it stands. */
function digitsOf(number: string | undefined): string | undefined {
  const digits = (number ?? '').replaceAll(/\D/g, '');
  if (digits === '') return tidy(number)?.toLowerCase();
  return digits.length > 10 && digits.startsWith('1') ? digits.slice(1) : digits;
}

function addressMeaning({ lines, town, region, postalCode, country }: PayablesAddress): unknown {
  const folded = (text: string | undefined): string | undefined => tidy(text)?.toLowerCase();
  const parts = { town: folded(town), region: folded(region), postalCode: folded(postalCode) };
  const meaning = {
    ...parts,
    lines: lines.flatMap((line) => folded(line) ?? []),
    country: countryCode(country) ?? folded(country),
  };
  return meaning.lines.length === 0 && sameJson({ ...parts, country: meaning.country }, {}) ? undefined : meaning;
}

/** Without spaces at the ends, one between words; undefined for nothing. */
function tidy(text: string | undefined): string | undefined {
  const plain = (text ?? '').replaceAll(/\s+/g, ' ').trim();
  return plain === '' ? undefined : plain;
}
