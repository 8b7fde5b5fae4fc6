/**
 * One activity at the customer's site: it waits for a connector as long as it takes, a pause ends it, and while it is
 * overdue the phase says so. In the quiet case this starts no timer: the interval's own tells that it is overdue.
 */
import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import type { Company } from './company.ts';
import { show } from './company.ts';

/** The activity ended without a result: not picked up, or cut off. What became of it is asked of the store. */
export interface LetGo {
  readonly kind: 'letGo';
}
const DAY_MS = 86_400_000;

export async function atSite<T>(company: Company, step: string, call: () => Promise<T>): Promise<T | LetGo> {
  if (company.state.pause) return { kind: 'letGo' };
  const standing = company.state.phase.kind === 'blocked';
  if (!standing) show(company, { kind: 'syncing', step });
  const scope = new CancellationScope();
  company.site = scope;
  let settled = false;
  const ended = scope.run(call).finally(() => {
    settled = true;
  });
  try {
    const [value] = await Promise.all([ended, overdue(company, standing, () => settled)]);
    return value;
  } catch (error) {
    if (isCancellation(error) && !CancellationScope.current().consideredCancelled) return { kind: 'letGo' };
    throw error;
  } finally {
    delete company.site;
  }
}

/** Watches the activity from when the interval is over; after a day it lets go, so that the history stays short. */
async function overdue(company: Company, blocked: boolean, settled: () => boolean): Promise<void> {
  const dueAt = Math.max(company.state.visitDueAt, Date.now());
  await condition(() => settled() || company.interval?.over === true);
  if (settled()) return;
  if (!blocked) show(company, { kind: 'waiting', dueAt });
  const patience = Math.max(1, dueAt + company.settings.offlineAfterMs - Date.now());
  if (await condition(settled, patience, { summary: 'a visit is overdue' })) return;
  if (!blocked) show(company, { kind: 'offline', dueAt });
  if (await condition(settled, DAY_MS, { summary: 'offline: hand over once a day' })) return;
  company.handOver = true;
  company.site?.cancel();
}
