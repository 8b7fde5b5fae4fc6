/**
 * Sealing of one payload under a company's key: AES-256-GCM, compressed before where that makes it smaller.
 *
 * 1. What is sealed is the whole payload as the converter made it, its metadata too. In sight stay the encoding, the key's
 *    ID, and about how long it is.
 * 2. Company and key ID are additional data: a payload opens only for the company it was sealed for, under that key.
 * 3. Whether it is compressed lies under the seal; nothing that was not sealed with the key is ever inflated, and what is
 *    inflated has a limit.
 *
 * Layout of the data: nonce (12 bytes), tag (16), cipher; in the cipher one byte (0 as it is, 1 deflated), then the payload.
 */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { CompanyKey } from './companyKeyring.ts';
import { deflated, inflated } from './deflating.ts';

export const SEALED = 'binary/tandem-sealed';
/** Metadata that holds the key's ID. */
export const KEY_ID_FIELD = 'tandem-key';

const KEY_ID = /^[0-9a-f]{16}$/;
const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const AS_IT_IS = 0;
const DEFLATED = 1;
/** Below so many bytes deflating saves nothing that is worth the while. */
const WORTH_DEFLATING = 256;

const { Payload: PayloadMessage } = proto.temporal.api.common.v1;

export async function seal(payload: Payload, companyId: string, { keyId, key }: CompanyKey): Promise<Payload> {
  const whole = PayloadMessage.encode(payload).finish();
  const smaller = whole.length < WORTH_DEFLATING ? undefined : await deflated(whole);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES });
  cipher.setAAD(boundTo(companyId, keyId));
  const sealed = [cipher.update(Buffer.of(smaller ? DEFLATED : AS_IT_IS)), cipher.update(smaller ?? whole)];
  sealed.push(cipher.final());
  return {
    metadata: { encoding: Buffer.from(SEALED), [KEY_ID_FIELD]: Buffer.from(keyId) },
    data: Buffer.concat([nonce, cipher.getAuthTag(), ...sealed]),
  };
}

/** The ID of the key that a payload says it is sealed with; undefined when it is not sealed, or that is no key's ID. */
export function keyIdOf({ metadata }: Payload): string | undefined {
  const [encoding, keyId] = [metadata?.encoding, metadata?.[KEY_ID_FIELD]].map((text) => text && textOf(text));
  return encoding === SEALED && keyId !== undefined && KEY_ID.test(keyId) ? keyId : undefined;
}

/** Opens what `seal` made. Rejects on anything else: altered, of another company or key, too large once inflated. */
export async function open({ data }: Payload, companyId: string, { keyId, key }: CompanyKey): Promise<Payload> {
  const sealed = Buffer.from(data ?? []);
  const decipher = createDecipheriv(CIPHER, key, sealed.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(boundTo(companyId, keyId));
  decipher.setAuthTag(sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
  const opened = Buffer.concat([decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]);
  const whole = opened.subarray(1);
  switch (opened[0]) {
    case AS_IT_IS:
      return PayloadMessage.decode(whole);
    case DEFLATED:
      return PayloadMessage.decode(await inflated(whole));
    default:
      throw new RangeError('sealed by a later release');
  }
}

const boundTo = (companyId: string, keyId: string): Buffer => Buffer.from(`${companyId}\0${keyId}`);
const textOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');
