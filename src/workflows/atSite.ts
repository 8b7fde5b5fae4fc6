/**
 * One activity at the customer's site: it waits for a connector as long as it takes, a pause ends it, and while it is
 * overdue the phase says so. In the quiet case this starts no timer: the interval's own tells that it is overdue. What
 * comes back is not trusted: an answer that cannot be read, or a failure for good, ends the cycle and never the workflow.
 */
import { CancellationScope, condition, isCancellation } from '@temporalio/workflow';
import { answerOf, note, type Stopped, stepAtSite } from '../contract/index.ts';
import { type Site, site } from './activities.ts';
import { type Company, failed, show } from './company.ts';

const DAY_MS = 86_400_000;

export async function atSite<T>(company: Company, step: string, call: (at: Site) => Promise<T>): Promise<T | Stopped> {
  if (company.state.pause) return { kind: 'stopped' };
  const blocked = company.state.phase.kind === 'blocked';
  if (!blocked) show(company, stepAtSite(company.state.phase, step));
  const scope = new CancellationScope();
  company.site = scope;
  const ended = scope.run(() => call(site(company, step))).finally(() => delete company.site);
  try {
    const [given] = await Promise.all([ended, overdue(company, scope, blocked)]);
    const answer = answerOf(given);
    if (answer === undefined)
      note(company.state, Date.now(), 'a connector answered with something that cannot be read');
    return answer ?? { kind: 'stopped' };
  } catch (error) {
    if (!isCancellation(error)) return failed(company, error);
    if (CancellationScope.current().consideredCancelled) throw error;
    return { kind: 'stopped' };
  }
}

/** Watches the activity from when the interval is over; after a day it lets go, so that the history stays short. */
async function overdue(company: Company, scope: CancellationScope, blocked: boolean): Promise<void> {
  const settled = () => company.site !== scope;
  const dueAt = Math.max(company.state.visitDueAt, Date.now());
  await condition(() => settled() || company.interval?.over === true);
  if (settled()) return;
  if (!blocked) show(company, { kind: 'waiting', dueAt });
  const patience = Math.max(1, dueAt + company.settings.offlineAfterMs - Date.now());
  if (await condition(settled, patience, { summary: 'a visit is overdue' })) return;
  if (!blocked) show(company, { kind: 'offline', dueAt });
  if (await condition(settled, DAY_MS, { summary: 'offline: hand over once a day' })) return;
  company.state.handOver = true;
  scope.cancel();
}
