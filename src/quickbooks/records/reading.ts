/** Reading a field that a record of QuickBooks must have, with the path of the one that is missing. */
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
