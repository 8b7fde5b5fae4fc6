/**
 * What MineralTree is to be told of a bill's settlement in QuickBooks, given what it was told before.
 *
 * 1. First what was taken back (a credit un-applied, or applied over less), then what is new, then what is left: absolute, and
 *    whatever became of the steps. Nobody pays a stale balance because a credit is not known there.
 * 2. A payment that Tandem posted is never recorded again. What was paid or taken as a discount in MineralTree and is not in
 *    QuickBooks yet is off its balance already, and stays off.
 * 3. A balance is raised only where QuickBooks itself changed its mind, or the invoice is over another amount by now, and
 *    never over a payment that was made in MineralTree: else a bill would be paid twice.
 * 4. What settles a bill that MineralTree is about to pay is written at once, and raised as `mayBePaidTwice`.
 *
 * Leaves to others: the settlement itself (settlement.ts); carrying the steps out, and reading back.
 */
import type { CalendarDate } from '../domain/dates.ts';
import type { LedgerBill } from '../domain/ledger.ts';
import { type Cents, formatCents } from '../domain/money.ts';
import type { Credit, Draft, Invoice } from '../domain/payables.ts';
import { numberOf } from './billMapping.ts';
import { closedDate } from './closedPeriod.ts';
import { linkedCredit } from './creditMapping.ts';
import type { Finding } from './finding.ts';
import type { Changes } from './push.ts';
import { partInWords, type Settlement, type SettlementCredit, type SettlementPayment } from './settlement.ts';

/** What stands in MineralTree of a bill's settlement because we wrote it. */
export interface CarriedSettlement {
  /** What QuickBooks had open then. */
  readonly openCents: Cents;
  /** What the invoice was over then; absent where that was not kept. */
  readonly invoiceCents?: Cents;
  /** Applications of credits: TxnID of the credit, MineralTree's ID of the application. */
  readonly credits: readonly { readonly txnId: string; readonly mtId: string; readonly cents: Cents }[];
  /** TxnIDs of payments, as `SettlementSteps.payments` said. */
  readonly payments: readonly string[];
}

/**
 * How a payment of QuickBooks stands in MineralTree: made there and `posted` by Tandem, `recorded` there as external, or
 * `undone` there too (its record is void). `cents`: what it pays of this bill there; absent where it is not known.
 */
export interface PaymentStanding {
  readonly kind: 'posted' | 'recorded' | 'undone';
  readonly cents?: Cents;
}

export interface SettlementInput {
  readonly settlement: Settlement;
  readonly bill: Pick<LedgerBill, 'id' | 'refNumber' | 'txnDate'> & { readonly vendor: { readonly name: string } };
  /** As MineralTree has it now. */
  readonly invoice: Pick<Invoice, 'vendor' | 'amountCents' | 'balanceCents' | 'state' | 'appliedDiscountCents'>;
  readonly carried?: CarriedSettlement;
  /** MineralTree's ID of a vendor credit. */
  readonly creditId: (txnId: string) => string | undefined;
  /** Undefined for a payment that MineralTree does not have. */
  readonly standing: (txnId: string) => PaymentStanding | undefined;
  /** Whether a person was told already that a payment, the whole of it, is void or deleted in QuickBooks. */
  readonly toldOf?: (txnId: string) => boolean;
  /** TxnIDs of payments of the bill that were posted since it was carried, where they are known: one may be void already. */
  readonly postedSince?: readonly string[];
  /** What MineralTree has paid on it and QuickBooks does not have yet. */
  readonly unpostedCents?: Cents;
  /** What payments of MineralTree that have not left are about to pay on it; absent, all of it where it is queued. */
  readonly queuedCents?: Cents;
  /** Payments and credits dated before it count in the balance, but are not recorded one by one: the first day. */
  readonly recordFrom?: CalendarDate;
  readonly closingDate?: CalendarDate;
  /** The day on which the settlement was seen. */
  readonly seenOn: CalendarDate;
}

