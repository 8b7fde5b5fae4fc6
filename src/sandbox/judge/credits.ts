/**
 * Every credit of QuickBooks of which something is left stands in MineralTree once, alike in vendor, number, date and what
 * is left; one that is used up stands there with nothing left, if it stands there. Each application of a credit to a bill
 * stands on the invoice as a bill credit over the same amount, and no other does. What lowers a bill without being a vendor
 * credit (a journal entry) is told by its amount alone: MineralTree has no such record. Checks and card charges that were set
 * against a bill are money, and no credits (`payments.ts`).
 */
import { formatCents } from '../../domain/money.ts';
import type { BothBooks } from './books.ts';
import type { Excused } from './exceptions.ts';
import { amounts, billNamed, creditNamed, creditOfMineralTree, grouped, sum, unlike } from './naming.ts';

export function creditsAgree(books: BothBooks, excused: Excused): readonly string[] {
  return [...credits(books, excused), ...applications(books, excused)];
}

function credits({ quickBooks, mineralTree }: BothBooks, excused: Excused): readonly string[] {
  const theirs = new Map(mineralTree.credits.map((credit) => [credit.externalId ?? '', credit]));
  const vendorOf = new Map(mineralTree.vendors.map(({ id, externalId }) => [id, externalId ?? '']));
  const ours = new Set([...quickBooks.credits, ...quickBooks.otherTransactions].map(({ id }) => id));
  const missing = quickBooks.credits.flatMap((credit): readonly string[] => {
    if (credit.voided || excused.credits.has(credit.id)) return [];
    const found = theirs.get(credit.id);
    if (found === undefined)
      return credit.openCents === 0 ? [] : [`${creditNamed(credit)} of QuickBooks is not in MineralTree`];
    // What stands on a bill that may differ is not told apart from what is left.
    const there = quickBooks.applications.filter(
      ({ creditTxnId, billTxnId }) => creditTxnId === credit.id && excused.bills.has(billTxnId),
    );
    const here = mineralTree.billCredits.filter(
      (each) => !each.voided && each.credit?.id === found.id && excused.bills.has(each.invoice.externalId ?? ''),
    );
    const [left, theirLeft] = [
      credit.openCents + sum(there.map(({ amountCents }) => amountCents)),
      found.remainingCents + sum(here.map(({ appliedCents }) => appliedCents)),
    ];
    return unlike(creditNamed(credit), [
      ['vendor', credit.vendorId, vendorOf.get(found.vendor?.id ?? '') ?? ''],
      ['number', credit.refNumber ?? '', found.creditNumber ?? ''],
      ['date', credit.txnDate, found.transactionDate],
      ['what is left', formatCents(left), formatCents(theirLeft)],
    ]);
  });
  const unknown = mineralTree.credits.flatMap((credit) => {
    const [id = ''] = (credit.externalId ?? '').split('/');
    if (credit.status === 'Voided' || ours.has(id) || excused.credits.has(id)) return [];
    return [`${creditOfMineralTree(credit)} of MineralTree names a credit that QuickBooks does not have`];
  });
  return [...missing, ...unknown];
}

function applications({ quickBooks, mineralTree }: BothBooks, excused: Excused): readonly string[] {
  const invoiceOf = new Map(mineralTree.bills.map((bill) => [bill.externalId ?? '', bill.id]));
  const standing = grouped(
    mineralTree.billCredits.filter(({ voided }) => !voided),
    ({ invoice }) => invoice.id,
  );
  const applied = grouped(
    quickBooks.applications.filter(({ creditType }) => !isMoney(creditType)),
    ({ billTxnId }) => billTxnId,
  );
  return quickBooks.bills.flatMap((bill): readonly string[] => {
    const invoiceId = invoiceOf.get(bill.id);
    if (bill.voided || invoiceId === undefined || excused.bills.has(bill.id) || excused.invoices.has(invoiceId))
      return [];
    const there = (applied.get(bill.id) ?? []).filter(({ creditTxnId }) => !excused.credits.has(creditTxnId));
    const here = (standing.get(invoiceId) ?? []).filter(
      ({ credit }) => !excused.credits.has((credit?.externalId ?? '').split('/')[0] ?? ''),
    );
    const vendorCredits = [
      ...new Set([
        ...there.flatMap(({ creditTxnId, creditType }) => (creditType === 'VendorCredit' ? creditTxnId : [])),
        ...here.flatMap(({ credit }) => (credit?.externalId?.includes('/') === false ? credit.externalId : [])),
      ]),
    ];
    const byCredit = vendorCredits.map((id): readonly [string, string, string] => [
      `credit ${quickBooks.credits.find((credit) => credit.id === id)?.refNumber ?? id} applied`,
      formatCents(sum(there.flatMap((each) => (each.creditTxnId === id ? each.amountCents : [])))),
      formatCents(sum(here.flatMap(({ credit, appliedCents }) => (credit?.externalId === id ? appliedCents : [])))),
    ]);
    return unlike(billNamed(bill), [
      ...byCredit,
      [
        'credits applied',
        amounts(there.map(({ amountCents }) => amountCents)),
        amounts(here.map(({ appliedCents }) => appliedCents)),
      ],
    ]);
  });
}

/** Whether what was set against a bill is money that left, and no credit. */
export const isMoney = (type: string): boolean => type === 'Check' || type === 'CreditCardCharge';
