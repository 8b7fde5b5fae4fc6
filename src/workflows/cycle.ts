/**
 * One cycle: pull what changed in QuickBooks, bring MineralTree up to date, carry over what was paid and credited, so that
 * nobody pays a stale balance, post to QuickBooks what MineralTree wants posted, and record what became of it before
 * anything else happens. Every outcome is a value; what a business rule decides is decided in the activities.
 */
import { CancellationScope } from '@temporalio/workflow';
import type { LedgerRequest, PostRequest, PullRequest, Pushed, Stopped } from '../contract/index.ts';
import * as contract from '../contract/index.ts';
import { cloud } from './activities.ts';
import { atSite } from './atSite.ts';
import { type Company, failed, startInterval } from './company.ts';

export async function runCycle(company: Company): Promise<{ kind: 'done'; pushed: Pushed } | Stopped> {
  const { state } = company;
  const unsettled = state.standing ? [] : await open(company);
  startInterval(company, contract.slotAfter(company.id, Date.now(), company.settings.intervalMs));
  const stopped = state.pause ? { kind: 'stopped' } : await postAll(company, unsettled);
  if (stopped || !state.standing) return { kind: 'stopped' };

  const pulled = await pull(company, state.standing.nextPull);
  if (pulled.kind === 'stopped') return pulled;
  if (pulled.kind === 'pulled') contract.visited(state, pulled.pull, Date.now());

  const ahead = pullAhead(company);
  const pushing = cloud(company).pushMineralTree(pulled);
  const pushed = await pushing.finally(() => ahead);
  state.standing = pushed.standing;
  const bills = pushed.settlements ?? [];
  if (bills.length > 0) state.standing = (await cloud(company).applyCredits({ companyId: company.id, bills })).standing;
  return (await postAll(company, pushed.batches)) ?? { kind: 'done', pushed };
}

/** A page from the site; what was pulled ahead is taken if this is the page, and forgotten otherwise. */
async function pull(company: Company, request: PullRequest) {
  const { ahead } = company;
  delete company.ahead;
  if (ahead?.kind === 'pulled' && ahead.pull.pullId === request.pullId) return ahead;
  return atSite(company, `pull ${request.page.kind}`, (site) => site.pullQuickBooks(request));
}

/** Pulls the page that will probably be asked next, while this one is pushed; not where another run would need it. */
async function pullAhead(company: Company): Promise<void> {
  const ahead = company.state.standing?.ahead;
  if (!ahead || contract.isLongRun({ cycles: company.cycles + 1, pages: company.pages + 1 })) return;
  company.ahead = await pull(company, ahead).catch((error: unknown) => failed(company, error));
}

/** Asks the store how things stand, and what may be in QuickBooks without our knowing: that is settled first. */
async function open(company: Company): Promise<readonly PostRequest[]> {
  const { standing, pause, unsettled } = await cloud(company).openCompany({ companyId: company.id });
  company.settings = standing.settings;
  company.state.pause ??= pause;
  company.state.standing = standing;
  return unsettled;
}

/** Posts batch by batch and records all that comes back; returns what ends the cycle, if anything does. */
async function postAll(company: Company, batches: readonly PostRequest[]): Promise<Stopped | undefined> {
  for (const batch of batches) {
    const step = `post ${batch.postings.map(({ kind }) => kind).join(', ')}`.slice(0, 100);
    const result = await atSite(company, step, (site) => site[batch.activity ?? 'postBills'](batch));
    if ('kind' in result) return result;
    contract.visited(company.state, result, Date.now());
    company.state.standing = await CancellationScope.nonCancellable(() => cloud(company).confirmPosted(result));
    // An answer that is not this batch's leaves it unsettled: the store is asked for it before anything else is sent.
    if (result.batchId !== batch.batchId || result.stopped || company.state.standing.block) return { kind: 'stopped' };
  }
  return undefined;
}

/** Reads both ledgers anew, page by page, and has the report made; false when it was stopped. */
export async function compareLedgers(company: Company, by: string): Promise<boolean> {
  let next: LedgerRequest | undefined = (await cloud(company).compareLedgers({ companyId: company.id, by })).next;
  while (next) {
    const request: LedgerRequest = next;
    const page = await atSite(company, 'read the ledger', (site) => site.readLedger(request));
    if (page.kind === 'stopped') return false;
    company.pages += 1;
    next = (await cloud(company).compareLedgers({ companyId: company.id, by, page })).next;
  }
  return true;
}
