/**
 * Who calls: credentials by the SHA-256 of their secret, as the store has them.
 *
 * 1. What is known of a credential is at most `freshMs` old: revoked, rotated or given another company anywhere, it is
 *    seen here within that time.
 * 2. An unknown secret is not remembered: it may be enrolled the next moment.
 * 3. When the store cannot be asked, nobody is let in (`unavailable`, not `credentialRefused`: the connector goes on trying).
 */
import type { Logger } from 'pino';
import { findCredential, findCredentials, type Store, secretHash, secretUsed } from '../store/index.ts';
import { Refusal } from './refusal.ts';

export interface Caller {
  readonly secretHash: string;
  readonly installationId: string;
  /** What people call the installation. */
  readonly name: string;
  readonly companies: ReadonlySet<string>;
  /** The secret should be replaced by a new one. */
  readonly rotationDue: boolean;
}

export interface Callers {
  /** @throws Refusal `credentialRefused`, the same whether unknown, rotated away or revoked; `unavailable` */
  find(secret: string): Promise<Caller>;
  /** Whether the secret was good the last time that it was asked for. */
  wasGood(secret: string): boolean;
  /** As it stands in the store now, or undefined when it is not accepted any more; asked at most every quarter second. */
  latest(hash: string): Promise<Caller | undefined>;
  /** Of installations, by ID, the companies that they may serve now; those that may serve none are left out. */
  serving(installationIds: readonly string[]): Promise<ReadonlyMap<string, ReadonlySet<string>>>;
  /** What changed here is asked anew. */
  forget(hash: string): void;
  sweep(): void;
}

export interface CallersOptions {
  readonly store: Store;
  readonly freshMs: number;
  readonly now: () => number;
  readonly log: Logger;
}

const SECRET = /^tci_[0-9a-f]{16}_[A-Za-z0-9_-]{43}$/;
const LATEST_MS = 250;

interface Known {
  readonly askedAt: number;
  readonly caller: Promise<Caller | undefined>;
}

export function createCallers({ store, freshMs, now, log }: CallersOptions): Callers {
  const known = new Map<string, Known>();
  const good = new Set<string>();

  const ask = async (hash: string): Promise<Caller | undefined> => {
    try {
      const credential = await findCredential(store.db, hash, now());
      if (credential === undefined || credential.revokedAt !== undefined) return undefined;
      const { installationId, name, companies, firstUse, rotationDue } = credential;
      if (firstUse) await secretUsed(store.db, hash, now());
      return { secretHash: hash, installationId, name, companies: new Set(companies), rotationDue };
    } catch (error) {
      log.error({ err: error }, 'the store does not say whose credential it is');
      throw new Refusal('unavailable');
    }
  };
  const asked = (hash: string, maxAgeMs: number): Promise<Caller | undefined> => {
    const at = now();
    const before = known.get(hash);
    if (before !== undefined && at - before.askedAt < maxAgeMs) return before.caller;
    const entry: Known = { askedAt: at, caller: ask(hash) };
    known.set(hash, entry);
    const drop = (): void => {
      if (known.get(hash) === entry) known.delete(hash);
    };
    entry.caller.then((caller) => {
      if (caller !== undefined) {
        good.add(hash);
        return;
      }
      good.delete(hash);
      drop();
    }, drop);
    return entry.caller;
  };
  return {
    async find(secret) {
      const caller = SECRET.test(secret) ? await asked(secretHash(secret), freshMs) : undefined;
      if (caller === undefined) throw new Refusal('credentialRefused');
      return caller;
    },
    wasGood: (secret) => good.has(secretHash(secret)),
    latest: (hash) => asked(hash, Math.min(LATEST_MS, freshMs)),
    async serving(installationIds) {
      const credentials = await findCredentials(store.db, installationIds);
      return new Map(
        credentials
          .filter(({ revokedAt }) => revokedAt === undefined)
          .map(({ installationId, companies }) => [installationId, new Set(companies)] as const),
      );
    },
    forget: (hash) => void known.delete(hash),
    sweep() {
      const old = now() - freshMs;
      for (const [hash, { askedAt }] of known) if (askedAt < old) known.delete(hash);
    },
  };
}
