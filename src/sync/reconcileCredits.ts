/**
 * Open credits of both ledgers side by side: what QuickBooks would set against bills, and what MineralTree shows as left.
 *
 * 1. A vendor credit is one line when anything of it is open on either side. It agrees when the same is left on both.
 * 2. Journal entries, checks and card charges that stand as a credit are lines too: MineralTree gets a credit for one when it
 *    is applied to a bill, and until then only QuickBooks has it.
 * 3. What is left in MineralTree is its amount less the applications that stand there; MineralTree itself does not tell it.
 */
import type { OpenCredit, OtherPayable } from '../contract/ledgers.ts';
import type { CalendarDate } from '../domain/dates.ts';
import { type Cents, formatCents } from '../domain/money.ts';
import { byVendorDateNumber, type Known, type Verdict } from './reconcileKnown.ts';
import { txnTypeInWords } from './txnTypes.ts';

/** A credit of MineralTree that is open there, or that a link names for one of QuickBooks. */
export interface CreditInPayables {
  readonly id: string;
  readonly externalId?: string;
  /** MineralTree's ID of the vendor. */
  readonly vendorId: string;
  readonly number?: string;
  readonly date: CalendarDate;
  /** 0 where it is settled or void. */
  readonly openCents: Cents;
}

export interface CreditsInput {
  readonly quickBooks: readonly OpenCredit[];
  /** Those that are owed to the company count here. */
  readonly others: readonly OtherPayable[];
  readonly mineralTree: readonly CreditInPayables[];
  readonly links: readonly { readonly ledgerId: string; readonly payablesId: string }[];
}

export interface CreditLine {
  readonly vendor: string;
  readonly number: string;
  readonly date: CalendarDate;
  /** What it is in QuickBooks, in words. */
  readonly what: string;
  readonly ledgerId?: string;
  readonly payablesId?: string;
  /** What is left; absent where it is not open on that side. */
  readonly quickBooksCents?: Cents;
  readonly mineralTreeCents?: Cents;
  readonly verdict: Verdict;
  /** In words; empty when both agree. */
  readonly explanation: string;
}

type Compared = Omit<CreditLine, 'verdict' | 'explanation'>;

export function compareCredits(
  credits: CreditsInput,
  known: Known,
  vendorName: (payablesVendorId: string) => string | undefined,
): readonly CreditLine[] {
  const judged = (line: Compared, difference: string): CreditLine => {
    if (difference === '') return { ...line, verdict: 'agrees', explanation: '' };
    const of = (texts: ReadonlyMap<string, string>): string | undefined =>
      texts.get(line.ledgerId ?? '') ?? texts.get(line.payablesId ?? '');
    const underWay = of(known.inFlight);
    if (underWay !== undefined) return { ...line, verdict: 'inFlight', explanation: `${difference}: ${underWay}` };
    const problem = of(known.problems);
    if (problem !== undefined) return { ...line, verdict: 'explained', explanation: `${difference}: ${problem}` };
    return { ...line, verdict: 'unexplained', explanation: difference };
  };
  const theirs = new Map(credits.mineralTree.map((credit) => [credit.id, credit]));
  const linked = new Map(credits.links.map(({ ledgerId, payablesId }) => [ledgerId, payablesId]));
  const byExternalId = new Map(
    credits.mineralTree.flatMap(({ id, externalId }) => (externalId === undefined ? [] : [[externalId, id] as const])),
  );
  const taken = new Set<string>();
  const lines: CreditLine[] = [];
  for (const credit of new Map(credits.quickBooks.map((one) => [one.txnId, one])).values()) {
    const id = linked.get(credit.txnId) ?? byExternalId.get(credit.txnId);
    const match = id === undefined ? undefined : theirs.get(id);
    if (match !== undefined) taken.add(match.id);
    const line = {
      vendor: credit.vendor.name,
      number: credit.refNumber ?? '',
      date: credit.txnDate,
      what: txnTypeInWords('VendorCredit'),
      ledgerId: credit.txnId,
      ...(id === undefined ? {} : { payablesId: id }),
      ...openOn('quickBooksCents', credit.openCents),
      ...openOn('mineralTreeCents', match?.openCents),
    };
    // Used up on both sides: it only has not been asked for its links.
    if (line.quickBooksCents === undefined && line.mineralTreeCents === undefined) continue;
    lines.push(judged(line, differenceOf(line)));
  }
  for (const other of credits.others) {
    const left = Math.abs(other.openCents ?? 0);
    if (other.amountCents >= 0 || left === 0) continue;
    lines.push({
      vendor: other.vendor?.name ?? '',
      number: other.refNumber ?? '',
      date: other.txnDate,
      what: txnTypeInWords(other.txnType),
      ledgerId: other.txnId,
      quickBooksCents: left,
      verdict: 'explained',
      explanation: 'in QuickBooks only until it is applied to a bill',
    });
  }
  for (const credit of credits.mineralTree) {
    if (taken.has(credit.id) || credit.openCents === 0) continue;
    const line = {
      vendor: vendorName(credit.vendorId) ?? '(vendor not known)',
      number: credit.number ?? '',
      date: credit.date,
      what: txnTypeInWords('VendorCredit'),
      ...(credit.externalId === undefined ? {} : { ledgerId: credit.externalId }),
      payablesId: credit.id,
      mineralTreeCents: credit.openCents,
    };
    lines.push(judged(line, differenceOf(line)));
  }
  return lines.sort(byVendorDateNumber);
}

const openOn = <K extends string>(side: K, cents: Cents | undefined): { readonly [key in K]?: Cents } =>
  cents === undefined || cents === 0 ? {} : ({ [side]: cents } as { readonly [key in K]: Cents });

/** What differs, in words; empty when nothing does. */
function differenceOf({ ledgerId, payablesId, quickBooksCents, mineralTreeCents }: Compared): string {
  if (quickBooksCents === undefined) return ledgerId === undefined ? 'not in QuickBooks' : 'not open in QuickBooks';
  if (mineralTreeCents === undefined)
    return payablesId === undefined ? 'not in MineralTree' : 'not open in MineralTree';
  return quickBooksCents === mineralTreeCents
    ? ''
    : `what is left differs by ${formatCents(quickBooksCents - mineralTreeCents)}`;
}
