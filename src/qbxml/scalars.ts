/**
 * The simple types of qbXML 13.0: how each is written, and how its text is read.
 *
 * 1. Money is integer cents, written always with two decimals; prices, quantities and percentages are decimals, written
 *    with the decimals they carry (at most five). Nothing is rounded.
 * 2. Writing is strict: limits, forms and characters. Reading an answer (`decode`) forgives what cannot change the
 *    meaning: surrounding blanks, booleans as 1 and 0, lengths.
 * 3. Lengths count UTF-16 units after normalisation, as QuickBooks does.
 */
import { type CalendarDate, isCalendarDate } from '../domain/dates.ts';
import { type Cents, type Decimal, formatCents, formatDecimal, parseCents, parseDecimal } from '../domain/money.ts';
import { sendable } from './characters.ts';
import { Refusal, type Scalar, type Shape } from './declare.ts';

const scalar = <T>(
  form: string,
  shape: Shape,
  parts: {
    decode: (text: string) => T | undefined;
    write: (value: unknown) => string;
    read?: (text: string) => T;
    blankIsAbsent?: boolean;
  },
): Scalar<T> => ({
  kind: 'scalar',
  form,
  shape,
  blankIsAbsent: parts.blankIsAbsent ?? true,
  decode: parts.decode,
  write: parts.write,
  read:
    parts.read ??
    ((text) => {
      const value = parts.decode(text);
      if (value === undefined) throw new Refusal(`${quoted(text)} is not of the form ${form}`, form);
      return value;
    }),
});

/** Text of at most so many characters (no limit when left out). */
export const text = (max = Number.POSITIVE_INFINITY): Scalar<string> => {
  const form = max === Number.POSITIVE_INFINITY ? 'text' : `text of at most ${max} characters`;
  const checked = (value: string): string => {
    if (value.length > max)
      throw new Refusal(`${quoted(value)} has ${value.length} characters, ${max} are allowed`, String(max));
    return value;
  };
  return scalar(
    form,
    { kind: 'text', max },
    {
      decode: (value) => value,
      read: checked,
      write: (value) => checked(sendable(asString(value, form))),
    },
  );
};

/** The name of a list entry, which may not hold the colon that separates levels. */
export const entryName = (max: number): Scalar<string> => {
  const plain = text(max);
  return {
    ...plain,
    shape: { kind: 'text', max, isName: true },
    write: (value) => {
      const written = plain.write(value);
      if (written.includes(':'))
        throw new Refusal(`${quoted(written)} has a colon, which separates levels of a list`, 'no colon');
      if (written.trim() === '') throw new Refusal('a name may not be blank', 'not blank');
      return written;
    },
  };
};

const trimmedText = (
  kind: 'id' | 'editSequence' | 'guid' | 'dateTime' | 'float',
  form: string,
  pattern: RegExp,
): Scalar<string> =>
  scalar(
    form,
    { kind },
    {
      decode: (value) => (pattern.test(value.trim()) ? value.trim() : undefined),
      read: (value) => matching(value, pattern, form),
      write: (value) => matching(asString(value, form), pattern, form),
    },
  );

/** An opaque key. The schema bounds its length only; what we write has no blanks, as QuickBooks' own keys have none. */
const key = (kind: 'id' | 'editSequence', form: string, max: number): Scalar<string> => ({
  ...trimmedText(kind, form, new RegExp(`^[\\x21-\\x7e]{1,${max}}$`)),
  read: (value) => {
    if (value.length > max) throw new Refusal(`${quoted(value)} is longer than ${max} characters`, String(max));
    return value;
  },
});

/** A ListID, TxnID or TxnLineID: opaque, at most 36 characters. `-1` as TxnLineID of a Mod means a new line. */
export const id = key('id', 'ID of at most 36 characters', 36);

/** EditSequence: opaque, at most 16 characters. */
export const editSequence = key('editSequence', 'edit sequence of at most 16 characters', 16);

