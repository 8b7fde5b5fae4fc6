/**
 * qbXML documents as JSON for people, and requests back from it.
 *
 * 1. Everything in the document is shown: declared messages by their declarations (booleans, whole numbers, money as
 *    integer cents beside the text as written), what is not declared generically.
 * 2. What is shown of a request can be given to `requestFromJson` and means the same request.
 * 3. Prices, quantities and percentages are shown as written: `"1.25"`.
 */
import { parseCents, parseDecimal } from '../domain/money.ts';
import { messageNamed } from './catalogue.ts';
import type { Content, ElementType, Shape } from './declare.ts';
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
import { EncodeError } from './encode.ts';
import { errorRecovery, type MessageSetRequest } from './messageSet.ts';
import { decodeRequest } from './requestCheck.ts';
import { answerSet, decodeResponse, statusOf } from './responses.ts';
import { readStatus } from './status/statusCodes.ts';
import type { DocumentLimits } from './wellFormed.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** Shows an answer, or a request. Throws `DecodeError`; for a request that QuickBooks would refuse `RequestError`. */
export function presentDocument(xml: string, limits: DocumentLimits = {}): Json {
  const document = readDocument(xml, limits);
  const root = document.find((node) => nameOf(node) === 'QBXML');
  const request = root === undefined ? undefined : elementNamed(childrenOf(root, 'QBXML'), 'QBXMLMsgsRq');
  return request === undefined ? presentAnswer(answerSet(document), xml, limits) : presentRequest(request, xml, limits);
}

function presentAnswer(set: XmlNode, xml: string, limits: DocumentLimits): Json {
  const decoded = decodeResponse(xml, limits).responses;
  const nodes = childrenOf(set, 'QBXMLMsgsRs').filter((node) => nameOf(node).endsWith('Rs'));
  return {
    messageSet: allAttributes(set),
    responses: nodes.map((node, index) => {
      const name = nameOf(node);
      const type = name.slice(0, -2);
      const message = messageNamed(type);
      const { code, severity, message: text } = statusOf(node);
      const { name: means, says, toDo } = readStatus({ code, message: text });
      const children = childrenOf(node, name);
      const records: Json =
        message?.inline === true
          ? [present(message.records[name], children)]
          : children.flatMap((child) => {
              const element = nameOf(child);
              if (isText(element)) return [];
              const of = element === 'ErrorRecovery' ? errorRecovery : message?.records[element];
              return [{ [element]: present(of, childrenOf(child, element), child) }];
            });
      return {
        type,
        declared: message !== undefined,
        attributes: allAttributes(node),
        status: { code, severity, message: text, means, says, toDo },
        records,
        problems: (decoded[index]?.problems ?? []).map((problem) => ({ ...problem })),
      };
    }),
  };
}

function presentRequest(set: XmlNode, xml: string, limits: DocumentLimits): Json {
  decodeRequest(xml, limits);
  const requests = childrenOf(set, 'QBXMLMsgsRq').filter((node) => !isText(nameOf(node)));
  return {
    ...allAttributes(set),
    requests: requests.map((node) => {
      const name = nameOf(node);
      const type = name.slice(0, -2);
      return { type, ...allAttributes(node), body: present(messageNamed(type)?.body, childrenOf(node, name)) };
    }),
  };
}

const allAttributes = (node: XmlNode): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.keys(attributesOf(node)).map((name) => [name, attributeOf(node, name) ?? '']));

/** What is money in a message that is not declared: by the name of the element and the form of the text. */
const MONEY_NAME = /Amount|Balance|Subtotal/;
const MONEY = /^[+-]?\d{1,13}\.\d{2}$/;

