/** A page of open bills for the report, checked before it is stored. */
import { z } from 'zod';
import type { LedgerResult } from '../ledgers.ts';
import { wordsOf } from './pull.ts';
import { calendarDate, cents, companyId, editSequence, ledgerId, listRef, opaqueId, text, visit } from './scalar.ts';

const MAX_BILLS = 5_000;

export type LedgerPage = Extract<LedgerResult, { readonly kind: 'page' }>;

export const ledgerPageSchema: z.ZodType<LedgerPage> = z.object({
  kind: z.literal('page'),
  companyId,
  reportId: opaqueId,
  bills: z
    .array(
      z.object({
        txnId: ledgerId,
        editSequence,
        vendor: listRef,
        apAccount: z.exactOptional(listRef),
        refNumber: z.exactOptional(text(40)),
        txnDate: calendarDate,
        dueDate: z.exactOptional(calendarDate),
        amountCents: cents,
        openCents: z.exactOptional(cents),
      }),
    )
    .max(MAX_BILLS),
  credits: z.exactOptional(
    z
      .array(
        z.object({
          txnId: ledgerId,
          vendor: listRef,
          apAccount: z.exactOptional(listRef),
          refNumber: z.exactOptional(text(40)),
          txnDate: calendarDate,
          amountCents: cents,
          openCents: z.exactOptional(cents),
        }),
      )
      .max(MAX_BILLS),
  ),
  others: z.exactOptional(
    z
      .array(
        z.object({
          txnId: ledgerId,
          txnType: text(60),
          apAccount: listRef,
          vendor: z.exactOptional(listRef),
          refNumber: z.exactOptional(text(40)),
          txnDate: calendarDate,
          amountCents: cents,
          openCents: z.exactOptional(cents),
        }),
      )
      .max(MAX_BILLS),
  ),
  accounts: z.exactOptional(z.array(z.object({ account: listRef, balanceCents: cents })).max(MAX_BILLS)),
  next: z.exactOptional(text(60_000).min(1)),
  visit,
});

/** The page, or in words what is wrong with it. */
export function readLedgerPage(given: unknown): { readonly page: LedgerPage } | { readonly wrong: string } {
  const read = ledgerPageSchema.safeParse(given);
  return read.success ? { page: read.data } : { wrong: wordsOf(read.error) };
}
