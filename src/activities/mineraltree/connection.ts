/**
 * Connections to MineralTree, one for each company: the client signed in as the company's user, and the company there.
 *
 * A company is named by its ID in MineralTree or by its name; the name is looked up once.
 */
import type { Logger } from 'pino';
import type { PaymentMethod } from '../../domain/payables.ts';
import {
  type CompanyRecords,
  createMineralTreeClient,
  MineralTreeError,
  type PayablesCompany,
  type Reading,
  type Transport,
} from '../../mineraltree/index.ts';
import { payablesLogin, type Store } from '../../store/index.ts';

export interface PayablesConnection {
  readonly records: CompanyRecords;
  /** Payment methods cannot be searched for: they are listed with the companies of the user. */
  paymentMethods(): Promise<readonly Reading<PaymentMethod>[]>;
}

export interface PayablesConnections {
  of(companyId: string): Promise<PayablesConnection>;
  close(): Promise<void>;
}

export interface ConnectionOptions {
  readonly store: Store;
  readonly log: Logger;
  /** Hosts that may be spoken to. @default MineralTree's own */
  readonly allowedHosts?: readonly string[];
  /** Whether an address on this machine may be plain http: for the sandbox. @default false */
  readonly allowInsecureLoopback?: boolean;
  /** The time for one call, in milliseconds. @default 30,000 */
  readonly deadlineMs?: number;
  /** What carries the requests, instead of HTTP: for a sandbox within this process. */
  readonly transport?: Transport;
}

interface Held {
  readonly signature: string;
  readonly connection: Promise<PayablesConnection>;
  close(): Promise<void>;
}

/** Connections made when first asked for and kept; one whose address, user or company changed is made anew. */
export function createPayablesConnections(options: ConnectionOptions): PayablesConnections {
  const { store, log, ...rest } = options;
  const held = new Map<string, Held>();

  const connect = (companyId: string, signature: string, url: string, user: string, company: string): Held => {
    const client = createMineralTreeClient({
      ...rest,
      baseUrl: url,
      user,
      password: async () => (await payablesLogin(store.db, store.vault, companyId)).password,
      log: log.child({ companyId }),
    });
    const find = async (): Promise<PayablesCompany> => {
      const readings = await client.companies();
      const companies = readings.flatMap((reading) => ('record' in reading ? [reading.record] : []));
      const found =
        companies.find(({ id }) => id === company) ??
        companies.find(({ name }) => name.toLowerCase() === company.toLowerCase());
      if (found !== undefined) return found;
      throw new MineralTreeError('misconfigured', `MineralTree shows this user no company "${company}"`, {
        outcome: 'notApplied',
      });
    };
    return {
      signature,
      connection: find().then(({ id }) => ({
        records: client.company(id),
        paymentMethods: async () => (await find()).paymentMethods,
      })),
      close: () => client.close(),
    };
  };

  return {
    async of(companyId) {
      const { url, user, company } = await payablesLogin(store.db, store.vault, companyId);
      const signature = JSON.stringify([url, user, company]);
      let entry = held.get(companyId);
      if (entry?.signature !== signature) {
        await entry?.close();
        entry = connect(companyId, signature, url, user, company);
        held.set(companyId, entry);
      }
      try {
        return await entry.connection;
      } catch (error) {
        // Not kept: the next to ask tries again, with what is configured then.
        if (held.get(companyId) === entry) {
          held.delete(companyId);
          await entry.close();
        }
        throw error;
      }
    },
    async close() {
      const all = [...held.values()];
      held.clear();
      await Promise.all(all.map((entry) => entry.close()));
    },
  };
}
