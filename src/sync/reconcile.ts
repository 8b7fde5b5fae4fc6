/**
 * Do the two ledgers agree? The open bills of both, read anew, side by side; open credits beside them
 * (`reconcileCredits.ts`).
 *
 * 1. Every open bill of either side is one line: it agrees, is explained by an open problem, is on its way, or is not
 *    explained. The ledgers agree when no line is unexplained, of bills and of credits.
 * 2. What is on its way stands apart and is in no total. A payment of MineralTree that QuickBooks does not have yet explains
 *    a difference of exactly what it pays, and no other.
 * 3. What is left in QuickBooks is what BillToPay says; nothing is worked out from links here, so that a fault in that
 *    arithmetic cannot hide itself.
 */
import type { OpenBill } from '../contract/ledgers.ts';
import type { CalendarDate } from '../domain/dates.ts';
import { type Cents, formatCents } from '../domain/money.ts';
import type { Invoice } from '../domain/payables.ts';
import type { PayablesInLedger } from './aging.ts';
import { type CreditLine, type CreditsInput, compareCredits } from './reconcileCredits.ts';
import {
  byVendorDateNumber,
  compareText,
  type Known,
  knownOf,
  type PaymentOnItsWay,
  type Told,
  type Verdict,
} from './reconcileKnown.ts';

export interface LedgersInput {
  readonly companyName: string;
  /** ISO 8601 in UTC: when each side was read. */
  readonly readAt: { readonly quickBooks: string; readonly mineralTree: string };
  /** ISO 8601 in UTC: when the keys of everything open were last compared with what is known; absent: never yet. */
  readonly sweptAt?: string;
  readonly quickBooks: readonly OpenBill[];
  /** Invoices of MineralTree that are approved, and any others that a link names for one of the open bills. */
  readonly mineralTree: readonly Invoice[];
  /** Pairs of TxnID and MineralTree's ID. */
  readonly links: readonly { readonly ledgerId: string; readonly payablesId: string }[];
  /** What is under way for a record, by either ID. */
  readonly inFlight: readonly Told[];
  /** Open problems, by either ID. */
  readonly problems: readonly { readonly recordId: string; readonly code: string; readonly text: string }[];
  readonly vendorName: (payablesVendorId: string) => string | undefined;
  /** Absent where the connector does not read credits yet. */
  readonly credits?: CreditsInput;
  readonly payments?: readonly PaymentOnItsWay[];
}

interface Standing {
  readonly amountCents: Cents;
  readonly openCents: Cents;
}

export interface LedgersLine {
  readonly vendor: string;
  /** The A/P account by QuickBooks; absent where QuickBooks does not have the bill. */
  readonly apAccount?: string;
  readonly number: string;
  readonly date: CalendarDate;
  readonly ledgerId?: string;
  readonly payablesId?: string;
  /** Absent where the bill is not open on that side. */
  readonly quickBooks?: Standing;
  readonly mineralTree?: Standing;
  readonly verdict: Verdict;
  /** In words; empty when both agree. */
  readonly explanation: string;
}

export interface LedgersTotal {
  readonly quickBooksCents: Cents;
  readonly mineralTreeCents: Cents;
  readonly bills: number;
}

export interface LedgersReport {
  readonly companyName: string;
  readonly readAt: LedgersInput['readAt'];
  readonly sweptAt?: string;
  readonly agree: boolean;
  /** By vendor, date, number; without what is on its way. */
  readonly lines: readonly LedgersLine[];
  readonly inFlight: readonly LedgersLine[];
  readonly vendors: readonly (LedgersTotal & { readonly vendor: string })[];
  readonly accounts: readonly (LedgersTotal & { readonly account: string })[];
  readonly total: LedgersTotal;
  /** By vendor, date, number; absent where the connector does not read credits yet. */
  readonly credits?: readonly CreditLine[];
  readonly payments: readonly PaymentOnItsWay[];
  /** Lines without a known reason, of bills and of credits. */
  readonly unexplained: number;
  /** What is open in QuickBooks, for the aging; kept with the newest report only. */
  readonly payables?: PayablesInLedger;
}

/** Bills that only MineralTree has stand in no account of QuickBooks. */
const NO_ACCOUNT = '(not in QuickBooks)';

