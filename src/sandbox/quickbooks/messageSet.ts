/**
 * One message set, from the text of the request to the text of the answer.
 *
 * 1. The call fails as a whole, before anything is done, when the text cannot be read (0x80040400, without a position),
 *    asks for a version that the session does not support (0x80040423), or for rollbackOnError (0x80040413).
 * 2. Requests are answered in their order; each write stands alone. With stopOnError all after the first error get 3231.
 * 3. All that a set changed becomes durable at once, before it is answered.
 */
import {
  type DecodedRequest,
  DecodeError,
  decodeRequest,
  encodeResponse,
  type MessageSetRequest,
  messages,
  RequestError,
  type RequestMessage,
  type ResponseDraft,
  SPOKEN_VERSION,
} from '../../qbxml/index.ts';
import { type Answer, refused } from './answer.ts';
import type { CompanyFile } from './companyFile.ts';
import { callFailed } from './hresult.ts';
import type { RequestContext } from './messages/context.ts';
import { answerRequest } from './messages/index.ts';
import type { Iterators } from './paging.ts';
import { keepAnswer, planRecovery } from './recovery.ts';
import { notProcessed, Refused } from './refusal.ts';
import type { Switches } from './switches.ts';
import { SUPPORTED_VERSIONS } from './versions.ts';

const MAX_REQUEST_ID = 50;
const ERRORS_FROM = 1000;

/** The session that a set comes through. */
export interface MessageSetSession {
  readonly application: string;
  readonly iterators: Iterators;
  readonly singleUser: boolean;
}

/** A fault's wish: requests of this name (all writes, without one) are refused with this status. */
export interface ForcedStatus {
  readonly request?: string;
  readonly statusCode: number;
  readonly statusMessage: string;
}

/** Reads the text of a request. Throws `CallFailed`. */
export function readMessageSet(inputRequest: string, { nonAscii }: Switches): DecodedRequest {
  let decoded: DecodedRequest;
  try {
    decoded = decodeRequest(inputRequest);
  } catch (error) {
    if (error instanceof RequestError || error instanceof DecodeError) throw callFailed('0x80040400');
    throw error;
  }
  if (decoded.version === undefined) throw callFailed('0x80040400');
  const { version } = decoded;
  if (!SUPPORTED_VERSIONS.some((known) => known === version)) throw callFailed('0x80040423');
  if (decoded.rawNonAscii !== undefined && nonAscii === 'refused') throw callFailed('0x80040400');
  if (decoded.set.onError === 'rollbackOnError') throw callFailed('0x80040413');
  return decoded;
}

/** Processes a set and makes it durable; answers the text of the reply. Throws `CallFailed`. */
export function processMessageSet(
  company: CompanyFile,
  session: MessageSetSession,
  { set, version = SPOKEN_VERSION }: DecodedRequest,
  forced?: ForcedStatus,
): string {
  const { newMessageSetID } = set;
  const named = newMessageSetID === undefined ? {} : { newMessageSetID };
  const plan = planRecovery(company, session.application, set);
  if (plan.kind === 'answered') return encodeResponse({ ...named, ...plan.answer }, version);
  const responses = answerAll(company, session, set, forced);
  if (plan.keepAs !== undefined) keepAnswer(company, session.application, plan.keepAs, set, responses);
  company.commit();
  const { messageSetStatusCode } = plan;
  return encodeResponse(
    { ...named, ...(messageSetStatusCode === undefined ? {} : { messageSetStatusCode }), responses },
    version,
  );
}

function answerAll(
  company: CompanyFile,
  session: MessageSetSession,
  set: MessageSetRequest,
  forced: ForcedStatus | undefined,
): ResponseDraft[] {
  const context: RequestContext = {
    company,
    iterators: session.iterators,
    singleUser: session.singleUser,
    fieldsBefore: new Set([...company.tables.privateField.all()].map(({ id }) => id)),
  };
  let stopped = false;
  return set.requests.map((request) => {
    const answer = stopped ? refusal(notProcessed()) : answerOne(context, request, forced);
    if (answer.status.code >= ERRORS_FROM && set.onError === 'stopOnError') stopped = true;
    const { records, errorRecovery, ...rest } = answer;
    const { requestID } = request;
    return {
      type: request.type,
      ...(requestID === undefined ? {} : { requestID }),
      ...rest,
      ...(errorRecovery !== undefined && set.newMessageSetID !== undefined ? { errorRecovery } : {}),
      records: set.responseData === 'includeNone' ? [] : records,
    };
  });
}

function answerOne(context: RequestContext, request: RequestMessage, forced: ForcedStatus | undefined): Answer {
  if ((request.requestID ?? '').length > MAX_REQUEST_ID)
    return refused(
      1060,
      `The request ID "${request.requestID}" is invalid, maximum length is ${MAX_REQUEST_ID} characters.`,
    );
  if (
    forced !== undefined &&
    (forced.request === undefined ? messages[request.type].writes : forced.request === request.type)
  )
    return refused(forced.statusCode, forced.statusMessage);
  try {
    return answerRequest(context, request);
  } catch (error) {
    if (error instanceof Refused) return refusal(error);
    throw error;
  }
}

const refusal = ({ statusCode, message }: Refused): Answer => refused(statusCode, message);
