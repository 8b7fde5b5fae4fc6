/**
 * The book of QuickBooks in itself.
 *
 * 1. Every journal entry balances.
 * 2. What is left of a bill, a credit or another transaction of A/P is its amount less what was paid, discounted and set
 *    against it, never below zero; a credit stands only on what the same vendor is owed in the same A/P account.
 * 3. The balance of each A/P account, by the journal, is what is open on it, less open credits, plus receipts not billed.
 * 4. Lines make their bill or credit. Nothing was posted twice: no external GUID stands on two records, and no application
 *    entered a bill under a number that the vendor had.
 */
import { formatCents } from '../../domain/money.ts';
import type { QuickBooksBill, QuickBooksBooks, QuickBooksCredit, VendorTransaction } from './books.ts';
import { billNamed, creditNamed, paymentNamed, repeated, sum } from './naming.ts';

export function soundQuickBooks(books: QuickBooksBooks): readonly string[] {
  return [
    ...entriesBalance(books),
    ...openIsRight(books),
    ...accountsAreRight(books),
    ...books.bills.flatMap((bill) => linesMake(billNamed(bill), bill)),
    ...books.credits.flatMap((credit) => linesMake(creditNamed(credit), credit)),
    ...books.payments.flatMap((payment) => {
      const paid = sum(payment.bills.map(({ amountCents }) => amountCents));
      if (paid === payment.amountCents) return [];
      return `${paymentNamed(payment)} in QuickBooks is ${formatCents(payment.amountCents)}, its parts ${formatCents(paid)}`;
    }),
    ...nothingTwice(books),
  ];
}

function entriesBalance({ journal }: QuickBooksBooks): readonly string[] {
  return journal.flatMap(({ txnId, entries }) => {
    const total = sum(entries.map(({ cents }) => cents));
    return total === 0 ? [] : `QuickBooks transaction ${txnId} is out of balance by ${formatCents(total)}`;
  });
}

/** What stands on either side of A/P, with what is left by the book's own word. */
interface Payable {
  readonly id: string;
  readonly name: string;
  readonly vendorId?: string | undefined;
  readonly apAccountId?: string | undefined;
  readonly side: 'owed' | 'credit';
  readonly amountCents: number;
  readonly openCents: number;
}

function payablesOf({ bills, credits, otherTransactions }: QuickBooksBooks): ReadonlyMap<string, Payable> {
  const all: readonly Payable[] = [
    ...bills.map((bill) => ({ ...bill, name: billNamed(bill), side: 'owed' as const })),
    ...credits.map((credit) => ({ ...credit, name: creditNamed(credit), side: 'credit' as const })),
    ...otherTransactions.flatMap(({ id, type, refNumber, vendorId, apAccountId, side, amountCents, openCents }) =>
      side === undefined || amountCents === undefined || openCents === undefined
        ? []
        : { id, name: `${type} ${refNumber ?? id}`, vendorId, apAccountId, side, amountCents, openCents },
    ),
  ];
  return new Map(all.map((each) => [each.id, each]));
}

function openIsRight(books: QuickBooksBooks): readonly string[] {
  const found: string[] = [];
  const payables = payablesOf(books);
  const settled = new Map<string, number>();
  const settle = (id: string, cents: number): void => void settled.set(id, (settled.get(id) ?? 0) + cents);
  for (const { bills } of books.payments)
    for (const { billId, amountCents, discountCents } of bills) settle(billId, amountCents + discountCents);
  for (const { creditTxnId, billTxnId, amountCents } of books.applications) {
    settle(creditTxnId, amountCents);
    settle(billTxnId, amountCents);
    const [credit, bill] = [payables.get(creditTxnId), payables.get(billTxnId)];
    if (credit?.side !== 'credit' || bill?.side !== 'owed')
      found.push(`in QuickBooks ${creditTxnId} is set against ${billTxnId}, which are not a credit and a bill`);
    else if (credit.vendorId !== bill.vendorId || credit.apAccountId !== bill.apAccountId)
      found.push(`in QuickBooks the ${credit.name} is set against the ${bill.name}, of another vendor or A/P account`);
  }
  for (const { id, name, amountCents, openCents } of payables.values()) {
    const left = amountCents - (settled.get(id) ?? 0);
    if (openCents !== left)
      found.push(
        `${name} in QuickBooks has ${formatCents(openCents)} open; its settlements leave ${formatCents(left)}`,
      );
    if (amountCents >= 0 && openCents < 0) found.push(`${name} in QuickBooks is settled by more than its amount`);
  }
  for (const id of settled.keys())
    if (!payables.has(id)) found.push(`in QuickBooks ${id} is paid or applied, and is no transaction of A/P`);
  return found;
}

