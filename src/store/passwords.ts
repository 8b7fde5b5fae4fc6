/**
 * Passwords of people: scrypt with a salt of their own, written with its parameters so that these may grow.
 *
 * 1. Checking takes as long for somebody who is not there as for somebody who is.
 */
import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import { StoreError } from './errors.ts';

/** 32 MB and about a tenth of a second on a machine of 2024, three times over. */
const COST = { log2: 15, blockSize: 8, parallel: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;
const FORM = /^scrypt\$(\d{1,2})\$(\d{1,2})\$(\d{1,2})\$([A-Za-z0-9_-]{22})\$([A-Za-z0-9_-]{43})$/;
const SHORTEST = 12;
const LONGEST = 200;

/** What is kept of a password. @throws StoreError `inputWrong` for one that is too short or too long */
export async function passwordHash(password: string): Promise<string> {
  const length = [...password].length;
  if (length < SHORTEST || length > LONGEST)
    throw new StoreError('inputWrong', `a password has ${SHORTEST} to ${LONGEST} characters; this one has ${length}`);
  const salt = randomBytes(SALT_BYTES);
  const hash = await derive(password, salt, COST);
  const { log2, blockSize, parallel } = COST;
  return ['scrypt', log2, blockSize, parallel, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/** Whether the password is the one that was kept; `kept` is undefined for somebody who is not there or has none. */
export async function isPassword(password: string, kept: string | undefined): Promise<boolean> {
  const form = FORM.exec(kept ?? '');
  const [, log2 = COST.log2, blockSize = COST.blockSize, parallel = COST.parallel, salt = '', hash = ''] = form ?? [];
  const derived = await derive(password.slice(0, 4 * LONGEST), Buffer.from(salt, 'base64url'), {
    log2: Number(log2),
    blockSize: Number(blockSize),
    parallel: Number(parallel),
  });
  const wanted = form === null ? randomBytes(HASH_BYTES) : Buffer.from(hash, 'base64url');
  return timingSafeEqual(derived, wanted) && form !== null;
}

function derive(password: string, salt: Buffer, { log2, blockSize, parallel }: typeof COST): Promise<Buffer> {
  const N = 2 ** log2;
  const options: ScryptOptions = { N, r: blockSize, p: parallel, maxmem: 256 * N * blockSize };
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, options, (error, key) =>
      error === null ? resolve(key) : reject(error),
    );
  });
}
