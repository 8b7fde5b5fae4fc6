/**
 * The table of crash points: for each kind of posting, where it is when something dies, what dies, and how much of
 * QuickBooks' own recovery is there.
 *
 * 1. Where QuickBooks recovers nothing, the hardest case, every combination of kind, point and disruption is a row.
 * 2. With more recovery, bills, their edits and edits of vendors have every combination too; payments, voids and terms have
 *    the killed connector alone, for the sake of time: what else dies knows nothing of QuickBooks' recovery.
 * 3. Combinations that cannot exist are left out by name (`exists`).
 */

export const KINDS = [
  'BillAdd',
  'BillMod',
  'VendorMod',
  'BillPaymentCheckAdd',
  'BillPaymentCreditCardAdd',
  'TxnVoid',
  'StandardTermsAdd',
] as const;
export const POINTS = [
  'before it is sent',
  'committed, not answered',
  'answered, not returned',
  'returned, not confirmed',
  'confirmed, not acknowledged',
] as const;
export const DISRUPTIONS = [
  'the connector is killed',
  'the cloud is killed',
  'the run is terminated',
  'the store is an hour old',
] as const;
export const RECOVERIES = ['full', 'errorRecoveryOnly', 'absent'] as const;

export type Kind = (typeof KINDS)[number];
export type Point = (typeof POINTS)[number];
export type Disruption = (typeof DISRUPTIONS)[number];
export type Recovery = (typeof RECOVERIES)[number];

export interface Row {
  readonly number: number;
  readonly kind: Kind;
  readonly point: Point;
  readonly disruption: Disruption;
  readonly recovery: Recovery;
}

/** What MineralTree is told of by an externalId of its own record. */
const ACKNOWLEDGED: ReadonlySet<Kind> = new Set(['BillAdd', 'BillPaymentCheckAdd', 'BillPaymentCreditCardAdd']);

/**
 * An edit or a void of a record that both sides know needs no acknowledgement in MineralTree, and terms get none: there is
 * nothing to be before.
 */
const exists = (kind: Kind, point: Point): boolean => ACKNOWLEDGED.has(kind) || point !== 'confirmed, not acknowledged';

/** Those that have every combination. */
const IN_FULL: ReadonlySet<Kind> = new Set(['BillAdd', 'BillMod', 'VendorMod']);

const isPlayed = (kind: Kind, disruption: Disruption, recovery: Recovery): boolean =>
  recovery === 'absent' || disruption === 'the connector is killed' || IN_FULL.has(kind);

export const ROWS: readonly Row[] = KINDS.flatMap((kind) =>
  POINTS.filter((point) => exists(kind, point)).flatMap((point) =>
    DISRUPTIONS.flatMap((disruption) =>
      RECOVERIES.filter((recovery) => isPlayed(kind, disruption, recovery)).map((recovery) => ({
        kind,
        point,
        disruption,
        recovery,
      })),
    ),
  ),
).map((row, index) => ({ number: index + 1, ...row }));

export const titleOf = ({ kind, point, recovery }: Row): string => `${kind} ${point}; recovery ${recovery}`;
