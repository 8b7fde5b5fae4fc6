/**
 * Texts as QuickBooks can keep them.
 *
 * 1. QuickBooks stores Windows-1252 (recalled, unverified against a real QuickBooks). What is invisible or has a plain twin
 *    is replaced by it; any other character that does not fit is named to a person, never replaced by a question mark.
 * 2. Nothing is cut short: a text over the limit is named to a person.
 * 3. A length is counted in characters after 1.
 */
import type { Finding } from './finding.ts';

/** Control characters, and the zero-width and direction characters that come along with pasted text. */
const INVISIBLE = /\p{Cc}|\p{Cf}/gu;
const LAYOUT: ReadonlySet<string> = new Set(['\t', '\n', '\r']);
const PLAIN_TWINS: ReadonlyMap<string, string> = new Map([
  ['\u2010', '-'],
  ['\u2011', '-'],
  ['\u2012', '-'],
  ['\u2015', '-'],
  ['\u2212', '-'],
  ['\u2002', ' '],
  ['\u2003', ' '],
  ['\u2007', ' '],
  ['\u2009', ' '],
  ['\u202f', ' '],
  ['\u2028', '\n'],
  ['\u2029', '\n'],
  ['\u2032', "'"],
  ['\u2033', '"'],
  ['\u00a0', ' '],
]);
/** Beside ASCII and U+00A0 to U+00FF. */
const WINDOWS_1252: ReadonlySet<string> = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');
/** The text without what is invisible, with plain twins, without spaces at the ends; undefined when nothing is left. */
export function ledgerText(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  const visible = text
    .normalize('NFC')
    .replace(INVISIBLE, (character) => (LAYOUT.has(character) ? character : ''))
    .trim();
  const plain = [...visible]
    .map((character) => PLAIN_TWINS.get(character) ?? character)
    .join('')
    .trim();
  return plain === '' ? undefined : plain;
}

/** What stands in the way of a text that `ledgerText` gave: its length, or characters that QuickBooks cannot keep. */
export function refusedText(
  text: string | undefined,
  limit: number,
  named: { readonly what: string; readonly record: string; readonly part: string },
): readonly Finding[] {
  if (text === undefined) return [];
  const { what, record, part } = named;
  const characters = [...text];
  const unknown = [...new Set(characters.filter((character) => !fits(character)))];
  const findings: Finding[] = [];
  if (characters.length > limit)
    findings.push({
      code: 'textTooLong',
      part,
      params: { what, record, length: `${characters.length} characters`, limit: String(limit) },
    });
  if (unknown.length > 0)
    findings.push({ code: 'charactersUnknown', part, params: { what, record, characters: unknown.join(' ') } });
  return findings;
}

const fits = (character: string): boolean =>
  LAYOUT.has(character) || /^[\u0020-\u007e\u00a0-\u00ff]$/.test(character) || WINDOWS_1252.has(character);
