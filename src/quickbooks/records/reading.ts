/** Reading a field that a record of QuickBooks must have, with the path of the one that is missing. */
import { mostCharacters } from '../../domain/billFields.ts';
import type { ListRef } from '../../domain/ledger.ts';

/** A record that QuickBooks sent and that cannot be used. Never leaves the readers of answers. */
export class UnusableRecord extends Error {
  override readonly name = 'UnusableRecord';
}

/** The value, or `UnusableRecord` naming the element. */
export function needed<T>(value: T | undefined, path: string): T {
  if (value === undefined) throw new UnusableRecord(`${path} is missing`);
  return value;
}

/** A text that may be left out: an empty one is the same as none. */
export const textOrNone = (value: string | undefined): string | undefined =>
  value === undefined || value === '' ? undefined : value;

/** A reference with its ID; undefined where it is left out or names nothing. */
export function refOrNone(
  ref: { readonly ListID?: string; readonly FullName?: string } | undefined,
): ListRef | undefined {
  return ref?.ListID === undefined ? undefined : { id: ref.ListID, name: ref.FullName ?? '' };
}

/** The fields that have a value: what QuickBooks left out is absent, never undefined. */
export function present<T extends Readonly<Record<string, unknown>>>(fields: T): Present<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Present<T>;
}
type Present<T> = { readonly [K in keyof T]?: Exclude<T[K], undefined> };

/** Longest texts that a record may carry, by field; QuickBooks itself keeps to much less. Texts of bills declare theirs. */
const LONGEST: ReadonlyMap<string, number> = new Map([
  ['email', 1_100],
  ['name', 1_000],
  ['fullName', 1_000],
  ['refNumber', 40],
]);
const LONGEST_OTHER = 300;
const MOST_LINES = 20_000;

/** Passes a record whose texts and lists are of bearable size; `UnusableRecord` names the field of one that is not. */
export function bearable<T>(record: T): T {
  checkSizes(record, '');
  return record;
}

function checkSizes(value: unknown, path: string): void {
  if (typeof value === 'string') {
    const field = path.slice(path.lastIndexOf('/') + 1);
    const most = mostCharacters(field) ?? LONGEST.get(field) ?? LONGEST_OTHER;
    if (value.length > most) throw new UnusableRecord(`${path} has ${value.length} characters, ${most} are allowed`);
  } else if (Array.isArray(value)) {
    if (value.length > MOST_LINES)
      throw new UnusableRecord(`${path} has ${value.length} entries, ${MOST_LINES} are allowed`);
    for (const entry of value) checkSizes(entry, path);
  } else if (typeof value === 'object' && value !== null)
    for (const [key, inner] of Object.entries(value)) checkSizes(inner, path === '' ? key : `${path}/${key}`);
}
