/** The answer to a pull request, checked before anything of it is used: shape, sizes, numbers, duplicates. */
import { z } from 'zod';
import { LEDGER_KINDS } from '../../domain/ledger.ts';
import { MAX_KEYS, type Pull, type PullResult } from '../pull.ts';
import { ledgerRecord } from './ledgerRecord.ts';
import {
  block,
  calendarDate,
  cents,
  companyId,
  connector,
  editSequence,
  ledgerId,
  listRef,
  marker,
  opaqueId,
  protocol,
  text,
  unixSeconds,
  visit,
} from './scalar.ts';

export const ledgerKind = z.enum(LEDGER_KINDS);
const watermarks = z.partialRecord(z.enum([...LEDGER_KINDS, 'deletedTransactions', 'deletedEntries']), unixSeconds);

/**
 * Records of one kind in one pull. A page ends at 100 IDs or 200 KB; a list without iterators comes whole and is cut at
 * the site, so this is a bound against nonsense and not the size of a page.
 */
const MAX_RECORDS = 2_000;
const MAX_DELETED = 10_000;

export const pullSchema: z.ZodType<Pull> = z.object({
  protocol,
  companyId,
  pullId: opaqueId,
  connector,
  connectorVersion: text(100),
  product: z.exactOptional(text(300)),
  companyName: z.exactOptional(text(300)),
  clock: unixSeconds,
  records: z.object({
    account: z.exactOptional(z.array(ledgerRecord.account).max(MAX_RECORDS)),
    class: z.exactOptional(z.array(ledgerRecord.class).max(MAX_RECORDS)),
    customer: z.exactOptional(z.array(ledgerRecord.customer).max(MAX_RECORDS)),
    item: z.exactOptional(z.array(ledgerRecord.item).max(MAX_RECORDS)),
    terms: z.exactOptional(z.array(ledgerRecord.terms).max(MAX_RECORDS)),
    vendor: z.exactOptional(z.array(ledgerRecord.vendor).max(MAX_RECORDS)),
    bill: z.exactOptional(z.array(ledgerRecord.bill).max(MAX_RECORDS)),
    credit: z.exactOptional(z.array(ledgerRecord.credit).max(MAX_RECORDS)),
    checkPayment: z.exactOptional(z.array(ledgerRecord.checkPayment).max(MAX_RECORDS)),
    cardPayment: z.exactOptional(z.array(ledgerRecord.cardPayment).max(MAX_RECORDS)),
  }),
  unreadable: z
    .array(z.object({ kind: ledgerKind, id: z.exactOptional(ledgerId), reason: text(300) }))
    .max(MAX_RECORDS),
  keys: z.exactOptional(
    z.object({
      of: ledgerKind,
      found: z.array(z.tuple([ledgerId, editSequence])).max(MAX_KEYS),
      next: z.exactOptional(text(1_000).min(1)),
    }),
  ),
  gone: z.array(ledgerId).max(MAX_RECORDS),
  deleted: z
    .array(z.object({ kind: ledgerKind, id: ledgerId, deletedAt: text(60), name: z.exactOptional(text(1_000)) }))
    .max(MAX_DELETED),
  balances: z
    .array(
      z.object({
        vendorId: ledgerId,
        open: z
          .array(
            z.object({
              kind: z.enum(['bill', 'credit']),
              txnId: ledgerId,
              apAccountId: z.exactOptional(ledgerId),
              openCents: cents,
            }),
          )
          .max(MAX_DELETED),
      }),
    )
    .max(1_000),
  preferences: z.exactOptional(
    z.object({
      closingDate: z.exactOptional(calendarDate),
      classTracking: z.boolean(),
      dividingDate: z.exactOptional(calendarDate),
      multiCurrency: z.boolean(),
      homeCurrency: z.exactOptional(listRef),
      discountAccount: z.exactOptional(listRef),
    }),
  ),
  marker: z.exactOptional(marker),
  watermarks,
  overflow: z.array(ledgerKind).max(LEDGER_KINDS.length),
  visit,
});

/** The pull, or in words what is wrong with it: the path and what is allowed, never the value. */
export function readPull(given: unknown): { readonly pull: Pull } | { readonly wrong: string } {
  const read = pullSchema.safeParse(given);
  return read.success ? { pull: read.data } : { wrong: wordsOf(read.error) };
}

const blockedSchema: z.ZodType<Extract<PullResult, { readonly kind: 'blocked' }>> = z.object({
  kind: z.literal('blocked'),
  companyId,
  block,
});

/** A visit that ended in a block, or in words what is wrong with it. */
export function readBlocked(
  given: unknown,
): { readonly blocked: z.infer<typeof blockedSchema> } | { readonly wrong: string } {
  const read = blockedSchema.safeParse(given);
  return read.success ? { blocked: read.data } : { wrong: wordsOf(read.error) };
}

/** The first thing that is wrong, at most 300 characters. */
export function wordsOf(error: z.ZodError): string {
  const issue = error.issues[0];
  const path = issue?.path.map((part) => String(part).slice(0, 40)).join('.') ?? '';
  return `${path === '' ? 'the whole' : path}: ${issue?.message ?? 'not as expected'}`.slice(0, 300);
}
