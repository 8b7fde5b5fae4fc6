/**
 * Vendors, both ways: QuickBooks' vendors to MineralTree, and the contact fields that were edited there back.
 *
 * Leaves to others: which side wins (src/sync, vendorMerge), the posting to QuickBooks (editPlanning.ts).
 */
import type { LedgerVendor } from '../../domain/ledger.ts';
import type { Draft, PayablesVendor } from '../../domain/payables.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import { type Link, linksOf, type Snapshot } from '../../store/index.ts';
import {
  type Changes,
  type ContactOfLedger,
  contactOfLedger,
  contactOfPayables,
  decideVendor,
  digestOf,
  mapVendor,
  movedBase,
  type VendorBase,
} from '../../sync/index.ts';
import { isOutage } from './failure.ts';
import { bringNew, keepAll, type ListKept, lost, refusal, refuse, subjectOf } from './listPush.ts';
import type { PushBatch } from './pushBatch.ts';
import { draftOf, type Recorded, type Target } from './records.ts';
import { eachAtOnce, type Run } from './run.ts';
import { updateAll } from './writing.ts';

type VendorDraft = Draft<PayablesVendor>;
/** What is kept with the link of a vendor. */
export type VendorKept = ListKept<VendorDraft> & { readonly base: VendorBase };

const CONTACT: ReadonlySet<string> = new Set(['phone', 'fax', 'email', 'legalName', 'address']);

export async function pushVendors(
  run: Run,
  batch: PushBatch,
  target: Target<VendorDraft>,
  snapshots: readonly Snapshot<'vendor'>[],
): Promise<void> {
  const wanted: { readonly snapshot: Snapshot<'vendor'>; readonly draft: VendorDraft }[] = [];
  for (const snapshot of snapshots) {
    const mapped = mapVendor(snapshot.record);
    if ('draft' in mapped) wanted.push({ snapshot, draft: mapped.draft });
    batch.settle(snapshot, 'done');
    batch.problems.looked('push', subjectOf(snapshot), 'problems' in mapped ? mapped.problems : []);
  }
  const ids = wanted.map(({ snapshot }) => snapshot.ledgerId);
  const links = await linksOf(run.context.store.db, run.companyId, 'vendor', ids);
  await bringNew(
    run,
    batch,
    target,
    wanted.filter(({ snapshot }) => !links.has(snapshot.ledgerId)),
    {
      linkOf: ({ snapshot, draft }, record) => ({ kept: keptOf(snapshot.record, draft, record) }),
      // On the first day nobody knows who emptied a field: what only MineralTree has stays there.
      adopting: (changes, record, { externalId }) => ({
        ...withBothNumbers(withoutEmptying(changes), record),
        // Matched on the first day by its name: of vendors MineralTree takes the ledger's key later, too.
        ...(record.externalId === undefined && externalId !== undefined && { externalId }),
      }),
    },
  );
  if (batch.outage !== undefined) return keepAll(batch, wanted);
  const changed = wanted.flatMap(({ snapshot, draft }) => {
    const link = links.get(snapshot.ledgerId);
    const kept = link?.kept as VendorKept | undefined;
    return link === undefined || kept?.pushedDigest === digestOf(draft) ? [] : [{ snapshot, link }];
  });
  const read = await eachAtOnce(changed, ({ link }) => target.get(link.mtId).catch(mineralTreeError));
  for (const one of changed) {
    const { snapshot, link } = one;
    const now = read.get(one);
    if (now instanceof MineralTreeError) {
      if (isOutage(now)) {
        batch.outage = now;
        batch.settle(snapshot, 'kept');
      } else refuse(batch, snapshot, refusal(snapshot, now.message));
    } else if (now !== undefined) await stepVendor(run, batch, target, { snapshot, link, payables: now });
  }
}

/**
 * One vendor that is on both sides: writes to MineralTree what QuickBooks changed, and returns what MineralTree changed,
 * to be planned for QuickBooks.
 */
export async function stepVendor(
  run: Run,
  batch: PushBatch,
  target: Target<VendorDraft>,
  vendor: { readonly snapshot: Snapshot<'vendor'>; readonly link: Link; readonly payables: Recorded<VendorDraft> },
): Promise<Changes<ContactOfLedger> | undefined> {
  const { snapshot, link, payables } = vendor;
  const mapped = mapVendor(snapshot.record);
  if ('problems' in mapped) return undefined;
  const kept = (link.kept as VendorKept | undefined) ?? keptOf(snapshot.record, mapped.draft, payables);
  const decision = decideVendor({
    vendor: snapshot.record,
    desired: mapped.draft,
    link: { ...kept, payablesId: link.mtId },
    payables,
    vendorEdits: run.company.rules.vendorEdits,
  });
  batch.problems.looked('edit', subjectOf(snapshot), decision.conflicts);
  let record = payables;
  if (decision.toPayables !== undefined) {
    const update = { mtId: link.mtId, changes: withBothNumbers(decision.toPayables, payables) };
    const { results, outage } = await updateAll(run, target, [update]);
    const result = results.get(update);
    if (outage !== undefined) batch.outage = outage;
    if (result?.kind === 'refused') refuse(batch, snapshot, refusal(snapshot, result.error.message));
    else if (result?.kind === 'lost') refuse(batch, snapshot, lost(snapshot));
    else if (result === undefined) batch.settle(snapshot, 'kept');
    if (result?.kind !== 'written') return undefined;
    record = result.record;
  }
  const now = { ledger: contactOfLedger(snapshot.record), payables: contactOfPayables(record) };
  batch.link({
    ...link,
    kept: {
      pushedDigest: digestOf(mapped.draft),
      readBack: draftOf(record),
      base: movedBase(kept.base, now, decision.settled),
    } satisfies VendorKept,
  });
  if (decision.toLedger !== undefined) batch.edit({ entity: 'vendor', mtId: link.mtId });
  return decision.toLedger;
}

const keptOf = (vendor: LedgerVendor, draft: VendorDraft, record: Recorded<VendorDraft>): VendorKept => ({
  pushedDigest: digestOf(draft),
  readBack: draftOf(record),
  base: { ledger: contactOfLedger(vendor), payables: contactOfPayables(record) },
});

const withoutEmptying = (changes: Changes<VendorDraft>): Changes<VendorDraft> =>
  Object.fromEntries(Object.entries(changes).filter(([field, value]) => !(CONTACT.has(field) && value === null)));

/** Phone and fax are one list in MineralTree: where one is written, the other is written as it is. */
function withBothNumbers(changes: Changes<VendorDraft>, { phone, fax }: VendorDraft): Changes<VendorDraft> {
  if (changes.phone === undefined && changes.fax === undefined) return changes;
  return { phone: phone ?? null, fax: fax ?? null, ...changes };
}

/** An error of MineralTree as a value. */
export function mineralTreeError(error: unknown): MineralTreeError {
  if (error instanceof MineralTreeError) return error;
  throw error;
}
