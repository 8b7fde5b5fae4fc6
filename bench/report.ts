/** The bench's output: a table for people, JSON for programs. */
import { allKept, type Figure, isLimited, ratioOf, shown, verdictOf } from './figure.ts';

export interface Result {
  readonly bench: string;
  readonly figures: readonly Figure[];
  /** What a reader should know beside the figures, such as where the time went. */
  readonly remarks: readonly string[];
}

const HEAD = ['figure', 'limit', 'measured', 'beside', 'ratio', ''] as const;

/** The figures of all benches as a table with aligned columns, the remarks below, and one line that sums up. */
export function table(results: readonly Result[]): string {
  const rows = results.flatMap(({ bench, figures }) =>
    figures.map((figure) => [
      `${bench}: ${figure.name}`,
      limitOf(figure),
      shown(figure.measured, figure.unit),
      besideOf(figure),
      ratioOf(figure)?.toFixed(2) ?? '',
      verdictOf(figure),
    ]),
  );
  const widths = HEAD.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const rule = line(widths.map((width) => '-'.repeat(width)));
  const remarks = results.flatMap(({ bench, remarks: told }) => told.map((remark) => `${bench}: ${remark}`));
  return [
    line(HEAD),
    rule,
    ...rows.map(line),
    ...(remarks.length > 0 ? ['', ...remarks] : []),
    '',
    summary(results),
  ].join('\n');
}

const limitOf = ({ limit, limitTimes, unit }: Figure): string =>
  [
    ...(limit === undefined ? [] : [shown(limit, unit)]),
    ...(limitTimes === undefined ? [] : [`${limitTimes} times`]),
  ].join(', ');

const besideOf = ({ beside, unit }: Figure): string =>
  beside === undefined ? '' : `${shown(beside.value, unit)} (${beside.what})`;

function summary(results: readonly Result[]): string {
  const limited = results.flatMap(({ bench, figures }) =>
    figures.filter(isLimited).map((figure) => ({ named: `${bench}: ${figure.name}`, verdict: verdictOf(figure) })),
  );
  const missed = limited.filter(({ verdict }) => verdict === 'MISSED').map(({ named }) => named);
  const limits = limited.length === 1 ? '1 limit' : `${limited.length} limits`;
  return missed.length === 0 ? `${limits}, all kept` : `${limits}, ${missed.length} MISSED: ${missed.join('; ')}`;
}

/** The same as JSON, with the machine it ran on. */
export function asJson(results: readonly Result[], machine: Readonly<Record<string, unknown>>): string {
  const benches = results.map(({ bench, figures, remarks }) => ({
    bench,
    figures: figures.map((figure) => ({ ...figure, ratio: ratioOf(figure), verdict: verdictOf(figure) })),
    remarks,
  }));
  return `${JSON.stringify({ machine, kept: allKept(results.flatMap(({ figures }) => figures)), benches }, null, 2)}\n`;
}
