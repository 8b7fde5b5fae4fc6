/** What the check of a month end asks of the store. Nothing is written. */
import { sql } from 'kysely';
import type { Outcome, Posting, PostingKind } from '../contract/posting.ts';
import type { CalendarDate } from '../domain/dates.ts';
import type { PostingState } from './schema.ts';
import type { Db } from './store.ts';

/** The newest posting of a MineralTree record, where it has not come to its end as it was meant to. */
export interface OpenPosting {
  readonly mtId: string;
  readonly ledgerId?: string;
  readonly kind: PostingKind;
  readonly state: Extract<PostingState, 'planned' | 'sentMaybe' | 'uncertain' | 'refused' | 'held'>;
  readonly match: Posting['match'];
  readonly dates: readonly CalendarDate[];
  /** The MineralTree record of that revision. */
  readonly base?: unknown;
  readonly outcome?: Outcome;
}

export async function openPostings(db: Db, companyId: string): Promise<readonly OpenPosting[]> {
  const { rows } = await sql<{
    readonly mtId: string;
    readonly ledgerId: string | null;
    readonly kind: PostingKind;
    readonly state: OpenPosting['state'];
    readonly match: Posting['match'];
    readonly dates: readonly CalendarDate[];
    readonly base: unknown;
    readonly outcome: Outcome | null;
  }>`
    select mt_id, ledger_id, kind, state, match, dates, base, outcome from (
      select distinct on (mt_id) * from postings where company_id = ${companyId} order by mt_id, position desc) p
    where state in ('planned', 'sentMaybe', 'uncertain', 'refused', 'held')
    order by position`.execute(db);
  return rows.map(({ ledgerId, base, outcome, ...row }) => ({
    ...row,
    ...(ledgerId !== null && { ledgerId }),
    ...(base !== null && { base }),
    ...(outcome !== null && { outcome }),
  }));
}

/**
 * When something that may change what is open was last read from QuickBooks, written there or carried to MineralTree, Unix
 * milliseconds.
 */
export async function movedAt(db: Db, companyId: string): Promise<number | undefined> {
  const { rows } = await sql<{ readonly at: number | null }>`
    select greatest(
      (select max(read_at) from snapshots where company_id = ${companyId}
        and kind in ('bill', 'credit', 'checkPayment', 'cardPayment')),
      (select max(greatest(settled_at, acknowledged_at)) from postings where company_id = ${companyId}),
      (select max(carried_at) from settlements where company_id = ${companyId})) as at`.execute(db);
  return rows[0]?.at ?? undefined;
}

/** The dates of transactions, by TxnID and by the ID of the MineralTree record that is linked. */
export async function datesOf(
  db: Db,
  companyId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CalendarDate>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ readonly id: string; readonly date: string | null }>`
    select s.ledger_id as id, s.record->>'txnDate' as date from snapshots s
    where s.company_id = ${companyId} and s.ledger_id = any(${[...ids]}::text[])
    union all
    select l.mt_id as id, s.record->>'txnDate' as date from links l
    join snapshots s on s.company_id = l.company_id and s.kind = l.kind and s.ledger_id = l.ledger_id
    where l.company_id = ${companyId} and l.mt_id = any(${[...ids]}::text[])`.execute(db);
  return new Map(rows.flatMap(({ id, date }) => (date === null ? [] : [[id, date] as const])));
}
