/**
 * What is owed on a bill, and the state that follows from it.
 *
 * 1. The balance of a posted bill is the sum of its entries; a write of an absolute balance adds the difference.
 * 2. The state is never kept: Draft and AwaitingApproval by stage, else Voided, else by the balance Open (or
 *    PendingSettled, when so written), Settled or ClosedByCredit. A posted bill over 0.00 is Settled at once.
 * 3. A balance lies between zero and the amount.
 *
 * States of the API guide; that drafts and waiting invoices carry a state of their own in JSON is unverified.
 */
import type { Author, Entry, StoredBill } from './record.ts';
import { invalid } from './refusal.ts';

export type WrittenState = 'Open' | 'Settled' | 'PendingSettled' | 'ClosedByCredit' | 'Voided';
export type BillState = WrittenState | 'Draft' | 'AwaitingApproval';
type Standing = Pick<StoredBill, 'stage' | 'entries' | 'closing' | 'values'>;

/** In cents. Of what is not posted nothing is owed yet; the API shows its amount. */
export const balanceOf = ({ stage, entries, values }: Standing): number =>
  stage === 'Posted' ? entries.reduce((sum, { cents }) => sum + cents, 0) : (values.amount ?? 0);

export function stateOf(bill: Standing): BillState {
  if (bill.stage !== 'Posted') return bill.stage;
  if (bill.closing === 'Voided') return 'Voided';
  if (balanceOf(bill) === 0) return bill.closing === 'ClosedByCredit' ? 'ClosedByCredit' : 'Settled';
  return bill.closing === 'PendingSettled' ? 'PendingSettled' : 'Open';
}

/** `billOrCredit_status` of search. The guide has no number for Voided: 5 is ours. */
export const STATUS_NUMBERS: Readonly<Record<BillState, number>> = {
  Open: 1,
  Settled: 2,
  PendingSettled: 3,
  Draft: 4,
  Voided: 5,
  ClosedByCredit: 6,
  AwaitingApproval: 8,
};

/** The words of MineralTree's invoice pages. */
export function statusWords(bill: StoredBill): string {
  const state = stateOf(bill);
  switch (state) {
    case 'Draft':
      return bill.approved ? 'Approved' : 'Draft';
    case 'AwaitingApproval':
      return 'Awaiting Approval';
    case 'Open':
      return bill.externalId === '' ? 'Awaiting Sync' : 'Unpaid';
    case 'PendingSettled':
      return 'Payment Pending';
    case 'Settled':
      return bill.externalId === '' ? 'Awaiting Sync' : 'Paid';
    case 'ClosedByCredit':
      return 'Closed by Credit';
    case 'Voided':
      return 'Voided';
  }
}

type Move = Pick<StoredBill, 'entries'> & { readonly closing?: NonNullable<StoredBill['closing']> };

/** The entries of an invoice that is posted with this amount. */
export const posted = (amount: number, at: string, by: Author): Move => ({
  entries: [{ at, by, kind: 'invoice', cents: amount }],
});

/**
 * What becomes of a posted bill when its amount, balance or state are written. `amount` is the new one. Throws `Refusal`
 * when they contradict each other.
 */
export function restated(
  bill: Standing,
  written: {
    readonly amount: number;
    readonly balance?: number | undefined;
    readonly state?: WrittenState | undefined;
  },
  at: string,
  by: Author,
): Move {
  const { amount, state } = written;
  const entries: Entry[] = [...bill.entries];
  const sum = (): number => entries.reduce((total, { cents }) => total + cents, 0);
  const add = (kind: Entry['kind'], cents: number): void => {
    if (cents !== 0) entries.push({ at, by, kind, cents });
  };
  const wasVoided = bill.closing === 'Voided';
  if (!wasVoided) add('edit', amount - (bill.values.amount ?? 0));

  if (state === 'Voided' || (wasVoided && state === undefined && written.balance === undefined)) {
    if (written.balance !== undefined && written.balance !== 0)
      throw invalid('bill.balance', 'has to be 0 of a voided bill');
    add('void', -sum());
    return { entries, closing: 'Voided' };
  }
  if (wasVoided) add('edit', amount - sum());
  const closes = state === 'Settled' || state === 'ClosedByCredit';
  const balance = written.balance ?? (closes ? 0 : sum());
  if (closes && balance !== 0) throw invalid('bill.balance', `has to be 0 when the state is ${state}`);
  if (!between(balance, amount)) throw invalid('bill.balance', `${balance} is not between 0 and the amount ${amount}`);
  if (state === 'Open' && balance === 0 && amount !== 0)
    throw invalid('bill.state', 'Open needs a balance, and none is left: write the balance with it');
  add('settlement', balance - sum());
  const kept = bill.closing === 'Voided' ? undefined : bill.closing;
  const closing =
    state === undefined ? kept : state === 'ClosedByCredit' || state === 'PendingSettled' ? state : undefined;
  return closing === undefined ? { entries } : { entries, closing };
}

const between = (balance: number, amount: number): boolean =>
  amount >= 0 ? balance >= 0 && balance <= amount : balance <= 0 && balance >= amount;
