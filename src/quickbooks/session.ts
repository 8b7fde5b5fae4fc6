/**
 * A session with one company file: opened for one visit, checked, always closed.
 *
 * 1. One application name and ID for all connectors: QuickBooks keeps its answers to writes by application.
 * 2. A read that fails changed nothing; whatever went wrong, it may be read again.
 * 3. A write whose answer is lost, unreadable or too large is of unknown outcome. One that QuickBooks refused to take
 *    (`RefusedSet`) was not begun.
 *
 * Leaves to others: whose file it is (`fileIdentity.ts`), what is asked and written.
 */
import {
  DecodeError,
  decodeResponse,
  encodeRequest,
  type MessageSetRequest,
  type MessageSetResponse,
  type RequestMessage,
  type ResponseMessage,
} from '../qbxml/index.ts';
import { judgeHResult } from './judgement.ts';
import {
  AnswerTooLarge,
  CONNECTION_LOCAL,
  FILE_MODE_DO_NOT_CARE,
  HResultError,
  ProcessorLost,
  type RequestProcessor,
  type SendLimits,
} from './processor.ts';
import { SiteBlock, SiteTrouble } from './trouble.ts';

export const APPLICATION_NAME = 'Tandem';
export const APPLICATION_ID = '';

export interface Session {
  /**
   * Asks a set of queries, in which each has a requestID of its own, and finds the answer to each by it.
   * Throws `SiteTrouble` (`retry`, `wait`), `SiteBlock`, `AnswerTooLarge`, `TooLate`.
   */
  ask(requests: readonly RequestMessage[]): Promise<Answers>;
  /** Sends a set that only asks for a stored answer. Throws as `ask` does. */
  stored(xml: string): Promise<MessageSetResponse>;
  /**
   * Sends a document that may write, byte for byte. Throws `SiteTrouble` of kind `unknown` when it may have been carried
   * out, `RefusedSet`, `TooLate`, `SiteTrouble` of another kind or `SiteBlock` when it was not begun.
   */
  write(xml: string): Promise<MessageSetResponse>;
}

export interface Answers {
  /** The answer to the request of that requestID. */
  to(requestID: string): ResponseMessage;
}

/** QuickBooks refused a message set as a whole, as malformed or as nothing it does: no request of it was begun. */
export class RefusedSet extends Error {
  override readonly name = 'RefusedSet';
  readonly hresult: number;
  constructor({ hresult, message }: HResultError) {
    super(message);
    this.hresult = hresult;
  }
}

export interface SessionOptions {
  /** Full path of the company file, or empty for the one that is open. */
  readonly file: string;
  /** What each request carries: when it may be begun at the latest. */
  readonly limits: () => SendLimits;
  /** Called when a session could not be closed in good order: the processor is to be thrown away. */
  readonly abandon: (reason: string) => void;
}

/** Opens a session, does the work, ends session and connection whatever became of it. */
export async function withSession<T>(
  processor: RequestProcessor,
  options: SessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  let lost = false;
  /** Notes when the processor is gone, and with it the session: there is nothing to close then. */
  const watched = async <R>(call: Promise<R>): Promise<R> => {
    try {
      return await call;
    } catch (error) {
      lost ||= error instanceof ProcessorLost;
      throw error;
    }
  };
  const close = async (step: () => Promise<void>): Promise<void> => {
    if (lost) return;
    try {
      await watched(step());
    } catch (error) {
      lost = true;
      options.abandon(error instanceof Error ? error.message : String(error));
    }
  };
  try {
    await watched(processor.openConnection2(APPLICATION_ID, APPLICATION_NAME, CONNECTION_LOCAL));
  } catch (error) {
    // A connection that an earlier visit left open goes away with its process.
    if (!lost) options.abandon('the connection could not be opened');
    throw readFailure(error);
  }
  try {
    const ticket = await asRead(watched(processor.beginSession(options.file, FILE_MODE_DO_NOT_CARE)));
    try {
      checkFile(options.file, await asRead(watched(processor.getCurrentCompanyFileName(ticket))));
      return await work(sessionWith((xml) => watched(processor.processRequest(ticket, xml, options.limits()))));
    } finally {
      await close(() => processor.endSession(ticket));
    }
  } finally {
    await close(() => processor.closeConnection());
  }
}

