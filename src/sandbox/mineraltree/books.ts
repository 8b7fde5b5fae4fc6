/**
 * The books of the sandbox: every company with its records, held in memory and written to the journal.
 *
 * 1. A write is in the journal before anything in memory changes, and is answered after both.
 * 2. Within a company and a kind an externalId is found in one step; search alone reads the lagging index.
 * 3. What a person deleted is kept apart, with its history, and is no record any more.
 */
import type { Kind } from './entities.ts';
import { openJournal, type Row } from './journal.ts';
import { DEFAULT_KNOBS, type Knobs, turned } from './knobs.ts';
import type { AnyRecord, Company, StoredBill, Tables, User } from './record.ts';
import { createSearchIndex, type Narrowing } from './searchIndex.ts';

/** An invoice that a person deleted. */
export interface DeletedBill {
  readonly bill: StoredBill;
  readonly deletedAt: string;
}

export interface Books {
  readonly nowMs: () => number;
  knobs(): Knobs;
  /** Throws nothing: answers what is wrong, or undefined. */
  turn(name: string, value: unknown): string | undefined;
  companies(): readonly Company[];
  company(id: string): Company | undefined;
  putCompany(company: Company, users: readonly User[]): void;
  users(): readonly User[];
  user(name: string): User | undefined;
  find<K extends Kind>(kind: K, id: string): Tables[K] | undefined;
  /** The first record of the company with that externalId; none for an empty one. */
  byExternalId<K extends Kind>(companyId: string, kind: K, externalId: string): Tables[K] | undefined;
  all<K extends Kind>(companyId: string, kind: K): readonly Tables[K][];
  /** All with that externalId, in the order of their creation; none for an empty one. */
  allByExternalId<K extends Kind>(companyId: string, kind: K, externalId: string): readonly Tables[K][];
  /** One write: all of them or none. */
  put(...changed: readonly AnyRecord[]): void;
  deleteBill(bill: StoredBill, deletedAt: string): void;
  deletedBills(companyId: string): readonly DeletedBill[];
  /** What search may answer from, in order of (modified, ID). */
  candidates(companyId: string, kind: Kind, by: Narrowing): readonly AnyRecord[];
  close(): Promise<void>;
}

interface Shelf {
  readonly records: Map<string, AnyRecord>;
  /** IDs by externalId: more than one only where a POST does not update. */
  readonly external: Map<string, readonly string[]>;
}

