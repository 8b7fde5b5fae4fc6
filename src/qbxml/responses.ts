/**
 * Message sets of answers: read with tolerance, and written for the sandbox.
 *
 * 1. Whatever text comes in, reading gives a `MessageSetResponse` or throws `DecodeError`; it never does anything else.
 * 2. A record that cannot be read is a problem in its answer, with path, text and ID; the other records stand.
 * 3. Answers keep the order of the document. The encoding that the XML declaration names is ignored: the text arrives
 *    as a string.
 */
import { type AnyRecord, messageNamed } from './catalogue.ts';
import type { ElementType } from './declare.ts';
import { decodeElement, UnreadableRecord } from './decode.ts';
import {
  attributeOf,
  childrenOf,
  elementNamed,
  isText,
  nameOf,
  readDocument,
  textOf,
  type XmlNode,
} from './document.ts';
import { encodeElement } from './encode.ts';
import { type MarkupElement, writeAnswerDocument } from './markup.ts';
import type { Message } from './message.ts';
import {
  type ErrorRecovery,
  errorRecovery,
  type MessageSetResponse,
  type RecordProblem,
  type ResponseMessage,
  type Status,
  UNREADABLE_STATUS,
} from './messageSet.ts';
import { type QbxmlVersion, SPOKEN_VERSION } from './version.ts';
import { DecodeError, type DocumentLimits } from './wellFormed.ts';

/** Reads an answer of ProcessRequest. Throws `DecodeError` {line, column, message} for anything that is no qbXML answer. */
export function decodeResponse(xml: string, limits: DocumentLimits = {}): MessageSetResponse {
  const set = answerSet(readDocument(xml, limits));
  const status = attributeOf(set, 'messageSetStatusCode');
  const newMessageSetID = attributeOf(set, 'newMessageSetID');
  return {
    ...(newMessageSetID === undefined ? {} : { newMessageSetID }),
    ...(status === undefined || status.trim() === ''
      ? {}
      : { messageSetStatusCode: wholeNumber(status) ?? UNREADABLE_STATUS }),
    responses: childrenOf(set, 'QBXMLMsgsRs').flatMap((node) => {
      const name = nameOf(node);
      return name.endsWith('Rs') ? [decodeMessage(name, node)] : [];
    }),
  };
}

/** The element QBXMLMsgsRs of a document. Throws `DecodeError` where there is none. */
export function answerSet(document: readonly XmlNode[]): XmlNode {
  const root = document.find((node) => !nameOf(node).startsWith('?') && !isText(nameOf(node)));
  const rootName = root === undefined ? '' : nameOf(root);
  if (root === undefined || rootName !== 'QBXML')
    throw new DecodeError(`not qbXML: the root element is <${rootName}>`, 1, 1);
  const set = elementNamed(childrenOf(root, 'QBXML'), 'QBXMLMsgsRs');
  if (set === undefined) throw new DecodeError('not an answer: there is no QBXMLMsgsRs', 1, 1);
  return set;
}

/** The status that an answer carries as attributes. */
export function statusOf(node: XmlNode): Status {
  return {
    code: wholeNumber(attributeOf(node, 'statusCode') ?? '') ?? UNREADABLE_STATUS,
    severity: attributeOf(node, 'statusSeverity') ?? '',
    message: attributeOf(node, 'statusMessage') ?? '',
  };
}

