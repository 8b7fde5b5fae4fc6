/**
 * The store: one Postgres database for all companies of a cloud.
 *
 * 1. Opening brings the database to this release's form and compares the master key with the one it was made under.
 * 2. A company's rows are written only under its fence: a number in its row that a run takes by compare-and-set and
 *    that every transaction checks with the row locked. An older run's writes fail with `FenceLost`, whole.
 * 3. Time is Unix milliseconds, given by the caller.
 *
 * Leaves to others: where the database is (the settings of the entry points), what the rows mean (src/sync).
 */
import { CamelCasePlugin, Kysely, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import type { Logger } from 'pino';
import { FenceLost, StoreError } from './errors.ts';
import { createVault, type Vault } from './masterKey.ts';
import { migrate } from './migrations/index.ts';
import type { Schema } from './schema.ts';

/** The database, or a transaction of it: what queries take. */
export type Db = Kysely<Schema>;
export type Tx = Transaction<Schema>;

export interface Fence {
  readonly companyId: string;
  readonly epoch: number;
  /** A transaction that holds the company's row; fails with `FenceLost`, and writes nothing, when another run took over. */
  write<T>(work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Fails with `FenceLost` when another run took over. Calls made while one is under way share the next. */
  check(): Promise<void>;
}

export interface Store {
  readonly db: Db;
  readonly vault: Vault;
  /** Takes the company over: `seen` is the epoch that the caller read; `FenceLost` when it has moved since. */
  takeFence(companyId: string, seen: number): Promise<Fence>;
  withFence<T>(companyId: string, epoch: number, work: (tx: Tx) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface StoreOptions {
  /** A connection string of Postgres 14 or newer. */
  readonly databaseUrl: string;
  /** 32 bytes. */
  readonly masterKey: Buffer;
  readonly log: Logger;
  /** @default 10 */
  readonly connections?: number;
}

/**
 * Opens the store, migrating it when needed.
 * @throws StoreError `masterKeyWrong`, `masterKeyUnreadable`, `schemaTooNew`; errors of Postgres as they are
 */
export async function openStore({ databaseUrl, masterKey, log, connections = 10 }: StoreOptions): Promise<Store> {
  const vault = createVault(masterKey);
  const pool = new pg.Pool({ connectionString: databaseUrl, max: connections, types: typesWithSafeIntegers() });
  pool.on('error', (error) => log.warn({ err: error }, 'an idle connection to the store was lost'));
  const db = new Kysely<Schema>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  });
  try {
    const applied = await migrate(db);
    if (applied.length > 0) log.info({ applied }, 'the store was migrated');
    await checkKey(db, vault);
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    db,
    vault,
    takeFence: (companyId, seen) => takeFence(db, companyId, seen),
    withFence: (companyId, epoch, work) => withFence(db, companyId, epoch, work),
    close: () => db.destroy(),
  };
}

async function takeFence(db: Db, companyId: string, seen: number): Promise<Fence> {
  const taken = await db
    .updateTable('companies')
    .set((eb) => ({ epoch: eb('epoch', '+', 1) }))
    .where('companyId', '=', companyId)
    .where('removedAt', 'is', null)
    .where('epoch', '=', seen)
    .returning('epoch')
    .executeTakeFirst();
  if (taken === undefined) throw new FenceLost(companyId);
  return fenceOf(db, companyId, taken.epoch);
}

function fenceOf(db: Db, companyId: string, epoch: number): Fence {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const read = async () => {
    const row = await db
      .selectFrom('companies')
      .select('epoch')
      .where('companyId', '=', companyId)
      .where('removedAt', 'is', null)
      .executeTakeFirst();
    if (row?.epoch !== epoch) throw new FenceLost(companyId);
  };
  const start = (): Promise<void> => {
    const mine = read().finally(() => {
      if (running === mine) running = undefined;
    });
    running = mine;
    return mine;
  };
  return {
    companyId,
    epoch,
    write: (work) => withFence(db, companyId, epoch, work),
    check() {
      if (running === undefined) return start();
      // A check under way may have been answered already: whoever comes now waits for one that begins after it.
      next ??= running.then(settled, settled).then(() => {
        next = undefined;
        return start();
      });
      return next;
    },
  };
}

const settled = (): void => {};

function withFence<T>(db: Db, companyId: string, epoch: number, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    const row = await tx
      .selectFrom('companies')
      .select('epoch')
      .where('companyId', '=', companyId)
      .where('removedAt', 'is', null)
      .forNoKeyUpdate()
      .executeTakeFirst();
    if (row?.epoch !== epoch) throw new FenceLost(companyId);
    return work(tx);
  });
}

/** The key's ID is written by the first opening of an empty store; every later one must bring the same key. */
async function checkKey(db: Db, vault: Vault): Promise<void> {
  await sql`insert into tandem_meta (key, value) values ('masterKeyId', ${vault.keyId}) on conflict do nothing`.execute(
    db,
  );
  const stored = await db
    .selectFrom('tandemMeta')
    .select('value')
    .where('key', '=', 'masterKeyId')
    .executeTakeFirstOrThrow();
  if (stored.value !== vault.keyId)
    throw new StoreError(
      'masterKeyWrong',
      `the store was made under the master key ${stored.value}, and ${vault.keyId} was given: give the right key`,
    );
}

/** Postgres' 64-bit integers as numbers: ours are times, counters and edit sequences, far below 2^53. */
function typesWithSafeIntegers(): pg.CustomTypesConfig {
  return {
    getTypeParser(oid: number, format?: 'text' | 'binary') {
      if (oid === pg.types.builtins.INT8 && format !== 'binary') return safeInteger;
      return format === 'binary' ? pg.types.getTypeParser(oid, 'binary') : pg.types.getTypeParser(oid, 'text');
    },
  };
}

function safeInteger(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`the store holds an integer out of range: ${text}`);
  return value;
}
