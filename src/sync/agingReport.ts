/**
 * The aging of accounts payable as a table in plain text and as CSV: by vendor, tied to each account's balance.
 *
 * Texts from the ledger lose control characters.
 */
import { formatCents } from '../domain/money.ts';
import { type AccountAging, AGES, type Age, type Aged, type AgingReport, type NamedLine } from './aging.ts';
import { csvOf } from './csv.ts';
import { amountCell, type Cells, counted, plainTable } from './plainTable.ts';
import { plainText } from './problems/words.ts';

export const AGE_WORDS: Readonly<Record<Age, string>> = {
  current: 'Current',
  upTo30: '1 - 30',
  upTo60: '31 - 60',
  upTo90: '61 - 90',
  over90: 'Over 90',
};
const COLUMNS = AGES.map((age) => AGE_WORDS[age]);
const AMOUNTS: ReadonlySet<string> = new Set([...COLUMNS, 'Total', 'Amount']);

/** The report for a terminal: one part for each A/P account, ending with its balance. */
export function renderAging({ companyName, readAt, day, accounts, ties }: AgingReport): string {
  const verdict = ties
    ? 'Everything in accounts payable is explained.'
    : `Not everything in accounts payable is explained: ${accounts
        .filter(({ unexplainedCents }) => unexplainedCents !== 0)
        .map(({ account, unexplainedCents }) => `${formatCents(unexplainedCents)} in ${plainText(account)}`)
        .join(', ')}.`;
  return `${[
    `Accounts payable of ${plainText(companyName)} by age on ${day}`,
    `QuickBooks read ${readAt}; open amounts are those of that moment`,
    '',
    verdict,
    ...accounts.flatMap(renderAccount),
  ].join('\n')}\n`;
}

function renderAccount(account: AccountAging): readonly string[] {
  const { vendors, aged, totalCents, others, othersCents, notListed, balanceCents, unexplainedCents } = account;
  const parts = [
    '',
    plainText(account.account),
    plainTable(
      [
        ['Vendor', ...COLUMNS, 'Total'],
        ...vendors.map((row) => [plainText(row.vendor), ...agedCells(row.aged), formatCents(row.totalCents)]),
        ['Open bills and credits', ...agedCells(aged), formatCents(totalCents)],
      ],
      AMOUNTS,
    ),
  ];
  if (others.length > 0) parts.push('', 'In the account, and no open bill or credit', namedTable(others));
  if (notListed.length > 0)
    parts.push('', 'Unpaid, but not among what QuickBooks lists to pay; in no sum', namedTable(notListed));
  const sums: readonly (readonly [string, string])[] = [
    ['Open bills and credits', formatCents(totalCents)],
    [counted(others.length, 'other entry', 'other entries'), formatCents(othersCents)],
    ['Not explained', formatCents(unexplainedCents)],
    ['Balance in QuickBooks', balanceCents === undefined ? 'not shown' : formatCents(balanceCents)],
  ];
  parts.push('', plainTable([['Tie-out', 'Total'], ...sums.map((row): Cells => row)], AMOUNTS));
  return parts;
}

const agedCells = (aged: Aged): Cells => AGES.map((age) => amountCell(aged[age] === 0 ? undefined : aged[age]));

const namedTable = (lines: readonly NamedLine[]): string =>
  plainTable(
    [
      ['What', 'Vendor', 'Number', 'Date', 'Amount'],
      ...lines.map(({ what, vendor, number, date, cents }) => [
        what,
        plainText(vendor),
        plainText(number),
        date,
        formatCents(cents),
      ]),
    ],
    AMOUNTS,
  );

/** One row for each bill, credit, other entry and sum; RFC 4180, with headings. */
export function agingCsv({ accounts }: AgingReport): string {
  const headings = ['A/P account', 'What', 'Vendor', 'Number', 'Date', 'Due', 'Age in days', ...COLUMNS, 'Total'];
  const empty = COLUMNS.map(() => '');
  const sum = (account: string, what: string, cents: number | undefined, aged: Cells = empty): Cells => [
    account,
    what,
    '',
    '',
    '',
    '',
    '',
    ...aged,
    amountCell(cents),
  ];
  const rows = accounts.flatMap((one): readonly Cells[] => {
    const account = plainText(one.account);
    const named = (lines: readonly NamedLine[], counts: boolean): readonly Cells[] =>
      lines.map(({ what, vendor, number, date, cents }) => [
        account,
        counts ? what : `${what}, not listed to pay`,
        plainText(vendor),
        plainText(number),
        date,
        '',
        '',
        ...empty,
        formatCents(cents),
      ]);
    return [
      ...one.lines.map((line) => [
        account,
        line.what,
        plainText(line.vendor),
        plainText(line.number),
        line.date,
        line.dueDate ?? '',
        String(Math.max(0, line.daysPast)),
        ...AGES.map((age) => amountCell(age === line.age ? line.openCents : undefined)),
        formatCents(line.openCents),
      ]),
      ...named(one.others, true),
      ...named(one.notListed, false),
      sum(account, 'Open bills and credits', one.totalCents, agedCells(one.aged)),
      sum(account, 'Other entries', one.othersCents),
      sum(account, 'Not explained', one.unexplainedCents),
      sum(account, 'Balance in QuickBooks', one.balanceCents),
    ];
  });
  return csvOf([headings, ...rows]);
}
