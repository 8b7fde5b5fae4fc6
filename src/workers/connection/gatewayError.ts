/**
 * Why a call to the gateway failed, in words for the person at the connector, told apart by what is to be done.
 *
 * 1. `refused`: the credential is not known or was revoked; nothing but a new enrolment mends it. `tooOld`: an update does.
 *    `denied`: this one thing is not allowed. `tooOften`: later.
 * 2. `notReached`, `notTrusted`, `broken`: may pass by itself; what was said by the network stands in the words.
 * 3. What the gateway or the network wrote is cut short and stripped of control characters: it is shown in a terminal.
 */
import { status } from '@grpc/grpc-js';
import type { GatewayAddress } from './gatewayAddress.ts';

export type GatewayErrorKind = 'notReached' | 'notTrusted' | 'refused' | 'denied' | 'tooOften' | 'tooOld' | 'broken';

export class GatewayError extends Error {
  override readonly name = 'GatewayError';
  readonly code = 'GATEWAY';
  readonly kind: GatewayErrorKind;
  readonly gateway: string;
  constructor(kind: GatewayErrorKind, gateway: string, message: string, cause?: unknown) {
    super(message, cause === undefined ? {} : { cause });
    this.kind = kind;
    this.gateway = gateway;
  }
}

/** Whether waiting may help: nobody has said no. */
export const maybeLater = ({ kind }: GatewayError): boolean => !['refused', 'tooOld', 'denied'].includes(kind);

/** The error for a gRPC status. `details` is the status text, as it came. */
export function gatewayErrorOf(address: GatewayAddress, code: number, details: string, cause?: unknown): GatewayError {
  const { gateway } = address;
  const said = shown(details);
  const error = (kind: GatewayErrorKind, message: string) => new GatewayError(kind, gateway, message, cause);
  switch (code) {
    case status.UNAUTHENTICATED:
      return error('refused', `the gateway at ${gateway} refuses the credential of this connector (${said})`);
    case status.PERMISSION_DENIED:
      return error('denied', `the gateway at ${gateway} does not allow this (${said})`);
    case status.RESOURCE_EXHAUSTED:
      return error('tooOften', `the gateway at ${gateway} was asked too often (${said})`);
    case status.FAILED_PRECONDITION:
      return error('tooOld', `the gateway at ${gateway} refuses this version of the connector (${said})`);
    case status.UNAVAILABLE:
    case status.DEADLINE_EXCEEDED:
    case status.CANCELLED:
      return unreached(address, said, cause);
    case status.UNIMPLEMENTED:
      return error('broken', `what answers at ${gateway} is not a gateway of Tandem (${said})`);
    default:
      return error('broken', `the gateway at ${gateway} failed (${status[code] ?? code}: ${said})`);
  }
}

const NOT_TRUSTED = /certificate|altnames|issuer/i;
const NO_TLS = /wrong version number|InvalidContentType|packet length too long/i;

/** Reads from the words of the TLS library whether the certificate was the reason. */
export function unreached({ gateway, ca, proxy }: GatewayAddress, said: string, cause?: unknown): GatewayError {
  const way = proxy === undefined ? '' : ` through the proxy ${proxy.address}`;
  const reason = shown(REASON.exec(said)?.[1] ?? said);
  if (NO_TLS.test(said))
    return new GatewayError(
      'broken',
      gateway,
      `what answers at ${gateway}${way} does not speak TLS (${reason})`,
      cause,
    );
  if (NOT_TRUSTED.test(said))
    return new GatewayError(
      'notTrusted',
      gateway,
      `the certificate of the gateway at ${gateway}${way} is not trusted (${reason}); ${
        ca === undefined
          ? 'the authorities of this machine were asked'
          : 'the authority of the credential file was asked'
      }`,
      cause,
    );
  return new GatewayError('notReached', gateway, `the gateway at ${gateway} does not answer${way} (${reason})`, cause);
}

/** What gRPC wraps around the system's own words. */
const REASON = /Last error: (?:Error: )?(?!undefined)(.+?)(?:\. Resolution note:.*)?$/s;

/** Cut short, on one line, without what a terminal would obey. */
export function shown(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ').trim();
  return plain.length > 200 ? `${plain.slice(0, 197)}...` : plain;
}
