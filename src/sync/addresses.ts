/**
 * Postal addresses on both sides: QuickBooks has up to five lines and a country as anybody typed it, MineralTree a country
 * of three letters and no note.
 *
 * 1. An address goes as a whole block, both ways.
 * 2. What the other side cannot hold (the note; a country we cannot name) is kept from what QuickBooks had, never lost.
 */
import type { LedgerAddress } from '../domain/ledger.ts';
import type { PayablesAddress } from '../domain/payables.ts';

/** Countries as people write them in QuickBooks, in lower case without full stops; others must be ISO 3166 three-letter codes. */
const COUNTRIES: Readonly<Record<string, string>> = {
  us: 'USA',
  'united states': 'USA',
  'united states of america': 'USA',
  ca: 'CAN',
  canada: 'CAN',
  mx: 'MEX',
  mexico: 'MEX',
  uk: 'GBR',
  gb: 'GBR',
  'united kingdom': 'GBR',
  'great britain': 'GBR',
  england: 'GBR',
  ireland: 'IRL',
  germany: 'DEU',
  deutschland: 'DEU',
  france: 'FRA',
  spain: 'ESP',
  italy: 'ITA',
  netherlands: 'NLD',
  belgium: 'BEL',
  switzerland: 'CHE',
  austria: 'AUT',
  sweden: 'SWE',
  norway: 'NOR',
  denmark: 'DNK',
  finland: 'FIN',
  poland: 'POL',
  portugal: 'PRT',
  israel: 'ISR',
  india: 'IND',
  china: 'CHN',
  japan: 'JPN',
  'south korea': 'KOR',
  singapore: 'SGP',
  'hong kong': 'HKG',
  taiwan: 'TWN',
  australia: 'AUS',
  'new zealand': 'NZL',
  brazil: 'BRA',
};

/** The three letters of a country as typed; undefined when it cannot be told. */
export function countryCode(typed: string | undefined): string | undefined {
  const text = (typed ?? '').replaceAll('.', '').trim();
  if (/^[A-Za-z]{3}$/.test(text)) return text.toUpperCase();
  const key = text.toLowerCase();
  return Object.hasOwn(COUNTRIES, key) ? COUNTRIES[key] : undefined;
}

/** QuickBooks' address as MineralTree keeps it; undefined for none or an empty one. */
export function toPayablesAddress(address: LedgerAddress | undefined): PayablesAddress | undefined {
  if (address === undefined) return undefined;
  const country = countryCode(address.country);
  const mapped: PayablesAddress = {
    lines: address.lines,
    ...(address.city === undefined ? {} : { town: address.city }),
    ...(address.state === undefined ? {} : { region: address.state }),
    ...(address.postalCode === undefined ? {} : { postalCode: address.postalCode }),
    ...(country === undefined ? {} : { country }),
  };
  return isEmpty(mapped) ? undefined : mapped;
}

/**
 * MineralTree's address as QuickBooks keeps it, in place of the one QuickBooks has: the note stays, and so does the country
 * as typed there while it means the one that MineralTree names (or MineralTree names none, where it could not be told).
 */
export function toLedgerAddress(
  address: PayablesAddress | undefined,
  before: LedgerAddress | undefined,
): LedgerAddress | undefined {
  if (address === undefined || isEmpty(address)) return undefined;
  const country = countryCode(before?.country) === address.country ? before?.country : address.country;
  return {
    lines: address.lines,
    ...(address.town === undefined ? {} : { city: address.town }),
    ...(address.region === undefined ? {} : { state: address.region }),
    ...(address.postalCode === undefined ? {} : { postalCode: address.postalCode }),
    ...(country === undefined ? {} : { country }),
    ...(before?.note === undefined ? {} : { note: before.note }),
  };
}

/** One line for a person: the parts with commas between them; "(none)" for no address. */
export function writtenAddress(address: LedgerAddress | PayablesAddress | undefined): string {
  if (address === undefined) return '(none)';
  const town = 'city' in address || 'state' in address ? [address.city, address.state] : townOf(address);
  const parts = [...address.lines, ...town, address.postalCode, address.country];
  return parts.filter((part) => part !== undefined && part !== '').join(', ') || '(none)';
}

const townOf = (address: LedgerAddress | PayablesAddress): readonly (string | undefined)[] =>
  'town' in address || 'region' in address ? [address.town, address.region] : [];

const isEmpty = (address: PayablesAddress): boolean =>
  address.lines.every((line) => line === '') &&
  [address.town, address.region, address.postalCode, address.country].every((part) => part === undefined);
