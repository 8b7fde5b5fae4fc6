/**
 * Bills of QuickBooks that are ours by their ExternalGUID, though the store knows no link: it was brought back to an
 * earlier hour, or the outcome of a posting is not settled yet.
 */
import type { LedgerBill } from '../../domain/ledger.ts';
import { formatCents } from '../../domain/money.ts';
import type { Draft, Invoice } from '../../domain/payables.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import { historyOf, type Snapshot } from '../../store/index.ts';
import { billDigest, type Finding, lineMapOf, numberOf, recordOfGuid } from '../../sync/index.ts';
import { acknowledge } from './acknowledgement.ts';
import type { BillKept } from './billPush.ts';
import { isOutage } from './failure.ts';
import { refusal, refuse } from './listPush.ts';
import type { PushBatch } from './pushBatch.ts';
import { draftOf, type Target } from './records.ts';
import { eachAtOnce, type Run } from './run.ts';
import { mineralTreeError } from './vendorPush.ts';

type InvoiceDraft = Draft<Invoice>;

export interface OwnBills {
  readonly linked: ReadonlySet<Snapshot>;
  readonly waiting: ReadonlySet<Snapshot>;
}

/** Links bills whose ExternalGUID names an invoice of this company. */
export async function linkOwnBills(
  run: Run,
  batch: PushBatch,
  target: Target<InvoiceDraft>,
  snapshots: readonly Snapshot<'bill'>[],
): Promise<OwnBills> {
  const linked = new Set<Snapshot>();
  const waiting = new Set<Snapshot>();
  const named = snapshots.flatMap((snapshot) => {
    const mtId = snapshot.record.guid === undefined ? undefined : recordOfGuid(snapshot.record.guid);
    return mtId === undefined ? [] : [{ snapshot, mtId }];
  });
  const history = await historyOf(
    run.context.store.db,
    run.companyId,
    named.map(({ mtId }) => mtId),
  );
  await eachAtOnce(
    named,
    async ({ snapshot, mtId }) => {
      const unsettled = history.get(mtId)?.unsettled;
      if (unsettled !== undefined) {
        waiting.add(snapshot);
        batch.settle(snapshot, 'later');
        return;
      }
      const invoice = await target.get(mtId).catch(mineralTreeError);
      if (invoice instanceof MineralTreeError) {
        if (isOutage(invoice)) batch.outage = invoice;
        else if (invoice.code !== 'notFound' && invoice.code !== 'forbidden') {
          waiting.add(snapshot);
          refuse(batch, snapshot, refusal(snapshot, invoice.message));
        }
        return;
      }
      if (invoice.externalId !== undefined && invoice.externalId !== snapshot.ledgerId) return;
      linked.add(snapshot);
      const same = invoice.amountCents === snapshot.record.amountDueCents;
      if (!same)
        batch.problems.looked('post', { kind: 'invoice', id: mtId }, [amountDiffers(snapshot.record, invoice)]);
      if (invoice.externalId === undefined && same) await acknowledgeInPassing(run, batch, snapshot, mtId);
      batch.link({
        kind: 'bill',
        entity: 'invoice',
        ledgerId: snapshot.ledgerId,
        mtId,
        bornIn: 'mineraltree',
        kept: {
          ledgerDigest: billDigest(snapshot.record),
          readBack: { ...draftOf(invoice), externalId: snapshot.ledgerId },
          lines: lineMapOf(invoice, snapshot.record),
        } satisfies BillKept,
      });
    },
    () => batch.outage === undefined,
  );
  return { linked, waiting };
}

/** Acknowledges a bill that was found to be ours. What MineralTree refuses is the bill's problem. */
export async function acknowledgeInPassing(
  run: Run,
  batch: PushBatch,
  snapshot: Snapshot<'bill'>,
  mtId: string,
): Promise<void> {
  try {
    await acknowledge(run, mtId, snapshot.ledgerId);
    for (const way of ['post', 'acknowledge'] as const) batch.problems.looked(way, { kind: 'invoice', id: mtId });
  } catch (error) {
    const failed = mineralTreeError(error);
    if (isOutage(failed)) batch.outage = failed;
    else refuse(batch, snapshot, refusal(snapshot, failed.message));
  }
}

const amountDiffers = (bill: LedgerBill, invoice: InvoiceDraft): Finding => ({
  code: 'amountDiffers',
  params: {
    record: `the invoice ${numberOf(invoice.invoiceNumber)} of ${bill.vendor.name}`,
    quickBooks: formatCents(bill.amountDueCents),
    mineralTree: formatCents(invoice.amountCents),
  },
});
