/**
 * The master key and what is sealed under it.
 *
 * 1. The key is 32 random bytes, given as base64 or hex, and is never stored; its ID, a hash, is.
 * 2. A sealed text is AES-256-GCM: nonce (12 bytes), tag (16), cipher. The place it belongs to (company and purpose) is
 *    additional data: moved to another company's row it does not open.
 *
 * Leaves to others: keeping the key (a file that only the service can read, or a secret manager).
 */
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { StoreError } from './errors.ts';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEX = /^[0-9a-f]{64}$/i;
const BASE64 = /^[A-Za-z0-9+/_-]{43}=?$/;

export interface Vault {
  /** Tells keys apart without giving them away: the first 16 hex digits of a hash. */
  readonly keyId: string;
  seal(text: string, place: string): Buffer;
  /** Opens what `seal` made for the same place; `sealBroken` for anything else. */
  open(sealed: Buffer, place: string): string;
}

/** A new key in base64, for a settings file. */
export const createMasterKey = (): string => randomBytes(KEY_BYTES).toString('base64');

/** Reads a key of 32 bytes written as base64 (44 characters) or hex (64). The error never repeats what was given. */
export function parseMasterKey(text: string): Buffer {
  const given = text.trim();
  if (HEX.test(given)) return Buffer.from(given, 'hex');
  if (BASE64.test(given)) {
    const key = Buffer.from(given, 'base64');
    if (key.length === KEY_BYTES) return key;
  }
  throw new StoreError(
    'masterKeyUnreadable',
    `the master key must be 32 bytes as base64 (44 characters) or hex (64 characters); given: ${given.length} characters`,
  );
}

/** Reads the key from a file that holds nothing else. */
export async function readMasterKey(path: string): Promise<Buffer> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new StoreError('masterKeyMissing', `the master key file ${path} cannot be read`, { cause: error });
  }
  return parseMasterKey(text);
}

/** The vault of one key. `key` must be 32 bytes. */
export function createVault(key: Buffer): Vault {
  if (key.length !== KEY_BYTES)
    throw new StoreError('masterKeyUnreadable', `the master key must be 32 bytes; given: ${key.length}`);
  return {
    keyId: createHash('sha256').update('tandem master key\0').update(key).digest('hex').slice(0, 16),
    seal(text, place) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(place, 'utf8'));
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), sealed]);
    },
    open(sealed, place) {
      const nonce = sealed.subarray(0, NONCE_BYTES);
      const tag = sealed.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES);
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES })
          .setAAD(Buffer.from(place, 'utf8'))
          .setAuthTag(tag);
        const text = decipher.update(sealed.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch (error) {
        throw new StoreError('sealBroken', `what is sealed for ${place} does not open under this master key`, {
          cause: error,
        });
      }
    },
  };
}
