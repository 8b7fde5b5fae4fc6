/**
 * Which bills a pull touches without being asked for them: those whose payments and credits changed, now or as they were
 * known last, and those of which BillToPay tells something else than before.
 *
 * 1. The settlement of a touched bill falls due, once; it is carried when nothing is left to be read.
 * 2. A touched bill that did not come with the pull is wanted: so are payments that a bill names and nobody has read, and
 *    credits that are more or less open than was known.
 * 3. During a first load nothing is wanted, for everything is read anyway; and a bill that is paid already is not touched:
 *    how it was paid is history.
 */
import type { Pull } from '../../contract/index.ts';
import { isTransactionKind, type LedgerKind, type LedgerRecords } from '../../domain/ledger.ts';
import {
  type AnySnapshot,
  knownIds,
  noteCredits,
  putBalances,
  type Tx,
  touchSettlements,
  wantKeys,
} from '../../store/index.ts';
import { billPaymentsOf, creditOpenByLinks, isVoidedPayment, linkKind } from '../../sync/index.ts';
import type { Run } from './run.ts';

type AnyRecord = LedgerRecords[LedgerKind];

/** A payment that was over something and is over nothing now. */
export interface VoidedPayment {
  readonly kind: 'checkPayment' | 'cardPayment';
  readonly now: LedgerRecords['checkPayment'];
  /** What it was over. */
  readonly amountCents: number;
}

export interface TouchedBills {
  /** A record that was stored and is news, with its version of before. */
  changed(kind: LedgerKind, before: AnyRecord | undefined, now: AnyRecord): void;
  /** Payments of a kind that were voided. */
  voided(kind: LedgerKind): readonly VoidedPayment[];
  gone(snapshot: Pick<AnySnapshot, 'kind' | 'record'>): void;
  /** Stores balances, what is due and what is wanted. */
  write(tx: Tx): Promise<void>;
}

export function createTouchedBills({ companyId, company, startedAt }: Run, pull: Pull): TouchedBills {
  const touched = new Set<string>();
  const payments = new Map<string, LedgerKind>();
  const voids: VoidedPayment[] = [];
  const credits = new Map<string, LedgerRecords['credit'] & { readonly gone?: true }>();

  const touch = (kind: LedgerKind, record: AnyRecord | undefined): void => {
    if (record === undefined || !isTransactionKind(kind)) return;
    for (const id of billsOf(kind, record)) touched.add(id);
  };
  return {
    changed(kind, before, now) {
      touch(kind, before);
      touch(kind, now);
      if (kind === 'credit' && 'creditAmountCents' in now) credits.set(now.id, now);
      if ((kind === 'checkPayment' || kind === 'cardPayment') && 'applications' in now && isVoidedPayment(now)) {
        const { amountCents } = before !== undefined && 'applications' in before ? before : now;
        if (amountCents !== 0) voids.push({ kind, now, amountCents });
      }
      if (kind === 'bill' && 'amountDueCents' in now) for (const [id, of] of billPayments(now)) payments.set(id, of);
    },
    voided: (kind) => voids.filter((one) => one.kind === kind),
    gone({ kind, record }) {
      if (kind !== 'bill') touch(kind, record);
      if (kind === 'credit' && 'creditAmountCents' in record) credits.set(record.id, { ...record, gone: true });
    },
    async write(tx) {
      const open = [...credits.values()].map((credit) => ({
        id: credit.id,
        vendorId: credit.vendor.id,
        openCents: credit.gone ? 0 : creditOpenByLinks(credit),
      }));
      await noteCredits(tx, companyId, open, startedAt);
      const news = await putBalances(tx, companyId, pull.balances, startedAt);
      for (const id of news.bills) touched.add(id);
      const firstLoad = company.firstLoadDoneAt === undefined;
      await touchSettlements(tx, companyId, [...touched], startedAt, firstLoad);
      if (firstLoad) return;
      const want = async (kind: LedgerKind, ids: readonly string[], known: boolean): Promise<void> => {
        const came = new Set((pull.records[kind] ?? []).map(({ id }) => id));
        const left = ids.filter((id) => !came.has(id));
        const there = await knownIds(tx, companyId, kind, left);
        await wantKeys(
          tx,
          companyId,
          kind,
          left.filter((id) => there.has(id) === known),
        );
      };
      await want('bill', [...touched], true);
      await want('credit', news.credits, true);
      for (const kind of ['checkPayment', 'cardPayment'] as const)
        await want(
          kind,
          [...payments].flatMap(([id, of]) => (of === kind ? [id] : [])),
          false,
        );
    },
  };
}

/** The bills that a record names as settled by it; of a bill itself, whether anything settles it. */
function billsOf(kind: LedgerKind, record: AnyRecord): readonly string[] {
  if ('applications' in record)
    return record.applications.flatMap(({ txnId, txnType }) => (txnType === 'Bill' ? [txnId] : []));
  if (!('links' in record)) return [];
  if (kind === 'credit') return record.links.flatMap(({ txnId, txnType }) => (txnType === 'Bill' ? [txnId] : []));
  return record.links.some((link) => linkKind(link) !== 'order') ? [record.id] : [];
}

const PAYMENT_KINDS: Readonly<Record<string, LedgerKind>> = {
  BillPaymentCheck: 'checkPayment',
  BillPaymentCreditCard: 'cardPayment',
};

/** Bill payments that a bill names, with their kinds. */
export function billPayments(bill: LedgerRecords['bill']): readonly (readonly [id: string, kind: LedgerKind])[] {
  const named = new Set(billPaymentsOf(bill));
  return bill.links.flatMap(({ txnId, txnType }) => {
    const kind = named.has(txnId) ? PAYMENT_KINDS[txnType] : undefined;
    return kind === undefined ? [] : [[txnId, kind] as const];
  });
}
