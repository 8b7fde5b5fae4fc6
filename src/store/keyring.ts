/**
 * The keys of companies for the codec of the cloud, kept in memory.
 *
 * 1. The current key is asked for again after `refreshMs`: a rotation by another process is followed within that.
 * 2. A key that is found by its ID is kept; one that is not found is not asked for again within `refreshMs`, so that foreign
 *    payloads cost no query each.
 * 3. A key is only given out for its own company.
 */
import { companyKeyById, type StoredCompanyKey, sealingKey } from './companyKeys.ts';
import type { Store } from './store.ts';

/** What the codec asks for (src/workers/codec). */
export interface StoredKeyring {
  /** The key to seal with. @throws StoreError `companyUnknown`, `masterKeyWrong` */
  current(companyId: string): Promise<StoredCompanyKey>;
  /** The key of that ID, if it is one of the company's. */
  byId(companyId: string, keyId: string): Promise<Buffer | undefined>;
}

export interface KeyringOptions {
  /** @default 5_000 */
  readonly refreshMs?: number;
  /** Unix milliseconds. */
  readonly clock?: () => number;
}

const KEPT = 20_000;
const KEY_ID = /^[0-9a-f]{16}$/;

export function createStoredKeyring(
  store: Store,
  { refreshMs = 5_000, clock = Date.now }: KeyringOptions = {},
): StoredKeyring {
  const current = new Map<string, { readonly at: number; readonly key: Promise<StoredCompanyKey> }>();
  const byId = new Map<string, { readonly at: number; readonly key: ReturnType<typeof companyKeyById> }>();

  return {
    current(companyId) {
      const now = clock();
      const kept = current.get(companyId);
      if (kept !== undefined && now - kept.at < refreshMs) return kept.key;
      const key = sealingKey(store, companyId, now);
      keep(current, companyId, { at: now, key });
      return key;
    },
    async byId(companyId, keyId) {
      if (!KEY_ID.test(keyId)) return undefined;
      const now = clock();
      const kept = byId.get(keyId);
      const known = await kept?.key;
      if (kept !== undefined && (known !== undefined || now - kept.at < refreshMs)) return ofCompany(known, companyId);
      const key = companyKeyById(store, keyId);
      keep(byId, keyId, { at: now, key });
      return ofCompany(await key, companyId);
    },
  };
}

const ofCompany = (found: Awaited<ReturnType<typeof companyKeyById>>, companyId: string): Buffer | undefined =>
  found?.companyId === companyId ? found.key : undefined;

/** Keeps what is being asked for, the oldest making room; a question that failed is asked again. */
function keep<Asked extends { readonly key: Promise<unknown> }>(
  cache: Map<string, Asked>,
  name: string,
  asked: Asked,
): void {
  cache.delete(name);
  cache.set(name, asked);
  const oldest = cache.keys().next();
  if (cache.size > KEPT && oldest.done !== true) cache.delete(oldest.value);
  const forget = (): void => {
    if (cache.get(name) === asked) cache.delete(name);
  };
  // Whoever asked is told of the failure; here it is only forgotten.
  asked.key.then(undefined, forget);
}
