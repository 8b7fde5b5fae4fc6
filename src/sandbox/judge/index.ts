/**
 * The judge: do the books of the two sandboxes agree? It reads what each of them keeps and knows nothing of Tandem: no
 * link table, no store, no digest. What it calls a difference, an accountant would.
 *
 * What must hold for a company that has been synced and left alone:
 * 1. each book is sound in itself: `journal.ts` (QuickBooks), `invoices.ts` and `remittances.ts` (MineralTree);
 * 2. vendors, terms and closing date, bills, credits with their applications, and payments of both sides are alike: a file
 *    for each says what exactly.
 *
 * What may differ is given by name (`exceptions.ts`): what is in flight, was refused, or is held back as a problem. What must
 * hold of one book alone is never excused.
 */
import { billsAgree, postedInvoices } from './bills.ts';
import type { MineralTreeBooks, QuickBooksBooks } from './books.ts';
import { creditsAgree } from './credits.ts';
import { type Exceptions, excusedBy } from './exceptions.ts';
import { soundMineralTree } from './invoices.ts';
import { soundQuickBooks } from './journal.ts';
import { sum } from './naming.ts';
import { paymentsAgree } from './payments.ts';
import { postedPaymentsAgree } from './postedPayments.ts';
import { remittancesAreRight } from './remittances.ts';
import { closingDateAgrees, termsAgree } from './terms.ts';
import { vendorsAgree } from './vendors.ts';

export * from './books.ts';
export type { Exceptions } from './exceptions.ts';

export interface Verdict {
  readonly agree: boolean;
  /** Each difference in one sentence. */
  readonly differences: readonly string[];
  readonly billsInQuickBooks: number;
  readonly billsInMineralTree: number;
  readonly openInQuickBooksCents: number;
  readonly openInMineralTreeCents: number;
}

/** Compares two books. Pure. */
export function judge(
  quickBooks: QuickBooksBooks,
  mineralTree: MineralTreeBooks,
  exceptions: Exceptions = {},
): Verdict {
  const books = { quickBooks, mineralTree };
  const excused = excusedBy(exceptions);
  const differences = [
    ...soundBooks(quickBooks, mineralTree),
    ...vendorsAgree(books, excused),
    ...termsAgree(books, excused),
    ...closingDateAgrees(books),
    ...billsAgree(books, excused),
    ...creditsAgree(books, excused),
    ...paymentsAgree(books, excused),
    ...postedPaymentsAgree(books, excused),
  ];
  const due = postedInvoices(books).filter((bill) => bill.externalId && !excused.invoices.has(bill.id));
  return {
    agree: differences.length === 0,
    differences,
    billsInQuickBooks: quickBooks.bills.length,
    billsInMineralTree: due.length,
    openInQuickBooksCents: sum(quickBooks.bills.map((bill) => bill.openCents)),
    openInMineralTreeCents: sum(due.map((bill) => bill.balanceCents)),
  };
}

/** What must hold of each book in itself, whatever becomes of the other. */
export const soundBooks = (quickBooks: QuickBooksBooks, mineralTree: MineralTreeBooks): readonly string[] => [
  ...soundQuickBooks(quickBooks),
  ...soundMineralTree(mineralTree),
  ...remittancesAreRight(mineralTree),
];
