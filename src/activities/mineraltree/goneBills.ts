/**
 * Bills that are gone or void in QuickBooks: people were told not to pay them. Where MineralTree has let go of them too,
 * there is nothing left to tell.
 */
import { MineralTreeError } from '../../mineraltree/index.ts';
import { closeProblems, linksOf, listProblems } from '../../store/index.ts';
import { isOutage } from './failure.ts';
import { eachAtOnce, type Run } from './run.ts';
import { mineralTreeError } from './vendorPush.ts';

const CODES: ReadonlySet<string> = new Set(['deletedInQuickBooks', 'missingInQuickBooks', 'voidedInQuickBooks']);

/** Closes the problems of bills that MineralTree does not have any more, or has voided. @throws MineralTreeError */
export async function closeGoneBills(run: Run): Promise<void> {
  const { companyId, context } = run;
  const { db } = context.store;
  const open = (await listProblems(db, companyId, { limit: 10_000 })).filter(
    ({ code, subject }) => CODES.has(code) && subject.kind === 'bill',
  );
  if (open.length === 0) return;
  const links = await linksOf(
    db,
    companyId,
    'invoice',
    open.map(({ subject }) => subject.id),
  );
  const { bills } = (await run.payables()).records;
  const states = await eachAtOnce(open, async ({ subject }) => {
    const link = links.get(subject.id);
    if (link === undefined) return 'there';
    const invoice = await bills.get(link.mtId).catch(mineralTreeError);
    if (!(invoice instanceof MineralTreeError)) return invoice.state === 'Voided' ? 'gone' : 'there';
    if (isOutage(invoice)) throw invoice;
    return invoice.code === 'notFound' ? 'gone' : 'there';
  });
  const over = open.filter((problem) => states.get(problem) === 'gone').map(({ key }) => key);
  await run.fence.write((tx) => closeProblems(tx, companyId, over, context.clock()));
}
