/**
 * What one run knows of its company, and how people speak to it.
 *
 * A handler never throws and never waits: it notes what was asked, and the loop acts on it. Only `configure` waits, for
 * the store to record the settings.
 */
import { ApplicationFailure, defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { CancellationScope } from '@temporalio/workflow';
import * as wf from '@temporalio/workflow';
import type {
  Carried,
  CompanySyncInput,
  Phase,
  PhaseAttribute,
  Said,
  Settings,
  SignalName,
  Status,
} from '../contract/index.ts';
import {
  DEFAULT_SETTINGS,
  firstRun,
  PHASE_ATTRIBUTE_NAME,
  phaseAttribute,
  phaseDetails,
  readConfigure,
  readSaid,
  SIGNALS,
  statusOf,
  withNote,
} from '../contract/index.ts';
import { cloud } from './activities.ts';

export interface Company {
  readonly id: string;
  readonly state: Carried;
  settings: Settings;
  attribute?: PhaseAttribute;
  /** Somebody asked for something, or there is more to pull: do not wait for the interval. */
  woken: boolean;
  resumedBy: string;
  handOver: boolean;
  cycles: number;
  pages: number;
  /** The site activity under way: cancelled by a pause. */
  site?: CancellationScope;
  /** The interval's one timer: from the start of a cycle to the start of the next. */
  interval?: { over: boolean; readonly scope: CancellationScope };
}

export function openRun({ companyId, carried }: CompanySyncInput): Company {
  const state = carried ?? firstRun(Date.now());
  const settings = state.standing?.settings ?? DEFAULT_SETTINGS;
  return { id: companyId, state, settings, woken: false, resumedBy: '', handOver: false, cycles: 0, pages: 0 };
}

const ATTRIBUTE = defineSearchAttributeKey(PHASE_ATTRIBUTE_NAME, SearchAttributeType.KEYWORD);

/** Shows the phase in Temporal UI; writes the search attribute only when it changes, for each write is an event. */
export function show(company: Company, phase: Phase): void {
  const { state } = company;
  if (phase.kind !== state.phase.kind) state.since = Date.now();
  state.phase = phase;
  wf.setCurrentDetails(phaseDetails(state));
  const value = phaseAttribute(phase);
  if ((company.attribute ?? wf.workflowInfo().typedSearchAttributes.get(ATTRIBUTE)) === value) return;
  company.attribute = value;
  wf.upsertSearchAttributes([{ key: ATTRIBUTE, value }]);
}

export function note(company: Company, text: string): void {
  company.state.notes = withNote(company.state.notes, Date.now(), text);
}

/** Registers every handler; called before the first await, so that nothing said meanwhile is missed. */
export function listen(company: Company): void {
  const { state } = company;
  const signals: Record<SignalName, (said: Said) => void> = {
    pause: ({ by, reason }) => {
      state.pause ??= { by, reason, at: Date.now() };
      company.site?.cancel();
    },
    resume: ({ by }) => {
      state.pause = undefined;
      company.resumedBy = by;
      company.woken = true;
    },
    syncNow: () => {
      company.woken = true;
    },
    reconcile: ({ by }) => {
      state.reportFor = by;
      company.woken = true;
    },
    handOver: () => {
      company.handOver = true;
    },
  };
  for (const [name, description] of Object.entries(SIGNALS) as [SignalName, string][])
    wf.setHandler(wf.defineSignal<[unknown]>(name), (argument) => signals[name](readSaid(argument)), { description });
  wf.setDefaultSignalHandler((name) => {
    note(company, `unknown signal "${name}": nothing was changed; the signals are ${Object.keys(SIGNALS).join(', ')}`);
  });
  wf.setHandler(wf.defineQuery<Status>('status'), () =>
    statusOf(company.id, state, wf.workflowInfo().currentDeploymentVersion?.buildId ?? ''),
  );
  wf.setHandler(
    wf.defineUpdate<Settings, [unknown]>('configure'),
    async (argument) => {
      const settings = configured(argument);
      await cloud(company).recordControl({ companyId: company.id, change: { kind: 'configured', settings } });
      company.settings = { ...company.settings, ...settings };
      return company.settings;
    },
    { validator: configured },
  );
}

function configured(argument: unknown): Partial<Settings> {
  const read = readConfigure(argument);
  if ('wrong' in read) throw ApplicationFailure.nonRetryable(read.wrong, 'WrongArgument');
  return read.settings;
}
