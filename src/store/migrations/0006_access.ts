/**
 * Connectors that need not be trusted: installations with secrets of their own, one-time enrolment keys, a key for each
 * company's payloads, the gateways' seal keys; and the people of the console. The audit also tells what concerns the cloud
 * as a whole.
 *
 * What belongs to access stays when a company is brought back to an earlier hour (backup.ts deletes and adds its row in one
 * transaction): hence references that are checked at the end of it.
 */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const access: Migration = {
  number: 6,
  name: 'access',
  statements: [
    sql`alter table audit alter column company_id drop not null`,
    sql`create table installations (
      installation_id text primary key,
      name text not null,
      enrolled_at bigint not null,
      revoked_at bigint,
      rotation_asked_at bigint
    )`,
    sql`create table installation_secrets (
      secret_hash text primary key,
      installation_id text not null references installations,
      made_at bigint not null,
      used_at bigint,
      expires_at bigint
    )`,
    sql`create index installation_secrets_by_installation on installation_secrets (installation_id)`,
    sql`create table installation_companies (
      installation_id text not null references installations,
      company_id text not null references companies deferrable initially deferred,
      enrolled_at bigint not null,
      primary key (installation_id, company_id)
    )`,
    sql`create index installation_companies_by_company on installation_companies (company_id)`,
    sql`create table presences (
      installation_id text primary key references installations,
      mode text not null,
      version text not null,
      protocol integer not null,
      host text not null,
      reason text,
      seen_at bigint not null
    )`,
    sql`create table connector_keys (
      key_hash text primary key,
      company_id text not null references companies deferrable initially deferred,
      made_at bigint not null,
      made_by text not null,
      expires_at bigint not null,
      used_at bigint,
      used_by text
    )`,
    sql`create index connector_keys_by_company on connector_keys (company_id)`,
    sql`create table guesses (source text not null, at bigint not null)`,
    sql`create index guesses_by_source on guesses (source, at)`,
    sql`create index guesses_by_time on guesses (at)`,
    sql`create table company_keys (
      key_id text primary key,
      company_id text not null references companies deferrable initially deferred,
      sealed bytea not null,
      made_at bigint not null,
      retired_at bigint
    )`,
    sql`create unique index company_keys_one_current on company_keys (company_id) where retired_at is null`,
    sql`create index company_keys_by_company on company_keys (company_id)`,
    sql`create table seal_keys (
      seal_key_id text primary key,
      sealed bytea not null,
      made_at bigint not null,
      retired_at bigint
    )`,
    sql`create unique index seal_keys_one_current on seal_keys ((true)) where retired_at is null`,
    sql`create table status_tokens (
      company_id text primary key references companies deferrable initially deferred,
      token_hash text not null unique,
      sealed bytea not null,
      made_at bigint not null
    )`,
    sql`create table people (
      person_id text primary key,
      name text not null,
      role text not null check (role in ('operator', 'accountant')),
      password text,
      added_at bigint not null,
      removed_at bigint
    )`,
    sql`create unique index people_by_name on people (lower(name)) where removed_at is null`,
    sql`create table person_companies (
      person_id text not null references people,
      company_id text not null references companies deferrable initially deferred,
      primary key (person_id, company_id)
    )`,
    sql`create table invitations (
      token_hash text primary key,
      person_id text not null references people,
      made_at bigint not null,
      expires_at bigint not null,
      used_at bigint
    )`,
    sql`create table web_sessions (
      token_hash text primary key,
      person_id text not null references people,
      started_at bigint not null,
      seen_at bigint not null
    )`,
    sql`create index web_sessions_by_person on web_sessions (person_id)`,
    sql`create table personal_tokens (
      token_hash text primary key,
      token_id text not null unique,
      person_id text not null references people,
      name text not null,
      made_at bigint not null,
      expires_at bigint not null,
      used_at bigint
    )`,
  ],
};
