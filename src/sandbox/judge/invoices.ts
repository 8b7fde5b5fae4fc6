/**
 * The book of MineralTree in itself.
 *
 * 1. What is owed on a posted invoice is its amount less payments, credits and discounts, and what the ledger adjusted,
 *    between zero and the amount; payments and credits are those that stand in the book. Its state follows from it.
 * 2. What is left of a credit is its amount less its applications and what the ledger took; no more is applied than there is.
 * 3. A payment is the sum of what it pays. A credit applied is a payment with fund method CREDIT, over the same amount.
 * 4. No two records of a kind name the same record of QuickBooks.
 */
import { formatCents } from '../../domain/money.ts';
import type { Entry, MineralTreeBill, MineralTreeBooks } from './books.ts';
import { creditOfMineralTree, invoiceNamed, paymentOfMineralTree, repeated, sum } from './naming.ts';

export const UNPOSTED: ReadonlySet<string> = new Set(['Draft', 'AwaitingApproval']);

export function soundMineralTree(books: MineralTreeBooks): readonly string[] {
  return [
    ...namedTwice(books),
    ...books.bills.flatMap((bill) => (UNPOSTED.has(bill.state) ? [] : invoiceIsRight(books, bill))),
    ...creditsAreRight(books),
    ...paymentsAreRight(books),
  ];
}

function namedTwice(books: MineralTreeBooks): readonly string[] {
  const { bills, vendors, payments, credits, terms, accountingPeriods } = books;
  const kinds: readonly (readonly [
    plural: string,
    of: string,
    records: readonly { readonly externalId?: string }[],
  ])[] = [
    ['invoices', 'bill', bills],
    ['vendors', 'vendor', vendors],
    // A payment that stands for a credit is named by the credit's application.
    ['payments', 'payment', payments.filter(({ origin }) => origin !== 'credit')],
    ['credits', 'credit', credits],
    ['terms', 'terms', terms],
    ['accounting periods', 'closing date', accountingPeriods],
  ];
  return kinds.flatMap(([plural, of, records]) =>
    repeated(records, ({ externalId }) => externalId).map(
      ([externalId, twice]) => `${twice.length} ${plural} in MineralTree name the same QuickBooks ${of} ${externalId}`,
    ),
  );
}

const byKind = (entries: readonly Entry[], kind: Entry['kind']): number =>
  sum(entries.flatMap((entry) => (entry.kind === kind ? entry.cents : [])));

function invoiceIsRight({ payments, billCredits }: MineralTreeBooks, bill: MineralTreeBill): readonly string[] {
  const found: string[] = [];
  const { entries, amountCents, balanceCents, state } = bill;
  const says = (what: string, book: number, records: number): void => {
    if (book !== records)
      found.push(
        `${invoiceNamed(bill)} in MineralTree has ${what} of ${formatCents(book)}, but they make ${formatCents(records)}`,
      );
  };
  const parts = payments
    .filter(({ effect, origin }) => effect === 'applied' && origin !== 'credit')
    .flatMap(({ applied }) => applied.filter(({ invoice }) => invoice.id === bill.id));
  const paid = sum(parts.map(({ appliedCents }) => appliedCents));
  const discounted = sum(parts.map(({ discountCents = 0 }) => discountCents));
  const credited = sum(
    billCredits.flatMap(({ invoice, voided, appliedCents }) => (invoice.id === bill.id && !voided ? appliedCents : [])),
  );
  says('payments', -byKind(entries, 'payment') + 0, paid);
  says('discounts', -byKind(entries, 'discount') + 0, discounted);
  says('credits', -byKind(entries, 'credit') + 0, credited);
  const adjusted = byKind(entries, 'settlement') + byKind(entries, 'void');
  const left = amountCents - paid - discounted - credited + adjusted;
  if (balanceCents !== (amountCents < 0 ? left : Math.max(0, left)))
    found.push(
      `${invoiceNamed(bill)} in MineralTree owes ${formatCents(balanceCents)}; its entries leave ${formatCents(left)}`,
    );
  if (amountCents >= 0 && balanceCents > amountCents)
    found.push(`${invoiceNamed(bill)} in MineralTree owes ${formatCents(balanceCents)}, more than its amount`);
  const isClosed = state === 'Settled' || state === 'ClosedByCredit' || state === 'Voided';
  if (isClosed !== (balanceCents === 0))
    found.push(`${invoiceNamed(bill)} in MineralTree is ${state} and owes ${formatCents(balanceCents)}`);
  return found;
}

function creditsAreRight({ credits, billCredits }: MineralTreeBooks): readonly string[] {
  return credits.flatMap((credit) => {
    const found: string[] = [];
    const name = creditOfMineralTree(credit);
    const applied = sum(
      billCredits.flatMap((each) => (each.credit?.id === credit.id && !each.voided ? each.appliedCents : [])),
    );
    if (applied !== credit.appliedCents)
      found.push(
        `${name} in MineralTree has ${formatCents(credit.appliedCents)} applied; its applications make ${formatCents(applied)}`,
      );
    const taken = byKind(credit.entries, 'settlement') + byKind(credit.entries, 'void');
    const left = credit.amountCents - applied + taken;
    if (credit.remainingCents !== left || left < 0)
      found.push(
        `${name} in MineralTree has ${formatCents(credit.remainingCents)} left; its entries leave ${formatCents(left)}`,
      );
    return found;
  });
}

function paymentsAreRight({ payments, billCredits }: MineralTreeBooks): readonly string[] {
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  return [
    ...payments.flatMap((payment) => {
      const parts = sum(payment.applied.map(({ appliedCents }) => appliedCents));
      if (parts === payment.amountCents) return [];
      return `${paymentOfMineralTree(payment)} in MineralTree is ${formatCents(payment.amountCents)}, its parts ${formatCents(parts)}`;
    }),
    ...billCredits.flatMap(({ payment: id, appliedCents, voided, invoice }) => {
      const payment = byId.get(id ?? '');
      if (payment?.fundMethod !== 'CREDIT' || payment.amountCents !== appliedCents)
        return `the credit on invoice ${invoice.name ?? invoice.id} has no payment with fund method CREDIT over its amount`;
      if ((payment.effect === 'applied') === voided)
        return `the credit on invoice ${invoice.name ?? invoice.id} is ${voided ? 'void' : 'good'}, its payment is not`;
      return [];
    }),
  ];
}
