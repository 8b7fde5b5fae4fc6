/**
 * The judge: do the books of the two sandboxes agree? It reads what each of them keeps and knows nothing of Tandem: no
 * link table, no store, no digest. What it calls a difference, an accountant would.
 *
 * What must hold for a company that has been synced and left alone:
 * 1. each book is sound in itself: every journal entry balances, lines add up to their bill, nothing is there twice;
 * 2. every bill of QuickBooks that is not void stands in MineralTree once, under its TxnID, alike in vendor, number, dates, memo
 *    and amounts; and every posted invoice of MineralTree names a bill that exists;
 * 3. every active vendor of QuickBooks stands in MineralTree once.
 *
 * What may differ is given by name: invoices not yet posted (in flight or refused), bills held back as problems.
 */
import { formatCents } from '../../domain/money.ts';
import type { MineralTreeBill, MineralTreeBooks, QuickBooksBill, QuickBooksBooks } from './books.ts';

export * from './books.ts';

export interface Exceptions {
  /** TxnIDs in QuickBooks that are rightly not in MineralTree, or not alike there. */
  readonly bills?: readonly string[];
  /** MineralTree IDs of invoices that are rightly not in QuickBooks, or not alike there. */
  readonly invoices?: readonly string[];
  /** ListIDs of vendors rightly missing or different. */
  readonly vendors?: readonly string[];
}

export interface Verdict {
  readonly agree: boolean;
  /** Each difference in one sentence. */
  readonly differences: readonly string[];
  readonly billsInQuickBooks: number;
  readonly billsInMineralTree: number;
  readonly openInQuickBooksCents: number;
  readonly openInMineralTreeCents: number;
}

const UNPOSTED = new Set(['Draft', 'AwaitingApproval']);

/** Compares two books. Pure. */
export function judge(
  quickBooks: QuickBooksBooks,
  mineralTree: MineralTreeBooks,
  exceptions: Exceptions = {},
): Verdict {
  const excused = new Set(exceptions.invoices);
  const posted = mineralTree.bills.filter((bill) => !UNPOSTED.has(bill.state));
  const differences = [
    ...soundQuickBooks(quickBooks),
    ...soundMineralTree(mineralTree),
    ...vendorsAgree(quickBooks, mineralTree, new Set(exceptions.vendors)),
    ...billsAgree(quickBooks, mineralTree, posted, new Set(exceptions.bills), excused),
  ];
  const due = posted.filter((bill) => bill.externalId && !excused.has(bill.id));
  return {
    agree: differences.length === 0,
    differences,
    billsInQuickBooks: quickBooks.bills.length,
    billsInMineralTree: due.length,
    openInQuickBooksCents: sum(quickBooks.bills.map((bill) => bill.openCents)),
    openInMineralTreeCents: sum(due.map((bill) => bill.balanceCents)),
  };
}

function soundQuickBooks({ journal, bills, accounts }: QuickBooksBooks): string[] {
  const found: string[] = [];
  const balances = new Map<string, number>();
  for (const { txnId, entries } of journal) {
    const total = sum(entries.map(({ cents }) => cents));
    if (total !== 0) found.push(`QuickBooks transaction ${txnId} is out of balance by ${formatCents(total)}`);
    for (const { accountId, cents } of entries) balances.set(accountId, (balances.get(accountId) ?? 0) + cents);
  }
  const payable = accounts.filter(({ type }) => type === 'AccountsPayable');
  const payableCents = -sum(payable.map(({ id }) => balances.get(id) ?? 0));
  const openCents = sum(bills.map((bill) => bill.openCents));
  if (payableCents !== openCents)
    found.push(
      `QuickBooks owes ${formatCents(payableCents)} by its accounts payable, but ${formatCents(openCents)} by its open bills`,
    );
  for (const bill of bills) {
    const lines = sum([...bill.expenseLines, ...bill.itemLines].map(({ amountCents }) => amountCents));
    if (lines !== bill.amountCents)
      found.push(`${named(bill)} in QuickBooks is ${formatCents(bill.amountCents)}, its lines ${formatCents(lines)}`);
  }
  for (const [guid, twice] of repeated(bills, (bill) => bill.guid))
    found.push(`${twice.length} bills in QuickBooks carry the same external GUID ${guid}: posted more than once`);
  const posts = bills.filter((bill) => bill.createdBy === 'application' && !bill.voided);
  for (const post of posts)
    if (bills.some((bill) => bill !== post && !bill.voided && sameNumber(bill, post) && bill.id < post.id))
      found.push(`${named(post)} was posted to QuickBooks although the vendor had a bill of that number`);
  return found;
}

