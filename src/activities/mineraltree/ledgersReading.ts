/**
 * What the reports read of MineralTree and of the store: invoices and credits as they stand there now, payments that
 * QuickBooks does not have yet, open problems. Nothing is written.
 */
import type { OpenCredit } from '../../contract/index.ts';
import type { Invoice, Payment } from '../../domain/payables.ts';
import { oneOf } from '../../mineraltree/index.ts';
import {
  appliedCredits,
  findProblems,
  linksByMt,
  linksOf,
  matchesOf,
  pairingsOfKind,
  TO_BE_SEEN,
} from '../../store/index.ts';
import {
  type CreditInPayables,
  describeProblem,
  type PaymentOnItsWay,
  paymentDisposition,
  paymentStatusInWords,
  STATUSES_TO_POST,
} from '../../sync/index.ts';
import type { PaymentKept } from './paymentLinks.ts';
import type { Run } from './run.ts';

/** What reading needs of a run. */
export type Reader = Pick<Run, 'company' | 'companyId' | 'context' | 'payables'>;

/** Numbers of the states Open and PendingSettled in MineralTree's search (API guide). */
const APPROVED = [1, 3] as const;
/** Of a credit that is open. */
const OPEN = [1] as const;
/** So many records are asked for by ID at once. */
const AT_ONCE = 50;

/** Invoices that are approved, and those that the links name for an open bill, whatever their state. */
export async function readInvoices(run: Reader, linked: ReadonlySet<string>): Promise<readonly Invoice[]> {
  const { bills } = (await run.payables()).records;
  const found = new Map<string, Invoice>();
  for await (const reading of bills.search(oneOf('billOrCredit_status', APPROVED)))
    if ('record' in reading) found.set(reading.record.id, reading.record);
  for (const ids of chunks([...linked].filter((id) => !found.has(id))))
    for await (const reading of bills.search(oneOf('id', ids)))
      if ('record' in reading) found.set(reading.record.id, reading.record);
  return [...found.values()];
}

/**
 * Credits that are open in MineralTree, and those that are linked with one that is open in QuickBooks, with what is left of
 * them: MineralTree tells the amount and the status, and the store which applications of ours stand.
 */
export async function readCredits(
  run: Reader,
  quickBooks: readonly OpenCredit[],
): Promise<{
  readonly mineralTree: readonly CreditInPayables[];
  readonly links: readonly { readonly ledgerId: string; readonly payablesId: string }[];
}> {
  const { companyId, company, context } = run;
  const { db } = context.store;
  const linked = (await pairingsOfKind(db, companyId, 'credit')).map(({ ledgerId, mtId }) => ({
    ledgerId,
    payablesId: mtId,
  }));
  const matched = company.stage === 'live' ? [] : await matchesOf(db, companyId, { entity: 'credit' });
  const links = [
    ...linked,
    ...matched.flatMap(({ ledgerId, mtId, same }) => (same ? [{ ledgerId, payablesId: mtId }] : [])),
  ];
  const payablesId = new Map(links.map((link) => [link.ledgerId, link.payablesId]));
  const ledgerId = new Map(links.map((link) => [link.payablesId, link.ledgerId]));
  const { credits } = (await run.payables()).records;
  const applied = await appliedCredits(db, companyId);
  const found = new Map<string, CreditInPayables>();
  const queries = [oneOf('billOrCredit_status', OPEN)];
  const named = quickBooks.flatMap(({ txnId }) => payablesId.get(txnId) ?? []);
  for (const ids of chunks(named)) queries.push(oneOf('id', ids));
  for (const query of queries)
    for await (const reading of credits.search(query)) {
      if (!('record' in reading)) continue;
      const { id, externalId, vendor, creditNumber, transactionDate, amountCents, status } = reading.record;
      const used = applied.get(externalId ?? ledgerId.get(id) ?? '') ?? 0;
      found.set(id, {
        id,
        vendorId: vendor.id,
        date: transactionDate,
        openCents: status === 'Open' ? Math.max(0, amountCents - used) : 0,
        ...(externalId !== undefined && { externalId }),
        ...(creditNumber !== undefined && { number: creditNumber }),
      });
    }
  return { mineralTree: [...found.values()], links };
}

