/**
 * Every active vendor of QuickBooks stands in MineralTree once, called the same, and as active. Phone, fax, e-mail, name on
 * checks and address say the same; how they are written (punctuation, capitals, lines, the country) is each system's own.
 */
import type { BothBooks, MineralTreeVendor, QuickBooksVendor } from './books.ts';
import type { Excused } from './exceptions.ts';
import { unlike } from './naming.ts';

export function vendorsAgree({ quickBooks, mineralTree }: BothBooks, excused: Excused): readonly string[] {
  const known = new Map(mineralTree.vendors.map((vendor) => [vendor.externalId, vendor]));
  return quickBooks.vendors.flatMap((vendor) => {
    if (excused.vendors.has(vendor.id)) return [];
    const theirs = known.get(vendor.id);
    if (theirs !== undefined) return differencesOf(vendor, theirs);
    return vendor.active ? [`vendor ${vendor.name} of QuickBooks is not in MineralTree`] : [];
  });
}

function differencesOf(vendor: QuickBooksVendor, theirs: MineralTreeVendor): readonly string[] {
  const { name, active } = vendor;
  return [
    ...(theirs.name === name ? [] : [`vendor ${name} of QuickBooks is called ${theirs.name} in MineralTree`]),
    ...(theirs.active === active
      ? []
      : [`vendor ${name} is ${word(active)} in QuickBooks, ${word(theirs.active)} in MineralTree`]),
    ...unlike(`vendor ${name}`, [
      ['phone', digits(vendor.phone), digits(theirs.phone)],
      ['fax', digits(vendor.fax), digits(theirs.fax)],
      ['e-mail', folded(vendor.email), folded(theirs.email)],
      ['name on checks', tidy(vendor.nameOnCheck), tidy(theirs.legalName)],
      ['address', addressOf(vendor.address), addressOfMineralTree(theirs.address)],
    ]),
  ];
}

function addressOf(address: QuickBooksVendor['address']): string {
  const { addr1, addr2, addr3, addr4, addr5, city, state, postalCode } = address ?? {};
  return words([addr1, addr2, addr3, addr4, addr5, city, state, postalCode]);
}

function addressOfMineralTree(address: MineralTreeVendor['address']): string {
  const { lines = [], town, region, postalCode } = address ?? {};
  return words([...lines, town, region, postalCode]);
}

const words = (parts: readonly (string | undefined)[]): string =>
  parts
    .map(folded)
    .filter((part) => part !== '')
    .join(', ');
const tidy = (text: string | undefined): string => (text ?? '').replaceAll(/\s+/g, ' ').trim();
const folded = (text: string | undefined): string => tidy(text).toLowerCase();

function digits(number: string | undefined): string {
  const found = (number ?? '').replaceAll(/\D/g, '');
  return found.length > 10 && found.startsWith('1') ? found.slice(1) : found;
}

const word = (active: boolean): string => (active ? 'active' : 'inactive');
