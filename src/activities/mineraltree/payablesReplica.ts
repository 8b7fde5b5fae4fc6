/**
 * What MineralTree held when a first load began: read whole once for each entity, before the first record of it is
 * brought over, so that no page of a first load needs a search of its own.
 */
import { clearReplicas, isReplicated, markReplicated, putReplicas, type Replica } from '../../store/index.ts';
import { naturalKeyOf, type Pushable } from '../../sync/index.ts';
import type { Target } from './records.ts';
import type { Run } from './run.ts';

const AT_ONCE = 500;

/** Reads what MineralTree holds of an entity, unless that was done before. A record that cannot be read is left out. */
export async function readReplica<D extends Pushable>(run: Run, target: Target<D>): Promise<void> {
  const { companyId, context } = run;
  if (await isReplicated(context.store.db, companyId, target.entity)) return;
  await run.fence.write((tx) => clearReplicas(tx, companyId, target.entity));
  let rows: Replica[] = [];
  const flush = async (): Promise<void> => {
    const full = rows;
    rows = [];
    await run.fence.write((tx) => putReplicas(tx, companyId, target.entity, full));
  };
  for await (const reading of target.everything()) {
    if (!('record' in reading)) continue;
    const { record } = reading;
    const { externalId } = record;
    const naturalKey = naturalKeyOf(target.entity, record);
    rows.push({ mtId: record.id, naturalKey, record, ...(externalId !== undefined && { externalId }) });
    if (rows.length >= AT_ONCE) await flush();
  }
  await flush();
  await run.fence.write((tx) => markReplicated(tx, companyId, target.entity));
}
