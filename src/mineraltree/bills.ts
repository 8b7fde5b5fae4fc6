/**
 * Invoices: what all records have, the acknowledgement, and the search for those that want posting.
 */
import { z } from 'zod';
import type { Invoice, InvoiceState } from '../domain/payables.ts';
import type { Caller } from './calls.ts';
import { bills, STATE_NUMBERS } from './entities/bill.ts';
import type { Reading } from './entities/entity.ts';
import { blankable, wireId } from './entities/field.ts';
import { MineralTreeError } from './errors.ts';
import { all, isEmpty, noneOf, notBefore, oneOf } from './fiql.ts';
import { checkedId, createSearchableRecords, type SearchableRecords } from './records.ts';
import { type SearchOptions, search } from './search.ts';

export interface InvoiceRecords extends SearchableRecords<Invoice> {
  /** Invoices changed at or after an instant, but for drafts: those are unfinished, even their amount may be missing. */
  modifiedSince(instant: string, options?: SearchOptions): Found;
  /**
   * Tells MineralTree that the invoice is in the ledger: fills its empty externalId and nothing else. The same
   * acknowledgement may be repeated.
   */
  acknowledge(id: string, externalId: string): Promise<void>;
  /**
   * Invoices in one of the states and not in the ledger yet. The index lags: one acknowledged seconds ago may still come,
   * so the caller looks at its own links first.
   */
  wantingPosting(states?: readonly PostableState[], options?: SearchOptions): Found;
}

type PostableState = Exclude<InvoiceState, 'Voided'>;
type Found = AsyncGenerator<Reading<Invoice>, void, undefined>;

const Acknowledged = z.object({ id: wireId, externalId: blankable });

export function createInvoiceRecords(call: Caller, companyId: string): InvoiceRecords {
  return {
    ...createSearchableRecords(call, companyId, bills),
    modifiedSince: (instant, options) => {
      const kept = noneOf('billOrCredit_status', [STATE_NUMBERS.Draft]);
      return search(call, companyId, bills, all(kept, notBefore('modified', instant)), options);
    },
    acknowledge: async (id, externalId) => {
      if (externalId === '') throw new MineralTreeError('unwritable', 'a blank externalId', { outcome: 'notSent' });
      const body = { [bills.wrapper]: { id: checkedId(id), externalId } };
      const raw = await call({ method: 'PUT', path: `/${bills.resource}/${id}`, body, write: true });
      // The rest of the answer is of no matter: an invoice that cannot be read was posted all the same.
      const answer = Acknowledged.safeParse(raw);
      if (!answer.success || answer.data.id !== id || answer.data.externalId !== externalId)
        throw new MineralTreeError('malformedAnswer', `the acknowledgement of bill ${id} does not show in the answer`, {
          outcome: 'unknown',
        });
    },
    wantingPosting: (states = ['Open'], options = undefined) => {
      const numbers = states.map((state) => STATE_NUMBERS[state]);
      return search(
        call,
        companyId,
        bills,
        all(oneOf('billOrCredit_status', numbers), isEmpty('bill_externalId')),
        options,
      );
    },
  };
}
