/**
 * Writing XML for QuickBooks: a tree of names, attributes and text becomes a document of plain ASCII.
 *
 * 1. The same tree gives the same bytes, always.
 * 2. Everything outside ASCII, and tabs and line ends, are numeric references in decimals: raw characters above 127
 *    have been seen to fail in QuickBooks' parser, with an HRESULT that names no place.
 * 3. `& < > " '` are references everywhere in text.
 */
import { create } from 'xmlbuilder2';

export interface MarkupElement {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content: string | readonly MarkupElement[];
}

/** A request as a document: with the processing instruction that names the version of qbXML. */
export const writeRequestDocument = (root: MarkupElement, version: string): string =>
  serialized(create({ version: '1.0', encoding: 'utf-8' }).ins('qbxml', `version="${version}"`), root);

/** An answer as a document: QuickBooks names no version in it. */
export const writeAnswerDocument = (root: MarkupElement): string => serialized(create({ version: '1.0' }), root);

function serialized(document: Builder, root: MarkupElement): string {
  append(document, root);
  return document.doc().end();
}

type Builder = ReturnType<typeof create>;

function append(parent: Builder, { name, attributes, content }: MarkupElement): void {
  const element = parent.ele(name);
  for (const [attribute, value] of Object.entries(attributes ?? {})) element.att(attribute, escaped(value));
  if (typeof content === 'string') element.txt(escaped(content));
  else for (const child of content) append(element, child);
}

/**
 * A text with references in place of all that is not plain. Done here and completely, because xmlbuilder2 takes any
 * `&word;` in a text for a reference and lets it stand; references are what it leaves alone.
 */
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
