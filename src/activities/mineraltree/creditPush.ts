/**
 * Credits of QuickBooks to MineralTree.
 *
 * 1. A credit comes when something of it is open, or when a bill's settlement needs it. One that was used up before anybody
 *    looked is history.
 * 2. What was applied to bills counts for those whose settlements are carried: the others have no applications there.
 * 3. A credit that names ours by its externalId, or that the first day matched, is adopted.
 */
import type { Credit, Draft } from '../../domain/payables.ts';
import { type CompanyRecords, MineralTreeError } from '../../mineraltree/index.ts';
import {
  type Link,
  linksOf,
  matchesOf,
  openOfCredits,
  pairingsOfLedger,
  type Snapshot,
  settlementsOf,
} from '../../store/index.ts';
import { type Changes, changedFields, digestOf, isEmpty, type Lookup, mapCredit } from '../../sync/index.ts';
import { isOutage } from './failure.ts';
import { awaitIndex, searchByExternalId } from './foundRecords.ts';
import { type ListKept, lost, refusal, refuse, subjectOf } from './listPush.ts';
import type { PushBatch } from './pushBatch.ts';
import { draftOf, type Recorded } from './records.ts';
import { eachAtOnce, type Run } from './run.ts';
import { mineralTreeError } from './vendorPush.ts';
import { type Creatable, createAll, updateAll, type Written } from './writing.ts';

type CreditDraft = Draft<Credit>;
type CreditSnapshot = Snapshot<'credit'>;

/** Credits as what creating them asks for. */
export const creditTarget = ({ credits }: CompanyRecords): Creatable<CreditDraft> => ({
  entity: 'credit',
  lags: true,
  ...credits,
});

interface Wanted {
  readonly snapshot: CreditSnapshot;
  readonly draft: CreditDraft;
}

/** @param needed TxnIDs of credits that are wanted although nothing of them is open */
export async function pushCredits(
  run: Run,
  batch: PushBatch,
  records: CompanyRecords,
  snapshots: readonly CreditSnapshot[],
  needed: ReadonlySet<string> = new Set(),
): Promise<void> {
  if (snapshots.length === 0) return;
  const { db } = run.context.store;
  const ids = snapshots.map(({ ledgerId }) => ledgerId);
  const [lookup, open, links] = [
    await creditLookup(run, snapshots),
    await openOfCredits(db, run.companyId, ids),
    await linksOf(db, run.companyId, 'credit', ids),
  ];
  const [news, known]: [Wanted[], (Wanted & { readonly link: Link })[]] = [[], []];
  for (const snapshot of snapshots) {
    batch.settle(snapshot, 'done');
    const link = links.get(snapshot.ledgerId);
    const left = open.get(snapshot.ledgerId) ?? 0;
    const mapped = snapshot.gone ? { problems: [] } : mapCredit(snapshot.record, { lookup, openCents: left });
    if ('problems' in mapped) {
      const history = link === undefined && left <= 0 && !needed.has(snapshot.ledgerId);
      batch.problems.looked('push', subjectOf(snapshot), history ? [] : mapped.problems);
      if (mapped.problems.some(({ waitsFor }) => waitsFor !== undefined))
        batch.settle(snapshot, 'later', snapshot.pushTries);
      continue;
    }
    batch.problems.looked('push', subjectOf(snapshot));
    if (link !== undefined) known.push({ snapshot, draft: mapped.draft, link });
    else if (left > 0 || needed.has(snapshot.ledgerId)) news.push({ snapshot, draft: mapped.draft });
  }
  await bringCredits(run, batch, records, news);
  if (batch.outage !== undefined) {
    for (const { snapshot } of known) batch.settle(snapshot, 'kept');
    return;
  }
  await updateCredits(run, batch, records, known);
}

/** The vendors of credits, and the bills that they are applied to, where the settlements of those are carried. */
async function creditLookup(run: Run, snapshots: readonly CreditSnapshot[]): Promise<Lookup> {
  const { db } = run.context.store;
  const bills = snapshots.flatMap(({ record }) => record.links.map(({ txnId }) => txnId));
  const carried = await settlementsOf(db, run.companyId, bills);
  const references = [
    ...snapshots.map(({ record }) => ({ kind: 'vendor' as const, id: record.vendor.id })),
    ...[...carried.keys()].map((id) => ({ kind: 'bill' as const, id })),
  ];
  const payables = new Map<string, string>();
  for (const { kind, entity, ledgerId, mtId } of await pairingsOfLedger(db, run.companyId, references))
    if (entity === 'vendor' || entity === 'invoice') payables.set(`${kind} ${ledgerId}`, mtId);
  return { payablesId: (kind, id) => payables.get(`${kind} ${id}`), ledger: () => undefined };
}

