/**
 * Canonical JSON and its digest: whether two versions of a record are the same, whatever the order of their keys.
 *
 * 1. Keys are sorted; a key whose value is undefined is as good as absent; the order of an array matters.
 * 2. Two values have the same canonical JSON exactly when they are the same JSON data.
 */
import { createHash } from 'node:crypto';

/** JSON with sorted keys and without undefined ones. Undefined itself is written `null`. */
export const canonicalJson = (value: unknown): string => written(value) ?? 'null';

/** SHA-256 of the canonical JSON, its first 128 bits as 32 hexadecimal digits. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);
}

/** Whether two values are the same JSON data. Nothing is written for that: most values are compared, not kept. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (!isBranch(a) || !isBranch(b)) return !isBranch(a) && !isBranch(b) && canonicalJson(a) === canonicalJson(b);
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((held, at) => sameJson(held, b[at]))
    );
  let more = 0;
  for (const key of Object.keys(a)) {
    if (isAbsent(a[key])) continue;
    if (!Object.hasOwn(b, key) || isAbsent(b[key]) || !sameJson(a[key], b[key])) return false;
    more -= 1;
  }
  for (const key of Object.keys(b)) if (!isAbsent(b[key])) more += 1;
  return more === 0;
}

/** Written as it is walked, for a record is digested more often than anything else is done with it. */
function written(value: unknown): string | undefined {
  if (!isBranch(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  let json = '';
  for (const key of Object.keys(value).sort()) {
    const held = written(value[key]);
    if (held !== undefined) json += `${json === '' ? '' : ','}${JSON.stringify(key)}:${held}`;
  }
  return `{${json}}`;
}

/** What JSON has no form for. */
const isAbsent = (value: unknown): boolean =>
  value === undefined || typeof value === 'function' || typeof value === 'symbol';

/** An object or a list. */
const isBranch = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;
