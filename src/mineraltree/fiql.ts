/**
 * Search expressions, in the subset of FIQL that MineralTree's search takes (API guide; quoting and the wildcard as its
 * public clients use them).
 *
 * 1. Expressions come from these functions alone; no text from outside gets in unquoted.
 * 2. The subset has no escape sequence. A text is put in the kind of quotes that it does not contain; one that has both
 *    kinds, a backslash, the wildcard `*` or a control character cannot be asked for and is refused.
 */
import { MineralTreeError } from './errors.ts';

export interface Fiql {
  readonly fiql: string;
}

export type FiqlValue = string | number;

const FIELD = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/;
const MAX_TEXT = 512;

/** field == value. An empty text asks for records in which the field is empty. */
export const equal = (field: string, value: FiqlValue): Fiql => comparison(field, '==', literal(value));

export const isEmpty = (field: string): Fiql => equal(field, '');

/** field is one of the values, of which there is at least one. */
export const oneOf = (field: string, values: readonly FiqlValue[]): Fiql => comparison(field, '=in=', list(values));

/** field is none of the values, of which there is at least one. */
export const noneOf = (field: string, values: readonly FiqlValue[]): Fiql => comparison(field, '=out=', list(values));

/** field at or after an instant (ISO 8601 in UTC, as MineralTree writes `modified`). */
export const notBefore = (field: string, instant: string): Fiql => comparison(field, '=ge=', instantLiteral(instant));

/** All of the expressions hold. */
export const all = (...expressions: readonly Fiql[]): Fiql => ({
  fiql: expressions
    .map((expression) => expression.fiql)
    .filter((fiql) => fiql !== '')
    .join(';'),
});

/** No condition: every record of the view. */
export const everything: Fiql = { fiql: '' };

function comparison(field: string, operator: string, argument: string): Fiql {
  if (!FIELD.test(field)) throw unwritable('not the name of a search field');
  return { fiql: `${field}${operator}${argument}` };
}

function list(values: readonly FiqlValue[]): string {
  if (values.length === 0) throw unwritable('a list to search in is empty');
  return `(${values.map(literal).join(',')})`;
}

function literal(value: FiqlValue): string {
  if (typeof value === 'string') return quoted(value);
  if (!Number.isSafeInteger(value)) throw unwritable('only whole numbers can be searched for');
  return String(value);
}

function quoted(text: string): string {
  if (text.length > MAX_TEXT) throw unwritable(`a text of more than ${MAX_TEXT} characters cannot be searched for`);
  if (/[\p{Cc}\p{Surrogate}\\*]/u.test(text))
    throw unwritable('a text with control characters, backslash or asterisk cannot be searched for');
  if (!text.includes("'")) return `'${text}'`;
  if (!text.includes('"')) return `"${text}"`;
  throw unwritable('a text with both kinds of quotes cannot be searched for');
}

function instantLiteral(instant: string): string {
  if (!INSTANT.test(instant) || Number.isNaN(Date.parse(instant))) throw unwritable('not an instant in UTC');
  return instant;
}

const unwritable = (message: string): MineralTreeError =>
  new MineralTreeError('unwritable', message, { outcome: 'notSent' });
