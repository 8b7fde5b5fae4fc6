/**
 * The ledgers-agree report as a table in plain text and as CSV.
 *
 * Texts from either ledger lose control characters, and in CSV one that a spreadsheet would take for a formula is made text.
 */
import { formatCents } from '../domain/money.ts';
import { plainText } from './problems/words.ts';
import type { LedgersLine, LedgersReport, LedgersTotal } from './reconcile.ts';

const HEADINGS = ['Vendor', 'Number', 'Date', 'Amount', 'Open in QuickBooks', 'Open in MineralTree', 'Remark'] as const;
/** Columns of amounts, set to the right. */
const RIGHT: ReadonlySet<number> = new Set([3, 4, 5]);
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
    table([...vendors.map(({ vendor, ...sum }) => totalCells(plainText(vendor), sum)), totalCells('Total', total)]),
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
    const [vendor, number, date, amount, quickBooks, mineralTree, remark] = cellsOf(line);
    return [spoken(vendor), spoken(number), date, amount, quickBooks, mineralTree, line.verdict, spoken(remark)];
  });
  return [headings, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('');
}

type Cells = readonly [string, string, string, string, string, string, string];

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
  '',
  '',
  formatCents(sum.quickBooksCents),
  formatCents(sum.mineralTreeCents),
  '',
];

function table(rows: readonly Cells[]): string {
  const short = rows.map((row) => row.map((cell, column) => (column < row.length - 1 ? cut(cell) : cell)));
  const widths = HEADINGS.map((_, column) => Math.max(...short.map((row) => [...(row[column] ?? '')].length)));
  const padded = short.map((row) =>
    row
      .map((cell, column) => pad(cell, widths[column] ?? 0, RIGHT.has(column)))
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

/** A text as a spreadsheet shows it: one that looks like a formula gets an apostrophe. */
const spoken = (text: string): string => (/^[=+\-@]/.test(text) ? `'${text}` : text);
const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
