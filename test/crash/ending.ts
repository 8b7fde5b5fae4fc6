/** How the books of a row must look when all is over: once, and alike on both sides. */
import type { Books } from '../../src/cli/demo/cast.ts';
import { judge } from '../../src/sandbox/judge/index.ts';
import { type Actor, BANK, BILL, CARD, CARD_NUMBER, CHECK_NUMBER, isPayment, TERMS } from './actors.ts';
import type { Row } from './rows.ts';

/** What is compared: its name, what was found, what there must be. */
type Expected = readonly (readonly [what: string, found: unknown, wanted: unknown])[];

/** Differences from what the row must end with; where there are none, whatever an independent judge finds. In words. */
export function differences({ row }: Actor, books: Books): readonly string[] {
  const expected = [...bills(row, books), ...vendor(row, books), ...payments(row, books), ...terms(row, books)];
  const found = expected
    .filter(([, is, wanted]) => is !== wanted)
    .map(([what, is, wanted]) => `${what}: ${String(is)} instead of ${String(wanted)}`);
  return found.length > 0 ? found : judge(books.quickBooks, books.mineralTree).differences;
}

function vendor({ kind }: Row, { quickBooks }: Books): Expected {
  const phone = quickBooks.vendors.find(({ name }) => name === 'Cascade Supply')?.phone;
  return [['phone', phone, kind === 'VendorMod' ? '555-0199' : '555-0100']];
}

function bills({ kind }: Row, { quickBooks, mineralTree }: Books): Expected {
  const there = quickBooks.bills.filter(({ refNumber }) => refNumber === BILL);
  const here = mineralTree.bills.filter(({ invoiceNumber }) => invoiceNumber === BILL);
  const [bill, invoice] = [there[0], here[0]];
  const count = kind === 'VendorMod' || kind === 'StandardTermsAdd' ? 0 : 1;
  const counts = [
    ['bills in QuickBooks', there.length, count],
    ['all bills in QuickBooks', quickBooks.bills.length, count],
    ['invoices in MineralTree', here.length, count],
  ] as const;
  if (count === 0) return counts;
  const amount = kind === 'BillMod' ? 13_000 : 12_000;
  const open = isPayment(kind) && kind !== 'TxnVoid' ? 0 : amount;
  return [
    ...counts,
    ['amount in QuickBooks', bill?.amountCents, amount],
    ['amount in MineralTree', invoice?.amountCents, amount],
    ['open in QuickBooks', bill?.openCents, open],
    ['open in MineralTree', invoice?.balanceCents, open],
    ['memo', bill?.memo, kind === 'BillMod' ? 'as agreed' : undefined],
    ['externalId of the invoice', invoice?.externalId, bill?.id],
  ];
}

function payments({ kind }: Row, { quickBooks, mineralTree }: Books): Expected {
  const counts = [
    ['payments in QuickBooks', quickBooks.payments.length, isPayment(kind) ? 1 : 0],
    ['payments in MineralTree', mineralTree.payments.length, isPayment(kind) ? 1 : 0],
  ] as const;
  const [there, here] = [quickBooks.payments[0], mineralTree.payments[0]];
  if (there === undefined || here === undefined) return counts;
  const byCard = kind === 'BillPaymentCreditCardAdd';
  return [
    ...counts,
    ['method', there.method, byCard ? 'creditCard' : 'check'],
    ['account', there.account, byCard ? CARD : BANK],
    ['number', there.refNumber, byCard ? CARD_NUMBER : String(CHECK_NUMBER)],
    ['voided', there.voided, kind === 'TxnVoid'],
    ['amount of the payment in QuickBooks', there.amountCents, kind === 'TxnVoid' ? 0 : 12_000],
    ['amount of the payment in MineralTree', here.amountCents, 12_000],
    ['externalId of the payment', here.externalId, there.id],
  ];
}

function terms({ kind }: Row, { quickBooks, mineralTree }: Books): Expected {
  const there = quickBooks.terms.filter(({ name }) => name === TERMS);
  const here = mineralTree.terms.filter(({ name }) => name === TERMS);
  const count = kind === 'StandardTermsAdd' ? 1 : 0;
  return [
    ['terms in QuickBooks', there.length, count],
    ['terms in MineralTree', here.length, count],
    ['days of the terms', there[0]?.dueDays, count === 0 ? undefined : 30],
    ['days of the discount', there[0]?.discountDays, count === 0 ? undefined : 10],
  ];
}
