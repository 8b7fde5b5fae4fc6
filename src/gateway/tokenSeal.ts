/**
 * Task tokens leave the gateway sealed: a token of Temporal's names workflow and activity in plain bytes, and whoever
 * holds one may answer for it. Sealed, it says for which company it was handed out, and cannot be made or changed.
 *
 * Form: version (1 byte), HMAC-SHA256 over all that follows (32 bytes), length of the company ID (1 byte), company ID,
 * Temporal's token.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { Refusal } from './refusal.ts';

export interface SealKeys {
  readonly current: Buffer;
  /** Still accepted: tokens that were handed out before the key was changed. */
  readonly previous?: Buffer;
}

export interface OpenedToken {
  readonly companyId: string;
  readonly token: Buffer;
}

const VERSION = 1;
const MAC_BYTES = 32;
const HEAD_BYTES = 1 + MAC_BYTES;

export function sealToken(key: Buffer, companyId: string, token: Buffer): Buffer {
  const company = Buffer.from(companyId);
  if (company.length > 255) throw new RangeError('a company ID of more than 255 bytes');
  const sealed = Buffer.concat([Buffer.from([company.length]), company, token]);
  return Buffer.concat([Buffer.from([VERSION]), macOf(key, sealed), sealed]);
}

/** The token and its company, or undefined when it was not sealed with one of the keys. */
export function openToken(keys: SealKeys, sealedToken: Buffer): OpenedToken | undefined {
  if (sealedToken.length < HEAD_BYTES + 2 || sealedToken[0] !== VERSION) return undefined;
  const mac = sealedToken.subarray(1, HEAD_BYTES);
  const sealed = sealedToken.subarray(HEAD_BYTES);
  const { current, previous } = keys;
  const known = [current, ...(previous === undefined ? [] : [previous])];
  if (!known.some((key) => timingSafeEqual(macOf(key, sealed), mac))) return undefined;
  const length = sealed[0] ?? 0;
  return { companyId: sealed.subarray(1, 1 + length).toString(), token: sealed.subarray(1 + length) };
}

export const tokenForeign = (detail: string): Refusal => new Refusal('tokenForeign', { detail });

/** The label keeps the key's other uses, should there be any, apart. */
const macOf = (key: Buffer, sealed: Buffer): Buffer =>
  createHmac('sha256', key).update('tandem task token\0').update(sealed).digest();
