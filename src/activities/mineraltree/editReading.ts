/**
 * Edits made in MineralTree: found by search, kept in the store until they are decided.
 *
 * 1. The index lags, and MineralTree counts in seconds: for a while after the newest record was first seen, others of that
 *    time may still come, and the search begins before it. Once a search after that while has found nothing newer, none can
 *    come any more, and the next begins behind it: a quiet cycle finds nothing.
 * 2. What is no edit (our own write, an acknowledgement) is told by comparing with what is kept with the link.
 */
import type { Payment } from '../../domain/payables.ts';
import {
  findProblems,
  hastenSettlements,
  type Link,
  linksByMt,
  linksOf,
  noteEdits,
  type PayablesEdit,
  type PayablesWatermark,
  type PayablesWatermarks,
  paymentsOnTheirWay,
  touchSettlements,
} from '../../store/index.ts';
import { changedFields, isEmpty, isTakenBack } from '../../sync/index.ts';
import { createProblemLedger } from './problemLedger.ts';
import { draftOf, type Readings } from './records.ts';
import { isReversal } from './reversalPlanning.ts';
import type { Run } from './run.ts';

const CHUNK = 200;
/** Beside the lag of the index: MineralTree counts `modified` in seconds. */
const MARGIN_MS = 5_000;

interface Edited {
  readonly id: string;
  readonly modified: string;
}

/** Notes what was edited of bills and vendors, and which payments were taken back, since the company's watermarks, and returns the new ones. */
export async function readEdits(run: Run): Promise<PayablesWatermarks> {
  const { records } = await run.payables();
  const { bill, vendor, payment } = run.company.payablesWatermarks;
  return {
    bill: await readEntity(
      run,
      'invoice',
      bill,
      (since) => records.bills.modifiedSince(since),
      isEdited(run, 'invoice'),
    ),
    vendor: await readEntity(
      run,
      'vendor',
      vendor,
      (since) => records.vendors.modifiedSince(since),
      isEdited(run, 'vendor'),
    ),
    payment: await readEntity(
      run,
      'payment',
      payment,
      (since) => records.payments.modifiedSince(since),
      (payments) => reversalsOf(run, payments),
    ),
  };
}

/** The watermark from which edits are looked for when a first load begins: before anything that it writes. */
export const firstPayablesWatermark = (now: number): PayablesWatermark => ({
  modified: stamp(now - 3_600_000),
  seenAt: now,
});

type EditedEntity = 'invoice' | 'vendor' | 'payment';

/** @param edited which of the records were edited, as far as QuickBooks is concerned */
async function readEntity<D extends object>(
  run: Run,
  entity: EditedEntity,
  watermark: PayablesWatermark | undefined,
  search: (since: string) => Readings<D>,
  edited: (records: readonly (D & Edited)[]) => Promise<readonly Edited[]>,
): Promise<PayablesWatermark> {
  const from = watermark ?? firstPayablesWatermark(run.company.addedAt);
  const settling = run.company.rules.indexLagMs + MARGIN_MS;
  const since = stamp(Date.parse(from.modified) + (from.settled === true ? 1_000 : -settling));
  let newest: PayablesWatermark = run.startedAt - from.seenAt > settling ? { ...from, settled: true } : from;
  let chunk: (D & Edited)[] = [];
  const unreadable = new Map<string, string>();
  const readable = new Set<string>();
  for await (const reading of search(since)) {
    if ('record' in reading) {
      chunk.push(reading.record);
      readable.add(reading.record.id);
      if (Date.parse(reading.record.modified) > Date.parse(newest.modified))
        newest = { modified: reading.record.modified, seenAt: run.startedAt };
    } else if (reading.unreadable !== undefined) unreadable.set(reading.unreadable, reading.reason);
    if (chunk.length >= CHUNK) {
      await noteChanged(run, entity, await edited(chunk));
      chunk = [];
    }
  }
  await noteChanged(run, entity, await edited(chunk));
  await tellUnreadable(run, entity, unreadable, readable);
  return newest;
}

