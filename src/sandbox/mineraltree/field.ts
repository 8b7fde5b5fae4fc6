/**
 * The fields of the API's records: each is declared once and read from a write and answered by that declaration.
 *
 * 1. What a write does not name is not touched; null, an empty text and an empty reference clear it; a field that is not
 *    declared is ignored; one that is `answerOnly` is never written by the API.
 * 2. Money, quantities and unit costs are integers with a precision: a number with decimals is refused, and so is money
 *    whose precision cannot be turned into cents exactly.
 * 3. What is kept is plain JSON (amounts in cents, dates as calendar dates), for the journal writes it as it is.
 *
 * Source: the API guide, common value types and entities. Leaves to others: which fields a record has (`entities.ts`).
 */
import { invalid, Refusal } from './refusal.ts';

export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

/** What reading and answering need to know beyond the value itself. */
export interface Scope {
  readonly currency: string;
  /** `timestamp`: 2018-10-05T00:00:00Z, `date`: 2018-10-05. */
  readonly dates: 'timestamp' | 'date';
  /** A record of the same company; undefined when there is none. */
  lookup(kind: string, id: string): { readonly id: string; readonly externalId: string } | undefined;
}

export interface Field<T> {
  readonly answerOnly?: true;
  /** Undefined: empty. Throws `Refusal` naming `at`. */
  read(json: Json, at: string, scope: Scope): T | undefined;
  answer(value: T | undefined, scope: Scope): Json;
}
type ValueOf<F> = F extends Field<infer T> ? T : never;
/** What is kept of a record with these fields; what is empty is absent. */
export type Values<F> = { readonly [K in keyof F]?: ValueOf<F[K]> };
/** What a write changes: null clears. */
export type Change<F> = { readonly [K in keyof F]?: ValueOf<F[K]> | null };

/** `amount / 10^precision`. */
export interface UnitCost {
  readonly amount: number;
  readonly precision: number;
}
/** `value / 10^precision`. */
export interface Quantity {
  readonly value: number;
  readonly precision: number;
  readonly fieldOfMeasure?: string;
}

const MAX_PRECISION = 5;

/** Reads what a write says of these fields. */
export function readFields<F extends object>(fields: F, body: JsonObject, at: string, scope: Scope): Change<F> {
  const change: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(fields) as [string, Field<unknown>][]) {
    const json = body[name];
    if (json === undefined || field.answerOnly === true) continue;
    change[name] = (json === null ? undefined : field.read(json, `${at}.${name}`, scope)) ?? null;
  }
  return change as Change<F>;
}

/** The values after a change. */
export function changed<F>(values: Values<F>, change: Change<F>): Values<F> {
  const next: Record<string, unknown> = { ...values };
  for (const [name, value] of Object.entries(change)) {
    if (value === null) delete next[name];
    else next[name] = value;
  }
  return next as Values<F>;
}

/** The members of the answer. */
export function answerFields<F extends object>(fields: F, values: Values<F>, scope: Scope): Record<string, Json> {
  const kept = values as Readonly<Record<string, unknown>>;
  return Object.fromEntries(
    (Object.entries(fields) as [string, Field<unknown>][]).map(([name, field]) => [
      name,
      field.answer(kept[name], scope),
    ]),
  );
}

export const answerOnly = <T>(field: Field<T>): Field<T> => ({ ...field, answerOnly: true });

export const text = (): Field<string> => ({
  read: (json, at) => textOf(json, at),
  answer: (value) => value ?? null,
});

export const flag = (): Field<boolean> => ({
  read(json, at) {
    if (typeof json !== 'boolean') throw invalid(at, 'has to be true or false');
    return json;
  },
  answer: (value) => value ?? false,
});

export const whole = (min: number, max = 1_000_000): Field<number> => ({
  read: (json, at) => integer(json, at, min, max),
  answer: (value) => value ?? null,
});

/** A percentage: a JSON number, kept as it was written. */
export const percent = (): Field<number> => ({
  read(json, at) {
    if (typeof json !== 'number' || json < 0 || json > 100) throw invalid(at, 'has to be a number from 0 to 100');
    return json;
  },
  answer: (value) => value ?? null,
});

export const oneOf = <const T extends string>(allowed: readonly T[]): Field<T> => ({
  read(json, at) {
    const found = allowed.find((name) => name === json);
    if (found === undefined) throw invalid(at, `has to be one of ${allowed.join(', ')}`);
    return found;
  },
  answer: (value) => value ?? null,
});

const DATE = /^(\d{4}-\d{2}-\d{2})(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?Z?)?$/;

