/**
 * How payments of QuickBooks stand in MineralTree, by what is kept of them.
 *
 * 1. A payment made in QuickBooks and recorded in MineralTree is one link of the entity `payment`.
 * 2. A payment of MineralTree is one payment in QuickBooks for each A/P account: a link of the entity `paymentPart` for
 *    each, and one of the entity `payment` for the first, by which MineralTree knows it.
 * 3. A payment without a link that carries our ExternalGUID is ours all the same: its outcome is not settled yet, or the
 *    store was brought back to an earlier hour.
 */
import type { LedgerKind, LedgerPayment } from '../../domain/ledger.ts';
import type { Cents } from '../../domain/money.ts';
import { MineralTreeError } from '../../mineraltree/index.ts';
import { getSnapshots, guidsPosted, linksOf, type Snapshot } from '../../store/index.ts';
import { type PaymentStanding, paymentOfGuid } from '../../sync/index.ts';
import { isOutage } from './failure.ts';
import { eachAtOnce, type Run } from './run.ts';
import { mineralTreeError } from './vendorPush.ts';

/** What is kept with the link of a payment, or of a part of one. */
export interface PaymentKept {
  /** What it pays of each bill in MineralTree, by the bill's TxnID. */
  readonly bills: Readonly<Record<string, Cents>>;
  /** MineralTree's own record of it is void. */
  readonly undone?: true;
  /** Of a payment that MineralTree made: its parts in QuickBooks, by TxnID, with what was posted. */
  readonly parts?: Readonly<
    Record<
      string,
      {
        readonly txnType: 'BillPaymentCheck' | 'BillPaymentCreditCard';
        readonly amountCents: Cents;
        readonly apAccountId?: string;
      }
    >
  >;
}

export type PaymentSnapshot = Snapshot<'checkPayment'> | Snapshot<'cardPayment'>;
export const PAYMENT_KINDS = ['checkPayment', 'cardPayment'] as const satisfies readonly LedgerKind[];

/** Bill payments by TxnID, as last read; those that are gone included. */
export async function paymentSnapshots(
  run: Run,
  txnIds: readonly string[],
): Promise<ReadonlyMap<string, PaymentSnapshot>> {
  const { db } = run.context.store;
  const found = new Map<string, PaymentSnapshot>();
  for (const kind of PAYMENT_KINDS)
    for (const [id, snapshot] of await getSnapshots(db, run.companyId, kind, txnIds)) found.set(id, snapshot);
  return found;
}

/** What a payment that only links of bills tell of is known by: one for each bill. */
export const linkedPaymentKey = (txnId: string, billId: string): string => `${txnId}/${billId}`;

export interface PaymentStandings {
  of(txnId: string, billId: string): PaymentStanding | undefined;
}

/**
 * @param wanted each payment with the bills that it is asked for
 * @throws MineralTreeError when MineralTree could not be reached
 */
export async function readStandings(
  run: Run,
  wanted: readonly { readonly txnId: string; readonly billId: string }[],
  payments: ReadonlyMap<string, PaymentSnapshot>,
): Promise<PaymentStandings> {
  const { db } = run.context.store;
  const ids = wanted.flatMap(({ txnId, billId }) => [txnId, linkedPaymentKey(txnId, billId)]);
  const parts = await linksOf(db, run.companyId, 'paymentPart', ids);
  const links = await linksOf(db, run.companyId, 'payment', ids);
  const unlinked = [...new Set(wanted.map(({ txnId }) => txnId))].flatMap((txnId) => {
    const record = payments.get(txnId)?.record;
    return record?.guid === undefined || parts.has(txnId) || links.has(txnId) ? [] : [record];
  });
  const ours = await ownPayments(run, unlinked);
  return {
    of(txnId, billId) {
      const link = parts.get(txnId) ?? links.get(txnId) ?? links.get(linkedPaymentKey(txnId, billId));
      if (link === undefined) {
        const own = ours.get(txnId);
        return own && { kind: 'posted', ...centsOf(appliedTo(own, billId)) };
      }
      const kept = link.kept as PaymentKept | undefined;
      if (kept?.undone === true) return { kind: 'undone' };
      return { kind: link.bornIn === 'mineraltree' ? 'posted' : 'recorded', ...centsOf(kept?.bills[billId]) };
    },
  };
}

const centsOf = (cents: Cents | undefined): { readonly cents?: Cents } => (cents === undefined ? {} : { cents });

function appliedTo({ applications }: LedgerPayment, billId: string): Cents | undefined {
  const applied = applications.filter(({ txnId }) => txnId === billId);
  return applied.length === 0 ? undefined : applied.reduce((sum, { amountCents }) => sum + amountCents, 0);
}

/** Those whose ExternalGUID is of one of our postings, or names a payment of this company in MineralTree. */
async function ownPayments(run: Run, payments: readonly LedgerPayment[]): Promise<ReadonlyMap<string, LedgerPayment>> {
  const ours = new Map<string, LedgerPayment>();
  const guids = payments.flatMap(({ guid }) => guid ?? []);
  const posted = await guidsPosted(run.context.store.db, run.companyId, guids);
  const others: { readonly payment: LedgerPayment; readonly mtId: string }[] = [];
  for (const payment of payments) {
    if (payment.guid === undefined) continue;
    if (posted.has(payment.guid)) ours.set(payment.id, payment);
    else {
      const mtId = paymentOfGuid(payment.guid, payment.apAccount?.id ?? '');
      if (mtId !== undefined) others.push({ payment, mtId });
    }
  }
  if (others.length === 0) return ours;
  const { records } = await run.payables();
  const found = await eachAtOnce(others, ({ mtId }) => records.payments.get(mtId).catch(mineralTreeError));
  for (const [{ payment }, record] of found)
    if (!(record instanceof MineralTreeError)) ours.set(payment.id, payment);
    else if (isOutage(record)) throw record;
  return ours;
}
