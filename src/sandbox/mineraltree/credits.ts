/**
 * A credit at a person's hands: it can be voided while nothing of it is applied, and nothing else. For QuickBooks Desktop
 * credits are made, changed and applied in the ledger ("Credit Application", "Deleting Invalid Credits in MineralTree").
 */
import type { Books } from './books.ts';
import { appliedOf, creditRestated } from './creditLedger.ts';
import type { Move } from './moves.ts';
import { MoveRefused } from './moves.ts';
import { nextStamp, recorded, type StoredCredit } from './record.ts';

export function voidCredit(books: Books, { company, credit: id }: Move<'void-credit'>): StoredCredit {
  const credit = books.find('credit', id);
  if (credit?.companyId !== company) throw new MoveRefused(404, `credit: company ${company} has no credit ${id}`);
  const name = `credit ${credit.values.creditNumber ?? id}`;
  if (credit.voided) throw new MoveRefused(422, `${name} is voided already`);
  if (appliedOf(credit) !== 0) throw new MoveRefused(422, `${name} is applied, so the ledger alone takes it back`);
  const modified = nextStamp(books.nowMs(), credit.modified);
  const voided = {
    ...credit,
    ...creditRestated(credit, { amount: credit.values.amount ?? 0, status: 'Voided' }, modified, 'person'),
    modified,
    history: recorded(credit.history, { at: modified, by: 'person' as const, action: 'voided', changes: [] }),
  };
  books.put(voided);
  return voided;
}
