/**
 * The settlement of a bill: every payment, credit and discount that QuickBooks has set against it, and what is left.
 *
 * 1. Amount = credits + cash + discounts + what is left, to the cent; else there is no settlement, but a problem.
 * 2. What a link is follows from its type: bill payments, checks and card charges are payments, vendor credits and journal
 *    entries are credits, links of quantity are no money, and any other type is a problem.
 * 3. What is left is what BillToPay says (nothing, for a paid bill), never a sum: the sum is the check on it. Whether the
 *    link of a payment includes its discount is not documented, so both readings are tried, and the one that gives what is
 *    left holds. When neither does, nothing is guessed.
 *
 * Leaves to others: what MineralTree is to be told of it (settlementSteps.ts). Source: qbXML 13.0, LinkedTxn and BillToPay.
 */
import type { CalendarDate } from '../domain/dates.ts';
import type { LedgerBill, LedgerLink, LedgerPayment } from '../domain/ledger.ts';
import { type Cents, formatCents } from '../domain/money.ts';
import { isVoided, numberOf } from './billMapping.ts';
import type { Finding } from './finding.ts';
import { isForeign } from './vendorMapping.ts';

interface SettlementPart {
  /** TxnID of the payment or credit. */
  readonly txnId: string;
  readonly txnType: string;
  /** Of the payment or credit itself: when a credit was applied, QuickBooks does not keep. */
  readonly txnDate: CalendarDate;
  readonly refNumber?: string;
}
export interface SettlementCredit extends SettlementPart {
  readonly cents: Cents;
}
export interface SettlementPayment extends SettlementPart {
  /** Cash. */
  readonly cents: Cents;
  readonly discountCents: Cents;
  /** ListID of the bank or credit-card account; absent where only the link tells of the payment. */
  readonly accountId?: string;
}

export interface Settlement {
  /** TxnID. */
  readonly billId: string;
  readonly amountCents: Cents;
  /** What is left to pay. */
  readonly openCents: Cents;
  /** In the order of the links; parts over 0.00 (voided) are left out. */
  readonly credits: readonly SettlementCredit[];
  readonly payments: readonly SettlementPayment[];
}

export type Settled =
  | { readonly settlement: Settlement }
  | { readonly problems: readonly Finding[] }
  /** What must be read first: payments by TxnID, and what BillToPay says is left where `balance` stands. */
  | { readonly needs: { readonly payments: readonly string[]; readonly balance?: true } };

const LINKS: Readonly<Record<string, 'billPayment' | 'payment' | 'credit' | 'order'>> = {
  BillPaymentCheck: 'billPayment',
  BillPaymentCreditCard: 'billPayment',
  Check: 'payment',
  CreditCardCharge: 'payment',
  VendorCredit: 'credit',
  JournalEntry: 'credit',
  // Links of quantity by nature, whether or not the answer says so.
  PurchaseOrder: 'order',
  ItemReceipt: 'order',
};

/** How a link of a bill counts; undefined for a type of money that is not known. */
export function linkKind(link: LedgerLink): 'billPayment' | 'payment' | 'credit' | 'order' | undefined {
  if (link.linkType === 'QUANTYPE') return 'order';
  return Object.hasOwn(LINKS, link.txnType) ? LINKS[link.txnType] : undefined;
}

/** TxnIDs of the bill payments that a bill names: what `settlementOf` wants in its map. Each once. */
export const billPaymentsOf = (bill: LedgerBill): readonly string[] => [
  ...new Set(moneyLinks(bill).flatMap((link) => (linkKind(link) === 'billPayment' ? [link.txnId] : []))),
];

/**
 * @param known.payments bill payments as last read, by TxnID: at least those of `billPaymentsOf`.
 * @param known.openCents what BillToPay says is left; `notListed` where it was asked and does not list the bill; absent
 *   where it was not asked.
 */
export function settlementOf(
  bill: LedgerBill,
  known: {
    readonly payments: ReadonlyMap<string, LedgerPayment>;
    readonly openCents?: Cents | 'notListed';
  },
): Settled {
  const refusal = cannotSettle(bill);
  if (refusal.length > 0) return { problems: refusal };
  const links = moneyLinks(bill);
  const missing = billPaymentsOf(bill).filter((txnId) => !known.payments.has(txnId));
  const openCents = leftOf(bill, known.openCents);
  const balance = openCents === undefined ? { balance: true as const } : {};
  if (missing.length > 0 || openCents === undefined) return { needs: { payments: missing, ...balance } };
  if (openCents === 'notListed') return { problems: [{ code: 'billNotListed', params: namesOf(bill) }] };

  const credits = links.filter((link) => linkKind(link) === 'credit').map(creditOf);
  const paymentLinks = links.filter((link) => linkKind(link) !== 'credit');
  const readings = READINGS.map((reading) => paymentLinks.map((link) => reading(link, bill.id, known.payments)));
  const settlements = readings.map((payments): Settlement => {
    const real = payments.filter((one) => one.cents !== 0 || one.discountCents !== 0);
    return { billId: bill.id, amountCents: bill.amountDueCents, openCents, credits, payments: real };
  });
  const right = settlements.find((one) => computedOpen(one) === openCents && one.payments.every(isPossible));
  const [likely] = settlements;
  if (right === undefined) return { problems: likely === undefined ? [] : [disagreement(bill, likely)] };
  return { settlement: right };
}

