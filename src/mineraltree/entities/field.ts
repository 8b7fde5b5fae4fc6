/**
 * Fields of MineralTree's entities: how one value of a plain record stands in the API's JSON, both ways.
 *
 * 1. Reading is strict: money with another precision than 2 or another currency than USD, a time of day in a date, a
 *    number that is not exact, a text with NUL or half a character is a reason to refuse the record, never a value that
 *    is mended.
 * 2. null, absent and blank are the same on reading, and become an absent field. On writing, null empties a field.
 *
 * Source of the forms: the API guide, value types. Blank text to empty a text and null to empty a reference are
 * unverified against a live MineralTree.
 */
import { z } from 'zod';
import { dateFromTimestamp } from '../../domain/dates.ts';
import { type Cents, type Decimal, formatDecimal, parseDecimal } from '../../domain/money.ts';
import type { PayablesRef } from '../../domain/payables.ts';
import { MineralTreeError } from '../errors.ts';

export interface Field<V> {
  /**
   * The property of the wire object; fields that share one are lists, joined on writing. `a.b` is the part b of a
   * property a: it is written where a is, and where a is not there is no place for it.
   */
  readonly wire: string;
  readonly schema: z.ZodType<V | undefined>;
  /** The value in JSON; null empties the field. Absent for a field that MineralTree gives and does not take. */
  readonly write?: (value: V | null) => unknown;
}

const MAX_TEXT = 8192;
const MAX_SCALE = 5;

const storable = z
  .string()
  .max(MAX_TEXT, `longer than ${MAX_TEXT} characters`)
  .refine((text) => !/[\0\p{Surrogate}]/u.test(text), 'has NUL or half a character');

/** A text that must be there. */
export const requiredText = (wire: string): Field<string> => ({
  wire,
  schema: storable.refine((text) => text.trim() !== '', 'is blank'),
  write: (value) => value ?? '',
});

export const blankable = storable
  .nullish()
  .transform((text) => (text == null || text.trim() === '' ? undefined : text));

export const text = (wire: string): Field<string> => ({
  wire,
  schema: blankable,
  write: (value) => value ?? '',
});

export const flag = (wire: string, whenAbsent: boolean): Field<boolean> => ({
  wire,
  schema: z
    .boolean()
    .nullish()
    .transform((value) => value ?? whenAbsent),
  write: (value) => value ?? whenAbsent,
});

export const optionalFlag = (wire: string): Field<boolean> => ({
  wire,
  schema: z
    .boolean()
    .nullish()
    .transform((value) => value ?? undefined),
  write: (value) => value,
});

/** One of the values; any other is a reason to refuse the record. */
export const choice = <const V extends string>(wire: string, values: readonly V[]): Field<V> => ({
  wire,
  schema: z.enum(values),
  write: (value) => value,
});

const days = z.int().min(0).max(36_500);
export const dayCount = (wire: string): Field<number> => ({ wire, schema: days, write: (value) => value });
export const optionalDayCount = (wire: string): Field<number> => ({
  wire,
  schema: days.nullish().transform((value) => value ?? undefined),
  write: (value) => value,
});
const wholes = z.int().min(0).max(Number.MAX_SAFE_INTEGER);
/** A number that counts or names something: a status, a check. */
export const wholeNumber = (wire: string): Field<number> => ({ wire, schema: wholes, write: (value) => value });
export const optionalWhole = (wire: string): Field<number> => ({
  wire,
  schema: wholes.nullish().transform((value) => value ?? undefined),
  write: (value) => value,
});
/** The place of a line, from 0. */
export const lineNumber = (wire: string): Field<number> => ({
  wire,
  schema: z.int().min(0).max(1_000_000),
  write: (value) => value,
});

const calendarDate = z.string().transform((value, context) => {
  const date = dateFromTimestamp(value);
  if (date !== undefined) return date;
  context.addIssue({ code: 'custom', message: 'not a calendar date, or one with a time of day' });
  return z.NEVER;
});
export const date = (wire: string): Field<string> => ({ wire, schema: calendarDate, write: (value) => value });
export const optionalDate = (wire: string): Field<string> => ({
  wire,
  schema: z.preprocess((value) => (value === '' || value == null ? undefined : value), calendarDate.optional()),
  write: (value) => value,
});

