/**
 * The ledgers-agree report as a table in plain text and as CSV.
 *
 * Texts from either ledger lose control characters.
 */
import { csvOf } from './csv.ts';
import { amountCell, type Cells, counted, plainTable } from './plainTable.ts';
import { plainText } from './problems/words.ts';
import type { LedgersLine, LedgersReport, LedgersTotal } from './reconcile.ts';
import type { CreditLine } from './reconcileCredits.ts';
import type { PaymentOnItsWay } from './reconcileKnown.ts';

const OPEN = ['Open in QuickBooks', 'Open in MineralTree'] as const;
const LEFT = ['Left in QuickBooks', 'Left in MineralTree'] as const;
const BILLS = ['Vendor', 'Number', 'Date', 'Amount', ...OPEN, 'Remark'];
const CREDITS = ['Vendor', 'Number', 'Date', 'What', ...LEFT, 'Remark'];
const PAYMENTS = ['Vendor', 'Number', 'Date', 'Amount', 'Remark'];
const AMOUNTS: ReadonlySet<string> = new Set(['Amount', ...OPEN, ...LEFT]);
const table = (rows: readonly [Cells, ...Cells[]]): string => plainTable(rows, AMOUNTS);

/** The report for a terminal: verdict, bills, totals by vendor and A/P account, credits, what is on its way. */
export function renderLedgers(report: LedgersReport): string {
  const { lines, inFlight, vendors, accounts, total, credits, payments } = report;
  const totals = (name: string, rows: readonly (readonly [string, LedgersTotal])[]): string =>
    table([[name, 'Bills', ...OPEN], ...rows.map(([what, sum]) => totalCells(plainText(what), sum))]);
  const parts = [
    `Open payables of ${plainText(report.companyName)}`,
    ...momentOf(report),
    '',
    verdictOf(report),
    '',
    table([BILLS, ...lines.map(billCells)]),
    '',
    'By vendor',
    totals('Vendor', [...vendors.map(({ vendor, ...sum }) => [vendor, sum] as const), ['Total', total]]),
    '',
    'By A/P account',
    totals('A/P account', [...accounts.map(({ account, ...sum }) => [account, sum] as const), ['Total', total]]),
  ];
  if (credits === undefined) parts.push('', 'Credits were not read: the connector is older than this release.');
  else if (credits.length > 0) parts.push('', 'Open credits', table([CREDITS, ...credits.map(creditCells)]));
  if (inFlight.length > 0) parts.push('', 'On the way, in no total', table([BILLS, ...inFlight.map(billCells)]));
  if (payments.length > 0)
    parts.push(
      '',
      'Payments of MineralTree that QuickBooks does not have yet',
      table([PAYMENTS, ...payments.map(paymentCells)]),
    );
  return `${parts.join('\n')}\n`;
}

/** When each side was read, and up to when nothing can have been missed. */
function momentOf({ readAt, sweptAt }: LedgersReport): readonly string[] {
  return [
    `QuickBooks read ${readAt.quickBooks}, MineralTree read ${readAt.mineralTree}`,
    sweptAt === undefined
      ? 'No complete sweep of QuickBooks yet: it comes by night, and until then the bills above are all that is certain.'
      : `Last complete sweep of QuickBooks ${sweptAt}: nothing older is open to doubt.`,
  ];
}

function verdictOf({ agree, lines, credits = [] }: LedgersReport): string {
  const differing = (sought: 'explained' | 'unexplained'): string => {
    const [bills, others] = [lines, credits].map((all) => all.filter(({ verdict }) => verdict === sought).length);
    const what = [...(bills ? [counted(bills, 'bill')] : []), ...(others ? [counted(others, 'credit')] : [])];
    return what.length === 0
      ? ''
      : `${what.join(' and ')} ${(bills ?? 0) + (others ?? 0) === 1 ? 'differs' : 'differ'}`;
  };
  const explained = differing('explained');
  if (!agree) return `The two ledgers do not agree: ${differing('unexplained')} without a known reason.`;
  return explained === ''
    ? 'The two ledgers agree.'
    : `The two ledgers agree but for what is explained: ${explained}, each for the reason beside it.`;
}

/** One row for each bill, credit and payment, those on their way too; RFC 4180, with headings. */
export function ledgersCsv(report: LedgersReport): string {
  const { lines, inFlight, credits = [], payments } = report;
  const headings = ['What', 'Vendor', 'A/P account', 'Number', 'Date', 'Amount', ...OPEN, 'Verdict', 'Remark'];
  return csvOf([
    headings,
    ...[...lines, ...inFlight].map((line) => {
      const [vendor = '', number = '', date = '', amount = '', quickBooks = '', mineralTree = '', remark = ''] =
        billCells(line);
      const account = plainText(line.apAccount ?? '');
      return ['bill', vendor, account, number, date, amount, quickBooks, mineralTree, line.verdict, remark];
    }),
    ...credits.map((line) => {
      const [vendor = '', number = '', date = '', what = '', quickBooks = '', mineralTree = '', remark = ''] =
        creditCells(line);
      return [what, vendor, '', number, date, '', quickBooks, mineralTree, line.verdict, remark];
    }),
    ...payments.map((payment) => {
      const [vendor = '', number = '', date = '', amount = '', remark = ''] = paymentCells(payment);
      const verdict = payment.problem === undefined ? 'inFlight' : 'explained';
      return ['payment', vendor, '', number, date, amount, '', '', verdict, remark];
    }),
  ]);
}

const billCells = (line: LedgersLine): Cells => [
  plainText(line.vendor),
  plainText(line.number),
  line.date,
  amountCell(line.quickBooks?.amountCents ?? line.mineralTree?.amountCents),
  amountCell(line.quickBooks?.openCents),
  amountCell(line.mineralTree?.openCents),
  plainText(line.explanation),
];

const creditCells = (line: CreditLine): Cells => [
  plainText(line.vendor),
  plainText(line.number),
  line.date,
  line.what,
  amountCell(line.quickBooksCents),
  amountCell(line.mineralTreeCents),
  plainText(line.explanation),
];

const paymentCells = ({ vendor, number, date, amountCents, status, problem }: PaymentOnItsWay): Cells => [
  plainText(vendor),
  plainText(number),
  date,
  amountCell(amountCents),
  plainText(problem ?? `${status} in MineralTree`),
];

const totalCells = (name: string, sum: LedgersTotal): Cells => [
  name,
  counted(sum.bills, 'bill'),
  amountCell(sum.quickBooksCents),
  amountCell(sum.mineralTreeCents),
];
