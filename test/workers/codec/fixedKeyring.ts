/** Keyrings whose keys follow from the names of companies: for tests that have no store, and no gateway, to ask. */
import { createHash } from 'node:crypto';
import type { CompanyKey, CompanyKeyring } from '../../../src/workers/codec/index.ts';

/** The key of a company; another of the same company by its number. */
export function fixedKey(companyId: string, number = 1): CompanyKey {
  const key = createHash('sha256').update(`${companyId} ${number}`).digest();
  return { keyId: createHash('sha256').update(key).digest('hex').slice(0, 16), key };
}

/** Has a key for every company; `rotated` keys before the current one are still read. */
export function fixedKeyring({ rotated = 0 } = {}): CompanyKeyring {
  return {
    current: async (companyId) => fixedKey(companyId, rotated + 1),
    async byId(companyId, keyId) {
      const numbers = Array.from({ length: rotated + 1 }, (_, index) => index + 1);
      return numbers.map((number) => fixedKey(companyId, number)).find((one) => one.keyId === keyId)?.key;
    },
  };
}
