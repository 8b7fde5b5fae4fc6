/**
 * Message sets of requests, written.
 *
 * 1. Strict: what QuickBooks would refuse by its schema is refused here, named.
 * 2. Deterministic: the same set gives the same bytes. QuickBooks keeps a checksum of a set under its message-set ID.
 * 3. Pure ASCII.
 */

import { messageNamed } from './catalogue.ts';
import { EncodeError, encodeElement } from './encode.ts';
import { type MarkupElement, writeRequestDocument } from './markup.ts';
import type { Message } from './message.ts';
import type { MessageSetRequest, RequestAttributes } from './messageSet.ts';
import { type QbxmlVersion, SPOKEN_VERSION } from './version.ts';

/** The longest message-set ID: QuickBooks' own documents say 23 and 24; both hold at 20. */
export const MAX_MESSAGE_SET_ID = 20;
const MAX_REQUEST_ID = 50;
const PRINTABLE = /^[\x21-\x7e]+$/;

/** Forms of attributes, by name. */
const META_DATA = ['NoMetaData', 'MetaDataOnly', 'MetaDataAndResponseData'];
const ITERATION = ['Start', 'Continue', 'Stop'];
const ON_ERROR = ['stopOnError', 'continueOnError', 'rollbackOnError'];
const RESPONSE_DATA = ['includeAll', 'includeNone'];

/** Writes a message set as the document that ProcessRequest takes. Throws `EncodeError` {path, limit, message}. */
export function encodeRequest(set: MessageSetRequest, version: QbxmlVersion = SPOKEN_VERSION): string {
  const path = 'QBXMLMsgsRq';
  const asksForStored = set.newMessageSetID !== undefined || set.oldMessageSetID !== undefined;
  if (set.requests.length === 0 && !asksForStored)
    throw new EncodeError(path, 'a set without requests needs a message-set ID', 'at least one request');
  const attributes = attributesOf(path, [
    ['onError', set.onError, (value) => oneOf(value, ON_ERROR)],
    ['newMessageSetID', set.newMessageSetID, messageSetID],
    ['oldMessageSetID', set.oldMessageSetID, messageSetID],
    ['responseData', set.responseData, (value) => oneOf(value, RESPONSE_DATA)],
  ]);
  if (attributes.onError === undefined) throw new EncodeError(`${path}/@onError`, 'is required', 'required');
  const content = set.requests.map((request, index) => encodeMessage(request, index, version));
  return writeRequestDocument({ name: 'QBXML', content: [{ name: path, attributes, content }] }, version);
}

function encodeMessage(
  request: RequestAttributes & { readonly type: string; readonly body: unknown },
  index: number,
  version: QbxmlVersion,
): MarkupElement {
  const message = messageNamed(request.type);
  if (message === undefined)
    throw new EncodeError(`QBXMLMsgsRq[${index + 1}]`, `no message ${request.type} is declared`);
  const name = `${request.type}Rq`;
  const attributes = attributesOf(name, [
    ['requestID', request.requestID, requestID],
    ['metaData', request.metaData, (value) => oneOf(value, META_DATA)],
    ['iterator', request.iterator, (value) => oneOf(value, ITERATION)],
    ['iteratorID', request.iteratorID, (value) => printable(value, 100)],
  ]);
  checkPaging(name, message, request);
  const { content } = encodeElement(name, message.body, request.body, version);
  return { name, attributes, content };
}

/** Attributes that a message does not have, and iterators that could not work. */
function checkPaging(path: string, { paging }: Message, request: RequestAttributes & { readonly body: unknown }): void {
  if (paging === 'plain' && request.metaData !== undefined)
    throw new EncodeError(`${path}/@metaData`, 'this message has no metaData');
  if (paging !== 'iterator' && (request.iterator !== undefined || request.iteratorID !== undefined))
    throw new EncodeError(`${path}/@iterator`, 'this message cannot be read by an iterator');
  const continues = request.iterator === 'Continue' || request.iterator === 'Stop';
  if (continues !== (request.iteratorID !== undefined))
    throw new EncodeError(`${path}/@iteratorID`, 'goes with iterator Continue or Stop, and only with these');
  const bounded = typeof request.body === 'object' && request.body !== null && 'MaxReturned' in request.body;
  if (request.iterator !== undefined && request.iterator !== 'Stop' && !bounded)
    throw new EncodeError(`${path}/MaxReturned`, 'is required with an iterator', 'required');
}

type AttributeCheck = (value: string) => string | undefined;

function attributesOf(
  path: string,
  wanted: readonly (readonly [name: string, value: string | undefined, check: AttributeCheck])[],
): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [name, value, check] of wanted) {
    if (value === undefined) continue;
    const limit = typeof value === 'string' ? check(value) : 'text';
    if (limit !== undefined) throw new EncodeError(`${path}/@${name}`, `"${value}" is not ${limit}`, limit);
    attributes[name] = value;
  }
  return attributes;
}

const oneOf = (value: string, values: readonly string[]): string | undefined =>
  values.includes(value) ? undefined : `one of ${values.join(', ')}`;
const printable = (value: string, max: number): string | undefined =>
  PRINTABLE.test(value) && value.length <= max ? undefined : `1 to ${max} printable ASCII characters without blanks`;
const messageSetID: AttributeCheck = (value) =>
  value === 'ClearAllMessageSets' ? 'allowed: it would forget every posting' : printable(value, MAX_MESSAGE_SET_ID);
const requestID: AttributeCheck = (value) => printable(value, MAX_REQUEST_ID);
