/**
 * The public status of a company, for MineralTree's banner: whether a connector of it is connected, and when it was seen
 * last. Whoever knows the address may ask; the token in it cannot be guessed, and says nothing about the company.
 */
import { Hono } from 'hono';
import { companyStatus, type Store } from '../store/index.ts';
import type { WebEnv } from './visit.ts';

const CACHE_S = 15;

/** Routes to be mounted at `/status`. */
export function statusRoutes(store: Store, clock: () => number): Hono<WebEnv> {
  return new Hono<WebEnv>().get('/:token', async (c) => {
    const token = c.req.param('token');
    const status = /^[\w-]{10,100}$/.test(token) ? await companyStatus(store.db, token, clock()) : undefined;
    c.header('cache-control', `public, max-age=${CACHE_S}`);
    if (status === undefined) return c.json({ error: 'there is no such status' }, 404);
    const { connected, lastSeenAt } = status;
    return c.json({ connected, ...(lastSeenAt !== undefined && { lastSeenAt: new Date(lastSeenAt).toISOString() }) });
  });
}
