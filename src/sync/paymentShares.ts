/**
 * What a payment of MineralTree pays of each bill in QuickBooks, and whether it can.
 *
 * 1. Each bill is one share, however often the payment names its invoice. What is paid nothing of is left out.
 * 2. QuickBooks pays bills of one vendor with one payment, and MineralTree must mean the same vendor. One that is inactive is
 *    paid all the same: its bills are owed. Of one that is gone, its bills say who owes them now: it was merged.
 * 3. What is paid, with its discount, must be open.
 */
import type { CalendarDate } from '../domain/dates.ts';
import type { LedgerBill, LedgerPayment, ListRef } from '../domain/ledger.ts';
import { type Cents, formatCents } from '../domain/money.ts';
import type { Invoice, PayablesRef, Payment } from '../domain/payables.ts';
import { isVoided, numberOf } from './billMapping.ts';
import type { Finding } from './finding.ts';
import { ledgerText } from './ledgerText.ts';
import type { LedgerEntry, Lookup } from './lookup.ts';
import { linkKind, partInWords } from './settlement.ts';
import { isForeign } from './vendorMapping.ts';

/** A bill of QuickBooks that a payment pays. */
export interface PaidBill {
  readonly bill: LedgerBill;
  /** What is open on it, less what postings that are not settled yet will take; absent where it is not known. */
  readonly openCents?: Cents;
  /** Deleted in QuickBooks. */
  readonly gone?: boolean;
  /** The discount that MineralTree took on it with this payment: `discountToPost`. */
  readonly discountCents?: Cents;
}

export interface PaymentContext {
  /** Vendors are looked up in it, and names. */
  readonly lookup: Lookup;
  /** The account of QuickBooks that a payment account of MineralTree is: by its externalId, else by its link. */
  readonly paymentAccount: (ref: PayablesRef) => LedgerEntry | undefined;
  /** The linked bill of an invoice; undefined where it has none. */
  readonly paidBill: (invoiceId: string) => PaidBill | undefined;
  /** How MineralTree numbers an invoice, for sentences about one that has no bill. */
  readonly invoiceNumber?: (invoiceId: string) => string | undefined;
  readonly preferences: { readonly closingDate?: CalendarDate };
  /** The company's account for discounts of payments; absent, discounts are not posted. */
  readonly discountAccount?: ListRef;
  /** GUIDs of parts that are in QuickBooks already: they are left out, and their bills are not looked at. */
  readonly posted?: ReadonlySet<string>;
}

/** A paid bill with what is paid of it. */
export interface Share extends PaidBill {
  readonly invoiceId: string;
  readonly cents: Cents;
  readonly discount: Cents;
}

/** Notes a problem of the payment at hand. */
export type Report = (code: Finding['code'], params?: Readonly<Record<string, string>>, part?: string) => void;
type Names = { readonly payment: string; readonly vendor: string };

/**
 * The discount of a bill that goes with the payment to be posted now: what MineralTree took in all, without what went to
 * QuickBooks with its payments before.
 * @param posted the payments of MineralTree on this bill, as QuickBooks has them
 */
export const discountToPost = (
  invoice: Pick<Invoice, 'appliedDiscountCents'>,
  billId: string,
  posted: readonly LedgerPayment[],
): Cents => {
  const gone = posted.flatMap(({ applications }) => applications.filter(({ txnId }) => txnId === billId));
  return Math.max(0, (invoice.appliedDiscountCents ?? 0) - sum(gone.map(({ discountCents }) => discountCents)));
};

/** What is paid of each bill, each bill once; those that have no bill are reported. */
export function sharesOf(payment: Payment, context: PaymentContext, report: Report): readonly Share[] {
  const shares = new Map<string, Share>();
  for (const { invoice, appliedCents } of payment.applied) {
    if (appliedCents === 0) continue;
    const paid = context.paidBill(invoice.id);
    const number = invoiceInWords(invoice.id, context);
    if (paid === undefined) {
      report('paymentWaitsForInvoice', { number }, invoice.id);
      continue;
    }
    const { bill } = paid;
    if (isForeign(bill.currency))
      report('paymentInOtherCurrency', { number, currency: bill.currency?.name ?? '' }, bill.id);
    if (bill.apAccount === undefined) report('paymentApAccountUnknown', { number }, bill.id);
    const cents = (shares.get(bill.id)?.cents ?? 0) + appliedCents;
    const discount = context.discountAccount === undefined ? 0 : (paid.discountCents ?? 0);
    shares.set(bill.id, { ...paid, invoiceId: invoice.id, cents, discount });
  }
  return [...shares.values()];
}

/** QuickBooks pays bills of one vendor with one payment; MineralTree must mean the same one. */
export function checkVendor(
  { vendor }: Payment,
  shares: readonly Share[],
  { lookup }: PaymentContext,
  report: Report,
): void {
  const entry = vendor === undefined ? undefined : lookup.ledger('vendor', vendor.id);
  const ofBills = vendor === undefined || entry?.gone === true;
  const meant = ofBills ? shares[0]?.bill.vendor.id : entry?.id;
  for (const { bill } of shares)
    if (bill.vendor.id !== meant)
      report('paymentVendorDiffers', { number: numberOf(bill.refNumber), billVendor: bill.vendor.name }, bill.id);
}

/** Whether what was paid is open, and why it is not. */
export function checkOpen(share: Share, report: Report): void {
  const { bill, cents, discount, openCents, gone } = share;
  const open = gone === true || isVoided(bill) ? 0 : openCents;
  if (open === undefined || open >= cents + discount) return;
  const reason =
    gone === true ? 'the bill was deleted there' : isVoided(bill) ? 'the bill was voided there' : settledBy(bill);
  report(
    'moneyMovedBillNotOpen',
    {
      paid: formatCents(cents + discount),
      number: numberOf(bill.refNumber),
      open: formatCents(open),
      ...(reason === '' ? {} : { reason }),
    },
    bill.id,
  );
}

/** What the bill was settled by in QuickBooks, in words; empty where nothing is known. */
const settledBy = (bill: LedgerBill): string =>
  bill.links
    .filter((link) => linkKind(link) !== 'order' && link.amountCents !== 0)
    .map((link) => partInWords({ ...link, cents: Math.abs(link.amountCents) }))
    .join(', ');

/** The warning that a discount of MineralTree stays out of QuickBooks; none where there is no discount. */
export const discountNotPosted = ({ bill, discountCents = 0 }: Share, names: Names): Finding[] =>
  discountCents === 0
    ? []
    : [
        {
          code: 'discountNotPosted',
          part: bill.id,
          params: {
            payment: names.payment,
            vendor: names.vendor,
            number: numberOf(bill.refNumber),
            discount: formatCents(discountCents),
          },
        },
      ];

/** How sentences number an invoice. */
export const invoiceInWords = (invoiceId: string, context: PaymentContext): string => {
  const bill = context.paidBill(invoiceId)?.bill;
  return numberOf(ledgerText(bill?.refNumber ?? context.invoiceNumber?.(invoiceId)));
};

const sum = (amounts: readonly Cents[]): Cents => amounts.reduce((total, cents) => total + cents, 0);
