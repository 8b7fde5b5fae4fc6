/**
 * What is owed on a bill, and the state that follows from it.
 *
 * 1. The entries of a posted bill sum to amount - payments - credits - discounts + what the ledger adjusted. A write of an
 *    absolute balance adds an adjustment (`settlement`), so that the sum is what was written; later moves count from there.
 * 2. The sum never exceeds the amount: where money that is taken back would lift it above, the ledger's adjustment is
 *    taken back by as much. It may fall below zero, when more was paid than is owed: then nothing is owed and the bill is
 *    overpaid. The balance lies between zero and the amount.
 * 3. The state is never kept: Draft and AwaitingApproval by stage, else Voided, else by the balance Open (PendingSettled
 *    while it waits in a payment, or when so written), Settled or ClosedByCredit. A bill over 0.00 is Settled at once.
 *
 * States of the API guide; that drafts and waiting invoices carry a state of their own in JSON is unverified.
 */
import type { Author, Entry, StoredBill } from './record.ts';
import { invalid } from './refusal.ts';

export type WrittenState = 'Open' | 'Settled' | 'PendingSettled' | 'ClosedByCredit' | 'Voided';
export type BillState = WrittenState | 'Draft' | 'AwaitingApproval';
type Standing = Pick<StoredBill, 'stage' | 'entries' | 'closing' | 'queued' | 'values'>;

const sumOf = (entries: readonly Entry[], ...kinds: readonly Entry['kind'][]): number =>
  entries.reduce((sum, { kind, cents }) => (kinds.length === 0 || kinds.includes(kind) ? sum + cents : sum), 0);

/** In cents. Of what is not posted nothing is owed yet; the API shows its amount. */
export function balanceOf({ stage, entries, values: { amount = 0 } }: Standing): number {
  if (stage !== 'Posted') return amount;
  return shown(sumOf(entries), amount);
}

const shown = (sum: number, amount: number): number => (amount >= 0 ? Math.max(0, sum) : sum);

/** What came and went besides the amount, in cents above zero: `overpaid` is what was paid and is not owed. */
export function settledOf({ entries, values: { amount = 0 }, closing }: Standing) {
  const sum = sumOf(entries);
  return {
    payments: -sumOf(entries, 'payment') || 0,
    credits: -sumOf(entries, 'credit') || 0,
    discounts: -sumOf(entries, 'discount') || 0,
    adjustment: sumOf(entries, 'settlement'),
    overpaid: amount >= 0 && closing !== 'Voided' ? Math.max(0, -sum) || 0 : 0,
  };
}

/** Whether a payment or credit stands against the bill, or it waits in a payment. */
export const isAttached = (bill: Standing): boolean =>
  (bill.queued?.length ?? 0) > 0 || standingOf(bill, 'payment').size > 0 || standingOf(bill, 'credit').size > 0;

/** The payments, or the bill credits, that lower the balance now, with the cents. */
export function standingOf({ entries }: Standing, kind: 'payment' | 'credit'): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const entry of entries)
    if (entry.kind === kind && entry.ref !== undefined) sums.set(entry.ref, (sums.get(entry.ref) ?? 0) - entry.cents);
  return new Map([...sums].filter(([, cents]) => cents !== 0));
}

export function stateOf(bill: Standing): BillState {
  if (bill.stage !== 'Posted') return bill.stage;
  if (bill.closing === 'Voided') return 'Voided';
  if (balanceOf(bill) === 0) return bill.closing === 'ClosedByCredit' ? 'ClosedByCredit' : 'Settled';
  return bill.closing === 'PendingSettled' || (bill.queued?.length ?? 0) > 0 ? 'PendingSettled' : 'Open';
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
  const before = sumOf(entries);
  const add = (kind: Entry['kind'], cents: number): void => {
    if (cents !== 0) entries.push({ at, by, kind, cents });
  };
  const wasVoided = bill.closing === 'Voided';
  if (!wasVoided) add('edit', amount - (bill.values.amount ?? 0));

  if (state === 'Voided' || (wasVoided && state === undefined && written.balance === undefined)) {
    if (written.balance !== undefined && written.balance !== 0)
      throw invalid('bill.balance', 'has to be 0 of a voided bill');
    add('void', -sumOf(entries));
    return { entries, closing: 'Voided' };
  }
  if (wasVoided) {
    add('void', -sumOf(entries, 'void'));
    add('edit', amount - sumOf(entries, 'invoice', 'edit'));
  }
  const closes = state === 'Settled' || state === 'ClosedByCredit';
  const balance = written.balance ?? (closes ? 0 : undefined);
  if (closes && balance !== 0) throw invalid('bill.balance', `has to be 0 when the state is ${state}`);
  const owed = balance ?? sumOf(entries);
  const overpaidBefore = balance === undefined && owed < 0 && owed >= before;
  if (!between(owed, amount) && !overpaidBefore)
    throw invalid('bill.balance', `${owed} is not between 0 and the amount ${amount}`);
  if (state === 'Open' && (owed === 0 || overpaidBefore) && amount !== 0)
    throw invalid('bill.state', 'Open needs a balance, and none is left: write the balance with it');
  // What says only what is known leaves an overpaid bill overpaid.
  if (balance !== undefined && balance !== shown(sumOf(entries), amount)) add('settlement', balance - sumOf(entries));
  const kept = bill.closing === 'Voided' ? undefined : bill.closing;
  const closing =
    state === undefined ? kept : state === 'ClosedByCredit' || state === 'PendingSettled' ? state : undefined;
  return closing === undefined ? { entries } : { entries, closing };
}

/**
 * What becomes of a posted bill when money, a credit or a discount is set against it (cents below zero) or taken back
 * (above zero). A bill that credits alone closed is ClosedByCredit.
 */
export function setAgainst(
  bill: Standing,
  moves: readonly Pick<Entry, 'kind' | 'cents' | 'ref'>[],
  at: string,
  by: Author,
): Move {
  const entries: Entry[] = [...bill.entries, ...moves.map((move) => ({ at, by, ...move }))];
  const { amount = 0 } = bill.values;
  const add = (kind: Entry['kind'], cents: number): void => {
    if (cents !== 0) entries.push({ at, by, kind, cents });
  };
  if (bill.closing === 'Voided') {
    add('void', -sumOf(entries));
    return { entries, closing: 'Voided' };
  }
  if (amount >= 0) add('settlement', Math.min(0, amount - sumOf(entries)));
  if (sumOf(entries) > 0) return bill.closing === 'PendingSettled' ? { entries, closing: bill.closing } : { entries };
  return amount > 0 && sumOf(entries, 'credit') === -amount ? { entries, closing: 'ClosedByCredit' } : { entries };
}

const between = (balance: number, amount: number): boolean =>
  amount >= 0 ? balance >= 0 && balance <= amount : balance <= 0 && balance >= amount;
