/** A plan on its way to become a posting, and what all planning asks: may this version be planned, and with what knowledge. */
import type { Invoice, PayablesVendor, Payment, Term } from '../../domain/payables.ts';
import type { PostingHistory, Subject } from '../../store/index.ts';
import type { PlanningContext, PostingPlan, PostingSettings } from '../../sync/index.ts';
import { loadLookup } from './ledgerLookup.ts';
import type { Run } from './run.ts';

/** Something to post: the plan, the record it is made from, and which version of it. */
export interface Planned {
  readonly plan: PostingPlan;
  readonly mtId: string;
  readonly ledgerId?: string;
  readonly modified: string;
  readonly base: PostingBase;
}

/** What is kept with a posting, for when its outcome comes. */
export interface PostingBase {
  /** The MineralTree record of the version that is posted. */
  readonly record: Invoice | PayablesVendor | Payment | Term;
  readonly vendorName: string;
  /** Of a payment: every part of it, one for each A/P account, this one included. */
  readonly parts?: readonly string[];
}

/** Whether this version may be planned now: nothing unsettled, and not just refused for a reason that still stands. */
export function mayPlan(run: Run, record: { readonly modified: string }, history: PostingHistory | undefined): boolean {
  if (history?.unsettled !== undefined) return false;
  const { refused, last } = history ?? {};
  if (refused === undefined || last === undefined) return last?.state !== 'held';
  if (revisionModified(last.revision) !== record.modified) return true;
  return refused.again === 'nextCycle' || run.company.listsChangedAt > refused.at;
}

/** The revision of a posting as it is stored: MineralTree's `modified`, and the refusals settled before. */
export const revisionOf = (modified: string, refusals: number): string => `${modified} ${refusals}`;

const revisionModified = (revision: string): string => revision.split(' ')[0] ?? '';

/** What planning needs to know; undefined while the preferences of QuickBooks were never read. */
export async function planningContext(run: Run, invoices: readonly Invoice[]): Promise<PlanningContext | undefined> {
  const { preferences, rules } = run.company;
  if (preferences === undefined) return undefined;
  const settings: PostingSettings = {
    vendorEdits: rules.vendorEdits,
    ...(rules.apAccount && { apAccount: rules.apAccount }),
  };
  return { lookup: await loadLookup(run.context.store.db, run.companyId, { invoices }), preferences, settings };
}

export const paymentSubject = (payment: Pick<Payment, 'id' | 'checkNumber' | 'sequenceText'>): Subject => ({
  kind: 'payment',
  id: payment.id,
  name: payment.checkNumber === undefined ? (payment.sequenceText ?? 'without number') : String(payment.checkNumber),
});

export const termSubject = ({ id, name }: Pick<Term, 'id' | 'name'>): Subject => ({ kind: 'term', id, name });

export const invoiceSubject = (invoice: Pick<Invoice, 'id' | 'invoiceNumber'>): Subject => ({
  kind: 'invoice',
  id: invoice.id,
  name: invoice.invoiceNumber ?? 'without number',
});
