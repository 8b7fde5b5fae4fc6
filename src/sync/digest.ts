/**
 * Canonical JSON and its digest: whether two versions of a record are the same, whatever the order of their keys.
 *
 * 1. Keys are sorted; a key whose value is undefined is as good as absent; the order of an array matters.
 * 2. Two values have the same canonical JSON exactly when they are the same JSON data.
 */
import { createHash } from 'node:crypto';

/** JSON with sorted keys and without undefined ones. Undefined itself is written `null`. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? 'null';
}

/** SHA-256 of the canonical JSON, its first 128 bits as 32 hexadecimal digits. */
export function digestOf(value: unknown): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);
}

/** Whether two values are the same JSON data. */
export const sameJson = (a: unknown, b: unknown): boolean => a === b || canonicalJson(a) === canonicalJson(b);

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value)
    .filter(([, held]) => held !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    .map(([key, held]) => [key, sorted(held)]);
  // A prototype-free object: `__proto__` is a key like any other.
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}
