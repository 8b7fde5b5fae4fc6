/**
 * Three-way merge of a vendor: field by field for phone, fax, e-mail and name on check, as one block for the address.
 *
 * 1. A side has changed when it differs from what it held itself when both were last in step; in MineralTree only when it
 *    says something else, for MineralTree writes phone numbers and addresses its own way.
 * 2. Changed on one side: it goes to the other. Changed on both, and not to the same: nothing is written for that field,
 *    and both values are shown, until a person makes them equal or puts one back.
 * 3. Nothing that a person entered is dropped without being carried over or shown.
 * 4. A company can switch edits from MineralTree off: they are then left alone, and QuickBooks' changes still go over.
 * 5. Name, activity and account number are QuickBooks' alone.
 */
import type { LedgerVendor } from '../domain/ledger.ts';
import type { Draft, PayablesVendor } from '../domain/payables.ts';
import { toLedgerAddress, toPayablesAddress, writtenAddress } from './addresses.ts';
import { PAYABLES_FIELD, saysTheSame } from './contactMeaning.ts';
import { sameJson } from './digest.ts';
import type { Finding } from './finding.ts';
import type { PushLink, VendorBase } from './links.ts';
import { type Changes, decidePush, isEmpty } from './push.ts';
import {
  CONTACT_FIELDS,
  type ContactField,
  type ContactOfLedger,
  type ContactOfPayables,
  contactOfLedger,
} from './vendorMapping.ts';

export interface VendorMerge {
  /** To be written to QuickBooks: give it to `planVendorMod`. Undefined when there is nothing. */
  readonly toLedger?: Changes<ContactOfLedger>;
  /** To be written to MineralTree. Undefined when there is nothing. */
  readonly toPayables?: Changes<ContactOfPayables>;
  readonly conflicts: readonly Finding[];
  /** Fields that are in step once `toPayables` is written: move the base for them with `movedBase`. */
  readonly settled: readonly ContactField[];
  /** Fields that are in step once `toLedger` is confirmed. */
  readonly posting: readonly ContactField[];
}

export interface VendorSides {
  readonly ledger: ContactOfLedger;
  readonly payables: ContactOfPayables;
}

const FIELD_WORDS: Readonly<Record<ContactField, string>> = {
  phone: 'The phone number',
  fax: 'The fax number',
  email: 'The e-mail address',
  nameOnCheck: 'The name on checks',
  address: 'The address',
};

/** Merges the contact fields of a linked vendor. `payables` is MineralTree's vendor, or the base where it was not read. */
export function mergeVendor(
  input: VendorSides & { readonly name: string; readonly base: VendorBase; readonly vendorEdits: boolean },
): VendorMerge {
  const { ledger, payables, base } = input;
  const toLedger: [ContactField, unknown][] = [];
  const toPayables: [string, unknown][] = [];
  const conflicts: Finding[] = [];
  const settled: ContactField[] = [];
  const posting: ContactField[] = [];
  for (const field of CONTACT_FIELDS) {
    const name = PAYABLES_FIELD[field];
    const [mine, theirs] = [asPayables(field, ledger), payables[name]];
    const ledgerChanged = !sameJson(ledger[field], base.ledger[field]);
    const payablesChanged = input.vendorEdits && !saysTheSame(field, payables, base.payables);
    const agree = sameJson(mine, theirs) || (payablesChanged && ledgerChanged && alike(field, ledger, payables));
    if (agree) {
      if (ledgerChanged || payablesChanged) settled.push(field);
    } else if (ledgerChanged && payablesChanged) {
      conflicts.push(conflict(input.name, field, input));
    } else if (ledgerChanged) {
      toPayables.push([name, mine ?? null]);
      settled.push(field);
    } else if (payablesChanged) {
      toLedger.push([field, asLedger(field, payables, ledger) ?? null]);
      posting.push(field);
    }
  }
  return {
    ...(toLedger.length === 0 ? {} : { toLedger: Object.fromEntries(toLedger) }),
    ...(toPayables.length === 0 ? {} : { toPayables: Object.fromEntries(toPayables) }),
    conflicts,
    settled,
    posting,
  };
}

/** The base after these fields came into step: each side's value as that side has it now, the other fields as before. */
export function movedBase(base: VendorBase, now: VendorSides, fields: readonly ContactField[]): VendorBase {
  let { ledger, payables } = base;
  for (const field of fields) {
    ledger = withField(ledger, field, now.ledger);
    payables = withField(payables, PAYABLES_FIELD[field], now.payables);
  }
  return { ledger, payables };
}

/** Everything that follows for a linked vendor: the merge, with what QuickBooks alone decides added to `toPayables`. */
export function decideVendor(input: {
  readonly vendor: LedgerVendor;
  readonly desired: Draft<PayablesVendor>;
  readonly link: PushLink<Draft<PayablesVendor>> & { readonly base: VendorBase };
  /** As MineralTree has it now; absent when it was not read because nothing changed there. */
  readonly payables?: PayablesVendor;
  readonly vendorEdits: boolean;
}): Omit<VendorMerge, 'toPayables'> & { readonly toPayables?: Changes<Draft<PayablesVendor>> } {
  const { vendor, desired, link, payables, vendorEdits } = input;
  const push = decidePush({ kind: 'vendor', desired, link });
  const pushed = push.kind === 'update' ? Object.entries(push.changes) : [];
  const { toPayables: contact, ...merge } = mergeVendor({
    name: vendor.name,
    ledger: contactOfLedger(vendor),
    payables: payables ?? link.base.payables,
    base: link.base,
    vendorEdits,
  });
  const own = Object.fromEntries(pushed.filter(([field]) => !CONTACT_OF_PAYABLES.has(field)));
  const toPayables: Changes<Draft<PayablesVendor>> = { ...own, ...contact };
  return isEmpty(toPayables) ? merge : { ...merge, toPayables };
}

const CONTACT_OF_PAYABLES: ReadonlySet<string> = new Set(Object.values(PAYABLES_FIELD));

const asPayables = (field: ContactField, ledger: ContactOfLedger): unknown =>
  field === 'address' ? toPayablesAddress(ledger.address) : ledger[field];

/** Whether QuickBooks' value says what MineralTree's says. */
const alike = (field: ContactField, ledger: ContactOfLedger, payables: ContactOfPayables): boolean => {
  const mine = asPayables(field, ledger);
  return saysTheSame(field, { ...payables, [PAYABLES_FIELD[field]]: mine }, payables);
};

const asLedger = (field: ContactField, payables: ContactOfPayables, before: ContactOfLedger): unknown =>
  field === 'address' ? toLedgerAddress(payables.address, before.address) : payables[PAYABLES_FIELD[field]];

/** One field of a side replaced by what stands there now; an absent value leaves no field. */
function withField(side: object, field: string, now: object): object {
  const value = new Map(Object.entries(now)).get(field);
  const others = Object.entries(side).filter(([name]) => name !== field);
  return Object.fromEntries(value === undefined ? others : [...others, [field, value]]);
}

function conflict(vendor: string, field: ContactField, { ledger, payables }: VendorSides): Finding {
  const [mine, theirs] =
    field === 'address'
      ? [writtenAddress(ledger.address), writtenAddress(payables.address)]
      : [ledger[field] ?? '(nothing)', payables[PAYABLES_FIELD[field]] ?? '(nothing)'];
  return {
    code: 'vendorConflict',
    part: field,
    params: { vendor, what: FIELD_WORDS[field], quickBooks: mine, mineralTree: theirs },
  };
}
