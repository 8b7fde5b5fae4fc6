/** One bill's way through `applyCredits`: what is to be done of its settlement, and what of it stands by now. */
import type { Draft, Invoice } from '../../domain/payables.ts';
import type { MineralTreeError } from '../../mineraltree/index.ts';
import type { Carried, Link, SettlementChange } from '../../store/index.ts';
import { type Finding, numberOf, type Settlement, type SettlementStep } from '../../sync/index.ts';
import type { BillKept } from './billPush.ts';
import { draftOf, type Recorded } from './records.ts';
import type { Run } from './run.ts';
import { laterOf, type SettledBill } from './settlementReading.ts';

export type Step<K extends SettlementStep['kind']> = Extract<SettlementStep, { readonly kind: K }>;

export interface Course {
  readonly bill: SettledBill;
  readonly steps: readonly SettlementStep[];
  readonly balanceCents: number;
  /** TxnIDs of the payments to be kept with what was carried. */
  readonly payments: readonly string[];
  /** As MineralTree has it now. */
  invoice: Recorded<Draft<Invoice>>;
  /** Applications that stand in MineralTree, by the credit's TxnID. */
  readonly credits: Map<string, Carried['credits'][number]>;
  readonly findings: Finding[];
  /** Something was refused, or waits: looked at again later. */
  again: boolean;
}

export function courseOf(
  bill: SettledBill,
  invoice: Recorded<Draft<Invoice>>,
  decided: {
    readonly steps: readonly SettlementStep[];
    readonly balanceCents: number;
    readonly payments: readonly string[];
    readonly problems: readonly Finding[];
  },
): Course {
  return {
    bill,
    invoice,
    steps: decided.steps,
    balanceCents: decided.balanceCents,
    payments: decided.payments,
    credits: new Map((bill.row.carried?.credits ?? []).map((one) => [one.txnId, one])),
    findings: [...decided.problems],
    again: decided.problems.some(({ code }) => RECHECKED.has(code)),
  };
}

/** What passes without the bill being touched: the credit comes, or the payment is taken out of the queue. */
const RECHECKED: ReadonlySet<string> = new Set(['creditNotInMineralTree', 'mayBePaidTwice']);

export const stepsOf = <K extends SettlementStep['kind']>({ steps }: Course, kind: K): readonly Step<K>[] =>
  steps.filter((step): step is Step<K> => step.kind === kind);

export const billId = ({ bill }: Course): string => bill.snapshot.ledgerId;

/** The problem of a bill of which MineralTree does not take something. */
export function refusal(
  { snapshot: { record } }: SettledBill,
  what: string,
  part: string,
  error: MineralTreeError,
): Finding {
  const name = `${numberOf(record.refNumber)} of ${record.vendor.name}`;
  return { code: 'refusedByMineralTree', part, params: { what, name, text: error.message } };
}

/** MineralTree does not take a step. */
export function refused(course: Course, what: string, part: string, error: MineralTreeError): void {
  course.findings.push(refusal(course.bill, what, part, error));
  course.again = true;
}

/** What stands by now, whether or not the course is at its end. */
export const carriedOf = ({ credits, payments, invoice }: Course, { openCents }: Settlement): Carried => ({
  invoiceCents: invoice.amountCents,
  openCents,
  credits: [...credits.values()],
  payments,
});

/** Half way: the applications that were made and taken back are kept, the rest is as it was. */
export const halfWay = (course: Course): SettlementChange => {
  const { row, settlement } = course.bill;
  const before = row.carried ?? { openCents: settlement.amountCents, payments: [] };
  return {
    billId: billId(course),
    due: course.bill.row.due,
    carried: { ...before, credits: [...course.credits.values()] },
  };
};

export const atTheEnd = (run: Run, course: Course): SettlementChange => ({
  billId: billId(course),
  due: course.again ? laterOf(run, course.bill.row, 1) : null,
  carried: carriedOf(course, course.bill.settlement),
});

/** The link, in step: what payments and credits have made of balance and state is no edit of MineralTree. */
export function linkInStep({ bill, invoice }: Course): Link {
  const kept = bill.link.kept as BillKept | undefined;
  if (kept === undefined) return bill.link;
  const { balanceCents, state } = draftOf(invoice);
  return { ...bill.link, kept: { ...kept, readBack: { ...kept.readBack, balanceCents, state } } satisfies BillKept };
}
