/**
 * Bringing MineralTree up to date: everything in the store that it has yet to hear of, in the order of its dependencies
 * (accounts, classes, customers, items, terms, vendors, bills, credits), record by record.
 *
 * 1. What is due is in the store, so an activity that is tried again goes on where the last attempt ended.
 * 2. A record with a problem is put off; it never stops the others.
 * 3. At most `CHUNK` records are in memory.
 */
import type { LedgerKind } from '../../domain/ledger.ts';
import { type AnySnapshot, dueSnapshots, type Snapshot } from '../../store/index.ts';
import {
  mapAccount,
  mapClass,
  mapCustomer,
  mapItem,
  mapPaymentMethod,
  mapTerms,
  wantsTermsPosting,
} from '../../sync/index.ts';
import { pushBills } from './billPush.ts';
import type { PayablesConnection } from './connection.ts';
import { pushCredits } from './creditPush.ts';
import { leftBehind } from './leftBehind.ts';
import { keepAll, pushList } from './listPush.ts';
import { createPushBatch, type PushBatch } from './pushBatch.ts';
import { type Targets, targetsOf } from './records.ts';
import type { Run } from './run.ts';
import { pushVendors } from './vendorPush.ts';

const CHUNK = 200;

/**
 * Pushes what is due. Returns whether there was anything.
 * @param openCents what BillToPay says is left on bills, by TxnID
 * @throws MineralTreeError when MineralTree could not be reached; what was done until then is kept
 */
export async function pushDue(run: Run, openCents: ReadonlyMap<string, number>): Promise<boolean> {
  const { db } = run.context.store;
  let due = await dueSnapshots(db, run.companyId, run.startedAt, CHUNK);
  if (due.length === 0) return false;
  const connection = await run.payables();
  const targets = targetsOf(connection);
  while (due.length > 0) {
    for (const snapshots of byKind(due)) {
      const batch = createPushBatch(run);
      const behind = new Set(await leftBehind(run, snapshots));
      for (const snapshot of behind) batch.settle(snapshot, 'done');
      const coming = snapshots.filter((snapshot) => !behind.has(snapshot));
      await pushKind(run, batch, { connection, targets, openCents }, coming);
      await batch.commit();
    }
    due = await dueSnapshots(db, run.companyId, run.startedAt, CHUNK);
  }
  return true;
}

interface Means {
  readonly connection: PayablesConnection;
  readonly targets: Targets;
  readonly openCents: ReadonlyMap<string, number>;
}

async function pushKind(
  run: Run,
  batch: PushBatch,
  { connection, targets, openCents }: Means,
  snapshots: readonly AnySnapshot[],
): Promise<void> {
  const accounts = of('account', snapshots);
  if (accounts.length > 0) {
    const plain = { kind: 'account', target: targets.glAccount } as const;
    await pushList(run, batch, { ...plain, map: (record) => ({ draft: mapAccount(record) }) }, accounts);
    if (batch.outage !== undefined)
      return keepAll(
        batch,
        accounts.map((snapshot) => ({ snapshot })),
      );
    await pushList(
      run,
      batch,
      {
        kind: 'account',
        target: targets.paymentMethod,
        map: (record) => {
          const draft = mapPaymentMethod(record);
          return draft && { draft };
        },
      },
      accounts,
    );
    return;
  }
  const { classification: target } = targets;
  await pushList(
    run,
    batch,
    { kind: 'class', target, map: (one) => ({ draft: mapClass(one) }) },
    of('class', snapshots),
  );
  await pushList(
    run,
    batch,
    { kind: 'customer', target: targets.project, map: (one) => ({ draft: mapCustomer(one) }) },
    of('customer', snapshots),
  );
  await pushList(
    run,
    batch,
    { kind: 'item', target: targets.item, map: (one) => ({ draft: mapItem(one) }) },
    of('item', snapshots),
  );
  await pushList(
    run,
    batch,
    { kind: 'terms', target: targets.term, map: mapTerms, wanted: wantsTermsPosting },
    of('terms', snapshots),
  );
  const vendors = of('vendor', snapshots);
  if (vendors.length > 0) await pushVendors(run, batch, targets.vendor, vendors);
  const bills = of('bill', snapshots);
  if (bills.length > 0) await pushBills(run, batch, targets.invoice, connection, bills, openCents);
  const credits = of('credit', snapshots);
  if (credits.length > 0) await pushCredits(run, batch, connection.records, credits);
  // Payments come with the settlements of the bills that they pay.
  for (const snapshot of [...of('checkPayment', snapshots), ...of('cardPayment', snapshots)])
    batch.settle(snapshot, 'done');
}

/** Consecutive records of one kind: they come sorted by kind. */
function byKind(snapshots: readonly AnySnapshot[]): readonly (readonly AnySnapshot[])[] {
  const groups = new Map<LedgerKind, AnySnapshot[]>();
  for (const snapshot of snapshots) groups.set(snapshot.kind, [...(groups.get(snapshot.kind) ?? []), snapshot]);
  return [...groups.values()];
}

function of<K extends LedgerKind>(kind: K, snapshots: readonly AnySnapshot[]): readonly Snapshot<K>[] {
  return snapshots.filter((snapshot): snapshot is Extract<AnySnapshot, Snapshot<K>> => snapshot.kind === kind);
}
