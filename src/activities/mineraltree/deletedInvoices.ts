/**
 * Invoices that somebody deleted in MineralTree although their bills are open in QuickBooks.
 *
 * 1. No search tells of a deletion: an invoice of an open bill that the report's reading did not find is asked for by its
 *    ID, and only that answer counts, for the index lags.
 * 2. What is told is over when the bill is gone (goneRecords.ts), or when MineralTree has the invoice again.
 */
import type { OpenBill } from '../../contract/index.ts';
import { formatCents } from '../../domain/money.ts';
import { closeProblems, findProblems, type Link, openProblems, type Subject } from '../../store/index.ts';
import { type Finding, numberOf } from '../../sync/index.ts';
import { isGoneThere } from './goneRecords.ts';
import { problemOf } from './problemLedger.ts';
import { eachAtOnce, type Run } from './run.ts';

/**
 * Tells of those that are not there any more.
 * @param linked links of the open bills, by TxnID
 * @param there MineralTree's IDs of the invoices that were found
 * @throws MineralTreeError when MineralTree could not be reached
 */
export async function tellDeleted(
  run: Run,
  open: readonly OpenBill[],
  linked: ReadonlyMap<string, Link>,
  there: ReadonlySet<string>,
): Promise<void> {
  const { companyId, context } = run;
  const told = (await findProblems(context.store.db, companyId, { codes: ['deletedInMineralTree'] })).filter(
    ({ subject }) => subject.kind === 'bill',
  );
  const back = told.filter(({ subject }) => there.has(linked.get(subject.id)?.mtId ?? ''));
  const known = new Set(told.map(({ subject }) => subject.id));
  const missing = open.flatMap((bill) => {
    const mtId = linked.get(bill.txnId)?.mtId;
    return mtId === undefined || there.has(mtId) || known.has(bill.txnId) ? [] : [{ bill, mtId }];
  });
  if (missing.length + back.length === 0) return;
  const { bills } = (await run.payables()).records;
  const answers = await eachAtOnce(missing, ({ mtId }) => isGoneThere(() => bills.get(mtId)));
  const gone = missing.filter((one) => answers.get(one) === true);
  await run.fence.write(async (tx) => {
    const now = context.clock();
    const keys = back.map(({ key }) => key);
    await closeProblems(tx, companyId, keys, now);
    const problems = gone.map(({ bill }) => problemOf('edit', subjectOf(bill), deletedFinding(bill)));
    await openProblems(tx, companyId, problems, now);
  });
}

const subjectOf = ({ txnId, refNumber, vendor }: OpenBill): Subject => ({
  kind: 'bill',
  id: txnId,
  name: `${numberOf(refNumber)} of ${vendor.name}`,
});

const deletedFinding = ({ refNumber, vendor, amountCents }: OpenBill): Finding => ({
  code: 'deletedInMineralTree',
  params: { number: numberOf(refNumber), vendor: vendor.name, amount: formatCents(amountCents) },
});