export type SettlementStep =
  /** Taken back in QuickBooks. */
  | {
      readonly kind: 'voidBillCredit';
      readonly creditTxnId: string;
      readonly billCreditId: string;
      readonly cents: Cents;
    }
  /** So that what follows does not go below zero. Never the last word. */
  | { readonly kind: 'raiseBalance'; readonly cents: Cents }
  /** A credit applied. `credit` is MineralTree's ID, or what is to be made first (found again by its externalId). */
  | {
      readonly kind: 'makeBillCredit';
      readonly creditTxnId: string;
      /** Its externalId. */
      readonly key: string;
      readonly credit: { readonly id: string } | { readonly make: Draft<Credit> };
      readonly transactionDate: CalendarDate;
      readonly cents: Cents;
    }
  /** A payment made in QuickBooks: `externalPayment` makes the record of it, with its other bills of this cycle. */
  | { readonly kind: 'recordPayment'; readonly payment: SettlementPayment };

export interface SettlementSteps {
  /** In this order. One that is refused stops none of the others. */
  readonly steps: readonly SettlementStep[];
  /** What MineralTree is to have left in the end: give it to `balanceChanges` with the invoice as read back. */
  readonly balanceCents: Cents;
  /**
   * TxnIDs to be kept with what was carried: the payments of the bill, and those that are gone from it while MineralTree
   * still shows them. They are what is paid there, and a person is told, for as long as that is so.
   */
  readonly payments: readonly string[];
  readonly problems: readonly Finding[];
}

export function settlementSteps(input: SettlementInput): SettlementSteps {
  const { settlement, bill, invoice, carried } = input;
  if (invoice.state === 'Voided' || invoice.state === 'Draft' || invoice.state === 'AwaitingApproval')
    return { steps: [], balanceCents: invoice.balanceCents, payments: carried?.payments ?? [], problems: [] };
  const credits = joined(settlement.credits);
  const payments = joined(settlement.payments);
  const names = namesOf(bill, settlement);
  const isRecorded = ({ txnDate }: { readonly txnDate: CalendarDate }): boolean =>
    input.recordFrom === undefined || txnDate >= input.recordFrom;

  const backs = (carried?.credits ?? []).filter(({ txnId, cents }) => credits.get(txnId)?.cents !== cents);
  const voids = backs.map(({ txnId, mtId, cents }): SettlementStep => {
    return { kind: 'voidBillCredit', creditTxnId: txnId, billCreditId: mtId, cents };
  });
  const known = new Set((carried?.credits ?? []).filter((one) => !backs.includes(one)).map(({ txnId }) => txnId));
  const newCredits = [...credits.values()].filter((credit) => !known.has(credit.txnId) && isRecorded(credit));
  const made = newCredits.map((credit) => ({ credit, step: applicationOf(credit, input) }));
  const newPayments = [...payments.values()].filter(
    (payment) => payment.cents > 0 && input.standing(payment.txnId) === undefined && isRecorded(payment),
  );
  const recordings = newPayments.map((payment): SettlementStep => ({ kind: 'recordPayment', payment }));

  const balanceCents = balanceOf(input, lostOf(input, payments));
  const applied = made.flatMap(({ credit, step }) => (step === undefined ? [] : [credit]));
  const needed = sum([...applied, ...newPayments].map(({ cents }) => cents));
  const present = invoice.balanceCents + sum(backs.map(({ cents }) => cents));
  // A balance is not raised under the hands of somebody who is paying it: then the parts are shown once that is over.
  const isPaying = invoice.state === 'PendingSettled' || (input.unpostedCents ?? 0) > 0;
  const raise: readonly SettlementStep[] =
    needed > present ? [{ kind: 'raiseBalance', cents: Math.min(settlement.amountCents, balanceCents + needed) }] : [];
  const problems: readonly Finding[] = [
    ...made.flatMap(({ credit, step }) => (step === undefined ? creditUnknown(credit, names) : [])),
    ...changedPayments(input, payments, names),
    ...twice(input, balanceCents, [...newCredits, ...newPayments], names),
  ];
  const applications = made.flatMap(({ step }) => step ?? []);
  const news = raise.length > 0 && isPaying ? [] : [...raise, ...applications, ...recordings];
  const kept = paymentIds(input, payments).filter((txnId) => {
    const stands = input.standing(txnId);
    return payments.has(txnId) || (stands !== undefined && stands.kind !== 'undone');
  });
  return { steps: [...voids, ...news], balanceCents, payments: kept, problems };
}

