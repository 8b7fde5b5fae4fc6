/** Which connectors have served a company, and when last. */
import type { Db } from './store.ts';

export interface SeenConnector {
  /** `host#installation`. */
  readonly connector: string;
  readonly version: string;
  readonly product?: string;
  readonly firstSeenAt: number;
  readonly lastSeenAt: number;
}

export async function seeConnector(
  db: Db,
  companyId: string,
  seen: { readonly connector: string; readonly version?: string; readonly product?: string },
  at: number,
): Promise<void> {
  await db
    .insertInto('connectors')
    .values({
      companyId,
      connector: seen.connector,
      version: seen.version ?? '',
      product: seen.product ?? null,
      firstSeenAt: at,
      lastSeenAt: at,
    })
    .onConflict((conflict) =>
      conflict.columns(['companyId', 'connector']).doUpdateSet({
        lastSeenAt: at,
        ...(seen.version !== undefined && { version: seen.version }),
        ...(seen.product !== undefined && { product: seen.product }),
      }),
    )
    .execute();
}

/** The one seen last comes first. */
export async function listConnectors(db: Db, companyId: string): Promise<readonly SeenConnector[]> {
  const rows = await db
    .selectFrom('connectors')
    .select(['connector', 'version', 'product', 'firstSeenAt', 'lastSeenAt'])
    .where('companyId', '=', companyId)
    .orderBy('lastSeenAt', 'desc')
    .execute();
  return rows.map(({ product, ...row }) => ({ ...row, ...(product !== null && { product }) }));
}
