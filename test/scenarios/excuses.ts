/**
 * What the open problems of a company excuse before the judge: a difference is allowed where a person was told of the record
 * that differs. What holds of one book in itself is never excused.
 *
 * | problem of | excuses |
 * | --- | --- |
 * | a bill | the bill |
 * | an invoice | the invoice, and what QuickBooks paid on its bill |
 * | a payment of MineralTree | the payment, what was posted of it, and the bills that it pays |
 * | a payment of QuickBooks | the payment, and the one of MineralTree that it came from, with its bills |
 * | a credit, a vendor, terms | itself |
 * | the ledgers, which do not agree | bills that the report names, and people deleted in MineralTree |
 *
 * A bill that people deleted in MineralTree and of which QuickBooks has nothing open is excused too: neither side owes it.
 */
import type { Exceptions, MineralTreeBooks, QuickBooksBooks } from '../../src/sandbox/judge/index.ts';
import { type Problem, TO_BE_SEEN } from '../../src/store/index.ts';
import type { LedgersReport } from '../../src/sync/index.ts';

/** These tell of something that is as it should be. */
const INNOCENT: ReadonlySet<string> = new Set(['dateDrivenTerms', 'paymentPaysOtherBills', 'ledgersDisagree']);

export function excusesOf(
  problems: readonly Problem[],
  { payments, bills, deletedBills = [] }: MineralTreeBooks,
  ledger: QuickBooksBooks,
  report: LedgersReport,
): Exceptions {
  const excused = {
    bills: new Set<string>(),
    invoices: new Set<string>(),
    vendors: new Set<string>(),
    credits: new Set<string>(),
    payments: new Set<string>(),
    paymentsOfMineralTree: new Set<string>(),
    terms: new Set<string>(),
  };
  const byMineralTree = (id: string): void => {
    const payment = payments.find((one) => one.id === id);
    excused.paymentsOfMineralTree.add(id);
    if (payment?.externalId) excused.payments.add(payment.externalId);
    for (const { invoice } of payment?.applied ?? []) if (invoice.externalId) excused.bills.add(invoice.externalId);
  };
  for (const { ledgerId = '', verdict } of report.lines)
    if (verdict === 'unexplained' && deletedBills.some(({ externalId }) => externalId === ledgerId))
      excused.bills.add(ledgerId);
  for (const { id, openCents } of ledger.bills)
    if (openCents === 0 && deletedBills.some(({ externalId }) => externalId === id)) excused.bills.add(id);
  for (const { code, key, subject } of problems) {
    const { kind, id, name = '' } = subject;
    if (INNOCENT.has(code) || key.startsWith(TO_BE_SEEN)) continue;
    switch (kind) {
      case 'bill': {
        excused.bills.add(id);
        // The part of the key names the payment of the bill that it is about.
        const part = key.split(`${code}:`)[1] ?? '';
        if (part !== '') excused.payments.add(part);
        const invoice = bills.find(({ externalId }) => externalId === id);
        for (const payment of payments)
          if (payment.origin === 'person' && payment.applied.some((paid) => paid.invoice.id === invoice?.id))
            excused.paymentsOfMineralTree.add(payment.id);
        break;
      }
      case 'invoice': {
        excused.invoices.add(id);
        const { invoiceNumber: number, externalId } = bills.find((bill) => bill.id === id) ?? {};
        for (const payment of ledger.payments)
          if (payment.bills.some(({ billId }) => billId === externalId)) excused.payments.add(payment.id);
        if (code === 'duplicateNumber')
          for (const bill of ledger.bills) if (bill.refNumber === number) excused.bills.add(bill.id);
        break;
      }
      case 'payment':
        byMineralTree(id);
        break;
      case 'checkPayment':
      case 'cardPayment':
        excused.payments.add(id);
        for (const payment of payments) if (payment.externalId === id) byMineralTree(payment.id);
        break;
      case 'credit':
        excused.credits.add(id);
        break;
      case 'vendor':
        excused.vendors.add(id);
        break;
      case 'term':
      case 'terms':
        excused.terms.add(name);
        break;
      default:
    }
  }
  return Object.fromEntries(Object.entries(excused).map(([what, ids]) => [what, [...ids]]));
}
