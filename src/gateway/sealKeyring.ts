/**
 * The seal keys of the store, which all gateways share. A key that another gateway has changed is seen when a token does
 * not open, or after `freshMs`.
 */
import { setTimeout as after } from 'node:timers/promises';
import { type Store, sealKeys } from '../store/index.ts';
import { type OpenedToken, openToken, type SealKeys, sealToken } from './tokenSeal.ts';

export interface SealKeyring {
  seal(companyId: string, token: Buffer): Promise<Buffer>;
  open(sealedToken: Buffer): Promise<OpenedToken | undefined>;
}

/** The store is asked again for tokens that do not open, but no more often. */
const AGAIN_MS = 10;

/** `freshMs`: how old what is known of the keys may be. Errors of the store pass through. */
export function createSealKeyring(store: Store, freshMs: number, now: () => number): SealKeyring {
  let known: { readonly askedAt: number; readonly keys: Promise<SealKeys> } | undefined;
  const keys = (maxAgeMs: number): Promise<SealKeys> => {
    const at = now();
    if (known !== undefined && at - known.askedAt < maxAgeMs) return known.keys;
    const entry = { askedAt: at, keys: sealKeys(store) };
    known = entry;
    entry.keys.catch(() => {
      if (known === entry) known = undefined;
    });
    return entry.keys;
  };
  return {
    seal: async (companyId, token) => sealToken((await keys(freshMs)).current, companyId, token),
    async open(sealedToken) {
      const opened = openToken(await keys(freshMs), sealedToken);
      if (opened !== undefined) return opened;
      // What is known may be older than the token, however young it is: the store is asked after the token came.
      const age = now() - (known?.askedAt ?? 0);
      if (age < AGAIN_MS) await after(AGAIN_MS - age + 1);
      return openToken(await keys(Math.min(AGAIN_MS, freshMs)), sealedToken);
    },
  };
}
