/** How a random month is played, and what must be true at its end. */
import { judge, type MineralTreeBooks, type QuickBooksBooks } from '../../src/sandbox/judge/index.ts';
import type { Problem } from '../../src/store/index.ts';
import type { LedgersReport } from '../../src/sync/index.ts';
import { excusesOf } from './excuses.ts';
import { type Move, take } from './months.ts';
import type { People } from './people.ts';

/** Whether the move was made; one that a sandbox refuses as the product would is none. */
export async function wasDone(company: People, one: Move): Promise<boolean> {
  try {
    await take(company, one);
    return true;
  } catch (error) {
    if (error instanceof Error && /^\/people\/[a-z-]+: 4(00|04|22) /.test(error.message)) return false;
    throw error;
  }
}

const total = (payments: readonly { readonly amountCents: number }[]): number =>
  payments.reduce((sum, { amountCents }) => sum + amountCents, 0);
/** What stands in QuickBooks because somebody else than a person entered it: no exception covers that. */
const postedCents = ({ payments }: QuickBooksBooks): number =>
  total(payments.filter(({ createdBy, voided }) => createdBy === 'application' && !voided));
/** What people paid in MineralTree, whatever became of it. */
const paidCents = ({ payments }: MineralTreeBooks): number =>
  total(payments.filter(({ origin, effect }) => origin === 'person' && effect !== 'pending'));

/** Cents that were made, and every difference of which nobody was told; nothing, where all is right. */
export function wrongAtTheEnd(
  ledger: QuickBooksBooks,
  payables: MineralTreeBooks,
  problems: readonly Problem[],
  report: LedgersReport,
): readonly string[] {
  const { differences } = judge(ledger, payables, excusesOf(problems, payables, ledger, report));
  const made = postedCents(ledger) > paidCents(payables) ? ['more was posted than was ever paid'] : [];
  return [...made, ...differences];
}
