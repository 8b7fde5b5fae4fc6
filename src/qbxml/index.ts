/**
 * qbXML, the language of QuickBooks Desktop's request processor: message sets written strictly and read with tolerance.
 *
 * Every message is declared once (`messages/`); its type, the strict encoder, the tolerant decoder and the sandbox's
 * check of requests all come from this declaration. Facts: qbXML 13.0, US edition.
 */
export {
  type AnyRecord,
  type BodyOf,
  isRequestName,
  messages,
  type RecordName,
  type RecordOf,
  type RequestName,
} from './catalogue.ts';
export { isSendable, sendable } from './characters.ts';
export type { ValueOf } from './declare.ts';
export { EncodeError } from './encode.ts';
export {
  type ErrorRecovery,
  type Iteration,
  type MessageSetRequest,
  type MessageSetResponse,
  type MetaData,
  type OnError,
  type RecordProblem,
  type RequestAttributes,
  type RequestMessage,
  type ResponseMessage,
  recordsOf,
  type Status,
  UNREADABLE_STATUS,
} from './messageSet.ts';
export { type Json, presentDocument, requestFromJson } from './presentation.ts';
export { type DecodedRequest, decodeRequest, RequestError } from './requestCheck.ts';
export { encodeRequest, MAX_MESSAGE_SET_ID } from './requests.ts';
export { decodeResponse, encodeResponse, type MessageSetAnswer, type ResponseDraft } from './responses.ts';
export type { Disposition, Job, Meaning, Severity, Source } from './status/disposition.ts';
export { formatHresult, hresults, readHresult } from './status/hresults.ts';
export { readStatus, type StatusReading, statusCodes } from './status/statusCodes.ts';
export { type QbxmlVersion, SPOKEN_VERSION } from './version.ts';
export { DecodeError, type DocumentLimits } from './wellFormed.ts';
