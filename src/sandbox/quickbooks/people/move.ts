/**
 * A person's move: what it takes, and what becomes of the books. And the forms in which people write values.
 *
 * 1. A move goes through the same doors as a request: what QuickBooks refuses an application for a reason of the books,
 *    it refuses a person.
 * 2. Records are named as people name them, by full name; bills by TxnID, vendors by name or ListID.
 */
import { z } from 'zod';
import { parseCents, parseDecimal } from '../../../domain/money.ts';
import { isDate } from '../calendar.ts';
import type { CompanyFile } from '../companyFile.ts';
import { type Author, PERSON } from '../periods.ts';
import type { Bill, ListName } from '../records.ts';

/** What a move changed: a record to be shown as /books shows it, or an answer of its own. */
export type Moved =
  | { readonly kind: 'bill'; readonly bill: Bill }
  | { readonly kind: 'entry'; readonly list: ListName; readonly id: string }
  | { readonly kind: 'answer'; readonly answer: object };

export interface Move {
  /** Reads the body without `file`; throws z.ZodError. Throws `Refused` for what QuickBooks refuses. */
  make(company: CompanyFile, body: unknown): Moved;
}

/** A move by the form of its body and what it does. */
export const move = <T>(schema: z.ZodType<T>, make: (company: CompanyFile, body: T) => Moved): Move => ({
  make: (company, body) => make(company, schema.parse(body)),
});

/** The moves of one subject, by name. */
export type Moves = readonly (readonly [string, Move])[];

/** A move that left a list's entry as it now is. */
export const movedEntry = (list: ListName, { id }: { readonly id: string }): Moved => ({ kind: 'entry', list, id });

/** Any text. */
export const text = z.string();
/** The name of something, which cannot be empty. */
export const name = z.string().min(1);
/** `12.00`, read as cents. */
export const amount = z.string().transform((given, context) => {
  const cents = parseCents(given);
  if (cents !== undefined) return cents;
  context.addIssue(`"${given}" is not an amount such as "12.00"`);
  return z.NEVER;
});
/** `2`, `10.5`: at most five decimals. */
export const decimal = z.string().transform((given, context) => {
  const value = parseDecimal(given);
  if (value !== undefined) return value;
  context.addIssue(`"${given}" is not a number with at most five decimals, such as "2" or "10.5"`);
  return z.NEVER;
});
/** A date that exists. */
export const date = z.string().refine(isDate, 'a date YYYY-MM-DD that exists');
/** What a person gives to write into a closed period. */
export const closingPassword = text.optional();
/** A person who gives this password, or none. */
export const personWith = (password: string | undefined): Author =>
  password === undefined ? PERSON : { ...PERSON, closingPassword: password };