/** What credits, cash and discounts leave of the amount. */
export const computedOpen = ({ amountCents, credits, payments }: Settlement): Cents =>
  amountCents - sum(credits.map(({ cents }) => cents)) - sum(payments.map((one) => one.cents + one.discountCents));

/** How sentences call what a bill is settled by: `check 1044 of 2026-11-20 over 175.00`. */
export const partInWords = (part: SettlementPart & { readonly cents: Cents }): string => {
  const kind = Object.hasOwn(PART_WORDS, part.txnType) ? PART_WORDS[part.txnType] : undefined;
  const number = part.refNumber === undefined ? '' : ` ${part.refNumber}`;
  return `${kind ?? part.txnType}${number} of ${part.txnDate} over ${formatCents(part.cents)}`;
};
const PART_WORDS: Readonly<Record<string, string>> = {
  BillPaymentCheck: 'check',
  BillPaymentCreditCard: 'card payment',
  Check: 'check',
  CreditCardCharge: 'card charge',
  VendorCredit: 'vendor credit',
  JournalEntry: 'journal entry',
};

const moneyLinks = (bill: LedgerBill): readonly LedgerLink[] =>
  bill.links.filter((link) => {
    const kind = linkKind(link);
    // A bill payment may be all discount: its link can then carry nothing.
    return kind === 'billPayment' || (kind !== 'order' && link.amountCents !== 0);
  });

/** Undefined: to be asked for. A bill without links of money has nothing that could disagree. */
function leftOf(bill: LedgerBill, openCents: Cents | 'notListed' | undefined): Cents | 'notListed' | undefined {
  if (bill.isPaid === true) return typeof openCents === 'number' ? openCents : 0;
  if (bill.amountDueCents === 0) return 0;
  if (openCents === undefined && moneyLinks(bill).length === 0) return bill.amountDueCents;
  return openCents;
}

/** The sign of a link's amount is not verified for payables: its magnitude is what it takes off the bill. */
const magnitude = (link: LedgerLink): Cents => Math.abs(link.amountCents);

const partOf = ({ txnId, txnType, txnDate, refNumber }: LedgerLink): SettlementPart => ({
  txnId,
  txnType,
  txnDate,
  ...(refNumber === undefined ? {} : { refNumber }),
});
const creditOf = (link: LedgerLink): SettlementCredit => ({ ...partOf(link), cents: magnitude(link) });

type Reading = (link: LedgerLink, billId: string, payments: ReadonlyMap<string, LedgerPayment>) => SettlementPayment;

const readingOf =
  (linkIncludesDiscount: boolean): Reading =>
  (link, billId, payments) => {
    const payment = payments.get(link.txnId);
    const applied = payment?.applications.filter(({ txnId }) => txnId === billId) ?? [];
    const discountCents = sum(applied.map((one) => one.discountCents));
    return {
      ...partOf(link),
      cents: magnitude(link) - (linkIncludesDiscount ? discountCents : 0),
      discountCents,
      ...(payment === undefined ? {} : { accountId: payment.account.id }),
    };
  };
/** The link carries cash alone; the link carries cash and discount. */
const READINGS: readonly Reading[] = [readingOf(false), readingOf(true)];

const isPossible = ({ cents, discountCents }: SettlementPayment): boolean => cents >= 0 && discountCents >= 0;

function cannotSettle(bill: LedgerBill): readonly Finding[] {
  const named = namesOf(bill);
  if (isForeign(bill.currency))
    return [{ code: 'billInOtherCurrency', params: { ...named, currency: bill.currency?.name ?? '' } }];
  if (isVoided(bill)) return [{ code: 'voidedInQuickBooks', params: named }];
  if (bill.amountDueCents < 0) return [{ code: 'negativeBill', params: named }];
  return moneyLinks(bill).flatMap((link) => {
    if (linkKind(link) !== undefined) return [];
    const other = link.refNumber === undefined ? {} : { other: link.refNumber };
    const params = { ...named, type: link.txnType, ...other, linked: formatCents(magnitude(link)) };
    return [{ code: 'linkNotUnderstood' as const, part: link.txnId, params }];
  });
}

function disagreement(bill: LedgerBill, settlement: Settlement): Finding {
  return {
    code: 'balancesDisagree',
    params: {
      ...namesOf(bill),
      open: formatCents(settlement.openCents),
      computed: formatCents(computedOpen(settlement)),
      payments: formatCents(sum(settlement.payments.map(({ cents }) => cents))),
      discounts: formatCents(sum(settlement.payments.map(({ discountCents }) => discountCents))),
      credits: formatCents(sum(settlement.credits.map(({ cents }) => cents))),
    },
  };
}

const namesOf = (bill: LedgerBill): { readonly number: string; readonly vendor: string; readonly amount: string } => ({
  number: numberOf(bill.refNumber),
  vendor: bill.vendor.name,
  amount: formatCents(bill.amountDueCents),
});

const sum = (amounts: readonly Cents[]): Cents => amounts.reduce((total, cents) => total + cents, 0);
