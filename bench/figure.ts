/**
 * A figure of the bench: what was measured, beside what it is compared with and the limit that is set for it.
 *
 * 1. A figure with a limit is met or missed; one without is told for the comparison and never missed.
 * 2. Times are milliseconds, sizes bytes; how a figure is shown follows from its unit.
 * 3. A time has no limit of its own, only one as a ratio to what was measured in the same run; but for what a person waits
 *    for at a terminal, and what every payload waits for: both have much room.
 */

export type Unit = 'ms' | 'bytes' | 'percent' | 'count';

export interface Figure {
  readonly name: string;
  readonly unit: Unit;
  readonly measured: number;
  /** The most that is allowed, in the same unit. */
  readonly limit?: number;
  /** What it is compared with: its value, in the same unit, and what it is. */
  readonly beside?: { readonly what: string; readonly value: number };
  /** The most that is allowed as a ratio to what it is compared with. */
  readonly limitTimes?: number;
}

export type Verdict = 'ok' | 'MISSED' | '';

/** Whether a figure keeps its limits; empty for one that has none. A number that is none (NaN) misses every limit. */
export function verdictOf(figure: Figure): Verdict {
  const { measured, limit, limitTimes } = figure;
  if (!isLimited(figure)) return '';
  const within = limit === undefined || measured <= limit;
  const withinTimes = limitTimes === undefined || (ratioOf(figure) ?? Number.NaN) <= limitTimes;
  return within && withinTimes ? 'ok' : 'MISSED';
}

export const isLimited = ({ limit, limitTimes }: Figure): boolean => limit !== undefined || limitTimes !== undefined;

/** Whether every limit is kept. */
export const allKept = (figures: readonly Figure[]): boolean =>
  figures.every((figure) => verdictOf(figure) !== 'MISSED');

/** How many times as much as what it is compared with; undefined where nothing is, or that is nothing. */
export function ratioOf({ measured, beside }: Figure): number | undefined {
  return beside === undefined || beside.value === 0 ? undefined : measured / beside.value;
}

/** By how many percent two values differ, of the smaller one. Both must be above nothing, else NaN. */
export function differencePercent(one: number, other: number): number {
  const smaller = Math.min(one, other);
  return smaller > 0 ? ((Math.max(one, other) - smaller) / smaller) * 100 : Number.NaN;
}

/** The middle one of several measurements (the mean of the two middle ones); NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[sorted.length >> 1];
  const lower = sorted[(sorted.length - 1) >> 1];
  return upper === undefined || lower === undefined ? Number.NaN : (upper + lower) / 2;
}

/** A value as a person reads it. */
export function shown(value: number, unit: Unit): string {
  if (!Number.isFinite(value)) return 'none';
  switch (unit) {
    case 'ms':
      return value < 10_000 ? `${Math.round(value)} ms` : `${(value / 1_000).toFixed(1)} s`;
    case 'bytes':
      return value < 1_048_576 ? `${(value / 1_024).toFixed(1)} KB` : `${(value / 1_048_576).toFixed(1)} MB`;
    case 'percent':
      return `${value.toFixed(1)} %`;
    case 'count':
      return String(value);
  }
}
