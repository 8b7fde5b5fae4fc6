/**
 * Terms entered in MineralTree, for QuickBooks.
 *
 * 1. Terms are known by their name, without regard to case. Those that QuickBooks has are adopted only when days and
 *    percent agree; else the two are shown, and neither is changed.
 * 2. Standard terms cannot be modified in QuickBooks (qbXML 13.0): they are added or adopted, nothing else.
 * 3. A discount of 0 % is no discount, whatever its days.
 */
import type { LedgerTerms } from '../domain/ledger.ts';
import { type Decimal, formatDecimal, sameDecimal, trimDecimal } from '../domain/money.ts';
import type { Term } from '../domain/payables.ts';
import type { Finding } from './finding.ts';
import { ledgerText, refusedText } from './ledgerText.ts';
import type { TermsAddPlan } from './plans.ts';

export type TermsDecision =
  | { readonly kind: 'add'; readonly plan: TermsAddPlan }
  /** QuickBooks has the same: link the two, and write the ListID to MineralTree. */
  | { readonly kind: 'adopt'; readonly ledgerId: string }
  | { readonly kind: 'held'; readonly problems: readonly Finding[] };

/** Longest name of terms (qbXML 13.0). */
const MAX_NAME = 31;
/** More is a slip of the keyboard (our bound). */
const MAX_DAYS = 999;
const NONE: Decimal = { units: 0, scale: 0 };

interface Days {
  readonly dueDays: number;
  readonly discountDays?: number;
  readonly discountPercent?: Decimal;
}

/** Whether MineralTree wants terms in the ledger: in use, and not known to be there. */
export const wantsTermsPosting = (term: Pick<Term, 'active' | 'externalId'>): boolean =>
  term.active && term.externalId === undefined;

/**
 * @param known every terms of QuickBooks, as last read
 * @param linkedTo MineralTree's ID of the terms that a ListID is linked with
 */
export function decideTerms(
  term: Term,
  {
    known,
    linkedTo,
  }: { readonly known: readonly LedgerTerms[]; readonly linkedTo: (ledgerId: string) => string | undefined },
): TermsDecision {
  const name = ledgerText(term.name) ?? '';
  const named = { terms: name, mineralTree: daysInWords(term) };
  const held = (...problems: readonly Finding[]): TermsDecision => ({ kind: 'held', problems });
  const refused = refusedText(name, MAX_NAME, { what: 'The name', record: `the terms "${name}"`, part: 'name' });
  if (refused.length > 0) return held(...refused);
  const reason = impossible(name, term);
  if (reason !== undefined) return held({ code: 'termsImpossible', params: { ...named, reason } });

  const same = known.find((one) => folded(one.name) === folded(name));
  if (same === undefined) return { kind: 'add', plan: planOf(name, term) };
  const other = linkedTo(same.id);
  if (other !== undefined && other !== term.id) return held({ code: 'termsTwice', params: { terms: name } });
  if (same.form.kind === 'dateDriven' || !sameDays(same.form, term))
    return held({ code: 'termsDiffer', params: { ...named, quickBooks: ledgerDaysInWords(same) } });
  if (!same.active) return held({ code: 'termsInactive', params: { terms: name } });
  return { kind: 'adopt', ledgerId: same.id };
}

/** Whether two terms mean the same: days until due, and the discount, if there is one. */
export function sameDays(a: Days, b: Days): boolean {
  const [mine, theirs] = [a.discountPercent ?? NONE, b.discountPercent ?? NONE];
  if (a.dueDays !== b.dueDays || !sameDecimal(mine, theirs)) return false;
  return sameDecimal(mine, NONE) || (a.discountDays ?? 0) === (b.discountDays ?? 0);
}

/** Terms for a person: `due after 30 days, 2 % within 10 days`. */
export function daysInWords({ dueDays, discountDays = 0, discountPercent = NONE }: Days): string {
  const due = `due after ${dueDays} days`;
  if (sameDecimal(discountPercent, NONE)) return due;
  return `${due}, ${formatDecimal(trimDecimal(discountPercent))} % within ${discountDays} days`;
}

/** Terms of QuickBooks for a person, of either form. */
export const ledgerDaysInWords = ({ form }: LedgerTerms): string =>
  form.kind === 'standard' ? daysInWords(form) : `due on day ${form.dayOfMonthDue} of the month`;

function planOf(name: string, { dueDays, discountDays, discountPercent = NONE }: Days): TermsAddPlan {
  const discounted = !sameDecimal(discountPercent, NONE);
  const days: Days = { dueDays, ...(discounted ? { discountDays: discountDays ?? 0, discountPercent } : {}) };
  return { kind: 'StandardTermsAdd', name, ...days, match: { name, ...days }, dates: [] };
}

function impossible(name: string, { dueDays, discountDays = 0, discountPercent = NONE }: Days): string | undefined {
  if (name === '') return 'they have no name';
  const days = (count: number): boolean => Number.isInteger(count) && count >= 0 && count <= MAX_DAYS;
  if (!days(dueDays) || !days(discountDays)) return `days are whole numbers from 0 to ${MAX_DAYS}`;
  const { units, scale } = trimDecimal(discountPercent);
  return units < 0 || units > 100 * 10 ** scale ? 'the discount is a percentage from 0 to 100' : undefined;
}

const folded = (text: string): string => text.trim().toLowerCase();
