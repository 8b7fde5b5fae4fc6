/**
 * A company file in the real sandbox, reached through a host process of its own, for the length of a test.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type FileMark,
  type Posting,
  type PostRequest,
  type PostResult,
  PROTOCOL,
  type Pull,
  type PullRequest,
} from '../../src/contract/index.ts';
import {
  type CallLimits,
  createDeadline,
  createQuickBooksHost,
  postBatch,
  pullPage,
  type QuickBooksHost,
  type RequestProcessor,
  type Session,
  withSession,
} from '../../src/quickbooks/index.ts';
import { createQuickBooksSandbox } from '../../src/sandbox/quickbooks/index.ts';

export const FILE = 'C:\\Books\\Acme.qbw';
export const COMPANY_ID = 'acme-0001';
/** A file without a marker is taken, as on the first day. */
export const NEW_FILE: FileMark = { expected: 'acme-0001 enrolment-1', alsoAccepts: [''] };
const WINDOW_MS = 60_000;

export interface Stage {
  readonly url: string;
  readonly host: QuickBooksHost;
  /** How many ProcessRequest calls were made so far. */
  readonly calls: () => number;
  /** Two seconds pass in QuickBooks: edit sequences count whole ones. */
  readonly later: () => void;
  person(move: string, body?: object): Promise<Record<string, unknown>>;
  books(file?: string): Promise<Books>;
  fault(fault: object): Promise<string>;
  /** Waits until a fault has caught a call. */
  caught(id: string): Promise<void>;
  release(id: string): Promise<void>;
  /** A session with the file. */
  visit<T>(work: (session: Session) => Promise<T>, limits?: { readonly windowMs?: number }): Promise<T>;
  pull(request?: Partial<PullRequest>): Promise<Pull>;
  post(postings: readonly Posting[], options?: PostSettings): Promise<PostResult>;
}
export interface PostSettings {
  readonly settleFirst?: boolean;
  readonly file?: FileMark;
  readonly stopping?: () => boolean;
  readonly allowVoids?: boolean;
}

export interface Books {
  readonly vendors: readonly {
    readonly id: string;
    readonly name: string;
    readonly editSequence: string;
    readonly [key: string]: unknown;
  }[];
  readonly accounts: readonly { readonly id: string; readonly fullName: string; readonly type: string }[];
  readonly bills: readonly {
    readonly id: string;
    readonly editSequence: string;
    readonly guid?: string;
    readonly vendorId: string;
    readonly refNumber?: string;
    readonly txnDate: string;
    readonly memo?: string;
    readonly amountCents: number;
    readonly openCents: number;
    readonly expenseLines: readonly { readonly lineId: string; readonly amountCents: number }[];
  }[];
  readonly classes: readonly { readonly id: string }[];
  readonly customers: readonly { readonly id: string }[];
  readonly items: readonly { readonly id: string }[];
  readonly terms: readonly { readonly id: string; readonly name: string }[];
  readonly payments: readonly {
    readonly id: string;
    readonly guid?: string;
    readonly refNumber?: string;
    readonly txnDate: string;
    readonly amountCents: number;
  }[];
  readonly dataExt: readonly { readonly ownerId: string; readonly name: string; readonly value: string }[];
}

export interface Options {
  readonly limits?: Partial<CallLimits>;
  readonly seed?: 'small' | 'medium';
}

/** A test with a company file and a host of its own. */
export const staged =
  (story: (stage: Stage) => Promise<void>, options: Options = {}) =>
  async (): Promise<void> => {
    const dataDir = await mkdtemp(join(tmpdir(), 'tandem-qb-'));
    let aheadMs = 0;
    const sandbox = await createQuickBooksSandbox({ dataDir, clock: () => Date.now() + aheadMs });
    const { url } = await sandbox.listen(0);
    const host = createQuickBooksHost({
      processor: { kind: 'sandbox', url },
      ...(options.limits === undefined ? {} : { limits: options.limits }),
    });
    try {
      const stage = stageWith(url, host, () => {
        aheadMs += 2_000;
      });
      await stage.person('new-company', { name: 'Acme', seed: options.seed ?? 'small' });
      await story(stage);
    } finally {
      host.kill();
      await sandbox.close();
      await rm(dataDir, { recursive: true, force: true });
    }
  };