/**
 * Payments that MineralTree has made and QuickBooks does not have yet, or not all of. One that is in QuickBooks and waits to
 * be acknowledged is none.
 * @param vendorName by MineralTree's ID
 */
export async function readPaymentsOnTheirWay(
  run: Reader,
  vendorName: (id: string) => string | undefined,
): Promise<readonly PaymentOnItsWay[]> {
  const { companyId, context } = run;
  const { records } = await run.payables();
  const paid: Payment[] = [];
  for await (const reading of records.payments.wantingPosting(STATUSES_TO_POST))
    if ('record' in reading && paymentDisposition(reading.record.status, reading.record.fundMethod) === 'toPost')
      paid.push(reading.record);
  const { db } = context.store;
  const links = await linksByMt(
    db,
    companyId,
    'payment',
    paid.map(({ id }) => id),
  );
  const problems = new Map((await openProblemsOf(run, ['payment'])).map(({ recordId, text }) => [recordId, text]));
  return paid.flatMap((payment): readonly PaymentOnItsWay[] => {
    const link = links.get(payment.id);
    // Recorded by us a moment ago: the index does not show its externalId yet.
    if (link?.bornIn === 'quickbooks') return [];
    const bills = billsWithout(payment, link?.kept as PaymentKept | undefined);
    if (bills.length === 0) return [];
    const problem = problems.get(payment.id);
    return [
      {
        paymentId: payment.id,
        vendor: (payment.vendor && vendorName(payment.vendor.id)) ?? '(vendor not known)',
        number: payment.checkNumber === undefined ? (payment.sequenceText ?? '') : String(payment.checkNumber),
        date: payment.transactionDate,
        amountCents: payment.amountCents,
        bills,
        status: paymentStatusInWords(payment.status),
        ...(problem !== undefined && { problem }),
      },
    ];
  });
}

/** What a payment pays of bills on which QuickBooks does not have it. */
function billsWithout(
  { applied }: Payment,
  kept: PaymentKept | undefined,
): readonly { readonly invoiceId: string; readonly cents: number }[] {
  const posted = new Set(Object.keys(kept?.bills ?? {}));
  return applied.flatMap(({ invoice, appliedCents }) =>
    invoice.externalId !== undefined && posted.has(invoice.externalId)
      ? []
      : [{ invoiceId: invoice.id, cents: appliedCents }],
  );
}

/** Open problems of records of these kinds, in words. */
export async function openProblemsOf(
  { context, companyId }: Reader,
  kinds: readonly string[],
): Promise<readonly { readonly recordId: string; readonly code: string; readonly text: string }[]> {
  const open = await findProblems(context.store.db, companyId);
  return open
    .filter(({ subject, key }) => kinds.includes(subject.kind) && !key.startsWith(TO_BE_SEEN))
    .map(({ subject, code, params }) => ({ recordId: subject.id, code, text: describeProblem(code, params).sentence }));
}

/** Problems of payments of QuickBooks, told of each bill that MineralTree has as paid by them. */
export async function openProblemsOfPaidBills(run: Reader): ReturnType<typeof openProblemsOf> {
  const { db } = run.context.store;
  const problems = await openProblemsOf(run, ['checkPayment', 'cardPayment']);
  const ids = problems.map(({ recordId }) => recordId);
  const whole = await linksOf(db, run.companyId, 'payment', ids);
  const parts = await linksOf(db, run.companyId, 'paymentPart', ids);
  return problems.flatMap(({ recordId, ...told }) => {
    const kept = (parts.get(recordId) ?? whole.get(recordId))?.kept as PaymentKept | undefined;
    return Object.keys(kept?.bills ?? {}).map((bill) => ({ recordId: bill, ...told }));
  });
}

function chunks<T>(items: readonly T[]): readonly (readonly T[])[] {
  const parts: (readonly T[])[] = [];
  for (let from = 0; from < items.length; from += AT_ONCE) parts.push(items.slice(from, from + AT_ONCE));
  return parts;
}