/** Opens the books in a folder. `nowMs` is the clock for everything that is dated. */
export async function openBooks(options: {
  readonly dir: string;
  readonly nowMs: () => number;
  readonly rewriteAfterBytes?: number;
}): Promise<Books> {
  const { nowMs } = options;
  let knobs = DEFAULT_KNOBS;
  const companies = new Map<string, Company>();
  const users = new Map<string, User>();
  const records = new Map<string, AnyRecord>();
  const shelves = new Map<string, Shelf>();
  const deleted = new Map<string, DeletedBill>();
  const index = createSearchIndex();

  const shelfOf = (companyId: string, kind: Kind): Shelf => {
    const key = `${companyId}/${kind}`;
    const shelf = shelves.get(key) ?? { records: new Map(), external: new Map() };
    shelves.set(key, shelf);
    return shelf;
  };
  const unfile = (record: AnyRecord): void => {
    const { records: filed, external } = shelfOf(record.companyId, record.kind);
    filed.delete(record.id);
    const others = external.get(record.externalId)?.filter((id) => id !== record.id) ?? [];
    if (others.length === 0) external.delete(record.externalId);
    else external.set(record.externalId, others);
  };
  const keep = (record: AnyRecord): void => {
    const before = records.get(record.id);
    const { records: filed, external } = shelfOf(record.companyId, record.kind);
    records.set(record.id, record);
    filed.set(record.id, record);
    if (before?.externalId === record.externalId) return;
    if (before !== undefined && before.externalId !== '') {
      const others = external.get(before.externalId)?.filter((id) => id !== record.id) ?? [];
      if (others.length === 0) external.delete(before.externalId);
      else external.set(before.externalId, others);
    }
    if (record.externalId !== '')
      external.set(record.externalId, [...(external.get(record.externalId) ?? []), record.id]);
  };
  const drop = (id: string): void => {
    const record = records.get(id);
    if (record === undefined) return;
    records.delete(id);
    unfile(record);
  };

  const replay = ([table, id, value]: Row): void => {
    switch (table) {
      case 'knobs':
        for (const [name, known] of Object.entries(value ?? {})) {
          const next = turned(knobs, name, known);
          // A knob that this version does not have, or not with that value, keeps its default.
          if (typeof next !== 'string') knobs = next;
        }
        break;
      case 'company':
        companies.set(id, value as Company);
        break;
      case 'user':
        users.set(id, value as User);
        break;
      case 'deleted':
        deleted.set(id, value as DeletedBill);
        break;
      default:
        if (value === null) drop(id);
        else keep(value as AnyRecord);
    }
  };

  const journal = await openJournal({
    dir: options.dir,
    replay,
    rows: () => [
      ['knobs', '', knobs],
      ...[...companies.values()].map((company): Row => ['company', company.id, company]),
      ...[...users.values()].map((user): Row => ['user', user.id, user]),
      ...[...records.values()].map((record): Row => [record.kind, record.id, record]),
      ...[...deleted].map(([id, row]): Row => ['deleted', id, row]),
    ],
    ...(options.rewriteAfterBytes === undefined ? {} : { rewriteAfterBytes: options.rewriteAfterBytes }),
  });
  index.load(records.values());
  journal.setFsync(knobs.fsync);

  const write = (rows: readonly Row[]): void => {
    journal.append(rows);
    for (const row of rows) replay(row);
  };

  return {
    nowMs,
    knobs: () => knobs,
    turn(name, value) {
      const next = turned(knobs, name, value);
      if (typeof next === 'string') return next;
      write([['knobs', '', { [name]: value }]]);
      journal.setFsync(knobs.fsync);
      return undefined;
    },
    companies: () => [...companies.values()],
    company: (id) => companies.get(id),
    putCompany: (company, changedUsers) =>
      write([['company', company.id, company], ...changedUsers.map((user): Row => ['user', user.id, user])]),
    users: () => [...users.values()],
    user: (name) => [...users.values()].find((user) => user.name === name),
    find<K extends Kind>(kind: K, id: string) {
      const record = records.get(id);
      return record?.kind === kind ? (record as Tables[K]) : undefined;
    },
    byExternalId<K extends Kind>(companyId: string, kind: K, externalId: string) {
      const id = shelfOf(companyId, kind).external.get(externalId)?.[0];
      return id === undefined ? undefined : (records.get(id) as Tables[K] | undefined);
    },
    allByExternalId: <K extends Kind>(companyId: string, kind: K, externalId: string) =>
      (shelfOf(companyId, kind).external.get(externalId) ?? []).map((id) => records.get(id) as Tables[K]),
    all: <K extends Kind>(companyId: string, kind: K) => [
      ...(shelfOf(companyId, kind).records.values() as Iterable<Tables[K]>),
    ],
    put(...changed) {
      write(changed.map((record): Row => [record.kind, record.id, record]));
      for (const record of changed) index.note(nowMs(), record.companyId, record.kind, record.id, record);
    },
    deleteBill(bill, deletedAt) {
      write([
        ['bill', bill.id, null],
        ['deleted', bill.id, { bill, deletedAt } satisfies DeletedBill],
      ]);
      index.note(nowMs(), bill.companyId, 'bill', bill.id, undefined);
    },
    deletedBills: (companyId) => [...deleted.values()].filter(({ bill }) => bill.companyId === companyId),
    candidates: (companyId, kind, by) => index.candidates(nowMs(), knobs.indexLagMs, companyId, kind, by),
    close: () => journal.close(),
  };
}
