/**
 * Which record of MineralTree is which of QuickBooks, on a company's first day, when both have years of history.
 *
 * 1. What a person said holds. Then an externalId that names a record of the same kind, whatever else differs.
 * 2. List entries and vendors match by full name; bills, credits and payments by party, number and amount, then date;
 *    without a number by party, amount and date. Only a match that is the only one on both sides is made.
 * 3. Whatever else looks alike is a proposal, and a person decides. No record is in two matches.
 * 4. Linear in the number of records: nothing is compared with everything.
 */
import type { CalendarDate } from '../../domain/dates.ts';
import type { Cents } from '../../domain/money.ts';

/** One record of either side, as matching sees it. */
export interface Matchable {
  /** ListID or TxnID; in MineralTree its own ID. */
  readonly id: string;
  /** In MineralTree: the ledger's ID that it carries. */
  readonly externalId?: string;
  /** Full name of a list entry or vendor. */
  readonly name?: string;
  /** The vendor, by an ID that means the same on both sides; for payments with the account. */
  readonly party?: string;
  readonly number?: string;
  readonly amountCents?: Cents;
  readonly date?: CalendarDate;
  /** As a person knows it. */
  readonly label: string;
}

export type MatchedBy = 'externalId' | 'person' | 'name' | 'number' | 'date';

/** What a person said of a pair. */
export interface Said {
  readonly ledgerId: string;
  readonly payablesId: string;
  readonly same: boolean;
}

export interface Match {
  readonly ledgerId: string;
  readonly payablesId: string;
  readonly by: MatchedBy;
}

export interface Proposal {
  readonly payables: Matchable;
  /** The likeliest first. */
  readonly candidates: readonly Matchable[];
  /** Why a person must decide, in words. */
  readonly why: string;
}

export interface Matching {
  readonly matches: readonly Match[];
  readonly proposals: readonly Proposal[];
  /** In MineralTree an externalId that names nothing in QuickBooks. */
  readonly dangling: readonly Matchable[];
  /** On one side only, as far as can be told. */
  readonly onlyInQuickBooks: readonly Matchable[];
  readonly onlyInMineralTree: readonly Matchable[];
}

const MAX_CANDIDATES = 5;
const NEAR_DAYS = 7;

/** Matches the records of one kind. */
export function matchRecords(
  ledger: readonly Matchable[],
  payables: readonly Matchable[],
  said: readonly Said[] = [],
): Matching {
  const matches: Match[] = [];
  const ledgerById = new Map(ledger.map((record) => [record.id, record]));
  const openLedger = new Map(ledgerById);
  const openPayables = new Map(payables.map((record) => [record.id, record]));
  const take = (one: Matchable, other: Matchable, by: MatchedBy): void => {
    matches.push({ ledgerId: one.id, payablesId: other.id, by });
    openLedger.delete(one.id);
    openPayables.delete(other.id);
  };

  const different = new Set<string>();
  for (const { ledgerId, payablesId, same } of said) {
    const [record, payable] = [openLedger.get(ledgerId), openPayables.get(payablesId)];
    if (!same) different.add(`${ledgerId} ${payablesId}`);
    else if (record !== undefined && payable !== undefined) take(record, payable, 'person');
  }
  const mayBe = (one: Matchable, other: Matchable): boolean => !different.has(`${one.id} ${other.id}`);

  const named = indexBy(openPayables.values(), ({ externalId }) => externalId);
  const proposals: Proposal[] = [];
  const dangling: Matchable[] = [];
  for (const [externalId, claimants] of named) {
    const [first, ...others] = claimants;
    const record = ledgerById.get(externalId);
    if (first === undefined) continue;
    if (record === undefined) dangling.push(...claimants);
    else if (others.length === 0 && openLedger.has(externalId)) take(record, first, 'externalId');
    else
      for (const claimant of claimants.filter((one) => openLedger.has(externalId) && mayBe(record, one))) {
        proposals.push({
          payables: claimant,
          candidates: [record],
          why: 'more than one record of MineralTree names it',
        });
        openPayables.delete(claimant.id);
      }
  }
  for (const { id } of dangling) openPayables.delete(id);
  const contested = new Set(proposals.flatMap(({ candidates }) => candidates.map(({ id }) => id)));
  for (const id of contested) openLedger.delete(id);

  for (const [keyOf, by] of EXACT) {
    const candidates = indexBy(openLedger.values(), keyOf);
    const claimants = indexBy(openPayables.values(), keyOf);
    for (const [key, [payable, second]] of claimants) {
      const [record, rival] = candidates.get(key) ?? [];
      if (payable === undefined || second !== undefined || record === undefined || rival !== undefined) continue;
      if (mayBe(record, payable)) take(record, payable, by);
    }
  }

  const alike = LOOSE.map(([keyOf, why]) => [keyOf, why, indexBy(openLedger.values(), keyOf)] as const);
  const proposed = new Set<string>(contested);
  for (const payable of openPayables.values()) {
    for (const [keyOf, why, candidates] of alike) {
      const key = keyOf(payable);
      const found = (key === undefined ? [] : (candidates.get(key) ?? [])).filter(
        (one) => isNear(one, payable) && mayBe(one, payable),
      );
      if (found.length === 0) continue;
      const likeliest = [...found].sort((a, b) => distance(a, payable) - distance(b, payable)).slice(0, MAX_CANDIDATES);
      proposals.push({ payables: payable, candidates: likeliest, why });
      openPayables.delete(payable.id);
      for (const { id } of likeliest) proposed.add(id);
      break;
    }
  }
  return {
    matches,
    proposals,
    dangling,
    onlyInQuickBooks: [...openLedger.values()].filter(({ id }) => !proposed.has(id)),
    onlyInMineralTree: [...openPayables.values()],
  };
}

