/**
 * Wrong guesses, counted for an hour by where they come from. Guesses of one source take turns, so that many at the same
 * time are counted too.
 */
import { isIPv4, isIPv6 } from 'node:net';
import { sql } from 'kysely';
import type { Db, Tx } from './store.ts';

const COUNTED_MS = 3_600_000;

/** Within the transaction of a guess: how many wrong ones the source has behind it. Others of the source wait until it ends. */
export async function wrongGuesses(tx: Tx, source: string, at: number): Promise<number> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${source}, 7364202))`.execute(tx);
  const { count } = await tx
    .selectFrom('guesses')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('source', '=', source)
    .where('at', '>', at - COUNTED_MS)
    .executeTakeFirstOrThrow();
  return count;
}

export async function countGuess(db: Db, source: string, at: number): Promise<void> {
  await db
    .deleteFrom('guesses')
    .where('at', '<=', at - COUNTED_MS)
    .execute();
  await db.insertInto('guesses').values({ source, at }).execute();
}

/** Counts a guess before it is looked at; false when the source has had as many as it may. A right one is forgiven. */
export function takeGuess(db: Db, source: string, limit: number, at: number): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    if ((await wrongGuesses(tx, source, at)) >= limit) return false;
    await countGuess(tx, source, at);
    return true;
  });
}

export async function forgiveGuess(db: Db, source: string, at: number): Promise<void> {
  await sql`delete from guesses where ctid = (select ctid from guesses where source = ${source} and at = ${at} limit 1)`.execute(
    db,
  );
}

/** What guesses are counted for: an IPv4 address, or the /64 network of an IPv6 address, which one machine has whole. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (isIPv4(address) || !isIPv6(address)) return address.slice(0, 60);
  const [head = '', tail] = address.replace(/%.*$/, '').split('::');
  const before = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length);
  const groups = [...before, ...Array.from({ length: zeros }, () => '0'), ...after];
  return `${groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':')}::/64`;
}
