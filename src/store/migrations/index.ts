/**
 * Brings a database to the form that this release knows.
 *
 * 1. Forward only, in order, each step in a transaction of its own together with its entry in `tandem_migrations`.
 * 2. Under an advisory lock: replicas that start at the same time take turns.
 * 3. A database that is newer than this release is not touched: `schemaTooNew`.
 */
import { type Kysely, sql, type Transaction } from 'kysely';
import { StoreError } from '../errors.ts';
import { ground } from './0001_ground.ts';
import { pullAhead } from './0002_pullAhead.ts';
import { firstDay } from './0003_firstDay.ts';
import { settlements } from './0004_settlements.ts';
import { reportEntries } from './0005_reportEntries.ts';
import { access } from './0006_access.ts';
import type { Migration } from './migration.ts';

export const MIGRATIONS: readonly Migration[] = [ground, pullAhead, firstDay, settlements, reportEntries, access];

/** Any number that is ours alone within the database. */
const LOCK = 7_364_201;

/** Applies what is missing and returns the numbers applied. */
export async function migrate<Schema>(db: Kysely<Schema>, migrations = MIGRATIONS): Promise<readonly number[]> {
  return db.connection().execute(async (connection) => {
    await sql`select pg_advisory_lock(${LOCK})`.execute(connection);
    try {
      await sql`create table if not exists tandem_migrations (
        number integer primary key, name text not null, applied_at timestamptz not null default now()
      )`.execute(connection);
      await sql`create table if not exists tandem_meta (key text primary key, value text not null)`.execute(connection);
      const applied = await sql<{ number: number }>`select number from tandem_migrations order by number`.execute(
        connection,
      );
      const newest = applied.rows.at(-1)?.number ?? 0;
      const known = migrations.at(-1)?.number ?? 0;
      if (newest > known)
        throw new StoreError(
          'schemaTooNew',
          `the database was migrated to ${newest} by a newer release; this one knows ${known}: start the newer release`,
        );
      const missing = migrations.filter(({ number }) => number > newest);
      for (const migration of missing) await connection.transaction().execute((tx) => apply(tx, migration));
      return missing.map(({ number }) => number);
    } finally {
      await sql`select pg_advisory_unlock(${LOCK})`.execute(connection);
    }
  });
}

async function apply<Schema>(tx: Transaction<Schema>, { number, name, statements }: Migration): Promise<void> {
  for (const statement of statements) await statement.execute(tx);
  await sql`insert into tandem_migrations (number, name) values (${number}, ${name})`.execute(tx);
}
