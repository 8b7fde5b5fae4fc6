/**
 * A running MineralTree sandbox for the tests of this folder: on port 0, in a folder of its own, with one company and a
 * user who is logged in. Everything goes over HTTP, as it does for any client.
 */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createMineralTreeSandbox, type MineralTreeSandboxOptions } from '../../../src/sandbox/mineraltree/index.ts';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}
/** An answer's JSON, to be looked into member by member; what is at the end of the way is compared by assert. */
export interface Json {
  readonly [member: string]: Json;
}
export const rows = (json: Json | undefined): Json[] => Object.values(json ?? {});
/** Some members of an object. */
export const pick = (json: Json | undefined, ...members: readonly string[]) =>
  Object.fromEntries(members.map((member) => [member, json?.[member]]));

export interface Running {
  readonly url: string;
  readonly dir: string;
  readonly company: string;
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** A call below /mtapi/base/services, with the session of the user. */
  api(method: string, path: string, body?: unknown): Promise<Answer>;
  /** A move under /people in the company; throws when it is refused. */
  person(move: string, body: object): Promise<Json>;
  login(user?: string, password?: string): Promise<Answer>;
  knob(name: string, value: unknown): Promise<void>;
  books(): Promise<Json>;
  /** The sandbox is closed and opened again on the same folder, and the user logs in again. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

export const USER = 'api@acme.example';
export const PASSWORD = 'se:cret';

export async function startSandbox(options: Omit<MineralTreeSandboxOptions, 'dataDir'> = {}): Promise<Running> {
  const dir = await fs.mkdtemp(path.join(os.tmpdir(), 'mineraltree-sandbox-'));
  let sandbox = await createMineralTreeSandbox({ ...options, dataDir: dir });
  let { url } = await sandbox.listen(0);
  let session = '';
  let company = '';

  const running: Running = {
    get url() {
      return url;
    },
    dir,
    get company() {
      return company;
    },
    async request(method, at, body, headers = {}) {
      const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
      const answer = await fetch(url + at, { method, headers, ...sent });
      const text = await answer.text();
      return {
        status: answer.status,
        headers: answer.headers,
        text,
        get json(): Json {
          return JSON.parse(text);
        },
      };
    },
    api: (method, at, body) => running.request(method, `/mtapi/base/services${at}`, body, { 'if-match': session }),
    async person(move, body) {
      const answer = await running.request('POST', `/people/${move}`, { company, ...body });
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
      return answer.json;
    },
    login: (user = USER, password = PASSWORD) =>
      running.request('POST', '/mtapi/base/security/login', undefined, { authorization: `MT ${user}:${password}` }),
    async knob(name, value) {
      const answer = await running.request('POST', '/people/set-knob', { name, value });
      if (answer.status !== 200) throw new Error(answer.text);
    },
    books: async () => (await running.request('GET', `/books/company?id=${company}`)).json,
    async restart() {
      await sandbox.close();
      sandbox = await createMineralTreeSandbox({ ...options, dataDir: dir });
      ({ url } = await sandbox.listen(0));
      session = (await running.login()).headers.get('etag') ?? '';
    },
    async stop() {
      await sandbox.close();
      await fs.rm(dir, { recursive: true, force: true });
    },
  };
  const made = await running.request('POST', '/people/new-company', { name: 'Acme', user: USER, password: PASSWORD });
  company = String(made.json.id);
  session = (await running.login()).headers.get('etag') ?? '';
  return running;
}

/** The lists and the vendor that an invoice needs, as the ledger would send them. Answers their IDs. */
export async function withLists({
  api,
  company,
}: Running): Promise<Record<'vendor' | 'rent' | 'ap' | 'east' | 'bolt' | 'net30', string>> {
  const made = async (at: string, body: object): Promise<string> =>
    String((await api('POST', `/${at}/${company}`, body)).json.id);
  return {
    ap: await made('glaccount', {
      glAccount: { externalId: 'A-AP', name: 'Accounts Payable', ledgerType: 'AP_ACCOUNT' },
    }),
    rent: await made('glaccount', { glAccount: { externalId: 'A-RENT', name: 'Rent', ledgerType: 'EXPENSE_ACCOUNT' } }),
    east: await made('classification', { classification: { externalId: 'C-EAST', name: 'Region:East' } }),
    bolt: await made('item', {
      item: { externalId: 'I-BOLT', name: 'Bolt', type: 'INVENTORY', cost: { amount: 12345, precision: 5 } },
    }),
    net30: await made('term', { term: { externalId: 'T-30', name: 'Net 30', dueDays: 30 } }),
    vendor: await made('vendor', { vendor: { externalId: 'V-1', name: 'Northwind' } }),
  };
}

export const cents = (amount: number) => ({ amount, precision: 2, currency: 'USD' });

/** What payments and credits need beside the lists: an account to pay from, and bills and credits of the ledger. */
export interface Payables {
  readonly checking: string;
  readonly vendor: string;
  /** A bill of the ledger, open in full. Answers its ID. */
  bill(amountCents: number, members?: object): Promise<string>;
  credit(amountCents: number, members?: object): Promise<string>;
  /** The bill's balance in cents and its state. */
  standing(bill: string): Promise<readonly [cents: unknown, state: unknown]>;
  /** Applies a credit; the bill credit's ID. */
  apply(bill: string, credit: string, amountCents: number): Promise<string>;
  /** A payment of these invoices by check, in the queue. */
  queue(bills: readonly (string | { bill: string; amount: string })[], members?: object): Promise<Json>;
  /** The same, approved and made. */
  pay(bills: readonly (string | { bill: string; amount: string })[], members?: object): Promise<Json>;
}

export async function withPayables(mt: Running): Promise<Payables> {
  const { vendor, net30 } = await withLists(mt);
  const made = async (at: string, body: object): Promise<string> => {
    const { status, json, text } = await mt.api('POST', `/${at}/${mt.company}`, body);
    if (status !== 200) throw new Error(`${status} ${text}`);
    return String(json.id);
  };
  let number = 0;
  const payables: Payables = {
    vendor,
    checking: await made('pm', {
      paymentMethod: { externalId: 'B-1', type: 'ACH', bankAccount: { name: 'Checking' } },
    }),
    bill(amountCents, members = {}) {
      number += 1;
      const bill = {
        externalId: `TX-${number}`,
        invoiceNumber: `N-${number}`,
        vendor: { id: vendor },
        term: { id: net30 },
        transactionDate: '2026-03-01',
        dueDate: '2026-03-31',
        amount: cents(amountCents),
        ...members,
      };
      return made('bill', { bill });
    },
    credit(amountCents, members = {}) {
      number += 1;
      const credit = {
        externalId: `VC-${number}`,
        creditNumber: `CM-${number}`,
        vendor: { id: vendor },
        transactionDate: '2026-03-02',
        amount: cents(amountCents),
        ...members,
      };
      return made('credit', { credit });
    },
    async standing(bill) {
      const { json } = await mt.api('GET', `/bill/${bill}`);
      return [json.balance?.amount, json.state];
    },
    apply: (bill, credit, amountCents) =>
      made('billcredit', {
        billCredit: {
          transactionDate: '2026-03-05',
          bill: { id: bill },
          credit: { id: credit },
          amountApplied: cents(amountCents),
        },
      }),
    async queue(bills, members = {}) {
      const { payments } = await mt.person('queue-payment', {
        bills: bills.map((bill) => (typeof bill === 'string' ? { bill } : bill)),
        paymentMethod: 'Checking',
        fundMethod: 'CHECK',
        date: '2026-03-20',
        ...members,
      });
      const [payment] = rows(payments);
      if (payment === undefined) throw new Error('nothing was queued');
      return payment;
    },
    async pay(bills, members) {
      const { id } = await payables.queue(bills, members);
      await mt.person('approve-payment', { payment: id });
      return mt.person('process', { payment: id });
    },
  };
  return payables;
}
