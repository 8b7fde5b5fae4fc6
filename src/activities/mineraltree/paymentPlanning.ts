/**
 * Payments that MineralTree has made, for QuickBooks: read by state, so that none is ever missed.
 *
 * 1. The money has moved: whatever stands in a payment's way is shown, and the payment waits, whole.
 * 2. A payment is one posting for each A/P account of its bills. Parts that are in QuickBooks are not planned again.
 * 3. What is open on a bill is what was read last, less what other payments on their way will take.
 * 4. A payment that QuickBooks has under our ExternalGUID, though the store knows of none, is planned as if its bills were open:
 *    the site finds it, and nothing is sent.
 * 5. A credit that was applied is no payment of money, and an external payment is QuickBooks' own.
 */
import type { LedgerPayment } from '../../domain/ledger.ts';
import type { Payment } from '../../domain/payables.ts';
import { all, isEmpty as isBlank, noneOf } from '../../mineraltree/index.ts';
import { findProblems, historyOf, type Link, linksByMt, toSite } from '../../store/index.ts';
import {
  guidOfPayment,
  isUuid,
  PAYMENT_STATUSES,
  type PaidBill,
  paymentFromBefore,
  paymentPart,
  planPayments,
  unknownStatus,
  waitedBeforeFirstDay,
  wantsPaymentPosting,
} from '../../sync/index.ts';
import { acknowledgeCredits } from './creditAcknowledgement.ts';
import { acknowledgeHeld, type Held } from './heldPayments.ts';
import { type PaymentKnowledge, paymentKnowledge } from './paymentKnowledge.ts';
import type { PaymentKept } from './paymentLinks.ts';
import { mayPlan, type Planned, paymentSubject } from './planned.ts';
import type { ProblemLedger } from './problemLedger.ts';
import type { Run } from './run.ts';

const CHUNK = 100;

export interface PlannedPayments {
  readonly plans: readonly Planned[];
  /** All payments that want posting, whether or not they can be. */
  readonly wanting: readonly string[];
  readonly more: boolean;
}

/** Statuses that are known to want no posting: every other is asked for, so that one that is not documented is seen. */
const QUIET = PAYMENT_STATUSES.filter(({ disposition }) => disposition !== 'toPost').map(({ status }) => status);

export async function planPaymentPostings(run: Run, problems: ProblemLedger, room: number): Promise<PlannedPayments> {
  const { records } = await run.payables();
  const wanting: string[] = [];
  const plans: Planned[] = [];
  const taken = await takenByPostings(run);
  const credits: Payment[] = [];
  let chunk: Payment[] = [];
  const flush = async (): Promise<void> => {
    const payments = chunk;
    chunk = [];
    if (payments.length > 0) plans.push(...(await planChunk(run, problems, payments, taken)));
  };
  const query = all(noneOf('payment_status', QUIET), isBlank('payment_externalId'));
  for await (const reading of records.payments.search(query)) {
    if (!('record' in reading)) {
      if (reading.unreadable === undefined) continue;
      wanting.push(reading.unreadable);
      const finding = { code: 'unreadableInMineralTree', params: { reason: reading.reason } } as const;
      problems.looked('add', { kind: 'payment', id: reading.unreadable }, [finding]);
      continue;
    }
    if (reading.record.fundMethod === 'CREDIT') {
      credits.push(reading.record);
      continue;
    }
    wanting.push(reading.record.id);
    chunk.push(reading.record);
    if (chunk.length >= CHUNK) await flush();
  }
  await flush();
  await acknowledgeCredits(run, credits);
  return { wanting, plans: plans.slice(0, Math.max(0, room)), more: plans.length > room };
}

/** What payments on their way to QuickBooks will take of its bills, by TxnID: their outcomes are not known yet. */
async function takenByPostings(run: Run): Promise<Map<string, number>> {
  const taken = new Map<string, number>();
  for (const { posting } of await toSite(run.context.store.db, run.companyId))
    if (posting.kind === 'BillPaymentCheckAdd' || posting.kind === 'BillPaymentCreditCardAdd')
      for (const one of posting.match.applications) take(taken, one);
  return taken;
}

function take(
  taken: Map<string, number>,
  {
    txnId,
    amountCents,
    discountCents,
  }: { readonly txnId: string; readonly amountCents: number; readonly discountCents: number },
): void {
  taken.set(txnId, (taken.get(txnId) ?? 0) + amountCents + discountCents);
}

