/**
 * What people decide about proposals of the first day: as rows, one for each pair that may be the same record, to be
 * written to a file, filled in, and given back.
 *
 * 1. `same` in one row of a MineralTree record links the pair; `different` in all of them leaves it alone.
 * 2. A file that says too much, too little or something unknown is refused whole, with each place and what is allowed;
 *    rows without a decision stay open.
 */
import type { Matching } from './matching.ts';

export const DECISION_COLUMNS = [
  'kind',
  'mineraltree_id',
  'mineraltree',
  'quickbooks_id',
  'quickbooks',
  'why',
  'decision',
] as const;
export type DecisionRow = Readonly<Record<(typeof DECISION_COLUMNS)[number], string>>;

/** A pair on which somebody decided. */
export interface Decision {
  readonly kind: string;
  readonly payablesId: string;
  readonly ledgerId: string;
  readonly same: boolean;
}

/** The rows that ask about the proposals of one kind, in order; the last column is for the answer. */
export const rowsOf = (kind: string, { proposals }: Pick<Matching, 'proposals'>): readonly DecisionRow[] =>
  proposals.flatMap(({ payables, candidates, why }) =>
    candidates.map((candidate) => ({
      kind,
      mineraltree_id: payables.id,
      mineraltree: payables.label,
      quickbooks_id: candidate.id,
      quickbooks: candidate.label,
      why,
      decision: '',
    })),
  );

/**
 * Reads the rows of a reviewed file.
 * @param asked the rows that were asked: a pair that is not among them was not proposed
 * @returns the decisions, or every mistake with the number of its row (the first below the headings is 2)
 */
export function readDecisions(
  rows: readonly Readonly<Record<string, string>>[],
  asked: readonly DecisionRow[],
): { readonly decisions: readonly Decision[] } | { readonly wrong: readonly string[] } {
  const known = new Set(asked.map(pairOf));
  const wrong: string[] = [];
  const decided = new Map<string, Decision & { readonly row: number }>();
  const taken = new Map<string, number>();
  for (const [index, given] of rows.entries()) {
    const row = index + 2;
    const read = readRow(given, known);
    if (read === undefined) continue;
    if ('wrong' in read) {
      wrong.push(`row ${row}: ${read.wrong}`);
      continue;
    }
    const { kind, payablesId, ledgerId, same } = read;
    const pair = pairOf({ kind, mineraltree_id: payablesId, quickbooks_id: ledgerId });
    const before = decided.get(pair);
    if (before !== undefined) {
      if (before.same !== same) wrong.push(`row ${row}: row ${before.row} says the opposite of the same pair`);
      continue;
    }
    decided.set(pair, { ...read, row });
    if (!same) continue;
    for (const side of [`${kind} ${payablesId} of MineralTree`, `${kind} ${ledgerId} of QuickBooks`]) {
      const other = taken.get(side);
      if (other === undefined) taken.set(side, row);
      else wrong.push(`row ${row}: ${side} is the same as another record already, by row ${other}`);
    }
  }
  if (wrong.length > 0) return { wrong };
  return { decisions: [...decided.values()].map(({ row: _row, ...decision }) => decision) };
}

/** One row; undefined when nothing was decided in it. */
function readRow(
  row: Readonly<Record<string, string>>,
  known: ReadonlySet<string>,
): Decision | { readonly wrong: string } | undefined {
  const missing = DECISION_COLUMNS.filter((column) => row[column] === undefined);
  if (missing.length > 0) return { wrong: `the column ${missing.join(', ')} is missing` };
  const { kind = '', mineraltree_id = '', quickbooks_id = '', decision = '' } = row;
  const said = decision.trim().toLowerCase();
  if (said === '') return undefined;
  if (said !== 'same' && said !== 'different')
    return { wrong: `the decision is "${decision.slice(0, 40)}"; allowed are same, different, or nothing` };
  if (!known.has(pairOf({ kind, mineraltree_id, quickbooks_id })))
    return {
      wrong: `${kind} ${mineraltree_id} and ${quickbooks_id} are no open proposal; have the file written anew`,
    };
  return { kind, payablesId: mineraltree_id, ledgerId: quickbooks_id, same: said === 'same' };
}

const pairOf = (row: Pick<DecisionRow, 'kind' | 'mineraltree_id' | 'quickbooks_id'>): string =>
  JSON.stringify([row.kind, row.mineraltree_id, row.quickbooks_id]);