export function compareLedgers(input: LedgersInput): LedgersReport {
  const known = knownOf(input);
  const all = pairs(input)
    .map((pair) => lineOf(pair, input, known))
    .filter((line) => line !== undefined)
    .sort(byVendorDateNumber);
  const lines = all.filter((line) => line.verdict !== 'inFlight');
  const credits = input.credits && compareCredits(input.credits, known, input.vendorName);
  const unexplained = [...lines, ...(credits ?? [])].filter(({ verdict }) => verdict === 'unexplained').length;
  return {
    companyName: input.companyName,
    readAt: input.readAt,
    ...(input.sweptAt === undefined ? {} : { sweptAt: input.sweptAt }),
    agree: unexplained === 0,
    lines,
    inFlight: all.filter((line) => line.verdict === 'inFlight'),
    vendors: totalsBy(lines, ({ vendor }) => vendor).map(([vendor, total]) => ({ vendor, ...total })),
    accounts: totalsBy(lines, ({ apAccount }) => apAccount ?? NO_ACCOUNT)
      .map(([account, total]) => ({ account, ...total }))
      .sort((a, b) => compareText(a.account, b.account)),
    total: totalOf(lines),
    ...(credits === undefined ? {} : { credits }),
    payments: [...(input.payments ?? [])].sort(byVendorDateNumber),
    unexplained,
  };
}

interface Pair {
  readonly bill?: OpenBill;
  readonly invoice?: Invoice;
  /** MineralTree's ID by the link, where the invoice itself was not among those read. */
  readonly payablesId?: string;
}

/** Every open bill with its invoice, and every other invoice alone. A link counts before the externalId. */
function pairs({ quickBooks, mineralTree, links }: LedgersInput): readonly Pair[] {
  const invoices = new Map(mineralTree.map((invoice) => [invoice.id, invoice]));
  const linked = new Map(links.map((link) => [link.ledgerId, link.payablesId]));
  const byExternalId = new Map(mineralTree.flatMap(({ id, externalId }) => (externalId ? [[externalId, id]] : [])));
  const bills = [...new Map(quickBooks.map((bill) => [bill.txnId, bill])).values()];
  const matched = bills.map((bill): Pair => {
    const payablesId = linked.get(bill.txnId) ?? byExternalId.get(bill.txnId);
    const invoice = payablesId === undefined ? undefined : invoices.get(payablesId);
    return {
      bill,
      ...(payablesId === undefined ? {} : { payablesId }),
      ...(invoice === undefined ? {} : { invoice }),
    };
  });
  const taken = new Set(matched.flatMap(({ invoice }) => invoice?.id ?? []));
  return [...matched, ...[...invoices.values()].filter(({ id }) => !taken.has(id)).map((invoice) => ({ invoice }))];
}

function lineOf({ bill, invoice, payablesId }: Pair, input: LedgersInput, known: Known): LedgersLine | undefined {
  // Alone, an invoice counts only when it is approved and something is left of it.
  if (bill === undefined && (invoice === undefined || !isPayable(invoice))) return undefined;
  const ledgerId = bill?.txnId ?? invoice?.externalId;
  const id = invoice?.id ?? payablesId;
  const quickBooks =
    bill === undefined ? undefined : { amountCents: bill.amountCents, openCents: bill.openCents ?? bill.amountCents };
  const mineralTree =
    invoice === undefined || !isPayable(invoice)
      ? undefined
      : { amountCents: invoice.amountCents, openCents: invoice.balanceCents };
  const line = {
    vendor: bill?.vendor.name ?? vendorOf(invoice, input),
    ...(bill?.apAccount === undefined ? {} : { apAccount: bill.apAccount.name }),
    number: bill?.refNumber ?? invoice?.invoiceNumber ?? '',
    date: bill?.txnDate ?? invoice?.transactionDate ?? '',
    ...(ledgerId === undefined ? {} : { ledgerId }),
    ...(id === undefined ? {} : { payablesId: id }),
    ...(quickBooks === undefined ? {} : { quickBooks }),
    ...(mineralTree === undefined ? {} : { mineralTree }),
  };
  const difference = differenceOf(quickBooks, mineralTree, { bill, invoice, payablesId: id });
  if (difference === '') return { ...line, verdict: 'agrees', explanation: '' };
  const of = (texts: ReadonlyMap<string, string>): string | undefined =>
    texts.get(ledgerId ?? '') ?? texts.get(id ?? '');
  const underWay = of(known.inFlight);
  if (underWay !== undefined) return { ...line, verdict: 'inFlight', explanation: `${difference}: ${underWay}` };
  const paid = paidMeanwhile(quickBooks, mineralTree, id === undefined ? [] : (known.payments.get(id) ?? []), id);
  if (paid !== undefined) return { ...line, ...paid, explanation: `${difference}: ${paid.explanation}` };
  const problem = of(known.problems);
  if (problem !== undefined) return { ...line, verdict: 'explained', explanation: `${difference}: ${problem}` };
  if (bill === undefined && invoice?.externalId === undefined)
    return { ...line, verdict: 'inFlight', explanation: 'approved in MineralTree, not posted yet' };
  return { ...line, verdict: 'unexplained', explanation: difference };
}