function decodeMessage(name: string, node: XmlNode): ResponseMessage {
  const type = name.slice(0, -2);
  const message = messageNamed(type);
  const children = childrenOf(node, name);
  const records: AnyRecord[] = [];
  const problems: RecordProblem[] = [];
  let recovery: ErrorRecovery | undefined;
  /** Reads one record, or notes why it cannot be read. */
  const read = (
    element: string,
    of: ElementType,
    content: readonly XmlNode[],
    keep: (value: unknown) => void,
  ): void => {
    try {
      keep(decodeElement(of, content, [element]));
    } catch (trouble) {
      if (!(trouble instanceof UnreadableRecord)) throw trouble;
      const { path, raw } = trouble;
      const id = idOf(content);
      problems.push({ element, ...(id === undefined ? {} : { id }), path, raw, reason: trouble.message });
    }
  };
  if (message?.inline === true) {
    for (const [element, of] of Object.entries(message.records)) {
      if (children.some((child) => of.slots.has(nameOf(child))))
        read(element, of, children, (value) => records.push(recordAs(element, value)));
    }
  }
  for (const child of children) {
    const element = nameOf(child);
    const of = message?.inline === true ? undefined : message?.records[element];
    if (of !== undefined)
      read(element, of, childrenOf(child, element), (value) => records.push(recordAs(element, value)));
    else if (element === 'ErrorRecovery')
      read(element, errorRecovery, childrenOf(child, element), (value) => {
        recovery = value as ErrorRecovery;
      });
  }
  const requestID = attributeOf(node, 'requestID');
  const retCount = wholeNumber(attributeOf(node, 'retCount') ?? '');
  const iteratorRemainingCount = wholeNumber(attributeOf(node, 'iteratorRemainingCount') ?? '');
  const iteratorID = attributeOf(node, 'iteratorID');
  return {
    type,
    ...(requestID === undefined ? {} : { requestID }),
    status: statusOf(node),
    ...(retCount === undefined ? {} : { retCount }),
    ...(iteratorRemainingCount === undefined ? {} : { iteratorRemainingCount }),
    ...(iteratorID === undefined ? {} : { iteratorID }),
    ...(recovery === undefined ? {} : { errorRecovery: recovery }),
    records,
    problems,
  };
}

/** The one place where a value read by a declaration takes the type that follows from this declaration. */
const recordAs = (element: string, value: unknown): AnyRecord => ({ element, value }) as AnyRecord;

/** A record's TxnID or ListID, where it can be read at all. */
function idOf(children: readonly XmlNode[]): string | undefined {
  for (const name of ['TxnID', 'ListID']) {
    const found = elementNamed(children, name);
    const text = found === undefined ? '' : textOf(childrenOf(found, name)).trim();
    if (text !== '' && text.length <= 36) return text;
  }
  return undefined;
}

const wholeNumber = (text: string): number | undefined => (/^\s*-?\d{1,9}\s*$/.test(text) ? Number(text) : undefined);

/** An answer as the sandbox states it; problems do not exist on its side. */
export type ResponseDraft = Omit<ResponseMessage, 'problems'>;
export type MessageSetAnswer = Omit<MessageSetResponse, 'responses'> & { readonly responses: readonly ResponseDraft[] };

/** Writes an answer in the order of the schema. Throws `EncodeError` for a record that the schema would not have. */
export function encodeResponse(set: MessageSetAnswer, version: QbxmlVersion = SPOKEN_VERSION): string {
  const attributes = texts({ newMessageSetID: set.newMessageSetID, messageSetStatusCode: set.messageSetStatusCode });
  const content = set.responses.map((response) => encodeAnswer(response, messageNamed(response.type), version));
  return writeAnswerDocument({ name: 'QBXML', content: [{ name: 'QBXMLMsgsRs', attributes, content }] });
}

function encodeAnswer(response: ResponseDraft, message: Message | undefined, version: QbxmlVersion): MarkupElement {
  const name = `${response.type}Rs`;
  const content: MarkupElement[] = response.records.flatMap(({ element, value }) => {
    const of = message?.records[element];
    if (of === undefined) throw new RangeError(`${name} has no record ${element}`);
    const encoded = encodeElement(element, of, value, version, `${name}/${element}`);
    return message?.inline === true && typeof encoded.content !== 'string' ? encoded.content : [encoded];
  });
  if (response.errorRecovery !== undefined)
    content.push(
      encodeElement('ErrorRecovery', errorRecovery, response.errorRecovery, version, `${name}/ErrorRecovery`),
    );
  const attributes = texts({
    requestID: response.requestID,
    statusCode: response.status.code,
    statusSeverity: response.status.severity,
    statusMessage: response.status.message,
    retCount: response.retCount,
    iteratorRemainingCount: response.iteratorRemainingCount,
    iteratorID: response.iteratorID,
  });
  return { name, attributes, content };
}

const texts = (values: Readonly<Record<string, string | number | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)]])),
  );
