/**
 * A modification of a QuickBooks vendor from an edit made in MineralTree: the changed fields alone, the address as a whole.
 * What is too long, or holds what QuickBooks cannot keep, is named before anything is sent.
 */
import type { LedgerAddress, LedgerVendor } from '../domain/ledger.ts';
import type { Finding, Planned } from './finding.ts';
import { ledgerText, refusedText } from './ledgerText.ts';
import type { VendorModPlan } from './plans.ts';
import type { Changes } from './push.ts';
import type { ContactOfLedger } from './vendorMapping.ts';

/** Longest texts of a vendor (qbXML 13.0). */
const FIELDS = [
  ['phone', 'The phone number', 21],
  ['fax', 'The fax number', 21],
  ['email', 'The e-mail address', 1023],
  ['nameOnCheck', 'The name on checks', 41],
] as const;
const ADDRESS_PARTS = [
  ['city', 'The town', 31],
  ['state', 'The state', 21],
  ['postalCode', 'The postal code', 13],
  ['country', 'The country', 31],
  ['note', 'The note', 41],
] as const;
const MAX_ADDRESS_LINE = 41;
const MAX_ADDRESS_LINES = 5;

/** The plan of a modification, or everything that stands in its way. `changes` is what `mergeVendor` wants in QuickBooks. */
export function planVendorMod(vendor: LedgerVendor, changes: Changes<ContactOfLedger>): Planned<VendorModPlan> {
  const problems: Finding[] = [];
  const record = `the vendor ${vendor.name}`;
  const checked = (what: string, text: string | undefined, limit: number, part: string): string | undefined => {
    const plain = ledgerText(text);
    problems.push(...refusedText(plain, limit, { what, record, part }));
    return plain;
  };
  const texts = FIELDS.flatMap(([field, what, limit]) => {
    const change = changes[field];
    if (change === undefined) return [];
    return [[field, change === null ? null : (checked(what, change, limit, field) ?? null)] as const];
  });
  const fields: Omit<VendorModPlan['match']['target'], 'address'> = Object.fromEntries(texts);
  const address =
    changes.address === undefined
      ? {}
      : { address: changes.address === null ? null : checkedAddress(changes.address, checked) };
  const lines = changes.address?.lines.length ?? 0;
  if (lines > MAX_ADDRESS_LINES)
    problems.push({
      code: 'textTooLong',
      part: 'address',
      params: { what: 'The address', record, length: `${lines} lines`, limit: String(MAX_ADDRESS_LINES) },
    });
  if (problems.length > 0) return { problems };
  const target = { ...fields, ...address };
  const { id: listId, editSequence } = vendor;
  return {
    plan: { kind: 'VendorMod', listId, editSequence, ...target, match: { listId, editSequence, target }, dates: [] },
  };
}

type Checked = (what: string, text: string | undefined, limit: number, part: string) => string | undefined;

/** The address with each part as QuickBooks can keep it; null when nothing is left of it. */
function checkedAddress(address: LedgerAddress, checked: Checked): LedgerAddress | null {
  const lines = address.lines.flatMap((line, index) => {
    const what = `Line ${index + 1} of the address`;
    return checked(what, line, MAX_ADDRESS_LINE, `address ${index}`) ?? [];
  });
  const parts = ADDRESS_PARTS.flatMap(([part, what, limit]) => {
    const plain = checked(what, address[part], limit, `address ${part}`);
    return plain === undefined ? [] : [[part, plain] as const];
  });
  return lines.length === 0 && parts.length === 0 ? null : { lines, ...Object.fromEntries(parts) };
}