type KeyOf = (record: Matchable) => string | undefined;

/** Keys that are enough where they are the only ones on both sides, strongest first. */
const EXACT: readonly (readonly [keyOf: KeyOf, by: MatchedBy])[] = [
  [({ name }) => (name === undefined ? undefined : folded(name)), 'name'],
  [keyed('party', 'number', 'amount', 'date'), 'number'],
  [keyed('party', 'number', 'amount'), 'number'],
  [(record) => (numberOf(record) ? undefined : keyed('party', 'amount', 'date')(record)), 'date'],
];

/** Keys that make two records look alike to a person, with the reason why a person must look. */
const LOOSE: readonly (readonly [keyOf: KeyOf, why: string])[] = [
  [({ name }) => (name === undefined ? undefined : folded(name)), 'more than one record has this name'],
  [({ name }) => (name === undefined ? undefined : bare(name)), 'the names differ in spelling only'],
  [keyed('party', 'number', 'amount'), 'more than one record has this number and amount'],
  [keyed('party', 'number'), 'the number is the same, the amount differs'],
  [keyed('party', 'amount'), 'vendor and amount are the same, the numbers differ, the dates are near'],
];

function keyed(...parts: readonly ('party' | 'number' | 'amount' | 'date')[]): KeyOf {
  return (record) => {
    const { party, amountCents, date } = record;
    const values = { party, number: numberOf(record), amount: amountCents, date };
    const key = parts.map((part) => values[part]);
    return key.includes(undefined) ? undefined : JSON.stringify(key);
  };
}

/** Records that share no number are alike only when their dates are near each other. */
function isNear(one: Matchable, other: Matchable): boolean {
  const number = numberOf(one);
  if (one.name !== undefined || (number !== undefined && number === numberOf(other))) return true;
  return distance(one, other) <= NEAR_DAYS;
}

/** Days between two records; those without a date are far apart. */
function distance({ date: a }: Matchable, { date: b }: Matchable): number {
  if (a === undefined || b === undefined) return Number.MAX_SAFE_INTEGER;
  return Math.abs(Date.parse(`${a}T00:00:00Z`) - Date.parse(`${b}T00:00:00Z`)) / 86_400_000;
}

function indexBy(records: Iterable<Matchable>, keyOf: KeyOf): ReadonlyMap<string, readonly Matchable[]> {
  const index = new Map<string, Matchable[]>();
  for (const record of records) {
    const key = keyOf(record);
    if (key === undefined || key === '') continue;
    const others = index.get(key);
    if (others === undefined) index.set(key, [record]);
    else others.push(record);
  }
  return index;
}

/** Case and spaces do not tell two names apart. */
const folded = (text: string): string => text.trim().toLowerCase().replace(/\s+/g, ' ');
/** Neither do, to a person's eye, points, commas and forms of companies. */
const bare = (text: string): string =>
  folded(text)
    .normalize('NFKD')
    .replace(/&/g, ' and ')
    .replace(/[^a-z0-9: ]/g, '')
    .replace(/\b(inc|llc|ltd|co|corp|corporation|company|incorporated|limited|the)\b/g, '')
    .replace(/\s+/g, '');
/** The number as it is compared; undefined where there is none. */
const numberOf = ({ number }: Matchable): string | undefined => folded(number ?? '') || undefined;