/** Payments that MineralTree has taken off already and QuickBooks has not: when they make up just the difference. */
function paidMeanwhile(
  quickBooks: Standing | undefined,
  mineralTree: Standing | undefined,
  payments: readonly PaymentOnItsWay[],
  invoiceId: string | undefined,
): Pick<LedgersLine, 'verdict' | 'explanation'> | undefined {
  const cents = payments
    .flatMap(({ bills }) => bills)
    .reduce((sum, bill) => (bill.invoiceId === invoiceId ? sum + bill.cents : sum), 0);
  if (payments.length === 0 || (quickBooks?.openCents ?? 0) - (mineralTree?.openCents ?? 0) !== cents) return undefined;
  const stuck = payments.find(({ problem }) => problem !== undefined)?.problem;
  if (stuck !== undefined) return { verdict: 'explained', explanation: stuck };
  const named = payments.map(({ number }) => number).join(', ');
  return { verdict: 'inFlight', explanation: `paid in MineralTree (${named}), not in QuickBooks yet` };
}

/** What differs, in words; empty when nothing does. */
function differenceOf(
  quickBooks: Standing | undefined,
  mineralTree: Standing | undefined,
  known: {
    readonly bill: OpenBill | undefined;
    readonly invoice: Invoice | undefined;
    readonly payablesId: string | undefined;
  },
): string {
  if (quickBooks === undefined)
    return known.invoice?.externalId === undefined ? 'not in QuickBooks' : 'not open in QuickBooks';
  if (mineralTree === undefined) {
    if (known.payablesId === undefined) return 'not in MineralTree';
    return quickBooks.openCents === 0 ? '' : 'not open in MineralTree';
  }
  if (quickBooks.openCents !== mineralTree.openCents)
    return known.bill?.openCents === undefined
      ? 'QuickBooks does not list it among the bills to pay'
      : `open balances differ by ${formatCents(quickBooks.openCents - mineralTree.openCents)}`;
  return quickBooks.amountCents === mineralTree.amountCents
    ? ''
    : `amounts differ by ${formatCents(quickBooks.amountCents - mineralTree.amountCents)}`;
}

const isPayable = ({ state, balanceCents }: Invoice): boolean =>
  balanceCents !== 0 && (state === 'Open' || state === 'PendingSettled');

const vendorOf = (invoice: Invoice | undefined, input: LedgersInput): string =>
  (invoice === undefined ? undefined : input.vendorName(invoice.vendor.id)) ?? '(vendor not known)';

function totalOf(lines: readonly LedgersLine[]): LedgersTotal {
  return {
    quickBooksCents: lines.reduce((sum, line) => sum + (line.quickBooks?.openCents ?? 0), 0),
    mineralTreeCents: lines.reduce((sum, line) => sum + (line.mineralTree?.openCents ?? 0), 0),
    bills: lines.length,
  };
}

function totalsBy(
  lines: readonly LedgersLine[],
  key: (line: LedgersLine) => string,
): readonly (readonly [string, LedgersTotal])[] {
  const groups = new Map<string, LedgersLine[]>();
  for (const line of lines) {
    const group = groups.get(key(line));
    if (group === undefined) groups.set(key(line), [line]);
    else group.push(line);
  }
  return [...groups].map(([name, group]) => [name, totalOf(group)]);
}
