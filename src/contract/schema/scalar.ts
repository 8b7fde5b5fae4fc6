/**
 * The small pieces of what connectors send: texts that fit a database, IDs, money, dates. What comes from a connector is
 * untrusted: every text has a limit, every number is a safe integer, and what the contract does not name is dropped.
 */
import { z } from 'zod';
import { isCalendarDate } from '../../domain/dates.ts';

/** Postgres keeps neither NUL nor half a surrogate pair; QuickBooks writes neither. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

export const text = (max: number) =>
  z
    .string()
    .max(max)
    .refine((value) => !UNSTORABLE.test(value), 'holds a character that cannot be kept');
/** A ListID or TxnID (qbXML: at most 36 characters). */
export const ledgerId = text(36).min(1);
/** Digits in all that has been seen; the type is a text of at most 16 characters (qbXML 13.0). */
export const editSequence = text(16).min(1);
export const cents = z.int();
/** Unix seconds, up to the year 2200. */
export const unixSeconds = z.int().min(0).max(7_258_118_400);
export const decimal = z.object({ units: z.int(), scale: z.int().min(0).max(5) });
export const calendarDate = z.string().refine(isCalendarDate, 'must be a date that exists, as YYYY-MM-DD');
export const listRef = z.object({ id: ledgerId, name: text(1_000) });
export const visit = z.object({
  nextDueMs: z
    .int()
    .min(0)
    .max(7 * 86_400_000),
});
export const protocol = z.int().min(1).max(1_000);
export const companyId = text(40).min(1);
export const opaqueId = text(100).min(1);
/** `host#installation`. */
export const connector = text(300).min(1);
export const marker = text(255);

/** What a person must resolve; its texts are shown. */
export const block = z.object({
  code: z.enum([
    'anotherFile',
    'olderCopy',
    'accountantCopy',
    'notAuthorized',
    'unsupportedQuickBooks',
    'connectorTooOld',
  ]),
  detail: z.record(text(60), text(300)).refine((detail) => Object.keys(detail).length <= 20, 'has too many entries'),
});
