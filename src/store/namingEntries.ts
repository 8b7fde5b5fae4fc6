/** Which bills and credits name an entry of a list, by the last version that was read of them. */
import { type RawBuilder, sql } from 'kysely';
import type { LedgerKind } from '../domain/ledger.ts';
import type { Db } from './store.ts';

/** Where bills and credits name entries of a kind, as parts of their records: one of them is there. */
const PLACES: Readonly<Partial<Record<LedgerKind, (entry: { readonly id: string }) => readonly object[]>>> = {
  account: (account) => [{ apAccount: account }, { expenseLines: [{ account }] }],
  class: (one) => [{ expenseLines: [{ class: one }] }, { itemLines: [{ class: one }] }],
  customer: (customer) => [{ expenseLines: [{ customer }] }, { itemLines: [{ customer }] }],
  item: (item) => [{ itemLines: [{ item }] }],
  terms: (terms) => [{ terms }],
  vendor: (vendor) => [{ vendor }],
};

/** TxnIDs of bills and credits that name an entry, not gone: the unpaid ones first, then the newest; at most `limit` of each. */
export async function transactionsNaming(
  db: Db,
  companyId: string,
  { kind, id }: { readonly kind: LedgerKind; readonly id: string },
  limit: number,
): Promise<{ readonly bill: readonly string[]; readonly credit: readonly string[] }> {
  const places = PLACES[kind]?.({ id }) ?? [];
  if (places.length === 0) return { bill: [], credit: [] };
  const named: RawBuilder<unknown> = sql`record @> any(${places.map((place) => JSON.stringify(place))}::jsonb[])`;
  const of = async (transaction: 'bill' | 'credit'): Promise<readonly string[]> => {
    const { rows } = await sql<{ ledgerId: string }>`
      select ledger_id from snapshots
      where company_id = ${companyId} and kind = ${transaction} and not gone and ${named}
      order by coalesce((record->>'isPaid')::boolean, false), edit_number desc, ledger_id
      limit ${limit}`.execute(db);
    return rows.map(({ ledgerId }) => ledgerId);
  };
  return { bill: await of('bill'), credit: await of('credit') };
}