/** `{8-4-4-4-12}` with braces, or `0`, which as an OwnerID means public custom fields. */
export const guid = trimmedText(
  'guid',
  'GUID in braces, or 0',
  /^(?:0|\{[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\})$/,
);

/** A point in time as QuickBooks writes it, kept as written: its offset is wrong during daylight saving time. */
export const dateTime = trimmedText(
  'dateTime',
  'date and time YYYY-MM-DD[Thh[:mm[:ss[+hh:mm]]]]',
  /^\d{4}-\d{1,2}-\d{1,2}(?:T\d{1,2}(?::\d{1,2}(?::\d{1,2}(?:[+-]\d{1,2}:\d{1,2})?)?)?)?$/,
);

/** AMTTYPE has at most 13 digits before the point. */
const MAX_CENTS = 10 ** 15;

/** AMTTYPE: integer cents. */
export const amount: Scalar<Cents> = scalar(
  'AMTTYPE',
  { kind: 'amount' },
  {
    decode: (value) => parseCents(value.trim()),
    read: (value) => {
      const cents = parseCents(value);
      if (cents === undefined) throw new Refusal(`${quoted(value)} is not an amount with two decimals`, 'AMTTYPE');
      return cents;
    },
    write: (value) => {
      if (typeof value !== 'number' || !Number.isSafeInteger(value) || Math.abs(value) >= MAX_CENTS)
        throw new Refusal(`${shown(value)} is not an amount in whole cents, of at most 15 digits`, 'AMTTYPE');
      return formatCents(value);
    },
  },
);

const decimal = (form: string): Scalar<Decimal> =>
  scalar(
    form,
    { kind: 'decimal' },
    {
      decode: (value) => parseDecimal(value.trim()),
      read: (value) => {
        const parsed = parseDecimal(value);
        if (parsed === undefined)
          throw new Refusal(`${quoted(value)} is not a number with at most five decimals`, form);
        return parsed;
      },
      write: (value) => {
        if (!isDecimal(value))
          throw new Refusal(
            `${shown(value)} is not a decimal {units, scale} with at most ten digits and five decimals`,
            form,
          );
        return formatDecimal(value);
      },
    },
  );

export const price = decimal('PRICETYPE');
export const quantity = decimal('QUANTYPE');
/** 2 means 2 %. */
export const percent = decimal('PERCENTTYPE');

export const bool: Scalar<boolean> = scalar(
  'true or false',
  { kind: 'boolean' },
  {
    decode: (value) => BOOLEANS.get(value.trim().toLowerCase()),
    read: (value) => {
      const parsed = BOOLEANS.get(value);
      if (parsed === undefined) throw new Refusal(`${quoted(value)} is neither true nor false`, 'true or false');
      return parsed;
    },
    write: (value) => {
      if (typeof value !== 'boolean') throw new Refusal(`${shown(value)} is neither true nor false`, 'true or false');
      return String(value);
    },
  },
);
const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** A whole number within the bounds given. */
export const int = ({ min = Number.MIN_SAFE_INTEGER, max = Number.MAX_SAFE_INTEGER } = {}): Scalar<number> => {
  const bounds = `${min === Number.MIN_SAFE_INTEGER ? '' : ` from ${min}`}${max === Number.MAX_SAFE_INTEGER ? '' : ` to ${max}`}`;
  const form = `whole number${bounds}`;
  const within = (value: number): boolean => Number.isSafeInteger(value) && value >= min && value <= max;
  return scalar(
    form,
    { kind: 'integer', min, max },
    {
      decode: (value) => {
        const trimmed = value.trim();
        return /^[+-]?\d{1,16}$/.test(trimmed) && within(Number(trimmed)) ? Number(trimmed) + 0 : undefined;
      },
      write: (value) => {
        if (typeof value !== 'number' || !within(value)) throw new Refusal(`${shown(value)} is not a ${form}`, form);
        return String(value + 0);
      },
    },
  );
};

/** FLOATTYPE, such as an exchange rate: kept as written, since no arithmetic is done with it. */
export const float = trimmedText('float', 'decimal number', /^[+-]?(?:\d{1,12}(?:\.\d{0,9})?|\.\d{1,9})$/);

/** A calendar date. */
export const date: Scalar<CalendarDate> = scalar(
  'date YYYY-MM-DD',
  { kind: 'date' },
  {
    decode: (value) => (isCalendarDate(value.trim()) ? value.trim() : undefined),
    read: (value) => calendarDate(value),
    write: (value) => calendarDate(asString(value, 'date YYYY-MM-DD')),
  },
);

/** One of the values listed, and no other: an answer with another value is a problem. */
export const oneOfValues = <const V extends readonly string[]>(...values: V): Scalar<V[number]> => {
  const known = new Set<string>(values);
  const isKnown = (value: string): value is V[number] => known.has(value);
  const form =
    values.length > 6
      ? `one of ${values.length} values (${values.slice(0, 4).join(', ')}, ...)`
      : `one of ${values.join(', ')}`;
  const checked = (value: string): V[number] => {
    if (!isKnown(value)) throw new Refusal(`${quoted(value)} is not ${form}`, values.join(', '));
    return value;
  };
  return scalar(
    form,
    { kind: 'values', values },
    {
      decode: (value) => (isKnown(value.trim()) ? (value.trim() as V[number]) : undefined),
      read: checked,
      write: (value) => checked(asString(value, form)),
    },
  );
};

/** The values listed as far as they are known: an answer may have another one, as later versions of QuickBooks do. */
export const knownValues = (...values: readonly string[]): Scalar<string> => ({
  ...oneOfValues(...values),
  decode: (value) => value.trim(),
});

/** A value that may be cleared: null writes an empty element, which in a Mod empties the field. */
export const clearable = <T>(content: Scalar<T>): Scalar<T | null> => ({
  ...content,
  form: `${content.form}, or null to clear it`,
  shape: { kind: 'clearable', of: content.shape },
  blankIsAbsent: false,
  decode: (value) => (value.trim() === '' ? null : content.decode(value)),
  read: (value) => (value === '' ? null : content.read(value)),
  write: (value) => (value === null ? '' : content.write(value)),
});

function calendarDate(value: string): CalendarDate {
  if (!isCalendarDate(value)) throw new Refusal(`${quoted(value)} is not a date of the form YYYY-MM-DD`, 'YYYY-MM-DD');
  return value;
}

function matching(value: string, pattern: RegExp, form: string): string {
  if (!pattern.test(value)) throw new Refusal(`${quoted(value)} is not of the form: ${form}`, form);
  return value;
}

function asString(value: unknown, form: string): string {
  if (typeof value !== 'string') throw new Refusal(`${shown(value)} is not a text (${form})`, form);
  return value;
}

function isDecimal(value: unknown): value is Decimal {
  if (typeof value !== 'object' || value === null || !('units' in value) || !('scale' in value)) return false;
  const { units, scale } = value;
  if (typeof units !== 'number' || typeof scale !== 'number') return false;
  return (
    Number.isSafeInteger(units) &&
    Number.isInteger(scale) &&
    scale >= 0 &&
    scale <= 5 &&
    Math.abs(units) < 10 ** (10 + scale)
  );
}

const quoted = (value: string): string => `"${value.length > 60 ? `${value.slice(0, 57)}...` : value}"`;
const shown = (value: unknown): string => (typeof value === 'string' ? quoted(value) : String(JSON.stringify(value)));