/** What is to be written of the balance, given the invoice as read back after the steps; undefined for nothing. */
export function balanceChanges(
  invoice: Pick<Invoice, 'balanceCents' | 'state'>,
  balanceCents: Cents,
): Changes<Pick<Invoice, 'balanceCents' | 'state'>> | undefined {
  const { balanceCents: had, state } = invoice;
  if (state === 'Voided' || state === 'Draft' || state === 'AwaitingApproval') return undefined;
  const settled = state === 'Settled' || state === 'ClosedByCredit';
  if (had === balanceCents && settled === (balanceCents === 0)) return undefined;
  if (balanceCents === 0) return { balanceCents, state: 'Settled' };
  // What is queued stays queued: its state is MineralTree's to say.
  return state === 'PendingSettled' ? { balanceCents } : { balanceCents, state: 'Open' };
}

type Names = { readonly number: string; readonly vendor: string; readonly amount: string; readonly open: string };

/** Payments that stand on the bill, or stood on it. */
const paymentIds = (
  { carried, postedSince = [] }: SettlementInput,
  payments: ReadonlyMap<string, SettlementPayment>,
): readonly string[] => [...new Set([...payments.keys(), ...(carried?.payments ?? []), ...postedSince])];

/**
 * What of MineralTree's own payments on the bill is not in QuickBooks any more, though it was posted: it is as paid there as
 * ever. Undefined where an amount is not known.
 */
function lostOf(input: SettlementInput, payments: ReadonlyMap<string, SettlementPayment>): Cents | undefined {
  let lost = 0;
  for (const txnId of paymentIds(input, payments)) {
    const stands = input.standing(txnId);
    if (stands?.kind !== 'posted') continue;
    const now = payments.get(txnId)?.cents;
    if (stands.cents === undefined && now === undefined) return undefined;
    lost += Math.max(0, (stands.cents ?? 0) - (now ?? 0));
  }
  return lost;
}

/** What MineralTree took as discounts and QuickBooks does not have, or not yet. */
function discountLeftOf({ settlement, invoice, standing }: SettlementInput): Cents {
  const posted = settlement.payments.filter(({ txnId }) => standing(txnId)?.kind === 'posted');
  return Math.max(0, (invoice.appliedDiscountCents ?? 0) - sum(posted.map(({ discountCents }) => discountCents)));
}

function balanceOf(input: SettlementInput, lost: Cents | undefined): Cents {
  const { settlement, invoice, carried, unpostedCents = 0 } = input;
  const target = Math.max(0, settlement.openCents - unpostedCents - discountLeftOf(input) - (lost ?? 0));
  // What Tandem posted since was off MineralTree's balance before, so it hides nothing of what else changed.
  const posted = settlement.payments.filter(({ txnId }) => {
    return input.standing(txnId)?.kind === 'posted' && carried?.payments.includes(txnId) !== true;
  });
  const otherwiseOpen = settlement.openCents + sum(posted.map(({ cents, discountCents }) => cents + discountCents));
  const changedItsMind = carried !== undefined && otherwiseOpen > carried.openCents;
  // A payment that was gone from QuickBooks kept what it had paid off the balance, until it was void in MineralTree too.
  const letGo = (carried?.payments ?? []).some(
    (txnId) => input.standing(txnId)?.kind === 'undone' && settlement.payments.every((one) => one.txnId !== txnId),
  );
  // With its amount MineralTree changes the balance by as much, which an edit that was taken back leaves too low.
  const resized = carried?.invoiceCents !== undefined && carried.invoiceCents !== invoice.amountCents;
  const mayRise = lost !== undefined && (changedItsMind || letGo || resized);
  return target <= invoice.balanceCents || mayRise ? target : invoice.balanceCents;
}

