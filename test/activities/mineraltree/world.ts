/** A store, a MineralTree sandbox with one company, and the cloud's activities between them and a company file. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import {
  type CloudActivitiesOptions,
  createCloudActivities,
  createPayablesConnections,
  type PayablesConnections,
} from '../../../src/activities/mineraltree/index.ts';
import type { CloudActivities, PostRequest, Pushed, Standing } from '../../../src/contract/index.ts';
import type { Transport } from '../../../src/mineraltree/index.ts';
import { createMineralTreeSandbox, type MineralTreeSandbox } from '../../../src/sandbox/mineraltree/index.ts';
import { addCompany, type CompanyRules, getCompany, listProblems, type Store } from '../../../src/store/index.ts';
import { markerText } from '../../../src/sync/index.ts';
import { log, openTestStore } from '../../store/postgres.ts';
import { CompanyFile } from './companyFile.ts';

let sandbox: ReturnType<typeof openMineralTree> | undefined;
let stores: ReturnType<typeof openTestStore> | undefined;
const connections: PayablesConnections[] = [];

after(async () => {
  await Promise.all(connections.map((connection) => connection.close()));
  await (await sandbox)?.close();
});

/** Milliseconds that MineralTree's clock is ahead of the machine's, for all companies of the test file. */
export const mineralTreeClock = { aheadMs: 0 };

/** A MineralTree of its own, on the clock of all. */
export async function openMineralTree(): Promise<{
  readonly server: MineralTreeSandbox;
  readonly url: string;
  close(): Promise<void>;
}> {
  const dir = await mkdtemp(path.join(os.tmpdir(), 'tandem-mt-'));
  const server = await createMineralTreeSandbox({ dataDir: dir, clock: () => Date.now() + mineralTreeClock.aheadMs });
  const { url } = await server.listen(0);
  // Stricter than needed: a POST that comes twice makes two records.
  await post(url, '/people/set-knob', { name: 'upsertByExternalId', value: false });
  const close = async (): Promise<void> => {
    await server.close();
    await rm(dir, { recursive: true, force: true });
  };
  return { server, url, close };
}

let companies = 0;

export interface BookBill {
  readonly id: string;
  readonly externalId?: string;
  readonly invoiceNumber?: string;
  readonly amountCents: number;
  readonly balanceCents: number;
  readonly memo?: string;
  readonly state: string;
  readonly vendor: { readonly name: string };
  readonly expenses: readonly { readonly amountCents: number }[];
}
export interface PayablesBooks {
  readonly vendors: readonly {
    readonly id: string;
    readonly externalId?: string;
    readonly name: string;
    readonly phone?: string;
    readonly history: readonly unknown[];
  }[];
  readonly bills: readonly BookBill[];
  readonly glAccounts: readonly { readonly name: string; readonly externalId?: string; readonly ledgerType: string }[];
  readonly paymentMethods: readonly { readonly name: string; readonly externalId?: string }[];
  readonly terms: readonly { readonly name: string; readonly externalId?: string }[];
}

export class World {
  readonly store: Store;
  readonly companyId: string;
  readonly mtCompany: string;
  readonly url: string;
  readonly file = new CompanyFile();
  /** Milliseconds that the clock is ahead of the machine's. */
  ahead = 0;
  /** How long was waited for the index, wait by wait. */
  readonly waits: number[] = [];
  activities: CloudActivities;
  readonly #transport: Transport | undefined;

  private constructor(made: {
    readonly store: Store;
    readonly companyId: string;
    readonly mtCompany: string;
    readonly url: string;
    readonly transport: Transport | undefined;
  }) {
    this.store = made.store;
    this.companyId = made.companyId;
    this.mtCompany = made.mtCompany;
    this.url = made.url;
    this.#transport = made.transport;
    this.activities = this.newCloud();
  }

