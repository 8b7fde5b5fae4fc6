/** Tables in plain text for a terminal: columns as wide as they need to be, amounts to the right, the last column free. */
import { type Cents, formatCents } from '../domain/money.ts';

export type Cells = readonly string[];

const MAX_COLUMN = 40;

/**
 * The first row says what the columns are.
 * @param right headings of the columns that are set to the right
 */
export function plainTable(rows: readonly [Cells, ...Cells[]], right: ReadonlySet<string>): string {
  const [headings] = rows;
  const last = headings.length - 1;
  const short = rows.map((row) => row.map((cell, column) => (column < last ? cut(cell) : cell)));
  const widths = headings.map((_, column) =>
    short.reduce((most, row) => Math.max(most, [...(row[column] ?? '')].length), 0),
  );
  const padded = short.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, right.has(headings[column] ?? '')))
      .join('  ')
      .trimEnd(),
  );
  return padded.join('\n');
}

const cut = (cell: string): string => {
  const characters = [...cell];
  return characters.length <= MAX_COLUMN ? cell : `${characters.slice(0, MAX_COLUMN - 1).join('')}…`;
};

function pad(cell: string, width: number, right: boolean): string {
  const space = ' '.repeat(Math.max(0, width - [...cell].length));
  return right ? space + cell : cell + space;
}

/** An amount, or nothing where there is none. */
export const amountCell = (cents: Cents | undefined): string => (cents === undefined ? '' : formatCents(cents));

/** `1 bill`, `2 bills`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
