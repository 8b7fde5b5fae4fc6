/** What a connector says became of postings, checked before anything is recorded. */
import { z } from 'zod';
import { MAX_BATCH, type PostResult } from '../posting.ts';
import { bill, payment, terms, vendor } from './ledgerRecord.ts';
import { wordsOf } from './pull.ts';
import { block, companyId, connector, ledgerId, marker, opaqueId, protocol, text, visit } from './scalar.ts';

const messageSetId = text(20).min(1);
const said = text(1_000);

const outcome = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('posted'),
    messageSetId,
    how: z.enum(['sent', 'storedAnswer', 'foundByGuid', 'foundByReading']),
    bill: z.exactOptional(bill),
    vendor: z.exactOptional(vendor),
    terms: z.exactOptional(terms),
    payment: z.exactOptional(payment),
  }),
  z.object({
    kind: z.literal('refused'),
    messageSetId,
    code: z.enum([
      'refusedByQuickBooks',
      'closedPeriod',
      'duplicateNumber',
      'termsTaken',
      'balanceDiffers',
      'changedInQuickBooks',
      'notAllowed',
    ]),
    statusCode: z.exactOptional(z.int()),
    text: said,
    otherTxnId: z.exactOptional(ledgerId),
  }),
  z.object({ kind: z.literal('uncertain'), messageSetId, text: said }),
  z.object({ kind: z.literal('notBegun'), messageSetId, text: said }),
]);

export const postResultSchema: z.ZodType<PostResult> = z.object({
  protocol,
  companyId,
  batchId: opaqueId,
  connector,
  outcomes: z.array(outcome).max(MAX_BATCH),
  block: z.exactOptional(block),
  stopped: z.boolean(),
  marker: z.exactOptional(marker),
  warnings: z.array(z.object({ messageSetId, text: said, otherTxnId: ledgerId })).max(MAX_BATCH * 10),
  visit,
});

/** The result, or in words what is wrong with it. */
export function readPostResult(given: unknown): { readonly result: PostResult } | { readonly wrong: string } {
  const read = postResultSchema.safeParse(given);
  return read.success ? { result: read.data } : { wrong: wordsOf(read.error) };
}
