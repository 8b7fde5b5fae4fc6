/**
 * Payments: those that MineralTree made, by status; external ones, recorded; the acknowledgement.
 */
import type { Draft, Payment } from '../domain/payables.ts';
import { createAcknowledge } from './acknowledge.ts';
import type { Caller } from './calls.ts';
import type { Reading } from './entities/entity.ts';
import { payments } from './entities/payment.ts';
import { MineralTreeError } from './errors.ts';
import { all, isEmpty, oneOf } from './fiql.ts';
import { createSearchableRecords, type Records, type SearchableRecords } from './records.ts';
import { type SearchOptions, search } from './search.ts';

/** A payment made outside of MineralTree, to be recorded there: what the API takes of one. */
export type ExternalPayment = Omit<Draft<Payment>, 'status' | 'vendor'>;

export interface PaymentRecords
  extends Pick<Records<Payment>, 'get'>,
    Pick<SearchableRecords<Payment>, 'search' | 'modifiedSince' | 'byExternalId'> {
  /** Records a payment made outside; the balances of its invoices go down by it. With an externalId, always. */
  recordExternal(draft: ExternalPayment & { readonly externalId: string }): Promise<Payment>;
  /** Tells MineralTree that the payment is in the ledger. The same acknowledgement may be repeated. */
  acknowledge(id: string, externalId: string): Promise<void>;
  /**
   * Payments in one of the statuses and not in the ledger yet, read by state, so that none is ever missed. The index
   * lags: one acknowledged seconds ago may still come.
   */
  wantingPosting(statuses: readonly number[], options?: SearchOptions): Found;
}

type Found = AsyncGenerator<Reading<Payment>, void, undefined>;

export function createPaymentRecords(call: Caller, companyId: string): PaymentRecords {
  const { get, create, search: find, modifiedSince, byExternalId } = createSearchableRecords(call, companyId, payments);
  return {
    get,
    search: find,
    modifiedSince,
    byExternalId,
    recordExternal: async (draft) => {
      if (draft.externalId === '')
        throw new MineralTreeError('unwritable', 'an external payment without externalId', { outcome: 'notSent' });
      // A status is required of a payment that is read; of one that is recorded it is MineralTree's to say, and is not sent.
      return create({ ...draft, status: 0 });
    },
    acknowledge: createAcknowledge(call, payments),
    wantingPosting: (statuses, options) =>
      search(call, companyId, payments, all(oneOf('payment_status', statuses), isEmpty('payment_externalId')), options),
  };
}
