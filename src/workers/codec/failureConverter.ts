/**
 * Failures as they are sent: message and stack trace go as a payload, so that the codec seals them like any other. Loaded by
 * clients and workers, and part of the workflow bundle: nothing of Node in here.
 *
 * 1. In sight stay the kind of a failure, its type (a word of ours) and whether it is tried again.
 * 2. Every payload of a failure is marked as such, so that the codec may send a failure without its words rather than not
 *    at all.
 * 3. Reading never throws: words that cannot be read are replaced by words that say so. What the server itself wrote
 *    (a timeout, a termination) comes in plain and is taken.
 */
import { DefaultFailureConverter, type FailureConverter, type Payload, type ProtoFailure } from '@temporalio/common';
import { encode } from '@temporalio/common/lib/encoding.js';

/** What stands in sight in a message’s place; known to Temporal’s tools. */
const IN_SIGHT = 'Encoded failure';
const UNREADABLE = '(the words of this failure cannot be read)';
const MARK = 'tandem-failure';
/** Deeper causes are dropped. */
const MAX_CAUSES = 20;
/** Of a message or a stack trace, in characters. */
const MAX_WORDS = 10_000;

const inner = new DefaultFailureConverter();

export const failureConverter: FailureConverter = {
  errorToFailure: (error, converter, context) =>
    hidden(inner.errorToFailure(error, converter, context), (words) => converter.toPayload(words, context)),
  failureToError: (failure, converter, context) => {
    const reading: Reading = {
      words: (payload) => converter.fromPayload(payload, context),
      isError: (alone) => succeeds(() => inner.failureToErrorInner(alone, converter, context)),
    };
    return inner.failureToError(revealed(failure, reading), converter, context);
  },
};

interface Reading {
  words(payload: Payload): unknown;
  /** Whether the SDK can make an error of a failure without its cause. */
  isError(alone: ProtoFailure): boolean;
}

/** Whether a payload belongs to a failure. */
export const belongsToFailure = ({ metadata }: Payload): boolean => metadata?.[MARK] !== undefined;

/** In place of a failure’s payload that cannot be sealed. */
export const WITHHELD: Payload = {
  metadata: { encoding: encode('json/plain') },
  data: encode('{"message":"(the words of this failure could not be sealed and were not sent)","stack_trace":""}'),
};

interface Words {
  readonly message: string;
  readonly stack_trace: string;
}

/** A failure without words in sight, and so its causes. */
function hidden(failure: ProtoFailure, toPayload: (words: Words) => Payload, depth = 0): ProtoFailure {
  const { message, stackTrace, cause, ...kind } = failure;
  const words = { message: message ?? '', stack_trace: stackTrace ?? '' };
  return {
    ...withMarkedPayloads(kind),
    message: IN_SIGHT,
    stackTrace: '',
    encodedAttributes: marked(toPayload(words)),
    ...(cause && depth < MAX_CAUSES && { cause: hidden(cause, toPayload, depth + 1) }),
  };
}

/**
 * A failure with its words, as far as they can be read, and so its causes; as it would be had nothing been hidden. One of a
 * kind that makes no sense (a connector may claim any) becomes a plain one.
 */
function revealed(failure: ProtoFailure, reading: Reading, depth = 0): ProtoFailure {
  const { encodedAttributes, cause, ...rest } = failure;
  const words = encodedAttributes ? wordsIn(reading.words(encodedAttributes)) : rest;
  const [message, stackTrace] = [shown(words.message), shown(words.stackTrace)];
  const alone = { ...rest, message, stackTrace };
  return {
    ...(reading.isError(alone) ? alone : { message, stackTrace, applicationFailureInfo: { type: 'Unreadable' } }),
    ...(cause && depth < MAX_CAUSES && { cause: revealed(cause, reading, depth + 1) }),
  };
}

function succeeds(attempt: () => unknown): boolean {
  try {
    attempt();
    return true;
  } catch {
    return false; // the answer to what was asked
  }
}

function wordsIn(value: unknown): { readonly message: string; readonly stackTrace: string } {
  if (typeof value !== 'object' || value === null) return { message: UNREADABLE, stackTrace: '' };
  const message = 'message' in value && typeof value.message === 'string' ? value.message : UNREADABLE;
  const stackTrace = 'stack_trace' in value && typeof value.stack_trace === 'string' ? value.stack_trace : '';
  return { message, stackTrace };
}

/** Words from outside: cut, and without control characters but line ends and tabs. */
const shown = (words: string | null | undefined): string =>
  (words ?? '').slice(0, MAX_WORDS).replace(/[^\P{C}\n\t]+/gu, ' ');

/** The payloads that a failure holds beside its words: what was given as details, what the last heartbeat told. */
function withMarkedPayloads(failure: ProtoFailure): ProtoFailure {
  const { applicationFailureInfo, canceledFailureInfo, timeoutFailureInfo, resetWorkflowFailureInfo } = failure;
  return {
    ...failure,
    ...(applicationFailureInfo && {
      applicationFailureInfo: { ...applicationFailureInfo, details: allMarked(applicationFailureInfo.details) },
    }),
    ...(canceledFailureInfo && {
      canceledFailureInfo: { ...canceledFailureInfo, details: allMarked(canceledFailureInfo.details) },
    }),
    ...(timeoutFailureInfo && {
      timeoutFailureInfo: {
        ...timeoutFailureInfo,
        lastHeartbeatDetails: allMarked(timeoutFailureInfo.lastHeartbeatDetails),
      },
    }),
    ...(resetWorkflowFailureInfo && {
      resetWorkflowFailureInfo: {
        ...resetWorkflowFailureInfo,
        lastHeartbeatDetails: allMarked(resetWorkflowFailureInfo.lastHeartbeatDetails),
      },
    }),
  };
}

type Payloads = { payloads?: Payload[] | null } | null | undefined;

const allMarked = (given: Payloads): { payloads: Payload[] } | null =>
  given ? { payloads: given.payloads?.map(marked) ?? [] } : null;
const marked = (payload: Payload): Payload => ({ ...payload, metadata: { ...payload.metadata, [MARK]: encode('1') } });
