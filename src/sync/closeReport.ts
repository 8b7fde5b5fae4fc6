/**
 * The close check as text for a terminal and as CSV. Texts from either ledger lose control characters.
 */
import type { CloseCheck } from './closeCheck.ts';
import { CLOSE_KINDS, type CloseKind, type CloseLine } from './closeLines.ts';
import { csvOf } from './csv.ts';
import { amountCell, counted } from './plainTable.ts';
import { plainText } from './problems/words.ts';

export const CLOSE_WORDS: Readonly<Record<CloseKind, string>> = {
  ledgers: 'The ledgers',
  unposted: 'Invoices that are not in QuickBooks',
  notApproved: 'Invoices that are drafts or wait for approval',
  payment: 'Payments that are not in QuickBooks',
  uncertain: 'Not certain whether QuickBooks has it',
  refused: 'Not taken by QuickBooks',
  onItsWay: 'On its way to QuickBooks',
  credit: 'Credits that are not the same on both sides',
  problem: 'Other open problems',
};

/** What is open for the month, each line with what to do. */
export function renderClose({ companyName, month, lastDay, checkedAt, ready, lines }: CloseCheck): string {
  const parts = [
    `Close check of ${plainText(companyName)} for ${month}: everything dated up to ${lastDay}`,
    `Checked ${checkedAt}`,
    '',
    ready ? 'Nothing is open: the month may be closed.' : `Not ready: ${counted(lines.length, 'line')} open.`,
  ];
  for (const kind of CLOSE_KINDS) {
    const ofKind = lines.filter((line) => line.kind === kind);
    if (ofKind.length > 0) parts.push('', `${CLOSE_WORDS[kind]}: ${ofKind.length}`, ...ofKind.flatMap(linesOf));
  }
  return `${parts.join('\n')}\n`;
}

function linesOf({ vendor, number, date, amountCents, open, whatToDo }: CloseLine): readonly string[] {
  const head = [date ?? '', plainText(vendor), plainText(number), amountCell(amountCents)].filter(
    (cell) => cell !== '',
  );
  return [
    ...(head.length > 0 ? [`  ${head.join('  ')}`] : []),
    `    ${plainText(open)}`,
    `    - ${plainText(whatToDo)}`,
  ];
}

/** One row for each line; RFC 4180, with headings. */
export const closeCsv = ({ month, lines }: CloseCheck): string =>
  csvOf([
    ['Month', 'Kind', 'Vendor', 'Number', 'Date', 'Amount', 'What is open', 'What to do'],
    ...lines.map(({ kind, vendor, number, date, amountCents, open, whatToDo }) => [
      month,
      CLOSE_WORDS[kind],
      plainText(vendor),
      plainText(number),
      date ?? '',
      amountCell(amountCents),
      plainText(open),
      plainText(whatToDo),
    ]),
  ]);
