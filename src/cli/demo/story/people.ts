/** What the chapters of the story share: a person's moves on either side, and what is looked at. */
import { until } from '../../until.ts';
import type { Books } from '../cast.ts';
import { move } from '../sandboxes.ts';
import type { Stage, StageCompany } from '../stage.ts';
import { statusOf } from '../status.ts';

export interface Entered {
  readonly id: string;
}

export interface ShownProblem {
  readonly severity: string;
  readonly subject: { readonly id: string };
  readonly sentence: string;
  readonly whatToDo: string;
}

export const problemsOf = async (stage: Stage, company: StageCompany): Promise<readonly ShownProblem[]> =>
  JSON.parse(await stage.tandem(['problems', company.id, '--json']));

/** Waits until everything that was in QuickBooks has been read once. */
export const untilLoaded = (stage: Stage, company: StageCompany): Promise<true> =>
  until('the first load', async () => (await statusOf(stage, company)).firstLoadDone, { withinMs: 90_000 });

/** Enters an invoice in MineralTree, approves and posts it, as a person does. */
export async function enterAndPost(
  stage: Stage,
  { mtCompany }: StageCompany,
  invoice: Readonly<Record<string, unknown>>,
): Promise<Entered> {
  const entered = await move<Entered>(stage.mineralTree, 'enter-invoice', {
    company: mtCompany,
    apAccount: 'Accounts Payable',
    ...invoice,
  });
  await move(stage.mineralTree, 'approve', { company: mtCompany, bill: entered.id });
  await move(stage.mineralTree, 'post', { company: mtCompany, bill: entered.id });
  return entered;
}

export const everyBillLinked = ({ quickBooks, mineralTree }: Books): boolean =>
  quickBooks.bills.every(({ id }) => mineralTree.bills.some(({ externalId }) => externalId === id));
