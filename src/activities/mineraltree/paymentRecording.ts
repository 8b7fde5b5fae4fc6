/**
 * Payments made in QuickBooks, recorded in MineralTree as external ones: one record for each, over the bills of it whose
 * settlements are carried together.
 *
 * A payment that MineralTree already has under the externalId is taken for it, whoever made it: made there and acknowledged,
 * or recorded by us with the answer lost.
 */
import type { MineralTreeError } from '../../mineraltree/index.ts';
import { type Link, linksOf, putLinks } from '../../store/index.ts';
import { type ExternalPaymentDraft, externalPayment, type Paid } from '../../sync/index.ts';
import { awaitIndex, searchByExternalId } from './foundRecords.ts';
import { linkedPaymentKey, type PaymentKept } from './paymentLinks.ts';
import type { Carrying } from './settlementCarrying.ts';
import { billId, type Course, refused, stepsOf } from './settlementCourse.ts';
import { mineralTreeError } from './vendorPush.ts';
import { type Creatable, createAll } from './writing.ts';

interface Recording {
  readonly ledgerId: string;
  readonly draft: ExternalPaymentDraft;
  readonly courses: readonly Course[];
  readonly kept: PaymentKept;
  readonly kind: 'checkPayment' | 'cardPayment';
}

export async function recordPayments(carrying: Carrying, courses: readonly Course[]): Promise<void> {
  const { run, connection } = carrying;
  const recordings = await recordingsOf(carrying, courses);
  if (recordings.length === 0) return;
  const { payments } = connection.records;
  const target: Creatable<ExternalPaymentDraft> = {
    entity: 'payment',
    lags: true,
    create: async (draft) => {
      const { externalId = draft.externalId, ...made } = await payments.recordExternal(draft);
      return { ...made, externalId };
    },
    byExternalId: (ids) => withExternalId(payments.byExternalId(ids)),
  };
  const ids = recordings.map(({ ledgerId }) => ledgerId);
  const begun = await awaitIndex(run, 'payment', ids);
  const found = await searchByExternalId(target, ids).catch(mineralTreeError);
  if (!(found instanceof Map)) {
    carrying.outage = found as MineralTreeError;
    return;
  }
  const links: Link[] = [];
  const link = (one: Recording, mtId: string, bornIn: Link['bornIn']): void =>
    void links.push({ kind: one.kind, entity: 'payment', ledgerId: one.ledgerId, mtId, bornIn, kept: one.kept });
  const missing: Recording[] = [];
  for (const one of recordings) {
    const there = found.get(one.ledgerId);
    const first = there === 'unreadable' ? undefined : there?.[0];
    if (first !== undefined) link(one, first.id, begun.has(one.ledgerId) ? 'quickbooks' : 'mineraltree');
    else if (there === undefined) missing.push(one);
    else for (const course of one.courses) course.again = true;
  }
  const { results, outage } = await createAll(run, target, missing);
  for (const one of missing) {
    const result = results.get(one);
    if (result?.kind === 'written') link(one, result.record.id, 'quickbooks');
    else if (result?.kind === 'refused')
      for (const course of one.courses)
        refused(course, 'a payment made in QuickBooks', `payment ${one.ledgerId}`, result.error);
    else for (const course of one.courses) course.again = true;
  }
  if (outage !== undefined) carrying.outage = outage;
  await run.fence.write((tx) => putLinks(tx, run.companyId, links, run.context.clock()));
}

/** One record for each payment: with all bills whose settlements are carried now. */
async function recordingsOf({ run, payments }: Carrying, courses: readonly Course[]): Promise<readonly Recording[]> {
  const groups = new Map<string, { readonly course: Course; readonly paid: Paid }[]>();
  for (const course of courses)
    for (const { payment } of stepsOf(course, 'recordPayment')) {
      const { txnId } = payment;
      const key = payments.has(txnId) ? txnId : linkedPaymentKey(txnId, billId(course));
      const paid = { invoice: { id: course.invoice.id }, billId: billId(course), part: payment };
      groups.set(key, [...(groups.get(key) ?? []), { course, paid }]);
    }
  const accounts = [...groups.values()].flatMap(([first]) => first?.paid.part.accountId ?? []);
  const methods = await linksOf(run.context.store.db, run.companyId, 'paymentMethod', accounts);
  return [...groups].flatMap(([key, group]): readonly Recording[] => {
    const [first, ...others] = group;
    if (first === undefined) return [];
    const payment = payments.get(key)?.record;
    const methodId = methods.get(first.paid.part.accountId ?? '')?.mtId;
    const { draft, findings } = externalPayment([first.paid, ...others.map(({ paid }) => paid)], {
      ...(payment && { payment }),
      ...(methodId !== undefined && { methodId }),
    });
    first.course.findings.push(...findings.map((finding) => ({ ...finding, part: `payment ${key}` })));
    return [
      {
        ledgerId: draft.externalId,
        draft,
        courses: group.map(({ course }) => course),
        kept: { bills: Object.fromEntries(group.map(({ paid }) => [paid.billId, paid.part.cents])) },
        kind: draft.fundMethod === 'CREDITCARD' ? 'cardPayment' : 'checkPayment',
      },
    ];
  });
}

/** Payments by externalId, as what recording one makes. */
async function* withExternalId<T extends { readonly externalId?: string }>(
  readings: AsyncIterable<
    { readonly record: T } | { readonly unreadable: string | undefined; readonly reason: string }
  >,
): AsyncGenerator<
  | { readonly record: T & { readonly externalId: string } }
  | { readonly unreadable: string | undefined; readonly reason: string }
> {
  for await (const reading of readings) {
    if (!('record' in reading)) yield reading;
    else if (reading.record.externalId !== undefined)
      yield { record: { ...reading.record, externalId: reading.record.externalId } };
  }
}
