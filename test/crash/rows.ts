/**
 * The table of crash points: for each kind of posting, where it is when something dies, what dies, and how much of
 * QuickBooks' own recovery is there. Every combination is a row; the few that cannot exist are named with the reason.
 */

export const KINDS = ['BillAdd', 'BillMod', 'VendorMod'] as const;
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

/** An edit of a record that both sides know needs no acknowledgement in MineralTree: there is nothing to be before. */
const exists = (kind: Kind, point: Point): boolean => kind === 'BillAdd' || point !== 'confirmed, not acknowledged';

export const ROWS: readonly Row[] = KINDS.flatMap((kind) =>
  POINTS.filter((point) => exists(kind, point)).flatMap((point) =>
    DISRUPTIONS.flatMap((disruption) => RECOVERIES.map((recovery) => ({ kind, point, disruption, recovery }))),
  ),
).map((row, index) => ({ number: index + 1, ...row }));

export const titleOf = ({ kind, point, disruption, recovery }: Row): string =>
  `${kind} ${point}: ${disruption}; recovery ${recovery}`;
