/** What was posted before: of which records, under which GUIDs, which payments are on their way (exactly-once 6.5). */
import { sql } from 'kysely';
import { UNSETTLED } from './postings.ts';
import type { PostingState } from './schema.ts';
import type { Db } from './store.ts';

/**
 * What is known of the postings of MineralTree records, for the next plan: whether one is unsettled, the newest one, and
 * how many refusals were settled for each revision.
 */
export interface PostingHistory {
  readonly unsettled?: { readonly messageSetId: string; readonly state: PostingState };
  readonly last?: { readonly messageSetId: string; readonly revision: string; readonly state: PostingState };
  readonly refusals: number;
  /** Of the newest one, when it was refused: whether it may be planned again as it is, and since when. */
  readonly refused?: { readonly again: 'nextCycle' | 'whenChanged'; readonly at: number };
}

export async function historyOf(
  db: Db,
  companyId: string,
  mtIds: readonly string[],
): Promise<ReadonlyMap<string, PostingHistory>> {
  if (mtIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('postings')
    .select(['mtId', 'messageSetId', 'revision', 'state', 'again', 'settledAt'])
    .where('companyId', '=', companyId)
    .where('mtId', 'in', [...new Set(mtIds)])
    .orderBy('position')
    .execute();
  const histories = new Map<string, PostingHistory>();
  for (const { mtId, messageSetId, revision, state, again, settledAt } of rows) {
    const { refused: _earlier, ...before } = histories.get(mtId) ?? { refusals: 0 };
    histories.set(mtId, {
      ...before,
      ...(UNSETTLED.includes(state) && { unsettled: { messageSetId, state } }),
      last: { messageSetId, revision, state },
      refusals: before.refusals + (state === 'refused' ? 1 : 0),
      ...(state === 'refused' && { refused: { again: again ?? 'whenChanged', at: settledAt ?? 0 } }),
    });
  }
  return histories;
}

/** The ExternalGUIDs, of those given, that a posting of this company carries: what QuickBooks has under them is ours. */
export async function guidsPosted(db: Db, companyId: string, guids: readonly string[]): Promise<ReadonlySet<string>> {
  if (guids.length === 0) return new Set();
  const rows = await db
    .selectFrom('postings')
    .select('guid')
    .distinct()
    .where('companyId', '=', companyId)
    .where('guid', 'in', [...new Set(guids)])
    .execute();
  return new Set(rows.flatMap(({ guid }) => guid ?? []));
}

/** Of these payments of MineralTree, those that were planned for QuickBooks, whatever became of it, but for refusals. */
export async function paymentsOnTheirWay(
  db: Db,
  companyId: string,
  paymentIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (paymentIds.length === 0) return new Set();
  const { rows } = await sql<{ id: string }>`
    select distinct split_part(mt_id, '/', 1) as id from postings
    where company_id = ${companyId} and kind in ('BillPaymentCheckAdd', 'BillPaymentCreditCardAdd')
      and split_part(mt_id, '/', 1) = any(${[...paymentIds]}) and state <> 'refused'`.execute(db);
  return new Set(rows.map(({ id }) => id));
}
