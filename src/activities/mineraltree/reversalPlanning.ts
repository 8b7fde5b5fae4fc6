/**
 * Payments that were taken back in MineralTree, found by their edits: what follows for QuickBooks.
 *
 * Leaves to others: the decision (src/sync, paymentReversal), finding the edits (editReading.ts).
 */
import type { Payment } from '../../domain/payables.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import {
  entriesOfMt,
  historyOf,
  type Link,
  linksByMt,
  linksOf,
  notePayments,
  type PayablesEdit,
  putLinks,
  touchSettlements,
} from '../../store/index.ts';
import { decideReversal, isTakenBack, type Lookup, paymentPart, type Reversal } from '../../sync/index.ts';
import { isOutage } from './failure.ts';
import { undone } from './inStep.ts';
import { type PaymentKept, paymentSnapshots } from './paymentLinks.ts';
import { mayPlan, type Planned, paymentSubject } from './planned.ts';
import { createProblemLedger, type ProblemLedger } from './problemLedger.ts';
import type { Run } from './run.ts';
import { mineralTreeError } from './vendorPush.ts';

/** A void that the site refused is sent again after so long: what forbade it may have been changed there. */
const VOID_AGAIN_MS = 3_600_000;

/** Whether a payment changed in a way that may concern QuickBooks. */
export function isReversal(payment: Payment, link: Link | undefined, onItsWay: boolean): boolean {
  const kept = link?.kept as PaymentKept | undefined;
  const posted = onItsWay || Object.keys(kept?.parts ?? {}).length > 0;
  if (kept?.undone === true || !isTakenBack(payment, posted)) return false;
  return posted || link !== undefined;
}

export interface DecidedReversal {
  /** Decided for good; looked at again later; or when a posting of it is settled. */
  readonly edit: 'decided' | 'later' | 'waits';
  readonly plans: readonly Planned[];
}

/** @throws MineralTreeError when MineralTree could not be reached */
export async function planReversal(run: Run, edit: PayablesEdit, problems: ProblemLedger): Promise<DecidedReversal> {
  const { companyId, company, context } = run;
  const { db } = context.store;
  const { records } = await run.payables();
  const payment = await records.payments.get(edit.mtId).catch(mineralTreeError);
  if (payment instanceof MineralTreeError) {
    if (isOutage(payment)) throw payment;
    return { edit: payment.code === 'notFound' ? 'decided' : 'later', plans: [] };
  }
  const [link] = (await linksByMt(db, companyId, 'payment', [payment.id])).values();
  const kept = link?.kept as PaymentKept | undefined;
  if (link !== undefined && link.bornIn === 'quickbooks') {
    // An external payment of ours, voided there: it says no more that the bill is paid.
    if (isTakenBack(payment, true)) await noteUndone(run, link, []);
    return { edit: 'decided', plans: [] };
  }
  const parts = Object.entries(kept?.parts ?? {});
  const snapshots = await paymentSnapshots(
    run,
    parts.map(([txnId]) => txnId),
  );
  const partIds = parts.map(([, { apAccountId }]) => paymentPart(payment.id, apAccountId ?? ''));
  const histories = await historyOf(db, companyId, partIds);
  const subject = paymentSubject(payment);
  const reversal: Reversal = decideReversal(payment, {
    lookup: await lookupOf(run, payment),
    posted: parts.map(([txnId, { txnType, amountCents }]) => {
      const snapshot = snapshots.get(txnId);
      const now = snapshot === undefined || snapshot.gone ? undefined : snapshot.record;
      return { txnId, txnType, amountCents, ...(now && { now }) };
    }),
    unsettled: [...histories.values()].some(({ unsettled }) => unsettled !== undefined),
    voidPayments: company.rules.voidPayments,
    preferences: company.preferences ?? {},
  });
  switch (reversal.kind) {
    case 'waits':
      return { edit: 'waits', plans: [] };
    case 'stands':
    case 'canceled':
      problems.looked('edit', subject);
      if (reversal.kind === 'canceled') problems.looked('add', subject);
      return { edit: 'decided', plans: [] };
    case 'undone':
      problems.looked('edit', subject);
      // A void that the site refused was made by hand.
      problems.over('post', subject, 'voidNotAllowedAtSite');
      if (link !== undefined)
        await noteUndone(
          run,
          link,
          parts.map(([txnId]) => txnId),
        );
      return { edit: 'decided', plans: [] };
    case 'told':
      problems.looked('edit', subject, reversal.problems);
      return { edit: 'later', plans: [] };
    case 'void': {
      problems.looked('edit', subject, reversal.problems);
      const plans = reversal.plans.flatMap((plan): readonly Planned[] => {
        const part = parts.findIndex(([txnId]) => txnId === plan.match.txnId);
        const mtId = partIds[part];
        if (mtId === undefined) return [];
        const history = histories.get(mtId);
        const refusedAt = history?.refused?.at ?? Number.POSITIVE_INFINITY;
        if (!mayPlan(run, payment, history) && run.startedAt - refusedAt < VOID_AGAIN_MS) return [];
        const vendorName = snapshots.get(plan.match.txnId)?.record.vendor.name ?? '';
        return [
          {
            plan,
            mtId,
            ledgerId: plan.match.txnId,
            modified: payment.modified,
            base: { record: payment, vendorName },
          },
        ];
      });
      return { edit: plans.length > 0 ? 'waits' : 'later', plans };
    }
  }
}

/** Void on both sides: its bills are as open as QuickBooks says. */
async function noteUndone(run: Run, link: Link, parts: readonly string[]): Promise<void> {
  const { companyId, context } = run;
  const now = context.clock();
  const links = [link, ...(await linksOf(context.store.db, companyId, 'paymentPart', parts)).values()];
  const bills = Object.keys((link.kept as PaymentKept | undefined)?.bills ?? {});
  const problems = createProblemLedger();
  for (const { kind, ledgerId } of links) problems.looked('gone', { kind, id: ledgerId });
  await run.fence.write(async (tx) => {
    await putLinks(tx, companyId, links.map(undone), now);
    await touchSettlements(tx, companyId, bills, now, false);
    await notePayments(tx, companyId, bills, parts);
    await problems.write(tx, companyId, now);
  });
}

async function lookupOf(run: Run, { vendor }: Payment): Promise<Lookup> {
  const references = vendor === undefined ? [] : [{ kind: 'vendor' as const, id: vendor.id }];
  const [entry] = (await entriesOfMt(run.context.store.db, run.companyId, references)).filter(
    ({ entity }) => entity === 'vendor',
  );
  return {
    payablesId: () => undefined,
    ledger: (kind) =>
      kind === 'vendor' && entry !== undefined
        ? { id: entry.ledgerId, name: entry.name, active: entry.active }
        : undefined,
  };
}
