/**
 * Telling MineralTree that a credit's application is in the ledger: the payment that MineralTree made of it (fund method
 * CREDIT) gets its empty externalId filled, once. Its search tells payments apart by that and not by fund method, so they
 * would be read again with every cycle, more of them each year.
 *
 * 1. Only what QuickBooks is known to have: a credit on the same bill that was carried over, of at least as much.
 * 2. What MineralTree refuses stays as it is: nothing depends on it but how much is read.
 */
import type { Payment } from '../../domain/payables.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import { linksByMt, settlementsOf } from '../../store/index.ts';
import { linkedCreditId } from '../../sync/index.ts';
import { acknowledge } from './acknowledgement.ts';
import { isOutage } from './failure.ts';
import { eachAtOnce, type Run } from './run.ts';
import { mineralTreeError } from './vendorPush.ts';

/** @param credits payments of fund method CREDIT without externalId. @throws MineralTreeError when it could not be reached */
export async function acknowledgeCredits(run: Run, credits: readonly Payment[]): Promise<void> {
  const { companyId, context } = run;
  if (credits.length === 0) return;
  const { db } = context.store;
  const invoices = credits.flatMap(({ applied }) => applied.map(({ invoice }) => invoice.id));
  const links = await linksByMt(db, companyId, 'invoice', invoices);
  const billIds = [...links.values()].map(({ ledgerId }) => ledgerId);
  const carried = await settlementsOf(db, companyId, billIds);
  const known = credits.flatMap((payment) => {
    const [one] = payment.applied;
    const billId = one === undefined ? undefined : links.get(one.invoice.id)?.ledgerId;
    if (one === undefined || billId === undefined) return [];
    const there = carried.get(billId)?.carried?.credits ?? [];
    const credit =
      there.find(({ cents }) => cents === one.appliedCents) ?? there.find(({ cents }) => cents >= one.appliedCents);
    // One credit may be set against one bill again and again.
    return credit === undefined
      ? []
      : [{ id: payment.id, key: `${linkedCreditId(credit.txnId, billId)}/${payment.id.slice(0, 8)}` }];
  });
  await eachAtOnce(known, async ({ id, key }) => {
    const failed = await acknowledge(run, id, key, 'payments').then(() => undefined, mineralTreeError);
    if (failed instanceof MineralTreeError && isOutage(failed)) throw failed;
    if (failed instanceof MineralTreeError)
      context.log.info({ companyId, code: failed.code }, 'a credit payment keeps no externalId');
  });
}
