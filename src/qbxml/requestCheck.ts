/**
 * Message sets of requests, read as strictly as QuickBooks reads them. The sandbox stands on this.
 *
 * 1. Order, occurrence, alternatives, forms and limits are those of the declarations, and nothing is forgiven.
 * 2. What is wrong is told with its path; QuickBooks itself would only answer 0x80040400.
 * 3. What QuickBooks may or may not mind (raw characters above 127, the version, the missing processing instruction) is
 *    told and not judged here.
 */
import { messageNamed } from './catalogue.ts';
import { type Content, type ElementType, type Field, type Fields, Refusal } from './declare.ts';
import {
  attributeOf,
  attributesOf,
  childrenOf,
  elementNamed,
  isBlank,
  isText,
  nameOf,
  readDocument,
  textOf,
  type XmlNode,
} from './document.ts';
import type { Message } from './message.ts';
import type { MessageSetRequest, RequestMessage } from './messageSet.ts';
import { atLeastVersion, type QbxmlVersion, SPOKEN_VERSION } from './version.ts';
import { DecodeError, type DocumentLimits } from './wellFormed.ts';

/** A request that QuickBooks' schema refuses: where and why. */
export class RequestError extends Error {
  override readonly name = 'RequestError';
  readonly path: string;
  constructor(path: string, message: string) {
    super(`${path}: ${message}`);
    this.path = path;
  }
}

export interface DecodedRequest {
  /** The version that the qbxml processing instruction asks for; absent without one, which QuickBooks refuses. */
  readonly version?: QbxmlVersion;
  /** The first character above 127 that stands raw in the document, where there is one. */
  readonly rawNonAscii?: string;
  readonly set: MessageSetRequest;
}

/** Reads a message set of requests. Throws `RequestError`; `DecodeError` only for what is not XML at all. */
export function decodeRequest(xml: string, limits: DocumentLimits = {}): DecodedRequest {
  const document = readDocument(xml, limits);
  const instruction = elementNamed(document, '?qbxml');
  const version = instruction === undefined ? undefined : attributeOf(instruction, 'version');
  const rawNonAscii = /[\u0080-\u{10ffff}]/u.exec(xml.charCodeAt(0) === 0xfeff ? xml.slice(1) : xml)?.[0];
  const root = document.find((node) => !nameOf(node).startsWith('?') && !isText(nameOf(node)));
  if (root === undefined || nameOf(root) !== 'QBXML')
    throw new DecodeError('not qbXML: the root element is another one', 1, 1);
  const [first, ...others] = elementsOf(root, 'QBXML', 'QBXML');
  if (first?.name !== 'QBXMLMsgsRq' || others.length > 0)
    throw new RequestError('QBXML', 'must hold exactly one QBXMLMsgsRq');
  return {
    ...(version === undefined ? {} : { version }),
    ...(rawNonAscii === undefined ? {} : { rawNonAscii }),
    set: readSet(first.node, version ?? SPOKEN_VERSION),
  };
}

const SET_ATTRIBUTES = {
  onError: ['stopOnError', 'continueOnError', 'rollbackOnError'],
  newMessageSetID: undefined,
  oldMessageSetID: undefined,
  responseData: ['includeAll', 'includeNone'],
} as const;
const ITERATOR = { iterator: ['Start', 'Continue', 'Stop'], iteratorID: undefined } as const;
const META_DATA = { metaData: ['NoMetaData', 'MetaDataOnly', 'MetaDataAndResponseData'] } as const;
const PLAIN = { requestID: undefined } as const;
type AttributeForms = Readonly<Record<string, readonly string[] | undefined>>;

function readSet(node: XmlNode, version: QbxmlVersion): MessageSetRequest {
  const path = 'QBXMLMsgsRq';
  const attributes = attributesAmong(node, path, SET_ATTRIBUTES);
  if (attributes.onError === undefined) throw new RequestError(`${path}/@onError`, 'is required');
  const requests = elementsOf(node, path, path).map((child) => readMessage(child, version));
  return checked<MessageSetRequest>({ ...attributes, requests });
}

function readMessage({ name, node }: Child, version: QbxmlVersion): RequestMessage {
  const type = name.endsWith('Rq') ? name.slice(0, -2) : '';
  const message: Message | undefined = messageNamed(type);
  if (message === undefined) throw new RequestError(name, 'no such request is declared here');
  const attributes = attributesAmong(node, name, {
    ...PLAIN,
    ...(message.paging === 'plain' ? {} : META_DATA),
    ...(message.paging === 'iterator' ? ITERATOR : {}),
  });
  const body = readElement(message.body, elementsOf(node, name, name), name, version);
  return checked<RequestMessage>({ type, ...attributes, body });
}

/** The one place where what was checked against a declaration takes the type that follows from it. */
const checked = <T>(value: unknown): T => value as T;

interface Child {
  readonly name: string;
  readonly node: XmlNode;
}

