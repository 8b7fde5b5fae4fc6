/**
 * Tables as CSV (RFC 4180), for spreadsheets. Texts come from either ledger: one that a spreadsheet would take for a formula
 * is made text.
 */

/** Rows as CSV, the first with the headings. */
export const csvOf = (rows: readonly (readonly string[])[]): string =>
  rows.map((row) => `${row.map((cell) => quoted(spoken(cell))).join(',')}\r\n`).join('');

const AMOUNT = /^-?\d+\.\d\d$/;
const spoken = (text: string): string => (/^[=+\-@\t\r]/.test(text) && !AMOUNT.test(text) ? `'${text}` : text);
const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
