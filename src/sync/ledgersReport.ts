/**
 * The ledgers-agree report as a table in plain text and as CSV.
 *
 * Texts from either ledger lose control characters.
 */
import { formatCents } from '../domain/money.ts';
import { csvOf } from './csv.ts';
import { plainText } from './problems/words.ts';
import type { LedgersLine, LedgersReport, LedgersTotal } from './reconcile.ts';

const HEADINGS = ['Vendor', 'Number', 'Date', 'Amount', 'Open in QuickBooks', 'Open in MineralTree', 'Remark'];
const TOTALS = ['Vendor', 'Bills', 'Open in QuickBooks', 'Open in MineralTree'];
const AMOUNTS: ReadonlySet<string> = new Set(['Amount', 'Open in QuickBooks', 'Open in MineralTree']);
/** The remark, which may be as long as it is. */
const LAST = HEADINGS.length - 1;
const MAX_COLUMN = 40;

/** The report for a terminal: verdict, bills, totals by vendor, total, what is on its way. */
export function renderLedgers(report: LedgersReport): string {
  const { lines, inFlight, vendors, total, unexplained } = report;
  const verdict = report.agree
    ? 'The two ledgers agree.'
    : `The two ledgers do not agree: ${unexplained} ${unexplained === 1 ? 'bill differs' : 'bills differ'} without a known reason.`;
  const parts = [
    `Open payables of ${plainText(report.companyName)}`,
    `QuickBooks read ${report.readAt.quickBooks}, MineralTree read ${report.readAt.mineralTree}`,
    '',
    verdict,
    '',
    table([HEADINGS, ...lines.map(cellsOf)]),
    '',
    'By vendor',
    table([
      TOTALS,
      ...vendors.map(({ vendor, ...sum }) => totalCells(plainText(vendor), sum)),
      totalCells('Total', total),
    ]),
  ];
  if (inFlight.length > 0) parts.push('', 'On the way, in no total', table([HEADINGS, ...inFlight.map(cellsOf)]));
  return `${parts.join('\n')}\n`;
}

/** One row for each bill, those on their way too; RFC 4180, with headings. */
export function ledgersCsv(report: LedgersReport): string {
  const headings = [
    'Vendor',
    'Number',
    'Date',
    'Amount',
    'Open in QuickBooks',
    'Open in MineralTree',
    'Verdict',
    'Remark',
  ];
  const rows = [...report.lines, ...report.inFlight].map((line) => {
    const cells = cellsOf(line);
    return [...cells.slice(0, LAST), line.verdict, ...cells.slice(LAST)];
  });
  return csvOf([headings, ...rows]);
}

type Cells = readonly string[];

function cellsOf(line: LedgersLine): Cells {
  const amount = line.quickBooks?.amountCents ?? line.mineralTree?.amountCents;
  return [
    plainText(line.vendor),
    plainText(line.number),
    line.date,
    amount === undefined ? '' : formatCents(amount),
    line.quickBooks === undefined ? '' : formatCents(line.quickBooks.openCents),
    line.mineralTree === undefined ? '' : formatCents(line.mineralTree.openCents),
    plainText(line.explanation),
  ];
}

const totalCells = (name: string, sum: LedgersTotal): Cells => [
  name,
  `${sum.bills} ${sum.bills === 1 ? 'bill' : 'bills'}`,
  formatCents(sum.quickBooksCents),
  formatCents(sum.mineralTreeCents),
];

/** Columns as wide as they need to be; the first row says what they are, and amounts are set to the right. */
function table(rows: readonly [Cells, ...Cells[]]): string {
  const [headings] = rows;
  const short = rows.map((row) => row.map((cell, column) => (column < LAST ? cut(cell) : cell)));
  const widths = headings.map((_, column) => Math.max(...short.map((row) => [...(row[column] ?? '')].length)));
  const padded = short.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, AMOUNTS.has(headings[column] ?? '')))
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