function sessionWith(send: (xml: string) => Promise<string>): Session {
  return {
    async ask(requests) {
      const set: MessageSetRequest = { onError: 'continueOnError', requests };
      const answer = readable(await asRead(send(encodeRequest(set))));
      return answersOf(answer, requests);
    },
    stored: async (xml) => readable(await asRead(send(xml))),
    async write(xml) {
      let answer: string;
      try {
        answer = await send(xml);
      } catch (error) {
        throw writeFailure(error);
      }
      try {
        return decodeResponse(answer);
      } catch (error) {
        if (!(error instanceof DecodeError)) throw error;
        throw new SiteTrouble('unknown', `the answer to a write cannot be read: ${error.message}`, error);
      }
    },
  };
}

function answersOf(set: MessageSetResponse, requests: readonly RequestMessage[]): Answers {
  const byId = new Map<string, ResponseMessage>();
  for (const response of set.responses) if (response.requestID !== undefined) byId.set(response.requestID, response);
  for (const { requestID, type } of requests) {
    const response = requestID === undefined ? undefined : byId.get(requestID);
    if (response === undefined || response.type !== type)
      throw new SiteTrouble('retry', `QuickBooks' answer lacks the one to ${type}`);
  }
  return {
    to(requestID) {
      const response = byId.get(requestID);
      if (response === undefined) throw new RangeError(`nothing was asked as ${requestID}`);
      return response;
    },
  };
}

function readable(answer: string): MessageSetResponse {
  try {
    return decodeResponse(answer);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new SiteTrouble('retry', `QuickBooks' answer cannot be read: ${error.message}`, error);
  }
}

async function asRead<T>(call: Promise<T>): Promise<T> {
  try {
    return await call;
  } catch (error) {
    throw readFailure(error);
  }
}

/** What a failed call means that wrote nothing. */
function readFailure(error: unknown): unknown {
  if (error instanceof ProcessorLost) return new SiteTrouble('retry', error.message, error);
  if (!(error instanceof HResultError)) return error;
  const judgement = judgeHResult(error.hresult);
  if (judgement.kind === 'block') return blockOf(judgement.code, error);
  return new SiteTrouble(judgement.kind === 'wait' ? 'wait' : 'retry', error.message, error);
}

/** What a failed call means that would have written. */
function writeFailure(error: unknown): unknown {
  if (error instanceof ProcessorLost || error instanceof AnswerTooLarge)
    return new SiteTrouble('unknown', error.message, error);
  if (!(error instanceof HResultError)) return error;
  const judgement = judgeHResult(error.hresult);
  switch (judgement.kind) {
    case 'unknown':
      return new SiteTrouble('unknown', error.message, error);
    case 'refused':
      return new RefusedSet(error);
    case 'block':
      return blockOf(judgement.code, error);
    case 'wait':
    case 'retry':
      return new SiteTrouble(judgement.kind, error.message, error);
  }
}

const blockOf = (code: SiteBlock['block']['code'], error: HResultError): SiteBlock =>
  new SiteBlock(code, { quickBooks: error.message });

/** The file that QuickBooks says is open. Its folder may be named in two ways (a drive, a share), its own name may not. */
function checkFile(wanted: string, found: string): void {
  if (wanted !== '' && baseName(wanted) !== baseName(found))
    throw new SiteBlock('anotherFile', { file: wanted, found });
}

const baseName = (path: string): string => (path.split(/[\\/]/).at(-1) ?? path).toLowerCase();