function stageWith(url: string, host: QuickBooksHost, later: () => void): Stage {
  let calls = 0;
  const counted: RequestProcessor = {
    openConnection2: (...args) => host.openConnection2(...args),
    beginSession: (...args) => host.beginSession(...args),
    getCurrentCompanyFileName: (...args) => host.getCurrentCompanyFileName(...args),
    endSession: (...args) => host.endSession(...args),
    closeConnection: (...args) => host.closeConnection(...args),
    processRequest: (...args) => {
      calls += 1;
      return host.processRequest(...args);
    },
  };
  const ask = async <T = Record<string, unknown>>(path: string, init?: RequestInit): Promise<T> => {
    const response = await fetch(`${url}${path}`, init);
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };
  const post = (path: string, body: object) => ask(path, { method: 'POST', body: JSON.stringify(body) });
  const stage: Stage = {
    url,
    host,
    calls: () => calls,
    later,
    person: (move, body = {}) => post(`/people/${move}`, { file: FILE, ...body }),
    books: (file = FILE) => ask<Books>(`/books/file?file=${encodeURIComponent(file)}`),
    fault: async (fault) => String((await post('/faults', fault)).id),
    async caught(id) {
      const { reached } = await ask(`/faults/${id}?wait=10000`);
      if (reached === 0) throw new Error(`fault ${id} caught nothing`);
    },
    async release(id) {
      await post(`/faults/${id}/release`, {});
    },
    visit(work, { windowMs = WINDOW_MS } = {}) {
      const deadline = createDeadline(windowMs);
      return withSession(counted, { file: FILE, limits: () => deadline.limits(), abandon: () => host.kill() }, work);
    },
    pull: (request = {}) =>
      stage.visit((session) =>
        pullPage(session, pullRequest(request), {
          connector: 'test#1',
          connectorVersion: '0.1.0',
          fileName: FILE,
          visit: { nextDueMs: 300_000 },
          clock: () => Math.floor(Date.now() / 1000),
          pause: () => undefined,
        }),
      ),
    post: (postings, { settleFirst = false, file = NEW_FILE, stopping = () => false, allowVoids = false } = {}) =>
      stage.visit((session) =>
        postBatch(session, batchOf(postings, file), {
          connector: 'test#1',
          fileName: FILE,
          visit: { nextDueMs: 300_000 },
          settleFirst,
          allowVoids,
          stopping,
        }),
      ),
  };
  return stage;
}

export const pullRequest = (request: Partial<PullRequest> = {}): PullRequest => ({
  protocol: PROTOCOL,
  companyId: COMPANY_ID,
  pullId: 'pull-1',
  page: { kind: 'changes' },
  watermarks: {},
  seen: {},
  file: NEW_FILE,
  canaries: [],
  creditVendors: [],
  ...request,
});

export const batchOf = (postings: readonly Posting[], file: FileMark = NEW_FILE): PostRequest => ({
  protocol: PROTOCOL,
  companyId: COMPANY_ID,
  batchId: 'batch-1',
  postings,
  mayHaveBeenSent: false,
  file,
});

/** Watermarks of now, for every kind: the quiet cycle. */
export function watermarksAt(unixSeconds: number): PullRequest['watermarks'] {
  return {
    account: unixSeconds,
    class: unixSeconds,
    customer: unixSeconds,
    item: unixSeconds,
    terms: unixSeconds,
    vendor: unixSeconds,
    bill: unixSeconds,
    credit: unixSeconds,
    checkPayment: unixSeconds,
    cardPayment: unixSeconds,
    deletedTransactions: unixSeconds,
    deletedEntries: unixSeconds,
  };
}

export const nowSeconds = (): number => Math.floor(Date.now() / 1000);