/**
 * Tells of edits that cannot be read, of records that both sides have. What MineralTree alone has is told when it is wanted
 * in QuickBooks (invoicePlanning.ts, paymentPlanning.ts).
 */
async function tellUnreadable(
  run: Run,
  entity: EditedEntity,
  unreadable: ReadonlyMap<string, string>,
  readable: ReadonlySet<string>,
): Promise<void> {
  const { db } = run.context.store;
  const told = await findProblems(db, run.companyId, { codes: ['unreadableInMineralTree'], prefix: 'edit:' });
  const ledgerIds = told.map(({ subject }) => subject.id);
  const links = [
    ...(await linksByMt(db, run.companyId, entity, [...unreadable.keys()])).values(),
    ...(await linksOf(db, run.companyId, entity, ledgerIds)).values(),
  ];
  const problems = createProblemLedger();
  for (const { kind, ledgerId, mtId } of links) {
    const subject = { kind, id: ledgerId };
    const reason = unreadable.get(mtId);
    if (reason !== undefined) problems.found('edit', subject, { code: 'unreadableInMineralTree', params: { reason } });
    else if (readable.has(mtId)) problems.over('edit', subject, 'unreadableInMineralTree');
  }
  if (links.length > 0) await run.fence.write((tx) => problems.write(tx, run.companyId, run.context.clock()));
}

async function noteChanged(run: Run, entity: EditedEntity, records: readonly Edited[]): Promise<void> {
  const edits: PayablesEdit[] = records.map(({ id }) => ({ entity, mtId: id }));
  if (edits.length > 0) await run.fence.write((tx) => noteEdits(tx, run.companyId, edits, run.startedAt));
}

const isEdited =
  (run: Run, entity: 'invoice' | 'vendor') =>
  async <D extends object>(records: readonly (D & Edited)[]): Promise<readonly Edited[]> => {
    const ids = records.map(({ id }) => id);
    const links = await linksByMt(run.context.store.db, run.companyId, entity, ids);
    return records.filter((record) => isEdit(record, links.get(record.id)));
  };

/** Payments that were taken back, of those that QuickBooks has or may have. */
async function reversalsOf(run: Run, payments: readonly Payment[]): Promise<readonly Edited[]> {
  const { db } = run.context.store;
  const ids = payments.map(({ id }) => id);
  const links = await linksByMt(db, run.companyId, 'payment', ids);
  const onTheirWay = await paymentsOnTheirWay(db, run.companyId, ids);
  await lookAgain(
    run,
    payments.filter((payment) => isTakenBack(payment, false)),
  );
  return payments.filter((payment) => isReversal(payment, links.get(payment.id), onTheirWay.has(payment.id)));
}

/**
 * A bill that may be paid twice may be free of that now. And one that QuickBooks paid too, which was not told to MineralTree
 * while its own payment stood, is as open as QuickBooks says.
 */
async function lookAgain(run: Run, takenBack: readonly Payment[]): Promise<void> {
  if (takenBack.length === 0) return;
  const { companyId, startedAt } = run;
  const invoices = takenBack.flatMap(({ applied }) => applied.map(({ invoice }) => invoice.id));
  const links = await linksByMt(run.context.store.db, companyId, 'invoice', invoices);
  const bills = [...links.values()].map(({ ledgerId }) => ledgerId);
  await run.fence.write(async (tx) => {
    await hastenSettlements(tx, companyId, startedAt);
    await touchSettlements(tx, companyId, bills, startedAt, false);
  });
}

function isEdit<D extends object>(record: D & Edited, link: Link | undefined): boolean {
  if (link === undefined) return false;
  const kept = link.kept as { readonly readBack?: object } | undefined;
  return kept?.readBack === undefined || !isEmpty(changedFields<object>(draftOf(record), kept.readBack));
}

/** To the second, as MineralTree writes it. */
const stamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