async function bringCredits(
  run: Run,
  batch: PushBatch,
  records: CompanyRecords,
  news: readonly Wanted[],
): Promise<void> {
  if (news.length === 0) return;
  const target = creditTarget(records);
  const items = news.map((one) => ({ ...one, ledgerId: one.snapshot.ledgerId }));
  const found = await findOurs(run, records, items).catch(mineralTreeError);
  if (found instanceof MineralTreeError) {
    batch.outage = found;
    for (const { snapshot } of items) batch.settle(snapshot, 'kept');
    return;
  }
  const link = ({ snapshot, draft }: Wanted, record: Recorded<CreditDraft>): void =>
    batch.link({
      kind: 'credit',
      entity: 'credit',
      ledgerId: snapshot.ledgerId,
      mtId: record.id,
      bornIn: 'quickbooks',
      kept: keptOf(draft, record),
    });
  const creations = items.filter((one) => !found.has(one.ledgerId));
  for (const one of items) {
    const ours = found.get(one.ledgerId);
    if (ours === 'unreadable')
      refuse(batch, one.snapshot, {
        code: 'unreadableInMineralTree',
        params: { reason: `it is ${one.ledgerId} in QuickBooks` },
      });
    else if (ours !== undefined) link(one, ours);
  }
  const { results, outage } = await createAll(run, target, creations);
  for (const one of creations) {
    const result = results.get(one);
    if (result?.kind === 'written') link(one, result.record);
    if (result?.kind === 'refused') batch.notCreated({ entity: target.entity, ledgerId: one.ledgerId });
    settle(batch, one.snapshot, result);
  }
  if (outage !== undefined) batch.outage = outage;
}

/** Credits that MineralTree has already. The index may lag behind an earlier creation, but for one that was journaled. */
async function findOurs(
  run: Run,
  { credits }: CompanyRecords,
  items: readonly { readonly ledgerId: string }[],
): Promise<ReadonlyMap<string, Recorded<CreditDraft> | 'unreadable'>> {
  const ledgerIds = items.map(({ ledgerId }) => ledgerId);
  await awaitIndex(run, 'credit', ledgerIds);
  const found = new Map<string, Recorded<CreditDraft> | 'unreadable'>();
  for (const [id, records] of await searchByExternalId<CreditDraft>(credits, ledgerIds)) {
    const first = records === 'unreadable' ? records : records[0];
    if (first !== undefined) found.set(id, first);
  }
  const matches = await matchesOf(run.context.store.db, run.companyId, { entity: 'credit', ledgerIds });
  const same = matches.filter(({ ledgerId, same }) => same && !found.has(ledgerId));
  for (const [{ ledgerId }, record] of await eachAtOnce(same, ({ mtId }) => credits.get(mtId).catch(mineralTreeError)))
    if (!(record instanceof MineralTreeError)) found.set(ledgerId, record);
    else if (isOutage(record)) throw record;
    else if (record.code === 'unreadable') found.set(ledgerId, 'unreadable');
  return found;
}

/** What is left of a credit follows, in MineralTree, from its applications: its status is written only to close it. */
async function updateCredits(
  run: Run,
  batch: PushBatch,
  { credits }: CompanyRecords,
  known: readonly (Wanted & { readonly link: Link })[],
): Promise<void> {
  const updates = known.flatMap(({ snapshot, draft, link }) => {
    const kept = link.kept as ListKept<CreditDraft> | undefined;
    if (kept?.pushedDigest === digestOf(draft)) return [];
    const { status, ...rest } = kept === undefined ? draft : changedFields(draft, kept.readBack);
    const changes: Changes<CreditDraft> = { ...rest, ...(status === 'Settled' && { status }) };
    return isEmpty(changes) ? [] : [{ mtId: link.mtId, changes, snapshot, draft, link }];
  });
  const { results, outage } = await updateAll(run, { entity: 'credit', ...credits }, updates);
  for (const update of updates) {
    const result = results.get(update);
    if (result?.kind === 'written') batch.link({ ...update.link, kept: keptOf(update.draft, result.record) });
    settle(batch, update.snapshot, result);
  }
  if (outage !== undefined) batch.outage = outage;
}

function settle(batch: PushBatch, snapshot: CreditSnapshot, result: Written<CreditDraft> | undefined): void {
  if (result === undefined) batch.settle(snapshot, 'kept');
  else if (result.kind === 'refused') refuse(batch, snapshot, refusal(snapshot, result.error.message));
  else if (result.kind === 'lost') refuse(batch, snapshot, lost(snapshot));
}

const keptOf = (draft: CreditDraft, record: Recorded<CreditDraft>): ListKept<CreditDraft> => ({
  pushedDigest: digestOf(draft),
  readBack: draftOf(record),
});
