/**
 * What the check of a month end looks at: MineralTree as it stands now, and the store. Nothing is written on either side.
 *
 * What the company left behind on its first day is not looked at: invoices and payments from before its cut-over.
 */
import type { Payment } from '../../domain/payables.ts';
import {
  datesOf,
  findProblems,
  getCompany,
  linksByMt,
  movedAt,
  newestReport,
  type OpenPosting,
  openPostings,
  vendorNames,
} from '../../store/index.ts';
import {
  type CloseInput,
  describeProblem,
  type InvoiceToClose,
  isBeforeCutOver,
  type LedgersReport,
  type PaymentOnItsWay,
  type PostingToClose,
  type ProblemToClose,
} from '../../sync/index.ts';
import { type Reader, readPaymentsOnTheirWay } from './ledgersReading.ts';
import type { PostingBase } from './planned.ts';
import type { CloudContext } from './run.ts';

/** Problems that only say that a record was left behind on the first day. */
const LEFT_BEHIND: readonly string[] = ['waitingSinceBeforeFirstDay', 'paymentFromBeforeFirstDay'];

/** @param month `YYYY-MM` @throws MineralTreeError, StoreError */
export async function readClose(context: CloudContext, companyId: string, month: string): Promise<CloseInput> {
  const { db } = context.store;
  const company = await getCompany(db, companyId);
  const run: Reader = { company, companyId, context, payables: () => context.mineralTree.of(companyId) };
  const names = await vendorNames(db, companyId);
  const vendorName = (id: string): string | undefined => names.get(id);
  const problems = await findProblems(db, companyId);
  const leftBehind = new Set(
    problems.filter(({ code }) => LEFT_BEHIND.includes(code)).map(({ subject }) => subject.id),
  );
  const invoices = (await readUnposted(run, vendorName)).filter(({ id }) => !leftBehind.has(id));
  const payments = (await readPaymentsOnTheirWay(run, vendorName)).filter(
    ({ paymentId, date }) => !leftBehind.has(paymentId) && !(date < (company.rules.cutOver?.payments ?? '')),
  );
  const report = await newestReport(db, companyId);
  const moved = await movedAt(db, companyId);
  const open = problems.filter(({ code }) => !LEFT_BEHIND.includes(code) && code !== 'ledgersDisagree');
  return {
    companyName: company.name,
    month,
    checkedAt: instant(context.clock()),
    invoices,
    payments,
    postings: (await openPostings(db, companyId)).map(postingOf),
    problems: await dated(run, open, invoices, payments),
    ...(report?.report !== undefined && { ledgers: report.report as LedgersReport }),
    ...(moved !== undefined && { movedAt: instant(moved) }),
  };
}

/**
 * Invoices that MineralTree holds and QuickBooks does not, but for those that are there and wait to be acknowledged. A draft
 * that has no date or amount yet is no invoice.
 */
async function readUnposted(
  { company, companyId, context, payables }: Reader,
  vendorName: (id: string) => string | undefined,
): Promise<readonly InvoiceToClose[]> {
  const { bills } = (await payables()).records;
  const found: InvoiceToClose[] = [];
  for await (const reading of bills.wantingPosting(['Draft', 'AwaitingApproval', 'Open', 'PendingSettled'])) {
    if (!('record' in reading)) continue;
    const { id, vendor, invoiceNumber, transactionDate, amountCents, state } = reading.record;
    const { cutOver } = company.rules;
    if (cutOver !== undefined && isBeforeCutOver(reading.record, cutOver)) continue;
    found.push({
      id,
      vendor: vendorName(vendor.id) ?? '(vendor not known)',
      number: invoiceNumber ?? '',
      date: transactionDate,
      amountCents,
      approved: state !== 'Draft' && state !== 'AwaitingApproval',
    });
  }
  const links = await linksByMt(
    context.store.db,
    companyId,
    'invoice',
    found.map(({ id }) => id),
  );
  return found.filter(({ id }) => !links.has(id));
}

function postingOf({ mtId, ledgerId, kind, state, match, dates, base, outcome }: OpenPosting): PostingToClose {
  const { record, vendorName = '' } = (base ?? {}) as Partial<PostingBase>;
  const [date] = [...dates].sort();
  return {
    recordId: mtId.split('/')[0] ?? mtId,
    ...(ledgerId !== undefined && { ledgerId }),
    kind,
    state: state === 'uncertain' ? 'uncertain' : state === 'refused' || state === 'held' ? 'refused' : 'onItsWay',
    vendor: vendorName,
    number: numberOf(record),
    ...(date !== undefined && { date }),
    ...('amountCents' in match && { amountCents: match.amountCents }),
    ...(outcome !== undefined && 'text' in outcome && outcome.text !== '' && { reason: outcome.text }),
  };
}

function numberOf(record: PostingBase['record'] | undefined): string {
  if (record === undefined) return '';
  if ('invoiceNumber' in record) return record.invoiceNumber ?? '';
  if ('fundMethod' in record) return numberOfPayment(record);
  return 'name' in record ? record.name : '';
}

const numberOfPayment = ({ checkNumber, sequenceText = '' }: Payment): string =>
  checkNumber === undefined ? sequenceText : String(checkNumber);

/** Problems with the dates of their records: those at hand, else those of the bills and payments in the store. */
async function dated(
  { companyId, context }: Reader,
  problems: Awaited<ReturnType<typeof findProblems>>,
  invoices: readonly InvoiceToClose[],
  payments: readonly PaymentOnItsWay[],
): Promise<readonly ProblemToClose[]> {
  const dates = new Map<string, string>([
    ...(await datesOf(
      context.store.db,
      companyId,
      problems.map(({ subject }) => subject.id),
    )),
    ...invoices.map(({ id, date }) => [id, date] as const),
    ...payments.map(({ paymentId, date }) => [paymentId, date] as const),
  ]);
  return problems.map(({ code, params, subject }) => {
    const { severity, sentence, whatToDo } = describeProblem(code, params);
    const date = dates.get(subject.id);
    return {
      recordId: subject.id,
      severity,
      sentence,
      whatToDo,
      company: subject.kind === 'company',
      name: subject.name ?? '',
      ...(date !== undefined && { date }),
    };
  });
}

const instant = (ms: number): string => new Date(ms).toISOString();