function soundMineralTree({ bills, vendors }: MineralTreeBooks): string[] {
  const found: string[] = [];
  for (const [externalId, twice] of repeated(bills, (bill) => bill.externalId))
    found.push(`${twice.length} invoices in MineralTree name the same QuickBooks bill ${externalId}`);
  for (const [externalId, twice] of repeated(vendors, (vendor) => vendor.externalId))
    found.push(`${twice.length} vendors in MineralTree name the same QuickBooks vendor ${externalId}`);
  return found;
}

function vendorsAgree(
  quickBooks: QuickBooksBooks,
  mineralTree: MineralTreeBooks,
  excused: ReadonlySet<string>,
): string[] {
  const found: string[] = [];
  const known = new Map(mineralTree.vendors.map((vendor) => [vendor.externalId, vendor]));
  for (const { id, name, active } of quickBooks.vendors) {
    if (excused.has(id)) continue;
    const theirs = known.get(id);
    if (!theirs && active) found.push(`vendor ${name} of QuickBooks is not in MineralTree`);
    if (theirs && theirs.name !== name)
      found.push(`vendor ${name} of QuickBooks is called ${theirs.name} in MineralTree`);
    if (theirs && theirs.active !== active)
      found.push(`vendor ${name} is ${word(active)} in QuickBooks, ${word(theirs.active)} in MineralTree`);
  }
  return found;
}

function billsAgree(
  quickBooks: QuickBooksBooks,
  mineralTree: MineralTreeBooks,
  posted: readonly MineralTreeBill[],
  excusedBills: ReadonlySet<string>,
  excusedInvoices: ReadonlySet<string>,
): string[] {
  const found: string[] = [];
  const vendorOf = new Map(mineralTree.vendors.map((vendor) => [vendor.id, vendor.externalId]));
  const invoices = new Map(posted.filter((bill) => bill.externalId).map((bill) => [bill.externalId, bill]));
  const bills = new Set(quickBooks.bills.map((bill) => bill.id));
  for (const bill of quickBooks.bills) {
    if (bill.voided || excusedBills.has(bill.id)) continue;
    const invoice = invoices.get(bill.id);
    if (!invoice) found.push(`${named(bill)} of QuickBooks is not in MineralTree`);
    else found.push(...differencesOf(bill, invoice, vendorOf.get(invoice.vendor.id)));
  }
  for (const invoice of posted) {
    if (excusedInvoices.has(invoice.id)) continue;
    if (!invoice.externalId) found.push(`${label(invoice)} waits in MineralTree to be posted to QuickBooks`);
    else if (!bills.has(invoice.externalId))
      found.push(`${label(invoice)} of MineralTree names a bill that QuickBooks does not have`);
  }
  return found;
}

function differencesOf(bill: QuickBooksBill, invoice: MineralTreeBill, vendorId: string | undefined): string[] {
  const compared: readonly (readonly [what: string, quickBooks: string, mineralTree: string])[] = [
    ['vendor', bill.vendorId, vendorId ?? ''],
    ['number', bill.refNumber ?? '', invoice.invoiceNumber ?? ''],
    ['date', bill.txnDate, invoice.transactionDate],
    ['due date', bill.dueDate ?? '', invoice.dueDate ?? ''],
    ['memo', bill.memo ?? '', invoice.memo ?? ''],
    ['amount', formatCents(bill.amountCents), formatCents(invoice.amountCents)],
    ['open balance', formatCents(bill.openCents), formatCents(invoice.balanceCents)],
    ['expense lines', amounts(bill.expenseLines), amounts(invoice.expenses)],
    ['item lines', amounts(bill.itemLines), amounts(invoice.items)],
  ];
  return compared
    .filter(([, quickBooks, mineralTree]) => quickBooks !== mineralTree)
    .map(
      ([what, quickBooks, mineralTree]) =>
        `${named(bill)}: ${what} is "${quickBooks}" in QuickBooks, "${mineralTree}" in MineralTree`,
    );
}

function repeated<T>(records: readonly T[], key: (record: T) => string | undefined): [string, T[]][] {
  const groups = new Map<string, T[]>();
  for (const record of records) {
    const value = key(record);
    if (value) groups.set(value, [...(groups.get(value) ?? []), record]);
  }
  return [...groups].filter(([, group]) => group.length > 1);
}

const sameNumber = (a: QuickBooksBill, b: QuickBooksBill): boolean =>
  a.vendorId === b.vendorId && !!a.refNumber && a.refNumber.trim().toLowerCase() === b.refNumber?.trim().toLowerCase();
const amounts = (lines: readonly { readonly amountCents: number }[]): string =>
  lines.map(({ amountCents }) => formatCents(amountCents)).join(' + ');
const named = ({ vendor, refNumber, id }: QuickBooksBill): string => `bill ${refNumber ?? id} of ${vendor}`;
const label = ({ invoiceNumber, id }: MineralTreeBill): string => `invoice ${invoiceNumber ?? id}`;
const word = (active: boolean): string => (active ? 'active' : 'inactive');
const sum = (cents: readonly number[]): number => cents.reduce((total, value) => total + value, 0);
