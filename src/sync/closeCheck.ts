/**
 * May a month be closed? What is still open between the two ledgers that belongs into it.
 *
 * 1. A record belongs to the month when it is dated in it or before: whatever comes later than the close changes the
 *    balances of the month. What the company left behind on its first day is not asked for.
 * 2. Each line says with its amount what is open and what to do. A problem of a record is told in the record's own line; the
 *    others follow at the end, those of the company as a whole among them.
 * 3. The month is ready only when the ledgers agreed after the last thing that moved.
 */
import type { CalendarDate } from '../domain/dates.ts';
import {
  CLOSE_KINDS,
  type CloseLine,
  creditLine,
  type InvoiceToClose,
  invoiceLine,
  type PostingToClose,
  type ProblemToClose,
  paymentLine,
  postingLine,
  problemLine,
} from './closeLines.ts';
import { counted } from './plainTable.ts';
import type { LedgersReport } from './reconcile.ts';
import { compareText, type PaymentOnItsWay } from './reconcileKnown.ts';

export interface CloseInput {
  readonly companyName: string;
  /** `YYYY-MM`. */
  readonly month: string;
  /** ISO 8601 in UTC. */
  readonly checkedAt: string;
  readonly invoices: readonly InvoiceToClose[];
  readonly payments: readonly PaymentOnItsWay[];
  readonly postings: readonly PostingToClose[];
  readonly problems: readonly ProblemToClose[];
  /** The newest report of the ledgers; absent: there is none. */
  readonly ledgers?: Pick<LedgersReport, 'agree' | 'unexplained' | 'readAt' | 'credits'>;
  /** ISO 8601 in UTC: when something was last read from QuickBooks or written to either side; absent: never. */
  readonly movedAt?: string;
}

export interface CloseCheck {
  readonly companyName: string;
  readonly month: string;
  readonly lastDay: CalendarDate;
  readonly checkedAt: string;
  readonly ready: boolean;
  /** By kind, then date, vendor, number. */
  readonly lines: readonly CloseLine[];
}

/** The last day of `YYYY-MM`. */
export function lastDayOf(month: string): CalendarDate {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number, 0)).toISOString().slice(0, 10);
}

export function closeCheck(input: CloseInput): CloseCheck {
  const lastDay = lastDayOf(input.month);
  const inMonth = ({ date }: { readonly date?: CalendarDate }): boolean => date !== undefined && date <= lastDay;
  const problemOf = new Map([...input.problems].reverse().map((problem) => [problem.recordId, problem]));
  const told = new Set<string>();
  const consumed = new Set<ProblemToClose>();
  /** A line of a record: its own problem says better what is open than the kind can. */
  const line = (own: CloseLine, ...ids: readonly (string | undefined)[]): CloseLine => {
    const named = ids.filter((id) => id !== undefined);
    for (const id of named) told.add(id);
    const [problem] = named.flatMap((id) => problemOf.get(id) ?? []);
    if (problem !== undefined) consumed.add(problem);
    return problem === undefined ? own : { ...own, open: problem.sentence, whatToDo: problem.whatToDo };
  };
  const unposted = new Set([
    ...input.invoices.map(({ id }) => id),
    ...input.payments.map(({ paymentId }) => paymentId),
  ]);
  // A refusal that nobody waits for any more, its record being gone or its problem solved, is none.
  const stuck = input.postings.filter(
    ({ state, recordId, ledgerId, ...posting }) =>
      inMonth(posting) &&
      (state === 'uncertain' ||
        (state === 'refused' && (unposted.has(recordId) || problemOf.has(recordId) || problemOf.has(ledgerId ?? '')))),
  );
  // What became of the posting says more than that the record is not in QuickBooks; that it is on its way says less.
  const stuckIds = new Set(stuck.map(({ recordId }) => recordId));
  const records = [
    ...stuck.map((posting) => line(postingLine(posting), posting.recordId, posting.ledgerId)),
    ...input.invoices
      .filter((invoice) => inMonth(invoice) && !stuckIds.has(invoice.id))
      .map((invoice) => line(invoiceLine(invoice), invoice.id)),
    ...input.payments
      .filter((payment) => inMonth(payment) && !stuckIds.has(payment.paymentId))
      .map((payment) => line(paymentLine(payment), payment.paymentId)),
  ];
  const lines = [
    ...ledgersLines(input),
    ...records,
    ...input.postings
      .filter((posting) => posting.state === 'onItsWay' && inMonth(posting) && !told.has(posting.recordId))
      .map((posting) => line(postingLine(posting), posting.recordId, posting.ledgerId)),
    ...(input.ledgers?.credits ?? []).filter(inMonth).flatMap((credit) => {
      const problem = problemOf.get(credit.ledgerId ?? '') ?? problemOf.get(credit.payablesId ?? '');
      if (problem !== undefined) consumed.add(problem);
      return creditLine(credit);
    }),
    ...input.problems.filter((problem) => !consumed.has(problem) && counts(problem, inMonth)).map(problemLine),
  ];
  return {
    companyName: input.companyName,
    month: input.month,
    lastDay,
    checkedAt: input.checkedAt,
    ready: lines.length === 0,
    lines: lines.sort(byKindDateVendor),
  };
}

/** Whether the ledgers agreed, and whether that still says something. */
function ledgersLines({ ledgers, movedAt }: CloseInput): readonly CloseLine[] {
  const say = (open: string, whatToDo: string): readonly CloseLine[] => [
    { kind: 'ledgers', vendor: '', number: '', open, whatToDo },
  ];
  if (ledgers === undefined)
    return say('The two ledgers were never compared.', 'Compare them: "tandem reconcile". Then check again.');
  if (!ledgers.agree)
    return say(
      `The two ledgers do not agree: ${counted(ledgers.unexplained, 'line')} without a known reason.`,
      'Look at the report ("tandem reconcile") and correct what is wrong. Then check again.',
    );
  if (movedAt !== undefined && movedAt > ledgers.readAt.quickBooks)
    return say(
      `The two ledgers agreed at ${ledgers.readAt.quickBooks}, and something has moved since, at ${movedAt}.`,
      'Compare them again: "tandem reconcile". Then check again.',
    );
  return [];
}

/** Problems that a close waits for: of records of the month, and of the company where they are serious. */
function counts(problem: ProblemToClose, inMonth: (dated: { readonly date?: CalendarDate }) => boolean): boolean {
  if (problem.severity === 'info') return false;
  return problem.company ? problem.severity !== 'warning' : inMonth(problem);
}

const byKindDateVendor = (a: CloseLine, b: CloseLine): number =>
  CLOSE_KINDS.indexOf(a.kind) - CLOSE_KINDS.indexOf(b.kind) ||
  compareText(a.date ?? '', b.date ?? '') ||
  compareText(a.vendor, b.vendor) ||
  compareText(a.number, b.number);