const dollars = z
  .string()
  .nullish()
  .refine((code) => code == null || code === '' || code === 'USD', 'another currency than USD');
const whole = z.int().transform((value) => (value === 0 ? 0 : value));

/** JSON would turn what is not a number into null, and an amount into none. */
function exact(units: number): number {
  if (!Number.isSafeInteger(units)) throw unwritable('an amount that is not a whole number');
  return units;
}

/** An amount of money on the wire, as cents. */
export const wireMoney = z
  .object(
    {
      amount: whole,
      precision: z.literal(2, 'money with another precision than 2 is not rescaled'),
      currency: dollars,
    },
    { error: ({ input }) => (input == null ? 'is not set' : 'not an amount of money') },
  )
  .transform(({ amount }): Cents => amount);

export const writeMoney = (cents: Cents | null): unknown =>
  cents === null ? null : { amount: exact(cents), precision: 2, currency: 'USD' };
export const money = (wire: string): Field<Cents> => ({ wire, schema: wireMoney, write: writeMoney });
/** An amount that an answer may lack; nothing is as good as none. For reading. */
export const amountIfAny = (wire: string): Field<Cents> => ({
  wire,
  schema: wireMoney
    .nullish()
    .transform((cents): Cents | undefined => (cents == null || cents === 0 ? undefined : cents)),
});

const scale = z.int().min(0).max(MAX_SCALE, `more than ${MAX_SCALE} decimals`);
/** A price for one, with up to five decimals. */
export const unitCost = (wire: string): Field<Decimal> => ({
  wire,
  schema: z
    .object({ amount: whole, precision: scale, currency: dollars })
    .nullish()
    .transform((value): Decimal | undefined =>
      value == null ? undefined : { units: value.amount, scale: value.precision },
    ),
  write: (value) => (value === null ? null : { amount: exact(value.units), precision: value.scale, currency: 'USD' }),
});
export const quantity = (wire: string): Field<Decimal> => ({
  wire,
  schema: z
    .object({ value: whole, precision: scale })
    .nullish()
    .transform((value): Decimal | undefined =>
      value == null ? undefined : { units: value.value, scale: value.precision },
    ),
  write: (value) =>
    value === null ? null : { value: exact(value.units), precision: value.scale, fieldOfMeasure: null },
});

/** A percentage, a plain JSON number: `2` or `2.5`. Its form is unverified against a live MineralTree. */
export const percent = (wire: string): Field<Decimal> => ({
  wire,
  schema: z
    .number()
    .nullish()
    .transform((value, context) => {
      const decimal = value == null ? undefined : parseDecimal(String(value));
      if (value == null || decimal !== undefined) return decimal;
      context.addIssue({ code: 'custom', message: `more than ${MAX_SCALE} decimals` });
      return z.NEVER;
    }),
  write: (value) => (value === null ? null : Number(formatDecimal(value))),
});

/** A reference as answers carry it: a nested object of which its ID and externalId count; without an ID it is none. */
export const wireRef = z
  .object({ id: storable.nullish(), externalId: blankable })
  .nullish()
  .transform((ref): PayablesRef | undefined =>
    ref?.id == null || ref.id === ''
      ? undefined
      : { id: ref.id, ...(ref.externalId === undefined ? {} : { externalId: ref.externalId }) },
  );
const writeRef = (ref: PayablesRef | null): unknown => (ref === null ? null : { id: ref.id });

export const reference = (wire: string): Field<PayablesRef> => ({ wire, schema: wireRef, write: writeRef });
export const requiredReference = (wire: string): Field<PayablesRef> => ({
  wire,
  schema: wireRef.refine((ref) => ref !== undefined, 'is not set'),
  write: writeRef,
});

/** The same field, given by MineralTree and not taken by it. */
export const readOnly = <V>({ wire, schema }: Field<V>): Field<V> => ({ wire, schema });

/** MineralTree's time of the last change. */
export const stamp = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,9})?Z$/, 'not a time in UTC')
  .refine((value) => !Number.isNaN(Date.parse(value)), 'not a time that exists');

/** An ID of MineralTree: a UUID, of which we rely on nothing but that it fits into a path and a search as it is. */
export const wireId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/, 'not an ID');

/** What the API has no way to carry. Nothing was sent. */
export const unwritable = (message: string): MineralTreeError =>
  new MineralTreeError('unwritable', message, { outcome: 'notSent' });
