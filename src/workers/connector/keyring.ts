/**
 * The keys of the companies that this connector serves, as the gateway gives them.
 *
 * 1. Keys are in memory alone. One that was fetched is kept: what was sealed with it can be read as long as this runs.
 * 2. A key ID that is not known means that the company's key was changed: the gateway is asked again, for each company at
 *    most once in `askAgainMs`, however many ask here.
 * 3. That the gateway cannot be asked is an error; that it has another key is an answer.
 */
import type { CompanyKeyAnswer } from '../../contract/index.ts';
import type { CompanyKey, CompanyKeyring } from '../codec/index.ts';

export interface ConnectorKeyringOptions {
  /** The company's key now, from the gateway. */
  readonly fetch: (companyId: string) => Promise<CompanyKeyAnswer>;
  /** @default 3 seconds */
  readonly askAgainMs?: number;
  /** Milliseconds that never go back. @default performance.now */
  readonly clock?: () => number;
}

interface KeysOfCompany {
  current: CompanyKey | undefined;
  readonly all: Map<string, Buffer>;
  /** The last time that the gateway was asked. */
  asked: { readonly at: number; readonly answer: Promise<void> } | undefined;
}

const ASK_AGAIN_MS = 3_000;

export function createConnectorKeyring({
  fetch,
  askAgainMs = ASK_AGAIN_MS,
  clock = () => performance.now(),
}: ConnectorKeyringOptions): CompanyKeyring {
  const companies = new Map<string, KeysOfCompany>();
  const keysOf = (companyId: string): KeysOfCompany => {
    const keys = companies.get(companyId) ?? { current: undefined, all: new Map(), asked: undefined };
    companies.set(companyId, keys);
    return keys;
  };
  const fetched = async (companyId: string, keys: KeysOfCompany): Promise<void> => {
    const { keyId, key: text } = await fetch(companyId);
    const key = Buffer.from(text, 'base64');
    keys.current = { keyId, key };
    keys.all.set(keyId, key);
  };
  const ask = (companyId: string, keys: KeysOfCompany): Promise<void> => {
    const at = clock();
    if (keys.asked === undefined || at - keys.asked.at >= askAgainMs)
      keys.asked = { at, answer: fetched(companyId, keys) };
    return keys.asked.answer;
  };
  return {
    async current(companyId) {
      const keys = keysOf(companyId);
      if (keys.current === undefined) await ask(companyId, keys);
      if (keys.current === undefined) throw new Error(`no key of ${companyId}`);
      return keys.current;
    },
    async byId(companyId, keyId) {
      const keys = keysOf(companyId);
      if (!keys.all.has(keyId)) await ask(companyId, keys);
      return keys.all.get(keyId);
    },
  };
}
