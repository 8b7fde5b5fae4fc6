/**
 * What is left of a vendor's credit, and the status that follows from it.
 *
 * 1. What is left is the sum of its entries: amount - applications + what the ledger adjusted. It lies between zero and
 *    the amount.
 * 2. Voided when so written, which only an unapplied credit can be; else Settled when nothing is left, else Open. Written
 *    Settled, what is left is taken by the ledger (used there, on what MineralTree does not know); written Open, that is
 *    given back.
 *
 * Status words of the API guide. That a write of Settled takes what is left is unverified against a live MineralTree.
 */
import type { Author, Entry, StoredCredit } from './record.ts';
import { invalid } from './refusal.ts';

export type CreditStatus = 'Open' | 'Settled' | 'Voided';
type Standing = Pick<StoredCredit, 'entries' | 'voided' | 'values'>;
type Move = Pick<StoredCredit, 'entries' | 'voided'>;

const sumOf = (entries: readonly Entry[], kind?: Entry['kind']): number =>
  entries.reduce((sum, entry) => (kind === undefined || entry.kind === kind ? sum + entry.cents : sum), 0);

/** In cents. */
export const remainingOf = ({ entries }: Standing): number => sumOf(entries);

/** In cents, of all bill credits that stand. */
export const appliedOf = ({ entries }: Standing): number => -sumOf(entries, 'application') || 0;

export const creditStatusOf = (credit: Standing): CreditStatus =>
  credit.voided ? 'Voided' : remainingOf(credit) === 0 ? 'Settled' : 'Open';

/** `billOrCredit_status` of search, as for bills. */
export const CREDIT_STATUS_NUMBERS: Readonly<Record<CreditStatus, number>> = { Open: 1, Settled: 2, Voided: 5 };

/** What becomes of a credit when its amount or status are written. Throws `Refusal`. */
export function creditRestated(
  credit: Standing,
  { amount, status }: { readonly amount: number; readonly status?: CreditStatus | undefined },
  at: string,
  by: Author,
): Move {
  const entries: Entry[] = [...credit.entries];
  const add = (kind: Entry['kind'], cents: number): void => {
    if (cents !== 0) entries.push({ at, by, kind, cents });
  };
  const first = entries.length === 0;
  if (first) add('credit', amount);
  const applied = appliedOf(credit);
  if (status === 'Voided' || (credit.voided && status === undefined)) {
    if (applied !== 0)
      throw invalid('credit.status', `an applied credit cannot be voided (${applied} of it is applied)`);
    add('void', -sumOf(entries));
    return { entries, voided: true };
  }
  if (credit.voided) add('void', -sumOf(entries, 'void'));
  if (!first) add('edit', amount - sumOf(entries, 'credit') - sumOf(entries, 'edit'));
  if (amount < applied) throw invalid('credit.amount', `${amount} is less than what is applied, ${applied}`);
  // A smaller amount leaves the ledger less to have taken.
  if (sumOf(entries) < 0) add('settlement', -sumOf(entries));
  if (status === 'Settled') add('settlement', -sumOf(entries));
  if (status === 'Open' && sumOf(entries) === 0) add('settlement', -sumOf(entries, 'settlement'));
  return { entries, voided: false };
}

/** What becomes of a credit when some of it is applied to a bill (cents below zero) or taken back. */
export function creditUsed(credit: Standing, cents: number, ref: string, at: string, by: Author): Move {
  return { entries: [...credit.entries, { at, by, kind: 'application', cents, ref }], voided: credit.voided };
}
