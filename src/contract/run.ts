/**
 * What one run of a company's workflow hands to the next, and how a company is shown to people.
 *
 * `Carried` is an interface between releases: fields are only ever added, as optional.
 */
import type { Pushed, Standing } from './activities.ts';
import { visitorOf } from './answer.ts';
import type { Pause, Phase, PhaseAttribute, SignalName, Status } from './control.ts';
import { isRecord, readSaid, SIGNALS } from './control.ts';
import { PROTOCOL } from './names.ts';
import { isUnreadable } from './unreadable.ts';

/** Input of `companySync`: the first start gives the company alone, a hand-over its state. */
export interface CompanySyncInput {
  readonly companyId: string;
  readonly carried?: Carried;
}

export interface Carried {
  readonly schema: 1;
  /** Absent: ask the store first (`openCompany`). */
  standing?: Standing | undefined;
  /** When the next cycle is due, and when the connector meant to come: Unix milliseconds. */
  dueAt: number;
  visitDueAt: number;
  pause?: Pause | undefined;
  resumedBy?: string;
  /** Somebody asked for something, or there is more to pull: do not wait for the interval. */
  woken: boolean;
  handOver: boolean;
  /** Who asked for a report that is not made yet. */
  reportFor?: string | undefined;
  /** For people: the connector that answered last, and what was typed wrong lately. */
  connector?: string;
  notes: readonly string[];
  phase: Phase;
  /** Since when the phase has been of its kind, Unix milliseconds. */
  since: number;
}

/** Whether a run's history has become long enough for a new run: cycles, and among them pages of a first load or a report. */
export const isLongRun = ({ cycles, pages }: { readonly cycles: number; readonly pages: number }): boolean =>
  cycles >= 75 || pages >= 10;

export function firstRun(now: number): Carried {
  return {
    schema: 1,
    dueAt: 0,
    visitDueAt: now,
    woken: false,
    handOver: false,
    notes: [],
    phase: { kind: 'syncing', step: 'opening' },
    since: now,
  };
}

/** Takes in a signal as it came; a name that is no signal, or an argument that cannot be read, leaves a note and no more. */
export function hear(state: Carried, name: string, argument: unknown, now: number): void {
  const said = readSaid(argument);
  if (!isSignal(name)) {
    const unknown = readSaid({ by: name }).by;
    note(
      state,
      now,
      `unknown signal "${unknown}": nothing was changed; the signals are ${Object.keys(SIGNALS).join(', ')}`,
    );
    return;
  }
  if (isUnreadable(argument)) {
    note(state, now, `a signal "${name}" whose argument cannot be read: nothing was changed; send JSON`);
    return;
  }
  switch (name) {
    case 'pause':
      state.pause ??= { ...said, at: now };
      return;
    case 'resume':
      state.pause = undefined;
      state.resumedBy = said.by;
      break;
    case 'reconcile':
      state.reportFor = said.by;
      break;
    case 'handOver':
      state.handOver = true;
      return;
    case 'syncNow':
      break;
  }
  state.woken = true;
}

const isSignal = (name: string): name is SignalName => Object.hasOwn(SIGNALS, name);
const MAX_NOTES = 5;

/** Keeps the last few things that people should see, newest first, each at most 300 characters. */
export function note(state: Carried, now: number, text: string): void {
  state.notes = [`${iso(now)} ${text}`.slice(0, 300), ...state.notes].slice(0, MAX_NOTES);
}

/** Remembers who came from the site, and when the next visit is due. */
export function visited(state: Carried, answer: object, now: number): void {
  const { connector, nextDueMs } = visitorOf(answer);
  state.connector = connector;
  state.visitDueAt = now + nextDueMs;
}

/** The phase of a step at the site; how far a first load has come stays in sight. */
export function stepAtSite(before: Phase, step: string): Phase {
  return before.kind === 'syncing' ? { ...before, step } : { kind: 'syncing', step };
}