/** The elements in an element that may hold nothing else but blanks. */
function elementsOf(node: XmlNode, name: string, path: string): Child[] {
  const children: Child[] = [];
  for (const child of childrenOf(node, name)) {
    const childName = nameOf(child);
    if (!isText(childName)) children.push({ name: childName, node: child });
    else if (!isBlank(child)) throw new RequestError(path, 'text where elements are wanted');
  }
  return children;
}

/** The elements of one parent and how far they are read. */
interface Reading {
  readonly children: readonly Child[];
  at: number;
  readonly value: Record<string, unknown>;
  readonly path: string;
  readonly version: QbxmlVersion;
}

function readElement(
  type: ElementType,
  children: readonly Child[],
  path: string,
  version: QbxmlVersion,
): Record<string, unknown> {
  const reading: Reading = { children, at: 0, value: {}, path, version };
  readFields(type.fields, reading);
  const left = children[reading.at];
  if (left !== undefined) {
    const why = type.slots.has(left.name)
      ? 'stands in the wrong place, or too often, or beside what it excludes'
      : 'is not known here';
    throw new RequestError(`${path}/${left.name}`, why);
  }
  return reading.value;
}

function readFields(fields: Fields, reading: Reading): void {
  for (const field of fields) {
    const next = reading.children[reading.at]?.name;
    if (field.kind === 'choice') {
      const branch = field.branches.find(
        (fieldsOfBranch) => next !== undefined && elementNames(fieldsOfBranch).includes(next),
      );
      if (branch !== undefined) readFields(branch, reading);
      else if (field.required && !field.branches.some(mayBeEmpty))
        throw new RequestError(
          reading.path,
          `needs one of ${field.branches.map((of) => elementNames(of)[0]).join(', ')}`,
        );
    } else if (field.kind === 'lines') readLines(field, reading);
    else readSingle(field, reading);
  }
}

function readSingle(field: Extract<Field, { kind: 'single' }>, reading: Reading): void {
  const { name, occurs, max, since } = field;
  const many = occurs === 'repeated' || occurs === 'several';
  const values: unknown[] = [];
  for (
    let child = reading.children[reading.at];
    child?.name === name && values.length < max;
    child = reading.children[reading.at]
  ) {
    const path = `${reading.path}/${name}${many ? `[${values.length + 1}]` : ''}`;
    if (since !== undefined && !atLeastVersion(reading.version, since))
      throw new RequestError(path, `needs qbXML ${since}`);
    values.push(readContent(field.content, child, path, reading.version));
    reading.at += 1;
  }
  if (values.length > 0) reading.value[name] = many ? values : values[0];
  else if (occurs !== 'optional' && occurs !== 'repeated')
    throw new RequestError(`${reading.path}/${name}`, 'is required here');
}

function readLines({ key, of }: Extract<Field, { kind: 'lines' }>, reading: Reading): void {
  const values: unknown[] = [];
  for (let child = reading.children[reading.at]; child !== undefined; child = reading.children[reading.at]) {
    const type = of[child.name];
    if (type === undefined) break;
    values.push({
      [child.name]: readContent(
        type,
        child,
        `${reading.path}/${key}[${values.length + 1}]/${child.name}`,
        reading.version,
      ),
    });
    reading.at += 1;
  }
  if (values.length > 0) reading.value[key] = values;
}

function readContent(content: Content, { name, node }: Child, path: string, version: QbxmlVersion): unknown {
  attributesAmong(node, path, {});
  if (content.kind === 'element') return readElement(content, elementsOf(node, name, path), path, version);
  const children = childrenOf(node, name);
  if (children.some((child) => !isText(nameOf(child))))
    throw new RequestError(path, 'elements where a value is wanted');
  try {
    return content.read(textOf(children));
  } catch (refusal) {
    if (refusal instanceof Refusal) throw new RequestError(path, refusal.message);
    throw refusal;
  }
}

function attributesAmong(node: XmlNode, path: string, forms: AttributeForms): Readonly<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of Object.keys(attributesOf(node))) {
    const value = attributeOf(node, name);
    if (!Object.hasOwn(forms, name)) throw new RequestError(`${path}/@${name}`, 'no such attribute is known here');
    const values = forms[name];
    if (value === undefined || (values !== undefined && !values.includes(value)))
      throw new RequestError(`${path}/@${name}`, `"${value}" is not one of ${values?.join(', ')}`);
    found[name] = value;
  }
  return found;
}

const elementNames = (fields: Fields): string[] =>
  fields.flatMap((field) =>
    field.kind === 'single'
      ? [field.name]
      : field.kind === 'lines'
        ? Object.keys(field.of)
        : field.branches.flatMap((branch) => elementNames(branch)),
  );

const mayBeEmpty = (fields: Fields): boolean =>
  fields.every((field) =>
    field.kind === 'single'
      ? field.occurs === 'optional' || field.occurs === 'repeated'
      : field.kind === 'lines' || !field.required || field.branches.some(mayBeEmpty),
  );
