import type { Draft, Invoice } from '../../domain/payables.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import { type Link, linksOf, type Snapshot, settlementsOf } from '../../store/index.ts';
import {
  type BillLink,
  billDigest,
  decideBillChange,
  digestOf,
  isEmpty,
  isVoided,
  lineMapOf,
  mapBill,
  wantsPosting,
} from '../../sync/index.ts';
import type { PayablesConnection } from './connection.ts';
import { isOutage } from './failure.ts';
import { loadLookup } from './ledgerLookup.ts';
import { bringNew, keepAll, lost, refusal, refuse, subjectOf } from './listPush.ts';
import { acknowledgeInPassing, linkOwnBills } from './ownBills.ts';
import type { PushBatch } from './pushBatch.ts';
import { draftOf, invoicesByNumber, type Recorded, type Target } from './records.ts';
import { eachAtOnce, type Run } from './run.ts';
import { mineralTreeError } from './vendorPush.ts';
import { updateAll } from './writing.ts';

type InvoiceDraft = Draft<Invoice>;
/** What is kept with the link of a bill (`BillLink` without what the link itself has). */
export type BillKept = Pick<BillLink, 'ledgerDigest' | 'pushedDigest' | 'readBack' | 'lines'>;

interface Wanted {
  readonly snapshot: Snapshot<'bill'>;
  readonly draft: InvoiceDraft;
}

export async function pushBills(
  run: Run,
  batch: PushBatch,
  target: Target<InvoiceDraft>,
  connection: PayablesConnection,
  snapshots: readonly Snapshot<'bill'>[],
  openCents: ReadonlyMap<string, number>,
): Promise<void> {
  const { db } = run.context.store;
  const lookup = await loadLookup(db, run.companyId, { bills: snapshots.map(({ record }) => record) });
  const ids = snapshots.map(({ ledgerId }) => ledgerId);
  const links = await linksOf(db, run.companyId, 'invoice', ids);
  const ours = await linkOwnBills(
    run,
    batch,
    target,
    snapshots.filter(({ ledgerId }) => !links.has(ledgerId)),
  );
  if (batch.outage !== undefined)
    return keepAll(
      batch,
      snapshots.map((snapshot) => ({ snapshot })),
    );

  const settled = await settlementsOf(db, run.companyId, ids);
  const [news, known]: [Wanted[], (Wanted & { readonly link: Link })[]] = [[], []];
  for (const snapshot of snapshots) {
    if (ours.waiting.has(snapshot)) continue;
    batch.settle(snapshot, 'done');
    const left = openCents.get(snapshot.ledgerId);
    const mapped = mapBill(snapshot.record, { lookup, ...(left !== undefined && { openCents: left }) });
    const link = links.get(snapshot.ledgerId);
    if ('draft' in mapped) {
      batch.problems.looked('push', subjectOf(snapshot));
      if (link !== undefined)
        known.push({
          snapshot,
          draft: settled.has(snapshot.ledgerId) ? leftToSettlement(mapped.draft, link) : mapped.draft,
          link,
        });
      else if (!ours.linked.has(snapshot)) news.push({ snapshot, draft: mapped.draft });
    } else {
      batch.problems.looked('push', subjectOf(snapshot), isHistory(snapshot, link) ? [] : mapped.problems);
      if (mapped.problems.some(({ waitsFor }) => waitsFor !== undefined))
        batch.settle(snapshot, 'later', snapshot.pushTries);
    }
  }
  await bringNew(run, batch, target, news, {
    alikeNow: (items) =>
      invoicesByNumber(
        connection,
        items.flatMap(({ draft }) => draft.invoiceNumber ?? []),
      ),
    linkOf: ({ snapshot, draft }, record) => ({ kept: keptOf(snapshot, draft, record) }),
    wanted: wantsPosting,
    // Matched on the first day: MineralTree is told, or it would want the invoice posted.
    adopt: async ({ snapshot }, record) => {
      if (record.externalId === undefined) await acknowledgeInPassing(run, batch, snapshot, record.id);
      return batch.outage === undefined;
    },
  });
  if (batch.outage !== undefined) return keepAll(batch, known);
  await pushKnown(run, batch, target, known);
}

/** Bills on both sides that may have changed here: read there, then decided. */
async function pushKnown(
  run: Run,
  batch: PushBatch,
  target: Target<InvoiceDraft>,
  known: readonly (Wanted & { readonly link: Link })[],
): Promise<void> {
  const changed = known.filter(({ snapshot, draft, link }) => {
    const kept = link.kept as BillKept | undefined;
    return kept?.ledgerDigest !== billDigest(snapshot.record) || kept.pushedDigest !== digestOf(draft);
  });
  await eachAtOnce(
    changed,
    async ({ snapshot, draft, link }) => {
      const invoice = await target.get(link.mtId).catch(mineralTreeError);
      if (!(invoice instanceof MineralTreeError))
        return stepBill(run, batch, target, { snapshot, draft, link, invoice });
      if (invoice.code === 'notFound') batch.problems.looked('edit', subjectOf(snapshot), [deletedThere(snapshot)]);
      else if (isOutage(invoice)) {
        batch.outage = invoice;
        batch.settle(snapshot, 'kept');
      } else refuse(batch, snapshot, refusal(snapshot, invoice.message));
      return false;
    },
    () => batch.outage === undefined,
  );
  if (batch.outage !== undefined) keepAll(batch, known);
}

