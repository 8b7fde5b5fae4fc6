/**
 * Payments that are in QuickBooks, but not as they were asked for: held, until a person has made them right there. Then
 * MineralTree is told.
 */
import type { Payment } from '../../domain/payables.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import { historyOf, type Link, postingsById } from '../../store/index.ts';
import { paymentDifferences, paymentPart } from '../../sync/index.ts';
import { acknowledge } from './acknowledgement.ts';
import { isOutage } from './failure.ts';
import { type PaymentKept, paymentSnapshots } from './paymentLinks.ts';
import { paymentSubject } from './planned.ts';
import type { ProblemLedger } from './problemLedger.ts';
import type { Run } from './run.ts';
import { mineralTreeError } from './vendorPush.ts';

/** A payment of which every part is in QuickBooks, and that MineralTree was not told of. */
export interface Held {
  readonly payment: Payment;
  readonly link: Link;
}

/** Acknowledges those that are right by now. @throws MineralTreeError when MineralTree could not be reached */
export async function acknowledgeHeld(run: Run, held: readonly Held[], problems: ProblemLedger): Promise<void> {
  for (const one of held) {
    if (!(await isRight(run, one))) continue;
    const { payment, link } = one;
    const failed = await acknowledge(run, payment.id, link.ledgerId, 'payments').then(
      () => undefined,
      mineralTreeError,
    );
    if (failed instanceof MineralTreeError) {
      if (isOutage(failed)) throw failed;
      continue;
    }
    problems.looked('post', paymentSubject(payment));
  }
}

async function isRight(run: Run, { payment, link }: Held): Promise<boolean> {
  const { db } = run.context.store;
  const parts = Object.entries((link.kept as PaymentKept | undefined)?.parts ?? {});
  const ids = parts.map(([, { apAccountId }]) => paymentPart(payment.id, apAccountId ?? ''));
  const histories = await historyOf(db, run.companyId, ids);
  const last = [...histories.values()].flatMap((history) => history.last ?? []);
  if (!last.some(({ state }) => state === 'held')) return false;
  const postings = await postingsById(
    db,
    run.companyId,
    last.map(({ messageSetId }) => messageSetId),
  );
  const snapshots = await paymentSnapshots(
    run,
    parts.map(([txnId]) => txnId),
  );
  return [...postings.values()].every(({ posting, ledgerId = '' }) => {
    if (posting.kind !== 'BillPaymentCheckAdd' && posting.kind !== 'BillPaymentCreditCardAdd') return false;
    const snapshot = snapshots.get(ledgerId);
    return snapshot !== undefined && !snapshot.gone && paymentDifferences(posting.match, snapshot.record).length === 0;
  });
}
