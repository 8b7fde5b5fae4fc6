/**
 * One company file: its tables, its counters, and the commit that makes a change durable.
 *
 * 1. Nothing reads `head` or a table through another way; what is put is seen at once and lost unless committed.
 * 2. Whoever changes the file checks first and puts last, so that a refusal leaves nothing behind.
 * 3. The journal follows the transactions: every put of one posts it, every removal takes its posting out. What has been
 *    settled follows the payments and the credits applied in the same way.
 *
 * IDs are `HEX-unixsecond` (lists from 80000001 on), as recorded from real files.
 */

import type { Commit, FileLog } from './fileLog.ts';
import { balancesOf, type JournalBalances, type Posting, type PostingTable, postingOf } from './journal.ts';
import type { MachineClock } from './machineClock.ts';
import {
  type Bill,
  type BillPayment,
  type CreditApplication,
  type FileHead,
  type JournalTransaction,
  type ListEntry,
  type ListName,
  TABLE_NAMES,
  type TableName,
  type TableRecords,
} from './records.ts';
import { createSettlements, type Settlements } from './settlements.ts';
import type { Switches } from './switches.ts';
import { Table } from './table.ts';

type Tables = { readonly [N in TableName]: Table<TableRecords[N]> };

const FIRST_LIST_ID = 0x8000_0000;

export class CompanyFile {
  readonly tables: Tables = createTables();
  readonly clock: MachineClock;
  readonly switches: () => Switches;
  readonly balances: JournalBalances = balancesOf();
  readonly settlements: Settlements = createSettlements();
  readonly #log: FileLog | undefined;
  #head: FileHead;
  #headChanged = false;
  #put: [TableName, unknown][] = [];
  #delete: [TableName, string][] = [];
  #undo: (() => void)[] | undefined;

  constructor(head: FileHead, clock: MachineClock, switches: () => Switches, log?: FileLog) {
    this.#head = head;
    this.clock = clock;
    this.switches = switches;
    this.#log = log;
  }

  get head(): FileHead {
    return this.#head;
  }

  setHead(change: Partial<FileHead>): void {
    this.#head = { ...this.#head, ...change };
    this.#headChanged = true;
  }