/**
 * One bill that is on both sides: writes to MineralTree what QuickBooks changed. Returns whether MineralTree's edit is to
 * go to QuickBooks.
 */
export async function stepBill(
  run: Run,
  batch: PushBatch,
  target: Target<InvoiceDraft>,
  bill: Wanted & { readonly link: Link; readonly invoice: Recorded<InvoiceDraft> },
): Promise<boolean> {
  const { snapshot, draft, link, invoice } = bill;
  const kept = (link.kept as BillKept | undefined) ?? keptOf(snapshot, draft, invoice);
  const change = decideBillChange({ bill: snapshot.record, desired: draft, link: billLinkOf(link, kept), invoice });
  batch.problems.looked('edit', subjectOf(snapshot), change.problems);
  // The edit that QuickBooks refused, for it had changed meanwhile, is decided now.
  if (!change.post) batch.problems.looked('add', subjectOf(snapshot));
  if (!change.post) batch.problems.over('post', { kind: 'invoice', id: link.mtId }, 'changedInQuickBooks');
  let record = invoice;
  if (!isEmpty(change.changes)) {
    const update = { mtId: link.mtId, changes: change.changes };
    const { results, outage } = await updateAll(run, target, [update]);
    const result = results.get(update);
    if (outage !== undefined) batch.outage = outage;
    if (result?.kind === 'refused') refuse(batch, snapshot, refusal(snapshot, result.error.message));
    else if (result?.kind === 'lost') refuse(batch, snapshot, lost(snapshot));
    else if (result === undefined) batch.settle(snapshot, 'kept');
    if (result?.kind !== 'written') return false;
    record = result.record;
  }
  const ledgerDigest = billDigest(snapshot.record);
  const moved = ledgerDigest !== kept.ledgerDigest;
  batch.link({
    ...link,
    kept: {
      ledgerDigest,
      pushedDigest: digestOf(draft),
      // QuickBooks' edit puts both in step; else only what was written is, and an edit made there stays one.
      readBack: moved ? draftOf(record) : { ...kept.readBack, ...only(draftOf(record), Object.keys(change.changes)) },
      lines: change.lines ?? kept.lines,
    } satisfies BillKept,
  });
  if (change.post) batch.edit({ entity: 'invoice', mtId: link.mtId });
  if (link.bornIn === 'mineraltree' && invoice.externalId === undefined && record.amountCents === draft.amountCents)
    await acknowledgeInPassing(run, batch, snapshot, link.mtId);
  return change.post;
}

/** What is left of a bill that was settled in part is told by its settlement (applyCredits.ts): here it stays as it is. */
export function leftToSettlement(draft: InvoiceDraft, link: Link): InvoiceDraft {
  const kept = link.kept as BillKept | undefined;
  if (kept === undefined) return draft;
  const { balanceCents, state } = kept.readBack;
  return { ...draft, balanceCents, state };
}

/** The open balances that BillToPay gave, by TxnID. */
export const openBalances = (
  balances: readonly {
    readonly open: readonly { readonly kind: string; readonly txnId: string; readonly openCents: number }[];
  }[],
): ReadonlyMap<string, number> =>
  new Map(
    balances.flatMap(({ open }) =>
      open.flatMap(({ kind, txnId, openCents }) => (kind === 'bill' ? [[txnId, openCents] as const] : [])),
    ),
  );

export const billLinkOf = (link: Link, kept: BillKept): BillLink => ({
  ...kept,
  ledgerId: link.ledgerId,
  payablesId: link.mtId,
  bornIn: link.bornIn,
});

const keptOf = (snapshot: Snapshot<'bill'>, draft: InvoiceDraft, record: Recorded<InvoiceDraft>): BillKept => ({
  ledgerDigest: billDigest(snapshot.record),
  pushedDigest: digestOf(draft),
  readBack: draftOf(record),
  lines: lineMapOf(draft, snapshot.record),
});

/** A bill that was void or paid before MineralTree ever had it is nobody's concern. */
const isHistory = ({ record }: Snapshot<'bill'>, link: Link | undefined): boolean =>
  link === undefined && (isVoided(record) || record.isPaid === true);

const deletedThere = ({ record }: Snapshot<'bill'>) => ({
  code: 'deletedInMineralTree' as const,
  params: { number: record.refNumber ?? 'without number', vendor: record.vendor.name },
});

/** The named fields of a record. */
function only<T extends object>(record: T, fields: readonly string[]): Partial<T> {
  return Object.fromEntries(Object.entries(record).filter(([field]) => fields.includes(field))) as Partial<T>;
}
