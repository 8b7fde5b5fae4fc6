/**
 * Putting invoices into the queue of payments, as a person does.
 *
 * 1. Only what is posted and in the ledger is paid, and at most what is open and does not wait in another payment.
 * 2. Invoices of one vendor become one payment, unless grouping is off for that vendor.
 * 3. A discount that MineralTree takes lowers what is paid; it is no line of the remittance. The credits that the remittance
 *    shows are those which no other payment of the invoice shows.
 */
import { randomUUID } from 'node:crypto';
import { formatCents } from '../../domain/money.ts';
import { balanceOf, settledOf, standingOf, stateOf, statusWords } from './billLedger.ts';
import { nameOf } from './bookEntry.ts';
import type { Books } from './books.ts';
import { dayOf } from './calendar.ts';
import { offeredDiscount, takesDiscounts } from './discount.ts';
import { invoiceOf } from './invoices.ts';
import { MoveRefused } from './moves.ts';
import type { PaymentMove } from './paymentMoves.ts';
import { effectOf } from './paymentStatus.ts';
import { type Stored, type StoredBill, type StoredPayment, stampOf } from './record.ts';
import { settledBills } from './settling.ts';

const FOR_APPROVAL = 10;
const QUEUED = 6000;

interface Share {
  readonly bill: StoredBill;
  readonly cents: number;
  readonly discountCents: number;
}

/** The payments that were made of it. */
export function queuePayments(books: Books, move: PaymentMove<'queue-payment'>): readonly StoredPayment[] {
  const { company, date = dayOf(books.nowMs()) } = move;
  const method = accountNamed(books, company, move.paymentMethod);
  if (method.values.status === 'Locked') throw new MoveRefused(422, `the account ${move.paymentMethod} is locked`);
  const groups = new Map<string, Share[]>();
  for (const [index, { bill: id, amount }] of move.bills.entries()) {
    if (move.bills.findIndex(({ bill }) => bill === id) !== index)
      throw new MoveRefused(400, `bills.${index}.bill: ${id} is there twice`);
    const bill = invoiceOf(books, { company, bill: id });
    const share = shareOf(books, bill, amount, date);
    const { vendor = '' } = bill.values;
    const grouped = books.find('vendor', vendor)?.preferences?.grouping !== false;
    const key = grouped ? `${vendor}/${bill.currency}` : bill.id;
    groups.set(key, [...(groups.get(key) ?? []), share]);
  }
  const at = stampOf(books.nowMs());
  const payments = [...groups.values()].map((shares): StoredPayment => {
    const [first] = shares;
    const discounts = shares.filter(({ discountCents }) => discountCents > 0);
    return {
      kind: 'payment',
      id: randomUUID(),
      companyId: company,
      externalId: '',
      created: at,
      modified: at,
      createdBy: 'person',
      values: {
        paymentMethod: method.id,
        fundMethod: { type: move.fundMethod },
        ...(first?.bill.values.vendor !== undefined && { vendor: first.bill.values.vendor }),
        bills: shares.map(({ bill, cents }) => ({ id: bill.id, appliedPaymentAmount: cents })),
        amount: shares.reduce((sum, { cents }) => sum + cents, 0),
        transactionDate: date,
      },
      history: [{ at, by: 'person', action: 'queued', changes: [] }],
      currency: first?.bill.currency ?? 'USD',
      status: move.submit ? FOR_APPROVAL : QUEUED,
      origin: 'person',
      processed: false,
      ...(discounts.length > 0 && {
        discounts: Object.fromEntries(discounts.map(({ bill, discountCents }) => [bill.id, discountCents])),
      }),
      shownCredits: Object.fromEntries(shares.map(({ bill }) => [bill.id, unshownCredits(books, bill)])),
    };
  });
  books.put(...payments, ...payments.flatMap((payment) => settledBills(books, undefined, payment, 'person')));
  return payments;
}

function shareOf(books: Books, bill: StoredBill, amount: number | undefined, date: string): Share {
  const refused = (why: string) =>
    new MoveRefused(422, `invoice ${bill.values.invoiceNumber ?? bill.id} (${statusWords(bill)}) ${why}`);
  const state = stateOf(bill);
  if (bill.stage !== 'Posted' || bill.externalId === '')
    throw refused('has to be posted to the ledger before it can be paid');
  if (state !== 'Open' && state !== 'PendingSettled') throw refused('cannot be paid');
  const waiting = (bill.queued ?? []).flatMap((id) => books.find('payment', id) ?? []);
  const free = balanceOf(bill) - waiting.reduce((sum, payment) => sum + claimOf(payment, bill.id), 0);
  if (free <= 0) throw refused('waits in another payment');
  if (amount !== undefined && amount > free) throw refused(`has ${formatCents(free)} open, less than that`);
  const discountCents = discountOf(books, bill, waiting, date);
  const taken = (amount ?? free) === free && discountCents < free ? discountCents : 0;
  return { bill, cents: (amount ?? free) - taken, discountCents: taken };
}

/** What a waiting payment takes of a bill. */
function claimOf(payment: StoredPayment, billId: string): number {
  const paid = payment.values.bills?.find(({ id }) => id === billId)?.appliedPaymentAmount ?? 0;
  return paid + (payment.discounts?.[billId] ?? 0);
}

function discountOf(books: Books, bill: StoredBill, waiting: readonly StoredPayment[], date: string): number {
  const offered = offeredDiscount(books, bill);
  const once =
    settledOf(bill).discounts === 0 && waiting.every(({ discounts = {} }) => discounts[bill.id] === undefined);
  return offered !== undefined &&
    once &&
    date <= offered.until &&
    takesDiscounts(books, bill.companyId, bill.values.vendor ?? '')
    ? offered.cents
    : 0;
}

function unshownCredits(books: Books, bill: StoredBill): readonly string[] {
  const others = [...(bill.queued ?? []), ...standingOf(bill, 'payment').keys()];
  const shown = new Set(others.flatMap((id) => shownBy(books.find('payment', id), bill.id)));
  return [...standingOf(bill, 'credit').keys()].filter((id) => !shown.has(id));
}

const shownBy = (payment: StoredPayment | undefined, billId: string): readonly string[] =>
  payment !== undefined && effectOf(payment.status) !== 'none' ? (payment.shownCredits?.[billId] ?? []) : [];

function accountNamed(books: Books, company: string, name: string): Stored<'paymentMethod'> {
  const [found, ...more] = books.all(company, 'paymentMethod').filter((method) => nameOf(method) === name);
  if (found === undefined)
    throw new MoveRefused(400, `paymentMethod: the company has no account "${name}" to pay from`);
  if (more.length > 0) throw new MoveRefused(400, `paymentMethod: the company has ${more.length + 1} of "${name}"`);
  return found;
}
