/** Bringing list entries of QuickBooks to MineralTree: accounts, classes, customers, items, terms. */
import type { LedgerKind, LedgerRecords } from '../../domain/ledger.ts';
import { type Link, linksOf, type Snapshot, type Subject } from '../../store/index.ts';
import {
  type Changes,
  decidePush,
  digestOf,
  type Finding,
  KIND_WORDS,
  type Mapped,
  type Pushable,
  type PushLink,
} from '../../sync/index.ts';
import { findAlike } from './foundRecords.ts';
import { readReplica } from './payablesReplica.ts';
import type { PushBatch } from './pushBatch.ts';
import { draftOf, type Recorded, type Target } from './records.ts';
import type { Run } from './run.ts';
import { createAll, updateAll, type WriteResults, type Written } from './writing.ts';

/** What is kept with the link of a list entry (`PushLink` without the ID). */
export type ListKept<D> = Omit<PushLink<D>, 'payablesId'>;

export interface ListPush<K extends LedgerKind, D extends Pushable> {
  readonly kind: K;
  readonly target: Target<D>;
  /** What the entry becomes; undefined when it has no counterpart of this entity. */
  map(record: LedgerRecords[K]): Mapped<D> | undefined;
  /** Whether MineralTree wants such a record in QuickBooks. */
  wanted?(record: Recorded<D>): boolean;
}

/** An entry on its way, with what it should be. */
interface Wanted<K extends LedgerKind, D> {
  readonly snapshot: Snapshot<K>;
  readonly draft: D;
}

/** Brings entries of one kind to one entity. Decisions go into the batch; nothing is written to the store before it commits. */
export async function pushList<K extends LedgerKind, D extends Pushable>(
  run: Run,
  batch: PushBatch,
  push: ListPush<K, D>,
  snapshots: readonly Snapshot<K>[],
): Promise<void> {
  if (snapshots.length === 0) return;
  const { db } = run.context.store;
  const wanted: Wanted<K, D>[] = [];
  for (const snapshot of snapshots) {
    const mapped = push.map(snapshot.record);
    if (mapped !== undefined && 'draft' in mapped) wanted.push({ snapshot, draft: mapped.draft });
    batch.settle(snapshot, 'done');
    batch.problems.looked(
      'push',
      subjectOf(snapshot),
      mapped !== undefined && 'problems' in mapped ? mapped.problems : [],
    );
  }
  const ids = wanted.map(({ snapshot }) => snapshot.ledgerId);
  const links = await linksOf(db, run.companyId, push.target.entity, ids);
  await bringNew(
    run,
    batch,
    push.target,
    wanted.filter(({ snapshot }) => !links.has(snapshot.ledgerId)),
    push.wanted && { wanted: push.wanted },
  );
  if (batch.outage !== undefined) return keepAll(batch, wanted);

  const updates = wanted.flatMap(({ snapshot, draft }) => {
    const link = links.get(snapshot.ledgerId);
    if (link === undefined) return [];
    const kept = link.kept as ListKept<D> | undefined;
    const decision =
      kept === undefined
        ? ({ kind: 'update', changes: draft as Changes<D> } as const)
        : decidePush({ kind: push.target.entity, desired: draft, link: { ...kept, payablesId: link.mtId } });
    if (decision.kind === 'update') return [{ mtId: link.mtId, changes: decision.changes, snapshot, draft, link }];
    if (kept !== undefined)
      batch.link({ ...link, kept: { ...kept, pushedDigest: digestOf(draft) } satisfies ListKept<D> });
    return [];
  });
  const { results, outage } = await updateAll(run, push.target, updates);
  for (const update of updates) settle(batch, update.snapshot, update.draft, results.get(update), update.link);
  if (outage !== undefined) batch.outage = outage;
}

/**
 * Entries without a link: adopted where MineralTree has one that names them, created where it has none, else a problem.
 * `linkOf` says what is kept with the new link.
 */