/** A date of the calendar; the time of day of the long form is dropped. */
export const date = (): Field<string> => ({
  read(json, at) {
    if (json === '') return undefined;
    const day = typeof json === 'string' ? DATE.exec(json)?.[1] : undefined;
    if (day === undefined || !exists(day)) throw invalid(at, 'has to be a date: yyyy-MM-dd or yyyy-MM-dd HH:mm:ss');
    return day;
  },
  answer: (value, { dates }) => (value === undefined ? null : dates === 'date' ? value : `${value}T00:00:00Z`),
});

const exists = (day: string): boolean => {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
};

/** An amount, kept in cents. */
export const money = (): Field<number> => ({
  read(json, at, { currency }) {
    const { amount, precision, currency: named } = objectOf(json, at);
    const units = integer(amount, `${at}.amount`, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER);
    const decimals = precision === undefined || precision === null ? 2 : integer(precision, `${at}.precision`, 0, 6);
    if (named !== undefined && named !== null && named !== currency)
      throw invalid(`${at}.currency`, `has to be ${currency}`);
    const cents = units * 10 ** (2 - decimals);
    if (!Number.isSafeInteger(cents)) throw invalid(at, 'is not a whole number of cents');
    return cents;
  },
  answer: (value, { currency }) => (value === undefined ? null : { amount: value, precision: 2, currency }),
});

export const unitCost = (): Field<UnitCost> => ({
  read(json, at, { currency }) {
    const { amount, precision, currency: named } = objectOf(json, at);
    if (named !== undefined && named !== null && named !== currency)
      throw invalid(`${at}.currency`, `has to be ${currency}`);
    return {
      amount: integer(amount, `${at}.amount`, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      precision: precisionOf(precision, at),
    };
  },
  answer: (value, { currency }) => (value === undefined ? null : { ...value, currency }),
});

export const quantity = (): Field<Quantity> => ({
  read(json, at) {
    const { value, precision, fieldOfMeasure } = objectOf(json, at);
    const unit = textOf(fieldOfMeasure ?? '', `${at}.fieldOfMeasure`);
    return {
      value: integer(value, `${at}.value`, -Number.MAX_SAFE_INTEGER, Number.MAX_SAFE_INTEGER),
      precision: precisionOf(precision, at),
      ...(unit !== undefined && { fieldOfMeasure: unit }),
    };
  },
  answer: (value) => (value === undefined ? null : { ...value, fieldOfMeasure: value.fieldOfMeasure ?? null }),
});

/** A reference to a record of the same company: `{id}` in a write, kept as the ID. */
export const ref = (kind: string): Field<string> => ({
  read(json, at, { lookup }) {
    const id = textOf(objectOf(json, at).id ?? '', `${at}.id`);
    if (id !== undefined && lookup(kind, id) === undefined)
      throw invalid(`${at}.id`, `there is no ${kind} ${id} in this company`);
    return id;
  },
  answer(value, { lookup }) {
    if (value === undefined) return null;
    const externalId = lookup(kind, value)?.externalId;
    return { id: value, externalId: externalId || null, name: null, active: null, created: null, modified: null };
  },
});

/** A member that is an object of its own and is written as a whole. */
export const group = <F extends object>(fields: F): Field<Values<F>> => ({
  read(json, at, scope) {
    const values = changed<F>({}, readFields(fields, objectOf(json, at), at, scope));
    return Object.keys(values).length === 0 ? undefined : values;
  },
  answer: (value, scope) => (value === undefined ? null : answerFields(fields, value, scope)),
});

/** Lines, written as a whole; null and an empty list are the same. */
export const lines = <F extends object>(fields: F): Field<readonly Values<F>[]> => ({
  read(json, at, scope) {
    if (!Array.isArray(json)) throw invalid(at, 'has to be a list');
    return (json as readonly Json[]).map((line, index) => {
      const where = `${at}[${index}]`;
      return changed<F>({}, readFields(fields, objectOf(line, where), where, scope));
    });
  },
  answer: (value, scope) => (value ?? []).map((line) => answerFields(fields, line, scope)),
});

export function objectOf(json: Json | undefined, at: string): JsonObject {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw invalid(at, 'has to be an object');
  return json as JsonObject;
}

/** The text, undefined when it is empty. */
export function textOf(json: Json, at: string): string | undefined {
  if (typeof json !== 'string') throw invalid(at, 'has to be a text');
  return json === '' ? undefined : json;
}

function integer(json: Json | undefined, at: string, min: number, max: number): number {
  if (typeof json !== 'number' || !Number.isSafeInteger(json))
    throw invalid(at, 'has to be an integer, without decimals');
  if (json < min || json > max) throw new Refusal(400, `${at}: has to be from ${min} to ${max}`);
  return json;
}

const precisionOf = (json: Json | undefined, at: string): number =>
  json === undefined || json === null ? 2 : integer(json, `${at}.precision`, 0, MAX_PRECISION);
