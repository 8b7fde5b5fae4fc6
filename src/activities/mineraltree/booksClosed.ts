/**
 * The accounting period "Books closed" in MineralTree, kept in step with QuickBooks' closing date.
 *
 * Periods cannot be searched for: the ID is kept. Where it is not known (the first write, or one whose answer was lost), a
 * POST with the same externalId finds the period or makes it. Unverified against a live MineralTree.
 */
import { MineralTreeError } from '../../mineraltree/index.ts';
import { changeCompany } from '../../store/index.ts';
import { booksClosedPeriod } from '../../sync/index.ts';
import { isOutage } from './failure.ts';
import { createProblemLedger } from './problemLedger.ts';
import type { Run } from './run.ts';
import { companySubject } from './standing.ts';
import { mineralTreeError } from './vendorPush.ts';

/** Writes the period when the closing date moved. @throws MineralTreeError when MineralTree could not be reached */
export async function closeBooks(run: Run): Promise<void> {
  const { companyId, company, context } = run;
  const { preferences, closedPeriod } = company;
  if (preferences === undefined || preferences.closingDate === closedPeriod?.closingDate) return;
  const last = closedPeriod?.ended ?? closedPeriod?.closingDate;
  const period = booksClosedPeriod(preferences.closingDate, last === undefined ? undefined : { ended: last });
  if (period === undefined) return;
  const { accountingPeriods } = (await run.payables()).records;
  const { externalId: _fixed, ...changes } = period;
  const mtId = closedPeriod?.mtId;
  const written = await run
    .toMineralTree(() =>
      mtId === undefined ? accountingPeriods.create(period) : accountingPeriods.update(mtId, changes),
    )
    .catch(mineralTreeError);
  const problems = createProblemLedger();
  const subject = { ...companySubject(companyId), kind: 'period' };
  if (written instanceof MineralTreeError) {
    if (isOutage(written)) throw written;
    const params = { what: 'the period up to which the books are closed', name: period.ended, text: written.message };
    problems.looked('push', subject, [{ code: 'refusedByMineralTree', params }]);
    await run.fence.write((tx) => problems.write(tx, companyId, context.clock()));
    return;
  }
  problems.looked('push', subject);
  const { closingDate } = preferences;
  await run.fence.write(async (tx) => {
    await changeCompany(tx, companyId, {
      closedPeriod: {
        mtId: written.id,
        ended: period.ended,
        ...(closingDate !== undefined && { closingDate }),
      },
    });
    await problems.write(tx, companyId, context.clock());
  });
}
