/** A company's first day: how far its matching has come, and which record of MineralTree is which of QuickBooks, or is not. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const firstDay: Migration = {
  number: 3,
  name: 'first day',
  statements: [
    sql`create table first_days (
      company_id text primary key references companies on delete cascade,
      last_restore text not null,
      matched_at bigint not null,
      undecided integer not null,
      summary jsonb not null
    )`,
    sql`create table first_day_matches (
      company_id text not null references companies on delete cascade,
      entity text not null,
      ledger_id text not null,
      mt_id text not null,
      same boolean not null,
      matched_by text not null,
      at bigint not null,
      primary key (company_id, entity, ledger_id, mt_id)
    )`,
  ],
};
