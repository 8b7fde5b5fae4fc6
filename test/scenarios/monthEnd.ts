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
/** What stands in QuickBooks because somebody else than a person entered it; of what a person changed since, somebody was told. */
const postedCents = ({ payments }: QuickBooksBooks, problems: readonly Problem[]): number =>
  total(
    payments.filter(
      ({ id, createdBy, voided }) =>
        createdBy === 'application' &&
        !voided &&
        !problems.some(({ key }) => key.endsWith(`postedPaymentChanged:${id}`)),
    ),
  );
/** What people paid in MineralTree, whatever became of it. */
const paidCents = ({ payments }: MineralTreeBooks): number =>
  total(payments.filter(({ origin, effect }) => origin === 'person' && effect !== 'pending'));

/**
 * Cents that were made, and every difference of which nobody was told; nothing, where all is right.
 * @param discounted payments on which a person took a discount in QuickBooks: it is no part of what MineralTree paid, and
 *   lowers the balance of the bill, which is looked at all the same
 */
export function wrongAtTheEnd(
  ledger: QuickBooksBooks,
  payables: MineralTreeBooks,
  problems: readonly Problem[],
  report: LedgersReport,
  discounted: ReadonlySet<string>,
): readonly string[] {
  const excuses = excusesOf(problems, payables, ledger, report);
  const lowered = new Set(
    ledger.payments.filter(({ id }) => discounted.has(id)).flatMap(({ bills }) => bills.map(({ billId }) => billId)),
  );
  const paying = payables.payments.filter(({ applied }) =>
    applied.some(({ invoice }) => lowered.has(invoice.externalId ?? '')),
  );
  const { differences } = judge(ledger, payables, {
    ...excuses,
    payments: [...(excuses.payments ?? []), ...discounted],
    paymentsOfMineralTree: [...(excuses.paymentsOfMineralTree ?? []), ...paying.map(({ id }) => id)],
  });
  const made = postedCents(ledger, problems) > paidCents(payables) ? ['more was posted than was ever paid'] : [];
  return [...made, ...differences];
}
