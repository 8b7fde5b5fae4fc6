/**
 * New bills for QuickBooks: invoices that MineralTree wants posted, read by their state and not by when they changed, so
 * that none is ever missed.
 */
import type { Invoice } from '../../domain/payables.ts';
import type { InvoiceRecords, Reading } from '../../mineraltree/index.ts';
import { findProblems, historyOf, linksByMt } from '../../store/index.ts';
import {
  isBeforeCutOver,
  planBillAdd,
  waitedBeforeFirstDay,
  waitingSinceBefore,
  wantsPosting,
} from '../../sync/index.ts';
import { invoiceSubject, mayPlan, type Planned, planningContext } from './planned.ts';
import type { ProblemLedger } from './problemLedger.ts';
import type { Run } from './run.ts';

const CHUNK = 100;

export interface PlannedInvoices {
  readonly plans: readonly Planned[];
  /** All invoices that want posting, whether or not they can be. */
  readonly wanting: readonly string[];
  /** There were more than there was room for. */
  readonly more: boolean;
}

/** Plans new bills, at most `room`. What stands in an invoice's way becomes its problems. */
export async function planInvoices(run: Run, problems: ProblemLedger, room: number): Promise<PlannedInvoices> {
  const { records } = await run.payables();
  const wanting: string[] = [];
  const plans: Planned[] = [];
  let chunk: Invoice[] = [];
  let held: ReadonlySet<string> | undefined;
  const flush = async (): Promise<void> => {
    const invoices = chunk;
    chunk = [];
    if (invoices.length === 0) return;
    held ??= await heldSinceBefore(run);
    plans.push(...(await planChunk(run, problems, invoices, held)));
  };
  for await (const reading of invoicesToPost(records.bills, run.company.addedAt)) {
    if (!('record' in reading)) {
      if (reading.unreadable === undefined) continue;
      wanting.push(reading.unreadable);
      const finding = { code: 'unreadableInMineralTree', params: { reason: reading.reason } } as const;
      problems.looked('add', { kind: 'invoice', id: reading.unreadable }, [finding]);
      continue;
    }
    const wants = wantsPosting(reading.record);
    if (wants || reading.record.state !== 'Settled') wanting.push(reading.record.id);
    if (wants) chunk.push(reading.record);
    if (chunk.length >= CHUNK) await flush();
  }
  await flush();
  return { wanting, plans: plans.slice(0, Math.max(0, room)), more: plans.length > room };
}

/**
 * Those that are open, and those that MineralTree settled since the company was added, for an invoice over 0.00 is among
 * them: the others of these were paid before anybody posted them, and their payments tell that they wait.
 */
async function* invoicesToPost(
  bills: InvoiceRecords,
  addedAt: number,
): AsyncGenerator<Reading<Invoice>, void, undefined> {
  yield* bills.wantingPosting();
  yield* bills.settledUnposted(`${new Date(addedAt).toISOString().slice(0, 19)}Z`);
}

/** Invoices that were waiting before the company was added: once held, held. */
async function heldSinceBefore(run: Run): Promise<ReadonlySet<string>> {
  const { companyId, context } = run;
  const left = await findProblems(context.store.db, companyId, { codes: ['waitingSinceBeforeFirstDay'] });
  return new Set(left.map(({ subject }) => subject.id));
}

/** With a cut-over the date of the invoice decides, for everything before it was matched; without one, when it was there. */
function staysUnposted({ company }: Run, invoice: Invoice, alreadyHeld: boolean): boolean {
  const { cutOver } = company.rules;
  if (cutOver !== undefined) return isBeforeCutOver(invoice, cutOver);
  return waitedBeforeFirstDay(invoice, { addedAt: company.addedAt, alreadyHeld });
}

async function planChunk(
  run: Run,
  problems: ProblemLedger,
  invoices: readonly Invoice[],
  held: ReadonlySet<string>,
): Promise<readonly Planned[]> {
  const { db } = run.context.store;
  const ids = invoices.map(({ id }) => id);
  const histories = await historyOf(db, run.companyId, ids);
  const links = await linksByMt(db, run.companyId, 'invoice', ids);
  const free = invoices.filter((invoice) => !links.has(invoice.id) && mayPlan(run, invoice, histories.get(invoice.id)));
  const context = await planningContext(run, free);
  if (context === undefined) return [];
  return free.flatMap((invoice) => {
    const subject = invoiceSubject(invoice);
    if (staysUnposted(run, invoice, held.has(invoice.id))) {
      problems.looked('add', subject, [waitingSinceBefore(invoice, context.lookup)]);
      return [];
    }
    const planned = planBillAdd(invoice, context);
    problems.looked('add', subject, 'problems' in planned ? planned.problems : []);
    return 'plan' in planned
      ? [
          {
            plan: planned.plan,
            mtId: invoice.id,
            modified: invoice.modified,
            base: { record: invoice, vendorName: planned.plan.vendor.name },
          },
        ]
      : [];
  });
}
