/**
 * Writing XML for QuickBooks: a tree of names, attributes and text becomes a document of plain ASCII.
 *
 * 1. The same tree gives the same bytes, always.
 * 2. Everything outside ASCII, and tabs and line ends, are numeric references in decimals: raw characters above 127
 *    have been seen to fail in QuickBooks' parser, with an HRESULT that names no place.
 * 3. `& < > " '` are references everywhere in text.
 */
export interface MarkupElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content: string | readonly MarkupElement[];
}

/** A request as a document: with the processing instruction that names the version of qbXML. */
export const writeRequestDocument = (root: MarkupElement, version: string): string =>
  `<?xml version="1.0" encoding="utf-8"?><?qbxml version="${version}"?>${markup(root)}`;

/** An answer as a document: QuickBooks names no version in it. */
export const writeAnswerDocument = (root: MarkupElement): string => `<?xml version="1.0"?>${markup(root)}`;

/** Written out by hand, since all that a document consists of is names of our own and `escaped`. */
function markup({ name, attributes = {}, content }: MarkupElement): string {
  let start = `<${name}`;
  for (const [attribute, value] of Object.entries(attributes)) start += ` ${attribute}="${escaped(value)}"`;
  if (content.length === 0 && typeof content !== 'string') return `${start}/>`;
  const inside = typeof content === 'string' ? escaped(content) : content.map(markup).join('');
  return `${start}>${inside}</${name}>`;
}

/** A text with references in place of all that is not plain. */
const escaped = (text: string): string =>
  PLAIN.test(text)
    ? text
    : text.replace(/[&<>"']|[^\x20-\x7e]/gu, (character) => NAMED.get(character) ?? numeric(character));
const PLAIN = /^[\w .,:;/()+*@=%{}#-]*$/;
const NAMED: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&apos;'],
]);
const numeric = (character: string): string => `&#${character.codePointAt(0)};`;