  /**
   * `through`: the address by which Tandem reaches MineralTree, made of MineralTree's own. `at`: another MineralTree than
   * the one of the test file, and what carries requests there.
   */
  static async create(
    rules: Partial<CompanyRules> = {},
    through?: (url: string) => Promise<string>,
    at?: { readonly url: string; readonly transport: Transport },
  ): Promise<World> {
    if (at === undefined) sandbox ??= openMineralTree();
    stores ??= openTestStore();
    const url = at?.url ?? (await sandbox)?.url ?? '';
    const { store } = await stores;
    companies += 1;
    const name = `Company ${companies}`;
    const { id } = await post<{ id: string }>(url, '/people/new-company', { name, user: name, password: 'secret' });
    const companyId = await addCompany(store, {
      name,
      mtUrl: (await through?.(url)) ?? url,
      mtCompany: name,
      mtUser: name,
      mtPassword: 'secret',
      markerOf: markerText,
      rules: { indexLagMs: 0, ...rules },
      stage: 'live',
      by: 'test',
      at: Date.now() - 60_000,
    });
    return new World({ store, companyId, mtCompany: id, url, transport: at?.transport });
  }

  now = (): number => Date.now() + this.ahead;

  /** How many calls MineralTree has answered. */
  calls = 0;

  /** Activities as a new process would have them. */
  newCloud(more: Partial<CloudActivitiesOptions> = {}): CloudActivities {
    const counted = pino(
      { level: 'debug' },
      {
        write: (line) => {
          if (line.includes('answered')) this.calls += 1;
        },
      },
    );
    const mineralTree = createPayablesConnections({
      store: this.store,
      log: counted,
      allowInsecureLoopback: true,
      deadlineMs: 5_000,
      ...(this.#transport && { transport: this.#transport }),
    });
    connections.push(mineralTree);
    this.activities = createCloudActivities({
      store: this.store,
      mineralTree,
      log,
      clock: this.now,
      pause: async (ms) => void this.waits.push(ms),
      caller: () => this.companyId,
      ...more,
    });
    return this.activities;
  }

  /** One cycle as the workflow runs it; returns what `pushMineralTree` answered. */
  async cycle(standing?: Standing): Promise<Pushed> {
    let { nextPull } = standing ?? (await this.open());
    const pushed = await this.activities.pushMineralTree({ kind: 'pulled', pull: this.file.pull(nextPull) });
    ({ nextPull } = pushed.standing);
    await this.postAll(pushed.batches);
    return pushed;
  }

  /** Opens the company and settles what is unsettled. */
  async open(): Promise<Standing> {
    const opened = await this.activities.openCompany({ companyId: this.companyId });
    await this.postAll(opened.unsettled);
    return opened.standing;
  }

  async postAll(batches: readonly PostRequest[]): Promise<void> {
    for (const batch of batches) await this.activities.confirmPosted(this.file.post(batch));
  }

  /** Cycles until there is no more to read at once; returns the last answer. */
  async settle(): Promise<Pushed> {
    let pushed = await this.cycle();
    for (let turn = 0; pushed.more; turn += 1) {
      if (turn > 200) throw new Error('a first load without end');
      pushed = await this.cycle(pushed.standing);
    }
    return pushed;
  }

  /** A person in MineralTree. */
  person<T>(move: string, body: object): Promise<T> {
    return post<T>(this.url, `/people/${move}`, { company: this.mtCompany, ...body });
  }

  /** Enters and posts an invoice over 100.00 (or as given), and returns it. */
  async invoice(more: object = {}): Promise<BookBill> {
    const entered = await this.person<BookBill>('enter-invoice', {
      vendor: 'Vendor V1',
      invoiceNumber: 'INV-1',
      transactionDate: '2026-03-05',
      dueDate: '2026-04-04',
      apAccount: 'Account AP',
      amount: '100.00',
      expenses: [{ glAccount: 'Account EXP', amount: '100.00' }],
      ...more,
    });
    return this.person<BookBill>('post', { bill: entered.id });
  }

  async fault(fault: object): Promise<void> {
    await post(this.url, '/faults', { match: { company: this.mtCompany }, ...fault });
  }

  async clearFaults(): Promise<void> {
    await fetch(`${this.url}/faults`, { method: 'DELETE' });
  }

  async books(): Promise<PayablesBooks> {
    const answer = await fetch(`${this.url}/books/company?id=${this.mtCompany}`);
    return (await answer.json()) as PayablesBooks;
  }

  async problems(): Promise<readonly string[]> {
    return (await listProblems(this.store.db, this.companyId)).map(({ code }) => code).sort();
  }

  company() {
    return getCompany(this.store.db, this.companyId);
  }
}

export async function post<T>(url: string, where: string, body: object): Promise<T> {
  const answer = await fetch(`${url}${where}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (answer.status !== 200) throw new Error(`${where}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}