  /** Sets the closing date, with a password or without, or removes both. */
  setClosingDate(date: string | undefined, password?: string): void {
    const { closingDate: _date, closingPassword: _password, ...rest } = this.#head;
    this.#head = {
      ...rest,
      ...(date === undefined ? {} : { closingDate: date }),
      ...(date === undefined || password === undefined ? {} : { closingPassword: password }),
    };
    this.#headChanged = true;
  }

  /** Marks the file as one of which an accountant has a copy, or takes the mark off. */
  setDividingDate(date: string | undefined): void {
    const { dividingDate: _, ...rest } = this.#head;
    this.#head = date === undefined ? rest : { ...rest, dividingDate: date };
    this.#headChanged = true;
  }

  nextListId(): string {
    this.setHead({ listCounter: this.#head.listCounter + 1 });
    return `${(FIRST_LIST_ID + this.#head.listCounter).toString(16).toUpperCase()}-${this.clock.now()}`;
  }

  /** For transactions and their lines, which share one row of numbers. */
  nextTxnId(): string {
    this.setHead({ txnCounter: this.#head.txnCounter + 1 });
    return `${this.#head.txnCounter.toString(16).toUpperCase()}-${this.clock.now()}`;
  }

  nextTxnNumber(): number {
    this.setHead({ txnNumber: this.#head.txnNumber + 1 });
    return this.#head.txnNumber;
  }

  list<N extends ListName>(name: N): Table<TableRecords[N]> {
    return this.tables[name];
  }

  put<N extends TableName>(name: N, record: TableRecords[N]): void {
    this.#apply(name, record);
    this.#put.push([name, record]);
  }

  /** Puts a transaction and posts it. */
  putTransaction<N extends PostingTable>(name: N, record: Posting[N]): void {
    this.put<PostingTable>(name, record);
    this.put('journal', postingOf(name, record, this.tables));
  }

  /** Posts a transaction anew that is there already: a list entry that it refers to has become another. */
  post(id: string): void {
    for (const name of ['bill', 'vendorCredit', 'payment', 'general'] as const) {
      const record = this.tables[name].get(id);
      if (record !== undefined) this.put('journal', postingOf<PostingTable>(name, record, this.tables));
    }
  }

  /** Removes a transaction and its posting. */
  removeTransaction(name: PostingTable, id: string): void {
    this.remove(name, id);
    this.remove('journal', id);
  }

  remove(name: TableName, id: string): void {
    this.#discard(name, id);
    this.#delete.push([name, id]);
  }

  /** All of what `make` puts and removes, or, when it throws, nothing of it. */
  atomically<T>(make: () => T): T {
    const before = {
      head: this.#head,
      headChanged: this.#headChanged,
      put: this.#put.length,
      delete: this.#delete.length,
    };
    const undo: (() => void)[] = [];
    this.#undo = undo;
    try {
      return make();
    } catch (error) {
      this.#undo = undefined;
      for (const step of undo.reverse()) step();
      this.#head = before.head;
      this.#headChanged = before.headChanged;
      this.#put.length = before.put;
      this.#delete.length = before.delete;
      throw error;
    } finally {
      this.#undo = undefined;
    }
  }

  /** Makes everything that was put and removed durable, as one. */
  commit(): void {
    if (!this.#headChanged && this.#put.length === 0 && this.#delete.length === 0) return;
    this.#log?.append({ ...(this.#headChanged ? { head: this.#head } : {}), put: this.#put, delete: this.#delete });
    this.#headChanged = false;
    this.#put = [];
    this.#delete = [];
    if (this.#log?.overgrown === true) this.#log.rewrite(this.snapshot());
  }

  /** Applies a commit that was read from disk. */
  replay(commit: Commit): void {
    if (commit.head !== undefined) this.#head = commit.head;
    for (const [name, record] of commit.put ?? []) this.#apply(name, record as TableRecords[typeof name]);
    for (const [name, id] of commit.delete ?? []) this.#discard(name, id);
  }

  /** The whole file as commits, a few hundred records each. */
  *snapshot(head: FileHead = this.#head): Iterable<Commit> {
    yield { head };
    for (const name of TABLE_NAMES) {
      let batch: [TableName, unknown][] = [];
      for (const record of this.tables[name].all()) {
        batch.push([name, record]);
        if (batch.length === 200) {
          yield { put: batch };
          batch = [];
        }
      }
      if (batch.length > 0) yield { put: batch };
    }
  }

  close(): void {
    this.#log?.close();
  }

  #apply<N extends TableName>(name: N, record: TableRecords[N]): void {
    this.#follow(name, record.id, record);
    (this.tables[name] as Table<TableRecords[N]>).put(record);
  }

  #discard(name: TableName, id: string): void {
    this.#follow(name, id, undefined);
    this.tables[name].delete(id);
  }

  #follow<N extends TableName>(name: N, id: string, after: TableRecords[N] | undefined): void {
    const before = (this.tables[name] as Table<TableRecords[N]>).get(id);
    this.#undo?.push(() => {
      if (before === undefined) this.#discard(name, id);
      else this.#apply(name, before);
    });
    const { journal, payment, creditApplication } = this.tables;
    if (name === 'journal') this.balances.replace(journal.get(id), after as JournalTransaction | undefined);
    if (name === 'payment') this.settlements.replacePayment(payment.get(id), after as BillPayment | undefined);
    if (name === 'creditApplication')
      this.settlements.replaceApplication(creditApplication.get(id), after as CreditApplication | undefined);
  }
}

/** Names of lists do not differ by letter case. */
export const nameKey = (name: string): string => name.toLowerCase();

type Keyed = Pick<Bill, 'vendorId' | 'refNumber' | 'guid'>;

function createTables(): Tables {
  const byName = { name: (entry: ListEntry) => nameKey(entry.fullName) };
  const byVendor = {
    vendor: ({ vendorId }: Keyed) => vendorId,
    refNumber: ({ refNumber }: Keyed) => refNumber?.toLowerCase(),
    guid: ({ guid }: Keyed) => guid?.toLowerCase(),
  };
  return {
    account: new Table({ ...byName, number: (account: TableRecords['account']) => account.number }),
    vendor: new Table(byName),
    class: new Table(byName),
    customer: new Table(byName),
    item: new Table<TableRecords['item']>(byName),
    terms: new Table<TableRecords['terms']>(byName),
    currency: new Table<TableRecords['currency']>(byName),
    bill: new Table<Bill>(byVendor),
    vendorCredit: new Table<TableRecords['vendorCredit']>(byVendor),
    payment: new Table<TableRecords['payment']>({ ...byVendor, account: ({ accountId }) => accountId }),
    creditApplication: new Table({
      credit: ({ creditTxnId }: TableRecords['creditApplication']) => creditTxnId,
      bill: ({ billTxnId }: TableRecords['creditApplication']) => billTxnId,
      payment: ({ byPayment }: TableRecords['creditApplication']) => byPayment.map(({ paymentId }) => paymentId),
    }),
    general: new Table<TableRecords['general']>({
      vendor: ({ vendorId }) => vendorId,
      refNumber: ({ refNumber }) => refNumber?.toLowerCase(),
    }),
    journal: new Table(),
    deletedTransaction: new Table(),
    deletedEntry: new Table(),
    privateField: new Table(),
    privateValue: new Table(),
    recovery: new Table(),
  };
}
