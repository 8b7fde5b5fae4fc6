/**
 * What can go wrong between us and MineralTree: one class, a stable code, and whether the call had an effect.
 *
 * 1. `outcome` speaks of the call alone: `notSent` (MineralTree never saw it), `notApplied` (it saw it and did nothing,
 *    or it was a question), `unknown` (a write that may or may not have been carried out: read before writing again).
 * 2. No message carries a password, a session or a record's content; text from MineralTree is cut and stripped of
 *    control characters first.
 *
 * The API guide documents the statuses 200, 403 and 503 alone; 401 as an expired session is what its public clients
 * rely on. Unverified against a live MineralTree.
 */

export type MineralTreeErrorCode =
  | 'misconfigured'
  | 'unauthorized'
  | 'forbidden'
  | 'notFound'
  | 'refused'
  | 'unavailable'
  | 'timeout'
  | 'connection'
  | 'malformedAnswer'
  | 'unreadable'
  | 'unwritable';

export type Outcome = 'notSent' | 'notApplied' | 'unknown';

/** What a caller does about it: try again as it is, wait for a while first, or tell a person. */
export type Disposition = 'retry' | 'wait' | 'person';

interface Meaning {
  readonly disposition: Disposition;
  readonly words: string;
}

/** Each code with its disposition and words for an operator. */
export const ERROR_MEANINGS: { readonly [code in MineralTreeErrorCode]: Meaning } = {
  misconfigured: {
    disposition: 'person',
    words: "The connection to MineralTree is set up wrongly. Correct the company's address, user or password.",
  },
  unauthorized: {
    disposition: 'person',
    words: 'MineralTree does not accept the user and password. Check them, and that the user is enabled for the API.',
  },
  forbidden: {
    disposition: 'person',
    words: 'MineralTree does not let this user do that. Check the rights of the API user for this company.',
  },
  notFound: {
    disposition: 'person',
    words: 'MineralTree does not know the record (any more). It may have been deleted there.',
  },
  refused: {
    disposition: 'person',
    words: 'MineralTree refused the record. Its own words say why; correct the record where it was made.',
  },
  unavailable: { disposition: 'wait', words: 'MineralTree is not available at the moment. It is tried again.' },
  timeout: { disposition: 'retry', words: 'MineralTree did not answer in time. It is tried again.' },
  connection: { disposition: 'retry', words: 'MineralTree could not be reached, or hung up. It is tried again.' },
  malformedAnswer: {
    disposition: 'retry',
    words: 'MineralTree answered with something that is not its API. It is tried again; if it stays, call support.',
  },
  unreadable: {
    disposition: 'person',
    words: 'A record in MineralTree has a value that cannot be carried over exactly. Correct it there.',
  },
  unwritable: {
    disposition: 'person',
    words: 'A record has a value that the API of MineralTree cannot carry. Correct it where it was made.',
  },
};

interface Circumstances {
  readonly outcome: Outcome;
  readonly status?: number | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly cause?: unknown;
}

export class MineralTreeError extends Error {
  override readonly name = 'MineralTreeError';
  readonly code: MineralTreeErrorCode;
  readonly outcome: Outcome;
  /** The HTTP status, where there was one. */
  readonly status?: number;
  /** How long MineralTree asked us to stay away, where it did. */
  readonly retryAfterMs?: number;

  constructor(code: MineralTreeErrorCode, message: string, circumstances: Circumstances) {
    super(message, circumstances.cause === undefined ? {} : { cause: circumstances.cause });
    this.code = code;
    this.outcome = circumstances.outcome;
    if (circumstances.status !== undefined) this.status = circumstances.status;
    if (circumstances.retryAfterMs !== undefined) this.retryAfterMs = circumstances.retryAfterMs;
  }

  get disposition(): Disposition {
    return ERROR_MEANINGS[this.code].disposition;
  }

  /** What happened and what to do, for a person. */
  get words(): string {
    return ERROR_MEANINGS[this.code].words;
  }
}

/** Text from outside, fit for a message: one line, no control characters, at most 300 characters. */
export function quotable(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}\p{Surrogate}\u2028\u2029]+/gu, ' ').trim();
  return line.length > 300 ? `${line.slice(0, 299)}…` : line;
}