/** Undefined for a vendor credit that MineralTree does not have. */
function applicationOf(credit: SettlementCredit, input: SettlementInput): SettlementStep | undefined {
  const { bill, invoice } = input;
  const id = input.creditId(credit.txnId);
  if (id === undefined && credit.txnType === 'VendorCredit') return undefined;
  // When a credit was applied, QuickBooks does not keep: not before either of the two, and not in closed books.
  const [, later = credit.txnDate] = [credit.txnDate, bill.txnDate].sort();
  return {
    kind: 'makeBillCredit',
    creditTxnId: credit.txnId,
    key: `${credit.txnId}/${bill.id}`,
    credit: id === undefined ? { make: linkedCredit(credit, { id: bill.id, vendor: invoice.vendor }) } : { id },
    transactionDate: closedDate([later], input.closingDate) === undefined ? later : input.seenOn,
    cents: credit.cents,
  };
}

const creditUnknown = (credit: SettlementCredit, names: Names): readonly Finding[] => [
  { code: 'creditNotInMineralTree', part: credit.txnId, params: { ...names, credit: partInWords(credit) } },
];

/** Payments that stood on the bill and do not any more, or pay something else of it than MineralTree has. */
function changedPayments(
  input: SettlementInput,
  payments: ReadonlyMap<string, SettlementPayment>,
  names: Names,
): readonly Finding[] {
  return paymentIds(input, payments).flatMap((txnId): readonly Finding[] => {
    const stands = input.standing(txnId);
    const now = payments.get(txnId);
    if (stands === undefined || stands.kind === 'undone') return [];
    const before = stands.cents;
    if (now !== undefined && (before === undefined || before === now.cents)) return [];
    if (now === undefined && input.toldOf?.(txnId) === true) return [];
    const had = before === undefined ? {} : { paid: formatCents(before) };
    const has = now === undefined ? {} : { payment: partInWords(now) };
    const code = stands.kind === 'posted' ? 'postedPaymentChanged' : 'paymentTakenBack';
    return [{ code, part: txnId, params: { ...names, ...had, ...has } }];
  });
}

function twice(
  { settlement, invoice, carried, queuedCents }: SettlementInput,
  balanceCents: Cents,
  news: readonly (SettlementCredit | SettlementPayment)[],
  names: Names,
): readonly Finding[] {
  // Once what is left is written, an invoice that is settled says no more that it waits in a payment.
  if (invoice.state !== 'PendingSettled' && (queuedCents ?? 0) === 0) return [];
  const before = Math.max(invoice.balanceCents, carried?.openCents ?? 0);
  if ((queuedCents ?? before) <= balanceCents) return [];
  const parts = news.length > 0 ? news : [...settlement.credits, ...settlement.payments];
  if (parts.length === 0) return [];
  return [
    {
      code: 'mayBePaidTwice',
      params: { ...names, settled: parts.map(partInWords).join(', '), before: formatCents(queuedCents ?? before) },
    },
  ];
}

/** Parts of one credit or payment, should QuickBooks list it twice. */
function joined<P extends { readonly txnId: string; readonly cents: Cents }>(
  parts: readonly P[],
): ReadonlyMap<string, P> {
  const byId = new Map<string, P>();
  for (const part of parts) {
    const before = byId.get(part.txnId);
    byId.set(part.txnId, before === undefined ? part : { ...part, cents: before.cents + part.cents });
  }
  return byId;
}

const namesOf = (bill: SettlementInput['bill'], { amountCents, openCents }: Settlement): Names => ({
  number: numberOf(bill.refNumber),
  vendor: bill.vendor.name,
  amount: formatCents(amountCents),
  open: formatCents(openCents),
});

const sum = (amounts: readonly Cents[]): Cents => amounts.reduce((total, cents) => total + cents, 0);