export async function bringNew<K extends LedgerKind, D extends Pushable>(
  run: Run,
  batch: PushBatch,
  target: Target<D>,
  wanted: readonly Wanted<K, D>[],
  options: {
    readonly alikeNow?: Parameters<typeof findAlike<D>>[3];
    readonly linkOf?: (wanted: Wanted<K, D>, record: Recorded<D>) => Pick<Link, 'kept' | 'extras'>;
    /** What else an adopted record needs before it is linked; false when it could not be done now. */
    readonly adopt?: (wanted: Wanted<K, D>, record: Recorded<D>) => Promise<boolean>;
    /** Whether MineralTree wants a record of the same name in QuickBooks: what stands in its way is told there, once. */
    readonly wanted?: (record: Recorded<D>) => boolean;
    /** What is written over an adopted record, of all that differs. */
    readonly adopting?: (changes: Changes<D>, record: Recorded<D>, draft: D) => Changes<D>;
  } = {},
): Promise<void> {
  if (wanted.length === 0) return;
  if (run.company.firstLoadDoneAt === undefined) await readReplica(run, target);
  const items = wanted.map((one) => ({ ...one, ledgerId: one.snapshot.ledgerId }));
  // A list is small enough to be read whole when something new comes to it.
  const { found, said } = await findAlike(run, target, items, options.alikeNow ?? (() => target.everything()));
  const creations: typeof items = [];
  const adoptions: ((typeof items)[number] & { readonly mtId: string; readonly changes: Changes<D> })[] = [];
  const alikes: [(typeof items)[number], Recorded<D>][] = [];
  const linkOf = options.linkOf ?? ((one, record) => ({ kept: keptOf(one.draft, record) }));
  const linked = (one: (typeof items)[number], record: Recorded<D>): void =>
    batch.link({ ...linkBase(one.snapshot, target, record.id), ...linkOf(one, record) });

  for (const one of items) {
    const alike = found.get(one.ledgerId) ?? [];
    if (alike === 'unreadable') {
      refuse(batch, one.snapshot, {
        code: 'unreadableInMineralTree',
        params: { reason: `it is ${one.ledgerId} in QuickBooks` },
      });
      continue;
    }
    const saidOfIt = said.get(one.ledgerId);
    const decision = decidePush({
      kind: target.entity,
      desired: one.draft,
      found: alike,
      ...(saidOfIt && { said: saidOfIt }),
    });
    if (decision.kind === 'problem') {
      const toldElsewhere = (code: string): boolean =>
        code === 'unmatchedOnFirstDay' && alike.some((record) => options.wanted?.(record) === true);
      refuse(batch, one.snapshot, ...decision.problems.filter(({ code }) => !toldElsewhere(code)));
    } else if (decision.kind === 'create') creations.push(one);
    else if (decision.kind === 'adopt') {
      const record = alike.find(({ id }) => id === decision.payablesId);
      if (record === undefined) continue;
      const changes = options.adopting?.(decision.changes, record, one.draft) ?? decision.changes;
      if (Object.keys(changes).length === 0) alikes.push([one, record]);
      else adoptions.push({ ...one, mtId: record.id, changes });
    }
  }
  const created = await createAll(run, target, creations);
  for (const one of creations) {
    const result = created.results.get(one);
    if (result?.kind === 'written') linked(one, result.record);
    else if (result?.kind === 'refused') batch.notCreated({ entity: target.entity, ledgerId: one.ledgerId });
    settleNew(batch, one.snapshot, result);
  }
  if (created.outage !== undefined) batch.outage = created.outage;
  const adopted: WriteResults<D, (typeof adoptions)[number]> =
    created.outage === undefined ? await updateAll(run, target, adoptions) : { results: new Map() };
  for (const one of adoptions) {
    const result = adopted.results.get(one);
    if (result?.kind === 'written') alikes.push([one, result.record]);
    settleNew(batch, one.snapshot, result);
  }
  if (adopted.outage !== undefined) batch.outage = adopted.outage;
  for (const [one, record] of alikes) {
    if (batch.outage === undefined && ((await options.adopt?.(one, record)) ?? true)) linked(one, record);
    else batch.settle(one.snapshot, 'kept');
  }
}

function settleNew<D>(batch: PushBatch, snapshot: Snapshot, result: Written<D> | undefined): void {
  if (result === undefined) batch.settle(snapshot, 'kept');
  else if (result.kind === 'refused') refuse(batch, snapshot, refusal(snapshot, result.error.message));
  else if (result.kind === 'lost') refuse(batch, snapshot, lost(snapshot));
}

function settle<K extends LedgerKind, D extends Pushable>(
  batch: PushBatch,
  snapshot: Snapshot<K>,
  draft: D,
  result: Written<D> | undefined,
  link: Link,
): void {
  if (result?.kind === 'written') batch.link({ ...link, kept: keptOf(draft, result.record) });
  settleNew(batch, snapshot, result);
}

/** MineralTree, or a rule, refuses a record: its problems, and it is looked at again later. */
export function refuse(batch: PushBatch, snapshot: Snapshot, ...findings: readonly Finding[]): void {
  batch.problems.looked('push', subjectOf(snapshot), findings);
  batch.settle(snapshot, 'later', snapshot.pushTries);
}

export const refusal = (snapshot: Snapshot, text: string): Finding => ({
  code: 'refusedByMineralTree',
  params: { what: KIND_WORDS[snapshot.kind], name: nameOf(snapshot), text },
});

export const lost = (snapshot: Snapshot): Finding => ({
  code: 'mineralTreeAnswerLost',
  params: { what: KIND_WORDS[snapshot.kind], name: nameOf(snapshot) },
});

export const keepAll = (batch: PushBatch, wanted: readonly { readonly snapshot: Snapshot }[]): void => {
  for (const { snapshot } of wanted) batch.settle(snapshot, 'kept');
};

const keptOf = <D extends Pushable>(draft: D, record: Recorded<D>): ListKept<object> => ({
  pushedDigest: digestOf(draft),
  readBack: draftOf(record),
});

const linkBase = <D>(snapshot: Snapshot, { entity }: Target<D>, mtId: string): Link => ({
  kind: snapshot.kind,
  entity,
  ledgerId: snapshot.ledgerId,
  mtId,
  bornIn: 'quickbooks',
});

/** The record as people know it. */
export const subjectOf = (snapshot: Snapshot): Subject => ({
  kind: snapshot.kind,
  id: snapshot.ledgerId,
  name: nameOf(snapshot),
});

export function nameOf({ record }: Pick<Snapshot, 'record'>): string {
  if ('fullName' in record) return record.fullName;
  if ('name' in record) return record.name;
  return `${record.refNumber ?? 'without number'} of ${record.vendor.name}`;
}
