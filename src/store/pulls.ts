/**
 * Pull requests and what became of them: at most one is asked and unanswered for a company, and a pull that was dealt
 * with answers a second time with the result that was kept. Beside the one that is asked there may be one that is only
 * served ahead: its answer is nothing that anybody takes until it is the one asked.
 */
import type { PullRequest } from '../contract/pull.ts';
import type { Db } from './store.ts';

export interface StoredPull {
  readonly pullId: string;
  readonly request: PullRequest;
  readonly state: 'asked' | 'done' | 'refused';
  readonly result?: unknown;
}

/** How many settled pulls are kept for a company, for repetitions and for people. */
const KEPT = 50;

/** A pull that was asked, however it stands. One that was only asked for ahead is none yet. */
export async function findPull(db: Db, companyId: string, pullId: string): Promise<StoredPull | undefined> {
  const row = await db
    .selectFrom('pulls')
    .select(['pullId', 'request', 'state', 'result'])
    .where('companyId', '=', companyId)
    .where('pullId', '=', pullId)
    .executeTakeFirst();
  if (row === undefined || row.state === 'ahead') return undefined;
  const { request, state, result } = row;
  return { pullId, request, state, ...(result !== null && { result }) };
}

/** The request that stands: asked and not yet answered. */
export async function askedPull(db: Db, companyId: string): Promise<PullRequest | undefined> {
  const row = await db
    .selectFrom('pulls')
    .select('request')
    .where('companyId', '=', companyId)
    .where('state', '=', 'asked')
    .executeTakeFirst();
  return row?.request;
}

/** @param state `ahead`: it is to follow the one that is asked */
export async function askPull(
  db: Db,
  companyId: string,
  request: PullRequest,
  at: number,
  state: 'asked' | 'ahead' = 'asked',
): Promise<void> {
  await db
    .insertInto('pulls')
    .values({
      companyId,
      pullId: request.pullId,
      request: JSON.stringify(request),
      state,
      result: null,
      askedAt: at,
      settledAt: null,
    })
    .execute();
}

/** The request that will probably follow the one that stands. */
export async function pullAhead(db: Db, companyId: string): Promise<PullRequest | undefined> {
  const row = await db
    .selectFrom('pulls')
    .select('request')
    .where('companyId', '=', companyId)
    .where('state', '=', 'ahead')
    .executeTakeFirst();
  return row?.request;
}

/** Takes the request ahead out of the store, to ask it or to forget it. */
export async function takePullAhead(db: Db, companyId: string): Promise<PullRequest | undefined> {
  const row = await db
    .deleteFrom('pulls')
    .where('companyId', '=', companyId)
    .where('state', '=', 'ahead')
    .returning('request')
    .executeTakeFirst();
  return row?.request;
}

/** The request is served with what stands now, under the same ID: after a change of what it must carry. */
export async function replaceAskedPull(db: Db, companyId: string, request: PullRequest): Promise<void> {
  await db
    .updateTable('pulls')
    .set({ request: JSON.stringify(request) })
    .where('companyId', '=', companyId)
    .where('pullId', '=', request.pullId)
    .where('state', '=', 'asked')
    .execute();
}

/** Closes the pull with what is answered when it comes again, and forgets the oldest. */
export async function settlePull(
  db: Db,
  companyId: string,
  pullId: string,
  state: 'done' | 'refused',
  result: unknown,
  at: number,
): Promise<void> {
  await db
    .updateTable('pulls')
    .set({ state, result: JSON.stringify(result), settledAt: at })
    .where('companyId', '=', companyId)
    .where('pullId', '=', pullId)
    .execute();
  await db
    .deleteFrom('pulls')
    .where('companyId', '=', companyId)
    .where('settledAt', '<', (eb) =>
      eb
        .selectFrom('pulls as newer')
        .select('newer.settledAt')
        .where('newer.companyId', '=', companyId)
        .where('newer.settledAt', 'is not', null)
        .orderBy('newer.settledAt', 'desc')
        .offset(KEPT)
        .limit(1),
    )
    .execute();
}
