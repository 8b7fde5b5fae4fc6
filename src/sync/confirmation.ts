/**
 * What follows from the outcome of a posting.
 *
 * 1. MineralTree is told that an invoice is posted only when the bill in QuickBooks has its amount and its vendor.
 * 2. What is in QuickBooks is never posted again, right or wrong: it is held until it is right.
 * 3. Only `refused` means that QuickBooks does not have it; only then is a refusal counted and a new ID made.
 */
import type { Outcome, Posting, TxnVoidMatch } from '../contract/posting.ts';
import type { LedgerBill, LedgerPayment, LedgerTerms, LedgerVendor } from '../domain/ledger.ts';
import { formatCents } from '../domain/money.ts';
import type { Draft, Invoice, Payment } from '../domain/payables.ts';
import { numberOf } from './billMapping.ts';
import type { Finding } from './finding.ts';
import { lineMapOf } from './lineMap.ts';
import type { LineMap } from './links.ts';
import { confirmPayment, confirmTerms, confirmVoid } from './paymentConfirmation.ts';
import { paymentName } from './paymentNumber.ts';
import { paymentStatusInWords } from './paymentStatus.ts';
import { refusalOf } from './refusals.ts';

export type Confirmation =
  /**
   * In QuickBooks as asked: after a BillAdd write the externalId to MineralTree and link the two, after a BillMod move the
   * link. `lines` is empty where the lines do not correspond any more (a person edited the bill already).
   */
  | { readonly kind: 'billInStep'; readonly ledgerId: string; readonly bill: LedgerBill; readonly lines: LineMap }
  /** In QuickBooks as asked: `movedBase`, with MineralTree's fields as they were when it was planned. */
  | { readonly kind: 'vendorInStep'; readonly ledgerId: string; readonly vendor: LedgerVendor }
  /** In QuickBooks as asked: link it. MineralTree is told once every part of the payment is there. */
  | { readonly kind: 'paymentInStep'; readonly ledgerId: string; readonly payment: LedgerPayment }
  /** In QuickBooks as asked: write the ListID to MineralTree, and link the two. */
  | { readonly kind: 'termsInStep'; readonly ledgerId: string; readonly terms: LedgerTerms }
  /** Nothing is left of the payment; absent where it is gone. */
  | { readonly kind: 'voided'; readonly ledgerId: string; readonly payment?: LedgerPayment }
  /** In QuickBooks, but not as asked: link it, never post it again, do not acknowledge before it is right. */
  | { readonly kind: 'held'; readonly ledgerId: string; readonly problems: readonly Finding[] }
  /** Not in QuickBooks. Count one refusal more; plan again in the next cycle, or only when something it depends on changed. */
  | { readonly kind: 'refused'; readonly again: 'nextCycle' | 'whenChanged'; readonly problems: readonly Finding[] }
  /** Not known. Looked at again in later cycles, under the same ID. */
  | { readonly kind: 'uncertain'; readonly problems: readonly Finding[] }
  /** Not sent. The same request again, under the same ID. */
  | { readonly kind: 'notBegun' };

/** What the posting is about, for sentences. */
export interface Posted {
  /** The version of the invoice that was posted; absent for what is no invoice. */
  readonly invoice?: Draft<Invoice>;
  /** Name of the vendor: of the bill or payment, or the one modified. */
  readonly vendorName: string;
  /** Of the void of a payment: the payment as MineralTree has it. */
  readonly payment?: Payment;
}

export function decideConfirmation(posting: Posting, outcome: Outcome, about: Posted): Confirmation {
  const record = recordOf(posting, about);
  switch (outcome.kind) {
    case 'posted':
      return confirmPosted(posting, outcome, about, record);
    case 'refused': {
      const { code, again } = refusalOf(outcome, isPayment(posting));
      if (posting.kind === 'TxnVoid' && code === 'notAllowed')
        return { kind: 'refused', again, problems: [voidNotAllowed(posting.match, about, outcome.text)] };
      return { kind: 'refused', again, problems: [{ code, params: { record, text: outcome.text } }] };
    }
    case 'uncertain':
      return { kind: 'uncertain', problems: [uncertain(record, outcome.text)] };
    case 'notBegun':
      return { kind: 'notBegun' };
  }
}

/** The warning that came with a posted bill or payment: another one resembles it. */
export const resembles = (posting: Posting, about: Posted): Finding => ({
  code: isPayment(posting) ? 'resemblesAnotherPayment' : 'resemblesAnotherBill',
  params: { record: recordOf(posting, about) },
  // It was posted; whether the two are one, only a person can say.
  toBeSeen: true,
});

