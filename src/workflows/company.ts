/**
 * What one run knows of its company, and how people speak to it. A handler never throws and never waits: it notes what
 * was asked, and the loop acts on it. Only `configure` waits, for the store to record the settings.
 */
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import * as wf from '@temporalio/workflow';
import type { Carried, Phase, Settings, Status } from '../contract/index.ts';
import * as contract from '../contract/index.ts';
import { cloud } from './activities.ts';

export interface Company {
  readonly id: string;
  readonly state: Carried;
  settings: Settings;
  cycles: number;
  pages: number;
  /** The site activity under way: cancelled by a pause or a hand-over. */
  site?: wf.CancellationScope;
  /** A page that was pulled before it was asked: thrown away unless the next cycle asks for it. */
  ahead?: contract.PullResult;
  /** The interval's one timer: from the start of a cycle to the start of the next. */
  interval?: { over: boolean; readonly scope: wf.CancellationScope };
}

/** The company is the one that the workflow's ID names, and nothing is believed of an input that no run has written. */
export function openRun(input: unknown): Company {
  const id = contract.companyOfWorkflow(wf.workflowInfo().workflowId);
  if (id === undefined) throw wf.ApplicationFailure.nonRetryable('the ID of this workflow names no company');
  const state = { ...(contract.carriedIn(input) ?? contract.firstRun(Date.now())), handOver: false };
  return { id, state, settings: state.standing?.settings ?? contract.DEFAULT_SETTINGS, cycles: 0, pages: 0 };
}

const ATTRIBUTE = defineSearchAttributeKey(contract.PHASE_ATTRIBUTE_NAME, SearchAttributeType.KEYWORD);

/** Shows the phase in Temporal UI; writes the search attribute only when it changes, for each write is an event. */
export function show({ state }: Company, phase: Phase): void {
  const [before, value] = [contract.phaseAttribute(state.phase), contract.phaseAttribute(phase)];
  if (phase.kind !== state.phase.kind) state.since = Date.now();
  state.phase = phase;
  wf.setCurrentDetails(contract.phaseDetails(state));
  if (value !== before) wf.upsertSearchAttributes([{ key: ATTRIBUTE, value }]);
}

/** An activity that gave up for good (none should): noted for people, and the next cycle starts from the store. */
export function failed(company: Company, error: unknown): contract.Stopped {
  if (!(error instanceof wf.ActivityFailure) || wf.isCancellation(error)) throw error;
  contract.note(company.state, Date.now(), `a cycle failed: ${error.cause?.message ?? error.message}`);
  return { kind: 'stopped' };
}

/** Starts the interval's timer, instead of the one that runs. */
export function startInterval(company: Company, dueAt: number): void {
  company.interval?.scope.cancel();
  const interval = { over: false, scope: new wf.CancellationScope() };
  company.interval = interval;
  company.state.dueAt = dueAt;
  const ended = () => Object.assign(interval, { over: true });
  const delay = Math.max(1, dueAt - Date.now());
  void interval.scope.run(() => wf.sleep(delay, { summary: 'next cycle' })).then(ended, ended);
}

/** Registers every handler; called before the first await, so that nothing said meanwhile is missed. */
export function listen(company: Company): void {
  const { state } = company;
  const hear = (name: string, argument: unknown) => {
    contract.hear(state, name, argument, Date.now());
    if (state.pause || state.handOver) company.site?.cancel();
    else wf.setCurrentDetails(contract.phaseDetails(state));
  };
  for (const [name, description] of Object.entries(contract.SIGNALS))
    wf.setHandler(wf.defineSignal<[unknown]>(name), (argument) => hear(name, argument), { description });
  wf.setDefaultSignalHandler(hear);
  const status = () => contract.statusOf(company.id, state, wf.workflowInfo().currentDeploymentVersion?.buildId ?? '');
  wf.setHandler(wf.defineQuery<Status>('status'), status, { description: 'Phase, last success, open problems' });
  const configure = async (argument: unknown) => {
    const settings = contract.settingsFrom(argument);
    await cloud(company).recordControl({ companyId: company.id, change: { kind: 'configured', settings } });
    company.settings = { ...company.settings, ...settings };
    return company.settings;
  };
  wf.setHandler(wf.defineUpdate<Settings, [unknown]>('configure'), configure, { validator: contract.settingsFrom });
}
