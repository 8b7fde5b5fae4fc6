/**
 * What a payment does to the bills that it pays, whatever changes of the payment: its status, its bills, its amounts.
 *
 * 1. A bill waits in a payment (`queued`) while the payment is pending; its balance is lowered while the payment is applied,
 *    by what is paid and by the discount that was taken; otherwise it is as if the payment were not there.
 * 2. Money that went out is entered in full, also on a bill that owes less by now.
 * 3. A bill that a person deleted meanwhile is passed over.
 */
import { setAgainst } from './billLedger.ts';
import type { Books } from './books.ts';
import { effectOf } from './paymentStatus.ts';
import { type Author, type Entry, nextStamp, recorded, type StoredBill, type StoredPayment } from './record.ts';

/** The bills that change when a payment that was `before` (undefined: none) becomes `after`. Nothing is written. */
export function settledBills(
  books: Books,
  before: StoredPayment | undefined,
  after: StoredPayment,
  by: Author,
): readonly StoredBill[] {
  const [old, now] = [sharesOf(before), sharesOf(after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((id) => {
    const bill = books.find('bill', id);
    if (bill === undefined) return [];
    const [was, is] = [old.get(id) ?? NOTHING, now.get(id) ?? NOTHING];
    const moves: readonly Pick<Entry, 'kind' | 'cents' | 'ref'>[] = [
      { kind: 'payment' as const, cents: was.paid - is.paid, ref: after.id },
      { kind: 'discount' as const, cents: was.discount - is.discount, ref: after.id },
    ].filter(({ cents }) => cents !== 0);
    if (moves.length === 0 && was.waits === is.waits) return [];
    const at = nextStamp(books.nowMs(), bill.modified);
    const others = (bill.queued ?? []).filter((payment) => payment !== after.id);
    const { closing: _, ...rest } = bill;
    const next = moves.length === 0 ? bill : { ...rest, ...setAgainst(bill, moves, at, by) };
    return {
      ...next,
      queued: is.waits ? [...others, after.id] : others,
      modified: at,
      history: recorded(bill.history, { at, by, action: actionOf(was, is), changes: [] }),
    };
  });
}

interface Share {
  readonly paid: number;
  readonly discount: number;
  readonly waits: boolean;
}
const NOTHING: Share = { paid: 0, discount: 0, waits: false };

/** By bill: what the payment does to it now. A credit that was applied is entered as such, not as a payment. */
function sharesOf(payment: StoredPayment | undefined): ReadonlyMap<string, Share> {
  if (payment === undefined || payment.origin === 'credit') return new Map();
  const effect = effectOf(payment.status);
  if (effect === 'none') return new Map();
  const applied = effect === 'applied';
  return new Map(
    (payment.values.bills ?? []).map(({ id = '', appliedPaymentAmount = 0 }) => [
      id,
      {
        paid: applied ? appliedPaymentAmount : 0,
        discount: applied ? (payment.discounts?.[id] ?? 0) : 0,
        waits: !applied,
      },
    ]),
  );
}

function actionOf(was: Share, is: Share): string {
  if (is.waits && !was.waits) return was.paid > 0 ? 'payment taken back' : 'queued for payment';
  if (is.paid > was.paid) return 'paid';
  return is.paid < was.paid ? 'payment taken back' : 'payment given up';
}
