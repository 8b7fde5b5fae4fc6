/**
 * New bills, payments and terms: our own is adopted, somebody else's is named and nothing sent, and a payment is sent only
 * where what is open covers it.
 */
import type { PaymentAddMatch, Posting, TermsAddMatch } from '../../contract/index.ts';
import { addDays } from '../../domain/dates.ts';
import type { LedgerTerms } from '../../domain/ledger.ts';
import { type Cents, formatCents, formatDecimal, sameDecimal } from '../../domain/money.ts';
import { sameGuid } from './allowList.ts';
import type { FoundBill } from './billSearch.ts';
import type { FoundPayment } from './paymentSearch.ts';
import type { PaymentPosting } from './recordKind.ts';
import {
  closed,
  type Decision,
  isClosed,
  type Known,
  neverSentAgain,
  numberOf,
  read,
  refuse,
  SEND,
  uncertain,
} from './verdict.ts';

type BillAddPosting = Extract<Posting, { kind: 'BillAdd' }>;
type TermsPosting = Extract<Posting, { kind: 'StandardTermsAdd' }>;

export function decideBillAdd(posting: BillAddPosting, known: Known): Decision {
  const { match } = posting;
  const { standing } = known;
  if (standing.kind !== 'bills') return notSearched(posting, known);
  const settled = ownOrStuck(posting, match.guid, standing.found, known);
  if (settled !== undefined) return settled;
  const others = standing.found.filter(({ vendorId, voided }) => vendorId === match.vendor.id && !voided);
  const number = numberOf(match);
  const same = number === '' ? undefined : others.find((bill) => numberOf(bill) === number);
  if (same !== undefined)
    return refuse(
      posting,
      'duplicateNumber',
      'QuickBooks has another bill of this vendor with this number',
      same.txnId,
    );
  if (isClosed(posting.dates, known)) return closed(posting);
  return { kind: 'send', resembling: number === '' ? others.filter((bill) => resembles(bill, posting)) : [] };
}

const RESEMBLING_DAYS = 7;
const resembles = ({ txnDate, amountCents }: FoundBill, { match }: BillAddPosting): boolean =>
  amountCents === match.amountCents &&
  txnDate >= addDays(match.txnDate, -RESEMBLING_DAYS) &&
  txnDate <= addDays(match.txnDate, RESEMBLING_DAYS);

export function decidePaymentAdd(posting: PaymentPosting, known: Known): Decision {
  const { match } = posting;
  const { standing } = known;
  if (standing.kind !== 'payments') return notSearched(posting, known);
  const settled = ownOrStuck(posting, match.guid, standing.found, known);
  if (settled !== undefined) return settled;
  const alike = standing.found.filter((payment) => isAlike(payment, match));
  const number = numberOf(match);
  const same = number === '' ? undefined : alike.find((payment) => numberOf(payment) === number);
  if (same !== undefined)
    return refuse(
      posting,
      'duplicateNumber',
      'QuickBooks has another payment from this account with this number, date and amount',
      same.txnId,
    );
  if (isClosed(posting.dates, known)) return closed(posting);
  const short = whyNotCovered(match, (txnId) => standing.open.get(txnId) ?? 0);
  if (short !== undefined) return refuse(posting, 'balanceDiffers', short);
  return {
    kind: 'send',
    resembling: number === '' ? alike.filter(({ vendorId }) => vendorId === match.vendor.id) : [],
  };
}

/** A payment that was split by A/P account has parts alike in everything else. */
const isAlike = (payment: FoundPayment, match: PaymentAddMatch): boolean =>
  payment.accountId === match.account.id &&
  payment.amountCents === match.amountCents &&
  payment.txnDate === match.txnDate &&
  (payment.apAccountId === undefined || match.apAccountId === undefined || payment.apAccountId === match.apAccountId);

/** What is open and what was to be paid, of the bills where the one does not cover the other; undefined where all are covered. */
export function whyNotCovered(
  { applications }: Pick<PaymentAddMatch, 'applications'>,
  openOf: (txnId: string) => Cents,
): string | undefined {
  const short = applications.filter(
    ({ txnId, amountCents, discountCents }) => openOf(txnId) < amountCents + discountCents,
  );
  if (short.length === 0) return undefined;
  return short
    .map(({ txnId, amountCents, discountCents }) => {
      const discount = discountCents === 0 ? '' : ` and ${formatCents(discountCents)} of discount`;
      return `${formatCents(openOf(txnId))} is open on the bill ${txnId}, ${formatCents(amountCents)}${discount} was to be paid`;
    })
    .join('; ');
}

export function decideTermsAdd(posting: TermsPosting, known: Known): Decision {
  const { match } = posting;
  const { standing, stored } = known;
  if (standing.kind !== 'terms') return notSearched(posting, known);
  const terms = standing.found.find(({ name }) => folded(name) === folded(match.name));
  if (terms !== undefined)
    return areTerms(terms, match)
      ? read(posting, { terms })
      : refuse(posting, 'termsTaken', `in QuickBooks they are ${inWords(terms)}`);
  return missing(posting, stored) ?? SEND;
}

const folded = (name: string): string => name.trim().toLowerCase();

/** A discount of nothing is none. */
function areTerms({ form }: LedgerTerms, match: TermsAddMatch): boolean {
  if (form.kind !== 'standard' || form.dueDays !== match.dueDays) return false;
  const none = { units: 0, scale: 0 };
  const [there, wanted] = [form.discountPercent ?? none, match.discountPercent ?? none];
  if (!sameDecimal(there, wanted)) return false;
  return sameDecimal(there, none) || (form.discountDays ?? 0) === (match.discountDays ?? 0);
}

function inWords({ form }: LedgerTerms): string {
  if (form.kind === 'dateDriven') return `due on day ${form.dayOfMonthDue} of the month`;
  const discount =
    form.discountPercent === undefined
      ? ''
      : `, with ${formatDecimal(form.discountPercent)} % within ${form.discountDays ?? 0} days`;
  return `due in ${form.dueDays} days${discount}`;
}

function notSearched(posting: Posting, { standing, stored }: Known): Decision {
  const { statusCode, text } =
    standing.kind === 'notSearched' ? standing : { statusCode: 0, text: 'it was not searched for' };
  if (stored !== undefined) return uncertain(posting, `QuickBooks would not search for it: ${text}`);
  const { messageSetId } = posting;
  return {
    kind: 'outcome',
    outcome: { kind: 'refused', messageSetId, code: 'refusedByQuickBooks', statusCode, text: text.slice(0, 1_000) },
  };
}

/** Ours is there, or it cannot be told; undefined where it is known not to be there. */
function ownOrStuck(
  posting: Posting,
  guid: string,
  found: readonly { readonly txnId: string; readonly guid?: string }[],
  { stored }: Known,
): Decision | undefined {
  const own = found.find((record) => sameGuid(record.guid, guid));
  return own === undefined ? missing(posting, stored) : { kind: 'posted', id: own.txnId, how: 'foundByGuid' };
}

/** What is to be said where ours is not found although it may have been sent. */
function missing(posting: Posting, stored: Known['stored']): Decision | undefined {
  if (stored?.kind === 'done') return uncertain(posting, 'QuickBooks says that it was entered, and it is not found');
  const stuck = neverSentAgain(stored);
  return stuck === undefined ? undefined : uncertain(posting, stuck);
}
