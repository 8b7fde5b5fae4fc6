/**
 * Reading kinds by keys: a first load, a kind with more changes than a page holds, the sweep by night. First the keys of a
 * kind, page after page; then the records that are missing or newer; then the next kind, in the order in which
 * MineralTree needs them.
 *
 * 1. What to ask next follows from the state alone, so that any connector can go on after a crash.
 * 2. The watermark of a kind is the host's clock at its first page of keys: what changes while it is read comes again.
 * 3. A kind gets its watermark when its last record is stored, not before.
 */
import { MAX_PAGE_IDS, type Page, type Pull, type Watermarks } from '../contract/pull.ts';
import { LEDGER_KINDS, type LedgerKind } from '../domain/ledger.ts';

/** A kind that is being read. */
export interface Reading {
  readonly step: 'keys' | 'records';
  /** `first`: never read before. `again`: more changes than a page holds. `sweep`: the look by night for what was missed. */
  readonly why: 'first' | 'again' | 'sweep';
  /** Where the last page of keys ended. */
  readonly after?: string;
  /** What the watermark becomes when the reading is over: Unix seconds. */
  readonly watermark?: number;
  /** Keys listed so far, and records wanted when the listing ended. */
  readonly listed: number;
  readonly wanted?: number;
}
export type Readings = Readonly<Partial<Record<LedgerKind, Reading>>>;

/** What the sweep by night looks at: active vendors, unpaid bills, credits (QuickBooks does not tell open ones apart). */
export const SWEPT_KINDS = ['vendor', 'bill', 'credit'] as const satisfies LedgerKind[];

/** How strong a reason to read is: a stronger one replaces a weaker one that is under way. */
const STRENGTH = { sweep: 0, again: 1, first: 2 } as const;

const DAY_SECONDS = 86_400;

/**
 * Where the reading of a company begins: every record, whenever it was changed, and what was deleted since the day before
 * it was added. A small file comes in one page of changes; kinds that do not fit are read by keys.
 * @param addedAt Unix milliseconds
 */
export const firstWatermarks = (addedAt: number): Watermarks => {
  const deleted = Math.floor(addedAt / 1_000) - DAY_SECONDS;
  return {
    ...Object.fromEntries(LEDGER_KINDS.map((kind) => [kind, 0])),
    deletedTransactions: deleted,
    deletedEntries: deleted,
  };
};

/** Adds kinds to what is being read. A kind that is being read for as strong a reason goes on as it is. */
export function startReading(readings: Readings, kinds: readonly LedgerKind[], why: Reading['why']): Readings {
  const begun = kinds.filter((kind) => {
    const present = readings[kind];
    return present === undefined || STRENGTH[present.why] < STRENGTH[why];
  });
  const added = begun.map((kind): [LedgerKind, Reading] => [kind, { step: 'keys', why, listed: 0 }]);
  return { ...readings, ...Object.fromEntries(added) };
}

/** The kind under way; undefined when nothing is being read. */
export const kindUnderWay = (readings: Readings): LedgerKind | undefined =>
  LEDGER_KINDS.find((kind) => readings[kind] !== undefined);

/**
 * The page to ask next.
 * @param wanted the first IDs of the kind under way that are still to be read; empty when there are none (then, in the
 *   step `records`, the caller ends the reading first, with `finishReading`).
 */
export function nextPage(readings: Readings, wanted: readonly string[]): Page {
  const kind = kindUnderWay(readings);
  const reading = kind === undefined ? undefined : readings[kind];
  if (kind === undefined || reading === undefined) return { kind: 'changes' };
  if (reading.step === 'records') return { kind: 'records', of: kind, ids: wanted.slice(0, MAX_PAGE_IDS) };
  return {
    kind: 'keys',
    of: kind,
    ...(reading.after === undefined ? {} : { after: reading.after }),
    ...(reading.why === 'sweep' ? { openOnly: true } : {}),
  };
}

/** After a page of keys was stored. Keys of another kind than the one under way change nothing: an answer that came late. */
export function afterKeys(readings: Readings, pull: Pick<Pull, 'keys' | 'clock'>): Readings {
  const { keys, clock } = pull;
  const reading = keys === undefined ? undefined : readings[keys.of];
  if (keys === undefined || reading === undefined || reading.step !== 'keys') return readings;
  const { after: _former, ...rest } = reading;
  const listed = reading.listed + keys.found.length;
  const watermark = Math.min(reading.watermark ?? clock, clock);
  const next: Reading =
    keys.next === undefined
      ? { ...rest, step: 'records', listed, watermark }
      : { ...rest, after: keys.next, listed, watermark };
  return { ...readings, [keys.of]: next };
}

/** The listing of a kind is over and so many records are wanted. */
export function withWanted(readings: Readings, kind: LedgerKind, wanted: number): Readings {
  const reading = readings[kind];
  return reading === undefined ? readings : { ...readings, [kind]: { ...reading, wanted } };
}

/**
 * The last record of a kind is stored: what is left to read, and the watermark that the kind gets. A sweep sees open
 * records only, so it gives none. The first kind of a first load starts the two logs of deletions as well.
 */
export function finishReading(
  readings: Readings,
  kind: LedgerKind,
  stored: Watermarks,
): { readonly readings: Readings; readonly watermarks: Watermarks } {
  const { [kind]: reading, ...left } = readings;
  if (reading === undefined || reading.watermark === undefined || reading.why === 'sweep')
    return { readings: left, watermarks: {} };
  const since = reading.watermark;
  return {
    readings: left,
    watermarks: {
      [kind]: since,
      ...(stored.deletedTransactions === undefined ? { deletedTransactions: since } : {}),
      ...(stored.deletedEntries === undefined ? { deletedEntries: since } : {}),
    },
  };
}

const PLURALS: Readonly<Record<LedgerKind, string>> = {
  account: 'accounts',
  class: 'classes',
  customer: 'customers and jobs',
  item: 'items',
  terms: 'terms',
  vendor: 'vendors',
  bill: 'bills',
  credit: 'credits',
  checkPayment: 'payments by check',
  cardPayment: 'payments by credit card',
};

/** How far the kind under way is: "bills 1,200 of 20,000". Undefined when nothing is being read, or in a sweep. */
export function progressOf(readings: Readings, stillWanted: number): string | undefined {
  const kind = kindUnderWay(readings);
  const reading = kind === undefined ? undefined : readings[kind];
  if (kind === undefined || reading === undefined || reading.why === 'sweep') return undefined;
  if (reading.step === 'keys') return `${PLURALS[kind]}: listing, ${grouped(reading.listed)} so far`;
  const wanted = reading.wanted ?? stillWanted;
  return `${PLURALS[kind]} ${grouped(Math.max(0, wanted - stillWanted))} of ${grouped(wanted)}`;
}

const grouped = (count: number): string => String(count).replace(/\B(?=(\d{3})+$)/g, ',');
