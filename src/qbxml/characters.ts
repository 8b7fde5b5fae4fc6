/**
 * Which characters a text may hold on its way to QuickBooks.
 *
 * 1. Text is normalised to NFC, and what has an obvious equivalent (a non-breaking hyphen, a thin space) becomes it.
 * 2. What QuickBooks cannot hold, because it keeps text in Windows-1252, is refused and named, never dropped silently.
 * 3. Control characters other than tab, line feed and carriage return are refused.
 *
 * Windows-1252 as the limit is recalled, not confirmed: unverified against a live QuickBooks.
 */
import { Refusal } from './declare.ts';

/** The characters of Windows-1252 between 0x80 and 0x9F, which Unicode has elsewhere. */
const BEYOND_LATIN_1 = new Set('€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ');

const EQUIVALENTS: ReadonlyMap<string, string> = new Map([
  ['\u2010', '-'],
  ['\u2011', '-'],
  ['\u2012', '\u2013'],
  ['\u2015', '\u2014'],
  ['\u2212', '-'],
  ['\u2043', '-'],
  ['\u201b', '\u2018'],
  ['\u201f', '\u201c'],
  ['\u2032', "'"],
  ['\u2033', '"'],
  ['\u02bc', '\u2019'],
  ['\u2044', '/'],
  ['\u2215', '/'],
  ['\u2024', '.'],
  ['\u2219', '\u00b7'],
  ['\u2028', '\n'],
  ['\u2029', '\n'],
  ['\u200b', ''],
  ['\u200c', ''],
  ['\u200d', ''],
  ['\u2060', ''],
  ['\ufeff', ''],
  ['\ufb00', 'ff'],
  ['\ufb01', 'fi'],
  ['\ufb02', 'fl'],
  ['\ufb03', 'ffi'],
  ['\ufb04', 'ffl'],
]);

/** The widths of space that Unicode has beside the plain one and the non-breaking one. */
const SPACES = /[\u1680\u2000-\u200a\u202f\u205f\u3000]/gu;
const PLAIN = /^[\x20-\x7e]*$/;

/**
 * The text as it may be sent: NFC, equivalents applied.
 * Throws `Refusal`, which names the first character that QuickBooks cannot hold.
 */
export function sendable(text: string): string {
  if (PLAIN.test(text)) return text;
  let sent = '';
  for (const character of text.normalize('NFC').replace(SPACES, ' ')) {
    const equivalent = EQUIVALENTS.get(character) ?? character;
    if (!holds(equivalent)) throw new Refusal(`${named(character)} cannot be kept by QuickBooks`, 'Windows-1252');
    sent += equivalent;
  }
  return sent;
}

/** Whether the text may be sent as it is. */
export function isSendable(text: string): boolean {
  try {
    return sendable(text) === text;
  } catch (refusal) {
    if (refusal instanceof Refusal) return false;
    throw refusal;
  }
}

function holds(text: string): boolean {
  if (text.length !== 1) return [...text].every((character) => character.length === 1 && holds(character));
  const code = text.charCodeAt(0);
  if (code < 0x20) return code === 0x09 || code === 0x0a || code === 0x0d;
  return (code >= 0x20 && code <= 0x7e) || (code >= 0xa0 && code <= 0xff) || BEYOND_LATIN_1.has(text);
}

/** A character as a person can find it: itself where it prints, and its code point. */
function named(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const point = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
  const prints = code > 0xa0 && !(code >= 0xd800 && code <= 0xdfff) && code !== 0xfffe && code !== 0xffff;
  return prints ? `the character ${character} (${point})` : `the character ${point}`;
}