/** The phase between two pages of a first load, or of a kind that is read anew. */
export const readingOn = ({ standing, progress = '' }: Pushed): Phase => ({
  kind: 'syncing',
  step: standing.firstLoadDone ? 'catching up' : 'first load',
  progress,
});

export function phaseAttribute(phase: Phase): PhaseAttribute {
  return phase.kind === 'syncing' || phase.kind === 'waiting' ? 'running' : phase.kind;
}

/** The current details in Temporal UI, as markdown: phase, since when, what to do, last success, connector, problems. */
export function phaseDetails({ phase, since, standing, connector, notes }: Carried): string {
  const [title, whatToDo] = words(phase);
  const problems = standing?.openProblems ?? 0;
  return [
    `**${title}** since ${minute(since)}`,
    whatToDo,
    `Last cycle that succeeded: ${standing?.lastSuccessAt === undefined ? 'none yet' : minute(standing.lastSuccessAt)}`,
    `Connector that answered last: ${asText(connector ?? 'none yet')}`,
    `Open problems: ${problems}${problems > 0 ? ' (see `tandem problems`)' : ''}`,
    ...notes.map((text) => `- ${asText(text)}`),
  ]
    .filter((line) => line !== '')
    .join('\n\n');
}

/** Words from elsewhere, so that nothing in them is taken for markdown. */
const asText = (text: string): string => text.replace(/[\\`*_[\]<>!|#]/g, '\\$&').replace(/\s+/g, ' ');

function words(phase: Phase): readonly [title: string, whatToDo: string] {
  switch (phase.kind) {
    case 'syncing':
      return [`Synchronizing: ${phase.step}${phase.progress ? `, ${phase.progress}` : ''}`, ''];
    case 'waiting':
      return [`Waiting: in rotation, expected by ${minute(phase.dueAt)}`, ''];
    case 'paused':
      return [
        `Paused by ${asText(phase.by)} (unverified)${phase.reason ? `: ${asText(phase.reason)}` : ''}`,
        'Signal `resume` to go on.',
      ];
    case 'offline':
      return [
        `Offline: no connector has come since ${minute(phase.dueAt)}`,
        'Start the connector on one of the customer’s computers. Nothing is lost meanwhile.',
      ];
    case 'blocked':
      return [`Blocked: ${phase.code}`, asText(phase.whatToDo)];
  }
}

/**
 * The state that a run was handed over with; undefined when there is none, or it cannot be read: then the store is asked.
 * A run may be started by hand, with anything for an input.
 */
export function carriedIn(input: unknown): Carried | undefined {
  const carried = isRecord(input) ? input.carried : undefined;
  return isCarried(carried) ? carried : undefined;
}

/** Later, JavaScript knows no date. */
const LAST_TIME_MS = 8.64e15;

const isCarried = (value: unknown): value is Carried =>
  isRecord(value) &&
  value.schema === 1 &&
  isRecord(value.phase) &&
  Array.isArray(value.notes) &&
  [value.dueAt, value.visitDueAt, value.since].every(
    (time) => typeof time === 'number' && Math.abs(time) <= LAST_TIME_MS,
  );

/** Answer of the query `status`. */
export function statusOf(companyId: string, carried: Carried, build: string): Status {
  const { phase, since, standing, dueAt, notes } = carried;
  return {
    companyId,
    phase,
    since: iso(since),
    ...(standing?.lastSuccessAt !== undefined && { lastSuccess: iso(standing.lastSuccessAt) }),
    ...(dueAt > 0 && { nextDue: iso(dueAt) }),
    watermarks: { ...standing?.nextPull.watermarks },
    openProblems: standing?.openProblems ?? 0,
    firstLoadDone: standing?.firstLoadDone ?? false,
    build,
    protocol: PROTOCOL,
    notes,
  };
}

const iso = (ms: number): string => new Date(ms).toISOString();
const minute = (ms: number): string => `${iso(ms).slice(0, 16).replace('T', ' ')} UTC`;
