/**
 * What may differ, by name: records that are in flight, refused, or held back by a problem that a person was told of. An
 * exception excuses the record itself and what the other side makes of it; nothing that concerns one book alone.
 */

export interface Exceptions {
  /** TxnIDs in QuickBooks that are rightly not in MineralTree, or not alike there, with their balance and credits. */
  readonly bills?: readonly string[];
  /** MineralTree IDs of invoices that are rightly not in QuickBooks, or not alike there. */
  readonly invoices?: readonly string[];
  /** ListIDs of vendors rightly missing or different. */
  readonly vendors?: readonly string[];
  /** TxnIDs of credits rightly missing or different, with their applications. */
  readonly credits?: readonly string[];
  /** TxnIDs of payments in QuickBooks that MineralTree rightly has not, or otherwise. */
  readonly payments?: readonly string[];
  /** MineralTree IDs of payments that are rightly not in QuickBooks, or otherwise. */
  readonly paymentsOfMineralTree?: readonly string[];
  /** Names of terms rightly missing or different. */
  readonly terms?: readonly string[];
}

export type Excused = { readonly [K in keyof Exceptions]-?: ReadonlySet<string> };

export const excusedBy = (exceptions: Exceptions): Excused => ({
  bills: new Set(exceptions.bills),
  invoices: new Set(exceptions.invoices),
  vendors: new Set(exceptions.vendors),
  credits: new Set(exceptions.credits),
  payments: new Set(exceptions.payments),
  paymentsOfMineralTree: new Set(exceptions.paymentsOfMineralTree),
  terms: new Set(exceptions.terms),
});
