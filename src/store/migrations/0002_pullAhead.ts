/** A company may have a second request beside the one that stands: what will probably be asked after it. */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const pullAhead: Migration = {
  number: 2,
  name: 'pull ahead',
  statements: [
    sql`alter table pulls drop constraint pulls_state_check`,
    sql`alter table pulls add constraint pulls_state_check check (state in ('asked', 'ahead', 'done', 'refused'))`,
    sql`create unique index pulls_one_ahead on pulls (company_id) where state = 'ahead'`,
  ],
};
