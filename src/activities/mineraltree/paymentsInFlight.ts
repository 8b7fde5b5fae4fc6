/**
 * Payments of MineralTree that QuickBooks does not have yet: made, and to be posted; or on their way to be made.
 *
 * They are read by state, in one search. What cannot be read is left out: its own problem says so (paymentPlanning.ts).
 */
import type { Cents } from '../../domain/money.ts';
import type { Payment } from '../../domain/payables.ts';
import { linksByMt } from '../../store/index.ts';
import { guidOfPayment, isUuid, PAYMENT_STATUSES, paymentDisposition } from '../../sync/index.ts';
import type { PaymentKept } from './paymentLinks.ts';
import type { Run } from './run.ts';

export interface PaymentsInFlight {
  /**
   * What MineralTree has paid on an invoice and QuickBooks does not have yet.
   * @param bill its bill: TxnID, A/P account, and the ExternalGUIDs of the payments that stand on it
   */
  unposted(
    invoiceId: string,
    bill: { readonly id: string; readonly apAccountId?: string; readonly guids: ReadonlySet<string> },
  ): Cents;
  /** What payments that have not left are about to pay on an invoice. */
  queued(invoiceId: string): Cents;
}

const ON_THEIR_WAY = PAYMENT_STATUSES.filter(
  ({ disposition }) => disposition === 'toPost' || disposition === 'notYet',
).map(({ status }) => status);

/** @throws MineralTreeError */
export async function readPaymentsInFlight(run: Run): Promise<PaymentsInFlight> {
  const { records } = await run.payables();
  const [paid, queued]: [Payment[], Payment[]] = [[], []];
  for await (const reading of records.payments.wantingPosting(ON_THEIR_WAY)) {
    if (!('record' in reading)) continue;
    const disposition = paymentDisposition(reading.record.status, reading.record.fundMethod);
    if (disposition === 'toPost') paid.push(reading.record);
    if (disposition === 'notYet') queued.push(reading.record);
  }
  const links = await linksByMt(
    run.context.store.db,
    run.companyId,
    'payment',
    paid.map(({ id }) => id),
  );
  return {
    unposted(invoiceId, { id, apAccountId, guids }) {
      const missing = paid.filter((payment) => {
        const kept = links.get(payment.id)?.kept as PaymentKept | undefined;
        if (kept?.bills[id] !== undefined) return false;
        return !isUuid(payment.id) || !guids.has(guidOfPayment(payment.id, apAccountId ?? ''));
      });
      return sum(missing, invoiceId);
    },
    queued: (invoiceId) => sum(queued, invoiceId),
  };
}

const sum = (payments: readonly Payment[], invoiceId: string): Cents =>
  payments
    .flatMap(({ applied }) => applied)
    .reduce((total, { invoice, appliedCents }) => (invoice.id === invoiceId ? total + appliedCents : total), 0);
