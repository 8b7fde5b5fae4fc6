/**
 * Reading XML: a well-formed text becomes a tree of nodes in the order of the document.
 *
 * 1. Nothing is interpreted: IDs and amounts stay text, blanks stay, references stay until a leaf's text is asked for.
 * 2. A text that is not well-formed never becomes a tree (`wellFormed.ts`).
 */
import { XMLParser } from 'fast-xml-parser';
import { checkWellFormed, DecodeError, type DocumentLimits, MAX_DEPTH } from './wellFormed.ts';

/**
 * A node as fast-xml-parser gives it: one key with the name of the element and its children, beside it its attributes;
 * or the text of a node under `#text`.
 */
export interface XmlNode {
  readonly [name: string]: readonly XmlNode[] | string | undefined | Readonly<Record<string, string>>;
}

const TEXT = '#text';
const CDATA = '#cdata';
const ATTRIBUTES = ':@';

/** The parser's options: nothing is converted, order is kept, CDATA is told from text. */
export const parserOptions = {
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: '',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  processEntities: false,
  cdataPropName: CDATA,
  jPath: false,
  maxNestedTags: 1000,
} as const;

/** The nodes at the top of a document: processing instructions and the root element. Throws `DecodeError`. */
export function readDocument(xml: string, limits: DocumentLimits = {}): readonly XmlNode[] {
  checkWellFormed(xml, { maxDepth: MAX_DEPTH, ...limits });
  const parsed = parse(xml.charCodeAt(0) === BYTE_ORDER_MARK ? xml.slice(1) : xml);
  if (!Array.isArray(parsed)) throw new DecodeError('the document has no element', 1, 1);
  return parsed as readonly XmlNode[];
}
const BYTE_ORDER_MARK = 0xfeff;

/** The parser refuses a few things of its own accord, such as an attribute named `__proto__`; it does not say where. */
function parse(xml: string): unknown {
  try {
    return new XMLParser(parserOptions).parse(xml);
  } catch (error) {
    throw new DecodeError(`the XML is refused: ${error instanceof Error ? error.message : String(error)}`, 1, 1);
  }
}

/** The name of a node: of an element, of a processing instruction with its `?`, or `#text` and `#cdata`. */
export function nameOf(node: XmlNode): string {
  for (const key in node) return key;
  return TEXT;
}

export const isText = (name: string): boolean => name === TEXT || name === CDATA;

/** Whether a text node has nothing but blanks, such as the line ends between elements. */
export const isBlank = (node: XmlNode): boolean => {
  const text = node[TEXT];
  return typeof text === 'string' ? !/\S/.test(text) : false;
};

/** The children of an element; none for a text. */
export function childrenOf(node: XmlNode, name: string): readonly XmlNode[] {
  const children = node[name];
  return Array.isArray(children) ? children : [];
}

/** An attribute's value, references resolved; undefined where the element does not have it. */
export function attributeOf(node: XmlNode, attribute: string): string | undefined {
  const value = attributesOf(node)[attribute];
  return value === undefined ? undefined : resolved(value);
}

/** All attributes of an element as written. */
export function attributesOf(node: XmlNode): Readonly<Record<string, string>> {
  const attributes = node[ATTRIBUTES];
  return typeof attributes === 'object' && !Array.isArray(attributes)
    ? (attributes as Readonly<Record<string, string>>)
    : {};
}

/** The first element among nodes that has the name. */
export const elementNamed = (nodes: readonly XmlNode[], name: string): XmlNode | undefined =>
  nodes.find((node) => nameOf(node) === name);

/** The text of an element: its texts and CDATA sections joined, references resolved, as written otherwise. */
export function textOf(children: readonly XmlNode[]): string {
  const [only] = children;
  if (only === undefined) return '';
  if (children.length === 1) {
    const text = only[TEXT];
    if (typeof text === 'string') return resolved(text);
  }
  let text = '';
  for (const child of children) {
    const plain = child[TEXT];
    if (typeof plain === 'string') text += resolved(plain);
    else text += childrenOf(child, CDATA).reduce((sum, part) => `${sum}${part[TEXT] ?? ''}`, '');
  }
  return text;
}

const NAMED: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** A text with its character references resolved. One to no character of Unicode becomes U+FFFD. */
function resolved(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(#x?)?([0-9a-zA-Z]+);/g, (_, numeric: string | undefined, body: string) => {
    if (numeric === undefined) return NAMED.get(body) ?? REPLACEMENT;
    const code = Number.parseInt(body, numeric === '#' ? 10 : 16);
    return code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)
      ? String.fromCodePoint(code)
      : REPLACEMENT;
  });
}
const REPLACEMENT = '\uFFFD';
