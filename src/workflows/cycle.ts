/**
 * One cycle: pull what changed in QuickBooks, bring MineralTree up to date, post to QuickBooks what MineralTree wants
 * posted, and record what became of it before anything else happens. Every outcome is a value; what a business rule
 * decides is decided in the activities.
 */
import { CancellationScope } from '@temporalio/workflow';
import type { LedgerRequest, PostRequest, Pushed } from '../contract/index.ts';
import { cloud, site } from './activities.ts';
import type { LetGo } from './atSite.ts';
import { atSite } from './atSite.ts';
import type { Company } from './company.ts';

/** A cycle that was stopped (a pause), blocked or let go: the store knows how far it came, and is asked before the next. */
export type CycleOutcome = { readonly kind: 'done'; readonly pushed: Pushed } | { readonly kind: 'stopped' } | LetGo;

export async function runCycle(company: Company): Promise<CycleOutcome> {
  const interrupted = company.state.standing ? undefined : await open(company);
  const request = company.state.standing?.nextPull;
  if (interrupted || !request) return interrupted ?? { kind: 'stopped' };

  const step = `pull ${request.page.kind}`;
  const pulled = await atSite(company, step, () => site(company, step).pullQuickBooks(request));
  if (pulled.kind !== 'pulled' && pulled.kind !== 'blocked') return pulled;
  if (pulled.kind === 'pulled') {
    company.state.connector = pulled.pull.connector;
    company.state.visitDueAt = Date.now() + pulled.pull.visit.nextDueMs;
  }

  const pushed = await cloud(company).pushMineralTree(pulled);
  company.state.standing = pushed.standing;
  for (const batch of pushed.batches) {
    const stopped = await post(company, batch);
    if (stopped) return stopped;
  }
  return { kind: 'done', pushed };
}

/** Asks the store how things stand, and settles first whatever may be in QuickBooks without our knowing. */
async function open(company: Company): Promise<CycleOutcome | undefined> {
  const { standing, pause, unsettled } = await cloud(company).openCompany({ companyId: company.id });
  company.settings = standing.settings;
  company.state.pause ??= pause;
  for (const batch of company.state.pause ? [] : unsettled) {
    const stopped = await post(company, batch);
    if (stopped) return stopped;
  }
  company.state.standing ??= standing;
  return company.state.pause && { kind: 'stopped' };
}

/** Posts a batch and records all that came back; returns what ends the cycle, if anything does. */
async function post(company: Company, batch: PostRequest): Promise<CycleOutcome | undefined> {
  const step = `post ${batch.postings.map(({ kind }) => kind).join(', ')}`.slice(0, 100);
  const result = await atSite(company, step, () => site(company, step).postBills(batch));
  if ('kind' in result) return result;
  company.state.visitDueAt = Date.now() + result.visit.nextDueMs;
  company.state.standing = await CancellationScope.nonCancellable(() => cloud(company).confirmPosted(result));
  return result.stopped || company.state.standing.block ? { kind: 'stopped' } : undefined;
}

/** Reads both ledgers anew, page by page, and has the report made; false when it was stopped. */
export async function compareLedgers(company: Company, by: string): Promise<boolean> {
  let next: LedgerRequest | undefined = (await cloud(company).compareLedgers({ companyId: company.id, by })).next;
  while (next) {
    const request: LedgerRequest = next;
    const page = await atSite(company, 'read the ledger', () => site(company, 'read the ledger').readLedger(request));
    if (page.kind !== 'page' && page.kind !== 'blocked') return false;
    company.pages += 1;
    next = (await cloud(company).compareLedgers({ companyId: company.id, by, page })).next;
  }
  return true;
}
