/**
 * Invoices: what all records have, the acknowledgement, the search for those that want posting, and the credits that are
 * applied to one.
 */
import { z } from 'zod';
import type { Cents } from '../domain/money.ts';
import type { Invoice, InvoiceState, PayablesRef } from '../domain/payables.ts';
import { createAcknowledge } from './acknowledge.ts';
import type { Caller } from './calls.ts';
import { bills, STATE_NUMBERS } from './entities/bill.ts';
import { type Reading, readWith } from './entities/entity.ts';
import { wireId, wireMoney, wireRef } from './entities/field.ts';
import { MineralTreeError } from './errors.ts';
import { all, type Fiql, isEmpty, noneOf, notBefore, oneOf } from './fiql.ts';
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
  /**
   * Invoices that MineralTree counts as settled and that are not in the ledger, changed at or after an instant: among them
   * those over 0.00, which it settles without any payment.
   */
  settledUnposted(instant: string, options?: SearchOptions): Found;
  /** What was taken off an invoice beside payments: only the invoice itself tells, the search has no view of it. */
  reductions(id: string): Promise<Reductions>;
}

export interface Reductions {
  /** Credits that are applied and stand. */
  readonly credits: readonly AppliedCredit[];
  /** Discounts that MineralTree took with its payments. */
  readonly discountCents: Cents;
}

/** A credit's application, as the invoice shows it. */
export interface AppliedCredit {
  /** Of the application (the bill credit). */
  readonly id: string;
  readonly credit: PayablesRef;
  readonly appliedCents: Cents;
}

type PostableState = Exclude<InvoiceState, 'Voided'>;
type Found = AsyncGenerator<Reading<Invoice>, void, undefined>;

export function createInvoiceRecords(call: Caller, companyId: string): InvoiceRecords {
  return {
    ...createSearchableRecords(call, companyId, bills),
    modifiedSince: (instant, options) => {
      const kept = noneOf('billOrCredit_status', [STATE_NUMBERS.Draft]);
      return search(call, companyId, bills, all(kept, notBefore('modified', instant)), options);
    },
    acknowledge: createAcknowledge(call, bills),
    wantingPosting: (states = ['Open'], options = undefined) =>
      search(call, companyId, bills, unposted(states), options),
    settledUnposted: (instant, options = undefined) =>
      search(call, companyId, bills, all(unposted(['Settled']), notBefore('modified', instant)), options),
    reductions: async (id) => {
      const raw = await call({ method: 'GET', path: `/${bills.resource}/${checkedId(id)}`, write: false });
      const answer = readWith(Reduced, raw);
      if ('record' in answer && answer.record.id === id) {
        const { billCredits, appliedDiscountAmount } = answer.record;
        return { credits: billCredits, discountCents: appliedDiscountAmount ?? 0 };
      }
      const reason = 'reason' in answer ? answer.reason : 'another bill than asked for';
      throw new MineralTreeError('unreadable', `what was taken off bill ${id}: ${reason}`, { outcome: 'notApplied' });
    },
  };
}

/** In one of the states, and not in the ledger. */
const unposted = (states: readonly PostableState[]): Fiql =>
  all(
    oneOf(
      'billOrCredit_status',
      states.map((state) => STATE_NUMBERS[state]),
    ),
    isEmpty('bill_externalId'),
  );

const MAX_CREDITS = 1_000;

/** Both stand in answers (API guide, response shape); the members of `billCredits` are taken to be those of a bill credit. */
const Reduced = z.object({
  id: wireId,
  appliedDiscountAmount: wireMoney.nullish(),
  billCredits: z
    .array(
      z
        .object({ id: wireId, credit: wireRef, amountApplied: wireMoney })
        .transform(({ id, credit, amountApplied }, context): AppliedCredit => {
          if (credit !== undefined) return { id, credit, appliedCents: amountApplied };
          context.addIssue({ code: 'custom', message: 'names no credit' });
          return z.NEVER;
        }),
    )
    .max(MAX_CREDITS, `more than ${MAX_CREDITS} credits`)
    .nullish()
    .transform((found) => found ?? []),
});
