/**
 * HRESULTs of QuickBooks' request processor and of COM: one table.
 *
 * 1. Every code has one row: what it means, what to do with the request, whose job it is, what to tell them.
 * 2. A code without a row is of unknown outcome: a write under way may have been carried out.
 *
 * Source: the strings in the request processor (SDK 13.0), Intuit's notes, reports of practitioners.
 */
import { comMeanings } from './comRows.ts';
import { type Meaning, outcomeUnknown } from './disposition.ts';
import { permissionMeanings } from './permissionRows.ts';
import { sessionMeanings } from './sessionRows.ts';
import type { StatusReading } from './statusCodes.ts';

export const hresults: readonly Meaning[] = [...sessionMeanings, ...permissionMeanings, ...comMeanings];

const BY_CODE: ReadonlyMap<number, Meaning> = new Map(hresults.map((row) => [row.code, row]));

/** What an HRESULT means. Takes it as a number, signed or unsigned, or as text (`0x80040414`). Never fails. */
export function readHresult(hresult: number | string): StatusReading {
  const number =
    typeof hresult === 'number' ? hresult : /^\s*(0x[0-9a-f]{1,8}|-?\d{1,10})\s*$/i.test(hresult) ? Number(hresult) : 0;
  const code = number >>> 0;
  const meaning = BY_CODE.get(code) ?? unlisted(code);
  return { ...meaning, outcomeUnknown: outcomeUnknown(meaning) };
}

/** An HRESULT as it is written everywhere: `0x80040414`. */
export const formatHresult = (hresult: number): string =>
  `0x${(hresult >>> 0).toString(16).toUpperCase().padStart(8, '0')}`;

const unlisted = (code: number): Meaning => ({
  code,
  name: 'UNLISTED',
  severity: 'Error',
  disposition: 'settle',
  job: 'us',
  source: 'recalled',
  meaning: 'not in the table',
  says: `QuickBooks failed with ${formatHresult(code)}, which is not known here.`,
  toDo: 'Restart QuickBooks; if it comes again, send the diagnostics to support.',
});