/** A value: by its declaration where there is one, else by what it looks like. */
function present(of: Content | undefined, children: readonly XmlNode[], node?: XmlNode): Json {
  if (of?.kind === 'scalar') return presentScalar(of.shape, textOf(children));
  const elements = children.filter((child) => !isText(nameOf(child)));
  if (of === undefined && elements.length === 0) {
    const attributes = node === undefined ? [] : prefixed(node);
    const text = textOf(children);
    if (attributes.length > 0) return Object.fromEntries([...attributes, ['#text', text]]);
    const isMoney = node !== undefined && MONEY_NAME.test(nameOf(node)) && MONEY.test(text);
    return isMoney ? presentScalar({ kind: 'amount' }, text) : text;
  }
  const found = new Map<string, { readonly many: boolean; readonly values: Json[] }>();
  for (const child of elements) {
    const name = nameOf(child);
    const slot = of?.slots.get(name);
    const value = present(slot?.content, childrenOf(child, name), child);
    const key = slot?.key ?? name;
    const entry = found.get(key) ?? { many: slot?.many ?? false, values: [] };
    entry.values.push(slot?.wrapped === true ? { [name]: value } : value);
    found.set(key, entry);
  }
  const texts = children.filter((child) => isText(nameOf(child)) && !isBlank(child));
  return Object.fromEntries([
    ...(of === undefined && node !== undefined ? prefixed(node) : []),
    ...[...found].map(([key, { many, values }]): [string, Json] => [
      key,
      many || values.length > 1 ? values : (values[0] ?? null),
    ]),
    ...(texts.length === 0 ? [] : [['#text', textOf(texts)] as const]),
  ]);
}

const prefixed = (node: XmlNode): [string, Json][] =>
  Object.entries(allAttributes(node)).map(([name, value]) => [`@${name}`, value]);

function presentScalar(shape: Shape, text: string): Json {
  switch (shape.kind) {
    case 'clearable':
      return text.trim() === '' ? null : presentScalar(shape.of, text);
    case 'amount': {
      const cents = parseCents(text.trim());
      return cents === undefined ? text : { cents, text };
    }
    case 'boolean':
      return /^(?:true|1)$/i.test(text.trim()) ? true : /^(?:false|0)$/i.test(text.trim()) ? false : text;
    case 'integer':
      return /^\s*[+-]?\d{1,15}\s*$/.test(text) ? Number(text) + 0 : text;
    default:
      return text;
  }
}

/**
 * A message set of requests from JSON, as `presentDocument` shows it or as the type states it. Only what may be written
 * in several ways is made one; `encodeRequest` then refuses what is wrong, with its path.
 * Throws `EncodeError` where there is no message set at all.
 */
export function requestFromJson(json: Json): MessageSetRequest {
  const set = 'QBXMLMsgsRq';
  if (!isObject(json) || !Array.isArray(json.requests))
    throw new EncodeError(set, 'an object with onError and a list of requests is wanted');
  const requests = json.requests.map((request: Json, index) => {
    if (!isObject(request) || typeof request.type !== 'string')
      throw new EncodeError(`${set}[${index + 1}]`, 'an object with type and body is wanted');
    const message = messageNamed(request.type);
    if (message === undefined || request.body === undefined) return request;
    return { ...request, body: plainElement(message.body, request.body) };
  });
  return read({ ...json, requests });
}

/** JSON typed by a person takes the type here; nothing relies on it before `encodeRequest` has checked each value. */
const read = (json: unknown): MessageSetRequest => json as MessageSetRequest;

const isObject = (value: unknown): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function plainElement(of: ElementType, value: Json): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, plainAt(of, key, one)]));
}

function plainAt(of: ElementType, key: string, value: Json): unknown {
  const slot = of.slots.get(key);
  if (slot !== undefined && !slot.wrapped)
    return Array.isArray(value) ? value.map((one: Json) => plain(slot.content, one)) : plain(slot.content, value);
  if (!Array.isArray(value)) return value;
  return value.map((line: Json) => (isObject(line) ? plainLine(of, line) : line));
}

const plainLine = (of: ElementType, line: { readonly [key: string]: Json }): unknown =>
  Object.fromEntries(
    Object.entries(line).map(([name, one]) => {
      const content = of.slots.get(name)?.content;
      return [name, content === undefined ? one : plain(content, one)];
    }),
  );

function plain(of: Content, value: Json): unknown {
  if (of.kind === 'element') return plainElement(of, value);
  const shape = of.shape.kind === 'clearable' ? of.shape.of : of.shape;
  if (shape.kind === 'amount') {
    if (isObject(value) && typeof value.cents === 'number') return value.cents;
    return typeof value === 'string' ? (parseCents(value) ?? value) : value;
  }
  return shape.kind === 'decimal' && typeof value === 'string' ? (parseDecimal(value) ?? value) : value;
}
