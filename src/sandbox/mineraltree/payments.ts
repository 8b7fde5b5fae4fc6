/**
 * A payment's way at a person's hands: approved, scheduled, held, given up, made, and taken back.
 *
 * 1. Queued (6000) -> ForApproval (10) -> (FirstLevelApproved, 900) -> Approved (1000, Scheduled) -> paid. A check that
 *    MineralTree prints may go 1050, 1060, 1090 on its way to 1010; a manual payment is paid when a person marks it so.
 * 2. Given up before it was made (13, 30, 3000), or taken back after (1080, 1100, 2000): what it paid is owed again.
 * 3. `setStatus` is a shortcut to any status of the guide; books and bills follow as on any other way.
 *
 * Sources: "Payment Status Definitions", "Utilize Manual Payments", "Void a Payment". Which statuses a check passes
 * through, and that it ends in 1010, is unverified against a live MineralTree.
 */
import { standingOf } from './billLedger.ts';
import type { Books } from './books.ts';
import type { ValuesOf } from './entities.ts';
import { MoveRefused } from './moves.ts';
import type { PaymentMove } from './paymentMoves.ts';
import { effectOf, PAID, VOIDED, wasProcessed, wordsOf } from './paymentStatus.ts';
import { differences, nextStamp, recorded, type StoredPayment } from './record.ts';
import { settledBills } from './settling.ts';

type Named = PaymentMove<'hold'>;
const [HELD, FIRST_LEVEL, APPROVED] = [20, 900, 1000];

export const submitPayment = (books: Books, move: Named): StoredPayment =>
  step(books, at(books, move, [1, 6000], 'submitted'), { status: 10 }, 'submitted');

export function approvePayment(books: Books, move: Named): StoredPayment {
  const payment = at(books, move, [10, 15, FIRST_LEVEL], 'approved');
  const two = books.company(move.company)?.paymentApprovals === 2;
  return step(books, payment, { status: two && payment.status !== FIRST_LEVEL ? FIRST_LEVEL : APPROVED }, 'approved');
}

export const schedulePayment = (books: Books, move: PaymentMove<'schedule'>): StoredPayment =>
  step(books, pending(books, move, 'scheduled'), {}, 'scheduled', { transactionDate: move.date });

export function holdPayment(books: Books, move: Named): StoredPayment {
  const payment = at(books, move, [10, 15, FIRST_LEVEL, APPROVED], 'held');
  return step(books, payment, { status: HELD, heldFrom: payment.status }, 'held');
}

export function releasePayment(books: Books, move: Named): StoredPayment {
  const payment = at(books, move, [HELD], 'released');
  return step(books, payment, { status: payment.heldFrom ?? 10 }, 'released');
}

export const rejectPayment = (books: Books, move: Named): StoredPayment =>
  step(books, at(books, move, [10, 15, FIRST_LEVEL], 'rejected'), { status: 30 }, 'rejected');

export const failPayment = (books: Books, move: Named): StoredPayment =>
  step(books, at(books, move, [FIRST_LEVEL, APPROVED], 'failed'), { status: 3000 }, 'failed');

export const recallPayment = (books: Books, move: Named): StoredPayment =>
  step(books, pending(books, move, 'recalled'), { status: 13 }, 'recalled');

const STEPS = { issued: 1050, printed: 1060, mailed: 1090, paid: PAID } as const;

/** MineralTree makes the payment. A check has its number from the account's last one, an ACH payment a trace, unless given. */
export function processPayment(books: Books, move: PaymentMove<'process'>): StoredPayment {
  const payment = at(books, move, [APPROVED, STEPS.issued, STEPS.printed, STEPS.mailed], 'processed');
  if (payment.manual !== undefined) throw refused(payment, 'is a manual one: mark it as paid');
  const { fundMethod, checkNumber, sequenceText } = payment.values;
  const isCheck = fundMethod?.type === 'CHECK';
  const status = STEPS[move.step];
  if (!isCheck && move.step !== 'paid') throw refused(payment, 'is no check that is printed and mailed');
  if (payment.status >= PAID && status !== PAID && status <= payment.status)
    throw refused(payment, 'is past that step');
  const number = move.checkNumber ?? checkNumber ?? (isCheck ? nextCheckNumber(books, payment) : undefined);
  const trace =
    move.sequenceText ??
    sequenceText ??
    (isCheck ? String(number) : fundMethod?.type === 'ACH' ? nextTrace(books, payment) : undefined);
  return step(books, payment, { status }, 'processed', {
    ...(number !== undefined && { checkNumber: number }),
    ...(trace !== undefined && { sequenceText: trace }),
    ...(move.date !== undefined && { transactionDate: move.date }),
  });
}

export function voidPayment(books: Books, move: Named): StoredPayment {
  return step(books, made(books, move, 'voided'), { status: VOIDED }, 'voided');
}

export function cancelCheck(books: Books, move: Named): StoredPayment {
  const payment = made(books, move, 'cancelled');
  if (payment.values.fundMethod?.type !== 'CHECK') throw refused(payment, 'is no check');
  return step(books, payment, { status: 1100 }, 'check cancelled');
}

export function returnAch(books: Books, move: Named): StoredPayment {
  const payment = made(books, move, 'returned');
  if (payment.values.fundMethod?.type !== 'ACH') throw refused(payment, 'is no ACH payment');
  return step(books, payment, { status: 1080 }, 'returned by the bank');
}

export const manualCheck = (books: Books, move: PaymentMove<'manual-check'>): StoredPayment =>
  step(books, pending(books, move, 'made a manual check'), { manual: 'check' }, 'made a manual check', {
    fundMethod: { type: 'CHECK' },
    ...(move.checkNumber !== undefined && { checkNumber: move.checkNumber, sequenceText: String(move.checkNumber) }),
  });

