/**
 * Settlements of bills, from what the last pulls left in the store: the bill and its invoice, the payments that it names, what
 * BillToPay says is left.
 *
 * 1. A bill that MineralTree does not have, or that is gone, has no settlement to carry.
 * 2. What was never read is asked for with the next pull, and the settlement waits for it.
 * 3. A settlement that is not clear is the bill's problem: nothing of it is carried.
 */
import type { LedgerKind } from '../../domain/ledger.ts';
import {
  getSnapshots,
  type Link,
  linksOf,
  openOfBills,
  type SettlementChange,
  type SettlementRow,
  type Snapshot,
  settlementsOf,
} from '../../store/index.ts';
import { billPaymentsOf, type Settlement, settlementOf } from '../../sync/index.ts';
import { subjectOf } from './listPush.ts';
import { PAYMENT_KINDS, type PaymentSnapshot, paymentSnapshots } from './paymentLinks.ts';
import type { ProblemLedger } from './problemLedger.ts';
import type { Run } from './run.ts';
import { billPayments } from './touchedBills.ts';

/** A bill whose settlement is known, and which MineralTree has. */
export interface SettledBill {
  readonly snapshot: Snapshot<'bill'>;
  readonly link: Link;
  readonly row: SettlementRow;
  readonly settlement: Settlement;
}

export interface ReadSettlements {
  readonly bills: readonly SettledBill[];
  readonly payments: ReadonlyMap<string, PaymentSnapshot>;
  /** What becomes of those that cannot be carried now. */
  readonly others: readonly SettlementChange[];
  /** Records to be read first. */
  readonly wanted: readonly { readonly kind: LedgerKind; readonly ids: readonly string[] }[];
}

const LATER_MS = [0, 300_000, 900_000, 3_600_000] as const;

/** When a settlement is looked at again: at once, then less and less often. Whatever touches the bill hastens it. */
export const laterOf = (run: Run, { tries }: Pick<SettlementRow, 'tries'>, first = 0): number =>
  run.context.clock() + (LATER_MS[Math.min(tries + first, LATER_MS.length - 1)] ?? 0);

export async function readSettlements(
  run: Run,
  billIds: readonly string[],
  problems: ProblemLedger,
): Promise<ReadSettlements> {
  const { companyId, context } = run;
  const { db } = context.store;
  const rows = await settlementsOf(db, companyId, billIds);
  const snapshots = await getSnapshots(db, companyId, 'bill', billIds);
  const links = await linksOf(db, companyId, 'invoice', billIds);
  const open = await openOfBills(db, companyId, billIds);
  const named = [...snapshots.values()].flatMap(({ record }) => billPaymentsOf(record));
  const payments = await paymentSnapshots(run, named);
  const known = new Map([...payments].flatMap(([id, { record, gone }]) => (gone ? [] : [[id, record] as const])));

  const bills: SettledBill[] = [];
  const others: SettlementChange[] = [];
  const wanted = new Map<LedgerKind, string[]>();
  const want = (kind: LedgerKind, id: string): void => void wanted.set(kind, [...(wanted.get(kind) ?? []), id]);
  for (const billId of billIds) {
    const row = rows.get(billId);
    const snapshot = snapshots.get(billId);
    if (row === undefined) continue;
    const link = links.get(billId);
    if (snapshot === undefined || snapshot.gone || link === undefined) {
      // Due again when MineralTree gets the bill (pushBatch.ts).
      if (snapshot !== undefined) problems.looked('settle', subjectOf(snapshot));
      others.push({ billId, due: null });
      continue;
    }
    const openCents = open.get(billId);
    const settled = settlementOf(snapshot.record, {
      payments: known,
      ...(openCents !== undefined && { openCents }),
    });
    const found = 'problems' in settled ? settled.problems : [];
    // That a bill is void is told where bills are pushed, once.
    problems.looked(
      'settle',
      subjectOf(snapshot),
      found.filter(({ code }) => code !== 'voidedInQuickBooks'),
    );
    if ('settlement' in settled) bills.push({ snapshot, link, row, settlement: settled.settlement });
    else if ('problems' in settled) {
      // It may have been read while somebody paid it.
      want('bill', billId);
      others.push({ billId, due: laterOf(run, row, 1) });
    } else {
      const kinds = new Map(billPayments(snapshot.record));
      for (const id of settled.needs.payments) want(kinds.get(id) ?? PAYMENT_KINDS[0], id);
      if (settled.needs.balance === true) want('bill', billId);
      others.push({ billId, due: laterOf(run, row) });
    }
  }
  return { bills, payments, others, wanted: [...wanted].map(([kind, ids]) => ({ kind, ids })) };
}
