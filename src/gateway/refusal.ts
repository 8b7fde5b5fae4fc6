/**
 * Why a call is refused: one row for each reason, with the code and the words that the caller gets.
 *
 * The words name nothing but what the caller sent itself, and are the same whether what it asked for exists or not.
 */
import { status } from '@grpc/grpc-js';

const ROWS = {
  credentialRefused: [status.UNAUTHENTICATED, 'the credential is not accepted'],
  protocolTooOld: [status.FAILED_PRECONDITION, 'this connector is too old'],
  methodForbidden: [status.PERMISSION_DENIED, 'this call is not allowed'],
  namespaceForeign: [status.PERMISSION_DENIED, 'the namespace is not yours'],
  queueForeign: [status.PERMISSION_DENIED, 'the task queue is not yours'],
  companyForeign: [status.PERMISSION_DENIED, 'the company is not yours'],
  tokenForeign: [status.PERMISSION_DENIED, 'the task token is not yours'],
  enrolmentRefused: [status.PERMISSION_DENIED, 'the connector key is not accepted'],
  enrolmentTooOften: [status.RESOURCE_EXHAUSTED, 'too many connector keys were tried from this address'],
  malformed: [status.INVALID_ARGUMENT, 'the request cannot be read'],
  tooLarge: [status.RESOURCE_EXHAUSTED, 'the request is too large'],
  bodyTooSlow: [status.DEADLINE_EXCEEDED, 'the request did not arrive in time'],
  readerTooSlow: [status.DEADLINE_EXCEEDED, 'the answer was not read in time'],
  tooMuchHeld: [status.RESOURCE_EXHAUSTED, 'too much is being sent at once'],
  tooManyPolls: [status.RESOURCE_EXHAUSTED, 'too many polls of this queue'],
  tooManyCalls: [status.RESOURCE_EXHAUSTED, 'too many calls at once'],
  tooOften: [status.RESOURCE_EXHAUSTED, 'too many calls'],
  tooManyConnections: [status.RESOURCE_EXHAUSTED, 'too many connections'],
  refusedTooOften: [status.RESOURCE_EXHAUSTED, 'too many refused calls from this address'],
  connectionUnused: [status.UNAUTHENTICATED, 'no call that was let in'],
  handshakeFailed: [status.UNAUTHENTICATED, 'no TLS connection'],
  protocolBroken: [status.INTERNAL, 'the connection broke HTTP/2'],
  notGrpc: [status.INVALID_ARGUMENT, 'not a gRPC call'],
  draining: [status.UNAVAILABLE, 'this gateway is stopping'],
  unavailable: [status.UNAVAILABLE, 'the gateway cannot serve at the moment'],
} as const satisfies Readonly<Record<string, readonly [status, string]>>;

export type RefusalReason = keyof typeof ROWS;

export const REFUSAL_REASONS = Object.keys(ROWS) as readonly RefusalReason[];

/** A call that is not let through. `message` is what the caller gets. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly reason: RefusalReason;
  readonly code: status;
  /** For the log alone. */
  readonly detail: string | undefined;

  constructor(reason: RefusalReason, { words, detail }: { readonly words?: string; readonly detail?: string } = {}) {
    super(words ?? ROWS[reason][1]);
    this.reason = reason;
    this.code = ROWS[reason][0];
    this.detail = detail;
  }
}
