/**
 * What is to be written to QuickBooks, frozen when planned, and what became of it (exactly-once 6.1, 6.2, 6.5).
 *
 * 1. States: `planned`, `sentMaybe` (handed out), `uncertain`; then `posted` and `acknowledged` (MineralTree knows), or
 *    `held` (in QuickBooks, not as asked), or `refused`. The database holds at most one of the first four for each MineralTree record.
 * 2. The bytes of a posting never change.
 * 3. A settled message-set ID is cleared by one later posting, which reserves it when planned.
 */
import { sql } from 'kysely';
import type { Outcome, Posting } from '../contract/posting.ts';
import type { PostingState } from './schema.ts';
import type { Db } from './store.ts';

export interface NewPosting {
  readonly posting: Posting;
  readonly mtId: string;
  /** TxnID or ListID of what is modified. */
  readonly ledgerId?: string;
  readonly revision: string;
  /** The MineralTree record of that revision, kept for confirming. */
  readonly base: unknown;
  /** The message-set ID that its request clears. */
  readonly clears?: string;
}

export interface StoredPosting {
  readonly posting: Posting;
  readonly mtId: string;
  readonly ledgerId?: string;
  readonly revision: string;
  readonly base?: unknown;
  readonly clears?: string;
  readonly state: PostingState;
  readonly outcome?: Outcome;
}

const COLUMNS = [
  'messageSetId',
  'kind',
  'mtId',
  'ledgerId',
  'revision',
  'xml',
  'match',
  'dates',
  'base',
  'clears',
  'state',
  'outcome',
] as const;

const TO_SITE: readonly PostingState[] = ['planned', 'sentMaybe', 'uncertain'];
export const UNSETTLED: readonly PostingState[] = [...TO_SITE, 'posted'];

/** Adds postings, frozen. One whose message-set ID is known already is left as it is (a plan made twice). */
export async function addPostings(
  db: Db,
  companyId: string,
  postings: readonly NewPosting[],
  at: number,
): Promise<void> {
  if (postings.length === 0) return;
  await db
    .insertInto('postings')
    .values(
      postings.map(({ posting, mtId, ledgerId, revision, base, clears }) => ({
        companyId,
        messageSetId: posting.messageSetId,
        kind: posting.kind,
        mtId,
        ledgerId: ledgerId ?? null,
        revision,
        xml: posting.xml,
        guid: 'guid' in posting.match ? posting.match.guid : null,
        match: JSON.stringify(posting.match),
        dates: JSON.stringify(posting.dates),
        base: base === undefined ? null : JSON.stringify(base),
        state: 'planned' as const,
        outcome: null,
        batchId: null,
        clears: clears ?? null,
        clearedBy: null,
        plannedAt: at,
        handedOutAt: null,
        again: null,
        settledAt: null,
        acknowledgedAt: null,
      })),
    )
    .onConflict((conflict) => conflict.columns(['companyId', 'messageSetId']).doNothing())
    .execute();
  const clearing = postings.flatMap(({ posting, clears }) =>
    clears === undefined ? [] : [{ id: posting.messageSetId, clears }],
  );
  if (clearing.length > 0)
    await sql`
      update postings p set cleared_by = r.id
      from jsonb_to_recordset(${JSON.stringify(clearing)}::jsonb) as r(id text, clears text)
      where p.company_id = ${companyId} and p.message_set_id = r.clears`.execute(db);
}

/** Settled message-set IDs that no posting clears yet, oldest first. */
export async function clearable(db: Db, companyId: string, limit: number): Promise<readonly string[]> {
  if (limit <= 0) return [];
  const rows = await db
    .selectFrom('postings')
    .select('messageSetId')
    .where('companyId', '=', companyId)
    .where('state', 'in', ['acknowledged', 'held', 'refused'])
    .where('clearedBy', 'is', null)
    .orderBy('position')
    .limit(limit)
    .execute();
  return rows.map(({ messageSetId }) => messageSetId);
}

/** Postings that the site has yet to settle, in the order of their plans. */
export async function toSite(db: Db, companyId: string): Promise<readonly StoredPosting[]> {
  const rows = await db
    .selectFrom('postings')
    .select(COLUMNS)
    .where('companyId', '=', companyId)
    .where('state', 'in', [...TO_SITE])
    .orderBy('position')
    .execute();
  return rows.map(storedOf);
}

