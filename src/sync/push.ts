/**
 * What is to be written to MineralTree for one QuickBooks record: create, update, adopt, nothing, or a problem.
 *
 * 1. Nothing to say means: the draft is the one that was last written. Then what MineralTree made of it does not matter,
 *    and a field that MineralTree normalises is not written again and again.
 * 2. Only fields that differ from what MineralTree read back after our last write are written; what people changed there
 *    in other fields stays.
 * 3. A record that names ours by its externalId, or that the first day matched, is adopted; so are terms of the same name,
 *    days and percent. One that only looks the same is a problem, never a second record and never a guess.
 */
import { formatCents, trimDecimal } from '../domain/money.ts';
import { digestOf, sameJson } from './digest.ts';
import type { Finding } from './finding.ts';
import type { PushLink } from './links.ts';
import { type NaturalKeyFields, naturalKeyOf, type PayablesKind } from './payablesKinds.ts';

/** Fields to change: a value, or null for one that is to be emptied. */
export type Changes<D> = { readonly [F in keyof D]?: undefined extends D[F] ? D[F] | null : D[F] };

export type PushDecision<D> =
  | { readonly kind: 'create'; readonly draft: D }
  | { readonly kind: 'update'; readonly payablesId: string; readonly draft: D; readonly changes: Changes<D> }
  | { readonly kind: 'nothing' }
  /** A record that names ours already: link it, then write what differs, if anything does. */
  | { readonly kind: 'adopt'; readonly payablesId: string; readonly draft: D; readonly changes: Changes<D> }
  | { readonly kind: 'problem'; readonly problems: readonly Finding[] };

/** A draft of any kind: what tells it from others. */
export interface Pushable extends NaturalKeyFields {
  readonly externalId?: string;
}

export interface PushInput<D> {
  readonly kind: PayablesKind;
  /** What `map...` made of the QuickBooks record. */
  readonly desired: D;
  readonly link?: PushLink<D>;
  /** When there is no link: what MineralTree holds with the same externalId or the same `naturalKeyOf`. */
  readonly found?: readonly (D & { readonly id: string })[];
  /** What the first day found out of records of MineralTree, by their ID: the same as ours, or another one. */
  readonly said?: ReadonlyMap<string, boolean>;
}

/** How sentences call a kind of record in MineralTree. */
const KIND_NAMES: Readonly<Record<PayablesKind, string>> = {
  glAccount: 'the account',
  paymentMethod: 'the payment account',
  classification: 'the class',
  project: 'the customer or job',
  item: 'the item',
  term: 'the terms',
  vendor: 'the vendor',
  invoice: 'the bill',
};

/** Decides for one record. What a linked bill needs beside this, when people edit both sides, is in `decideBillChange`. */
export function decidePush<D extends Pushable>(input: PushInput<D>): PushDecision<D> {
  const { kind, desired, link, found = [], said } = input;
  if (link !== undefined) {
    if (link.pushedDigest === digestOf(desired)) return { kind: 'nothing' };
    const changes = changedFields(desired, link.readBack);
    if (isEmpty(changes)) return { kind: 'nothing' };
    return { kind: 'update', payablesId: link.payablesId, draft: desired, changes };
  }
  const ours = found.filter(({ id, externalId }) => said?.get(id) === true || externalId === desired.externalId);
  const [only, ...others] = ours;
  if (others.length > 0) return problem('ambiguousInMineralTree', kind, desired, { count: String(ours.length) });
  if (only !== undefined)
    return { kind: 'adopt', payablesId: only.id, draft: desired, changes: changedFields(desired, only) };
  const key = naturalKeyOf(kind, desired);
  const alike = found.filter(
    (record) =>
      record.externalId === undefined &&
      said?.get(record.id) !== false &&
      naturalKeyOf(kind, record) === key &&
      !(kind === 'term' && isInactive(record)),
  );
  const [same, ...more] = alike;
  // Terms are what they say: nobody can tell two of one name, days and percent apart, and MineralTree takes no key later.
  if (kind === 'term' && same !== undefined && more.length === 0 && isEmpty(changedFields(desired, same)))
    return { kind: 'adopt', payablesId: same.id, draft: desired, changes: {} };
  return alike.length > 0 ? problem('unmatchedOnFirstDay', kind, desired, {}) : { kind: 'create', draft: desired };
}

/** Terms that nobody uses any more: those of QuickBooks take their place. */
const isInactive = (record: object): boolean => 'active' in record && record.active === false;

/**
 * The fields of a draft that differ from a record, with null for those that the draft lacks and the record has. The
 * externalId is never among them: MineralTree keeps the first for good. Of a reference only its ID counts, of a decimal
 * only its number.
 */
export function changedFields<D extends object>(desired: D, record: D): Changes<D> {
  const [wanted, had] = [new Map(Object.entries(desired)), new Map(Object.entries(record))];
  const fields = [...new Set([...wanted.keys(), ...had.keys()])].filter((field) => !UNWRITTEN.has(field));
  const changed = fields
    .filter((field) => differs(wanted.get(field), had.get(field)))
    .map((field) => [field, wanted.get(field) ?? null]);
  return Object.fromEntries(changed);
}

const differs = (a: unknown, b: unknown): boolean => !sameJson(a, b) && !sameJson(comparable(a), comparable(b));

export const isEmpty = (changes: object): boolean => Object.keys(changes).length === 0;

const UNWRITTEN: ReadonlySet<string> = new Set(['id', 'modified', 'externalId', 'appliedDiscountCents']);

/** A value for comparison: references by ID alone, decimals without zeros at the end. */
export function comparable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(comparable);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value);
  const { id, units, scale } = Object.fromEntries(fields);
  if (typeof id === 'string') return id;
  if (typeof units === 'number' && typeof scale === 'number') return trimDecimal({ units, scale });
  return Object.fromEntries(fields.map(([key, held]) => [key, comparable(held)]));
}

function problem(
  code: 'ambiguousInMineralTree' | 'unmatchedOnFirstDay',
  kind: PayablesKind,
  record: Pushable,
  params: Readonly<Record<string, string>>,
): { readonly kind: 'problem'; readonly problems: readonly Finding[] } {
  const named = { what: KIND_NAMES[kind], name: nameOf(record), ledgerId: record.externalId ?? '' };
  return { kind: 'problem', problems: [{ code, params: { ...named, ...params } }] };
}

function nameOf(record: NaturalKeyFields): string {
  if (record.name !== undefined) return record.name;
  const amount = record.amountCents === undefined ? '' : ` over ${formatCents(record.amountCents)}`;
  return record.invoiceNumber ?? `of ${record.transactionDate ?? 'unknown date'}${amount}`;
}
