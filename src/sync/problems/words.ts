/**
 * Problems in words for a person.
 *
 * 1. A text that came from outside is cut, loses control and direction characters, and can hold no placeholder: nothing in
 *    a vendor's name changes what a sentence says around it.
 * 2. Nothing here throws, and nothing escapes for HTML: a page does that, whatever the text.
 */
import { isProblemCode, PROBLEMS } from './catalogue.ts';
import type { Owner, ProblemEntry, Severity } from './entry.ts';

/** Longest text that a sentence takes in, in characters. */
const MAX_PARAM = 300;
const PART = /\[([^[\]]*)\]|\{(\w+)\}/g;
const PLACEHOLDER = /\{(\w+)\}/g;

export interface ProblemWords {
  readonly severity: Severity;
  readonly whose: Owner;
  readonly title: string;
  readonly sentence: string;
  /** What to do: one way out each. */
  readonly ways: readonly string[];
  /** The ways as one text. */
  readonly whatToDo: string;
  /** Nothing is written for the company until it is resolved. */
  readonly blocksCompany: boolean;
}

/** A code that this release does not know: stored by a newer one, or typed by hand. */
const UNKNOWN: ProblemEntry = {
  severity: 'error',
  whose: 'us',
  title: 'A problem that this release does not know',
  sentence: 'A newer release of Tandem noted this problem.',
  ways: ['Look at it with the newest release.'],
};

/** The words for a problem, with its texts put in. */
export function describeProblem(code: string, params: Readonly<Record<string, unknown>>): ProblemWords {
  const entry = isProblemCode(code) ? PROBLEMS[code] : UNKNOWN;
  const ways = entry.ways.map((way) => fill(way, params));
  return {
    severity: entry.severity,
    whose: entry.whose,
    title: entry.title,
    sentence: capitalised(fill(entry.sentence, params)),
    ways,
    whatToDo: ways.join(' '),
    blocksCompany: entry.blocksCompany === true,
  };
}

/** The placeholders of a problem's sentence and ways; those inside brackets may stay unknown. */
export function paramsOf(entry: ProblemEntry): {
  readonly needed: readonly string[];
  readonly optional: readonly string[];
} {
  const texts = [entry.sentence, ...entry.ways];
  const names = (text: string): readonly string[] => [...text.matchAll(PLACEHOLDER)].flatMap(([, name]) => name ?? []);
  const needed = new Set(texts.flatMap((text) => names(text.replaceAll(/\[[^[\]]*\]/g, ''))));
  const optional = new Set(texts.flatMap(names).filter((name) => !needed.has(name)));
  return { needed: [...needed], optional: [...optional] };
}

function fill(template: string, params: Readonly<Record<string, unknown>>): string {
  const known = (name: string): string | undefined =>
    Object.hasOwn(params, name) ? plainText(params[name]) || undefined : undefined;
  return template.replaceAll(PART, (_whole, optional: string | undefined, name: string | undefined) => {
    if (optional === undefined) return known(name ?? '') ?? '(not known)';
    const complete = [...optional.matchAll(PLACEHOLDER)].every(([, inner]) => known(inner ?? '') !== undefined);
    return complete ? optional.replaceAll(PLACEHOLDER, (_all, inner: string) => known(inner) ?? '') : '';
  });
}

const capitalised = (sentence: string): string => sentence.charAt(0).toUpperCase() + sentence.slice(1);

/** A text from outside on one line: without control, format and direction characters, at most 300 characters. */
export function plainText(text: unknown): string {
  if (typeof text !== 'string') return '';
  const line = text.replaceAll(/[\p{C}\s]+/gu, ' ').trim();
  const characters = [...line];
  return characters.length <= MAX_PARAM ? line : `${characters.slice(0, MAX_PARAM - 1).join('')}…`;
}
