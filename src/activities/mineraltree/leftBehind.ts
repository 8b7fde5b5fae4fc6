/** Records that are older than a company's cut-over and have nothing open: they are left where they are. */
import { type AnySnapshot, pairingsOfLedger } from '../../store/index.ts';
import { staysBehind } from '../../sync/index.ts';
import type { Run } from './run.ts';

/** Those of the records that the cut-over leaves behind: older than it, nothing open, and unknown to MineralTree. */
export async function leftBehind(
  { company, companyId, context }: Run,
  snapshots: readonly AnySnapshot[],
): Promise<readonly AnySnapshot[]> {
  const { cutOver } = company.rules;
  if (cutOver === undefined) return [];
  const old = snapshots.filter(({ kind, record }) => 'txnDate' in record && staysBehind(kind, record, cutOver));
  if (old.length === 0) return [];
  const references = old.map(({ kind, ledgerId }) => ({ kind, id: ledgerId }));
  const pairings = await pairingsOfLedger(context.store.db, companyId, references);
  const linked = new Set(pairings.map(({ kind, ledgerId }) => `${kind} ${ledgerId}`));
  return old.filter(({ kind, ledgerId }) => !linked.has(`${kind} ${ledgerId}`));
}