export const manualCard = (books: Books, move: Named): StoredPayment =>
  step(books, pending(books, move, 'made a manual card payment'), { manual: 'card' }, 'made a manual card payment', {
    fundMethod: { type: 'CREDITCARD' },
  });

export const billerPortal = (books: Books, move: Named): StoredPayment =>
  step(books, pending(books, move, 'paid on a portal'), { manual: 'billerPortal' }, 'to be paid on the portal');

const MANUALLY_PAID = { check: 1070, card: 1110, billerPortal: 1120 } as const;

/** What was made elsewhere was made: until then a manual payment is nobody's business. */
export function markAsPaid(books: Books, move: PaymentMove<'mark-as-paid'>): StoredPayment {
  const payment = at(books, move, [APPROVED], 'marked as paid');
  if (payment.manual === undefined) throw refused(payment, 'is made by MineralTree, not by hand');
  if (payment.manual === 'check' && payment.values.checkNumber === undefined)
    throw new MoveRefused(422, 'a manual check needs its number first', ['payment: Check Number']);
  return step(books, payment, { status: MANUALLY_PAID[payment.manual] }, 'marked as paid', {
    ...(move.date !== undefined && { transactionDate: move.date }),
  });
}

/** The discount is paid after all. */
export function unapplyDiscount(books: Books, move: PaymentMove<'unapply-discount'>): StoredPayment {
  const payment = pending(books, move, 'changed');
  const { [move.bill]: cents, ...discounts } = payment.discounts ?? {};
  if (cents === undefined) throw refused(payment, 'takes no discount of that invoice');
  return step(books, payment, { discounts }, 'discount not taken', {
    bills: (payment.values.bills ?? []).map((paid) =>
      paid.id === move.bill ? { ...paid, appliedPaymentAmount: (paid.appliedPaymentAmount ?? 0) + cents } : paid,
    ),
    amount: (payment.values.amount ?? 0) + cents,
  });
}

export function setStatus(books: Books, move: PaymentMove<'set-status'>): StoredPayment {
  return step(books, paymentOf(books, move), { status: move.status }, 'status set');
}

/** One change of a payment, with its bills, as one write. */
function step(
  books: Books,
  payment: StoredPayment,
  change: Partial<Pick<StoredPayment, 'status' | 'manual' | 'heldFrom' | 'discounts'>>,
  action: string,
  values: Partial<ValuesOf<'payment'>> = {},
): StoredPayment {
  const modified = nextStamp(books.nowMs(), payment.modified);
  const { status } = { ...payment, ...change };
  const authorizes = payment.authorizedAt === undefined && (status === APPROVED || effectOf(status) === 'applied');
  const next: StoredPayment = {
    ...payment,
    ...change,
    values: { ...payment.values, ...values },
    modified,
    processed: payment.processed || wasProcessed(status),
    ...(authorizes && { authorizedAt: modified, shownCredits: creditsStillThere(books, payment) }),
  };
  const changes = [
    ...(status === payment.status ? [] : [{ field: 'status', from: payment.status, to: status }]),
    ...differences(payment.values, next.values),
  ];
  const after = {
    ...next,
    history: recorded(payment.history, { at: modified, by: 'person' as const, action, changes }),
  };
  books.put(after, ...settledBills(books, payment, after, 'person'));
  return after;
}

/** What the remittance shows is settled when the payment is authorized. */
function creditsStillThere(books: Books, { shownCredits = {} }: StoredPayment): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(shownCredits).map(([billId, shown]) => {
      const bill = books.find('bill', billId);
      const standing = bill === undefined ? undefined : standingOf(bill, 'credit');
      return [billId, shown.filter((id) => standing?.has(id) === true)];
    }),
  );
}

/** The payment, when a person may do something with it. */
function paymentOf(books: Books, { company, payment: id }: Named): StoredPayment {
  const payment = books.find('payment', id);
  if (payment?.companyId !== company) throw new MoveRefused(404, `payment: company ${company} has no payment ${id}`);
  if (payment.origin === 'credit') throw refused(payment, 'stands for a credit: the ledger takes it back');
  return payment;
}

function at(books: Books, move: Named, statuses: readonly number[], done: string): StoredPayment {
  const payment = paymentOf(books, move);
  if (payment.origin !== 'person' || !statuses.includes(payment.status)) throw refused(payment, `cannot be ${done}`);
  return payment;
}

function pending(books: Books, move: Named, done: string): StoredPayment {
  const payment = paymentOf(books, move);
  if (effectOf(payment.status) !== 'pending') throw refused(payment, `cannot be ${done} any more`);
  return payment;
}

function made(books: Books, move: Named, done: string): StoredPayment {
  const payment = paymentOf(books, move);
  if (effectOf(payment.status) !== 'applied') throw refused(payment, `was not made, so it cannot be ${done}`);
  return payment;
}

const refused = (payment: StoredPayment, why: string): MoveRefused =>
  new MoveRefused(422, `payment ${payment.id} (${wordsOf(payment.status)}) ${why}`);

function nextCheckNumber(books: Books, { companyId, values: { paymentMethod } }: StoredPayment): number {
  return books
    .all(companyId, 'payment')
    .filter(({ values }) => values.paymentMethod === paymentMethod && values.fundMethod?.type === 'CHECK')
    .reduce((next, { values: { checkNumber = 0 } }) => Math.max(next, checkNumber + 1), 1001);
}

/** Fifteen digits, as an ACH trace has. */
function nextTrace(books: Books, { companyId }: StoredPayment): string {
  const sent = books.all(companyId, 'payment').filter(({ processed }) => processed).length;
  return `09100001${String(sent + 1).padStart(7, '0')}`;
}
