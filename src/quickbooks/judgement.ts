/**
 * What an HRESULT of the request processor, or of COM, means for a visit: come back, wait, a person must act, or the
 * outcome of a write is unknown. The codes and their words stand in the table of qbXML.
 */
import type { BlockCode } from '../contract/index.ts';
import { readHresult } from '../qbxml/index.ts';

export type Judgement =
  /** Nothing was begun; a new session may do it. */
  | { readonly kind: 'retry' }
  /** Nothing was begun; something is in the way that passes, or that someone at the machine removes. */
  | { readonly kind: 'wait' }
  /** Nothing was begun; a person must act for the whole company. */
  | { readonly kind: 'block'; readonly code: BlockCode }
  /** Nothing was begun, and the same request will never be taken. */
  | { readonly kind: 'refused' }
  /** QuickBooks may have carried it out. */
  | { readonly kind: 'unknown' };

/** What a person must resolve is permission for these, by their names in the table; for any other, the installation. */
const PERMISSION: ReadonlySet<string> = new Set([
  'FIRST_ACCESS',
  'CERTIFICATE_INVALID',
  'NO_PERMISSION',
  'NO_AUTOMATIC_LOGIN',
  'CERTIFICATE_EXPIRED',
  'DENIED',
  'SCRIPTS_FORBIDDEN',
  'CERTIFICATE_REVOKED',
  'AUTOMATIC_LOGIN_FAILED',
  'CONFIGURATION_CHANGED',
  'SHARED_BOOKS_READ_ONLY',
  'COMPLEX_PASSWORD',
]);

/** The judgement on an HRESULT, unsigned: 0x80040414. One that is not in the table is of unknown outcome. */
export function judgeHResult(hresult: number): Judgement {
  const { disposition, name } = readHresult(hresult);
  switch (disposition) {
    case 'wait':
      return { kind: 'wait' };
    case 'person':
      return { kind: 'block', code: PERMISSION.has(name) ? 'notAuthorized' : 'unsupportedQuickBooks' };
    case 'bug':
      return { kind: 'refused' };
    case 'retry':
    case 'reread':
      return { kind: 'retry' };
    case 'settle':
    case 'done':
    case 'empty':
    case 'partial':
      return { kind: 'unknown' };
  }
}