function accountsAreRight(books: QuickBooksBooks): readonly string[] {
  const byJournal = new Map<string, number>();
  for (const { entries } of books.journal)
    for (const { accountId, cents, foreignCents = cents } of entries)
      byJournal.set(accountId, (byJournal.get(accountId) ?? 0) - foreignCents);
  const open = new Map<string, number>();
  const add = (accountId: string, cents: number): void => void open.set(accountId, (open.get(accountId) ?? 0) + cents);
  for (const { apAccountId = '', side, openCents } of payablesOf(books).values())
    add(apAccountId, side === 'owed' ? openCents : -openCents);
  for (const { side, billedBy, voided, type, lines } of books.otherTransactions)
    if (side === undefined && billedBy === undefined && !voided && type !== 'PurchaseOrder')
      for (const { accountId, cents } of lines) add(accountId, -cents);
  return books.accounts
    .filter(({ type }) => type === 'AccountsPayable')
    .flatMap(({ id, fullName, balanceCents }) => {
      const [journal, left] = [byJournal.get(id) ?? 0, open.get(id) ?? 0];
      return [
        ...(journal === left
          ? []
          : [
              `QuickBooks owes ${formatCents(journal)} by its account ${fullName}, but ${formatCents(left)} by what is open`,
            ]),
        ...(balanceCents === journal
          ? []
          : [`QuickBooks shows ${formatCents(balanceCents)} on ${fullName}; its journal says ${formatCents(journal)}`]),
      ];
    });
}

function linesMake(name: string, document: QuickBooksBill | QuickBooksCredit): readonly string[] {
  const { expenseLines, itemLines, groupLines = [], amountCents } = document;
  const all = [...expenseLines, ...itemLines, ...groupLines.flatMap(({ lines }) => lines)];
  const lines = sum(all.map((line) => line.amountCents));
  return lines === amountCents
    ? []
    : [`${name} in QuickBooks is ${formatCents(amountCents)}, its lines ${formatCents(lines)}`];
}

function nothingTwice({ bills, credits, payments }: QuickBooksBooks): readonly string[] {
  const twice = (what: string, records: readonly VendorTransaction[]): readonly string[] =>
    repeated(records, ({ guid }) => guid).map(
      ([guid, group]) =>
        `${group.length} ${what} in QuickBooks carry the same external GUID ${guid}: posted more than once`,
    );
  const posts = bills.filter((bill) => bill.createdBy === 'application' && !bill.voided);
  return [
    ...twice('bills', bills),
    ...twice('credits', credits),
    ...twice('payments', payments),
    ...posts.flatMap((post) =>
      bills.some((bill) => bill !== post && !bill.voided && sameNumber(bill, post) && bill.id < post.id)
        ? `${billNamed(post)} was posted to QuickBooks although the vendor had a bill of that number`
        : [],
    ),
  ];
}

const sameNumber = (a: QuickBooksBill, b: QuickBooksBill): boolean =>
  a.vendorId === b.vendorId && !!a.refNumber && a.refNumber.trim().toLowerCase() === b.refNumber?.trim().toLowerCase();
