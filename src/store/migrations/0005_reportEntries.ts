/** What a report reads beside bills: open credits, other transactions of accounts payable, the accounts themselves. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const reportEntries: Migration = {
  number: 5,
  name: 'reportEntries',
  statements: [
    sql`create table report_entries (
      company_id text not null,
      report_id text not null,
      entry_key text not null,
      entry jsonb not null,
      primary key (company_id, report_id, entry_key),
      foreign key (company_id, report_id) references reports on delete cascade
    )`,
  ],
};
