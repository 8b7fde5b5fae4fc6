/**
 * A company may have a second request beside the one that stands: what will probably be asked after it. And indexes that
 * begin with the same columns are told apart, so that a first load is not planned by the wrong one (links.ts).
 */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const pullAhead: Migration = {
  number: 2,
  name: 'pull ahead',
  statements: [
    sql`alter table pulls drop constraint pulls_state_check`,
    sql`alter table pulls add constraint pulls_state_check check (state in ('asked', 'ahead', 'done', 'refused'))`,
    sql`create unique index pulls_one_ahead on pulls (company_id) where state = 'ahead'`,
    sql`drop index links_by_mt`,
    sql`create unique index links_by_mt on links (mt_id, entity, company_id)`,
    sql`drop index links_by_ledger`,
    sql`create index links_by_ledger on links (ledger_id, kind, company_id)`,
    sql`drop index links_by_kind_and_mt`,
    sql`create index links_by_kind_and_mt on links (mt_id, kind, company_id)`,
    sql`drop index snapshots_recent`,
    sql`create index snapshots_recent on snapshots (company_id, kind, edit_number desc) where not gone`,
  ],
};
