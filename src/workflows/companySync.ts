/**
 * The one workflow of a company: a loop that runs a cycle every interval, as long as the company exists. Its ID is the
 * company's, so no company is synced twice at a time. It never fails: what goes wrong becomes a phase, a note or a problem.
 * It may be terminated at any moment: the store holds every decision, and the next run asks it first.
 */
import * as wf from '@temporalio/workflow';
import * as contract from '../contract/index.ts';
import { record } from './activities.ts';
import { type Company, failed, listen, openRun, show, startInterval } from './company.ts';
import { compareLedgers, runCycle } from './cycle.ts';

export async function companySync(input: contract.CompanySyncInput): Promise<void> {
  const company = openRun(input);
  listen(company);
  for (;;) {
    await (company.state.pause ? parked(company, company.state.pause) : due(company));
    if (mustHandOver(company)) await goOnInANewRun(company);
    if (!company.state.pause) await turn(company);
  }
}

/** A cycle, then the report if one was asked for, then the phase until the next. */
async function turn(company: Company): Promise<void> {
  const { state } = company;
  state.woken = false;
  state.dueAt = contract.slotAfter(company.id, Date.now(), company.settings.intervalMs);
  const outcome = await runCycle(company).catch((error: unknown) => failed(company, error));
  const pushed = outcome.kind === 'done' ? outcome.pushed : undefined;
  const block = state.standing?.block;
  if (!pushed || block) state.standing = undefined;
  company.cycles += 1;
  if (pushed?.more && !block) {
    company.pages += 1;
    state.woken = true;
    return show(company, contract.readingOn(pushed));
  }
  company.settings = pushed?.standing.settings ?? company.settings;
  const by = state.reportFor ?? (pushed?.ledgersDue ? 'the nightly check' : undefined);
  if (pushed && !block && by && (await compareLedgers(company, by))) state.reportFor = undefined;
  if (!state.pause) show(company, block ? { kind: 'blocked', ...block } : { kind: 'waiting', dueAt: state.dueAt });
}

/** Waits until the interval since the start of the last cycle is over, or somebody asks for something. */
async function due(company: Company): Promise<void> {
  const { state } = company;
  if (state.woken || state.dueAt <= Date.now()) return;
  if (!company.interval || company.interval.over) startInterval(company, state.dueAt);
  await wf.condition(() => state.woken || company.interval?.over || state.pause !== undefined || state.handOver);
}

/** Stays paused until `resume`; the store is told before anybody else. Once a day a parked run may move to a new build. */
async function parked(company: Company, pause: contract.Pause): Promise<void> {
  const { state } = company;
  company.interval?.scope.cancel();
  state.standing = undefined;
  await record(company, { kind: 'paused', pause });
  show(company, { kind: 'paused', by: pause.by, reason: pause.reason });
  await wf.condition(() => !state.pause || state.handOver, '1 day', { summary: 'paused' });
  if (!state.pause) await record(company, { kind: 'resumed', by: state.resumedBy ?? 'someone' });
}

function mustHandOver(company: Company): boolean {
  const { continueAsNewSuggested: long, targetWorkerDeploymentVersionChanged: newer } = wf.workflowInfo();
  return contract.isLongRun(company) || long || newer || company.state.handOver;
}

/** The new run starts on the release that is current then, whatever this one was pinned to. */
async function goOnInANewRun(company: Company): Promise<never> {
  await wf.condition(wf.allHandlersFinished);
  const { memo = {} } = wf.workflowInfo();
  const next = wf.makeContinueAsNewFunc<typeof companySync>({ initialVersioningBehavior: 'AUTO_UPGRADE', memo });
  return next({ companyId: company.id, carried: company.state });
}
