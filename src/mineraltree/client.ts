/**
 * The client of one MineralTree user: its companies, and the records of each.
 *
 * 1. Every answer is checked before it is used; every failure is a `MineralTreeError` (but for what the
 *    caller's own function for the password throws).
 * 2. A call ends within its deadline.
 * 3. What was just written is not looked for by search, whose index lags by seconds: callers keep the IDs they are given.
 *
 * Unverified against a live MineralTree: built from the API guide of record (edition 5.28) and what public clients do.
 */
import type { Logger } from 'pino';
import type {
  AccountingPeriod,
  Classification,
  CompanyItem,
  Credit,
  GlAccount,
  PayablesVendor,
  PaymentMethod,
  Project,
  Term,
} from '../domain/payables.ts';
import { checkedAddress } from './address.ts';
import { type BillCreditRecords, createBillCreditRecords } from './billCredits.ts';
import { createInvoiceRecords, type InvoiceRecords } from './bills.ts';
import { createCaller } from './calls.ts';
import { type ApiUser, Companies, Company, type PayablesCompany, User } from './entities/company.ts';
import { credits } from './entities/credit.ts';
import { type Reading, readWith } from './entities/entity.ts';
import { accountingPeriods, classifications, glAccounts, items, projects, terms } from './entities/lists.ts';
import { paymentMethods } from './entities/paymentMethod.ts';
import { vendors } from './entities/vendor.ts';
import { MineralTreeError } from './errors.ts';
import { createPaymentRecords, type PaymentRecords } from './payments.ts';
import { checkedId, createRecords, createSearchableRecords, type Records, type SearchableRecords } from './records.ts';
import { createSessionHolder } from './session.ts';
import { createTransport, type Transport } from './transport.ts';

export interface MineralTreeClientOptions {
  /** `https://host`, with or without `/mtapi/base`. */
  readonly baseUrl: string;
  readonly user: string;
  /** The password, or how to get it; asked for at each login. */
  readonly password: string | (() => string | Promise<string>);
  /** Hosts that may be spoken to, with the hosts below them. @default MineralTree's own domains */
  readonly allowedHosts?: readonly string[];
  /** Whether an address on this machine may be plain http: for the sandbox. @default false */
  readonly allowInsecureLoopback?: boolean;
  /** How many connections, and so calls, are open at once. @default 8 */
  readonly connections?: number;
  /** @default 10,000 */
  readonly connectTimeoutMs?: number;
  /** The time for one call with everything that it takes. @default 30,000 */
  readonly deadlineMs?: number;
  /** The longest Retry-After that a call waits out by itself. @default 10,000 */
  readonly maxWaitMs?: number;
  /** The largest answer that is read, in bytes. @default 8 MiB */
  readonly maxAnswerBytes?: number;
  /** The time of day in milliseconds. @default the machine's clock */
  readonly clock?: () => number;
  /** What carries the requests to `baseUrl`, instead of HTTP. */
  readonly transport?: Transport;
  readonly log?: Pick<Logger, 'debug'>;
}

export interface CompanyRecords {
  readonly glAccounts: SearchableRecords<GlAccount>;
  readonly classifications: SearchableRecords<Classification>;
  readonly projects: SearchableRecords<Project>;
  readonly items: SearchableRecords<CompanyItem>;
  readonly terms: SearchableRecords<Term>;
  readonly vendors: SearchableRecords<PayablesVendor>;
  readonly bills: InvoiceRecords;
  readonly payments: PaymentRecords;
  readonly credits: SearchableRecords<Credit>;
  readonly billCredits: BillCreditRecords;
  /** Listed by `MineralTreeClient.companies`. */
  readonly paymentMethods: Records<PaymentMethod>;
  /** Found by ID, or by a POST with their externalId. */
  readonly accountingPeriods: Records<AccountingPeriod>;
}

export interface MineralTreeClient {
  /** The user of this client: the shortest call there is, good for trying a password. */
  user(): Promise<ApiUser>;
  /** The companies of the user, with their payment methods. */
  companies(): Promise<readonly Reading<PayablesCompany>[]>;
  company(id: string): CompanyRecords;
  /** Closes the connections. Calls under way fail. */
  close(): Promise<void>;
}

/**
 * A client; nothing is sent before the first call.
 *
 * @throws MineralTreeError `misconfigured` when the address is not an allowed one.
 */
export function createMineralTreeClient(options: MineralTreeClientOptions): MineralTreeClient {
  const { deadlineMs = 30_000, clock: now = Date.now } = options;
  const address = checkedAddress(options.baseUrl, options);
  const transport =
    options.transport ??
    createTransport({
      address,
      connections: options.connections ?? 8,
      connectTimeoutMs: options.connectTimeoutMs ?? 10_000,
      maxAnswerBytes: options.maxAnswerBytes ?? 8 * 1024 * 1024,
    });
  const { user, password, log, maxWaitMs = 10_000 } = options;
  const sessions = createSessionHolder({ transport, user, password, deadlineMs, now });
  const call = createCaller({ transport, sessions, deadlineMs, maxWaitMs, now, log });

  return {
    user: async () => {
      const answer = readWith(User, await call({ method: 'GET', path: '/user', write: false }));
      if ('record' in answer) return answer.record;
      throw malformed(`answer about the user: ${answer.reason}`);
    },
    companies: async () => {
      const answer = readWith(Companies, await call({ method: 'GET', path: '/user/companies', write: false }));
      if ('record' in answer) return answer.record.companies.map((company) => readWith(Company, company));
      throw malformed(`answer about the companies: ${answer.reason}`);
    },
    company: (id) => {
      const company = checkedId(id);
      return {
        glAccounts: createSearchableRecords(call, company, glAccounts),
        classifications: createSearchableRecords(call, company, classifications),
        projects: createSearchableRecords(call, company, projects),
        items: createSearchableRecords(call, company, items),
        terms: createSearchableRecords(call, company, terms),
        vendors: createSearchableRecords(call, company, vendors),
        bills: createInvoiceRecords(call, company),
        payments: createPaymentRecords(call, company),
        credits: createSearchableRecords(call, company, credits),
        billCredits: createBillCreditRecords(call, company),
        paymentMethods: createRecords(call, company, paymentMethods),
        accountingPeriods: createRecords(call, company, accountingPeriods),
      };
    },
    close: () => transport.close(),
  };
}

const malformed = (message: string): MineralTreeError =>
  new MineralTreeError('malformedAnswer', message, { outcome: 'notApplied' });
