/**
 * Whether a text is well-formed XML of the plain kind that QuickBooks writes, told with line and column.
 *
 * The parser behind `document.ts` forgives what must not be forgiven: an answer cut in the middle looks like a short
 * answer to it. So every document passes here first.
 *
 * 1. One pass, no recursion, no copies but the names of tags; linear in the length, whatever the text is.
 * 2. A document type declaration is refused, so there are no entities to expand beyond the five of XML and numeric ones.
 * 3. Depth and size are bounded.
 */

/** The text is not XML, or no qbXML document. Line and column count from 1 and point at the tag or reference meant. */
export class DecodeError extends Error {
  override readonly name = 'DecodeError';
  readonly line: number;
  readonly column: number;
  constructor(message: string, line: number, column: number) {
    super(message);
    this.line = line;
    this.column = column;
  }
}

export interface DocumentLimits {
  /** The longest document, in UTF-16 units. @default 64 Mi */
  readonly maxLength?: number;
  /** The deepest nesting of elements. @default 32 (qbXML needs 9) */
  readonly maxDepth?: number;
}
export const MAX_LENGTH = 64 * 1024 * 1024;
export const MAX_DEPTH = 32;

const NAME = '[A-Za-z_][\\w.:-]*';
const OPEN = new RegExp(`<(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>`, 'y');
const CLOSE = new RegExp(`</(${NAME})\\s*>`, 'y');
const PLAIN_NAME = new RegExp(`^${NAME}$`);
const REFERENCE = /&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});/y;
const BLANK = /^[\uFEFF\s]*$/;

/** Throws `DecodeError` at the first thing that is not well-formed. */
export function checkWellFormed(xml: string, limits: DocumentLimits = {}): void {
  const maxLength = limits.maxLength ?? MAX_LENGTH;
  if (xml.length > maxLength)
    throw new DecodeError(`the document has ${xml.length} characters, ${maxLength} are allowed`, 1, 1);
  const maxDepth = limits.maxDepth ?? MAX_DEPTH;
  const failure = (message: string, at: number): DecodeError => {
    const before = xml.slice(0, at);
    const lineStart = before.lastIndexOf('\n') + 1;
    return new DecodeError(message, before.split('\n').length, at - lineStart + 1);
  };
  const plainNames = new Set<string>();
  const open: { readonly name: string; readonly at: number }[] = [];
  let roots = 0;
  let position = 0;
  let nextReference = xml.indexOf('&');

  const checkText = (from: number, to: number): void => {
    if (open.length === 0 && !BLANK.test(xml.slice(from, to))) throw failure('text outside of the root element', from);
    while (nextReference !== -1 && nextReference < to) {
      if (nextReference >= from) {
        REFERENCE.lastIndex = nextReference;
        if (!REFERENCE.test(xml)) throw failure(`& begins no character reference that is known here`, nextReference);
      }
      nextReference = xml.indexOf('&', nextReference + 1);
    }
  };
  const enter = (name: string, at: number): void => {
    if (open.length === 0) {
      roots += 1;
      if (roots > 1) throw failure(`a second root element <${name}>`, at);
    }
    open.push({ name, at });
    if (open.length > maxDepth) throw failure(`elements are nested deeper than ${maxDepth}`, at);
  };
  /** Skips to the end of a construct that ends with the text given. */
  const past = (end: string, from: number, what: string): number => {
    const at = xml.indexOf(end, from);
    if (at === -1) throw failure(`${what} does not end`, from);
    return at + end.length;
  };

  for (;;) {
    const tag = xml.indexOf('<', position);
    checkText(position, tag === -1 ? xml.length : tag);
    if (tag === -1) break;
    const next = xml.charCodeAt(tag + 1);
    if (next === SLASH) {
      const innermost = open.pop();
      if (innermost === undefined) throw failure('a closing tag without its opening tag', tag);
      const { name } = innermost;
      if (xml.startsWith(name, tag + 2) && xml.charCodeAt(tag + 2 + name.length) === GREATER) {
        position = tag + 3 + name.length;
      } else {
        CLOSE.lastIndex = tag;
        const found = CLOSE.exec(xml);
        if (found === null) throw failure('a closing tag that does not end', tag);
        if (found[1] !== name) throw failure(`</${found[1]}> where </${name}> is wanted`, tag);
        position = CLOSE.lastIndex;
      }
    } else if (next === QUESTION) {
      position = past('?>', tag + 2, 'a processing instruction');
    } else if (next === EXCLAMATION) {
      if (xml.startsWith('<!--', tag)) position = past('-->', tag + 4, 'a comment');
      else if (xml.startsWith('<![CDATA[', tag) && open.length > 0) position = past(']]>', tag + 9, 'a CDATA section');
      else throw failure('a document type or other declaration, which qbXML does not have', tag);
      while (nextReference !== -1 && nextReference < position) nextReference = xml.indexOf('&', nextReference + 1);
    } else {
      const end = xml.indexOf('>', tag);
      const name = end - tag > 60 ? '' : xml.slice(tag + 1, end);
      if (plainNames.has(name)) {
        enter(name, tag);
        position = end + 1;
      } else {
        OPEN.lastIndex = tag;
        const found = OPEN.exec(xml);
        if (found === null) throw failure('a tag that is not well-formed', tag);
        position = OPEN.lastIndex;
        enter(found[1] ?? '', tag);
        checkText(tag, position);
        if (found[3] === '/') open.pop();
        else if (PLAIN_NAME.test(name)) plainNames.add(name);
      }
    }
  }
  const unclosed = open.at(-1);
  if (unclosed !== undefined)
    throw failure(`the document ends inside of <${unclosed.name}>, which begins here`, unclosed.at);
  if (roots === 0) throw failure('the document has no element', 0);
}

const SLASH = 47;
const QUESTION = 63;
const EXCLAMATION = 33;
const GREATER = 62;
