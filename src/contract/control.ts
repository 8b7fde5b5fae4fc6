/**
 * How people steer a company and what they see: signals, the update, the query, the phase.
 *
 * Everything here may be typed by hand into Temporal UI. So each argument is read by a function that takes anything,
 * never throws, and says in words what was wrong.
 */

/** The one state of a company. `syncing` and `waiting` are both "running" to the search attribute. */
export type Phase =
  | { readonly kind: 'syncing'; readonly step: string; readonly progress?: string }
  | { readonly kind: 'waiting'; readonly dueAt: number }
  | { readonly kind: 'paused'; readonly by: string; readonly reason: string }
  | { readonly kind: 'offline'; readonly dueAt: number }
  | {
      readonly kind: 'blocked';
      readonly code: string;
      readonly detail: Readonly<Record<string, string>>;
      readonly whatToDo: string;
    };

export type PhaseKind = Phase['kind'];
/** Value of the search attribute `TandemPhase`. */
export type PhaseAttribute = 'running' | 'paused' | 'offline' | 'blocked';

export const PHASE_ATTRIBUTE_NAME = 'TandemPhase';

/** What the store keeps of a person's decisions about a company, and the workflow copies. */
export interface Pause {
  readonly by: string;
  readonly reason: string;
  /** Unix milliseconds. */
  readonly at: number;
}

export interface Settings {
  /** Start of a cycle to start of the next. */
  readonly intervalMs: number;
  readonly heartbeatMs: number;
  /** First wait before a site activity is tried again; never under 15 s in production, for a late connector must have given up by then. */
  readonly siteRetryMs: number;
  /** How long after a visit was due the company counts as offline. */
  readonly offlineAfterMs: number;
  /** Site and cloud activities: longest run of one attempt. */
  readonly siteLimitMs: number;
  readonly cloudLimitMs: number;
}

export const DEFAULT_SETTINGS: Settings = {
  intervalMs: 300_000,
  heartbeatMs: 30_000,
  siteRetryMs: 15_000,
  offlineAfterMs: 900_000,
  siteLimitMs: 1_800_000,
  cloudLimitMs: 300_000,
};

/** Answer of the query `status`. Times are ISO 8601 in UTC. */
export interface Status {
  readonly companyId: string;
  readonly phase: Phase;
  readonly since: string;
  readonly lastSuccess?: string;
  readonly nextDue?: string;
  readonly watermarks: Readonly<Record<string, number>>;
  readonly openProblems: number;
  readonly firstLoadDone: boolean;
  readonly build: string;
  readonly protocol: number;
  /** The last things typed wrong, newest first: an unknown signal, an argument that made no sense. */
  readonly notes: readonly string[];
}

export const SIGNALS = {
  pause: 'Stop after the step under way. Argument: {"by": "your name", "reason": "why"}',
  resume: 'Go on. Argument: {"by": "your name"}',
  syncNow: 'Run a cycle now. Argument: {"by": "your name"}',
  reconcile: 'Read both ledgers anew and make the report. Argument: {"by": "your name"}',
  handOver: 'Go on in a new run, on the newest release. No argument.',
} as const;
export type SignalName = keyof typeof SIGNALS;

/** Argument of `pause`, `resume`, `syncNow`, `reconcile` as read from whatever was typed. */
export interface Said {
  readonly by: string;
  readonly reason: string;
}

/** Reads a signal's argument: absent fields become "someone" and an empty reason; texts are cut at 200 characters and lose control characters. */
export function readSaid(argument: unknown): Said {
  const given = isRecord(argument) ? argument : {};
  return { by: plain(given.by) || 'someone', reason: plain(given.reason) };
}

const LIMITS: Record<keyof Settings, readonly [min: number, max: number]> = {
  intervalMs: [1_000, 86_400_000],
  heartbeatMs: [1_000, 300_000],
  siteRetryMs: [1_000, 600_000],
  offlineAfterMs: [1_000, 86_400_000],
  siteLimitMs: [10_000, 7_200_000],
  cloudLimitMs: [10_000, 3_600_000],
};

/**
 * Reads the argument of the update `configure`: settings to change, in milliseconds.
 * Returns them, or in words what is wrong and what is allowed.
 */
export function readConfigure(
  argument: unknown,
): { readonly settings: Partial<Settings> } | { readonly wrong: string } {
  if (!isRecord(argument)) return { wrong: `configure takes an object with any of: ${Object.keys(LIMITS).join(', ')}` };
  const settings: Partial<Record<keyof Settings, number>> = {};
  for (const [key, value] of Object.entries(argument)) {
    if (!isSetting(key))
      return { wrong: `configure knows no "${plain(key)}"; allowed: ${Object.keys(LIMITS).join(', ')}` };
    const [min, max] = LIMITS[key];
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max)
      return { wrong: `${key} must be a whole number of milliseconds from ${min} to ${max}` };
    settings[key] = value;
  }
  return { settings };
}

/** The same for a validator: gives the settings. @throws RangeError with the words */
export function settingsFrom(argument: unknown): Partial<Settings> {
  const read = readConfigure(argument);
  if ('wrong' in read) throw new RangeError(read.wrong);
  return read.settings;
}

const isSetting = (key: string): key is keyof Settings => Object.hasOwn(LIMITS, key);
export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const plain = (value: unknown): string =>
  typeof value === 'string'
    ? value
        .replace(/\p{C}+/gu, ' ')
        .trim()
        .slice(0, 200)
    : '';