async function planChunk(
  run: Run,
  problems: ProblemLedger,
  payments: readonly Payment[],
  taken: Map<string, number>,
): Promise<readonly Planned[]> {
  const { company, companyId, context } = run;
  const { db } = context.store;
  const { preferences, rules } = company;
  if (preferences === undefined) return [];
  const known = await paymentKnowledge(run, payments);
  const links = await linksByMt(
    db,
    companyId,
    'payment',
    payments.map(({ id }) => id),
  );
  const left = await findProblems(db, companyId, { codes: ['paymentFromBeforeFirstDay'] });
  const held = new Set(left.map(({ subject }) => subject.id));
  const planned: Planned[] = [];
  const there: Held[] = [];
  for (const payment of payments) {
    const link = links.get(payment.id);
    // Recorded by us a moment ago: the index does not show its externalId yet.
    if (link?.bornIn === 'quickbooks') continue;
    const subject = paymentSubject(payment);
    const strange = unknownStatus(payment, known.lookup);
    if (strange !== undefined || !wantsPaymentPosting(payment)) {
      problems.looked('add', subject, strange === undefined ? [] : [strange]);
      continue;
    }
    if (staysUnposted(run, payment, held.has(payment.id))) {
      problems.looked('add', subject, [paymentFromBefore(payment, known.lookup)]);
      continue;
    }
    const posted = partsPosted(payment, link);
    const own = ownPayments(payment, known).filter(({ guid = '' }) => !posted.has(guid.toLowerCase()));
    const result = planPayments(payment, {
      lookup: known.lookup,
      paymentAccount: known.paymentAccount,
      paidBill: (invoiceId) => asBefore(lessTaken(known.paidBill(invoiceId), taken), own),
      preferences,
      ...(rules.discountAccount && { discountAccount: rules.discountAccount }),
      posted,
    });
    const histories = await historyOf(db, companyId, partsOf(payment, result));
    // While a part is on its way, what it takes is no longer open: nothing is said before its outcome is known.
    if ([...histories.values()].some(({ unsettled }) => unsettled !== undefined)) continue;
    problems.looked('add', subject, 'problems' in result ? result.problems : []);
    if ('problems' in result) continue;
    if (result.plans.length === 0 && link !== undefined) there.push({ payment, link });
    // Until the bill is settled in QuickBooks as well (applyCredits.ts), whatever becomes of the payment.
    for (const { part = '', ...warning } of result.warnings)
      problems.looked('discount', { kind: 'bill', id: part }, [warning]);
    const parts = result.plans.map(({ apAccount }) => paymentPart(payment.id, apAccount?.id ?? ''));
    for (const [index, plan] of result.plans.entries()) {
      const mtId = parts[index] ?? payment.id;
      if (!mayPlan(run, payment, histories.get(mtId))) continue;
      if (!own.some(({ guid }) => guid?.toLowerCase() === plan.guid))
        for (const one of plan.applications) take(taken, one);
      planned.push({
        plan,
        mtId,
        modified: payment.modified,
        base: { record: payment, vendorName: plan.vendor.name, parts: [...partsLinked(payment, link), ...parts] },
      });
    }
  }
  await acknowledgeHeld(run, there, problems);
  return planned;
}

/** With a cut-over the date of the payment decides; without one, whether it was there when the company was added. */
function staysUnposted({ company }: Run, payment: Payment, alreadyHeld: boolean): boolean {
  const { cutOver } = company.rules;
  if (cutOver !== undefined) return payment.transactionDate < cutOver.payments;
  return waitedBeforeFirstDay(payment, { addedAt: company.addedAt, alreadyHeld });
}

const partsLinked = ({ id }: Payment, link: Link | undefined): readonly string[] =>
  Object.values((link?.kept as PaymentKept | undefined)?.parts ?? {}).map(({ apAccountId }) =>
    paymentPart(id, apAccountId ?? ''),
  );

function partsPosted(payment: Payment, link: Link | undefined): ReadonlySet<string> {
  const parts = Object.values((link?.kept as PaymentKept | undefined)?.parts ?? {});
  return new Set(
    isUuid(payment.id) ? parts.map(({ apAccountId }) => guidOfPayment(payment.id, apAccountId ?? '')) : [],
  );
}

const partsOf = (payment: Payment, result: ReturnType<typeof planPayments>): readonly string[] =>
  'plans' in result ? result.plans.map(({ apAccount }) => paymentPart(payment.id, apAccount?.id ?? '')) : [];

/** What QuickBooks has of a payment, by its ExternalGUID. */
function ownPayments(payment: Payment, known: PaymentKnowledge): readonly LedgerPayment[] {
  if (!isUuid(payment.id)) return [];
  const accounts = payment.applied.flatMap(({ invoice }) => known.paidBill(invoice.id)?.bill.apAccount?.id ?? []);
  return [...new Set(accounts)].flatMap((id) => known.withGuid(guidOfPayment(payment.id, id)) ?? []);
}

/** A bill as it was before the payment that is in QuickBooks already. */
function asBefore(paid: PaidBill | undefined, own: readonly LedgerPayment[]): PaidBill | undefined {
  if (paid?.openCents === undefined) return paid;
  const applied = own.flatMap(({ applications }) => applications.filter(({ txnId }) => txnId === paid.bill.id));
  const [cash, discount] = [sum(applied.map((one) => one.amountCents)), sum(applied.map((one) => one.discountCents))];
  return {
    ...paid,
    openCents: paid.openCents + cash + discount,
    ...(discount > 0 && { discountCents: (paid.discountCents ?? 0) + discount }),
  };
}

const sum = (amounts: readonly number[]): number => amounts.reduce((total, cents) => total + cents, 0);

function lessTaken(paid: PaidBill | undefined, taken: ReadonlyMap<string, number>): PaidBill | undefined {
  if (paid?.openCents === undefined) return paid;
  return { ...paid, openCents: paid.openCents - (taken.get(paid.bill.id) ?? 0) };
}