/** Posted, and MineralTree not told yet. */
export async function toAcknowledge(db: Db, companyId: string): Promise<readonly StoredPosting[]> {
  const rows = await db
    .selectFrom('postings')
    .select(COLUMNS)
    .where('companyId', '=', companyId)
    .where('state', '=', 'posted')
    .orderBy('position')
    .execute();
  return rows.map(storedOf);
}

/** From now on these may have been sent. */
export async function handOut(
  db: Db,
  companyId: string,
  batchId: string,
  messageSetIds: readonly string[],
  at: number,
): Promise<void> {
  if (messageSetIds.length === 0) return;
  await sql`
    update postings set batch_id = ${batchId}, handed_out_at = coalesce(handed_out_at, ${at}),
      state = case when state = 'planned' then 'sentMaybe' else state end
    where company_id = ${companyId} and message_set_id = any(${[...messageSetIds]})
      and state in ('planned', 'sentMaybe', 'uncertain')`.execute(db);
}

export async function postingsById(
  db: Db,
  companyId: string,
  messageSetIds: readonly string[],
): Promise<ReadonlyMap<string, StoredPosting>> {
  if (messageSetIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('postings')
    .select(COLUMNS)
    .where('companyId', '=', companyId)
    .where('messageSetId', 'in', [...messageSetIds])
    .execute();
  return new Map(rows.map((row) => [row.messageSetId, storedOf(row)]));
}

export interface RecordedOutcome {
  readonly messageSetId: string;
  readonly state: PostingState;
  readonly outcome: Outcome;
  readonly again?: 'nextCycle' | 'whenChanged';
  readonly ledgerId?: string;
}

/** Records outcomes. Only what the site had yet to settle changes; what was settled before stays. */
export async function recordOutcomes(
  db: Db,
  companyId: string,
  outcomes: readonly RecordedOutcome[],
  at: number,
): Promise<void> {
  if (outcomes.length === 0) return;
  const rows = outcomes.map(({ messageSetId, state, outcome, again, ledgerId }) => ({
    id: messageSetId,
    state,
    outcome,
    again,
    ledger_id: ledgerId,
  }));
  await sql`
    update postings p set state = r.state, outcome = r.outcome, again = r.again,
      ledger_id = coalesce(r.ledger_id, p.ledger_id),
      settled_at = case when r.state in ('posted', 'refused', 'held', 'acknowledged') then ${at}::bigint end,
      acknowledged_at = case when r.state = 'acknowledged' then ${at}::bigint end
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(id text, state text, outcome jsonb, again text, ledger_id text)
    where p.company_id = ${companyId} and p.message_set_id = r.id
      and p.state in ('planned', 'sentMaybe', 'uncertain')`.execute(db);
}

export async function markAcknowledged(
  db: Db,
  companyId: string,
  messageSetIds: readonly string[],
  at: number,
): Promise<void> {
  if (messageSetIds.length === 0) return;
  await db
    .updateTable('postings')
    .set({ state: 'acknowledged', acknowledgedAt: at })
    .where('companyId', '=', companyId)
    .where('messageSetId', 'in', [...messageSetIds])
    .where('state', '=', 'posted')
    .execute();
}

interface PostingRow {
  readonly messageSetId: string;
  readonly kind: Posting['kind'];
  readonly mtId: string;
  readonly ledgerId: string | null;
  readonly revision: string;
  readonly xml: string;
  readonly match: Posting['match'];
  readonly dates: readonly string[];
  readonly base: unknown;
  readonly clears: string | null;
  readonly state: PostingState;
  readonly outcome: Outcome | null;
}

function storedOf(row: PostingRow): StoredPosting {
  const { messageSetId, kind, xml, match, dates } = row;
  return {
    // Stored as one of the union's members; the database does not know which `match` belongs to which `kind`.
    posting: { messageSetId, kind, xml, match, dates } as Posting,
    mtId: row.mtId,
    revision: row.revision,
    state: row.state,
    ...(row.ledgerId !== null && { ledgerId: row.ledgerId }),
    ...(row.base !== null && { base: row.base }),
    ...(row.clears !== null && { clears: row.clears }),
    ...(row.outcome !== null && { outcome: row.outcome }),
  };
}
