/**
 * What a bill's settlement in QuickBooks (payments, credits, discounts) needs: bills whose settlement is due, what is open
 * by BillToPay, postings of payments, terms and voids, and the period of the books that MineralTree keeps closed.
 */
import { sql } from 'kysely';
import type { Migration } from './migration.ts';

export const settlements: Migration = {
  number: 4,
  name: 'settlements',
  statements: [
    sql`create table settlements (
      company_id text not null references companies on delete cascade,
      bill_id text not null,
      due bigint,
      tries integer not null default 0,
      carried jsonb,
      carried_at bigint,
      primary key (company_id, bill_id)
    )`,
    sql`create index settlements_due on settlements (company_id, due, bill_id) where due is not null`,
    sql`create index settlements_with_credits on settlements (company_id, bill_id)
      where jsonb_array_length(carried->'credits') > 0`,
    sql`create table open_balances (
      company_id text not null references companies on delete cascade,
      kind text not null check (kind in ('bill', 'credit')),
      ledger_id text not null,
      vendor_id text not null,
      open_cents bigint not null,
      read_at bigint not null,
      primary key (company_id, kind, ledger_id)
    )`,
    sql`create index open_balances_by_vendor on open_balances (company_id, vendor_id)`,
    sql`create index open_balances_credits on open_balances (company_id, vendor_id) where kind = 'credit'`,
    sql`create table balance_reads (
      company_id text not null references companies on delete cascade,
      vendor_id text not null,
      read_at bigint not null,
      primary key (company_id, vendor_id)
    )`,
    sql`alter table companies add column credit_turn text`,
    sql`alter table companies add column closed_period jsonb`,
    sql`alter table postings drop constraint postings_kind_check`,
    sql`alter table postings add constraint postings_kind_check check (kind in ('BillAdd', 'BillMod', 'VendorMod',
      'StandardTermsAdd', 'BillPaymentCheckAdd', 'BillPaymentCreditCardAdd', 'TxnVoid'))`,
    sql`create index postings_by_guid on postings (company_id, guid) where guid is not null`,
  ],
};