const isPayment = ({ kind }: Posting): boolean => kind === 'BillPaymentCheckAdd' || kind === 'BillPaymentCreditCardAdd';

type PostedOutcome = Extract<Outcome, { kind: 'posted' }>;
type BillPosting = Extract<Posting, { kind: 'BillAdd' | 'BillMod' }>;

function confirmPosted(posting: Posting, outcome: PostedOutcome, about: Posted, record: string): Confirmation {
  switch (posting.kind) {
    case 'VendorMod':
      return confirmVendor(posting, outcome, record);
    case 'BillAdd':
    case 'BillMod':
      return confirmBill(posting, outcome, about, record);
    case 'StandardTermsAdd':
      return confirmTerms(posting, outcome, record);
    case 'BillPaymentCheckAdd':
    case 'BillPaymentCreditCardAdd':
      return confirmPayment(posting.match, outcome, record);
    case 'TxnVoid':
      return confirmVoid(posting, outcome, record);
  }
}

function confirmBill(posting: BillPosting, outcome: PostedOutcome, about: Posted, record: string): Confirmation {
  const { bill } = outcome;
  // A bill that is said to be there but was not shown is not known to be right.
  if (bill === undefined) return { kind: 'uncertain', problems: [uncertain(record, 'the bill was not in the answer')] };
  const asked = posting.kind === 'BillAdd' ? posting.match.amountCents : posting.match.target.amountCents;
  const vendorId = posting.kind === 'BillAdd' ? posting.match.vendor.id : posting.match.target.vendorId;
  const problems: Finding[] = [];
  if (bill.amountDueCents !== asked)
    problems.push({
      code: 'amountDiffers',
      params: { record, quickBooks: formatCents(bill.amountDueCents), mineralTree: formatCents(asked) },
    });
  if (vendorId !== undefined && bill.vendor.id !== vendorId)
    problems.push({
      code: 'vendorDiffers',
      params: { record, quickBooks: bill.vendor.name, mineralTree: about.vendorName },
    });
  if (problems.length > 0) return { kind: 'held', ledgerId: bill.id, problems };
  const lines = about.invoice === undefined ? [] : lineMapOf(about.invoice, bill);
  return { kind: 'billInStep', ledgerId: bill.id, bill, lines };
}

function confirmVendor(
  posting: Extract<Posting, { kind: 'VendorMod' }>,
  { vendor }: PostedOutcome,
  record: string,
): Confirmation {
  if (vendor === undefined || vendor.id !== posting.match.listId)
    return { kind: 'uncertain', problems: [uncertain(record, 'the vendor was not in the answer')] };
  return { kind: 'vendorInStep', ledgerId: vendor.id, vendor };
}

const uncertain = (record: string, text: string): Finding => ({ code: 'postingUncertain', params: { record, text } });

/** The company voids payments in QuickBooks that were voided in MineralTree, but the connector's machine does not let it. */
const voidNotAllowed = ({ amountCents }: TxnVoidMatch, { vendorName, payment }: Posted, text: string): Finding => ({
  code: 'voidNotAllowedAtSite',
  params: {
    vendor: vendorName,
    posted: formatCents(amountCents),
    ...(payment === undefined
      ? { payment: 'without number', amount: formatCents(amountCents), status: 'voided' }
      : {
          payment: paymentName(payment),
          amount: formatCents(payment.amountCents),
          status: paymentStatusInWords(payment.status),
        }),
    text,
  },
});

function recordOf(posting: Posting, { invoice, vendorName }: Posted): string {
  switch (posting.kind) {
    case 'BillAdd':
      return `the invoice ${numberOf(posting.match.refNumber)} of ${vendorName} over ${formatCents(posting.match.amountCents)}`;
    case 'BillMod':
      return `the edit of the invoice ${numberOf(invoice?.invoiceNumber)} of ${vendorName}`;
    case 'VendorMod':
      return `the edit of the vendor ${vendorName}`;
    case 'StandardTermsAdd':
      return `the terms ${posting.match.name}`;
    case 'BillPaymentCheckAdd':
    case 'BillPaymentCreditCardAdd':
      return `the payment ${numberOf(posting.match.refNumber)} to ${vendorName} over ${formatCents(posting.match.amountCents)}`;
    case 'TxnVoid':
      return `the void of a payment to ${vendorName} over ${formatCents(posting.match.amountCents)}`;
  }
}
